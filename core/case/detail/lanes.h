// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of whole columns: four numbers at a time where the processor can.
#pragma once

#include <cstdint>
#include <span>

namespace postlude {

struct Range {
    std::int64_t low = 0, high = 0;
};
/// Of at least one value.
Range rangeOf(std::span<const std::int64_t> values);
/// How many differ from the one before.
std::size_t changesIn(std::span<const std::uint64_t> codes);
/// to[i] becomes codes[i] − codes[i − 1]; to[0] is left.
void differences(std::span<const std::uint64_t> codes, std::uint64_t* to);

} // namespace postlude
