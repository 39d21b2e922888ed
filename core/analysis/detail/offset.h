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

/// What one pair says of the offset.
struct Said {
    Bounds bounds;
    double off = 0;   ///< ns, the best guess
    double room = -1; ///< ns that the guess may be off by, besides stamps' units; below 0: no guess
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

/// Where both stamps are coarse, no pair narrows the interval further than their unit. But cut-off
/// stamps are off by half a unit on average, on both sides, so that the mean of many tells more. Of
/// the pairs that agree the half with less room is taken, if they are `least`; `sigmas` standard
/// errors are the uncertainty. Does nothing where the interval is narrower already.
void narrow(Offset& offset, const std::vector<Said>& pairs, std::size_t least, double sigmas);

} // namespace postlude::detail
