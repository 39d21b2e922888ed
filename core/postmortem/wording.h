// SPDX-License-Identifier: GPL-3.0-or-later
// How shares, moments and spans are put into words, the same in form, preview and export.
// Everything here is a pure function and thread-safe.
#pragma once

#include "core/base/zone.h"
#include "core/postmortem/postmortem.h"

namespace postlude {

/// "18.8 %" from 0.188. Never rounds something to nothing or nearly all to all.
std::string percentText(double share);
/// "09:59:17 UTC", or "2024-01-15 09:59:17 UTC"; seconds are cut off, not rounded.
std::string momentText(Instant at, const Zone& zone, bool withDate);
/// "2024-01-15 09:59:17 – 10:02:11 UTC"; the second date too where it is another day.
std::string spanText(const Window& span, const Zone& zone);
/// "2024-01-15 09:59:17 – 10:02:11 UTC (2 min 54 s)"; says what is not known; empty without a
/// start or an end.
std::string durationText(const Postmortem& document, bool exact = false);
/// "2 min 54 s"; of what ends before it starts that it does, and no length.
std::string lengthText(const Window& span);

/// momentText and spanText with every digit of the second, and, in the hour that a zone goes
/// through twice, with the offset in the zone's place: nothing of the instant is lost.
std::string exactMomentText(Instant at, const Zone& zone, bool withDate);
std::string exactSpanText(const Window& span, const Zone& zone);

/// The window of the incident's chart, until `end` where it has none: to the millisecond, for no
/// chart shows more.
Window chartWindow(const Incident& incident, Instant end);

/// The zone in which the document's times are written (UTC if its name is not known).
Zone zoneOf(const Postmortem& document);
/// True if the incident or its timeline touches more than one calendar day of its zone: then
/// every time is written with its date.
bool spansDays(const Postmortem& document);

/// What stands above the footnotes of a report.
inline constexpr const char* kEvidenceLead =
    "Each note names a source in the collected logs and its lines. The SHA-256 is that of these "
    "lines, joined by line feeds, without one at the end.";

/// The incident that hit the most requests, or null.
const Incident* mainIncident(const Analysis& analysis);
/// The incident the document speaks of: the one nearest to its start, else the heaviest; null if
/// there is none, or if the document is of another day.
const Incident* incidentMeant(const Postmortem& document, const Analysis& analysis);
/// True if it states times, and none of them lies within the logs.
bool isOfOtherTimes(const Postmortem& document, const Analysis& analysis);

} // namespace postlude
