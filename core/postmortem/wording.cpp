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
    return fmt::format("{:.{}f} %", share * 100, needsMore ? 3 : 1);
}

std::string momentText(Instant at, const Zone& zone, bool withDate) {
    return withDate ? zone.format(at, 0) : zone.timeOfDay(at, 0) + " " + zone.name();
}

std::string spanText(const Window& span, const Zone& zone) {
    const bool sameDay = zone.date(span.from) == zone.date(span.to);
    return zone.date(span.from) + " " + zone.timeOfDay(span.from, 0) + " – " +
           momentText(span.to, zone, !sameDay);
}

std::string durationText(const Postmortem& document) {
    const Summary& s = document.summary;
    const Zone zone = zoneOf(document);
    if (!s.start) return {};
    if (!s.end) return "from " + zone.format(*s.start, 0) + "; the end is not known";
    return spanText({*s.start, *s.end}, zone) + " (" + spoken(*s.end - *s.start) + ")";
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

} // namespace postlude
