// SPDX-License-Identifier: GPL-3.0-or-later
// Incidents that begin slowly.
#pragma once

#include "core/analysis/detail/onset.h"

namespace postlude::detail {

/// Where a rise may have begun that climbs for a minute and longer, by the likelihood of a share
/// that grows evenly from `usual` on: all beginnings with 2ΔlogL ≤ 6. Absent where it is no slow
/// one: one rate from its beginning on explains it as well. `at`: the bucket where it is clear.
std::optional<Window> slowRise(const Grid& grid, std::size_t at, std::size_t end, double usual);

} // namespace postlude::detail
