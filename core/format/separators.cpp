// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/separators.h"

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace postlude {

namespace {

constexpr std::size_t kBlock = 64;

#ifdef __SSE2__

template <std::size_t N>
class Matcher {
public:
    explicit Matcher(const SeparatorSet& set) {
#pragma GCC unroll 8
        for (std::size_t i = 0; i < N; ++i)
            wanted_[i] = _mm_set1_epi8(set.at(i));
    }
    /// One bit a byte of the 64 at `block`.
    [[nodiscard]] std::uint64_t operator()(const char* block) const {
        std::uint64_t bits = 0;
#pragma GCC unroll 4
        for (int quarter = 0; quarter < 4; ++quarter) {
            const __m128i bytes =
                _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + quarter * 16));
            __m128i found = _mm_cmpeq_epi8(bytes, wanted_[0]);
#pragma GCC unroll 8
            for (std::size_t i = 1; i < N; ++i)
                found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, wanted_[i]));
            const auto mask = static_cast<std::uint32_t>(_mm_movemask_epi8(found));
            bits |= std::uint64_t{mask} << (quarter * 16);
        }
        return bits;
    }

private:
    __m128i wanted_[N];
};

#else

template <std::size_t N>
class Matcher {
public:
    explicit Matcher(const SeparatorSet& set)
        : set_(set) {}
    [[nodiscard]] std::uint64_t operator()(const char* block) const {
        std::uint64_t bits = 0;
        for (std::size_t at = 0; at < kBlock; ++at) {
            unsigned found = 0;
            for (std::size_t i = 0; i < N; ++i)
                found |= block[at] == set_.at(i) ? 1U : 0U;
            bits |= std::uint64_t{found} << at;
        }
        return bits;
    }

private:
    const SeparatorSet& set_;
};

#endif

/// Calls `take(bits, from)` for each 64 bytes of the line.
template <std::size_t N, class Take>
void matchAll(const SeparatorSet& set, std::string_view line, Take take) {
    const Matcher<N> matches(set);
    std::size_t at = 0;
    for (; at + kBlock <= line.size(); at += kBlock)
        take(matches(line.data() + at), at);
    const std::size_t rest = line.size() - at;
    if (rest == 0) return;
    if (line.size() >= kBlock) { // the last 64 bytes, some of them for the second time
        take(matches(line.data() + line.size() - kBlock) >> (kBlock - rest), at);
        return;
    }
    char block[kBlock] = {};
    std::memcpy(block, line.data() + at, rest);
    take(matches(block) & ((std::uint64_t{1} << rest) - 1), at);
}

template <class Take>
void matchSet(const SeparatorSet& set, std::string_view line, Take take) {
    switch (set.size()) {
    case 0:
        return;
    case 1:
        return matchAll<1>(set, line, take);
    case 2:
        return matchAll<2>(set, line, take);
    case 3:
        return matchAll<3>(set, line, take);
    case 4:
        return matchAll<4>(set, line, take);
    case 5:
        return matchAll<5>(set, line, take);
    case 6:
        return matchAll<6>(set, line, take);
    case 7:
        return matchAll<7>(set, line, take);
    default:
        return matchAll<8>(set, line, take);
    }
}

} // namespace

bool SeparatorSet::add(char c) {
    for (std::size_t i = 0; i < size_; ++i)
        if (bytes_[i] == c) return true;
    if (size_ == kMost) return false;
    bytes_[size_++] = c;
    return true;
}

namespace {

/// std::popcount is a call of a function where the processor at hand is not known.
std::size_t countOnes(std::uint64_t bits) {
    bits -= (bits >> 1) & 0x5555555555555555U;
    bits = (bits & 0x3333333333333333U) + ((bits >> 2) & 0x3333333333333333U);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0FU;
    return (bits * 0x0101010101010101U) >> 56;
}

} // namespace

/// Four at a time whether they are there or not: a jump that is guessed wrongly costs more.
inline void Separators::add(std::uint64_t bits, std::size_t from) {
    std::uint16_t* to = places_.data() + count_;
    count_ += countOnes(bits);
    while (bits != 0) {
        for (int i = 0; i < 4; ++i) {
            to[i] =
                static_cast<std::uint16_t>(from + static_cast<unsigned>(std::countr_zero(bits)));
            bits &= bits - 1;
        }
        to += 4;
    }
}

void Separators::find(const SeparatorSet& set, std::string_view line) {
    count_ = 0;
    matchSet(set, line, [this](std::uint64_t bits, std::size_t from) { add(bits, from); });
    places_[count_] = static_cast<std::uint16_t>(line.size());
}

} // namespace postlude
