// SPDX-License-Identifier: GPL-3.0-or-later
// The order of work: clocks, requests, onset, then for each incident shares, causes for and
// against, impact and story.
#include "core/analysis/detail/burn.h"
#include "core/analysis/detail/causes.h"
#include "core/analysis/detail/contradictions.h"
#include "core/analysis/detail/depth.h"
#include "core/analysis/detail/differences.h"
#include "core/analysis/detail/doubled.h"
#include "core/analysis/detail/fairness.h"
#include "core/analysis/detail/felt.h"
#include "core/analysis/detail/impact.h"
#include "core/analysis/detail/joined.h"
#include "core/analysis/detail/messages.h"
#include "core/analysis/detail/metrics.h"
#include "core/analysis/detail/saved.h"
#include "core/analysis/detail/silence.h"
#include "core/analysis/detail/story.h"
#include "core/analysis/detail/unheard.h"
#include "core/analysis/detail/verdicts.h"
#include "core/analysis/detail/wavecount.h"
#include "core/analysis/detail/waves.h"
#include "core/analysis/findingkinds.h"
#include "core/analysis/missing.h"

#include "core/base/text.h"
#include "core/base/vectorstate.h"
#include "core/case/statedclocks.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude {

using namespace detail;

namespace {

constexpr std::size_t kLeastBefore = 100; ///< requests; with fewer nothing is compared
constexpr double kLeastScore = 0.45;      ///< a cause below is a guess, not named as likely

void tell(const ProgressSink& progress, const char* what) {
    if (progress) progress({.stage = "Analysing", .source = what});
}

/// Before: since the incident before was over, as far as that leaves something to compare with.
/// After: until the next one.
Phases phasesOf(const Traffic& traffic, const std::vector<Stretch>& all, std::size_t i) {
    constexpr auto kSettled = std::chrono::seconds(60), kEnough = std::chrono::seconds(60);
    const Window span = traffic.span();
    const Stretch& stretch = all[i];
    const Instant end = stretch.resolved.value_or(span.to);
    Instant from = span.from;
    if (i > 0 && stretch.start - (all[i - 1].lastBad + kSettled) >= kEnough)
        from = all[i - 1].lastBad + kSettled;
    const Instant until = i + 1 < all.size() ? std::max(end, all[i + 1].start) : span.to;
    return {{from, stretch.start}, {stretch.start, end}, {end, until}};
}

class Work {
public:
    Work(const Query& query, const AnalysisOptions& options, std::stop_token stop,
         const ProgressSink& progress)
        : query_(query)
        , options_(options)
        , stop_(std::move(stop))
        , progress_(progress) {}

    /// What people say of clocks counts more than what is measured.
    void setClocks(std::map<std::string, StatedClock> stated) { stated_ = std::move(stated); }

    Result<Analysis> run() {
        if (auto r = gather(); !r) return std::unexpected(r.error());
        if (stop_.stop_requested()) return cancelled();
        if (traffic_.requests.empty()) {
            out_.notes.emplace_back(
                "No requests are logged: onset, shares and impact cannot be judged");
            return std::move(out_);
        }
        Onsets onsets = findOnsets(traffic_);
        note(onsets.notes);
        if (auto r = addSilences(onsets); !r) return std::unexpected(r.error());
        note(configs_.notes);
        auto judged = judgeAll(onsets);
        if (judged && joinWaves(out_.incidents, onsets.stretches)) judged = judgeAll(onsets);
        if (judged && takeHeralds(out_.incidents, traffic_, onsets)) judged = judgeAll(onsets);
        if (judged && takeTails(out_.incidents, *judged, onsets)) judged = judgeAll(onsets);
        if (!judged) return std::unexpected(judged.error());
        const std::vector<Scene>& scenes = *judged;
        for (const Scene& s : scenes)
            if (auto waves = wavesInWords(wavesIn(traffic_, s.phases.during, s.baseline));
                !waves.empty())
                note({std::move(waves)});
        if (auto r = tellApart(onsets); !r) return std::unexpected(r.error());
        if (auto r = noteContradictions(); !r) return std::unexpected(r.error());
        const auto counted = std::ranges::find_if(
            out_.incidents, [](const Incident& i) { return !i.impact.clientIs.empty(); });
        if (counted != out_.incidents.end()) note({counted->impact.clientIs});
        out_.servers = reports(scenes);
        out_.findings = findingsOf(out_, scenes, sources_);
        if (out_.incidents.empty()) tellShares();
        return std::move(out_);
    }

private:
    static std::unexpected<Error> cancelled() {
        return std::unexpected(Error{ErrorKind::Cancelled, "cancelled", {}, {}});
    }

