// SPDX-License-Identifier: GPL-3.0-or-later
// Servers that were gone: processes that died, and servers out of use that were missed.
#include "core/analysis/detail/causes.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace postlude::detail {

namespace {

constexpr auto kLeadUp = std::chrono::minutes(10);

struct Death {
    Instant at{};
    const Event* event = nullptr;
};

/// Nobody listens there. No answer at all ("Layer4 timeout") may as well be the network.
bool isRefusal(const Event& e) {
    if (e.state != "down" || e.server.empty()) return false;
    const std::string text = lowerCase(e.message);
    const auto says = [&](const char* word) { return text.find(word) != std::string::npos; };
    return says("refused") || (says("layer4") && !says("timeout"));
}

/// The deaths of each host's processes, as told by itself or by the balancer's checks.
std::map<std::string, std::vector<Death>> deathsOf(const Scene& scene) {
    std::map<std::string, std::vector<Death>> out;
    const auto inside = [&](const Event& e) {
        return e.time >= scene.start() - kLeadUp && e.time <= scene.end();
    };
    for (const Event& e : scene.events.crashes)
        if (inside(e)) out[e.host].push_back({e.time, &e});
    for (const Event& e : scene.events.states) {
        if (!inside(e) || !isRefusal(e)) continue;
        auto& known = out[scene.nameOf({e.backend, e.server})];
        // Its own word for the same death comes first.
        if (known.empty() || e.time - known.back().at > std::chrono::seconds(30))
            known.push_back({e.time, &e});
    }
    for (auto& [host, deaths] : out)
        std::ranges::stable_sort(deaths, {}, &Death::at);
    return out;
}

std::vector<std::size_t> serversOf(const Scene& scene, const std::string& host) {
    std::vector<std::size_t> out;
    for (std::size_t i = 1; i < scene.traffic.servers.size(); ++i)
        if (scene.nameOf(scene.traffic.servers[i]) == host) out.push_back(i);
    return out;
}

/// When a host was gone: from each death until it answered again, and what then ailed on.
std::vector<Window> goneOf(const Scene& scene, const std::string& host,
                           const std::vector<Death>& deaths) {
    constexpr auto kEcho = std::chrono::seconds(10); // retries and those who were still waiting
    std::vector<Window> out, gaps;
    for (const std::size_t server : serversOf(scene, host)) {
        const Absence a = absenceOf(scene, server);
        gaps.insert(gaps.end(), a.gaps.begin(), a.gaps.end());
    }
    for (const Death& d : deaths) {
        Window w{d.at - kEcho, d.at + kEcho};
        for (const Window& gap : gaps)
            if (gap.from <= d.at + kEcho && gap.to >= d.at - kEcho)
                w = {std::min(w.from, gap.from - kEcho), std::max(w.to, gap.to + kEcho)};
        if (!out.empty() && w.from <= out.back().to)
            out.back().to = std::max(out.back().to, w.to);
        else
            out.push_back(w);
    }
    return out;
}

/// Share of the bad requests that began while somebody was gone, beyond what chance gives.
double coincidence(const Scene& scene, const std::vector<Window>& stretches) {
    std::uint64_t bad = 0, inside = 0;
    double covered = 0;
    const Window all = scene.phases.during;
    for (const Window& w : stretches)
        covered += std::max(0.0, seconds(std::min(w.to, all.to) - std::max(w.from, all.from)));
    const auto within = [&](std::int64_t t) {
        return std::ranges::any_of(stretches,
                                   [&](const Window& w) { return w.contains(instant(t)); });
    };
    for (const Request& r : scene.traffic.within(all)) {
        if (!scene.traffic.isBad(r)) continue;
        ++bad;
        inside += within(r.start) ? 1 : 0;
    }
    if (bad == 0) return 0;
    const double share = double(inside) / double(bad);
    const double chance = std::min(1.0, covered / std::max(1e-9, seconds(all.length())));
    return chance > 0.8 ? share : std::max(0.0, (share - chance) / (1 - chance));
}

struct Lost {
    std::vector<std::string> hosts; ///< in the order in which they died
    std::vector<Window> stretches;
    const Event* first = nullptr;
    Instant last{};
    std::size_t deaths = 0;
};

void add(Lost& lost, const std::string& host, const Death& death) {
    if (!lost.first) lost.first = death.event;
    if (std::ranges::find(lost.hosts, host) == lost.hosts.end()) lost.hosts.push_back(host);
    lost.last = death.at;
    ++lost.deaths;
}

/// Deaths that follow one another closely are one loss, and so are those of one host.
std::vector<Lost> lossesOf(const Scene& scene) {
    constexpr auto kClosely = std::chrono::minutes(2);
    const auto all = deathsOf(scene);
    std::vector<std::pair<Death, std::string>> ordered;
    for (const auto& [host, deaths] : all)
        for (const Death& d : deaths)
            ordered.emplace_back(d, host);
    std::ranges::stable_sort(ordered, {}, [](const auto& d) { return d.first.at; });
    std::vector<Lost> out;
    for (const auto& [death, host] : ordered) {
        auto it = std::ranges::find_if(
            out, [&](const Lost& l) { return std::ranges::find(l.hosts, host) != l.hosts.end(); });
        if (it == out.end() && !out.empty() && death.at - out.back().last <= kClosely)
            it = out.end() - 1;
        if (it == out.end()) it = out.insert(out.end(), Lost{});
        add(*it, host, death);
    }
    for (Lost& l : out)
        for (const std::string& host : l.hosts) {
            const auto gone = goneOf(scene, host, all.at(host));
            l.stretches.insert(l.stretches.end(), gone.begin(), gone.end());
        }
    return out;
}

/// Requests that were under way when a process died began before it did.
double precedenceOfDeath(Instant at, Instant start) {
    const double late = seconds(at - start);
    if (late <= 5) return std::exp(std::min(0.0, late) / 600);
    return std::max(0.0, 1 - (late - 5) / 10);
}

std::string hostOf(const Scene& scene, const Event& e) {
    return e.server.empty() ? e.host : scene.nameOf({e.backend, e.server});
}

struct Drained {
    const Event* taken = nullptr;
    const Event* back = nullptr;
};

/// As part of a sentence that has its own.
std::string withoutStop(std::string text) {
    while (text.ends_with('.'))
        text.pop_back();
    return text;
}

/// Servers that were out of use, by somebody's will, when the incident began.
std::map<std::string, Drained> outOfUse(const Scene& scene) {
    std::map<std::string, Drained> out;
    for (const Event& e : scene.events.states) {
        if (e.server.empty()) continue;
        const std::string name = scene.nameOf({e.backend, e.server});
        const bool taken = e.state == "drain" || e.state == "maint";
        if (e.time > scene.start()) {
            const auto it = out.find(name);
            if (e.state == "up" && it != out.end() && !it->second.back) it->second.back = &e;
        } else if (taken) {
            out.try_emplace(name, Drained{&e, nullptr});
        } else {
            out.erase(name);
        }
    }
    return out;
}

} // namespace

