// SPDX-License-Identifier: GPL-3.0-or-later
// What the balancer's timers prove where nothing else tells why: one server alone was slow, and it
// was neither the way to it nor what was asked of it.
#include "core/analysis/detail/causes.h"
#include "core/analysis/detail/quantiles.h"
#include "core/analysis/detail/verdicts.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace postlude::detail {

namespace {

constexpr double kMostOfBad = 0.7; ///< of the bad requests, on that server
constexpr std::uint64_t kLeastBad = 20;

/// Times of one server's requests, µs.
struct Timers {
    std::uint64_t requests = 0;
    Quantiles connect, queue, response;
};

/// The server with most of the bad requests, as index into Traffic::servers; 0: they are on
/// several.
std::size_t loneServer(const Scene& scene) {
    std::vector<std::uint64_t> bad(scene.traffic.servers.size());
    for (const Request& r : scene.traffic.within(scene.phases.during))
        bad[r.server] += scene.traffic.isBad(r) ? 1 : 0;
    std::uint64_t all = 0;
    for (const std::uint64_t n : bad)
        all += n;
    const auto most = std::size_t(std::ranges::max_element(bad) - bad.begin());
    return bad[most] >= kLeastBad && double(bad[most]) >= kMostOfBad * double(all) ? most : 0;
}

Result<Timers> timersOf(const Scene& scene, const ServerKey& server, const Window& window,
                        std::stop_token stop) {
    Timers out;
    RequestScan scan;
    scan.window = window;
    scan.columns = kServerColumns | kConnectColumn | kQueueColumn | kResponseColumn;
    const auto take = [&](const RequestChunk& c) {
        const auto add = [](Quantiles& to, std::span<const std::int64_t> column, std::size_t i) {
            if (i < column.size() && column[i] >= 0) to.add(column[i] / 1000);
        };
        std::map<std::pair<std::uint32_t, std::uint32_t>, bool> its;
        for (std::size_t i = 0; i < c.ids.size(); ++i) {
            const auto [it, isNew] = its.try_emplace({c.backend[i], c.server[i]}, false);
            if (isNew)
                it->second = server == ServerKey{scene.query.name(TextField::Backend, c.backend[i]),
                                                 scene.query.name(TextField::Server, c.server[i])};
            if (!it->second) continue;
            ++out.requests;
            add(out.connect, c.connect, i);
            add(out.queue, c.queue, i);
            add(out.response, c.response, i);
        }
    };
    if (auto r = scene.query.scanRequests(scan, take, stop); !r) return std::unexpected(r.error());
    return out;
}

double ms(const Quantiles& us, double share) {
    return double(us.at(share).value_or(0)) / 1000;
}

/// Enough of them in both, and hardly longer.
bool unchanged(const Quantiles& was, const Quantiles& is) {
    constexpr std::uint64_t kEnough = 50;
    return was.count() >= kEnough && is.count() >= kEnough &&
           ms(is, 0.5) <= ms(was, 0.5) * 1.1 + 1 && ms(is, 0.95) <= ms(was, 0.95) * 1.5 + 5;
}

double perSecond(const Timers& t, const Window& w) {
    return double(t.requests) / std::max(1.0, seconds(w.length()));
}

std::string statementOf(const Scene& scene, const std::string& host, const Timers& was,
                        const Timers& is, const Window& before, const Healthy& others) {
    std::string queue;
    if (unchanged(was.queue, is.queue))
        queue = fmt::format(", waiting in the balancer's queue {:.0f} → {:.0f} ms",
                            ms(was.queue, 0.95), ms(is.queue, 0.95));
    return fmt::format(
        "{} itself: it took {:.0f} → {:.0f} ms to answer (p95), while connecting to it took {:.0f} "
        "→ {:.0f} ms{}, {:.1f} → {:.1f} requests a second came to it, and {} answered as before "
        "(median {:.0f} → {:.0f} ms): neither the network nor the load nor what all of them use, "
        "but that host or what runs on it; no log here says what.",
        visible(host), ms(was.response, 0.95), ms(is.response, 0.95), ms(was.connect, 0.95),
        ms(is.connect, 0.95), queue, perSecond(was, before), perSecond(is, scene.phases.during),
        others.list(), others.before, others.during);
}

} // namespace

Result<std::optional<Candidate>> loneServerCandidate(const Scene& scene, std::stop_token stop) {
    const std::size_t which = loneServer(scene);
    const Healthy others = healthyServers(scene);
    if (which == 0 || !others.unchanged()) return std::optional<Candidate>{};
    const ServerKey& key = scene.traffic.servers[which];
    const std::string host = scene.nameOf(key);
    if (std::ranges::find(others.names, host) != others.names.end())
        return std::optional<Candidate>{};
    constexpr auto kLongest = std::chrono::minutes(10);
    Window before = scene.phases.before;
    before.from = std::max(before.from, Instant{before.to - kLongest});
    const auto was = timersOf(scene, key, before, stop);
    if (!was) return std::unexpected(was.error());
    const auto is = timersOf(scene, key, scene.phases.during, stop);
    if (!is) return std::unexpected(is.error());
    const bool more = perSecond(*is, scene.phases.during) > 1.3 * perSecond(*was, before);
    const bool slower = is->response.count() >= kLeastBad &&
                        ms(is->response, 0.95) >= 2 * ms(was->response, 0.95) + 100;
    if (more || !slower || !unchanged(was->connect, is->connect)) return std::optional<Candidate>{};
    Candidate c;
    c.cause.kind = CauseKind::HostResource;
    c.cause.culprit = host;
    c.cause.at = scene.start();
    setScore(c.cause, {0.5, 0.8, 0.5, 0.3}); // proven where, not why
    c.cause.statement = statementOf(scene, host, *was, *is, before, others);
    c.cause.evidence = {chartOf("latency", scene.phases.during)};
    return std::optional(std::move(c));
}

} // namespace postlude::detail