    [[nodiscard]] bool isBalancer(const std::string& host) const {
        return std::ranges::any_of(sources_, [&](const SourceInfo& s) {
            return s.role == SourceRole::Balancer && s.host == host;
        });
    }

    void takeStated(const std::string& host, Duration ahead) {
        HostClock stated{host, {}, ahead};
        auto& hosts = clocks_.hosts;
        if (const auto it = std::ranges::find(hosts, host, &HostClock::host); it != hosts.end()) {
            stated.server = it->server;
            *it = std::move(stated);
        } else {
            hosts.push_back(std::move(stated));
            std::ranges::sort(hosts, {}, &HostClock::host);
        }
        std::erase_if(clocks_.notes, [&](const std::string& note) {
            return note.starts_with(fmt::format("Clock of {}: unknown", host));
        });
    }

    Result<void> gather() {
        sources_ = query_.sources();
        tell(progress_, "clocks");
        auto clocks = findClocks(query_, sources_, stop_);
        if (!clocks) return std::unexpected(clocks.error());
        clocks_ = std::move(*clocks);
        for (const auto& [host, clock] : stated_)
            if (!isBalancer(host)) takeStated(host, clock.ahead); // others are compared with that
        out_.hosts = clocks_.hosts;
        note(clocks_.notes);
        tell(progress_, "requests");
        auto traffic = gatherTraffic(query_, options_.slow, stop_, progress_);
        if (!traffic) return std::unexpected(traffic.error());
        traffic_ = std::move(*traffic);
        out_.span = traffic_.span();
        noteLeftOut();
        const auto doubled = doubledSources(query_, sources_, stop_);
        if (!doubled) return std::unexpected(doubled.error());
        note(*doubled);
        tell(progress_, "events");
        auto events = gatherEvents(query_, sources_, clocks_, stop_);
        if (!events) return std::unexpected(events.error());
        events_ = std::move(*events);
        auto troubles = gatherTroubles(query_, sources_, clocks_, stop_);
        if (!troubles) return std::unexpected(troubles.error());
        troubles_ = std::move(*troubles);
        auto metrics = gatherMetrics(query_, sources_, stop_);
        if (!metrics) return std::unexpected(metrics.error());
        metrics_ = std::move(*metrics);
        configs_ = gatherConfigs(query_, sources_);
        addCommitSteps(configs_, events_);
        topics_.emplace(sources_);
        return {};
    }

    Result<void> addSilences(Onsets& onsets) {
        auto silences = findSilences(query_, sources_, clocks_, traffic_, onsets.stretches, stop_);
        if (!silences) return std::unexpected(silences.error());
        note(silences->notes);
        std::ranges::copy(silences->incidents, std::back_inserter(onsets.stretches));
        std::ranges::stable_sort(onsets.stretches, {}, &Stretch::start);
        return {};
    }

    Result<std::vector<Scene>> judgeAll(const Onsets& onsets) {
        std::vector<Scene> scenes;
        out_.incidents.clear();
        for (std::size_t i = 0; i < onsets.stretches.size(); ++i) {
            auto scene = judge(onsets, i);
            if (!scene) return std::unexpected(scene.error());
            scenes.push_back(std::move(*scene));
            if (stop_.stop_requested()) return cancelled(); // what was read ended early
        }
        return scenes;
    }

