// SPDX-License-Identifier: GPL-3.0-or-later
// Where ticks stand and what is written at them.
#pragma once

#include "core/base/zone.h"

#include <string>
#include <vector>

namespace postlude {

struct AxisTick {
    double at = 0; ///< in the axis' units; of a time axis seconds from its start
    std::string label;
};

/// From 0 to the first round number at or above `most` (at least `least`), in about `count` steps.
std::vector<AxisTick> valueTicks(double most, double least, int count);

/// Round times of day of the zone, at most `count`; midnight carries the date.
std::vector<AxisTick> timeTicks(const Window& window, const Zone& zone, int count);

} // namespace postlude
