// SPDX-License-Identifier: GPL-3.0-or-later
// Requests that were to be expected and did not come.
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/detail/onset.h"

namespace postlude::detail {

/// What came in `during` against the same time of the days before, where the logs hold at least
/// two of them without an incident, else against the stretch just before. Counts vary more than
/// chance alone would have it: the interval is that of a negative binomial with the variance seen.
/// Empty if as many came as could be expected, or if there is too little to compare with.
std::optional<MissingRequests> missingIn(const Grid& grid, const Window& during,
                                         const std::vector<Stretch>& incidents);

/// Failures beyond the baseline's rate, with a 95 % interval: Wilson's for the rate, widened by
/// the overdispersion, and the chance in what it would have given.
struct Excess {
    double failed = 0, low = 0, high = 0;
};
Excess excessOf(std::uint64_t failed, std::uint64_t requests, std::uint64_t usualFailed,
                std::uint64_t usualRequests, double overdispersion);

} // namespace postlude::detail