    Result<Scene> judge(const Onsets& onsets, std::size_t nth) {
        const Stretch& stretch = onsets.stretches[nth];
        tell(progress_, "causes");
        baselines_.push_back(std::make_unique<Baseline>(onsets.baseline));
        stretches_.push_back(std::make_unique<Stretch>(stretch));
        Scene scene{query_,
                    sources_,
                    traffic_,
                    *baselines_.back(),
                    *stretches_.back(),
                    clocks_,
                    events_,
                    *topics_,
                    configs_,
                    phasesOf(traffic_, onsets.stretches, nth),
                    outagesOf(events_, traffic_),
                    {},
                    {},
                    {}};
        scene.shares = findShares(traffic_, scene.phases, {}, {}, clocks_, scene.outages);
        const auto candidates = configCandidates(scene);
        const auto best = std::ranges::max_element(
            candidates, {}, [](const Candidate& c) { return c.cause.score; });
        expectShares(scene, best == candidates.end() ? nullptr : best->step);
        Incident incident = begin(stretch, onsets, scene);
        if (isSilent(scene)) {
            weighSilence(scene, incident);
            out_.incidents.push_back(std::move(incident));
            return scene;
        }
        if (auto r = addFelt(query_, traffic_, scene.phases.during, stop_, incident.impact); !r)
            return std::unexpected(r.error());
        if (auto r = weighAll(scene, incident); !r) return std::unexpected(r.error());
        out_.incidents.push_back(std::move(incident));
        return scene;
    }

    void noteLeftOut() {
        const auto left = [&](std::uint64_t n, const char* what, const char* why) {
            if (n == 0) return;
            note({fmt::format("{} {}{} {} left out: {}", grouped(std::int64_t(n)),
                              n == 1 ? "request" : "requests", what, n == 1 ? "is" : "are", why)});
        };
        left(traffic_.strays, " more than a day from all others", "a wrong date");
        left(traffic_.probes, "", "monitors and health checks");
    }

    Result<void> noteContradictions() {
        std::vector<Window> windows;
        for (const Incident& i : out_.incidents)
            windows.push_back({i.impactStart, i.resolved.value_or(traffic_.span().to)});
        auto disagree = serversDisagree(query_, sources_, traffic_, windows, stop_);
        if (!disagree) return std::unexpected(disagree.error());
        note(*disagree);
        note(renamedServers(traffic_, clocks_));
        if (!out_.incidents.empty()) return {};
        if (auto alerts = alertsWithoutIncident(events_, traffic_.span())) note({*alerts});
        return {};
    }

    /// What incidents' messages and requests have that those of quiet times have not.
    Result<void> tellApart(const Onsets& onsets) {
        tell(progress_, "messages");
        const auto messages = Messages::gather(
            query_, sources_, clocks_, messagePhases(traffic_.span(), onsets.stretches), stop_);
        if (!messages) return std::unexpected(messages.error());
        note(messages->notes());
        for (std::size_t k = 0; k < out_.incidents.size(); ++k) {
            auto changes = messages->changesIn(k, query_, traffic_);
            if (!changes) return std::unexpected(changes.error());
            out_.incidents[k].messages = std::move(*changes);
            addMessages(out_.incidents[k]);
        }
        tell(progress_, "values of bad requests");
        return findDifferences(query_, traffic_, out_.incidents, stop_);
    }

    /// Shares again, now against the configurations before and during.
    void expectShares(Scene& scene, const ConfigStep* step) const {
        if (step && step->after->config.backends.empty()) return; // a commit: no model
        scene.configsBefore = configsIn(step, &ConfigStep::before);
        scene.configsDuring = configsIn(step, &ConfigStep::after);
        scene.shares = findShares(traffic_, scene.phases, scene.configsBefore, scene.configsDuring,
                                  clocks_, scene.outages);
    }

