// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/silence.h"
#include "core/analysis/detail/story.h"

#include "core/analysis/findingkinds.h"
#include "core/analysis/joinedcause.h"
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

Finding silence(const Scene& scene, const Incident& i) {
    return {titleOf(FindingKind::Onset),
            fmt::format("No request was logged from {} to {}, for {}.", toRfc3339(scene.start(), 0),
                        toRfc3339(scene.end(), 0), spoken(scene.length())),
            i.impactStart,
            Tone::Bad,
            {chartOf("requests", scene.phases.during)}};
}

Finding onset(const Scene& scene, const Incident& i) {
    if (isSilent(scene)) return silence(scene, i);
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
    const bool compared = !scene.traffic.within(scene.phases.before).empty();
    std::string text =
        compared ? fmt::format("{} on {} rose from {} to {} within {}.", rise.what, visible(where),
                               percent(rise.before), percent(rise.during), spoken(rise.within))
                 : fmt::format("{} on {}: {}, and nothing before it to compare with.", rise.what,
                               visible(where), percent(rise.during));
    if (scene.stretch.fromTheBeginning)
        text += " They are there from the first line on: it may have begun earlier.";
    return {titleOf(FindingKind::Onset),
            std::move(text),
            i.impactStart,
            Tone::Bad,
            {chartOf("errors", {i.impactStart, scene.end()})}};
}

std::string attemptsText(const Impact& i) {
    std::string out = fmt::format("{} of {} attempts failed", grouped(std::int64_t(i.failed)),
                                  grouped(std::int64_t(i.requests)));
    if (i.failed > 0)
        out += fmt::format(" ({} to {} of them beyond what was usual)",
                           grouped(std::llround(i.excessLow)), grouped(std::llround(i.excessHigh)));
    if (i.operationsFailed > 0 || i.operations < i.requests)
        out += fmt::format(
            "; with retries within 5 s folded, {} of {} operations failed in the "
            "end{}",
            grouped(std::int64_t(i.operationsFailed)), grouped(std::int64_t(i.operations)),
            i.sampledOneIn > 1 ? fmt::format(" (counted on one client in {})", i.sampledOneIn)
                               : "");
    return out + ".";
}

Finding impact(const Scene& scene, const Incident& i) {
    std::string text =
        isSilent(scene) ? "What did not come is not logged." : attemptsText(i.impact);
    if (i.impact.slow > 0 && !isSilent(scene))
        text += fmt::format(" {} more took longer than {}.", grouped(std::int64_t(i.impact.slow)),
                            spoken(Duration{scene.traffic.slow}));
    if (i.impact.clients > 0 && !isSilent(scene))
        text += fmt::format(" {} of {} clients were affected, {} of them did not get through in "
                            "the end.",
                            grouped(std::int64_t(i.impact.clientsAffected)),
                            grouped(std::int64_t(i.impact.clients)),
                            grouped(std::int64_t(i.impact.clientsFailed)));
    if (const auto& m = i.impact.missing)
        text += fmt::format(" About {} requests ({} to {}) never came, against {}.",
                            grouped(std::llround(m->missing)), grouped(std::llround(m->low)),
                            grouped(std::llround(m->high)), m->against);
    return {titleOf(FindingKind::Impact),
            std::move(text),
            {},
            Tone::Bad,
            {chartOf("errors", scene.phases.during)}};
}

Finding recovery(const Scene& scene, const Incident& i) {
    if (i.resolved)
        return {titleOf(FindingKind::Recovered),
                isSilent(scene) ? "Requests are logged again, as many as before."
                                : "Errors and response times are back within the baseline.",
                i.resolved,
                Tone::Good,
                {chartOf("errors", scene.phases.after)}};
    return {titleOf(FindingKind::NotRecovered),
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
        const FindingKind kind = m.kind == MessageChange::Kind::New ? FindingKind::NewMessage
                                 : m.kind == MessageChange::Kind::Surged
                                     ? FindingKind::SurgedMessage
                                     : FindingKind::FatalMessage;
        out.push_back({titleOf(kind), m.statement + ".", m.first, Tone::Bad, m.evidence});
    }
}

void addDifferences(const Scene& scene, const Incident& i, std::vector<Finding>& out) {
    constexpr std::size_t kMost = 2;
    for (std::size_t k = 0; k < std::min(kMost, i.differences.size()); ++k)
        out.push_back({titleOf(FindingKind::OverRepresented),
                       i.differences[k].statement + ".",
                       {},
                       Tone::Bad,
                       {chartOf("errors", {i.impactStart, scene.end()})}});
}

