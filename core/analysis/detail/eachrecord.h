// SPDX-License-Identifier: GPL-3.0-or-later
// Many single records, as fast as they lie.
#pragma once

#include "core/query/query.h"

#include <algorithm>

namespace postlude::detail {

/// Calls `take` with each record, in the order of the case and not of time: segment by segment, so
/// that none is unpacked twice. Errors are those of the query, or Cancelled.
template <class Take>
Result<void> eachRecord(const Query& query, std::vector<RecordId> ids, const std::stop_token& stop,
                        const Take& take) {
    std::ranges::sort(ids);
    for (const RecordId id : ids) {
        if (stop.stop_requested())
            return std::unexpected(Error{ErrorKind::Cancelled, "cancelled", {}, {}});
        const auto row = query.record(id);
        if (!row) return std::unexpected(row.error());
        take(*row);
    }
    return {};
}

/// Every so many of them are to be read, evenly, so that no more than `most` are.
inline std::size_t oneInOf(std::size_t all, std::size_t most) {
    return all / (most + 1) + 1;
}

} // namespace postlude::detail
