// SPDX-License-Identifier: GPL-3.0-or-later
// Words with '*' in them, as data files state what a value may be.
#pragma once

#include <string_view>

namespace postlude {

/// True if `value` is `pattern`, in which every '*' stands for any text, also for none. The
/// pattern "#" is any whole number, "~" any one word, without
/// quotes.
inline bool fitsWildcard(std::string_view value, std::string_view pattern) {
    if (pattern == "#")
        return !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
    if (pattern == "~")
        return !value.empty() && value.find_first_of(" \"") == std::string_view::npos;
    std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) return value == pattern;
    if (!value.starts_with(pattern.substr(0, star))) return false;
    value.remove_prefix(star);
    for (;;) {
        pattern.remove_prefix(star + 1);
        star = pattern.find('*');
        if (star == std::string_view::npos) return value.ends_with(pattern);
        const std::size_t at = value.find(pattern.substr(0, star));
        if (at == std::string_view::npos) return false;
        value.remove_prefix(at + star);
    }
}

} // namespace postlude
