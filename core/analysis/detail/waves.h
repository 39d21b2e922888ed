// SPDX-License-Identifier: GPL-3.0-or-later
// What their causes tell of where incidents begin and end: waves of one, a burst that came first.
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/detail/scene.h"

namespace postlude::detail {

/// Joins neighbours that the same change brought, as long as the quiet between them is shorter than
/// they were. Incidents are those of the stretches, in their order. True if any were joined: what
/// was judged of them has to be judged anew.
bool joinWaves(const std::vector<Incident>& incidents, std::vector<Stretch>& stretches);

/// A burst shortly before an incident is its beginning if what brought it had happened by then; so
/// is the first rise since, up to half an hour before. True if any was: to be judged anew.
bool takeHeralds(const std::vector<Incident>& incidents, const Traffic& traffic, Onsets& onsets);

/// Where a change of the balancer brought it, rises as long as the traffic goes where the change
/// sent it are its last waves, however well it was in between; those until a deployment that
/// brought it is rolled back, too. True if any was: to be judged anew.
bool takeTails(const std::vector<Incident>& incidents, const std::vector<Scene>& scenes,
               Onsets& onsets);

} // namespace postlude::detail
