// SPDX-License-Identifier: GPL-3.0-or-later
// When requests went bad and when they were well again.
#pragma once

#include "core/analysis/detail/traffic.h"

namespace postlude::detail {

/// The rates of the quietest stretches.
struct Baseline {
    double failed = 0, slow = 0;
    std::uint64_t requests = 0;
};

struct Stretch {
    Instant start{};                 ///< of the first bad request
    Window startInterval;            ///< all starts the likelihood does not refuse
    bool fromTheBeginning = false;   ///< bad when the logs begin
    std::optional<Instant> resolved; ///< the last bad request ended; absent: not within the logs
    Instant lastBad{};               ///< the last bad request ended, resolved or not
};

struct Onsets {
    Baseline baseline;
    Duration bucket{};
    std::vector<Stretch> stretches; ///< by start, at least five quiet minutes apart
    std::vector<std::string> notes; ///< short bursts that are no incident, silences
};

Onsets findOnsets(const Traffic& traffic);

} // namespace postlude::detail
