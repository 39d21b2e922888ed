// SPDX-License-Identifier: GPL-3.0-or-later
// The draft: what the analysis found, in sentences, and open questions for what it cannot know.
#include "core/analysis/joinedcause.h"
#include "core/base/text.h"
#include "core/postmortem/detail/collector.h"
#include "core/postmortem/detail/measures.h"
#include "core/postmortem/marks.h"
#include "core/postmortem/moments.h"
#include "core/postmortem/wording.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace postlude {

namespace {

// Below this a cause is told as a possibility.
constexpr double kLikely = 0.5;
// Pieces of evidence behind one sentence: who wants more finds it behind the entry.
constexpr std::size_t kMostMarks = 3;

std::string count(std::uint64_t n) {
    return grouped(static_cast<std::int64_t>(n));
}

/// "1 request", "1 944 requests".
std::string count(std::uint64_t n, const std::string& what) {
    return count(n) + " " + what + (n == 1 ? "" : "s");
}

bool plural(std::uint64_t n) {
    return n != 1;
}

std::string tookText(double ms) {
    return ms < 1000 ? fmt::format("{:.0f} ms", ms) : fmt::format("{:.2f} s", ms / 1000);
}

/// With a full stop at the end, unless it ends otherwise.
std::string sentence(std::string_view text) {
    std::string s(trimmed(text));
    if (!s.empty() && std::string_view(".!?:]").find(s.back()) == std::string_view::npos) s += '.';
    return s;
}

void append(std::string& text, const std::string& more) {
    if (more.empty()) return;
    if (!text.empty()) text += ' ';
    text += more;
}

/// What is finer than clocks are would only look exact.
void toMilliseconds(std::optional<Instant>& at) {
    if (at) at = std::chrono::floor<std::chrono::milliseconds>(*at);
}

/// Drafts one document; holds what all of its parts need.
class Drafter {
public:
    Drafter(const Analysis& analysis, Postmortem& to)
        : analysis_(analysis)
        , incident_(mainIncident(analysis))
        , d_(to) {}

    void draft() {
        draftNotes();
        if (!incident_) return draftQuiet();
        dated_ = incidentSpansDays();
        draftSummary();
        draftTimeline();
        draftRootCause();
        draftResolution();
        draftMeasures();
        draftLessons();
        dateSentences();
    }

private:
    [[nodiscard]] std::string at(Instant t) const { return momentText(t, zone_, dated_); }
    [[nodiscard]] const Cause* cause() const {
        return incident_->causes.empty() ? nullptr : &incident_->causes.front();
    }
    [[nodiscard]] bool incidentSpansDays() const {
        const Instant end = incident_->resolved.value_or(analysis_.span.to);
        const Instant begin = std::min(incident_->trigger.value_or(end), incident_->impactStart);
        return zone_.date(begin) != zone_.date(end);
    }

    void draftQuiet();
    void draftNotes();
    void draftSummary();
    void draftTimeline();
    void draftRootCause();
    void draftResolution();
    void draftMeasures();
    void draftLessons();
    void dateSentences();
    [[nodiscard]] std::string marked(std::string text, std::vector<Evidence> evidence);
    [[nodiscard]] Evidence chart(const char* name) const;
    [[nodiscard]] std::vector<Evidence> causeEvidence() const;
    [[nodiscard]] std::vector<Evidence> triggerEvidence() const;
    [[nodiscard]] std::string impactText();
    [[nodiscard]] std::string failedText() const;
    [[nodiscard]] std::string servicesText() const;
    [[nodiscard]] std::string triggerText() const;
    [[nodiscard]] std::string causeText() const;
    [[nodiscard]] bool isOfTheFirst(const StoryEntry& trigger) const;
    [[nodiscard]] std::string serverText() const;
    [[nodiscard]] std::string ruledOutText() const;
    [[nodiscard]] std::string mitigationText();
    [[nodiscard]] std::string recoveryText() const;
    [[nodiscard]] std::string intervalsText() const;
    [[nodiscard]] bool told(EntryKind kind) const;
    void addEntry(std::optional<Instant> time, EntryKind kind, std::string text,
                  std::vector<Evidence> evidence = {});
    void addMissingInstants();
    void addRuledOut();
    void addChangedLines();

