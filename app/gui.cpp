// SPDX-License-Identifier: GPL-3.0-or-later
// postlude: the desktop program.
#include "app/crashreport.h"
#include "app/formatsfolder.h"
#include "app/memory.h"
#include "app/standardstreams.h"
#include "ui/common/language.h"
#include "ui/common/theme.h"
#include "ui/shell/lastrun.h"
#include "ui/shell/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>

namespace {

using Paths = std::vector<std::filesystem::path>;

/// One window, from its opening to its end. Where it is to be made anew, `paths` is what it had
/// open.
int showWindow(Paths& paths) {
    postlude::useLanguage();
    postlude::MainWindow window;
    window.setReading({.formatsFolder = postlude::formatsFolder()});
    window.offerTourOnce();
    window.show();
    if (!paths.empty()) window.openPaths(paths);
    const int status = QApplication::exec();
    if (status != postlude::kStartAgain) return status;
    paths.clear();
    if (const auto open = window.leave(); !open.empty()) paths.push_back(open);
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
    Paths paths;
    for (const QString& path : arguments.positionalArguments())
        paths.emplace_back(path.toStdString());
    int status = postlude::kStartAgain;
    while (status == postlude::kStartAgain)
        status = showWindow(paths);
    return status;
}
