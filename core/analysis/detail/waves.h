// SPDX-License-Identifier: GPL-3.0-or-later
// What their causes tell of where incidents begin and end: waves of one, a burst that came first.
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/detail/onset.h"

namespace postlude::detail {

/// Joins neighbours that the same change brought, as long as the quiet between them is shorter than
/// they were. Incidents are those of the stretches, in their order. True if any were joined: what
/// was judged of them has to be judged anew.
bool joinWaves(const std::vector<Incident>& incidents, std::vector<Stretch>& stretches);

/// A burst shortly before an incident is its beginning if what brought it had happened by then.
/// True if any was: to be judged anew.
bool takeHeralds(const std::vector<Incident>& incidents, std::vector<Stretch>& stretches);

} // namespace postlude::detail
