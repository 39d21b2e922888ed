// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/detail/hextexts.h"

#include "core/case/detail/bytes.h"
#include "core/case/detail/pack.h"

#include <algorithm>
#include <array>

namespace postlude {

namespace {

constexpr std::size_t kFewest = 8; ///< digits; what is shorter packs well as text
constexpr std::size_t kLongest = 256;
constexpr std::uint8_t kNoDigit = 0xff;
constexpr std::string_view kSmall = "0123456789abcdef", kLarge = "0123456789ABCDEF";

using Digits = std::array<std::uint8_t, 256>; ///< of each byte

consteval Digits digitsOf(std::string_view digits) {
    Digits table;
    table.fill(kNoDigit);
    for (std::size_t i = 0; i < digits.size(); ++i)
        table[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
    return table;
}

constexpr Digits kSmallDigits = digitsOf(kSmall), kLargeDigits = digitsOf(kLarge);

/// Where the digits of texts like `sample` are.
struct Layout {
    std::string_view sample;
    bool large = false;
    std::vector<std::size_t> at;
    std::vector<std::size_t> others; ///< where none is

    explicit Layout(std::string_view text)
        : sample(text)
        , large(text.find_first_of("ABCDEF") != std::string_view::npos &&
                text.find_first_of("abcdef") == std::string_view::npos) {
        for (std::size_t i = 0; i < text.size(); ++i)
            (digits()[static_cast<unsigned char>(text[i])] == kNoDigit ? others : at).push_back(i);
    }
    [[nodiscard]] const Digits& digits() const { return large ? kLargeDigits : kSmallDigits; }
    [[nodiscard]] char letter(std::uint8_t digit) const { return (large ? kLarge : kSmall)[digit]; }
    [[nodiscard]] std::size_t bytes() const { return (at.size() + 1) / 2; }

    /// Puts the digits of such a text into each `step`-th byte; an odd last one is a byte of its
    /// own. False: it is no such text.
    [[nodiscard]] bool put(std::string_view text, char* to, std::size_t step) const {
        if (text.size() != sample.size() ||
            std::ranges::any_of(others, [&](std::size_t i) { return text[i] != sample[i]; }))
            return false;
        const Digits& known = digits();
        const auto digit = [&](std::size_t i) {
            return known[static_cast<unsigned char>(text[at[i]])];
        };
        std::uint8_t all = 0;
        std::size_t i = 0;
        for (; i + 1 < at.size(); i += 2, to += step) {
            const std::uint8_t high = digit(i);
            const std::uint8_t low = digit(i + 1);
            all |= high | low;
            *to = static_cast<char>(high << 4U | low);
        }
        if (i < at.size()) {
            all |= digit(i);
            *to = static_cast<char>(digit(i));
        }
        return all < 16; // more: one of them is no digit
    }
};

} // namespace

std::optional<std::string> encodeHexTexts(const TextList& texts) {
    if (texts.empty() || texts[0].size() > kLongest) return {};
    const Layout layout(texts[0]);
    if (layout.at.size() < kFewest) return {};
    // The first bytes of all, then the second ones: what counts up packs well so.
    std::string bytes(layout.bytes() * texts.size(), '\0');
    for (std::size_t row = 0; row < texts.size(); ++row)
        if (!layout.put(texts[row], &bytes[row], texts.size())) return {};
    std::string out;
    putVarint(out, layout.sample.size());
    return (out += layout.sample) += pack(bytes, Effort::Text);
}

bool decodeHexTexts(std::string_view bytes, std::uint32_t count, TextList& to) {
    ByteReader in(bytes);
    const std::uint64_t size = in.varint();
    if (!in.ok() || size > std::min(in.left(), kLongest)) return false;
    const Layout layout(in.take(static_cast<std::size_t>(size)));
    const std::size_t all = layout.bytes() * count;
    const auto digits = unpack(in.take(in.left()), all);
    if (!digits || digits->size() != all) return false;
    to.reserve(count, layout.sample.size() * count);
    std::string text(layout.sample);
    const bool odd = layout.at.size() % 2 != 0;
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t i = 0; i < layout.at.size(); ++i) {
            const auto byte = static_cast<std::uint8_t>((*digits)[i / 2 * count + row]);
            const bool high = i % 2 == 0 && !(odd && i + 1 == layout.at.size());
            text[layout.at[i]] = layout.letter(high ? byte >> 4U : byte & 15U);
        }
        to.push_back(text);
    }
    return true;
}

} // namespace postlude
