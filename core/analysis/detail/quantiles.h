// SPDX-License-Identifier: GPL-3.0-or-later
// Quantiles of any number of values in bounded memory: exact up to some ten thousands, then from
// bins within 0.1 %, rounded to the unit that all values have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace postlude::detail {

class Quantiles {
public:
    /// Whole numbers, such as ns; those below 0 count as 0.
    void add(std::int64_t value);
    void merge(const Quantiles& other);
    [[nodiscard]] std::uint64_t count() const { return count_; }
    /// The share-th (0…1); empty without values.
    [[nodiscard]] std::optional<std::int64_t> at(double share) const;

private:
    static constexpr std::size_t kExact = 16'384;
    static constexpr unsigned kBits = 9; ///< 512 bins for each doubling: 0.1 % to either side
    void addToBin(std::int64_t value);
    void spill();

    mutable std::vector<std::int64_t> values_; ///< as long as they are few; put in order by at()
    std::vector<std::vector<std::uint32_t>> pages_; ///< bins of each doubling; empty: none in it
    std::uint64_t count_ = 0;
    std::int64_t unit_ = 1'000'000'000; ///< all are multiples of it
};

} // namespace postlude::detail