    /// One configuration a balancer: that side of the step, of others the newest.
    Configs configsIn(const ConfigStep* step, const Snapshot* ConfigStep::* side) const {
        Configs out;
        if (step) out.push_back(&(step->*side)->config);
        for (const auto& series : configs_.series) {
            const bool ofStep = step && std::ranges::any_of(series, [&](const Snapshot& s) {
                                    return &s == step->*side;
                                });
            if (!ofStep) out.push_back(&series.back().config);
        }
        return out;
    }

    Incident begin(const Stretch& stretch, const Onsets& onsets, const Scene& scene) const {
        Incident i;
        i.impactStart = stretch.start;
        i.impactStartInterval = stretch.startInterval;
        i.resolved = stretch.resolved;
        i.impact = impactOf(traffic_, scene.phases, onsets);
        if (const auto burn = burnAlert(onsets.grid, scene.phases.during))
            i.burnAlert = burn->at, i.burnRule = burn->rule;
        i.worstServer = scene.shares.worstName;
        i.fairness = judgeFairness(scene);
        return i;
    }

    struct Weighed {
        std::vector<Candidate> all; ///< best first
        std::vector<Judgement> judgements;
    };

    Result<Weighed> weigh(const Scene& scene, Incident* tellMeasured) {
        auto all = configCandidates(scene);
        auto changes = changeCandidates(scene);
        auto database = judgeDatabase(scene, stop_);
        if (!database) return std::unexpected(database.error());
        auto flood = judgeFlood(scene);
        if (!flood) return std::unexpected(flood.error());
        MetricsSaid measured = judgeMetrics(scene, metrics_);
        std::ranges::move(measured.candidates, std::back_inserter(all));
        if (tellMeasured)
            tellMeasured->measured = {std::move(measured.statement), std::move(measured.evidence)};
        std::vector<Judgement> judgements;
        if (*database) judgements.push_back(std::move(**database));
        judgements.push_back(std::move(*flood));
        if (auto d = judgeDeploys(scene, changes)) judgements.push_back(std::move(*d));
        if (auto n = judgeNetwork(scene, changes)) judgements.push_back(std::move(*n));
        if (auto u = judgeUpstream(scene, troubles_)) judgements.push_back(std::move(*u));
        if (auto h = judgeHosts(scene, troubles_)) judgements.push_back(std::move(*h));
        for (auto found : {crashCandidates(scene), drainCandidates(scene), connectCandidates(scene),
                           troubleCandidates(scene, troubles_)})
            std::ranges::move(found, std::back_inserter(all));
        for (Judgement& j : judgements)
            if (j.cause) all.push_back(std::move(*j.cause));
        for (Candidate& c : changes)
            if (!refuted(judgements, c.cause.kind)) all.push_back(std::move(c));
        judgeDepth(all);
        std::ranges::stable_sort(all, std::greater{},
                                 [](const Candidate& c) { return c.cause.score; });
        return Weighed{std::move(all), std::move(judgements)};
    }

    Result<void> weighAll(const Scene& scene, Incident& incident) {
        auto weighed = weigh(scene, &incident);
        if (!weighed) return std::unexpected(weighed.error());
        auto& all = weighed->all;
        if (all.empty() || all.front().cause.score < kLeastScore) {
            auto lone = loneServerCandidate(scene, stop_);
            if (!lone) return std::unexpected(lone.error());
            all.insert(all.begin(), *lone ? std::move(**lone) : unknown(scene, all));
        }
        const auto joined =
            findJoined(scene, all, [&](const Scene& part) -> Result<std::vector<Candidate>> {
                auto of = weigh(part, nullptr);
                if (!of) return std::unexpected(of.error());
                return std::move(of->all);
            });
        if (!joined) return std::unexpected(joined.error());
        conclude(scene, all, weighed->judgements, incident);
        addJoined(*joined, incident);
        return {};
    }

