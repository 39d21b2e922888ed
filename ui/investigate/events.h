// SPDX-License-Identifier: GPL-3.0-or-later
// What happened besides requests: alerts, changes, server states, messages that are new or came
// far more often, people. One list for the lanes and for stepping.
#pragma once

#include "core/analysis/analysis.h"

#include <QColor>
#include <QString>

namespace postlude {

enum class Lane : std::uint8_t { Alerts, Changes, Servers, Messages, People, Notes };
inline constexpr int kLanes = 6; ///< the last one only where somebody has noted something

struct LaneEvent {
    Lane lane = Lane::Changes;
    Instant from{};
    std::optional<Instant> to; ///< bars only: when the alert was resolved or the server back
    bool open = false;         ///< a bar whose end the logs do not tell
    QString label;             ///< short, plain
    QString detail;            ///< for the tool tip, plain, may be several lines
    RecordId record{};
    std::int64_t bookmark = 0; ///< of Notes: which one
    QColor colour = {};        ///< of Notes: the user's own
    int rank = 0;              ///< of Messages: 0 is the one that tells most
    QString filter = {};       ///< of Messages: for all lines like it; empty where there is none
};

/// By time. At most some thousands: of more, the first are taken. Servers are called as
/// ServerIndex::nameOf() does, messages are those of `analysis`; null: there is none yet.
Result<std::vector<LaneEvent>> readEvents(const Query& query, const Analysis* analysis,
                                          ClockView clock, std::stop_token stop);

} // namespace postlude
