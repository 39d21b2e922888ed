// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/burn.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace postlude::detail {

namespace {

constexpr std::int64_t kMinute = std::int64_t{60} * 1'000'000'000;
constexpr double kBudget = 0.001; ///< an objective of 99.9 %
constexpr std::uint64_t kLeastFailed = 10;

struct Rule {
    double times;
    std::int64_t longest, shortest;
    bool whole; ///< not judged on logs that are shorter: it would fire too early
};
constexpr std::array<Rule, 2> kRules{{
    {14.4, 60 * kMinute, 5 * kMinute, false},
    {6, 360 * kMinute, 30 * kMinute, true},
}};

struct Sum {
    std::uint64_t requests = 0, failed = 0;
};

class Burning {
public:
    explicit Burning(const Grid& grid)
        : grid_(grid)
        , sums_(grid.counts.size() + 1) {
        for (std::size_t i = 0; i < grid.counts.size(); ++i)
            sums_[i + 1] = {sums_[i].requests + grid.counts[i].requests,
                            sums_[i].failed + grid.counts[i].failed};
    }

    /// At the end of bucket `to` − 1.
    [[nodiscard]] bool fires(const Rule& rule, std::size_t to) const {
        const auto [wide, narrow] = windows(rule, to);
        if (rule.whole && std::int64_t(wide) * grid_.bucket < rule.longest) return false;
        const Sum a = over(wide, to), b = over(narrow, to);
        const double limit = rule.times * kBudget;
        return a.failed >= kLeastFailed && double(a.failed) >= limit * double(a.requests) &&
               double(b.failed) >= limit * double(b.requests);
    }

    [[nodiscard]] std::string told(const Rule& rule, std::size_t to) const {
        const auto [wide, narrow] = windows(rule, to);
        const bool all = std::int64_t(wide) * grid_.bucket >= rule.longest;
        const auto length = [&](std::size_t n) {
            return spoken(Duration{std::chrono::seconds(std::int64_t(n) * grid_.bucket /
                                                        std::int64_t{1'000'000'000})});
        };
        return fmt::format("objective 99.9 %, {} times over {} and {}{}", rule.times, length(wide),
                           length(narrow), all ? "" : ", as far as the logs go back");
    }

private:
    /// In buckets. The short one is a twelfth of the long one, and no less than half a minute.
    [[nodiscard]] std::pair<std::size_t, std::size_t> windows(const Rule& rule,
                                                              std::size_t to) const {
        const auto buckets = [&](std::int64_t ns) {
            return std::max<std::size_t>(1, std::size_t((ns + grid_.bucket - 1) / grid_.bucket));
        };
        const std::size_t wide = std::min(buckets(rule.longest), to);
        const auto there = std::int64_t(wide) * grid_.bucket;
        const std::int64_t narrow = std::clamp(there / 12, kMinute / 2, rule.shortest);
        return {wide, std::min(buckets(narrow), to)};
    }
    [[nodiscard]] Sum over(std::size_t length, std::size_t to) const {
        const Sum &a = sums_[to - length], &b = sums_[to];
        return {b.requests - a.requests, b.failed - a.failed};
    }

    const Grid& grid_;
    std::vector<Sum> sums_;
};

} // namespace

std::optional<BurnAlert> burnAlert(const Grid& grid, const Window& during) {
    const auto bucketOf = [&](Instant t) {
        const std::int64_t i = (nanoseconds(t) - grid.origin) / grid.bucket;
        return std::size_t(std::clamp<std::int64_t>(i, 0, std::int64_t(grid.counts.size())));
    };
    const Burning burning(grid);
    const std::size_t from = bucketOf(during.from), until = bucketOf(during.to);
    const auto before = [&](const Rule& r) { return from > 0 && burning.fires(r, from); };
    if (std::ranges::any_of(kRules, before)) return {};
    for (std::size_t to = from + 1; to <= until; ++to)
        for (const Rule& rule : kRules)
            if (burning.fires(rule, to))
                return BurnAlert{instant(grid.at(to)), burning.told(rule, to)};
    return {};
}

} // namespace postlude::detail
