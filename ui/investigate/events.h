// SPDX-License-Identifier: GPL-3.0-or-later
// What happened besides requests: alerts, changes, server states, people. One list for the lanes
// and for stepping.
#pragma once

#include "core/query/query.h"

#include <QColor>
#include <QString>

namespace postlude {

enum class Lane : std::uint8_t { Alerts, Changes, Servers, People, Notes };
inline constexpr int kLanes = 5; ///< the last one only where somebody has noted something

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
};

/// By time. At most some thousands: of more, the first are taken.
Result<std::vector<LaneEvent>> readEvents(const Query& query, ClockView clock,
                                          std::stop_token stop);

} // namespace postlude