    static bool refuted(const std::vector<Judgement>& judgements, CauseKind kind) {
        return std::ranges::any_of(judgements, [&](const Judgement& j) {
            return j.verdict.kind == kind && j.outcome == Judgement::Outcome::RuledOut;
        });
    }

    static Candidate unknown(const Scene& scene, const std::vector<Candidate>& all) {
        Candidate c;
        c.cause.kind = CauseKind::Unknown;
        c.cause.culprit = scene.shares.worstName;
        c.cause.statement =
            all.empty() ? "No change in the bundle accounts for it: no configuration difference, "
                          "deployment, crash, database or client pattern fits its beginning."
                        : fmt::format("Nothing in the bundle fits its beginning well enough to be "
                                      "named as the cause; nearest comes {} ({}).",
                                      lowerCase(titleOf(all.front().cause.kind)),
                                      visible(all.front().cause.culprit));
        if (scene.traffic.within(scene.phases.before).size() < kLeastBefore)
            c.cause.statement +=
                " The logs begin with it, so that there is no time before to compare with.";
        if (scene.shares.worst < scene.shares.servers.size()) {
            const std::string name = scene.nameOf(scene.shares.servers[scene.shares.worst].key);
            c.cause.statement += fmt::format(" {} ({}) departed most.", visible(name),
                                             visible(scene.shares.worstName));
        }
        c.cause.evidence = {chartOf("errors", scene.phases.during)};
        return c;
    }

    void conclude(const Scene& scene, const std::vector<Candidate>& all,
                  const std::vector<Judgement>& judgements, Incident& incident) {
        constexpr std::size_t kMostCauses = 8;
        const CauseKind best = all.front().cause.kind;
        for (const Candidate& c : all)
            if (incident.causes.size() < kMostCauses) incident.causes.push_back(c.cause);
        for (const Judgement& j : judgements) {
            if (j.verdict.kind == best || j.outcome == Judgement::Outcome::Changed) continue;
            (j.outcome == Judgement::Outcome::RuledOut ? incident.ruledOut : incident.undecided)
                .push_back(j.verdict);
        }
        if (best == CauseKind::Unknown) addUnheard(scene, all, judgements, incident);
        tellStory(scene, &all.front(), incident);
    }

    /// Of what no judgement and no cause speaks: what would have to be there.
    void addUnheard(const Scene& scene, const std::vector<Candidate>& all,
                    const std::vector<Judgement>& judgements, Incident& incident) const {
        for (Verdict& v : unheardOf(scene, !metrics_.empty())) {
            const bool told =
                std::ranges::any_of(all,
                                    [&](const Candidate& c) { return c.cause.kind == v.kind; }) ||
                std::ranges::any_of(judgements,
                                    [&](const Judgement& j) { return j.verdict.kind == v.kind; });
            if (!told) incident.undecided.push_back(std::move(v));
        }
    }

    /// Nothing happened: whether each server got its share is told all the same, of the last while
    /// under one configuration.
    void tellShares() {
        constexpr std::size_t kMost = 2'000'000; // requests
        Window window = traffic_.span();
        for (const ConfigStep& step : configs_.steps)
            if (step.after->written && window.contains(*step.after->written))
                window.from = *step.after->written;
        const std::size_t all = traffic_.requests.size();
        if (all > kMost)
            window.from = std::max(
                window.from, instant(PackedRequests::Access(traffic_.requests)[all - kMost].start));
        Stretch none;
        none.start = window.from;
        none.lastBad = window.to;
        const Baseline usual;
        Scene scene{query_,
                    sources_,
                    traffic_,
                    usual,
                    none,
                    clocks_,
                    events_,
                    *topics_,
                    configs_,
                    {{window.from, window.from}, window, {window.to, window.to}},
                    outagesOf(events_, traffic_),
                    {},
                    configsIn(nullptr, &ConfigStep::after),
                    {}};
        scene.shares =
            findShares(traffic_, scene.phases, {}, scene.configsDuring, clocks_, scene.outages);
        for (const Fairness& f : judgeFairness(scene))
            if (f.unfair)
                out_.findings.push_back(
                    {titleOf(*f.unfair ? FindingKind::UnevenShares : FindingKind::FairShares),
                     f.statement + ".",
                     {},
                     *f.unfair ? Finding::Tone::Neutral : Finding::Tone::Good,
                     f.evidence});
    }

