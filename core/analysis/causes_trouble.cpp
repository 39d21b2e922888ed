// SPDX-License-Identifier: GPL-3.0-or-later
// Causes that machines, the network and other people's services told of themselves.
#include "core/analysis/detail/causes.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace postlude::detail {

namespace {

constexpr auto kAround = std::chrono::seconds(20);

std::size_t countWithin(const Trouble& t, Instant from, Instant to) {
    return std::size_t(std::ranges::upper_bound(t.times, to) -
                       std::ranges::lower_bound(t.times, from));
}

/// The same trouble on several hosts, or on one.
struct Group {
    std::vector<const Trouble*> parts;
    std::size_t before = 0, during = 0, after = 0;
    Instant first{}, last{}; ///< of those around the incident
    [[nodiscard]] std::vector<std::string> hosts() const {
        std::vector<std::string> out;
        out.reserve(parts.size());
        for (const Trouble* t : parts)
            out.push_back(t->host);
        return out;
    }
};

void add(Group& g, const Trouble& t, const Scene& scene) {
    const Instant from = scene.start() - std::chrono::minutes(10), to = scene.end() + kAround;
    const std::size_t during = countWithin(t, scene.start() - kAround, to);
    if (during == 0) return;
    const auto it = std::ranges::lower_bound(t.times, from);
    const bool isFirst = g.parts.empty();
    if (isFirst || *it < g.first) {
        g.first = *it;
        g.parts.insert(g.parts.begin(), &t);
    } else {
        g.parts.push_back(&t);
    }
    const Instant last = *(std::ranges::upper_bound(t.times, to) - 1);
    if (isFirst || last > g.last) g.last = last;
    g.during += during;
    g.before +=
        std::size_t(std::ranges::lower_bound(t.times, scene.start() - kAround) - t.times.begin());
    g.after += std::size_t(t.times.end() - std::ranges::upper_bound(t.times, to));
}

/// Lines a second in the incident against outside of it.
bool surged(const Scene& scene, const Group& g) {
    if (g.before + g.after == 0) return g.during > 0;
    const double inside = seconds(scene.length()) + 40,
                 outside = std::max(1.0, seconds(scene.traffic.span().length()) - inside);
    return g.during >= 5 && double(g.during) / inside >= 3 * double(g.before + g.after) / outside;
}

double precedence(const Scene& scene, const Group& g) {
    const double late = seconds(g.first - scene.start());
    if (late <= 2) return std::exp(std::min(0.0, late) / 600);
    return std::max(0.0, 1 - late / 60); // such lines come now and then
}

/// Share of the bad requests where the trouble is.
double place(const Scene& scene, const Group& g) {
    const Trouble& t = *g.parts.front();
    if (t.kind == CauseKind::Upstream) { // one line a request, if all is well told
        double bad = 0;
        for (const Request& r : scene.traffic.within(scene.phases.during))
            bad += scene.traffic.isBad(r) ? 1 : 0;
        return std::clamp(3 * double(g.during) / std::max(bad, 1.0), 0.0, 1.0);
    }
    if (scene.shares.unreached > 0.5) return 0.9; // whatever keeps the balancer from the servers
    const auto hosts = g.hosts();
    const Scene::Split split = scene.splitBy(hosts, scene.phases.during);
    if (split.requests == 0) return 0.5; // on a machine that is no server: the balancer's, say
    if (split.otherRequests == 0) return 0.8;
    const auto bad = split.bad + split.otherBad;
    return bad ? double(split.bad) / double(bad) : 0;
}

std::string statementOf(const Scene& scene, const Group& g) {
    const Trouble& t = *g.parts.front();
    const std::string where =
        g.parts.size() == 1 ? visible(t.host) : fmt::format("{} hosts", g.parts.size());
    return fmt::format("{}: “{}” on {}, {} such lines around the incident and {} outside of it, "
                       "the first {}.",
                       titleOf(t.kind), visible(t.words.substr(0, 200)), where, g.during,
                       g.before + g.after, distanceToOnset(g.first, scene.start()));
}

Candidate candidateOf(const Scene& scene, const Group& g) {
    const Trouble& t = *g.parts.front();
    Candidate c;
    c.cause.kind = t.kind;
    c.cause.culprit = t.kind == CauseKind::Upstream ? t.about : t.host;
    c.cause.at = g.first;
    Scores s;
    s.precedence = precedence(scene, g);
    s.place = place(scene, g);
    s.shape = double(g.during) / double(g.before + g.during + g.after);
    s.undo = scene.stretch.resolved && g.after == 0 ? 0.7 : 0.3;
    setScore(c.cause, s);
    c.cause.statement = statementOf(scene, g);
    for (std::size_t i = 0; i < std::min<std::size_t>(g.parts.size(), 4); ++i)
        c.cause.evidence.push_back(g.parts[i]->evidence);
    return c;
}

} // namespace

std::vector<Candidate> troubleCandidates(const Scene& scene, const std::vector<Trouble>& troubles) {
    std::map<std::pair<CauseKind, std::string>, Group> groups;
    for (const Trouble& t : troubles)
        add(groups[{t.kind, t.about}], t, scene);
    std::vector<Candidate> out;
    for (const auto& [key, group] : groups)
        if (!group.parts.empty() && surged(scene, group)) out.push_back(candidateOf(scene, group));
    return out;
}

} // namespace postlude::detail
