// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/story.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace postlude::detail {

namespace {

using Tone = Finding::Tone;

struct Rise {
    std::string what;
    double before = 0, during = 0;
    Duration within{};
};

/// Shares of failed (or slow) requests of one server (0: all), and how soon 80 % of the rise came.
Rise riseOf(const Scene& scene, std::uint16_t server, bool failed) {
    const auto share = [&](const Window& w) {
        std::uint64_t n = 0, bad = 0;
        for (const Request& r : scene.traffic.within(w)) {
            if (server && r.server != server) continue;
            ++n;
            bad += (failed ? r.failed : scene.traffic.isSlow(r)) ? 1 : 0;
        }
        return n ? double(bad) / double(n) : 0;
    };
    Rise out{failed ? "Errors" : "Slow requests",
             share(scene.phases.before),
             share(scene.phases.during),
             {}};
    constexpr auto kStep = std::chrono::seconds(5);
    for (Instant t = scene.start(); t < scene.end(); t += kStep) {
        out.within = t + kStep - scene.start();
        if (share({t, t + kStep}) >= out.before + 0.8 * (out.during - out.before)) break;
    }
    return out;
}

Finding onset(const Scene& scene, const Incident& i) {
    std::uint16_t server = 0;
    std::string where = "all servers";
    if (scene.shares.worst < scene.shares.servers.size()) {
        const ServerReport& s = scene.shares.servers[scene.shares.worst];
        server = std::uint16_t(scene.shares.worst + 1);
        where = scene.nameOf(s.key);
        if (s.during.requests < 20) server = 0, where = "all servers";
    }
    const Rise failed = riseOf(scene, server, true), slow = riseOf(scene, server, false);
    const Rise& rise = failed.during - failed.before >= slow.during - slow.before ? failed : slow;
    std::string text =
        fmt::format("{} on {} rose from {} to {} within {}.", rise.what, visible(where),
                    percent(rise.before), percent(rise.during), spoken(rise.within));
    if (scene.stretch.fromTheBeginning)
        text += " They are there from the first line on: it may have begun earlier.";
    return {"Onset",
            std::move(text),
            i.impactStart,
            Tone::Bad,
            {chartOf("errors", {i.impactStart, scene.end()})}};
}

Finding recovery(const Scene& scene, const Incident& i) {
    if (i.resolved)
        return {"Recovered",
                "Errors and response times are back within the baseline.",
                i.resolved,
                Tone::Good,
                {chartOf("errors", scene.phases.after)}};
    return {"Not recovered",
            "The logs end before errors and response times are back within the baseline.",
            {},
            Tone::Bad,
            {chartOf("errors", {scene.start(), scene.end()})}};
}

/// The most telling of them; all are in Incident::messages.
void addMessages(const Incident& i, std::vector<Finding>& out) {
    constexpr std::size_t kMost = 3;
    for (std::size_t k = 0; k < std::min(kMost, i.messages.size()); ++k) {
        const MessageChange& m = i.messages[k];
        const char* title = m.kind == MessageChange::Kind::New      ? "New message"
                            : m.kind == MessageChange::Kind::Surged ? "Surged message"
                                                                    : "Fatal message";
        out.push_back({title, m.statement + ".", m.first, Tone::Bad, m.evidence});
    }
}

void addDifferences(const Scene& scene, const Incident& i, std::vector<Finding>& out) {
    constexpr std::size_t kMost = 2;
    for (std::size_t k = 0; k < std::min(kMost, i.differences.size()); ++k)
        out.push_back({"Over-represented",
                       i.differences[k].statement + ".",
                       {},
                       Tone::Bad,
                       {chartOf("errors", {i.impactStart, scene.end()})}});
}

void addIncident(const Scene& scene, const Incident& i, std::vector<Finding>& out) {
    out.push_back(onset(scene, i));
    if (!i.causes.empty()) {
        const Cause& c = i.causes.front();
        out.push_back({c.kind == CauseKind::Unknown ? "Cause not found" : "Likely cause",
                       c.statement, c.at, Tone::Bad, c.evidence});
    }
    for (const Fairness& f : i.fairness)
        if (f.unfair.value_or(false) || !f.shape.empty())
            out.push_back({"Distribution", f.statement + ".", {}, Tone::Bad, f.evidence});
    if (!i.measured.statement.empty())
        out.push_back(
            {"Measured", i.measured.statement + ".", {}, Tone::Neutral, i.measured.evidence});
    for (const Verdict& v : i.ruledOut)
        out.push_back({"Ruled out", v.statement + ".", {}, Tone::Good, v.evidence});
    for (const Verdict& v : i.undecided)
        out.push_back({"Undecided", v.statement + ".", {}, Tone::Neutral, v.evidence});
    addMessages(i, out);
    addDifferences(scene, i, out);
    out.push_back(recovery(scene, i));
}

/// Only clocks that are off by more than they could be by chance, and by what one would see.
void addClocks(const Analysis& a, std::vector<Finding>& out) {
    for (const HostClock& h : a.hosts) {
        if (!h.offset) continue;
        const double off = seconds(*h.offset);
        if (std::abs(off) < std::max(0.1, 2 * seconds(h.uncertainty))) continue;
        out.push_back({"Clock",
                       fmt::format("{} runs {:.1f} s {} the balancer ({} matched requests).",
                                   visible(h.host), std::abs(off), off > 0 ? "ahead of" : "behind",
                                   grouped(std::int64_t(h.pairs))),
                       {},
                       Tone::Neutral,
                       {}});
    }
}

} // namespace

std::vector<Finding> findingsOf(const Analysis& a, const std::vector<Scene>& scenes) {
    std::vector<Finding> out;
    for (std::size_t k = 0; k < a.incidents.size() && k < scenes.size(); ++k)
        addIncident(scenes[k], a.incidents[k], out);
    if (a.incidents.empty())
        out.push_back({"Quiet",
                       "No stretch in which requests failed or were slow beyond the usual.",
                       {},
                       Tone::Good,
                       {}});
    addClocks(a, out);
    return out;
}

} // namespace postlude::detail
