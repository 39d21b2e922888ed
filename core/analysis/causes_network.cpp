// SPDX-License-Identifier: GPL-3.0-or-later
// Connections between the balancer and its servers that took long or were never made.
#include "core/analysis/detail/causes.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::detail {

namespace {

constexpr std::int32_t kLong = 900'000; ///< µs; a lost SYN is sent again after a second

struct Tally {
    std::uint64_t requests = 0, ailing = 0;
    [[nodiscard]] double share() const { return requests ? double(ailing) / double(requests) : 0; }
};

bool ails(const Request& r) {
    return r.connectUs >= kLong || r.died == 'C';
}

std::vector<Tally> tallied(const Traffic& traffic, const Window& window) {
    std::vector<Tally> out(traffic.servers.size());
    for (const Request& r : traffic.within(window)) {
        ++out[r.server].requests;
        out[r.server].ailing += ails(r) ? 1 : 0;
    }
    return out;
}

Tally sum(const std::vector<Tally>& all) {
    Tally out;
    for (std::size_t i = 1; i < all.size(); ++i) { // without those that never reached a server
        out.requests += all[i].requests;
        out.ailing += all[i].ailing;
    }
    return out;
}

/// A server that was down explains connections that fail.
bool wasDown(const Scene& scene) {
    const auto inside = [&](const Event& e) {
        return e.time >= scene.start() - std::chrono::seconds(60) && e.time <= scene.end();
    };
    if (std::ranges::any_of(scene.events.crashes, inside)) return true;
    return std::ranges::any_of(scene.events.states, [&](const Event& e) {
        return inside(e) && e.state == "down" &&
               lowerCase(e.message).find("refused") != std::string::npos;
    });
}

} // namespace

std::vector<Candidate> connectCandidates(const Scene& scene) {
    const auto was = tallied(scene.traffic, scene.phases.before),
               is = tallied(scene.traffic, scene.phases.during);
    const Tally before = sum(was), during = sum(is);
    if (during.ailing < 20 || during.share() < 0.01 || during.share() < 5 * before.share())
        return {};
    if (wasDown(scene)) return {};
    std::size_t worst = 1;
    for (std::size_t i = 1; i < is.size(); ++i)
        if (is[i].requests >= 20 && is[i].share() > is[worst].share()) worst = i;
    const std::string host = scene.nameOf(scene.traffic.servers[worst]);
    std::uint64_t bad = 0, explained = 0;
    for (const Request& r : scene.traffic.within(scene.phases.during)) {
        if (!scene.traffic.isBad(r)) continue;
        ++bad;
        explained += ails(r) || r.server == worst ? 1 : 0;
    }
    Candidate c;
    c.cause.kind = CauseKind::Network;
    c.cause.culprit = host;
    c.cause.at = scene.start();
    const double share = bad ? double(explained) / double(bad) : 0;
    setScore(c.cause, {0.8, share, share, scene.stretch.resolved ? 0.4 : 0.3});
    c.cause.statement = fmt::format(
        "Network: {} of the connections to the servers took longer than {} ms or were never made, "
        "against {} before; {} on {}.",
        percent(during.share()), kLong / 1000, percent(before.share()), percent(is[worst].share()),
        visible(host));
    c.cause.evidence = {chartOf("latency", scene.phases.during)};
    return {std::move(c)};
}

} // namespace postlude::detail
