// SPDX-License-Identifier: GPL-3.0-or-later
// The backends as they should have shared their requests.
#include "core/analysis/detail/fairness.h"

#include <algorithm>

namespace postlude::detail {

namespace {

/// The configuration's servers that were never asked belong to the backend, too.
void addConfigured(const Scene& scene, const ServerIndex& index, Pool& pool) {
    std::map<const ConfigServer*, std::size_t> rowOf;
    for (std::size_t row = 0; row < pool.servers.size(); ++row)
        if (const auto found = index.find(pool.servers[row].key); found.server)
            rowOf.try_emplace(found.server, row);
    std::vector<ServerKey> called;
    std::vector<std::size_t> rows;
    for (const ConfigServer& s : pool.config->servers) {
        const auto [row, isNew] = rowOf.try_emplace(&s, pool.servers.size());
        rows.push_back(row->second);
        if (isNew) pool.servers.push_back({{pool.backend, s.name}, 0, nullptr, 0, 0});
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

void finish(const Scene& scene, const ServerIndex& index, Pool& pool) {
    for (const PoolServer& s : pool.servers) {
        pool.attempts += s.report->during.requests;
        pool.attemptsBefore += s.report->before.requests;
    }
    for (PoolServer& s : pool.servers)
        s.observed = pool.attempts ? double(s.report->during.requests) / double(pool.attempts) : 0;
    pool.config = index.find(pool.servers.front().key).backend;
    if (pool.config) addConfigured(scene, index, pool);
    if (!pool.known) expectAsBefore(scene, pool);
}

} // namespace

std::vector<Pool> poolsOf(const Scene& scene) {
    std::map<std::string, Pool> pools;
    const ServerIndex index(scene.configsDuring);
    std::map<ServerKey, std::size_t> numbers;
    for (std::size_t i = 0; i < scene.traffic.servers.size(); ++i)
        numbers.try_emplace(scene.traffic.servers[i], i);
    for (const ServerReport& s : scene.shares.servers) {
        Pool& pool = pools[s.key.backend];
        pool.backend = s.key.backend;
        const auto number = numbers.find(s.key);
        pool.servers.push_back({s.key, number == numbers.end() ? 0 : number->second, &s, 0, 0});
    }
    std::vector<Pool> out;
    for (auto& [name, pool] : pools) {
        finish(scene, index, pool);
        if (pool.servers.size() >= 2) out.push_back(std::move(pool));
    }
    return out;
}

} // namespace postlude::detail
