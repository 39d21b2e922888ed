// SPDX-License-Identifier: GPL-3.0-or-later
// How far a host's clock was ahead of the balancer's, by time: clocks drift, and are set.
#pragma once

#include "core/base/time.h"

#include <string>
#include <string_view>
#include <vector>

namespace postlude {

/// A stretch in which nobody set the clock.
struct ClockLeg {
    Instant from{}, to{};   ///< what is known of it, as that clock said
    Duration offset{};      ///< at `from`; positive: ahead
    double drift = 0;       ///< s a s
    Duration uncertainty{}; ///< of the offset, anywhere in it
    bool operator==(const ClockLeg&) const = default;
};

/// Times are as that clock said, so that of a clock that was set back a stretch comes twice: it is
/// parted in its middle. Beyond what is known a drift goes on, for as long as the leg.
struct ClockCourse {
    std::vector<ClockLeg> legs; ///< by time; empty: not known, or steady

    [[nodiscard]] Duration at(Instant said) const;
    /// The least and the most within [from, to].
    struct Range {
        Duration least{}, most{};
    };
    [[nodiscard]] Range within(Instant from, Instant to) const;
    /// Where leg `k` begins to hold.
    [[nodiscard]] Instant border(std::size_t k) const;
    bool operator==(const ClockCourse&) const = default;
};

/// One line a leg, and back; what cannot be read is left out.
std::string packed(const ClockCourse& course);
ClockCourse clockCourseFrom(std::string_view packed);

} // namespace postlude