    /// Of the gravest incident; in a quiet bundle all is "before".
    std::vector<ServerReport> reports(const std::vector<Scene>& scenes) const {
        if (scenes.empty()) {
            const Phases quiet{traffic_.span(), {}, {}};
            return findShares(traffic_, quiet, configsIn(nullptr, &ConfigStep::after), {}, clocks_,
                              outagesOf(events_, traffic_))
                .servers;
        }
        std::size_t gravest = 0;
        const auto bad = [&](std::size_t i) {
            return out_.incidents[i].impact.failed + out_.incidents[i].impact.slow;
        };
        for (std::size_t i = 1; i < scenes.size(); ++i)
            if (bad(i) > bad(gravest)) gravest = i;
        return scenes[gravest].shares.servers;
    }

    void note(const std::vector<std::string>& notes) {
        out_.notes.insert(out_.notes.end(), notes.begin(), notes.end());
    }

    const Query& query_;
    const AnalysisOptions& options_;
    std::stop_token stop_;
    const ProgressSink& progress_;
    std::vector<SourceInfo> sources_;
    Clocks clocks_;
    std::map<std::string, StatedClock> stated_;
    Traffic traffic_;
    Events events_;
    std::vector<Trouble> troubles_;
    std::vector<Metric> metrics_;
    ConfigHistory configs_;
    std::optional<Topics> topics_;
    std::vector<std::unique_ptr<Baseline>> baselines_; // scenes refer to these
    std::vector<std::unique_ptr<Stretch>> stretches_;
    Analysis out_;
};

} // namespace

Result<Analysis> analyse(const Query& query, const AnalysisOptions& options, std::stop_token stop,
                         const ProgressSink& progress) {
    forgetUpperHalves();
    return Work(query, options, std::move(stop), progress).run();
}

namespace {

/// As many as one reads, and how many more.
void addNotes(Analysis& to, const std::vector<std::string>& missing) {
    constexpr std::size_t kTold = 5;
    const std::size_t all = missing.size();
    for (std::size_t i = 0; i < std::min(all, kTold); ++i)
        to.notes.push_back(visible(missing[i]));
    if (all > kTold)
        to.notes.push_back(fmt::format("Of {} more files not all was read", all - kTold));
}

} // namespace

Result<Analysis> analyseCase(Case& of, Query& query, const AnalysisOptions& options,
                             std::stop_token stop, const ProgressSink& progress) {
    Work work(query, options, std::move(stop), progress);
    work.setClocks(statedClocks(of));
    auto analysis = work.run();
    if (!analysis) return analysis;
    auto missing = missingEvidence(of);
    if (!missing) return std::unexpected(missing.error());
    addNotes(*analysis, *missing);
    if (of.mode() == OpenMode::ReadOnly) return analysis;
    // One that is not known now may have been before something was corrected.
    for (const HostClock& h : analysis->hosts)
        if (auto r = of.setClock(h.host, h.offset.value_or(Duration{0}), h.uncertainty, h.pairs,
                                 h.course);
            !r)
            return std::unexpected(r.error());
    if (auto r = of.setNote("analysis", packed(*analysis)); !r) return std::unexpected(r.error());
    if (auto r = query.refresh(); !r) return std::unexpected(r.error());
    return analysis;
}

Result<std::optional<Analysis>> savedAnalysis(const Case& of) {
    auto note = of.note("analysis");
    if (!note) return std::unexpected(note.error());
    if (!*note || (*note)->empty()) return std::optional<Analysis>{};
    return unpacked(**note);
}

} // namespace postlude
