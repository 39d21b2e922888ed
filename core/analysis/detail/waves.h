// SPDX-License-Identifier: GPL-3.0-or-later
// Incidents that turn out to be waves of one.
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/detail/onset.h"

namespace postlude::detail {

/// Joins neighbours that the same change brought, as long as the quiet between them is shorter than
/// they were. Incidents are those of the stretches, in their order. True if any were joined: what
/// was judged of them has to be judged anew.
bool joinWaves(const std::vector<Incident>& incidents, std::vector<Stretch>& stretches);

} // namespace postlude::detail
