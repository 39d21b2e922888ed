// SPDX-License-Identifier: GPL-3.0-or-later
// Causes outside the balancer: deployments, restarts, work on the database or the network.
#include "core/analysis/changewords.h"
#include "core/analysis/detail/scene.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace postlude::detail {

namespace {

CauseKind kindOf(Topic topic) {
    switch (topic) {
    case Topic::Balancer:
        return CauseKind::LbOther;
    case Topic::Database:
        return CauseKind::Database;
    case Topic::Network:
        return CauseKind::Network;
    case Topic::Deploy:
    case Topic::Restart:
        return CauseKind::Deploy;
    default:
        return CauseKind::Unknown;
    }
}

/// How a change's hosts fare against the others.
struct Fate {
    double place = 0.3, shape = 0.2;
    std::vector<std::string> hosts;
};

Fate fateOf(const Scene& scene, const Event& change) {
    Fate out;
    out.hosts = scene.hostsIn(change.words());
    const auto servers = scene.traffic.servers.size() - 1;
    if (out.hosts.empty() || servers < 2) return out;
    const Scene::Split split = scene.splitBy(out.hosts, scene.phases.during);
    const auto bad = split.bad + split.otherBad;
    if (bad == 0) return {0.1, 0.1, out.hosts};
    out.place = double(split.bad) / double(bad);
    if (split.otherRequests < 20 && out.hosts.size() < servers) {
        out.place = 0.5; // the others had no requests: nothing to compare with
        out.shape = 0.4;
    } else if (out.hosts.size() >= servers) {
        out.shape = 0.4; // touches all: nothing to compare with
    } else {
        const double most = std::max(split.share(), split.otherShare());
        out.shape = most > 0 ? std::max(0.0, split.share() - split.otherShare()) / most : 0;
    }
    return out;
}

/// A later change of the same topic on the same hosts that takes it back: not one that takes back
/// what came in between.
const Event* undoneBy(const Scene& scene, const Event& change,
                      const std::vector<std::string>& hosts) {
    for (const Event& e : scene.events.changes) {
        if (e.time <= change.time || e.time > scene.end() + std::chrono::seconds(5)) continue;
        if (&e == &change || scene.topics.of(e) != scene.topics.of(change)) continue;
        if (!hosts.empty() && scene.hostsIn(e.words()) != hosts) continue;
        if (!isUndo(e)) return nullptr;
        if (e.time > scene.start()) return &e;
    }
    return nullptr;
}

/// Taken back before this incident began, and at least five minutes were well since: another one's.
bool overBefore(const Scene& scene, const Event& change) {
    const auto hosts = scene.hostsIn(change.words());
    return std::ranges::any_of(scene.events.changes, [&](const Event& e) {
        return e.time > change.time && scene.start() - e.time > std::chrono::minutes(5) &&
               isUndo(e) && scene.topics.of(e) == scene.topics.of(change) &&
               (hosts.empty() || scene.hostsIn(e.words()) == hosts);
    });
}

/// What the requests say of it: how those fared that it touched, and when it was taken back.
std::string effectOf(const Scene& scene, const Event* undone,
                     const std::vector<std::string>& hosts) {
    const Scene::Split split = scene.splitBy(hosts, scene.phases.during);
    const bool compared = !scene.traffic.within(scene.phases.before).empty();
    const std::string before = percent(scene.badShare(scene.phases.before));
    std::string out;
    if (!hosts.empty() && split.requests >= 20 && split.otherRequests >= 20)
        out = fmt::format(" Of what it touched {} of the requests went badly, of the rest {}{}.",
                          percent(split.share()), percent(split.otherShare()),
                          compared ? fmt::format("; before, {} of all", before) : "");
    else
        out = fmt::format(" Of all requests {} went badly while it lasted{}.",
                          percent(scene.badShare(scene.phases.during)),
                          compared ? fmt::format(", {} before", before) : "");
    if (!undone) return out;
    out += fmt::format(" Taken back at {}", toRfc3339(undone->time, 0));
    if (const auto& well = scene.stretch.resolved; well && *well >= undone->time)
        out += fmt::format("; the last bad request ended {} later", spoken(*well - undone->time));
    return out + ".";
}

Candidate weigh(const Scene& scene, const Event& change) {
    const Fate fate = fateOf(scene, change);
    Candidate c;
    c.event = &change;
    c.undoneBy = undoneBy(scene, change, fate.hosts);
    c.cause.kind = kindOf(scene.topics.of(change));
    c.cause.at = change.time;
    c.cause.culprit = fate.hosts.size() == 1   ? fate.hosts[0]
                      : change.process.empty() ? change.host
                                               : change.process;
    Scores s;
    s.precedence = precedenceOf(change.time, scene.start());
    s.place = fate.place;
    s.shape = fate.shape;
    s.undo = undoScore(scene, c.undoneBy ? std::optional(c.undoneBy->time) : std::nullopt);
    if (c.undoneBy && scene.stretch.resolved &&
        *scene.stretch.resolved - c.undoneBy->time > scene.length() / 4)
        s.undo = 0; // it was taken back and nothing got better
    setScore(c.cause, s);
    const std::string logged = change.message.empty() ? change.raw : change.message;
    const std::string words = changeInWords(logged);
    const std::string& said = words.empty() ? logged : words;
    c.cause.statement =
        fmt::format("{}: {}, {}.", titleOf(c.cause.kind), visible(said.substr(0, 160)),
                    distanceToOnset(change.time, scene.start())) +
        effectOf(scene, c.undoneBy, fate.hosts);
    c.cause.evidence = {change.evidence, chartOf("errors", scene.phases.during)};
    if (c.undoneBy) c.cause.evidence.push_back(c.undoneBy->evidence);
    return c;
}

} // namespace

std::vector<Candidate> changeCandidates(const Scene& scene) {
    std::vector<Candidate> out;
    for (const Event& e : scene.events.changes) {
        const Topic topic = scene.topics.of(e);
        if (topic == Topic::Commit || topic == Topic::Other) continue;
        // Snapshots tell more of the balancer than the record of a reload does.
        if (topic == Topic::Balancer && !scene.configs.steps.empty()) continue;
        if (e.time > scene.start() + std::chrono::seconds(2)) break;
        if (scene.start() - e.time > std::chrono::hours(24)) continue;
        if (!overBefore(scene, e)) out.push_back(weigh(scene, e));
    }
    return out;
}

} // namespace postlude::detail
