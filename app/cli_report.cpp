// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_report.h"

#include "app/cli_terminal.h"
#include "core/base/text.h"
#include "core/postmortem/claims.h"

#include <QGuiApplication>
#include <algorithm>
#include <fmt/format.h>

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

/// What a reader would find out with verify is said before it leaves the house.
void tellDisagreements(const Postmortem& document, const Opened& opened, const Analysis& analysis) {
    const auto claims = claimsOf(document, analysis, opened.query.get(), {});
    if (!claims) return;
    const auto differ = std::ranges::count(*claims, Claim::State::Differs, &Claim::state);
    if (differ > 0)
        say(fmt::format("{} of {} claims differ from the logs or contradict each other; verify "
                        "lists them",
                        differ, claims->size()));
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
    tellDisagreements(document, opened, analysis);
    Output out;
    out.write(visible(written->document.string()) + '\n');
    for (const auto& picture : written->pictures)
        out.write(visible(picture.string()) + '\n');
    return out.finish();
}

} // namespace postlude::cli
