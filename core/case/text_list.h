// SPDX-License-Identifier: GPL-3.0-or-later
// Texts one after the other in one piece of memory, because one allocation a text is slow where
// there are millions. At most 4 GiB of text. Views hold until the list is changed.
#pragma once

#include "core/base/shorttext.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace postlude {

class TextList {
public:
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] bool empty() const { return ends_.empty(); }
    /// `i` below size().
    [[nodiscard]] std::string_view operator[](std::size_t i) const {
        const std::uint32_t begin = i == 0 ? 0 : ends_[i - 1];
        return {bytes_.data() + begin, ends_[i] - begin};
    }
    /// All texts joined.
    [[nodiscard]] std::string_view bytes() const { return bytes_; }

    void push_back(std::string_view text) {
        bytes_ += text;
        ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    }
    /// All but the absent ones of `count` texts that have `bytes` together. `added(i)` is told
    /// when the i-th one is the last in the list.
    template <class Added>
    void append(const std::string_view* texts, std::size_t count, std::size_t bytes, Added added) {
        std::size_t end = bytes_.size();
        bytes_.resize(end + bytes);
        for (std::size_t i = 0; i < count; ++i) {
            if (texts[i].data() == nullptr) continue;
            copyText(texts[i], bytes_.data() + end);
            end += texts[i].size();
            ends_.push_back(static_cast<std::uint32_t>(end));
            added(i);
        }
    }
    void reserve(std::size_t texts, std::size_t bytes) {
        ends_.reserve(texts);
        bytes_.reserve(bytes);
    }
    /// Keeps the memory.
    void clear() {
        ends_.clear();
        bytes_.clear();
    }

    class Iterator {
    public:
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;
        Iterator() = default;
        Iterator(const TextList& list, std::size_t at)
            : list_(&list)
            , at_(at) {}
        std::string_view operator*() const { return (*list_)[at_]; }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        Iterator operator++(int) {
            Iterator before = *this;
            ++at_;
            return before;
        }
        bool operator==(const Iterator&) const = default;

    private:
        const TextList* list_ = nullptr;
        std::size_t at_ = 0;
    };
    [[nodiscard]] Iterator begin() const { return {*this, 0}; }
    [[nodiscard]] Iterator end() const { return {*this, size()}; }
    bool operator==(const TextList&) const = default;

private:
    std::string bytes_;
    std::vector<std::uint32_t> ends_;
};

static_assert(std::forward_iterator<TextList::Iterator>);

} // namespace postlude
