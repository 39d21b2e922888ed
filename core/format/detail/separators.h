// SPDX-License-Identifier: GPL-3.0-or-later
// Where certain bytes stand in a line, found in one pass.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace postlude {

/// One to kMost different bytes. Immutable.
class SeparatorSet {
public:
    static constexpr std::size_t kMost = 8;
    /// False if there is no room for it.
    bool add(char c);
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] char at(std::size_t i) const { return bytes_[i]; }

private:
    std::array<char, kMost> bytes_{};
    std::size_t size_ = 0;
};

/// The places of a set's bytes in one line, ascending; not thread-safe.
class Separators {
public:
    static constexpr std::size_t kLongest = 4096;
    /// Of a line of at most kLongest bytes. Behind the last place stands the line's size.
    void find(const SeparatorSet& set, std::string_view line);
    [[nodiscard]] const std::uint16_t* places() const { return places_.data(); }
    [[nodiscard]] std::size_t count() const { return count_; }

private:
    void add(std::uint64_t bits, std::size_t from);

    std::array<std::uint16_t, kLongest + 8> places_; ///< some more are written than there are
    std::size_t count_ = 0;
};

} // namespace postlude
