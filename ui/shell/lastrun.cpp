// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/lastrun.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QSysInfo>
#include <map>
#include <memory>
#include <sys/file.h>

namespace postlude {

namespace {

constexpr qsizetype kMostBytes = 64 * 1024; // of a trace or report that is read

/// The traces of this process by window; their locks end with the process, however that ends.
std::map<int, std::unique_ptr<QFile>>& ownTraces() {
    static std::map<int, std::unique_ptr<QFile>> traces;
    return traces;
}

QString traceOf(int window) {
    return runsFolder() +
           QStringLiteral("/%1.%2.case").arg(QCoreApplication::applicationPid()).arg(window);
}

QString textOf(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.read(kMostBytes)) : QString();
}

bool isAlive(const QString& file) {
    QFile trace(file);
    return trace.open(QIODevice::ReadOnly) && ::flock(trace.handle(), LOCK_EX | LOCK_NB) != 0;
}

} // namespace

QString runsFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
           QStringLiteral("/runs");
}

QString crashReportFile(qint64 process) {
    return runsFolder() + QStringLiteral("/%1.report").arg(process);
}

void markOpenCase(const QString& casePath, const QString& title, int window) {
    QDir().mkpath(runsFolder());
    auto trace = std::make_unique<QFile>(traceOf(window));
    constexpr auto kMine = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (!trace->open(QIODevice::WriteOnly | QIODevice::Truncate, kMine)) return;
    ::flock(trace->handle(), LOCK_EX | LOCK_NB);
    trace->write((title.simplified() + u'\n' + casePath).toUtf8());
    trace->flush();
    ownTraces()[window] = std::move(trace);
}

void unmarkOpenCase(int window) {
    const auto own = ownTraces().find(window);
    if (own == ownTraces().end()) return;
    own->second->remove();
    ownTraces().erase(own);
}

std::optional<EndedRun> takeEndedRun() {
    std::optional<EndedRun> latest;
    const QDir folder(runsFolder());
    const QFileInfoList traces =
        folder.entryInfoList({QStringLiteral("*.case")}, QDir::Files, QDir::Time | QDir::Reversed);
    QStringList reports; // one for all windows of a process
    for (const QFileInfo& trace : traces) {
        if (isAlive(trace.filePath())) continue;
        const QString report = folder.filePath(trace.baseName() + QStringLiteral(".report"));
        const QString text = textOf(trace.filePath());
        const QString title = text.section(u'\n', 0, 0);
        latest = EndedRun{text.mid(title.size() + 1), title, textOf(report)};
        QFile::remove(trace.filePath());
        reports << report;
    }
    for (const QString& report : std::as_const(reports))
        QFile::remove(report);
    return latest;
}

QString versions() {
    return QStringLiteral("Postlude %1, Qt %2, %3, %4")
        .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion()),
             QSysInfo::prettyProductName(), QSysInfo::currentCpuArchitecture());
}

QString crashDetails(const EndedRun& run) {
    const QString none = QStringLiteral("It ended without a report.\n");
    return versions() + QStringLiteral("\n\n") + (run.report.isEmpty() ? none : run.report);
}

} // namespace postlude
