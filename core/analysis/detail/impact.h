// SPDX-License-Identifier: GPL-3.0-or-later
// Exact counts of who felt it. A client is what the log names as one: its address, or the first
// untrusted one of X-Forwarded-For where that is logged.
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/detail/onset.h"
#include "core/analysis/detail/shares.h"

namespace postlude::detail {

/// Against what was usual before.
Impact impactOf(const Traffic& traffic, const Phases& phases, const Onsets& onsets);

} // namespace postlude::detail
