// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/wording.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace postlude {

std::string percentText(double share) {
    if (!std::isfinite(share) || share <= 0) return "0 %";
    if (share == 1) return "100 %";
    const bool needsMore = share < 0.0005 || (share < 1 && share >= 0.9995);
    const double percent = share < 1 ? std::min(share * 100, 99.999) : share * 100;
    return fmt::format("{:.{}f} %", percent, needsMore ? 3 : 1);
}

std::string momentText(Instant at, const Zone& zone, bool withDate) {
    return withDate ? zone.format(at, 0) : zone.timeOfDay(at, 0) + " " + zone.name();
}

std::string spanText(const Window& span, const Zone& zone) {
    const bool sameDay = zone.date(span.from) == zone.date(span.to);
    return zone.date(span.from) + " " + zone.timeOfDay(span.from, 0) + " – " +
           momentText(span.to, zone, !sameDay);
}

namespace {

/// 0, 3, 6 or 9: as many as the instant needs.
int digitsOf(Instant at) {
    const std::int64_t fraction = nanoseconds(at) % 1'000'000'000;
    return fraction == 0 ? 0 : fraction % 1'000'000 == 0 ? 3 : fraction % 1'000 == 0 ? 6 : 9;
}

/// The zone, or its offset where the same time of day comes twice.
Zone definite(Instant at, const Zone& zone) {
    const int east = zone.offsetAt(at);
    return zone.fromLocal(at + std::chrono::seconds{east}) == at ? zone : Zone::fixed(east);
}

} // namespace

std::string exactMomentText(Instant at, const Zone& zone, bool withDate) {
    const Zone named = definite(at, zone);
    const int digits = digitsOf(at);
    return withDate ? named.format(at, digits) : named.timeOfDay(at, digits) + " " + named.name();
}

std::string exactSpanText(const Window& span, const Zone& zone) {
    const Zone from = definite(span.from, zone);
    const bool alike = from == definite(span.to, zone);
    const bool sameDay = zone.date(span.from) == zone.date(span.to);
    return zone.date(span.from) + " " + zone.timeOfDay(span.from, digitsOf(span.from)) +
           (alike ? "" : " " + from.name()) + " – " + exactMomentText(span.to, zone, !sameDay);
}

std::string durationText(const Postmortem& document, bool exact) {
    const Summary& s = document.summary;
    const Zone zone = zoneOf(document);
    const auto moment = [&](Instant at) {
        return exact ? exactMomentText(at, zone, true) : zone.format(at, 0);
    };
    if (!s.start && !s.end) return {};
    if (!s.start) return "until " + moment(*s.end) + "; the start is not known";
    if (!s.end) return "from " + moment(*s.start) + "; the end is not known";
    const Window span{*s.start, *s.end};
    return (exact ? exactSpanText(span, zone) : spanText(span, zone)) + " (" + lengthText(span) +
           ")";
}

std::string lengthText(const Window& span) {
    return span.to < span.from ? "the end is before the start" : spoken(span.to - span.from);
}

Window chartWindow(const Incident& incident, Instant end) {
    using std::chrono::milliseconds;
    const Instant from = std::chrono::round<milliseconds>(incident.impactStart);
    const Instant to = std::chrono::round<milliseconds>(incident.resolved.value_or(end));
    return {from, std::max(from, to)};
}

Zone zoneOf(const Postmortem& document) {
    return Zone::named(document.summary.zone).value_or(Zone::utc());
}

bool spansDays(const Postmortem& document) {
    const Zone zone = zoneOf(document);
    std::set<std::string> days;
    const auto add = [&](const std::optional<Instant>& at) {
        if (at) days.insert(zone.date(*at));
    };
    add(document.summary.start);
    add(document.summary.end);
    for (const TimelineEntry& entry : document.timeline)
        add(entry.time);
    return days.size() > 1;
}

const Incident* mainIncident(const Analysis& analysis) {
    const auto hit = [](const Incident& i) { return i.impact.failed + i.impact.slow; };
    const auto most = std::ranges::max_element(analysis.incidents, {}, hit);
    return most == analysis.incidents.end() ? nullptr : &*most;
}

const Incident* incidentMeant(const Postmortem& document, const Analysis& analysis) {
    const std::optional<Instant> start = document.summary.start;
    if (!start) return mainIncident(analysis);
    constexpr Duration day = std::chrono::hours{24};
    const Window span = analysis.span;
    if (!span.empty() && (*start < span.from - day || *start > span.to + day)) return nullptr;
    const auto distance = [&](const Incident& i) {
        return std::chrono::abs(i.impactStart - *start);
    };
    const auto nearest = std::ranges::min_element(analysis.incidents, {}, distance);
    return nearest == analysis.incidents.end() ? nullptr : &*nearest;
}

bool isOfOtherTimes(const Postmortem& document, const Analysis& analysis) {
    const Window& span = analysis.span;
    bool states = false, within = false;
    const auto look = [&](const std::optional<Instant>& at) {
        if (!at) return;
        states = true;
        within = within || (*at >= span.from && *at <= span.to);
    };
    look(document.summary.start);
    look(document.summary.end);
    for (const TimelineEntry& entry : document.timeline)
        look(entry.time);
    return states && !within && !span.empty();
}

} // namespace postlude
