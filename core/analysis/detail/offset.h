// SPDX-License-Identifier: GPL-3.0-or-later
// The offset of a clock from many intervals that should each contain it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace postlude::detail {

/// Bounds of one pair: the offset lies in [from, to], ns.
struct Bounds {
    std::int64_t from = 0, to = 0;
};

struct Offset {
    std::int64_t middle = 0;      ///< ns
    std::int64_t uncertainty = 0; ///< ns, half the width of the agreed interval
    std::uint64_t pairs = 0;      ///< intervals that agree
};

/// A coarse vote first (five-second steps over ±15 h), then the narrowest interval that most of
/// the winner's pairs share (Marzullo 1984). Empty with fewer than `least` agreeing pairs, or if
/// less than half of all pairs near the winner agree.
std::optional<Offset> agreedOffset(std::vector<Bounds> pairs, std::uint64_t least = 20);

} // namespace postlude::detail
