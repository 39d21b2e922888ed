// SPDX-License-Identifier: GPL-3.0-or-later
// Where a byte stands in a line: fields are short, so that a call of a function takes longer than
// the search.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace postlude {

inline constexpr std::size_t kPlaceBlock = 16;

/// A byte, as often as bytes are looked at together.
struct Wanted {
    explicit constexpr Wanted(char byte) { bytes.fill(byte); }
    alignas(kPlaceBlock) std::array<char, kPlaceBlock> bytes{};
};

/// The first place of `byte` from `from` (at most the line's size) on; the line's size: none. The
/// line has at least kPlaceBlock bytes.
inline std::size_t placeOf(char byte, std::string_view line, std::size_t from) {
#ifdef __SSE2__
    const __m128i wanted = _mm_set1_epi8(byte);
    do {
        // Near the line's end some bytes of the block are behind us.
        const std::size_t begin = std::min(from, line.size() - kPlaceBlock);
        const auto* const bytes = reinterpret_cast<const __m128i*>(line.data() + begin);
        const auto equal = static_cast<std::uint32_t>(
            _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(bytes), wanted)));
        if (const std::uint32_t ahead = equal >> (from - begin); ahead != 0)
            return from + static_cast<std::size_t>(std::countr_zero(ahead));
        from = begin + kPlaceBlock;
    } while (from < line.size());
    return line.size();
#else
    return std::min(line.find(byte, from), line.size());
#endif
}

} // namespace postlude
