// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/ramp.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace postlude::detail {

namespace {

constexpr std::int64_t kSlow = 60'000'000'000;     ///< ns; what climbs faster begins at an instant
constexpr double kClear = 6;                       ///< ΔlogL between the two
constexpr double kAlike = 3;                       ///< ΔlogL between beginnings
constexpr std::size_t kLongest = 512, kTries = 96; ///< buckets; beginnings that are tried

/// The bad requests of [from, to) under a share that is usual until a beginning, and beyond it a
/// constant more, or ever more.
class Climb {
public:
    Climb(const Grid& grid, std::size_t from, std::size_t to, double usual)
        : grid_(grid)
        , from_(from)
        , to_(to)
        , usual_(usual) {}

    /// Poisson's, but for what is the same for all.
    [[nodiscard]] double fit(std::size_t begin, bool climbing) const {
        double bad = 0, weight = 0;
        for (std::size_t i = begin; i < to_; ++i) {
            const Counts& c = grid_.counts[i];
            bad += double(c.failed) + double(c.slow) - usual_ * double(c.requests);
            weight += double(c.requests) * shape(begin, i, climbing);
        }
        const double slope = weight > 0 ? std::max(0.0, bad / weight) : 0;
        double sum = 0;
        for (std::size_t i = from_; i < to_; ++i) {
            const Counts& c = grid_.counts[i];
            const double more = i < begin ? 0 : slope * shape(begin, i, climbing);
            const double mean = double(c.requests) * std::min(1.0, usual_ + more);
            if (mean > 0) sum += (double(c.failed) + double(c.slow)) * std::log(mean) - mean;
        }
        return sum;
    }

private:
    static double shape(std::size_t begin, std::size_t i, bool climbing) {
        return climbing ? double(i - begin) + 0.5 : 1;
    }

    const Grid& grid_;
    std::size_t from_, to_;
    double usual_;
};

struct Rise {
    double gain = 0; ///< logL beyond that of one rate
    std::size_t first = 0, last = 0;
};

/// As far as `length` buckets after `at`, and as many before.
Rise riseOver(const Grid& grid, std::size_t at, std::size_t length, double usual) {
    const std::size_t from = at > length ? at - length : 0, to = at + length;
    const Climb climb(grid, from, to, usual);
    const std::size_t step = std::max<std::size_t>(1, (to - from) / kTries);
    std::vector<std::pair<std::size_t, double>> begun;
    double constant = -1e300, best = -1e300;
    for (std::size_t i = from; i + step < to; i += step) {
        constant = std::max(constant, climb.fit(i, false));
        begun.emplace_back(i, climb.fit(i, true));
        best = std::max(best, begun.back().second);
    }
    Rise out{best - constant, to, from};
    for (const auto& [i, fit] : begun) {
        if (best - fit > kAlike) continue;
        out.first = std::min(out.first, i);
        out.last = std::max(out.last, i + step);
    }
    return out;
}

} // namespace

std::optional<Window> slowRise(const Grid& grid, std::size_t at, std::size_t end, double usual) {
    const auto least = std::size_t(std::max<std::int64_t>(8, kSlow / grid.bucket));
    Rise best{kClear, 0, 0};
    for (std::size_t length = least; length <= kLongest && at + length <= end; length *= 2)
        if (const Rise r = riseOver(grid, at, length, usual); r.gain > best.gain) best = r;
    if (best.last == 0) return {};
    return Window{instant(grid.at(best.first)), instant(grid.at(best.last))};
}

} // namespace postlude::detail
