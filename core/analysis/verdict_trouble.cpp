// SPDX-License-Identifier: GPL-3.0-or-later
// Services outside and what machines run out of: suspicions that their own lines, or servers that
// stayed well, speak against.
#include "core/analysis/detail/story.h"
#include "core/analysis/detail/verdicts.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::detail {

namespace {

bool suspected(const Scene& scene, CauseKind kind) {
    return std::ranges::any_of(scene.events.chat, [&](const Event& e) {
        return e.time >= scene.start() - std::chrono::minutes(5) &&
               e.time <= scene.end() + std::chrono::minutes(15) &&
               suspicionIn(lowerCase(e.message)) == kind;
    });
}

struct Lines {
    std::size_t before = 0, during = 0;
    bool all = true;                ///< were read; else the counts are estimates
    std::vector<Evidence> evidence; ///< the first of each sort, at most three
};

/// Lines of that trouble in the incident, and before it.
Lines linesOf(const Scene& scene, const std::vector<Trouble>& troubles, CauseKind kind) {
    constexpr auto kAround = std::chrono::seconds(20);
    constexpr std::size_t kMostShown = 3;
    Lines out;
    for (const Trouble& t : troubles) {
        if (t.kind != kind) continue;
        if (out.evidence.size() < kMostShown) out.evidence.push_back(t.evidence);
        const auto from = std::ranges::lower_bound(t.times, scene.start() - kAround);
        out.before += std::size_t(from - t.times.begin());
        out.during += std::size_t(std::ranges::upper_bound(t.times, scene.end() + kAround) - from);
        out.all = out.all && t.all;
    }
    return out;
}

/// Processes that ran out of memory speak of their machines, too.
void addMemory(const Scene& scene, Lines& lines) {
    constexpr auto kAround = std::chrono::seconds(20);
    for (const Event& e : scene.events.crashes) {
        const std::string text = lowerCase(e.message);
        if (text.find("memory") == text.npos && text.find("oom") == text.npos) continue;
        const bool early = e.time < scene.start() - kAround;
        if (!early && e.time > scene.end() + kAround) continue;
        ++(early ? lines.before : lines.during);
        if (lines.evidence.size() < 3) lines.evidence.push_back(e.evidence);
    }
}

/// Hosts of servers whose own words (not only requests) are in the bundle.
std::size_t hostsHeard(const Scene& scene) {
    std::vector<std::string> hosts;
    for (const SourceInfo& s : scene.sources)
        if (s.role != SourceRole::Balancer && s.role != SourceRole::Database && s.records > 0 &&
            !s.host.empty() && std::ranges::find(hosts, s.host) == hosts.end())
            hosts.push_back(s.host);
    return hosts.size();
}

/// Bad shares of the servers that had enough requests: least and most.
struct Spread {
    std::size_t servers = 0;
    double least = 1, most = 0;
    [[nodiscard]] bool alike() const { return servers >= 3 && least >= 0.6 * most && most > 0; }
};

Spread spreadOf(const Scene& scene) {
    Spread out;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> all(scene.traffic.servers.size());
    for (const Request& r : scene.traffic.within(scene.phases.during)) {
        ++all[r.server].first;
        all[r.server].second += scene.traffic.isBad(r) ? 1 : 0;
    }
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i].first < 100) continue;
        const double share = double(all[i].second) / double(all[i].first);
        ++out.servers;
        out.least = std::min(out.least, share);
        out.most = std::max(out.most, share);
    }
    return out;
}

/// `shown`: the chart in which to see it, of the time before and the incident.
Judgement judgement(const Scene& scene, CauseKind kind, bool ruledOut, std::string statement,
                    const Lines& lines, std::string shown) {
    Judgement out;
    out.outcome = ruledOut ? Judgement::Outcome::RuledOut : Judgement::Outcome::Undecided;
    out.verdict.kind = kind;
    out.verdict.statement = std::move(statement);
    out.verdict.evidence = lines.evidence;
    out.verdict.evidence.push_back(
        chartOf(std::move(shown), {scene.phases.before.from, scene.phases.during.to}));
    return out;
}

} // namespace

std::optional<Judgement> judgeUpstream(const Scene& scene, const std::vector<Trouble>& troubles) {
    const Lines lines = linesOf(scene, troubles, CauseKind::Upstream);
    const Healthy healthy = healthyServers(scene);
    const std::size_t heard = hostsHeard(scene);
    const std::string said =
        heard ? fmt::format("Services outside: lines that name one that did not answer: {} before, "
                            "{} during the incident on the {} hosts whose logs are here",
                            lines.before, lines.during, heard)
              : std::string("Services outside: no log is here that could name one");
    if (lines.during == 0 && healthy.unchanged())
        return judgement(scene, CauseKind::Upstream, true,
                         fmt::format("{}; one that all servers ask would have held up {}, too, "
                                     "which answered as before (median {:.0f} → {:.0f} ms)",
                                     said, healthy.list(), healthy.before, healthy.during),
                         lines, "latency");
    if (!suspected(scene, CauseKind::Upstream)) return {};
    return judgement(scene, CauseKind::Upstream, false,
                     said + ": whether they were asked, and how long they took, is not logged",
                     lines, "latency");
}

std::optional<Judgement> judgeHosts(const Scene& scene, const std::vector<Trouble>& troubles) {
    Lines lines = linesOf(scene, troubles, CauseKind::HostResource);
    addMemory(scene, lines);
    const Spread spread = spreadOf(scene);
    const std::size_t heard = hostsHeard(scene);
    const std::string said = fmt::format(
        "Resources of a host: lines of disks, memory or throttling: {} before, {} during the "
        "incident on the {} hosts whose logs are here",
        lines.before, lines.during, heard);
    const bool died = std::ranges::any_of(scene.events.crashes, [&](const Event& e) {
        return e.time >= scene.start() - std::chrono::minutes(1) && e.time <= scene.end();
    });
    if (lines.during == 0 && lines.all && !died && spread.alike() && heard >= spread.servers)
        return judgement(scene, CauseKind::HostResource, true,
                         fmt::format("{}; all {} servers fared alike ({} to {} of their requests "
                                     "went badly)",
                                     said, spread.servers, percent(spread.least),
                                     percent(spread.most)),
                         lines, "errors");
    if (!suspected(scene, CauseKind::HostResource)) return {};
    return judgement(
        scene, CauseKind::HostResource, false,
        said +
            (lines.during ? ": whether they led to it or came of it does not show, for " : ": ") +
            "their CPU, memory and disks over time are not in the bundle",
        lines, "errors");
}

std::string Healthy::list() const {
    return visible(fmt::format("{}", fmt::join(names, ", ")));
}

Healthy healthyServers(const Scene& scene) {
    Healthy out;
    std::vector<double> before, during;
    for (const ServerReport& s : scene.shares.servers) {
        const bool well = s.during.requests >= 100 && s.before.requests >= 100 &&
                          s.during.failed * 50 <= s.during.requests && s.during.p50Ms &&
                          s.before.p50Ms;
        if (!well || *s.during.p50Ms > *s.before.p50Ms * 2) continue;
        out.names.push_back(scene.nameOf(s.key));
        before.push_back(*s.before.p50Ms);
        during.push_back(*s.during.p50Ms);
    }
    out.before = quantile(before, 0.5).value_or(0);
    out.during = quantile(during, 0.5).value_or(0);
    return out;
}

} // namespace postlude::detail
