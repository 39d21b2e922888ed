// SPDX-License-Identifier: GPL-3.0-or-later
// The same request as others logged it: the balancer's line of a server's, the server's of a
// balancer's.
#pragma once

#include "core/query/query.h"

#include <vector>

namespace postlude {

struct OtherSide {
    RecordId record{};
    SourceInfo source;
    std::uint64_t line = 0;
    std::int64_t status = kAbsent;
    std::int64_t duration = kAbsent; ///< ns
    Duration later{};                ///< it began so much later, clocks corrected
    bool sameId = false; ///< false: same path and method at about that time, which proves less
};

/// Whether `row` is a request that somebody else may have logged, too.
bool hasOtherSide(const RecordRow& row);
/// By request id where the line has one, at most five; else the nearest of those with the same
/// path and method that a source of another role logged within the request's time. Not for the
/// GUI thread. Errors: those of Query.
Result<std::vector<OtherSide>> otherSidesOf(const Query& query, const RecordRow& row,
                                            std::stop_token stop);

} // namespace postlude