Duration Absence::within(const Window& w) const {
    Duration out{};
    for (const Window& gap : gaps)
        out += std::max(Duration{}, Duration{std::min(gap.to, w.to) - std::max(gap.from, w.from)});
    return out;
}

Absence absenceOf(const Scene& scene, std::size_t server) {
    constexpr double kExpected = 12; // answers that must be missing, or it may be chance
    Absence out;
    std::vector<std::int64_t> answers;
    std::uint64_t all = 0, ever = 0;
    for (const Request& r : scene.traffic.all()) {
        ever += r.server != 0 ? 1 : 0;
        if (r.start < nanoseconds(scene.start())) all += r.server != 0 ? 1 : 0;
        if (r.server == server && !r.failed) answers.push_back(r.end);
    }
    std::ranges::sort(answers);
    const Window span = scene.traffic.span();
    const auto early = std::size_t(std::ranges::lower_bound(answers, nanoseconds(scene.start())) -
                                   answers.begin());
    if (answers.empty()) return out;
    const double busy = std::max(
        1.0, seconds(std::min(scene.start(), instant(answers[early ? early - 1 : 0])) - span.from));
    // Where the logs begin with it, what is usual is what the whole has.
    const bool compared = all >= 100;
    const double rate = compared ? double(early) / busy
                                 : double(answers.size()) / std::max(1.0, seconds(span.length()));
    out.share = compared ? double(early) / double(all) : double(answers.size()) / double(ever);
    if (rate <= 0) return out;
    const auto longest = Duration{std::int64_t(std::max(3.0, kExpected / rate) * 1e9)};
    Instant last = span.from;
    for (const std::int64_t t : answers) {
        if (instant(t) - last > longest) out.gaps.push_back({last, instant(t)});
        last = std::max(last, instant(t));
    }
    if (span.to - last > longest) out.gaps.push_back({last, span.to});
    return out;
}

