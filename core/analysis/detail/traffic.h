// SPDX-License-Identifier: GPL-3.0-or-later
// The requests of a case in memory, in a few bytes each, by start.
#pragma once

#include "core/analysis/detail/changepoints.h"
#include "core/analysis/detail/clients.h"
#include "core/analysis/detail/packed.h"
#include "core/base/progress.h"
#include "core/query/query.h"

#include <map>

namespace postlude::detail {

struct Traffic {
    PackedRequests requests;           ///< by start
    Clients clients;                   ///< of Request::client
    std::vector<ServerKey> servers;    ///< [0]: none
    std::vector<std::string> services; ///< first path segment, "/" + segment
    std::int64_t slow = 0;             ///< ns; longer is slow
    std::string slowWhy;               ///< "stated", "default", …
    Window kept = {};                  ///< without lone wrong dates; empty: all
    std::uint64_t strays = 0;          ///< requests outside of it
    std::uint64_t probes = 0;          ///< health checks and scrapes, which are not among them

    [[nodiscard]] bool isSlow(const Request& r) const {
        return !r.failed && r.timed && r.duration() > slow;
    }
    [[nodiscard]] bool isBad(const Request& r) const { return r.failed || isSlow(r); }
    /// Index of the first request that starts at or after `t`.
    [[nodiscard]] std::size_t from(Instant t) const;
    /// Read as they are asked for: a pass over all costs some 10 ns each.
    [[nodiscard]] PackedRequests::Range within(const Window& w) const;
    /// First start to just after the last, without strays.
    [[nodiscard]] Window span() const;
    [[nodiscard]] PackedRequests::Range all() const { return within(span()); }
    /// Asked for by gatherTraffic()'s caller: whoever goes through much looks now and then.
    [[nodiscard]] const std::stop_token& stop() const { return requests.stop(); }
};

/// Probes are left out and counted. `progress` gets how many are read. Errors are those
/// of the query. Once stopped, all that is read of the traffic ends early.
Result<Traffic> gatherTraffic(const Query& query, std::optional<Duration> slow,
                              std::stop_token stop, const ProgressSink& progress = {});

/// Sets Traffic::slow: what was stated, else 1 s, else, where more than 1 % of the quietest
/// sixteenth takes longer than that, 1.5 × its p99.
void settleSlow(Traffic& traffic, std::optional<Duration> stated);

/// Sets Traffic::kept: a few requests that lie more than a day, and twice as long as all others
/// together, before or after these have a wrong date, and would make every stretch of time years.
void settleSpan(Traffic& traffic);

/// The share-th quantile (0…1) of values; empty without values. Reorders them.
std::optional<double> quantile(std::vector<double>& values, double share);

} // namespace postlude::detail
