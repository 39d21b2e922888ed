// SPDX-License-Identifier: GPL-3.0-or-later
// What every match of a regular expression holds, so that text without it need not be tried.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postlude {

struct Required {
    /// Every match holds one of them; empty: nothing is known. None is empty itself.
    std::vector<std::string> texts;
    bool anyCase = false; ///< in capital or small letters (A–Z)
    bool whole = false;   ///< and every place that holds one of them is a match
};

/// `pattern` in RE2's syntax. Whatever it does not understand it knows nothing about.
Required requiredBy(std::string_view pattern);

} // namespace postlude
