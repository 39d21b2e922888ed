// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/shares.h"

#include "core/analysis/detail/fold.h"
#include "core/analysis/detail/quantiles.h"

#include <algorithm>
#include <cmath>

namespace postlude::detail {

namespace {

struct Tally {
    std::vector<ServerPhase> servers; ///< by Request::server
    std::vector<Quantiles> took;      ///< ns
    std::uint64_t requests = 0, reached = 0;

    void add(const Request& r) {
        ServerPhase& p = servers[r.server];
        ++p.requests;
        p.failed += r.failed ? 1 : 0;
        if (r.timed) took[r.server].add(r.duration());
        ++requests;
        reached += r.server != 0 ? 1 : 0;
    }
    void merge(const Tally& other) {
        requests += other.requests;
        reached += other.reached;
        for (std::size_t i = 0; i < servers.size(); ++i) {
            servers[i].requests += other.servers[i].requests;
            servers[i].failed += other.servers[i].failed;
            took[i].merge(other.took[i]);
        }
    }
};

Tally tally(const Traffic& traffic, const Window& window) {
    Tally empty;
    empty.servers.resize(traffic.servers.size());
    empty.took.resize(traffic.servers.size());
    Tally out = folded(traffic, window, empty, [](Tally& sum, const Request& r) { sum.add(r); });
    const auto ms = [](const std::optional<std::int64_t>& ns) {
        return ns ? std::optional(double(*ns) * 1e-6) : std::nullopt;
    };
    for (std::size_t i = 0; i < out.servers.size(); ++i) {
        ServerPhase& p = out.servers[i];
        if (i != 0 && out.reached) p.share = double(p.requests) / double(out.reached);
        p.p50Ms = ms(out.took[i].at(0.50));
        p.p95Ms = ms(out.took[i].at(0.95));
        p.p99Ms = ms(out.took[i].at(0.99));
    }
    return out;
}

/// What is expected of a phase, and where that goes in the report.
struct Expectation {
    const Traffic& traffic;
    const Configs& configs;
    Window window;
    ServerPhase ServerReport::* phase;
    std::optional<double> ServerReport::* weight;
    std::optional<double> ServerReport::* share;
};

/// Servers of a report that stand in one backend of a configuration.
struct Members {
    double observed = 0; ///< share of the traffic that the backend got
    std::vector<std::pair<ServerReport*, const ConfigServer*>> servers;
};

void expectOf(const ConfigBackend& backend, const Members& members,
              const std::vector<Outage>& outages, const Expectation& e) {
    if (backend.balancing == Balancing::First || backend.found) return; // follows from the load
    std::vector<ServerKey> called;
    called.reserve(backend.servers.size());
    for (const ConfigServer& s : backend.servers)
        called.push_back({backend.name, s.name});
    for (const auto& [report, server] : members.servers)
        called[std::size_t(server - backend.servers.data())] = report->key;
    const auto shares = expectedWithin(backend, called, outages, e.window, e.traffic);
    for (const auto& [report, server] : members.servers)
        if (server->takesPart() || shares[std::size_t(server - backend.servers.data())] > 0)
            report->*e.share =
                members.observed * shares[std::size_t(server - backend.servers.data())];
}

/// Each backend's share of the traffic is its own; within it, servers share as configured.
void expect(std::vector<ServerReport>& servers, const std::vector<Outage>& outages,
            const Expectation& e) {
    std::vector<std::pair<const ConfigBackend*, Members>> backends;
    const ServerIndex index(e.configs);
    for (ServerReport& s : servers) {
        const ServerInConfig found = index.find(s.key);
        if (!found.server) continue;
        if (!found.server->backup && !found.server->disabled) s.*e.weight = found.server->weight;
        auto it =
            std::ranges::find(backends, found.backend, &decltype(backends)::value_type::first);
        if (it == backends.end()) it = backends.insert(it, {found.backend, {}});
        it->second.observed += (s.*e.phase).share;
        it->second.servers.emplace_back(&s, found.server);
    }
    for (const auto& [backend, members] : backends)
        expectOf(*backend, members, outages, e);
}

double distance(const std::vector<ServerReport>& servers) {
    double sum = 0;
    for (const ServerReport& s : servers)
        sum += std::abs(s.during.share - s.before.share);
    return sum / 2;
}

double unfairness(const std::vector<ServerReport>& servers) {
    double sum = 0;
    for (const ServerReport& s : servers)
        sum += std::abs(s.during.share - s.expectedShareDuring.value_or(s.during.share));
    return sum / 2;
}

/// How much worse a server got: share it gained, and failures beyond its share of the traffic.
/// Without requests before nobody is known to have gained.
double departure(const ServerReport& s, std::uint64_t failedInAll, bool comparable) {
    constexpr std::uint64_t kEnough = 20; // fewer failures than this may lie anywhere by chance
    const double gained = comparable ? std::max(0.0, s.during.share - s.before.share) : 0;
    if (failedInAll < kEnough) return gained;
    const double failed = double(s.during.failed) / double(failedInAll);
    return gained + 0.5 * std::max(0.0, failed - s.during.share);
}

void findWorst(Shares& out, bool comparable) {
    std::uint64_t failed = 0;
    for (const ServerReport& s : out.servers)
        failed += s.during.failed;
    double most = 0.1; // of the traffic, or twice as much of the failures; else none departed
    for (std::size_t i = 0; i < out.servers.size(); ++i) {
        const double d = departure(out.servers[i], failed, comparable);
        if (d <= most) continue;
        most = d;
        out.worst = i;
    }
    if (out.worst < out.servers.size()) out.worstName = pathOf(out.servers[out.worst].key);
}

} // namespace

std::vector<double> expectedWithin(const ConfigBackend& backend,
                                   const std::vector<ServerKey>& called,
                                   const std::vector<Outage>& outages, const Window& window,
                                   const Traffic& traffic) {
    std::vector<double> out(called.size(), 0);
    double all = 0;
    for (const Window& piece : piecesOf(outages, called, window)) {
        // As many requests as came then: who is away while few come misses little.
        const auto requests = double(traffic.from(piece.to) - traffic.from(piece.from));
        std::vector<double> up;
        up.reserve(called.size());
        for (const ServerKey& key : called)
            up.push_back(upWithin(outages, key, piece));
        const auto shares = expectedShares(backend, up);
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] += requests * shares[i];
            all += requests * shares[i];
        }
    }
    for (double& share : out)
        share = all > 0 ? share / all : 0;
    return out;
}

