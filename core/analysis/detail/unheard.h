// SPDX-License-Identifier: GPL-3.0-or-later
// Causes that nothing in the bundle can speak for or against, and what would.
#pragma once

#include "core/analysis/detail/scene.h"

namespace postlude::detail {

/// Undecided, each with what is missing; `measured`: there are measured values of machines.
std::vector<Verdict> unheardOf(const Scene& scene, bool measured);

} // namespace postlude::detail
