// SPDX-License-Identifier: GPL-3.0-or-later
// Did each server get what it should have? Distances of shares, and how far chance alone goes
// where a client's requests stay together.
#pragma once

#include "core/analysis/detail/scene.h"

#include <stop_token>

namespace postlude::detail {

/// One server of a backend, of the configuration or seen in the traffic.
struct PoolServer {
    ServerKey key;
    std::size_t traffic = 0; ///< index into Traffic::servers; 0: got nothing at all
    const ServerReport* report = nullptr;
    double expected = 0, observed = 0; ///< shares of the backend's requests
};

struct Pool {
    std::string backend;
    const ConfigBackend* config = nullptr; ///< null: none known
    bool configured = false;               ///< `expected` follows from it, else from before
    bool known = false;                    ///< there is something to compare with
    std::vector<PoolServer> servers;
    std::uint64_t attempts = 0, attemptsBefore = 0;
};

/// Of all backends that got requests during the incident, by name.
std::vector<Pool> poolsOf(const Scene& scene);

/// What each cluster (a client, or some) sent to each server.
struct Clusters {
    std::size_t servers = 0;
    std::vector<double> counts; ///< row by row
    [[nodiscard]] std::size_t size() const { return servers ? counts.size() / servers : 0; }
    [[nodiscard]] std::vector<double> shares() const;
};

/// Half the sum of the differences: the part that is on the wrong server.
double totalVariation(const std::vector<double>& observed, const std::vector<double>& expected);
/// 1 if all get what is expected, down to the expected share of the one that gets everything.
double weightedJain(const std::vector<double>& observed, const std::vector<double>& expected);

/// The largest of observed to expected, and whose. A share is taken to be at least what 20 of `all`
/// are (at most 1 %): below, chance alone gives many times as many.
std::pair<double, std::size_t> mostTimes(const std::vector<double>& observed,
                                         const std::vector<double>& expected, double all);

struct Draws {
    double low = 0, high = 0; ///< 90 % of the distances
    double p = 1;             ///< of so large a distance where `expected` holds
};
/// 500 bootstrap draws of whole clusters; always the same ones. Of no use once stopped.
Draws drawClusters(const Clusters& clusters, const std::vector<double>& expected,
                   const std::stop_token& stop = {});

/// Attempts before the last one of requests that were tried again.
struct Repeated {
    std::uint64_t attempts = 0; ///< of a backend; known where the log counts them
    std::map<std::string, std::uint64_t> byServer; ///< where it lists who was tried
};
/// By backend, during the incident. Of very many only some are read, and the counts scaled.
std::map<std::string, Repeated> repeatedAttempts(const Scene& scene);

std::vector<Fairness> judgeFairness(const Scene& scene);

/// Shape and statement of what has a name: a sinkhole, a cascade, all down, a hot key, a drain that
/// never ended. `busiest`: the part of the backend's requests that the busiest key sent, and where.
struct BusiestKey {
    std::string name;
    double share = 0;       ///< of the backend's requests
    std::size_t server = 0; ///< index into Pool::servers of most of its requests
    double onServer = 0;    ///< of its requests
};
void nameShape(const Scene& scene, const Pool& pool, const BusiestKey& busiest, Fairness& fairness);

} // namespace postlude::detail
