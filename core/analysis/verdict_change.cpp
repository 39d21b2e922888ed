// SPDX-License-Identifier: GPL-3.0-or-later
// Deployments and the network: is there a reason why each change cannot have been it?
#include "core/analysis/changewords.h"
#include "core/analysis/detail/quantiles.h"
#include "core/analysis/detail/verdicts.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::detail {

namespace {

/// In words where its line can be put in words; the line itself is the evidence.
std::string nameOf(const Event& e) {
    const std::string words = changeInWords(e.message.empty() ? e.raw : e.message);
    if (!words.empty()) return fmt::format("{} at {}", visible(words), toRfc3339(e.time, 0));
    return fmt::format("“{}” ({})", visible(e.told().substr(0, 120)), toRfc3339(e.time, 0));
}

std::string listed(const std::vector<std::string>& hosts) {
    return visible(fmt::format("{}", fmt::join(hosts, ", ")));
}

/// Requests that went well between a change and the onset refute it, if they are many.
std::string wentWell(const Scene& scene, const Event& change) {
    const Window calm{std::max(change.time, scene.traffic.span().from), scene.start()};
    if (scene.start() - change.time < std::chrono::minutes(15) ||
        calm.length() < std::chrono::seconds(60))
        return {};
    const auto requests = scene.traffic.within(calm);
    if (requests.size() < 500 || scene.badShare(calm) > 0.01) return {};
    return fmt::format("{}; {} requests went as usual in between",
                       distanceToOnset(change.time, scene.start()),
                       grouped(std::int64_t(requests.size())));
}

std::string elsewhere(const Scene& scene, const std::vector<std::string>& hosts) {
    if (hosts.empty() || hosts.size() + 1 >= scene.traffic.servers.size()) return {};
    const Scene::Split split = scene.splitBy(hosts, scene.phases.during);
    if (split.otherRequests < 50) return {};
    if (split.requests < 20 || split.share() * 3 < split.otherShare())
        return fmt::format("touched {}, where {} of the requests went badly, against {} elsewhere",
                           listed(hosts), percent(split.share()), percent(split.otherShare()));
    if (split.otherShare() * 1.5 >= split.share())
        return fmt::format("touched only {}, and the others fared as badly ({} and {})",
                           listed(hosts), percent(split.share()), percent(split.otherShare()));
    return {};
}

/// All servers failed though only some were touched: nothing reached any of them.
std::string nothingReached(const Scene& scene, const std::vector<std::string>& hosts) {
    if (hosts.empty() || hosts.size() + 1 >= scene.traffic.servers.size()) return {};
    if (scene.shares.unreached < 0.5) return {};
    return fmt::format("touched only {}, but {} of the requests reached no server at all",
                       listed(hosts), percent(scene.shares.unreached));
}

std::string undoneInVain(const Scene& scene, const Candidate& c) {
    if (!c.undoneBy) return {};
    const Instant at = c.undoneBy->time;
    const Window after{at + std::chrono::seconds(5),
                       std::min(scene.end(), at + std::chrono::seconds(40))};
    if (after.length() < std::chrono::seconds(15)) return {};
    const double before = scene.badShare({scene.start(), at}), then = scene.badShare(after);
    if (then < before / 2) return {};
    return fmt::format("taken back at {} without effect ({} bad before, {} after)",
                       toRfc3339(at, 0), percent(before), percent(then));
}

/// Why this change was not the cause; empty if nothing speaks against it.
std::vector<std::string> reasonsAgainst(const Scene& scene, const Candidate& c) {
    std::vector<std::string> out;
    const auto hosts = scene.hostsIn(c.event->words());
    for (std::string reason : {undoneInVain(scene, c), nothingReached(scene, hosts),
                               elsewhere(scene, hosts), wentWell(scene, *c.event)})
        if (!reason.empty()) out.push_back(std::move(reason));
    return out;
}

struct Summary {
    std::vector<std::string> refuted, open, joined;
    std::vector<Evidence> evidence;
};

Summary summarise(const Scene& scene, const std::vector<Candidate>& changes, CauseKind kind) {
    Summary out;
    for (const Candidate& c : changes) {
        if (c.cause.kind != kind || !c.event) continue;
        const auto reasons = reasonsAgainst(scene, c);
        if (reasons.empty())
            out.open.push_back(nameOf(*c.event));
        else
            out.refuted.push_back(
                fmt::format("{}: {}", nameOf(*c.event), fmt::join(reasons, "; ")));
        out.evidence.push_back(c.event->evidence);
        if (c.undoneBy) out.evidence.push_back(c.undoneBy->evidence);
    }
    return out;
}

/// Connecting took as long as before, and hardly any request died while connecting.
struct Connecting {
    std::uint64_t before = 0, during = 0, died = 0, all = 0;
    double p50Before = 0, p50During = 0, p99Before = 0, p99During = 0; ///< ms
    [[nodiscard]] bool logged() const { return before >= 200 && during >= 200; }
    [[nodiscard]] bool unchanged() const {
        const bool few = died * 100 <= all;
        return logged() && few && p50During <= p50Before * 1.1 + 1 &&
               p99During <= p99Before * 1.5 + 5;
    }
};

Connecting connecting(const Scene& scene) {
    Connecting out;
    Quantiles was, is;
    for (const Request& r : scene.traffic.within(scene.phases.before))
        if (r.connectUs >= 0 && r.server) was.add(r.connectUs);
    for (const Request& r : scene.traffic.within(scene.phases.during)) {
        if (!r.server) continue;
        ++out.all;
        out.died += r.died == 'C' ? 1 : 0;
        if (r.connectUs >= 0) is.add(r.connectUs);
    }
    out.before = was.count();
    out.during = is.count();
    const auto ms = [](const Quantiles& us, double share) {
        return double(us.at(share).value_or(0)) / 1000;
    };
    out.p50Before = ms(was, 0.5);
    out.p50During = ms(is, 0.5);
    out.p99Before = ms(was, 0.99);
    out.p99During = ms(is, 0.99);
    return out;
}

std::string speaksOf(const Connecting& c) {
    return fmt::format(
        "connecting to the servers took {:.0f} → {:.0f} ms (median) and {:.0f} → {:.0f} ms "
        "(p99) over {} and {} requests, {} of {} died while connecting",
        c.p50Before, c.p50During, c.p99Before, c.p99During, grouped(std::int64_t(c.before)),
        grouped(std::int64_t(c.during)), c.died, grouped(std::int64_t(c.all)));
}

std::string whatIsMissing(const Scene& scene, const Connecting& c) {
    if (scene.shares.unreached > 0.5)
        return "the balancer passed hardly any request on, so there are no connections to measure";
    if (scene.traffic.within(scene.phases.before).empty())
        return "no request before it is logged, so there are no connect times to compare with";
    if (c.before + c.during > 0)
        return fmt::format("connect times of {} requests before and {} during it are logged, too "
                           "few to compare",
                           grouped(std::int64_t(c.before)), grouped(std::int64_t(c.during)));
    return "connect times are not logged, so it cannot be ruled out by them";
}

/// Network changes after the onset, or committed long before, that people may suspect.
std::vector<std::string> laterNetworkChanges(const Scene& scene, std::vector<Evidence>& evidence) {
    std::vector<std::string> out;
    for (const Event& e : scene.events.changes) {
        const bool later = e.time > scene.start() + std::chrono::seconds(2) && e.time < scene.end();
        if (!later || scene.topics.of(e) != Topic::Network) continue;
        out.push_back(fmt::format("{}: {}", nameOf(e), distanceToOnset(e.time, scene.start())));
        evidence.push_back(e.evidence);
    }
    return out;
}

/// Deployments while it lasted: they did not begin it, but may have added to it.
void addLaterDeploys(const Scene& scene, Summary& to) {
    constexpr auto kAround = std::chrono::seconds(30);
    for (const Event& e : scene.events.changes) {
        const bool later = e.time > scene.start() + std::chrono::seconds(2) && e.time < scene.end();
        if (!later || scene.topics.of(e) != Topic::Deploy || isUndo(e)) continue;
        const double was = scene.badShare({std::max(scene.start(), e.time - kAround), e.time});
        const double is = scene.badShare({e.time, std::min(scene.end(), e.time + kAround)});
        const std::string said =
            fmt::format("{}: {}; around it {} → {} of the requests went badly", nameOf(e),
                        distanceToOnset(e.time, scene.start()), percent(was), percent(is));
        to.evidence.push_back(e.evidence);
        if (was > 0.8)
            to.joined.push_back(said + ": what it may have added does not show");
        else if (is > was * 1.2 + 0.03)
            to.joined.push_back(said + ": it may have added to it");
        else
            to.refuted.push_back(said);
    }
}

} // namespace

