// SPDX-License-Identifier: GPL-3.0-or-later
// The incident told in time order, from changes, alerts, states and what people wrote.
#pragma once

#include "core/analysis/detail/scene.h"

namespace postlude::detail {

/// What a sentence in lower case suspects; nothing if it names no suspicion.
std::optional<CauseKind> suspicionIn(std::string_view lowerCaseText);

/// Fills trigger, detected, acknowledged, identified, mitigated and the story of an incident
/// whose causes and verdicts stand. `best` may be null. What people wrote is quoted as theirs.
void tellStory(const Scene& scene, const Candidate* best, Incident& incident);

/// "No alert fired; one on the burn rate (…) would have, 83 s after the impact began".
std::string burnText(const Incident& incident);

/// The panel's findings for all incidents, clocks and the quiet case.
std::vector<Finding> findingsOf(const Analysis& analysis, const std::vector<Scene>& scenes,
                                const std::vector<SourceInfo>& sources);

} // namespace postlude::detail