namespace {

Candidate candidateOf(const Scene& scene, const Lost& lost) {
    const std::string host = hostOf(scene, *lost.first);
    Candidate c;
    c.event = lost.first;
    c.cause.kind = CauseKind::OverloadCrash;
    c.cause.at = lost.first->time;
    c.cause.culprit = host;
    const Scene::Split split = scene.splitBy(lost.hosts, scene.phases.during);
    const auto bad = split.bad + split.otherBad;
    Scores s;
    s.shape = coincidence(scene, lost.stretches);
    s.precedence = precedenceOfDeath(lost.first->time, scene.start());
    s.place = std::max(bad ? double(split.bad) / double(bad) : 0.3, 0.8 * s.shape);
    const Window* last = nullptr;
    for (const Window& w : lost.stretches)
        if (!last || w.to > last->to) last = &w;
    s.undo = undoScore(scene, last && last->to <= scene.end() + std::chrono::seconds(20)
                                  ? std::optional(last->to - std::chrono::seconds(10))
                                  : std::nullopt);
    setScore(c.cause, s);
    c.cause.statement = fmt::format(
        "{} on {} died {} ({} such lines, {}): {}.{}",
        lost.first->server.empty() ? "A process" : "What listened", visible(host),
        distanceToOnset(lost.first->time, scene.start()), lost.deaths,
        visible(fmt::format("{}", fmt::join(lost.hosts, ", "))),
        withoutStop(visible(lost.first->message.substr(0, 160))),
        s.precedence < 0.1
            ? " It came after the onset: a consequence that made it worse, not the beginning."
            : "");
    c.cause.evidence = {lost.first->evidence};
    return c;
}

} // namespace

std::vector<Candidate> crashCandidates(const Scene& scene) {
    std::vector<Candidate> out;
    for (const Lost& lost : lossesOf(scene))
        out.push_back(candidateOf(scene, lost));
    return out;
}

std::vector<Candidate> drainCandidates(const Scene& scene) {
    const auto out = outOfUse(scene);
    if (out.empty()) return {};
    std::vector<std::string> hosts;
    const Event* first = nullptr;
    const Event* last = nullptr;
    for (const auto& [host, d] : out) {
        hosts.push_back(host);
        if (!first || d.taken->time < first->time) first = d.taken;
        if (d.back && (!last || d.back->time > last->time)) last = d.back;
    }
    const std::size_t servers = std::max(hosts.size(), scene.traffic.servers.size() - 1);
    const double missing = double(hosts.size()) / double(servers);
    Candidate c;
    c.event = first;
    c.undoneBy = last;
    c.cause.kind = CauseKind::LbOther;
    c.cause.at = first->time;
    c.cause.culprit = hosts.front();
    Scores s;
    s.precedence = 0.7; // it stands until somebody ends it, however long ago it was
    s.place = std::min(1.0, 2 * missing);
    s.shape = missing >= 0.15 ? std::min(0.9, 0.5 + missing) : 0.2; // the more, the likelier
    s.undo = undoScore(scene, last ? std::optional(last->time) : std::nullopt);
    setScore(c.cause, s);
    c.cause.statement =
        fmt::format("{} of {} servers out of use since {} ({}): {}.{}", hosts.size(), servers,
                    toRfc3339(first->time, 0), visible(fmt::format("{}", fmt::join(hosts, ", "))),
                    withoutStop(visible(first->message.substr(0, 160))),
                    last ? fmt::format(" Back in use at {}.", toRfc3339(last->time, 0))
                         : " The logs do not say that they came back.");
    c.cause.evidence = {first->evidence};
    if (last) c.cause.evidence.push_back(last->evidence);
    return {std::move(c)};
}

} // namespace postlude::detail
