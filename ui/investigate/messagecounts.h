// SPDX-License-Identifier: GPL-3.0-or-later
// Which kinds of messages are in a window, and how often they come outside of it; no widget.
#pragma once

#include "core/query/query.h"

#include <QString>
#include <vector>

namespace postlude {

struct MessageRow {
    enum class Kind : std::uint8_t { Fatal, New, Surged, Usual, Gone } kind = Kind::Usual;
    std::string text;                      ///< the template, values as "<*>"
    Level level = Level::None;             ///< the gravest
    std::uint64_t within = 0, outside = 0; ///< lines
    double perMinute = 0, perMinuteOutside = 0;
    Instant first{};                  ///< in the window; of one that is gone the first at all
    RecordId record{};                ///< of that line
    SourceId source = SourceId::None; ///< where that line is
};

/// Fatal, new, then surged, then usual ones by count, then those that are only outside. New: not
/// once outside; fatal: of the gravest kind, and rare (isFatalMessage), new or not; surged: three
/// times as often and five lines at least, beyond chance. Rates go by the time that any log of the
/// hosts that say it was recorded, within the window and outside of it. Kinds of records: messages
/// and server states. Errors: Cancelled and those of Query.
Result<std::vector<MessageRow>> countMessages(const Query& query, Window window, ClockView clock,
                                              std::stop_token stop);

/// A filter for the lines of a template; empty where it has no word of its own.
QString filterOf(const std::string& templateText);

} // namespace postlude