    const Analysis& analysis_;
    const Incident* incident_;
    Postmortem& d_;
    Zone zone_ = Zone::utc();
    bool dated_ = false;
};

/// How it was counted and what could not be told: beside the numbers, not among the causes.
void Drafter::draftNotes() {
    for (const std::string& note : analysis_.notes)
        d_.summary.other.push_back("Note: " + sentence(note));
}

void Drafter::draftQuiet() {
    d_.summary.impact =
        "No incident was found in these logs" +
        (analysis_.span.empty() ? std::string(".") : ", " + spanText(analysis_.span, zone_) + ".");
    append(d_.summary.impact, "[What did users see, and from when to when?]");
    d_.summary.rootCause = "[What was the root cause?]";
    d_.summary.resolution = "[How did it end?]";
    d_.rootCause = {"[What was the root cause, and what shows it?]"};
    d_.resolution = {"[How did it end, and what is the lasting fix?]"};
}

std::string Drafter::failedText() const {
    const Impact& i = incident_->impact;
    if (i.requests == 0) return "No request was logged while it lasted.";
    std::string text =
        i.failed == i.requests && plural(i.requests)
            ? fmt::format("All {} failed", count(i.requests, "request"))
            : fmt::format("{} of {} failed ({})", count(i.failed), count(i.requests, "request"),
                          percentText(i.failedShare()));
    if (i.slow > 0)
        text += fmt::format(", and a further {} {} answered late ({})", count(i.slow),
                            plural(i.slow) ? "were" : "was", percentText(i.slowShare()));
    text += '.';
    const auto excess = static_cast<std::uint64_t>(std::llround(std::max(0.0, i.excessFailed)));
    if (excess > 0 && excess < i.failed)
        append(text, fmt::format("About {} of the failures are beyond what was usual before.",
                                 count(excess)));
    if (i.operations < i.requests && i.operations > 0)
        append(text,
               fmt::format("Counting what a client tried again within 5 s as one, {} {} "
                           "failed in the end.",
                           i.operationsFailed == i.operations ? std::string("all")
                                                              : count(i.operationsFailed) + " of",
                           count(i.operations, "operation")));
    if (i.missing)
        append(text,
               fmt::format("About {} requests ({} to {}) never came, against {}.",
                           count(static_cast<std::uint64_t>(std::llround(i.missing->missing))),
                           count(static_cast<std::uint64_t>(std::llround(i.missing->low))),
                           count(static_cast<std::uint64_t>(std::llround(i.missing->high))),
                           i.missing->against));
    return text;
}

/// A path is where it hurt, not what the service is called; a few stray requests are no service.
std::string Drafter::servicesText() const {
    std::string list;
    bool paths = false;
    for (const ServiceImpact& service : incident_->impact.services) {
        if (service.failedShare <= 0 || service.requests * 100 < incident_->impact.requests)
            continue;
        paths = paths || service.name.starts_with('/');
        list += fmt::format("{}{} ({} of {})", list.empty() ? "" : ", ", visible(service.name),
                            percentText(service.failedShare), count(service.requests, "request"));
    }
    if (list.empty()) return list;
    return (paths ? "Failed, by the first part of the path: " : "Failed, by service: ") + list +
           ".";
}

/// No chart shows more than the millisecond.
void roundWindows(std::vector<Evidence>& evidence) {
    for (Evidence& e : evidence)
        if (!e.chart.empty())
            e.window = {std::chrono::floor<std::chrono::milliseconds>(e.window.from),
                        std::chrono::ceil<std::chrono::milliseconds>(e.window.to)};
}

/// With the marks of what shows it.
std::string Drafter::marked(std::string text, std::vector<Evidence> evidence) {
    if (text.empty()) return text;
    evidence.resize(std::min(evidence.size(), kMostMarks));
    roundWindows(evidence);
    addMarks(d_, text, evidence);
    return text;
}

Evidence Drafter::chart(const char* name) const {
    return {{}, 0, 0, name, chartWindow(*incident_, analysis_.span.to)};
}

std::string Drafter::impactText() {
    const Impact& i = incident_->impact;
    std::string text = marked(failedText(), {chart("errors")});
    if (i.clients > 1 && i.clientsAffected == i.clients)
        append(text, fmt::format("All {} were affected.", count(i.clients, "client")));
    else if (i.clients > 0)
        append(text, fmt::format("{} of {} ({}) {} affected.", count(i.clientsAffected),
                                 count(i.clients, "client"), percentText(i.affectedShare()),
                                 plural(i.clientsAffected) ? "were" : "was"));
    append(text, servicesText());
    for (const Incident& other : analysis_.incidents)
        if (&other != incident_)
            append(text,
                   fmt::format("A smaller incident in the same logs began at {}; this document "
                               "does not cover it.",
                               zone_.format(other.impactStart, 0)));
    append(text, "[What did users see, in their own words, and was any data lost?]");
    return text;
}

std::string Drafter::triggerText() const {
    const Cause* c = cause();
    const std::optional<Instant> when = c && c->at ? c->at : incident_->trigger;
    std::string text;
    for (const StoryEntry& entry : incident_->story)
        if (text.empty() && entry.kind == EntryKind::Trigger && isOfTheFirst(entry))
            text = entry.statement;
    // A change that nobody logged is the cause itself: what came of it stands there.
    if (c && (text == c->statement || (text.empty() && !c->change.empty())))
        text = reading::sentencesOf(c->statement).front();
    if (text.empty() && !when) return "[What set it off?]";
    if (text.empty()) return "At " + at(*when) + ". [What happened at that moment?]";
    return when ? "At " + at(*when) + ": " + sentence(text) : sentence(text);
}

std::vector<Evidence> Drafter::causeEvidence() const {
    return cause() ? cause()->evidence : std::vector<Evidence>{};
}

std::vector<Evidence> Drafter::triggerEvidence() const {
    for (const StoryEntry& entry : incident_->story)
        if (entry.kind == EntryKind::Trigger && isOfTheFirst(entry)) return entry.evidence;
    return cause() && cause()->at ? causeEvidence() : std::vector<Evidence>{};
}

/// What joined later has triggers of its own.
bool Drafter::isOfTheFirst(const StoryEntry& trigger) const {
    return std::ranges::none_of(
        incident_->causes, [&](const Cause& c) { return hasJoined(c) && c.at == trigger.time; });
}

std::string Drafter::causeText() const {
    if (!cause()) return "[What was the root cause? The logs do not settle it. Who could know?]";
    const std::string statement = sentence(cause()->statement);
    return cause()->score < kLikely ? "Possibly, though the logs do not settle it: " + statement
                                    : statement;
}

std::string Drafter::mitigationText() {
    std::string text;
    for (const StoryEntry& entry : incident_->story)
        if (entry.kind == EntryKind::Mitigation)
            append(text, marked("At " + at(entry.time) + ": " + sentence(entry.statement),
                                entry.evidence));
    if (text.empty() && incident_->mitigated)
        text = "The impact was mitigated at " + at(*incident_->mitigated) +
               ". [By what, and by whom?]";
    return text;
}

std::string Drafter::recoveryText() const {
    if (!incident_->resolved)
        return "The logs end before the service was back to its usual state. [When did it end?]";
    return fmt::format("The service was back to its usual state at {}, {} after the impact began.",
                       at(*incident_->resolved),
                       spoken(*incident_->resolved - incident_->impactStart));
}

/// How a cause was taken back stands under the resolution; the summary says it once.
std::string withoutItsEnd(const std::string& cause) {
    const std::size_t end = cause.find(" Taken back at ");
    return end == std::string::npos ? cause : cause.substr(0, end);
}

void Drafter::draftSummary() {
    Summary& s = d_.summary;
    s.start = incident_->impactStart;
    s.end = incident_->resolved;
    toMilliseconds(s.start);
    toMilliseconds(s.end);
    s.zone = zone_.name();
    s.impact = impactText();
    if (incident_->impact.clients > 0)
        s.affectedShare = percentText(incident_->impact.affectedShare()) + " of clients";
    if (incident_->impact.requests > 0)
        s.failedShare = percentText(incident_->impact.failedShare()) + " of requests";
    if (incident_->impact.slow > 0)
        s.slowShare = percentText(incident_->impact.slowShare()) + " of requests";
    s.rootCause = marked(withoutItsEnd(causeText()), causeEvidence());
    for (const Cause& c : incident_->causes)
        if (hasJoined(c))
            append(s.rootCause, marked("Joined later: " + sentence(c.statement), c.evidence));
    s.trigger = marked(triggerText(), triggerEvidence());
    s.resolution = mitigationText();
    append(s.resolution, marked(recoveryText(), {chart("errors")}));
    // A path is where it hurt, not what the service is called: people fill that in.
    for (const ServiceImpact& service : incident_->impact.services)
        if (service.failedShare > 0 && !service.name.starts_with('/'))
            d_.services.push_back(visible(service.name));
}

/// All times of the document in its zone, those in sentences of the analysis, too.
void Drafter::dateSentences() {
    const auto date = [this](std::string& text) { text = momentsIn(text, zone_, dated_); };
    Summary& s = d_.summary;
    for (std::string* text : {&s.impact, &s.rootCause, &s.trigger, &s.resolution})
        date(*text);
    for (auto* texts : {&s.other, &d_.introduction, &d_.rootCause, &d_.resolution, &d_.wentWell,
                        &d_.wentWrong, &d_.gotLucky, &d_.conclusion})
        std::ranges::for_each(*texts, date);
    for (TimelineEntry& entry : d_.timeline) {
        date(entry.text);
        toMilliseconds(entry.time);
    }
}

bool Drafter::told(EntryKind kind) const {
    return std::ranges::any_of(d_.timeline, [&](const TimelineEntry& e) { return e.kind == kind; });
}

void Drafter::addEntry(std::optional<Instant> time, EntryKind kind, std::string text,
                       std::vector<Evidence> evidence) {
    roundWindows(evidence);
    d_.timeline.push_back({time, {}, kind, std::move(text), std::move(evidence)});
}

/// A story need not have told every instant that the analysis knows.
void Drafter::addMissingInstants() {
    const Incident& i = *incident_;
    const auto add = [&](const std::optional<Instant>& t, EntryKind kind, const char* text) {
        if (t && !told(kind)) addEntry(t, kind, text);
    };
    add(i.trigger, EntryKind::Trigger, "[What happened here?]");
    if (!told(EntryKind::ImpactStart)) {
        addEntry(i.impactStart, EntryKind::ImpactStart,
                 "Failed or late answers rose above what was usual before.", {chart("errors")});
    }
    add(i.detected, EntryKind::Detection, "The incident was noticed. [By what alert or by whom?]");
    add(i.mitigated, EntryKind::Mitigation, "The impact was mitigated. [By what, and by whom?]");
    if (i.resolved && !told(EntryKind::Resolution))
        addEntry(i.resolved, EntryKind::Resolution,
                 "Failed and late answers were back to what was usual before.", {chart("errors")});
}

constexpr std::size_t kLongestMatter = 30; // of what a statement begins with, if that is a name

/// "Database ruled out: p95 of …" of "Database: p95 of …".
std::string ruledOut(const Verdict& verdict) {
    const std::string text = sentence(verdict.statement);
    const std::size_t colon = text.find(": ");
    if (colon > kLongestMatter) return "Ruled out: " + text;
    return text.substr(0, colon) + " ruled out" + text.substr(colon);
}

/// Who suspected what is for people to say; why it was not that, the logs show.
void Drafter::addRuledOut() {
    for (const Verdict& verdict : incident_->ruledOut) {
        const auto same = [&](const TimelineEntry& e) { return e.text == verdict.statement; };
        if (std::ranges::any_of(d_.timeline, same)) continue;
        addEntry({}, EntryKind::MisleadingPath, ruledOut(verdict), verdict.evidence);
    }
}

/// The changed lines themselves stand behind the trigger; the text says in words what they say.
void Drafter::addChangedLines() {
    const Cause* c = cause();
    const auto trigger = std::ranges::find(d_.timeline, EntryKind::Trigger, &TimelineEntry::kind);
    if (!c || trigger == d_.timeline.end() || trigger->time != c->at) return;
    for (const Evidence& e : c->evidence) {
        const auto has = [&](const TimelineEntry& entry) {
            return std::ranges::find(entry.evidence, e) != entry.evidence.end();
        };
        if (e.chart.empty() && std::ranges::none_of(d_.timeline, has))
            trigger->evidence.push_back(e);
    }
}

void Drafter::draftTimeline() {
    for (const StoryEntry& entry : incident_->story)
        addEntry(entry.time, entry.kind, entry.statement, entry.evidence);
    addChangedLines();
    addMissingInstants();
    std::ranges::stable_sort(d_.timeline, {}, &TimelineEntry::time);
    if (!told(EntryKind::Detection))
        addEntry({}, EntryKind::Detection, "[When and how was the incident noticed?]");
    addRuledOut();
}

/// "auth-1 (127.23.1.21:8080)" where a host of another name is known to be that server.
std::string nameOf(const ServerReport& server) {
    const std::string name = visible(server.key.server);
    return server.host.empty() || server.host == server.key.server
               ? name
               : visible(server.host) + " (" + name + ")";
}

std::string Drafter::serverText() const {
    const auto worst = std::ranges::find_if(analysis_.servers, [&](const ServerReport& s) {
        return !s.key.server.empty() &&
               (s.key.server == incident_->worstServer ||
                s.key.backend + "/" + s.key.server == incident_->worstServer);
    });
    if (worst == analysis_.servers.end()) return {};
    std::string text =
        fmt::format("{} took {} of the traffic before, {} during and {} after the incident",
                    nameOf(*worst), percentText(worst->before.share),
                    percentText(worst->during.share), percentText(worst->after.share));
    if (worst->expectedShareBefore)
        text += "; its weight before gave it " + percentText(*worst->expectedShareBefore);
    text += '.';
    if (worst->during.requests > 0)
        append(text,
               fmt::format("{} of its {} failed while it lasted.", count(worst->during.failed),
                           count(worst->during.requests, "request")));
    if (worst->before.p95Ms && worst->during.p95Ms)
        append(text, fmt::format("The 95th percentile of its response times was {} before and {} "
                                 "during.",
                                 tookText(*worst->before.p95Ms), tookText(*worst->during.p95Ms)));
    return text;
}

/// Why not stands once, beside its evidence.
std::string Drafter::ruledOutText() const {
    std::string list;
    for (const Verdict& verdict : incident_->ruledOut) {
        const std::size_t colon = verdict.statement.find(": ");
        list += list.empty() ? "" : ", ";
        list += colon > kLongestMatter ? std::string(titleOf(verdict.kind))
                                       : visible(verdict.statement.substr(0, colon));
    }
    return list.empty() ? list
                        : "Ruled out, for reasons that stand with their evidence at the end of the "
                          "timeline: " +
                              list + ".";
}

/// What was fair, or could not be judged, is no cause: then only what became of the servers.
std::string distributionText(const Fairness& f) {
    const std::string whole = sentence(f.statement);
    if (f.unfair.value_or(false)) return whole;
    if (f.shape.empty()) return {};
    const auto sentences = reading::sentencesOf(whole);
    return sentences.size() < 2 ? whole
                                : whole.substr(std::size_t(sentences[1].data() - whole.data()));
}

void Drafter::draftRootCause() {
    auto& to = d_.rootCause;
    to.push_back(marked(causeText(), causeEvidence()));
    to.push_back(marked("Trigger: " + triggerText(), triggerEvidence()));
    for (const Cause& c : incident_->causes)
        if (hasJoined(c))
            to.push_back(marked("Joined later: " + sentence(c.statement), c.evidence));
    if (std::string text = serverText(); !text.empty())
        to.push_back(marked(std::move(text), {chart("share")}));
    for (const Fairness& f : incident_->fairness)
        if (const std::string text = distributionText(f); !text.empty())
            to.push_back(marked("Distribution: " + text, f.evidence));
    if (!incident_->measured.statement.empty())
        to.push_back(marked("Measured: " + sentence(incident_->measured.statement),
                            incident_->measured.evidence));
    if (std::string text = ruledOutText(); !text.empty()) to.push_back(std::move(text));
    for (const Verdict& verdict : incident_->undecided)
        to.push_back(marked("Not settled: " + sentence(verdict.statement), verdict.evidence));
    const Measures measures = measuresFor(cause() ? cause()->kind : CauseKind::Unknown);
    for (const std::string& question : measures.questions)
        to.push_back("Contributing factor: " + question);
    to.emplace_back(
        "Contributing factor: [What else made it possible, last longer or spread wider?]");
}

std::string Drafter::intervalsText() const {
    const Incident& i = *incident_;
    std::string text;
    const auto add = [&](const char* name, const char* what, const std::optional<Instant>& t) {
        if (t)
            append(text, fmt::format("{} ({} minus impact start): {}.", name, what,
                                     spoken(*t - i.impactStart)));
    };
    add("Time to detect", "detected", i.detected);
    add("Time to acknowledge", "acknowledged", i.acknowledged);
    add("Time to mitigate", "mitigated", i.mitigated);
    add("Time to resolve", "resolved", i.resolved);
    const Duration unsure = uncertaintyOfStart(i);
    if (!text.empty() && unsure >= std::chrono::milliseconds(1))
        append(text,
               fmt::format("The impact start is known to ± {}, and so are these.", spoken(unsure)));
    return text;
}

void Drafter::draftResolution() {
    auto& to = d_.resolution;
    if (std::string text = mitigationText(); !text.empty()) to.push_back(std::move(text));
    to.push_back(marked(recoveryText(), {chart("errors")}));
    if (std::string text = intervalsText(); !text.empty()) to.push_back(std::move(text));
    to.emplace_back("Lasting fix: [What keeps this from happening again, and is it in place?]");
}

void Drafter::draftMeasures() {
    Measures measures = measuresFor(cause() ? cause()->kind : CauseKind::Unknown);
    d_.improvements = std::move(measures.improvements);
    d_.tasks = std::move(measures.tasks);
}

void Drafter::draftLessons() {
    const Incident& i = *incident_;
    d_.wentWell = {i.resolved ? fmt::format("[What helped to end it after {}?]",
                                            spoken(*i.resolved - i.impactStart))
                              : std::string("[What went well?]")};
    d_.wentWrong = {
        i.detected && *i.detected > i.impactStart
            ? fmt::format("[It was noticed after {}. How could that have been twice as fast?]",
                          spoken(*i.detected - i.impactStart))
            : std::string("[What went wrong? How could it have been noticed sooner?]")};
    d_.gotLucky = {"[What would have made it worse, and did not happen by luck?]"};
}

/// What the draft could not rest on.
std::string unreadText(const std::vector<SourceInfo>& sources) {
    std::string list;
    for (const SourceInfo& source : sources)
        if (source.unread > 0)
            list += fmt::format("{}{} of {} in {}", list.empty() ? "" : ", ", count(source.unread),
                                count(source.lines, "line"), visible(source.path));
    return list.empty() ? list : "Not read: " + list + ".";
}

} // namespace

Postmortem draftPostmortem(const Analysis& analysis, const std::vector<SourceInfo>& sources,
                           const std::string& name) {
    Postmortem d;
    const std::string called = visible(trimmed(name));
    d.title = "Postmortem: " + (called.empty() ? "[What is this incident called?]" : called);
    Drafter(analysis, d).draft();
    if (const std::string text = unreadText(sources); !text.empty())
        d.summary.other.push_back(text);
    return d;
}

} // namespace postlude
