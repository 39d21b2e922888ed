// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_report.h"

#include "app/cli_terminal.h"
#include "core/base/text.h"

#include <QGuiApplication>

namespace postlude::cli {

namespace {

/// Charts need fonts and a painter, never a display, whether or not there is one. Without a
/// runtime folder Qt would complain, and leave one of its own behind.
std::unique_ptr<QTemporaryDir> prepareQt() {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    if (qEnvironmentVariableIsSet("XDG_RUNTIME_DIR")) return nullptr;
    auto folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", folder->path().toUtf8());
    return folder;
}

} // namespace

int writeReport(const Postmortem& document, const Opened& opened, const Analysis& analysis,
                const std::string& file) {
    const auto runtimeFolder = prepareQt();
    int argc = 1;
    char name[] = "postlude-cli";
    char* argv[] = {name, nullptr};
    const QGuiApplication application(argc, argv);
    const auto written = exportPostmortem(document, opened.query.get(), &analysis, file);
    if (!written) return failWriting(written.error());
    Output out;
    out.write(visible(written->document.string()) + '\n');
    for (const auto& picture : written->pictures)
        out.write(visible(picture.string()) + '\n');
    return out.finish();
}

} // namespace postlude::cli
