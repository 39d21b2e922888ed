// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/known.h"
#include "core/postmortem/detail/stated.h"

#include <algorithm>

namespace postlude {

namespace {

using claims::secondText;
using claims::toleranceOf;

ClaimCheck compared(bool known, bool agrees, std::string logs) {
    using State = ClaimCheck::State;
    return {!known ? State::NoData : agrees ? State::Agrees : State::Differs, std::move(logs)};
}

/// The incident that the logs have, whether or not the document means it.
const Incident* incidentIn(const Postmortem& document, const Analysis& analysis) {
    const Incident* meant = incidentMeant(document, analysis);
    return meant ? meant : mainIncident(analysis);
}

/// How many were hit in another incident these logs cannot tell; only how many in theirs.
ClaimCheck checkShare(const Postmortem& document, const Analysis& analysis, const std::string& text,
                      std::uint64_t hit, std::uint64_t of, const std::string& unit) {
    if (of == 0) return {};
    const double share = static_cast<double>(hit) / static_cast<double>(of);
    const std::optional<StatedShare> stated = statedShare(text);
    const bool known = stated && incidentMeant(document, analysis);
    return compared(known, known && stated->agreesWith(share), percentText(share) + " of " + unit);
}

} // namespace

ClaimCheck checkStart(const Postmortem& document, const Analysis& analysis) {
    const Incident* incident = incidentIn(document, analysis);
    if (!incident) return {};
    const std::optional<Instant> stated = document.summary.start;
    Window sure = incident->impactStartInterval;
    if (sure.empty()) sure = {incident->impactStart, incident->impactStart};
    const bool agrees =
        stated && *stated >= std::min(sure.from, incident->impactStart) - toleranceOf(*stated) &&
        *stated <= std::max(sure.to, incident->impactStart) + toleranceOf(*stated);
    return compared(stated.has_value(), agrees,
                    secondText(incident->impactStart, zoneOf(document)));
}

ClaimCheck checkEnd(const Postmortem& document, const Analysis& analysis) {
    const Incident* incident = incidentIn(document, analysis);
    if (!incident || !incident->resolved) return {};
    const std::optional<Instant> stated = document.summary.end;
    const bool agrees =
        stated && std::chrono::abs(*stated - *incident->resolved) <= toleranceOf(*stated);
    return compared(stated.has_value(), agrees, secondText(*incident->resolved, zoneOf(document)));
}

ClaimCheck checkAffected(const Postmortem& document, const Analysis& analysis) {
    const Incident* incident = incidentIn(document, analysis);
    if (!incident) return {};
    return checkShare(document, analysis, document.summary.affectedShare,
                      incident->impact.clientsAffected, incident->impact.clients, "clients");
}

ClaimCheck checkFailed(const Postmortem& document, const Analysis& analysis) {
    const Incident* incident = incidentIn(document, analysis);
    if (!incident) return {};
    return checkShare(document, analysis, document.summary.failedShare, incident->impact.failed,
                      incident->impact.requests, "requests");
}

ClaimCheck checkSlow(const Postmortem& document, const Analysis& analysis) {
    const Incident* incident = incidentIn(document, analysis);
    if (!incident) return {};
    return checkShare(document, analysis, document.summary.slowShare, incident->impact.slow,
                      incident->impact.requests, "requests");
}

} // namespace postlude
