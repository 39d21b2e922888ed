// SPDX-License-Identifier: GPL-3.0-or-later
// How the offset of a clock went on: steady, drifting, or with steps. Offsets are taken piece by
// piece; a line that goes through all their intervals, between the lower and the upper hull
// (Duda et al., "Estimating global time in distributed systems", 1987), is one part; where none
// does, the clock was set.
#pragma once

#include "core/analysis/detail/offset.h"

namespace postlude::detail {

/// What one pair says of the offset, and when it was (ns, the reference's clock).
struct TimedPair {
    std::int64_t at = 0;
    Said said;
};

struct ClockPart {
    std::int64_t from = 0, to = 0; ///< ns
    Offset offset;                 ///< at the middle
    /// ns a ns; nonzero only if no steady clock fits
    double drift = 0, driftUncertainty = 0;
    [[nodiscard]] double at(std::int64_t t) const {
        const std::int64_t middle = from + (to - from) / 2;
        return double(offset.middle) + drift * double(t - middle);
    }
};

/// By time, each from its first pair to its last; where there is more than one, the clock stepped
/// in between. Empty with too few pairs.
std::vector<ClockPart> clockParts(std::vector<TimedPair> pairs);

} // namespace postlude::detail
