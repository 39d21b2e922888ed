// SPDX-License-Identifier: GPL-3.0-or-later
// The backends as they should have shared their requests.
#include "core/analysis/detail/fairness.h"

#include <algorithm>

namespace postlude::detail {

namespace {

std::size_t indexOf(const Traffic& traffic, const ServerKey& key) {
    const auto it = std::ranges::find(traffic.servers, key);
    return it == traffic.servers.end() ? 0 : std::size_t(it - traffic.servers.begin());
}

/// The configuration's servers that were never asked belong to the backend, too.
void addConfigured(const Scene& scene, Pool& pool) {
    std::vector<ServerKey> called;
    std::vector<std::size_t> rows;
    for (const ConfigServer& s : pool.config->servers) {
        const auto row = std::ranges::find_if(pool.servers, [&](const PoolServer& p) {
            return findServer(scene.configsDuring, p.key).server == &s;
        });
        rows.push_back(std::size_t(row - pool.servers.begin()));
        if (row == pool.servers.end())
            pool.servers.push_back({{pool.backend, s.name}, 0, nullptr, 0, 0});
        called.push_back(pool.servers[rows.back()].key);
    }
    if (pool.config->balancing == Balancing::First || pool.config->found) return;
    const auto shares =
        expectedWithin(*pool.config, called, scene.outages, scene.phases.during, scene.traffic);
    double sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        pool.servers[rows[i]].expected = shares[i];
        sum += shares[i];
    }
    pool.configured = pool.known = sum > 0;
}

/// Without a configuration that says more: as before, but for those that were out of use.
void expectAsBefore(const Scene& scene, Pool& pool) {
    if (pool.attemptsBefore < 200 * pool.servers.size()) return;
    double sum = 0;
    for (PoolServer& s : pool.servers) {
        const double was = upWithin(scene.outages, s.key, scene.phases.before),
                     is = upWithin(scene.outages, s.key, scene.phases.during);
        s.expected = s.report ? double(s.report->before.requests) * is / std::max(was, 0.05) : 0;
        sum += s.expected;
    }
    for (PoolServer& s : pool.servers)
        s.expected = sum > 0 ? s.expected / sum : 0;
    pool.known = sum > 0;
}

void finish(const Scene& scene, Pool& pool) {
    for (const PoolServer& s : pool.servers) {
        pool.attempts += s.report->during.requests;
        pool.attemptsBefore += s.report->before.requests;
    }
    for (PoolServer& s : pool.servers)
        s.observed = pool.attempts ? double(s.report->during.requests) / double(pool.attempts) : 0;
    pool.config = findServer(scene.configsDuring, pool.servers.front().key).backend;
    if (pool.config) addConfigured(scene, pool);
    if (!pool.known) expectAsBefore(scene, pool);
}

} // namespace

std::vector<Pool> poolsOf(const Scene& scene) {
    std::map<std::string, Pool> pools;
    for (const ServerReport& s : scene.shares.servers) {
        Pool& pool = pools[s.key.backend];
        pool.backend = s.key.backend;
        pool.servers.push_back({s.key, indexOf(scene.traffic, s.key), &s, 0, 0});
    }
    std::vector<Pool> out;
    for (auto& [name, pool] : pools) {
        finish(scene, pool);
        if (pool.servers.size() >= 2) out.push_back(std::move(pool));
    }
    return out;
}

} // namespace postlude::detail
