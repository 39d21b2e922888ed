// SPDX-License-Identifier: GPL-3.0-or-later
// The requests of a case in memory, one small row each, by start.
#pragma once

#include "core/analysis/detail/changepoints.h"
#include "core/query/query.h"

#include <map>

namespace postlude::detail {

struct Request {
    std::int64_t start = 0; ///< ns since the epoch
    std::int64_t end = 0;   ///< start + duration; start where no duration is logged
    RecordId id{};
    std::uint32_t client = 0;
    std::uint16_t server = 0;    ///< index into Traffic::servers; 0: never reached one
    std::uint16_t service = 0;   ///< index into Traffic::services
    std::int32_t connectUs = -1; ///< µs; -1 where none is logged
    bool failed = false;
    char died = 0; ///< HAProxy's second letter: C while connecting, Q in the queue …; 0 unknown
    bool timed = false; ///< has a duration
    [[nodiscard]] std::int64_t duration() const { return end - start; }
};

struct Traffic {
    std::vector<Request> requests;     ///< by start, then end
    std::vector<ServerKey> servers;    ///< [0]: none
    std::vector<std::string> services; ///< first path segment, "/" + segment
    std::int64_t slow = 0;             ///< ns; longer is slow
    std::string slowWhy;               ///< "stated", "default", …

    [[nodiscard]] bool isSlow(const Request& r) const {
        return !r.failed && r.timed && r.duration() > slow;
    }
    [[nodiscard]] bool isBad(const Request& r) const { return r.failed || isSlow(r); }
    /// Index of the first request that starts at or after `t`.
    [[nodiscard]] std::size_t from(Instant t) const;
    [[nodiscard]] std::span<const Request> within(const Window& w) const;
    [[nodiscard]] Window span() const; ///< first start to just after the last
};

/// Probes are left out. Errors are those of the query.
Result<Traffic> gatherTraffic(const Query& query, std::optional<Duration> slow,
                              std::stop_token stop);

/// Sets Traffic::slow: what was stated, else 1 s, else, where more than 1 % of the quietest
/// quarter takes longer than that, 1.5 × its p99.
void settleSlow(Traffic& traffic, std::optional<Duration> stated);

/// The share-th quantile (0…1) of values; empty without values. Reorders them.
std::optional<double> quantile(std::vector<double>& values, double share);

} // namespace postlude::detail
