// SPDX-License-Identifier: GPL-3.0-or-later
// From where to where an incident reaches, once it is known that there is one.
#pragma once

#include "core/analysis/detail/onset.h"

namespace postlude::detail {

/// Buckets in which requests went bad, one after the other with less than five minutes between.
struct Run {
    std::size_t from = 0, to = 0; ///< buckets
    double beyond = 0;            ///< bad requests beyond the baseline's
    std::uint64_t bad = 0;
    std::size_t waves = 0;                ///< pieces of keenSegments()
    bool sure = false;                    ///< has a piece of segments()
    std::size_t heralds = 0;              ///< waves before the first of those
    std::size_t sureFrom = 0, sureTo = 0; ///< the first of those
    std::size_t firstTo = 0;              ///< where the first piece ends …
    std::size_t lastFrom = 0;             ///< … and the last one begins
    std::optional<std::size_t> herald{};  ///< where a single burst before it begins
};

/// Share of bad requests that is no incident: the baseline's, with room for its being an estimate.
double usualShare(const Baseline& baseline);

/// The run as far as requests are worse than usual beyond chance: less than its first and last
/// piece where those hold good stretches, more where it begins or fades in weak bursts.
Run settled(const Run& run, const Grid& grid, const Baseline& baseline);

/// From the start of the first bad request to the end of the last one of the rises beyond chance in
/// a window that lies before an incident, or after it. Absent where there is none.
std::optional<Window> risesWithin(const Window& window, const Traffic& traffic, const Grid& grid,
                                  const Baseline& baseline);

/// The instants of a run: of its first bad request, and of its last.
Stretch stretchOf(const Run& run, const Traffic& traffic, const Grid& grid,
                  const Baseline& baseline);

} // namespace postlude::detail
