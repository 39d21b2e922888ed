// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/detail/lanes.h"

#include <algorithm>
#include <array>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace postlude {

namespace {

// The same by ones, from a place on: what is left of a column, or all of it.

Range rangeFrom(std::size_t at, std::span<const std::int64_t> values, Range range) {
    for (; at < values.size(); ++at) {
        range.low = std::min(range.low, values[at]);
        range.high = std::max(range.high, values[at]);
    }
    return range;
}

std::size_t changesFrom(std::size_t at, std::span<const std::uint64_t> codes) {
    std::size_t changes = 0;
    for (; at < codes.size(); ++at)
        changes += codes[at] != codes[at - 1] ? 1 : 0;
    return changes;
}

void differencesFrom(std::size_t at, std::span<const std::uint64_t> codes, std::uint64_t* to) {
    for (; at < codes.size(); ++at)
        to[at] = codes[at] - codes[at - 1];
}

#ifdef __x86_64__

__attribute__((target("avx2"))) __m256i load(const void* from) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}

__attribute__((target("avx2"))) std::array<std::int64_t, 4> lanesOf(__m256i four) {
    std::array<std::int64_t, 4> lanes{};
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(lanes.data()), four);
    return lanes;
}

__attribute__((target("avx2"))) Range rangeByFours(std::span<const std::int64_t> values) {
    __m256i low = _mm256_set1_epi64x(values.front());
    __m256i high = low;
    std::size_t at = 0;
    for (; at + 4 <= values.size(); at += 4) {
        const __m256i four = load(values.data() + at);
        low = _mm256_blendv_epi8(low, four, _mm256_cmpgt_epi64(low, four));
        high = _mm256_blendv_epi8(high, four, _mm256_cmpgt_epi64(four, high));
    }
    return rangeFrom(at, values, {std::ranges::min(lanesOf(low)), std::ranges::max(lanesOf(high))});
}

__attribute__((target("avx2"))) std::size_t changesByFours(std::span<const std::uint64_t> codes) {
    __m256i same = _mm256_setzero_si256(); // less one for each that is
    std::size_t at = 1;
    for (; at + 4 <= codes.size(); at += 4)
        same = _mm256_add_epi64(
            same, _mm256_cmpeq_epi64(load(codes.data() + at), load(codes.data() + at - 1)));
    std::size_t changes = at - 1;
    for (const std::int64_t lane : lanesOf(same))
        changes -= static_cast<std::size_t>(-lane);
    return changes + changesFrom(at, codes);
}

__attribute__((target("avx2"))) void differencesByFours(std::span<const std::uint64_t> codes,
                                                        std::uint64_t* to) {
    std::size_t at = 1;
    for (; at + 4 <= codes.size(); at += 4)
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + at),
                            _mm256_sub_epi64(load(codes.data() + at), load(codes.data() + at - 1)));
    differencesFrom(at, codes, to);
}

bool hasFours() {
    static const bool has = __builtin_cpu_supports("avx2") != 0;
    return has;
}

#endif

} // namespace

Range rangeOf(std::span<const std::int64_t> values) {
#ifdef __x86_64__
    if (hasFours()) return rangeByFours(values);
#endif
    return rangeFrom(0, values, {values.front(), values.front()});
}

std::size_t changesIn(std::span<const std::uint64_t> codes) {
#ifdef __x86_64__
    if (hasFours()) return changesByFours(codes);
#endif
    return changesFrom(1, codes);
}

void differences(std::span<const std::uint64_t> codes, std::uint64_t* to) {
#ifdef __x86_64__
    if (hasFours()) return differencesByFours(codes, to);
#endif
    differencesFrom(1, codes, to);
}

} // namespace postlude
