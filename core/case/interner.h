// SPDX-License-Identifier: GPL-3.0-or-later
// Gives each distinct text a number. An open hash table of 32-bit codes over a list of texts:
// it is asked for every text of every line, so it has to be lean, and short texts are compared and
// hashed in place.
#pragma once

#include "core/base/shorttext.h"
#include "core/case/text_list.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postlude {

class Interner {
public:
    /// From 1; the same text has the same code.
    std::uint32_t code(std::string_view text) {
        if (text.size() <= kShort) return findShort(text, wordOf(text));
        // Most columns repeat the value of the row before.
        const std::string_view last(texts_.bytes().data() + lastBegin_, lastSize_);
        return text.size() == lastSize_ && isSameText(text, last) ? last_ : find(text);
    }
    /// The codes of many, 0 for those that are absent; gives the bytes of all. From where a text
    /// begins eight bytes can be read.
    template <class Texts>
    std::size_t codes(const Texts& texts, std::size_t count, std::uint32_t* codes) {
        std::size_t bytes = 0;
        std::uint64_t before = kNoWord; // the short text before
        std::uint32_t code = 0;         // of it
        for (std::size_t i = 0; i < count; ++i) {
            const std::string_view text = texts[i];
            const std::size_t size = text.size();
            bytes += size;
            if (size == 0) {
                codes[i] = text.data() == nullptr ? 0 : findShort(text, 0);
            } else if (size <= kShort) {
                const std::uint64_t word =
                    (loadWord<std::uint64_t>(text.data()) & kMasks[size]) | size << 56U;
                if (word != before) code = findShort(text, before = word);
                codes[i] = code;
            } else {
                const std::string_view last(texts_.bytes().data() + lastBegin_, lastSize_);
                codes[i] = isSameText(text, last) ? last_ : find(text);
            }
        }
        return bytes;
    }
    /// Puts it at the end of the list, whether it is known or not; it is not found again.
    std::uint32_t append(std::string_view text) {
        texts_.push_back(text);
        return static_cast<std::uint32_t>(texts_.size());
    }
    /// The same of many, as codes() does.
    template <class Texts>
    std::size_t append(const Texts& texts, std::size_t count, std::uint32_t* codes) {
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < count; ++i) {
            bytes += texts[i].size();
            codes[i] = 0;
        }
        texts_.append(texts.data(), count, bytes,
                      [&](std::size_t i) { codes[i] = static_cast<std::uint32_t>(size()); });
        return bytes;
    }
    /// Holds until the next code(); "" for 0 and for codes never given.
    [[nodiscard]] std::string_view text(std::uint32_t code) const {
        return code == 0 || code > texts_.size() ? std::string_view{} : texts_[code - 1];
    }
    [[nodiscard]] std::size_t size() const { return texts_.size(); }
    [[nodiscard]] std::size_t bytes() const { return texts_.bytes().size(); }
    /// All texts in the order of their codes; empty afterwards.
    TextList take() {
        last_ = 0;
        lastBegin_ = lastSize_ = 0;
        std::ranges::fill(slots_, Slot{});
        lately_.fill({});
        return std::exchange(texts_, {});
    }
    /// Gives a list taken before back for its memory; this must be empty.
    void reuse(TextList&& memory) {
        texts_ = std::move(memory);
        texts_.clear();
    }

