// SPDX-License-Identifier: GPL-3.0-or-later
// A share as a person typed it: "40 %", "about 84,3 percent of users", "759 of 900 clients".
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

namespace postlude {

struct StatedShare {
    double low = 0, high = 0; ///< 0…1; the same unless a range was written
    double tolerance = 0;     ///< 0…1
    std::size_t end = 0;      ///< bytes of the text up to its end
    [[nodiscard]] bool agreesWith(double share) const {
        const auto within = [&](double s) { return s >= low - tolerance && s <= high + tolerance; };
        // What is not quite all is written as 99.999 % at most.
        return within(share) || (share < 1 && within(std::min(share, 0.99999)));
    }
};

/// The first share in the text: a percentage or range of percentages, else "N of M", else a word
/// (all, half, none). Empty if there is none. The tolerance is half of the last digit written; 2.5
/// points where "about", "~" or the like stands before it.
std::optional<StatedShare> statedShare(std::string_view text);

} // namespace postlude
