// SPDX-License-Identifier: GPL-3.0-or-later
// The summary's values and the timeline's instants beside what the case says.
#include "core/base/text.h"
#include "core/postmortem/detail/known.h"
#include "core/postmortem/detail/writtentime.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace postlude::claims {

namespace {

using State = Claim::State;

constexpr Duration kMinute = std::chrono::seconds{60};
constexpr Duration kSecond = std::chrono::seconds{1};
constexpr Duration kHour = std::chrono::hours{1};
constexpr Duration kDay = std::chrono::hours{24};

Claim::State stateOf(ClaimCheck::State state) {
    return state == ClaimCheck::State::Agrees    ? State::Agrees
           : state == ClaimCheck::State::Differs ? State::Differs
                                                 : State::NoData;
}

std::string tooLate(Duration by) {
    return by < Duration::zero() ? spoken(-by) + " too early" : spoken(by) + " too late";
}

void addInstant(std::vector<Claim>& to, const char* place, const char* what, const char* how,
                const std::optional<Instant>& stated, const std::string& text,
                const ClaimCheck& check, const std::optional<Instant>& logs, const Zone& zone) {
    Claim claim{.kind = Claim::Kind::Moment,
                .state = stateOf(check.state),
                .place = place,
                .what = what,
                .stated = stated ? secondText(*stated, zone) : text,
                .logs = check.logs,
                .how = how};
    if (claim.state == State::Differs && stated && logs) claim.by = tooLate(*stated - *logs);
    if (!claim.stated.empty() || !claim.logs.empty()) to.push_back(std::move(claim));
}

void addShare(std::vector<Claim>& to, const char* place, const char* what, const char* how,
              const std::string& stated, const ClaimCheck& check) {
    Claim claim{.state = stateOf(check.state),
                .place = place,
                .what = what,
                .stated = stated,
                .logs = check.logs,
                .how = how};
    const auto said = quantitiesIn(stated);
    const auto logs = quantitiesIn(check.logs);
    if (claim.state == State::Differs && !said.empty() && !logs.empty() &&
        said.front().kind == Quantity::Kind::Percent) {
        const double by = said.front().value - logs.front().value;
        claim.by = fmt::format("{:.1f} points too {}", std::abs(by), by > 0 ? "high" : "low");
    }
    if (!claim.stated.empty() || !claim.logs.empty()) to.push_back(std::move(claim));
}

void addDuration(const Postmortem& document, const Incident* incident, std::vector<Claim>& to) {
    const std::string& text = document.summary.durationText;
    if (text.empty() || !incident || !incident->resolved) return;
    const auto stated = reading::lengthIn(text);
    if (!stated) return;
    const Duration logs = *incident->resolved - incident->impactStart;
    const Duration off = *stated - logs;
    const bool inMinutes = *stated % kMinute == Duration::zero();
    const bool inDays = *stated >= 2 * kDay && *stated % kHour == Duration::zero();
    const Duration slack = inDays ? kHour : inMinutes ? kMinute : 2 * kSecond;
    Claim claim{.state = std::chrono::abs(off) <= slack ? State::Agrees : State::Differs,
                .place = "summary.duration_text",
                .what = "Duration",
                .stated = text,
                .logs = spoken(logs),
                .how = "end minus start of the impact"};
    if (claim.state == State::Differs)
        claim.by =
            spoken(std::chrono::abs(off)) + (off > Duration::zero() ? " too long" : " too short");
    to.push_back(std::move(claim));
}

/// From the first to the last instant of the lines, by either clock.
std::optional<Window> timesOf(const Evidence& e, const Query& query) {
    if (!e.chart.empty()) return e.window == Window{} ? std::nullopt : std::optional(e.window);
    const std::vector<SourceInfo> sources = query.sources();
    const auto source = std::ranges::find(sources, e.source, &SourceInfo::path);
    if (source == sources.end() || source->records == 0 || e.firstLine == 0) return {};
    std::optional<Window> span;
    for (const std::uint64_t line : {e.firstLine, std::max(e.firstLine, e.lastLine)}) {
        const auto id = query.recordAtLine(source->id, line);
        const auto row = id ? query.record(*id) : Result<RecordRow>(std::unexpected(Error{}));
        if (!row) continue;
        for (const auto& at : {row->time, row->timeRaw}) {
            if (!at) continue;
            if (!span) span = Window{*at, *at};
            span = Window{std::min(span->from, *at), std::max(span->to, *at)};
        }
    }
    return span;
}

struct Found {
    std::optional<Instant> at;
    Window sure;
    const char* how = "";
    bool binding = false; ///< there is but one such instant, and the logs tell it
};

Found byKind(EntryKind kind, const Incident& i) {
    switch (kind) {
    case EntryKind::ImpactStart:
        return {i.impactStart, i.impactStartInterval, "when the bad requests began", true};
    case EntryKind::Resolution:
        return {i.resolved, {}, "when the last bad request ended", true};
    case EntryKind::Trigger:
        return {i.trigger, {}, "the change that came before the impact", false};
    case EntryKind::Detection:
        return {i.detected, {}, "the first alert", false};
    case EntryKind::Acknowledgement:
        return {i.acknowledged, {}, "the first answer to it", false};
    case EntryKind::Identification:
        return {i.identified, {}, "when the cause was named", false};
    case EntryKind::Mitigation:
        return {i.mitigated, {}, "the change that ended it", false};
    default:
        return {};
    }
}

/// Of several entries the first tells the start and the last the end.
bool tellsIt(const Postmortem& document, std::size_t index) {
    const EntryKind kind = document.timeline[index].kind;
    const auto same = [&](const TimelineEntry& e) { return e.time && e.kind == kind; };
    const auto from = document.timeline.begin();
    const auto at = from + static_cast<std::ptrdiff_t>(index);
    return kind == EntryKind::Resolution ? std::none_of(at + 1, document.timeline.end(), same)
                                         : std::none_of(from, at, same);
}

/// Compared with the nearest of the evidence; what has none, with the analysis.
void checkEntry(const TimelineEntry& entry, const Incident* incident, const Query* query,
                const Zone& zone, Claim& claim) {
    std::optional<Window> nearest;
    const auto distance = [&](const Window& w) {
        return *entry.time < w.from ? w.from - *entry.time
               : *entry.time > w.to ? *entry.time - w.to
                                    : Duration::zero();
    };
    if (query)
        for (const Evidence& e : entry.evidence)
            if (const auto span = timesOf(e, *query);
                span && (!nearest || distance(*span) < distance(*nearest)))
                nearest = span;
    const Found found = incident ? byKind(entry.kind, *incident) : Found{};
    if (nearest) {
        claim.how = "the time of its evidence";
        compareMoment(claim, *entry.time, nearest->from, *nearest, zone);
        if (claim.state == State::Agrees || !found.at) return;
    }
    if (!found.at) return;
    Claim other = claim;
    other.how = found.how;
    compareMoment(other, *entry.time, *found.at, found.sure, zone);
    if (other.state == State::Differs && (nearest || !found.binding)) {
        if (!nearest) claim.logs = other.logs, claim.how = other.how;
        return;
    }
    claim = std::move(other);
}

} // namespace