std::optional<Judgement> judgeDeploys(const Scene& scene, const std::vector<Candidate>& changes) {
    Summary s = summarise(scene, changes, CauseKind::Deploy);
    addLaterDeploys(scene, s);
    if (s.refuted.empty() && s.open.empty() && s.joined.empty()) return {};
    Judgement out;
    out.verdict.kind = CauseKind::Deploy;
    out.verdict.evidence = std::move(s.evidence);
    if (!s.joined.empty()) {
        s.refuted.insert(s.refuted.begin(), s.joined.begin(), s.joined.end());
        out.verdict.statement = fmt::format("Deployment: {}", fmt::join(s.refuted, ". "));
        if (!s.open.empty())
            out.verdict.statement +=
                fmt::format(". Nothing in the logs refutes {}", fmt::join(s.open, ", "));
    } else if (s.open.empty()) {
        out.outcome = Judgement::Outcome::RuledOut;
        out.verdict.statement = fmt::format("Deployment: {}", fmt::join(s.refuted, ". "));
    } else {
        out.verdict.statement =
            fmt::format("Deployment: nothing in the logs refutes {}", fmt::join(s.open, ", "));
    }
    return out;
}

std::optional<Judgement> judgeNetwork(const Scene& scene, const std::vector<Candidate>& changes) {
    Summary s = summarise(scene, changes, CauseKind::Network);
    const auto later = laterNetworkChanges(scene, s.evidence);
    const Connecting c = connecting(scene);
    Judgement out;
    out.verdict.kind = CauseKind::Network;
    std::vector<std::string> said = s.refuted;
    said.insert(said.end(), later.begin(), later.end());
    if (c.unchanged()) {
        said.insert(said.begin(), speaksOf(c));
        out.outcome = Judgement::Outcome::RuledOut;
        out.verdict.evidence.push_back(chartOf("latency", scene.phases.during));
    } else if (!said.empty() && s.open.empty() && !c.logged()) {
        out.outcome = Judgement::Outcome::RuledOut;
    } else {
        said.push_back(c.logged() ? speaksOf(c) : whatIsMissing(scene, c));
    }
    for (const std::string& open : s.open)
        said.push_back("Nothing else speaks against " + open);
    out.verdict.statement = fmt::format("Network: {}", fmt::join(said, ". "));
    for (const Evidence& e : s.evidence)
        out.verdict.evidence.push_back(e);
    return out;
}

} // namespace postlude::detail
