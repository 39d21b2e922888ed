// SPDX-License-Identifier: GPL-3.0-or-later
// Gives each distinct text a number. An open hash table of 32-bit codes over a list of strings:
// it is filled once for every text of every line, so it has to be lean.
#pragma once

#include "core/case/text_list.h"

#include <xxhash.h>

#include <utility>

namespace postlude {

class Interner {
public:
    /// From 1; the same text has the same code.
    std::uint32_t code(std::string_view text) {
        // Most columns repeat the value of the row before.
        if (last_ != 0 && texts_[last_ - 1] == text) return last_;
        if ((texts_.size() + 1) * 2 > slots_.size()) grow();
        const std::uint64_t hash = hashOf(text);
        for (std::size_t i = hash & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1)) {
            Slot& slot = slots_[i];
            if (slot.code == 0) {
                texts_.push_back(text);
                slot = {static_cast<std::uint32_t>(hash >> 32U),
                        static_cast<std::uint32_t>(texts_.size())};
                return last_ = slot.code;
            }
            if (slot.tag == static_cast<std::uint32_t>(hash >> 32U) &&
                texts_[slot.code - 1] == text)
                return last_ = slot.code;
        }
    }
    /// Holds until the next code(); "" for 0 and for codes never given.
    [[nodiscard]] std::string_view text(std::uint32_t code) const {
        return code == 0 || code > texts_.size() ? std::string_view{} : texts_[code - 1];
    }
    [[nodiscard]] std::size_t bytes() const { return texts_.bytes().size(); }
    /// All texts in the order of their codes; empty afterwards.
    TextList take() {
        last_ = 0;
        slots_.clear();
        return std::exchange(texts_, {});
    }

private:
    struct Slot {
        std::uint32_t tag = 0, code = 0;
    };
    static std::uint64_t hashOf(std::string_view text) {
        return XXH3_64bits(text.data() ? text.data() : "", text.size());
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
    std::uint32_t last_ = 0;
};

} // namespace postlude
