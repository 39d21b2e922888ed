// SPDX-License-Identifier: GPL-3.0-or-later
// postlude: the desktop program.
#include "app/crashreport.h"
#include "app/formatsfolder.h"
#include "app/memory.h"
#include "app/standardstreams.h"
#include "core/base/freedmemory.h"
#include "ui/common/language.h"
#include "ui/common/theme.h"
#include "ui/shell/lastrun.h"
#include "ui/shell/windows.h"

#include <QApplication>
#include <QCommandLineParser>

namespace {

using Open = std::vector<postlude::Windows::Paths>;

/// Windows, from the first that opens to the end of the last. Where they are to be made anew,
/// `open` is what each had open.
int showWindows(Open& open) {
    postlude::useLanguage();
    postlude::Windows windows({.formatsFolder = postlude::formatsFolder()});
    for (const auto& paths : open)
        windows.add(paths);
    const int status = QApplication::exec();
    if (status == postlude::kStartAgain) open = windows.leave();
    return status;
}

} // namespace

int main(int argc, char** argv) {
    postlude::keepStandardStreams();
    postlude::keepFreedMemory();
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("postlude"));
    QApplication::setOrganizationName(QStringLiteral("postlude"));
    QApplication::setDesktopFileName(QStringLiteral("postlude"));
    QApplication::setApplicationDisplayName(QStringLiteral("Postlude"));
    QApplication::setApplicationVersion(QStringLiteral(POSTLUDE_VERSION));

    postlude::useLanguage();
    QCommandLineParser arguments;
    arguments.setApplicationDescription(
        QApplication::translate("main", "Opens the logs of an outage and ends in a postmortem."));
    arguments.addHelpOption();
    arguments.addVersionOption();
    arguments.addPositionalArgument(
        QStringLiteral("bundle"),
        QApplication::translate("main", "A case, or folders, archives and logs of one incident."),
        QStringLiteral("[bundle...]"));
    arguments.process(app);

    postlude::reportCrashes(
        postlude::crashReportFile(QApplication::applicationPid()).toStdString());
    postlude::ThemeWatcher::instance().apply();
    Open open(1);
    for (const QString& path : arguments.positionalArguments())
        open.front().emplace_back(path.toStdString());
    int status = postlude::kStartAgain;
    while (status == postlude::kStartAgain)
        status = showWindows(open);
    return status;
}
