// SPDX-License-Identifier: GPL-3.0-or-later
// Short numbers and clocks, eight bytes at a time.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace postlude {

/// The number written by the 1 … 8 digits before `end`; eight bytes can be read there. False: they
/// are something else.
inline bool readDigits(const char* end, std::size_t count, std::int64_t& value) {
    if (std::endian::native != std::endian::little) return false;
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, end - 8, 8);
    // What stands before the digits falls out below; then each byte holds a digit's value.
    bytes = (bytes ^ 0x3030303030303030U) >> (8 * (8 - count)) << (8 * (8 - count));
    if (((bytes + 0x7676767676767676U) | bytes) & 0x8080808080808080U) return false;
    bytes = (bytes * 10) + (bytes >> 8); // pairs, then fours, then all eight
    bytes = (((bytes & 0x000000FF000000FFU) * 0x000F424000000064U) +
             (((bytes >> 16) & 0x000000FF000000FFU) * 0x0000271000000001U)) >>
            32;
    value = static_cast<std::int64_t>(bytes);
    return true;
}

/// The same of those of `line` from `from` to `to`. False also if there are not 1 … 8, or they
/// stand too near the line's beginning to tell.
inline bool readDigits(std::string_view line, std::size_t from, std::size_t to,
                       std::int64_t& value) {
    return to - from - 1 <= 7 && to >= 8 && readDigits(line.data() + to, to - from, value);
}

/// Seconds of the day written as "09:57:40" in the eight bytes at `text`; negative if they are no
/// such thing. A minute's second 60 is allowed.
inline std::int64_t readClock(const char* text) {
    if (std::endian::native != std::endian::little) return -1;
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text, 8);
    bytes ^= 0x30303A30303A3030U; // the digits' values, and 0 where a colon is
    if ((((bytes + 0x7676767676767676U) | bytes) & 0x8080808080808080U) != 0 ||
        (bytes & 0x0000FF0000FF0000U) != 0)
        return -1;
    bytes = bytes * 10 + (bytes >> 8);
    const auto h = static_cast<std::int64_t>(bytes & 0xFFU);
    const auto m = static_cast<std::int64_t>((bytes >> 24) & 0xFFU);
    const auto s = static_cast<std::int64_t>((bytes >> 48) & 0xFFU);
    return h > 23 || m > 59 || s > 60 ? -1 : h * 3600 + m * 60 + s;
}

/// Are the `size` (8 … 16) bytes at both places the same?
inline bool sameBytes(const char* a, const char* b, std::size_t size) {
    const auto load = [](const char* from) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, from, 8);
        return bytes;
    };
    return load(a) == load(b) && load(a + size - 8) == load(b + size - 8);
}

} // namespace postlude
