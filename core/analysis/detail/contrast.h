// SPDX-License-Identifier: GPL-3.0-or-later
// How much more one side has of a value than the other, with clients as clusters. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace postlude::detail {

/// Clients fall into so many groups by their name; what differs between groups more than chance
/// allows is due to clients.
inline constexpr std::size_t kGroups = 512;
using GroupCounts = std::array<std::uint32_t, kGroups>;

/// Requests of both sides, by group of clients: those looked at, those compared with.
struct SideCounts {
    GroupCounts looked{}, others{};
};

struct Contrast {
    double ratio = 0, low = 0, high = 0; ///< with its 95 % interval
    double p = 1;                        ///< G-test, divided by the design effect
    bool holds = false; ///< also without the group that contributes most: not one client's doing
};
/// `risk`: how much more likely a request is to be looked at (bad) if it has the value; else how
/// much more common the value is among those looked at.
Contrast contrastOf(const SideCounts& with, const SideCounts& all, bool risk, double leastRatio);

/// Jensen–Shannon divergence of two sets of counts, 0…1 (base 2).
double divergenceOf(const std::vector<std::array<std::uint64_t, 2>>& counts);

} // namespace postlude::detail
