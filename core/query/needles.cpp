// SPDX-License-Identifier: GPL-3.0-or-later
// Two bytes of the needle are compared with 32 places of the text at a time, and only where both
// agree the rest is looked at. Which two: those that are rarest in the text itself.
#include "core/query/detail/needles.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace postlude {

namespace {

using Needle = Needles::Needle;
constexpr std::size_t kNone = Needles::kNone;

constexpr bool isSmall(char c) {
    return c >= 'a' && c <= 'z';
}

constexpr char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isAt(const Needle& needle, const char* place) {
    if (!needle.anyCase) return std::memcmp(place, needle.text.data(), needle.text.size()) == 0;
    for (std::size_t i = 0; i < needle.text.size(); ++i)
        if (small(place[i]) != needle.text[i]) return false;
    return true;
}

/// Without vectors; `from` and what is found are places where a whole needle fits.
std::size_t findPlainly(const Needle& needle, std::string_view in, std::size_t from) {
    if (in.size() < needle.text.size()) return kNone;
    const std::size_t end = in.size() - needle.text.size() + 1;
    const char rare = needle.text[needle.first];
    const bool bothCases = needle.anyCase && isSmall(rare);
    while (from < end) {
        if (!bothCases) {
            const void* hit = std::memchr(in.data() + from + needle.first, rare, end - from);
            if (hit == nullptr) return kNone;
            from =
                static_cast<std::size_t>(static_cast<const char*>(hit) - in.data()) - needle.first;
        }
        if (isAt(needle, in.data() + from)) return from;
        ++from;
    }
    return kNone;
}

#if defined(__x86_64__)
/// What a byte of the text is joined with before it is compared: 0x20 makes letters small.
char foldOf(const Needle& needle, std::size_t place) {
    return needle.anyCase && isSmall(needle.text[place]) ? 0x20 : 0;
}

class Pair {
public:
    __attribute__((target("avx2"))) explicit Pair(const Needle& needle)
        : first_(_mm256_set1_epi8(needle.text[needle.first]))
        , second_(_mm256_set1_epi8(needle.text[needle.second]))
        , foldFirst_(_mm256_set1_epi8(foldOf(needle, needle.first)))
        , foldSecond_(_mm256_set1_epi8(foldOf(needle, needle.second)))
        , firstAt_(needle.first)
        , secondAt_(needle.second) {}

    [[nodiscard]] __attribute__((target("avx2"))) std::uint32_t at(const char* place) const {
        const __m256i a = load(place + firstAt_), b = load(place + secondAt_);
        const __m256i same =
            _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_or_si256(a, foldFirst_), first_),
                             _mm256_cmpeq_epi8(_mm256_or_si256(b, foldSecond_), second_));
        return static_cast<std::uint32_t>(_mm256_movemask_epi8(same));
    }

private:
    __attribute__((target("avx2"))) static __m256i load(const char* place) {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(place));
    }
    __m256i first_, second_, foldFirst_, foldSecond_;
    std::size_t firstAt_, secondAt_;
};

__attribute__((target("avx2"))) std::size_t findByVectors(const Needle& needle, std::string_view in,
                                                          std::size_t from) {
    const std::size_t reach = std::max(needle.text.size(), std::size_t{1}) + 63;
    const Pair pair(needle);
    while (from + reach <= in.size()) {
        std::uint64_t bits = static_cast<std::uint64_t>(pair.at(in.data() + from + 32)) << 32U |
                             pair.at(in.data() + from);
        for (; bits != 0; bits &= bits - 1) {
            const std::size_t at = from + static_cast<std::size_t>(std::countr_zero(bits));
            if (isAt(needle, in.data() + at)) return at;
        }
        from += 64;
    }
    return findPlainly(needle, in, from);
}
#endif

} // namespace

Needles::Needles(std::vector<std::string> texts, bool anyCase) {
    for (std::string& text : texts) {
        if (anyCase)
            for (char& c : text)
                c = small(c);
        longest_ = std::max(longest_, text.size());
        needles_.push_back({std::move(text), anyCase, 0, 0});
        needles_.back().second = needles_.back().text.size() - 1;
    }
}

void Needles::tune(std::string_view sample) {
    std::array<std::uint32_t, 256> seen{};
    for (const char c : sample)
        ++seen[static_cast<unsigned char>(c)];
    const auto often = [&](const Needle& needle, std::size_t place) {
        const char c = needle.text[place];
        std::uint32_t times = seen[static_cast<unsigned char>(c)];
        if (needle.anyCase && isSmall(c)) times += seen[static_cast<unsigned char>(c - 'a' + 'A')];
        return times;
    };
    for (Needle& needle : needles_) {
        needle.first = needle.second = 0;
        for (std::size_t i = 1; i < needle.text.size(); ++i) {
            if (often(needle, i) < often(needle, needle.first)) {
                needle.second = std::exchange(needle.first, i);
            } else if (needle.second == needle.first ||
                       often(needle, i) < often(needle, needle.second)) {
                needle.second = i;
            }
        }
    }
}

std::size_t Needles::find(std::size_t which, std::string_view in, std::size_t from) const {
    const Needle& needle = needles_[which];
#if defined(__x86_64__)
    static const bool vectors = __builtin_cpu_supports("avx2") != 0;
    if (vectors) return findByVectors(needle, in, from);
#endif
    return findPlainly(needle, in, from);
}

NeedleHits::NeedleHits(const Needles& needles, std::string_view in)
    : needles_(needles)
    , in_(in)
    , next_(needles.count(), 0) {
    for (std::size_t i = 0; i < next_.size(); ++i)
        next_[i] = needles_.find(i, in_, 0);
}

NeedleHits::Hit NeedleHits::next(std::size_t from) {
    Hit hit;
    for (std::size_t i = 0; i < next_.size(); ++i) {
        if (next_[i] < from) next_[i] = needles_.find(i, in_, from);
        if (next_[i] < hit.at) hit = {next_[i], needles_.size(i)};
    }
    return hit;
}

} // namespace postlude
