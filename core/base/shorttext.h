// SPDX-License-Identifier: GPL-3.0-or-later
// Comparing and loading texts of a few bytes in place, where a call of a function would cost more.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace postlude {

/// The bytes at `from` as a number; there must be as many as it has.
template <class Word>
Word loadWord(const char* from) {
    Word word{};
    std::memcpy(&word, from, sizeof word);
    return word;
}

/// a == b, without a call where they are not longer than 16 bytes.
inline bool isSameText(std::string_view a, std::string_view b) {
    using std::uint32_t, std::uint64_t;
    const std::size_t size = a.size();
    if (size != b.size()) return false;
    const char* const one = a.data();
    const char* const other = b.data();
    if (size > 16) return std::memcmp(one, other, size) == 0;
    if (size >= 8)
        return loadWord<uint64_t>(one) == loadWord<uint64_t>(other) &&
               loadWord<uint64_t>(one + size - 8) == loadWord<uint64_t>(other + size - 8);
    if (size >= 4)
        return loadWord<uint32_t>(one) == loadWord<uint32_t>(other) &&
               loadWord<uint32_t>(one + size - 4) == loadWord<uint32_t>(other + size - 4);
    return size == 0 || (one[0] == other[0] && one[size / 2] == other[size / 2] &&
                         one[size - 1] == other[size - 1]);
}

/// Copies it, without a call where it is not longer than 32 bytes.
inline void copyText(std::string_view text, char* to) {
    using std::uint32_t, std::uint64_t;
    const std::size_t size = text.size();
    const char* const from = text.data();
    const auto twice = [=]<class Word>(Word) { // all of it, its middle perhaps twice
        const Word first = loadWord<Word>(from);
        const Word last = loadWord<Word>(from + size - sizeof(Word));
        std::memcpy(to, &first, sizeof first);
        std::memcpy(to + size - sizeof last, &last, sizeof last);
    };
    struct Sixteen {
        uint64_t low, high;
    };
    if (size > 32)
        std::memcpy(to, from, size);
    else if (size >= 16)
        twice(Sixteen{});
    else if (size >= 8)
        twice(uint64_t{});
    else if (size >= 4)
        twice(uint32_t{});
    else
        for (std::size_t i = 0; i < size; ++i)
            to[i] = from[i];
}

/// A crash, or a file cut back while it was written, leaves NULs in front of a line. "" if there is
/// nothing else.
inline std::string_view withoutNuls(std::string_view line) {
    if (!line.starts_with('\0')) return line;
    const std::size_t nuls = line.find_first_not_of('\0');
    return nuls == std::string_view::npos ? std::string_view{} : line.substr(nuls);
}

} // namespace postlude