std::string secondText(Instant at, const Zone& zone) {
    return exactMomentText(std::chrono::floor<std::chrono::seconds>(at), zone, true);
}

Duration toleranceOf(Instant stated) {
    return stated.time_since_epoch() % kMinute == Duration::zero() ? kMinute : 2 * kSecond;
}

void compareMoment(Claim& claim, Instant stated, Instant logs, const Window& sure,
                   const Zone& zone) {
    const Instant from = sure == Window{} ? logs : std::min(sure.from, logs);
    const Instant to = sure == Window{} ? logs : std::max(sure.to, logs);
    const Duration slack = toleranceOf(stated);
    claim.logs = secondText(stated > to ? to : logs, zone);
    claim.state = stated >= from - slack && stated <= to + slack ? State::Agrees : State::Differs;
    claim.by.clear();
    if (claim.state == State::Differs)
        claim.by = tooLate(stated < from ? stated - from : stated - to);
}

void summaryClaims(const Postmortem& document, const Analysis& analysis, std::vector<Claim>& to) {
    const Summary& s = document.summary;
    const Zone zone = zoneOf(document);
    const Incident* meant = incidentMeant(document, analysis);
    const Incident* incident = meant ? meant : mainIncident(analysis);
    if (isOfOtherTimes(document, analysis))
        to.push_back({.kind = Claim::Kind::Order,
                      .state = State::Differs,
                      .place = "summary",
                      .what = "None of the times of this document lies within these logs",
                      .by = "they are from " + spanText(analysis.span, zone)});
    addInstant(to, "summary.start", "Start of the impact", "when the bad requests began", s.start,
               s.startText, checkStart(document, analysis),
               incident ? std::optional(incident->impactStart) : std::nullopt, zone);
    addInstant(to, "summary.end", "End of the impact", "when the last bad request ended", s.end,
               s.endText, checkEnd(document, analysis),
               incident ? incident->resolved : std::nullopt, zone);
    addDuration(document, meant, to);
    addShare(to, "summary.affected_share", "Users affected",
             "clients with a bad request of all clients, start to end", s.affectedShare,
             checkAffected(document, analysis));
    addShare(to, "summary.failed_share", "Requests that failed",
             "failed of all requests, start to end", s.failedShare,
             checkFailed(document, analysis));
    if (!s.slowShare.empty())
        addShare(to, "summary.slow_share", "Requests answered late",
                 "answered without failing, later than the limit, of all requests, start to end",
                 s.slowShare, checkSlow(document, analysis));
}

void timelineClaims(const Postmortem& document, const Analysis& analysis, const Query* query,
                    std::vector<Claim>& to) {
    const Zone zone = zoneOf(document);
    const Incident* incident = incidentMeant(document, analysis);
    for (std::size_t i = 0; i < document.timeline.size(); ++i) {
        const TimelineEntry& entry = document.timeline[i];
        if (!entry.time) continue;
        Claim claim{.kind = Claim::Kind::Moment,
                    .place = fmt::format("timeline[{}]", i),
                    .what = std::string(nameOf(entry.kind)),
                    .stated = secondText(*entry.time, zone)};
        checkEntry(entry, tellsIt(document, i) ? incident : nullptr, query, zone, claim);
        to.push_back(std::move(claim));
    }
}

} // namespace postlude::claims
