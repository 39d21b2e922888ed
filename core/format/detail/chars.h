// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of log text, without locale.
#pragma once

#include <cstdint>
#include <string_view>

namespace postlude {

constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr bool isAlnum(char c) {
    return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'z');
}
/// Neither blank nor control.
constexpr bool isGraph(char c) {
    return static_cast<unsigned char>(c) > ' ' && c != '\x7F';
}

/// The number written by exactly `count` digits at `at`; false if they are not there.
constexpr bool digits(std::string_view t, std::size_t at, std::size_t count, unsigned& value) {
    if (t.size() < at + count) return false;
    unsigned v = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (!isDigit(t[i])) return false;
        v = v * 10 + static_cast<unsigned>(t[i] - '0');
    }
    value = v;
    return true;
}

} // namespace postlude