private:
    struct Slot {
        std::uint32_t tag = 0, code = 0;
    };
    /// A short text itself, and its size in the highest byte.
    struct Short {
        std::uint64_t word = 0;
        std::uint32_t code = 0;
    };
    static constexpr std::size_t kShort = 7;
    static constexpr unsigned kLatelyBits = 9;
    static constexpr std::uint64_t kNoWord = ~std::uint64_t{0}; ///< that of no short text
    /// Which bytes of a word belong to a text of that size.
    static constexpr std::array<std::uint64_t, kShort + 1> kMasks{
        0,           0xFF,           0xFFFF,           0xFF'FFFF,
        0xFFFF'FFFF, 0xFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF, 0xFF'FFFF'FFFF'FFFF};

    /// Counts and flags come again and again: those that came lately are known without looking
    /// for them among all.
    std::uint32_t findShort(std::string_view text, std::uint64_t word) {
        Short& lately = lately_[(word * 0x9E37'79B9'7F4A'7C15U) >> (64 - kLatelyBits)];
        if (lately.code == 0 || lately.word != word) lately = {word, find(text)};
        return lately.code;
    }
    static std::uint64_t wordOf(std::string_view text) {
        const char* const at = text.data();
        const std::size_t size = text.size();
        const std::uint64_t word = std::uint64_t{size} << 56U;
        if (size >= 4)
            return word | loadWord<std::uint32_t>(at) |
                   std::uint64_t{loadWord<std::uint32_t>(at + size - 4)} << 8 * (size - 4);
        const auto byte = [at](std::size_t i) {
            return std::uint64_t{static_cast<unsigned char>(at[i])} << 8 * i;
        };
        return size == 0 ? word : word | byte(0) | byte(size / 2) | byte(size - 1);
    }
    [[gnu::noinline]] std::uint32_t find(std::string_view text) {
        if ((texts_.size() + 1) * 2 > slots_.size()) grow();
        const std::uint64_t hash = hashOf(text);
        for (std::size_t i = hash & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1)) {
            Slot& slot = slots_[i];
            if (slot.code == 0) {
                texts_.push_back(text);
                slot = {static_cast<std::uint32_t>(hash >> 32U),
                        static_cast<std::uint32_t>(texts_.size())};
                return remember(slot.code);
            }
            if (slot.tag != static_cast<std::uint32_t>(hash >> 32U)) continue;
            if (isSameText(texts_[slot.code - 1], text)) return remember(slot.code);
        }
    }
    static std::uint64_t hashOf(std::string_view text) {
        const char* const at = text.data();
        const std::size_t size = text.size();
        if (size > 16) return XXH3_64bits(at, size);
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        if (size >= 8) {
            low = loadWord<std::uint64_t>(at);
            high = loadWord<std::uint64_t>(at + size - 8);
        } else if (size >= 4) {
            low = loadWord<std::uint32_t>(at);
            high = loadWord<std::uint32_t>(at + size - 4);
        } else if (size > 0) {
            low = static_cast<unsigned char>(at[0]);
            high = static_cast<std::uint64_t>(static_cast<unsigned char>(at[size / 2])) << 8U |
                   static_cast<unsigned char>(at[size - 1]);
        }
        __extension__ using Wide = unsigned __int128;
        const Wide product = static_cast<Wide>(low ^ 0x9E37'79B9'7F4A'7C15U) *
                             ((high ^ 0xC2B2'AE3D'27D4'EB4FU) + size * 0x1656'67B1'9E37'79F9U);
        const auto folded =
            static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
        return folded * 0x9E37'79B9'7F4A'7C15U ^ folded >> 29U;
    }
    std::uint32_t remember(std::uint32_t code) {
        const std::string_view text = texts_[code - 1];
        lastBegin_ = static_cast<std::size_t>(text.data() - texts_.bytes().data());
        lastSize_ = text.size();
        return last_ = code;
    }
    void grow() {
        std::vector<Slot> slots(slots_.empty() ? 64 : slots_.size() * 2);
        for (std::uint32_t code = 1; code <= texts_.size(); ++code) {
            const std::uint64_t hash = hashOf(texts_[code - 1]);
            std::size_t i = hash & (slots.size() - 1);
            while (slots[i].code != 0)
                i = (i + 1) & (slots.size() - 1);
            slots[i] = {static_cast<std::uint32_t>(hash >> 32U), code};
        }
        slots_ = std::move(slots);
    }

    TextList texts_;
    std::vector<Slot> slots_;
    std::array<Short, 1U << kLatelyBits> lately_{};
    std::size_t lastBegin_ = 0, lastSize_ = 0;
    std::uint32_t last_ = 0;
};

} // namespace postlude
