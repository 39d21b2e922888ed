// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/verdicts.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace postlude::detail {

namespace {

/// "10.1.2.3" → "10.1.2.0/24"; "2001:db8:1:2::3" → "2001:db8:1::/48". The text itself if neither.
std::string networkOf(const std::string& client) {
    if (const auto dot = client.rfind('.');
        dot != std::string::npos && client.find(':') == std::string::npos)
        return client.substr(0, dot) + ".0/24";
    std::size_t colon = 0;
    for (int i = 0; i < 3; ++i) {
        colon = client.find(':', colon + (i ? 1 : 0));
        if (colon == std::string::npos) return client;
    }
    return client.substr(0, colon) + "::/48";
}

struct Side {
    std::uint64_t requests = 0;
    std::unordered_map<std::uint32_t, std::uint64_t> clients;
    double perSecond = 0;
};

Side sideOf(const Traffic& traffic, const Window& window) {
    Side out;
    for (const Request& r : traffic.within(window)) {
        ++out.requests;
        if (r.client) ++out.clients[r.client];
    }
    const double s = seconds(window.length());
    out.perSecond = s > 0 ? double(out.requests) / s : 0;
    return out;
}

class Networks {
public:
    explicit Networks(const Query& query)
        : query_(query) {}
    const std::string& of(std::uint32_t client) {
        auto [it, isNew] = names_.try_emplace(client);
        if (isNew) it->second = networkOf(query_.name(TextField::ClientIp, client));
        return it->second;
    }

private:
    const Query& query_;
    std::unordered_map<std::uint32_t, std::string> names_;
};

struct Busiest {
    std::string network;
    double share = 0;
};

Busiest busiest(const Side& side, Networks& networks) {
    std::map<std::string, std::uint64_t> count;
    for (const auto& [client, n] : side.clients)
        count[networks.of(client)] += n;
    Busiest out;
    for (const auto& [network, n] : count)
        if (const double share = double(n) / double(std::max<std::uint64_t>(side.requests, 1));
            share > out.share)
            out = {network, share};
    return out;
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
    if (before.clients.size() < 10 || during.clients.empty() || length < std::chrono::seconds(20)) {
        out.verdict.statement =
            "Flood of clients: not enough data (clients are not logged, or there "
            "is too little time before the onset to compare with)";
        return out;
    }
    Networks networks(scene.query);
    std::unordered_set<std::string> known;
    for (const Request& r : scene.traffic.within({scene.traffic.span().from, usualUntil}))
        if (r.client) known.insert(networks.of(r.client));
    std::uint64_t fresh = 0;
    for (const auto& [client, n] : during.clients)
        if (!known.contains(networks.of(client))) fresh += n;
    const double clients = double(during.clients.size()) / double(before.clients.size());
    const double requests = during.perSecond / std::max(before.perSecond, 1e-9);
    const double newShare = double(fresh) / double(std::max<std::uint64_t>(during.requests, 1));
    const Busiest was = busiest(before, networks), is = busiest(during, networks);
    out.verdict.statement = fmt::format(
        "Flood of clients: distinct clients {} → {} in {} each, requests {:.1f} → {:.1f} a second, "
        "{} of the requests from networks (/24, /48) not seen before, busiest network {} → {}",
        grouped(std::int64_t(before.clients.size())), grouped(std::int64_t(during.clients.size())),
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
        out.verdict.statement +=
            requests > 1.2 ? ": the same people, trying again more often" : ": unchanged";
    } else {
        out.verdict.statement += ": neither clearly more nor the same";
    }
    return out;
}

} // namespace postlude::detail
