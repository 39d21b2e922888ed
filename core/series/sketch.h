// SPDX-License-Identifier: GPL-3.0-or-later
// Quantiles of durations in little space: DDSketch (Masson, Rim, Lee: "DDSketch: a fast and
// fully-mergeable quantile sketch with relative-error guarantees", PVLDB 12, 2019).
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postlude {

/// Counts values in bins whose bounds grow by γ = (1 + α) / (1 − α) with α = 1 %. Merging two
/// gives the sketch of all values together, exactly. At most kBins bins whatever the values,
/// because a whole number of ns has no more. Not thread-safe.
class Sketch {
public:
    static constexpr double kError = 0.01;
    static constexpr int kBins = 2'200;

    /// Values below 0 do not count.
    void add(std::int64_t value);
    void merge(const Sketch& other);
    [[nodiscard]] std::uint64_t count() const { return count_; }
    /// The value at rank q·(count − 1), 0 ≤ q ≤ 1, within 1 %; empty without values.
    [[nodiscard]] std::optional<std::int64_t> quantile(double q) const;

    [[nodiscard]] std::string bytes() const;
    /// Damaged if they are not what bytes() gave.
    static Result<Sketch> fromBytes(std::string_view bytes);

private:
    void addToBin(int bin, std::uint64_t count);

    std::vector<std::uint32_t> bins_; ///< of bin first_ and those after it
    int first_ = 0;
    std::uint64_t zeros_ = 0;
    std::uint64_t count_ = 0;
};

} // namespace postlude
