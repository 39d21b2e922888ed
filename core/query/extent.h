// SPDX-License-Identifier: GPL-3.0-or-later
// Where a case's records lie in time, and where but for the few that lie far from all others: one
// line of 1970 would else make a dot of a day.
#pragma once

#include "core/query/query.h"

namespace postlude {

struct Extent {
    Window whole;              ///< Query::span
    Window bulk;               ///< the same without what lies far outside
    std::uint64_t outside = 0; ///< how many records do
};

/// Far outside is what an empty stretch parts from the rest that is longer than a day and than ten
/// times the rest itself: at most one record of a hundred, of few records one of ten. Where the
/// records cannot be read all of the span is told.
Extent extentOf(const Case& of, const Query& query, ClockView clock);

} // namespace postlude
