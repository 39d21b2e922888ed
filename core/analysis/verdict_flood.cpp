// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/verdicts.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace postlude::detail {

namespace {

struct Side {
    std::uint64_t requests = 0, distinct = 0;
    std::vector<std::uint32_t> clients; ///< requests of each, by code
    double perSecond = 0;
};

Side sideOf(const Traffic& traffic, const Window& window) {
    Side out;
    out.clients.resize(traffic.clients.size() + 1);
    for (const Request& r : traffic.within(window)) {
        ++out.requests;
        if (r.client && out.clients[r.client]++ == 0) ++out.distinct;
    }
    const double s = seconds(window.length());
    out.perSecond = s > 0 ? double(out.requests) / s : 0;
    return out;
}

struct Busiest {
    std::string network;
    double share = 0;
};

Busiest busiest(const Side& side, const Clients& clients) {
    struct Network {
        std::uint64_t requests = 0;
        std::uint32_t client = 0; ///< one of it
    };
    std::unordered_map<std::uint64_t, Network> networks;
    Network most;
    for (std::uint32_t c = 1; c < side.clients.size(); ++c) {
        if (side.clients[c] == 0) continue;
        Network& n = networks[clients.networkKey(c)];
        n.requests += side.clients[c];
        if (n.client == 0) n.client = c;
    }
    for (const auto& [key, n] : networks)
        if (std::pair(n.requests, most.client) > std::pair(most.requests, n.client)) most = n;
    if (most.client == 0) return {};
    return {clients.network(most.client),
            double(most.requests) / double(std::max<std::uint64_t>(side.requests, 1))};
}

/// Share of the requests from networks of which none was seen in `known`.
double unknownShare(const Side& side, const ClientSet& known, const Clients& clients) {
    std::unordered_set<std::uint64_t> networks;
    for (std::uint32_t c = 1; c <= clients.size(); ++c)
        if (known.has(c)) networks.insert(clients.networkKey(c));
    std::uint64_t fresh = 0;
    for (std::uint32_t c = 1; c < side.clients.size(); ++c)
        if (side.clients[c] && !networks.contains(clients.networkKey(c))) fresh += side.clients[c];
    return double(fresh) / double(std::max<std::uint64_t>(side.requests, 1));
}

/// The path's first segment whose share of the requests grew most.
std::string grownService(const Traffic& traffic, const Phases& phases) {
    std::vector<double> change(traffic.services.size(), 0);
    const auto add = [&](const Window& w, double sign) {
        const auto requests = traffic.within(w);
        for (const Request& r : requests)
            change[r.service] += sign / double(requests.size());
    };
    add(phases.before, -1);
    add(phases.during, 1);
    return traffic.services[std::size_t(std::ranges::max_element(change) - change.begin())];
}

/// Of clients that did not get more.
std::string sameClients(double requests, double was, double is) {
    if (is > 1.5 * was && is > 0.05)
        return fmt::format("no more clients; that network asked more, which is {} of all requests",
                           percent(is - was));
    return requests > 1.2 ? "the same people, trying again more often" : "unchanged";
}

} // namespace

Result<Judgement> judgeFlood(const Scene& scene) {
    Judgement out;
    out.verdict.kind = CauseKind::ClientFlood;
    // Windows of one length, since more clients come by in a longer one. A flood swells before it
    // hurts: the time just before the onset is no measure of what is usual.
    const Duration swell =
        std::min(Duration{std::chrono::minutes(1)}, Duration{scene.phases.before.length() / 3});
    const Instant usualUntil = scene.phases.before.to - swell;
    const Duration length = std::min(Duration{usualUntil - scene.phases.before.from},
                                     Duration{scene.phases.during.length()});
    const Window a{usualUntil - length, usualUntil};
    const Window b{scene.phases.during.from, scene.phases.during.from + length};
    const Side before = sideOf(scene.traffic, a), during = sideOf(scene.traffic, b);
    if (before.distinct < 10 || during.distinct == 0 || length < std::chrono::seconds(20)) {
        out.verdict.statement =
            "Flood of clients: not enough data (clients are not logged, or there "
            "is too little time before the onset to compare with)";
        return out;
    }
    const Clients& all = scene.traffic.clients;
    ClientSet known(all.size());
    for (const Request& r : scene.traffic.within({scene.traffic.span().from, usualUntil}))
        if (r.client) known.add(r.client);
    const double clients = double(during.distinct) / double(before.distinct);
    const double requests = during.perSecond / std::max(before.perSecond, 1e-9);
    const double newShare = unknownShare(during, known, all);
    const Busiest was = busiest(before, all), is = busiest(during, all);
    out.verdict.statement = fmt::format(
        "Flood of clients: distinct clients {} → {} in {} each, requests {:.1f} → {:.1f} a second, "
        "{} of the requests from networks (/24, /48) not seen before, busiest network {} → {}",
        grouped(std::int64_t(before.distinct)), grouped(std::int64_t(during.distinct)),
        spoken(Duration{std::chrono::round<std::chrono::seconds>(length)}), before.perSecond,
        during.perSecond, percent(newShare), percent(was.share), percent(is.share));
    out.verdict.evidence = {chartOf("requests", {a.from, b.to})};
    const bool many = clients >= 3 && newShare >= 0.5;
    const bool few = is.share >= 0.3 && is.share >= 3 * was.share; // one network hammers
    if ((many || few) && requests >= 1.5) {
        out.outcome = Judgement::Outcome::Changed;
        Candidate c;
        c.cause.kind = CauseKind::ClientFlood;
        c.cause.at = scene.start();
        const std::string path = grownService(scene.traffic, scene.phases);
        c.cause.culprit = few ? is.network : path;
        setScore(c.cause, {1, 0.8, std::min(1.0, (requests - 1) / 2), 0.3});
        c.cause.statement =
            out.verdict.statement + fmt::format("; most grown path {}, busiest network {}.",
                                                visible(path), visible(is.network));
        c.cause.evidence = out.verdict.evidence;
        out.cause = std::move(c);
    } else if (clients <= 1.5 && requests <= 2 && newShare <= 0.2) {
        out.outcome = Judgement::Outcome::RuledOut;
        out.verdict.statement += ": " + sameClients(requests, was.share, is.share);
    } else {
        out.verdict.statement += ": neither clearly more nor the same";
    }
    return out;
}

} // namespace postlude::detail