Shares findShares(const Traffic& traffic, const Phases& phases, const Configs& before,
                  const Configs& during, const Clocks& clocks, const std::vector<Outage>& outages) {
    const Tally was = tally(traffic, phases.before), is = tally(traffic, phases.during),
                then = tally(traffic, phases.after);
    Shares out;
    for (std::size_t i = 1; i < traffic.servers.size(); ++i) {
        ServerReport s;
        s.key = traffic.servers[i];
        if (const auto host = clocks.hostOf.find(s.key); host != clocks.hostOf.end())
            s.host = host->second;
        s.before = was.servers[i];
        s.during = is.servers[i];
        s.after = then.servers[i];
        out.servers.push_back(std::move(s));
    }
    expect(out.servers, outages,
           {traffic, before, phases.before, &ServerReport::before, &ServerReport::weightBefore,
            &ServerReport::expectedShareBefore});
    expect(out.servers, outages,
           {traffic, during, phases.during, &ServerReport::during, &ServerReport::weightDuring,
            &ServerReport::expectedShareDuring});
    if (is.requests) out.unreached = 1 - double(is.reached) / double(is.requests);
    if (was.reached && is.reached) out.shifted = distance(out.servers);
    if (is.reached) out.unfair = unfairness(out.servers);
    findWorst(out, was.reached > 0);
    return out;
}

std::string pathOf(const ServerKey& key) {
    return key.backend.empty() ? key.server : key.backend + "/" + key.server;
}

} // namespace postlude::detail
