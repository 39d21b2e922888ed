// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/shares.h"

#include <algorithm>
#include <cmath>

namespace postlude::detail {

namespace {

struct Tally {
    std::vector<ServerPhase> servers; ///< by Request::server
    std::uint64_t requests = 0, reached = 0;
};

Tally tally(const Traffic& traffic, const Window& window) {
    Tally out;
    out.servers.resize(traffic.servers.size());
    std::vector<std::vector<double>> took(traffic.servers.size());
    for (const Request& r : traffic.within(window)) {
        ServerPhase& p = out.servers[r.server];
        ++p.requests;
        p.failed += r.failed ? 1 : 0;
        if (r.timed) took[r.server].push_back(double(r.duration()) * 1e-6);
        ++out.requests;
        out.reached += r.server != 0 ? 1 : 0;
    }
    for (std::size_t i = 0; i < out.servers.size(); ++i) {
        ServerPhase& p = out.servers[i];
        if (i != 0 && out.reached) p.share = double(p.requests) / double(out.reached);
        p.p50Ms = quantile(took[i], 0.50);
        p.p95Ms = quantile(took[i], 0.95);
        p.p99Ms = quantile(took[i], 0.99);
    }
    return out;
}

/// Weight of a server as the configuration gives it; nothing if it is out of use.
std::optional<double> weightIn(const BalancerConfig* config, const ServerKey& key) {
    if (!config) return {};
    const ServerInConfig found = findServer(*config, key);
    if (!found.server || found.server->backup || found.server->disabled) return {};
    return found.server->weight;
}

/// Shares by weight. Under any of the algorithms that is what long-run traffic tends to when
/// servers are equally fast and keys are many; only "first" means something else.
void expect(std::vector<ServerReport>& servers, const BalancerConfig* config,
            std::optional<double> ServerReport::* weight,
            std::optional<double> ServerReport::* share) {
    if (!config) return;
    double sum = 0;
    for (ServerReport& s : servers) {
        s.*weight = weightIn(config, s.key);
        const ServerInConfig found = findServer(*config, s.key);
        if (found.backend && found.backend->balancing == Balancing::First) return;
        sum += (s.*weight).value_or(0);
    }
    if (sum <= 0) return;
    for (ServerReport& s : servers)
        if (s.*weight) s.*share = *(s.*weight) / sum;
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
double departure(const ServerReport& s, std::uint64_t failedInAll) {
    constexpr std::uint64_t kEnough = 20; // fewer failures than this may lie anywhere by chance
    const double gained = std::max(0.0, s.during.share - s.before.share);
    if (failedInAll < kEnough) return gained;
    const double failed = double(s.during.failed) / double(failedInAll);
    return gained + 0.5 * std::max(0.0, failed - s.during.share);
}

void findWorst(Shares& out) {
    std::uint64_t failed = 0;
    for (const ServerReport& s : out.servers)
        failed += s.during.failed;
    double most = 0.1; // of the traffic, or twice as much of the failures; else none departed
    for (std::size_t i = 0; i < out.servers.size(); ++i) {
        const double d = departure(out.servers[i], failed);
        if (d <= most) continue;
        most = d;
        out.worst = i;
    }
    if (out.worst < out.servers.size()) out.worstName = pathOf(out.servers[out.worst].key);
}

} // namespace

Shares findShares(const Traffic& traffic, const Phases& phases, const BalancerConfig* before,
                  const BalancerConfig* during, const Clocks& clocks) {
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
    expect(out.servers, before, &ServerReport::weightBefore, &ServerReport::expectedShareBefore);
    expect(out.servers, during, &ServerReport::weightDuring, &ServerReport::expectedShareDuring);
    if (is.requests) out.unreached = 1 - double(is.reached) / double(is.requests);
    if (was.reached && is.reached) out.shifted = distance(out.servers);
    if (is.reached) out.unfair = unfairness(out.servers);
    findWorst(out);
    return out;
}

std::string pathOf(const ServerKey& key) {
    return key.backend.empty() ? key.server : key.backend + "/" + key.server;
}

} // namespace postlude::detail
