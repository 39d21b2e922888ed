// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/volume.h"

#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <numeric>

namespace postlude::detail {

namespace {

constexpr double kZ = 1.96;           ///< 95 %
constexpr double kLeastMissing = 0.1; ///< of what was to be expected
constexpr double kLeastExpected = 50; ///< requests
constexpr std::size_t kLeastBlocks = 6;
constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000'000;

struct Expected {
    double mean = 0, variance = 0; ///< of one such window
    std::string against;
};

struct Quantile {
    double low = 0, high = 0;
};

/// Where both mean and variance are known; with no more variance than chance it is Poisson's.
std::optional<Quantile> bounds(const Expected& e) {
    try {
        const double extra = e.variance - e.mean;
        if (extra < 1e-6 * e.mean) {
            const boost::math::poisson_distribution<> p(e.mean);
            return Quantile{quantile(p, 0.025), quantile(p, 0.975)};
        }
        const double r = e.mean * e.mean / extra;
        const boost::math::negative_binomial_distribution<> n(r, r / (r + e.mean));
        return Quantile{quantile(n, 0.025), quantile(n, 0.975)};
    } catch (const std::exception&) {
        return {}; // beyond what the library can do
    }
}

double requestsIn(const Grid& grid, std::size_t from, std::size_t to) {
    double sum = 0;
    for (std::size_t i = from; i < to; ++i)
        sum += grid.counts[i].requests;
    return sum;
}

double varianceOf(const std::vector<double>& values) {
    const auto n = double(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double sum = 0;
    for (const double v : values)
        sum += (v - mean) * (v - mean);
    return n > 1 ? sum / (n - 1) : 0;
}

class Volume {
public:
    Volume(const Grid& grid, const std::vector<Stretch>& incidents)
        : grid_(grid) {
        for (const Stretch& s : incidents)
            bad_.push_back({s.start, s.lastBad});
    }

    /// Of the same time on at least two days before.
    [[nodiscard]] std::optional<Expected> daysBefore(std::size_t from, std::size_t to) const {
        const auto day = std::size_t(kDay / grid_.bucket);
        if (kDay % grid_.bucket != 0 || day == 0) return {};
        std::vector<double> days;
        for (std::size_t k = 1; k <= 7 && k * day <= from; ++k)
            if (isWell(from - k * day, to - k * day))
                days.push_back(requestsIn(grid_, from - k * day, to - k * day));
        if (days.size() < 2) return {};
        const auto n = double(days.size());
        const double mean = std::accumulate(days.begin(), days.end(), 0.0) / n;
        const double variance = std::max(varianceOf(days), mean) * (1 + 1 / n);
        return Expected{mean, variance,
                        fmt::format("the same time on {} days before", days.size())};
    }

    /// Of the stretch just before, three times as long and at least ten minutes, if there is so
    /// much, cut into blocks.
    [[nodiscard]] std::optional<Expected> justBefore(std::size_t from, std::size_t to) const {
        const std::size_t length = to - from;
        const auto tenMinutes = std::size_t(std::int64_t{600} * 1'000'000'000 / grid_.bucket);
        const std::size_t most = std::max(3 * length, tenMinutes);
        std::size_t first = from > most ? from - most : 0;
        while (first < from && !isWell(first, from))
            ++first;
        const std::size_t before = from - first;
        const std::size_t block = std::max<std::size_t>(1, std::min(length, before / kLeastBlocks));
        if (before / block < kLeastBlocks) return {};
        std::vector<double> blocks;
        for (std::size_t i = from; i >= first + block; i -= block)
            blocks.push_back(requestsIn(grid_, i - block, i));
        const auto all = double(blocks.size() * block);
        const double sum = std::accumulate(blocks.begin(), blocks.end(), 0.0);
        const double times = double(length) / double(block);
        const double mean = sum / all * double(length);
        const double variance =
            std::max(varianceOf(blocks) * times, mean) * (1 + double(length) / all);
        const auto seconds = std::int64_t(before) * grid_.bucket / 1'000'000'000;
        return Expected{mean, variance, fmt::format("the {} s before", seconds)};
    }

    /// Fewer came from its beginning on, or more once it was over: else the traffic went that way
    /// by itself, as it does in the evening.
    [[nodiscard]] bool stepsAt(std::size_t from, std::size_t to) const {
        constexpr double kStep = 0.95;
        const auto most = std::size_t(std::int64_t{600} * 1'000'000'000 / grid_.bucket);
        const std::size_t edge = std::clamp<std::size_t>((to - from) / 4, 1, std::max(most, kOne));
        const auto rate = [&](std::size_t a, std::size_t b) {
            return requestsIn(grid_, a, b) / double(std::max(b - a, kOne));
        };
        if (from >= edge && rate(from, from + edge) < kStep * rate(from - edge, from)) return true;
        const std::size_t end = std::min(grid_.counts.size(), to + edge);
        return end > to && rate(to - edge, to) < kStep * rate(to, end);
    }

private:
    static constexpr std::size_t kOne = 1;
    [[nodiscard]] bool isWell(std::size_t from, std::size_t to) const {
        const Window w{instant(grid_.at(from)), instant(grid_.at(to))};
        return std::ranges::none_of(
            bad_, [&](const Window& b) { return b.from < w.to && b.to > w.from; });
    }

    const Grid& grid_;
    std::vector<Window> bad_;
};

} // namespace

std::optional<MissingRequests> missingIn(const Grid& grid, const Window& during,
                                         const std::vector<Stretch>& incidents) {
    const auto bucketOf = [&](Instant t) {
        const std::int64_t i = (nanoseconds(t) - grid.origin) / grid.bucket;
        return std::size_t(std::clamp<std::int64_t>(i, 0, std::int64_t(grid.counts.size())));
    };
    const std::size_t from = bucketOf(during.from), to = bucketOf(during.to);
    if (to <= from) return {};
    const Volume volume(grid, incidents);
    auto expected = volume.daysBefore(from, to);
    if (!expected && volume.stepsAt(from, to)) expected = volume.justBefore(from, to);
    if (!expected || expected->mean < kLeastExpected) return {};
    const auto likely = bounds(*expected);
    const double seen = requestsIn(grid, from, to);
    if (!likely || seen >= likely->low || expected->mean - seen < kLeastMissing * expected->mean)
        return {};
    return MissingRequests{expected->mean - seen, likely->low - seen, likely->high - seen,
                           expected->against};
}

Excess excessOf(std::uint64_t failed, std::uint64_t requests, std::uint64_t usualFailed,
                std::uint64_t usualRequests, double overdispersion) {
    Excess out;
    const auto n = double(requests);
    if (usualRequests == 0) { // nothing to compare with: all may be too many, or none
        return {double(failed), 0, double(failed)};
    }
    const double phi = std::max(1.0, overdispersion);
    const auto n0 = double(usualRequests);
    const double p = double(usualFailed) / n0;
    const double size = n0 / phi, z2 = kZ * kZ;
    const double middle = (p + z2 / (2 * size)) / (1 + z2 / size);
    const double half =
        kZ / (1 + z2 / size) * std::sqrt(p * (1 - p) / size + z2 / (4 * size * size));
    const double chance = kZ * std::sqrt(phi * n * middle * (1 - middle));
    const double off = std::hypot(half * n, chance);
    out.failed = double(failed) - p * n;
    out.low = std::max(0.0, double(failed) - middle * n - off);
    out.high = std::min(double(failed), double(failed) - middle * n + off);
    out.failed = std::clamp(out.failed, out.low, out.high);
    return out;
}

} // namespace postlude::detail
