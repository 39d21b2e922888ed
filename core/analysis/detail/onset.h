// SPDX-License-Identifier: GPL-3.0-or-later
// When requests went bad and when they were well again.
#pragma once

#include "core/analysis/detail/traffic.h"

namespace postlude::detail {

/// Requests by equal stretches of time.
struct Grid {
    std::int64_t origin = 0, bucket = 1'000'000'000; ///< ns; whole seconds
    std::vector<Counts> counts;
    [[nodiscard]] std::int64_t at(std::size_t i) const { return origin + bucket * std::int64_t(i); }
    void merge(const Grid& other) {
        for (std::size_t i = 0; i < counts.size(); ++i) {
            counts[i].requests += other.counts[i].requests;
            counts[i].failed += other.counts[i].failed;
            counts[i].slow += other.counts[i].slow;
        }
    }
};

/// The requests that begin in `window`, in buckets of `bucket` ns from `origin` on.
Grid countedOver(const Traffic& traffic, const Window& window, std::int64_t origin,
                 std::int64_t bucket);

/// The rates of the quietest stretches.
struct Baseline {
    double failed = 0, slow = 0;
    std::uint64_t requests = 0;
    double overdispersion = 1;    ///< of the failed per bucket, against chance; 1 or more
    double badOverdispersion = 1; ///< the same of failed and slow together
};

struct Stretch {
    Instant start{};                 ///< of the first bad request
    Window startInterval;            ///< all starts the likelihood does not refuse
    bool fromTheBeginning = false;   ///< bad when the logs begin
    std::optional<Instant> resolved; ///< the last bad request ended; absent: not within the logs
    Instant lastBad{};               ///< the last bad request ended, resolved or not
    /// A single burst within the minute before: chance, unless the cause was there already.
    std::optional<Instant> herald = {};
};

struct Onsets {
    Baseline baseline;
    Duration bucket{};
    Grid grid;
    std::vector<Stretch> stretches; ///< by start, at least five quiet minutes apart
    std::vector<std::string> notes; ///< short bursts that are no incident
};

Onsets findOnsets(const Traffic& traffic);

} // namespace postlude::detail
