// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the causes found may be but what another one did.
#pragma once

#include "core/analysis/detail/scene.h"

namespace postlude::detail {

/// Sets the part "depth" of each: 1 where nothing else that was found, fits and came no later does
/// such a thing to services; the less, the better what does fits. Takes 0.1 (1 − depth) off the
/// score.
void judgeDepth(std::vector<Candidate>& all);

} // namespace postlude::detail
