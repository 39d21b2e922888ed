// SPDX-License-Identifier: GPL-3.0-or-later
// Lower case of ASCII letters alone, whatever the locale: logs and configurations are bytes.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace postlude {

inline std::string lowerCase(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

} // namespace postlude
