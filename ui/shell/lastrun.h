// SPDX-License-Identifier: GPL-3.0-or-later
// Traces that a running program leaves, so that the next one can tell if it ended badly: a file per
// window, locked while its process lives, with the case that is open. What ended as it should
// leaves none.
#pragma once

#include <QString>
#include <optional>

namespace postlude {

/// A run that ended while a case was open: a crash, a kill, a power failure.
struct EndedRun {
    QString casePath;
    QString title;  ///< what the case is called
    QString report; ///< what the crash handler wrote; empty if nothing could be written
};

/// Where traces are, and where the crash handler of a process with this number writes.
QString runsFolder();
QString crashReportFile(qint64 process);

/// Says which case a window of this process has open. GUI thread only, as its like.
void markOpenCase(const QString& casePath, const QString& title, int window = 0);
/// It has none any more.
void unmarkOpenCase(int window = 0);
/// The latest run that ended badly, if there is one; traces of all such runs are removed.
std::optional<EndedRun> takeEndedRun();
/// Versions and system, as a report begins: "Postlude 0.1.0, Qt 6.4.2, Debian …, x86_64".
QString versions();
/// What a user can send: the report, versions and the system; no path, no log, no name.
QString crashDetails(const EndedRun& run);

} // namespace postlude
