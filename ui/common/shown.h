// SPDX-License-Identifier: GPL-3.0-or-later
// Log text and core's values as they are shown: always plain, never markup.
#pragma once

#include "core/base/text.h"
#include "core/base/zone.h"

#include <QString>

namespace postlude {

/// Hostile text on one line, however long it is.
inline QString shownWhole(std::string_view text) {
    return QString::fromStdString(visible(text));
}

/// The same, cut where no one would read on.
inline QString shown(std::string_view text, std::size_t most = 2000) {
    QString line = shownWhole(text.substr(0, most));
    if (text.size() > most) line += QChar(0x2026);
    return line;
}

inline QString shown(const std::string& text) {
    return shown(std::string_view(text));
}

/// For tool tips, which Qt would otherwise read as markup if they look like it.
QString plainTip(const QString& text);

/// For menus and buttons, where a single & marks the letter that chooses them.
inline QString menuText(QString text) {
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

/// Any text as a quoted value of the filter language.
QString filterWord(const std::string& text);

/// "8.8 M", "41 k", "6": a count that fits in a side panel.
QString shortCount(std::uint64_t count);
/// "71 %", "0.4 %".
QString percent(double share);
/// "21 597", for text cells in whole numbers.
inline QString wholeCount(std::uint64_t count) {
    return QString::fromStdString(grouped(static_cast<std::int64_t>(count)));
}
/// For tr()'s number, which says which form of the plural a text takes.
inline int counted(std::uint64_t count) {
    constexpr std::uint64_t kMost = 1'000'000'000;
    return static_cast<int>(count < kMost ? count : kMost + count % kMost);
}
/// "36 ms", "1 874 ms", from nanoseconds.
QString milliseconds(std::int64_t ns);
/// "+37.2 s", "−120 ms".
QString signedOffset(Duration offset);
/// "16:12:04.118"
inline QString timeOfDay(const Zone& zone, Instant t, int digits = 3) {
    return QString::fromStdString(zone.timeOfDay(t, digits));
}

} // namespace postlude
