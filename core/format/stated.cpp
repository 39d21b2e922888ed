// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/stated.h"

#include "core/format/detail/timestamp.h"

namespace postlude {

namespace {

/// Zones differ by full quarters of an hour, so that within one all clocks show the same.
bool showsSame(Instant at, std::int64_t local) {
    constexpr std::int64_t quarter = 900'000'000'000;
    return (nanoseconds(at) - local) % quarter == 0;
}

} // namespace

Instant statedTime(Instant placed, std::string_view raw, std::optional<Duration> lasted,
                   std::optional<Duration> before) {
    WrittenTime written;
    if (raw.empty() || !TimeReader{}.whole(raw, written) || showsSame(placed, written.local))
        return placed;
    if (lasted && showsSame(placed + *lasted, written.local)) return placed + *lasted;
    if (before && showsSame(placed - *before, written.local)) return placed - *before;
    return placed;
}

} // namespace postlude