void addIncident(const Scene& scene, const Incident& i, std::vector<Finding>& out) {
    out.push_back(onset(scene, i));
    out.push_back(impact(scene, i));
    if (i.burnAlert)
        out.push_back({titleOf(FindingKind::BurnRate),
                       burnText(i),
                       i.burnAlert,
                       Tone::Neutral,
                       {chartOf("errors", {i.impactStart, *i.burnAlert})}});
    if (!i.causes.empty()) {
        const Cause& c = i.causes.front();
        out.push_back({titleOf(c.kind == CauseKind::Unknown ? FindingKind::CauseNotFound
                                                            : FindingKind::LikelyCause),
                       c.statement, c.at, Tone::Bad, c.evidence});
    }
    for (const Cause& c : i.causes)
        if (hasJoined(c))
            out.push_back(
                {titleOf(FindingKind::JoinedCause), c.statement, c.at, Tone::Bad, c.evidence});
    for (const Fairness& f : i.fairness)
        if (f.unfair.value_or(false) || !f.shape.empty())
            out.push_back(
                {titleOf(FindingKind::Distribution), f.statement + ".", {}, Tone::Bad, f.evidence});
    if (!i.measured.statement.empty())
        out.push_back({titleOf(FindingKind::Measured),
                       i.measured.statement + ".",
                       {},
                       Tone::Neutral,
                       i.measured.evidence});
    for (const Verdict& v : i.ruledOut)
        out.push_back(
            {titleOf(FindingKind::RuledOut), v.statement + ".", {}, Tone::Good, v.evidence});
    for (const Verdict& v : i.undecided)
        out.push_back(
            {titleOf(FindingKind::Undecided), v.statement + ".", {}, Tone::Neutral, v.evidence});
    addMessages(i, out);
    addDifferences(scene, i, out);
    out.push_back(recovery(scene, i));
}

/// Only clocks that are off by more than they could be by chance, and by what one would see.
std::string offsetText(const HostClock& h, const std::vector<SourceInfo>& sources) {
    const double off = seconds(*h.offset);
    if (h.pairs == 0 && off != 0)
        return fmt::format("The clock of {} was set by hand: {:.3f} s {} the balancer's.",
                           visible(h.host), std::abs(off), off > 0 ? "ahead of" : "behind");
    if (std::abs(off) < std::max(0.1, 2 * seconds(h.uncertainty))) return {};
    std::string text =
        fmt::format("{} runs {:.1f} s {} the balancer ({} matched requests)", visible(h.host),
                    std::abs(off), off > 0 ? "ahead of" : "behind", grouped(std::int64_t(h.pairs)));
    return text + zoneText(h, sources) + ".";
}

std::string driftText(const HostClock& h) {
    if (!h.driftPpm) return {};
    return fmt::format(
        "The clock of {} drifts by {:+.0f} ± {:.0f} ppm ({:.2f} s a day); its times are corrected "
        "by what it was off at each of them.",
        visible(h.host), *h.driftPpm, h.driftUncertaintyPpm, std::abs(*h.driftPpm) * 0.0864);
}

std::string stepText(const HostClock& h, const ClockStep& s) {
    return fmt::format(
        "The clock of {} was set {} by {:.2f} ± {:.2f} s at {}; its times before and "
        "after are corrected each by its own offset.",
        visible(h.host), s.by.count() > 0 ? "forward" : "back", std::abs(seconds(s.by)),
        seconds(s.uncertainty), toRfc3339(s.at, 0));
}

void addClocks(const Analysis& a, const std::vector<SourceInfo>& sources,
               std::vector<Finding>& out) {
    const auto add = [&](std::string text, const std::optional<Instant>& at) {
        if (!text.empty())
            out.push_back({titleOf(FindingKind::Clock), std::move(text), at, Tone::Neutral, {}});
    };
    for (const HostClock& h : a.hosts) {
        if (h.offset) add(offsetText(h, sources), {});
        add(driftText(h), {});
        for (const ClockStep& s : h.steps)
            add(stepText(h, s), s.at);
    }
}

} // namespace

std::string burnText(const Incident& i) {
    const Duration after = std::max(Duration{}, Duration{*i.burnAlert - i.impactStart});
    std::string out =
        fmt::format("{}lert on the burn rate ({}) would have fired {} after the impact began",
                    i.detected ? "An a" : "No alert is logged while it lasted. An a", i.burnRule,
                    spoken(Duration{std::chrono::round<std::chrono::seconds>(after)}));
    if (i.detected)
        out += fmt::format("; the first alert that is logged did {} after",
                           spoken(Duration{std::chrono::round<std::chrono::seconds>(
                               std::max(Duration{}, Duration{*i.detected - i.impactStart}))}));
    return out + ".";
}

std::vector<Finding> findingsOf(const Analysis& a, const std::vector<Scene>& scenes,
                                const std::vector<SourceInfo>& sources) {
    std::vector<Finding> out;
    for (std::size_t k = 0; k < a.incidents.size() && k < scenes.size(); ++k)
        addIncident(scenes[k], a.incidents[k], out);
    if (a.incidents.empty())
        out.push_back({titleOf(FindingKind::Quiet),
                       "No stretch in which requests failed or were slow beyond the usual.",
                       {},
                       Tone::Good,
                       {}});
    addClocks(a, sources, out);
    return out;
}

} // namespace postlude::detail
