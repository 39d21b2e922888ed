// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/changepoints.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace postlude::detail {

namespace {

constexpr std::size_t kShortest = 3;

/// −log of the greatest binomial likelihood of k in n (without the constant).
double misfit(double k, double n) {
    if (k <= 0 || k >= n) return 0;
    return -(k * std::log(k / n) + (n - k) * std::log1p(-k / n));
}

class Sums {
public:
    explicit Sums(std::span<const Counts> buckets)
        : sums_(buckets.size() + 1) {
        for (std::size_t i = 0; i < buckets.size(); ++i)
            sums_[i + 1] = {sums_[i][0] + buckets[i].requests, sums_[i][1] + buckets[i].failed,
                            sums_[i][2] + buckets[i].slow};
    }
    [[nodiscard]] Segment over(std::size_t from, std::size_t to) const {
        return {from, to, sums_[to][0] - sums_[from][0], sums_[to][1] - sums_[from][1],
                sums_[to][2] - sums_[from][2]};
    }

private:
    std::vector<std::array<std::uint64_t, 3>> sums_;
};

struct Phi {
    double failed = 1, slow = 1;
};

double cost(const Segment& s, const Phi& phi) {
    const auto n = double(s.requests);
    return misfit(double(s.failed), n) / phi.failed + misfit(double(s.slow), n) / phi.slow;
}

std::vector<Segment> pelt(const Sums& sums, std::size_t count, const Phi& phi) {
    // Where most buckets are empty, or nearly so, there are not as many places for a change.
    constexpr std::size_t kInPlace = 8; // requests
    const std::size_t places =
        std::min<std::size_t>(count, sums.over(0, count).requests / kInPlace);
    const double penalty = 3 * std::log(double(std::max<std::size_t>(places, 2))) + 4;
    constexpr double kNever = std::numeric_limits<double>::infinity();
    std::vector<double> best(count + 1, kNever);
    std::vector<std::size_t> last(count + 1, 0);
    best[0] = -penalty;
    std::vector<std::size_t> candidates{0};
    for (std::size_t t = kShortest; t <= count; ++t) {
        if (t >= 2 * kShortest) candidates.push_back(t - kShortest);
        for (const std::size_t s : candidates) {
            const double value = best[s] + cost(sums.over(s, t), phi) + penalty;
            if (value < best[t]) best[t] = value, last[t] = s;
        }
        std::erase_if(candidates, [&](std::size_t s) {
            return best[s] + cost(sums.over(s, t), phi) > best[t];
        });
    }
    std::vector<Segment> out;
    for (std::size_t t = count; t > 0; t = last[t])
        out.push_back(sums.over(last[t], t));
    std::ranges::reverse(out);
    return out;
}

double pearson(double k, double n, double share) {
    if (n <= 0 || share <= 0 || share >= 1) return 0;
    const double off = k - n * share;
    return off * off / (n * share * (1 - share));
}

Phi overdispersion(std::span<const Counts> buckets, const std::vector<Segment>& parts,
                   double share) {
    std::vector<double> failed, slow;
    for (const Segment& s : parts) {
        for (std::size_t i = s.from; i < s.to; ++i) {
            const Counts& b = buckets[i];
            if (b.requests == 0) continue;
            failed.push_back(pearson(b.failed, b.requests, s.failedShare()));
            slow.push_back(pearson(b.slow, b.requests, s.slowShare()));
        }
    }
    const auto number = double(parts.size());
    return {dispersion(failed, number, share), dispersion(slow, number, share)};
}

std::vector<Segment> segmentsWith(std::span<const Counts> buckets, double share) {
    const Sums sums(buckets);
    std::vector<Segment> parts{sums.over(0, buckets.size())};
    if (buckets.size() < 2 * kShortest) return parts;
    for (int pass = 0; pass < 4; ++pass) {
        auto next = pelt(sums, buckets.size(), overdispersion(buckets, parts, share));
        const bool stands = next.size() == parts.size() &&
                            std::ranges::equal(next, parts, {}, &Segment::from, &Segment::from);
        parts = std::move(next);
        if (stands) break;
    }
    return parts;
}

} // namespace

double dispersion(std::vector<double>& squares, double parts, double share) {
    const auto kept = std::ptrdiff_t(double(squares.size()) * share);
    std::ranges::nth_element(squares, squares.begin() + kept);
    double sum = 0;
    for (auto it = squares.begin(); it != squares.begin() + kept; ++it)
        sum += *it;
    const double freedom = double(kept) - parts;
    return freedom < 1 ? 1 : std::max(1.0, sum / freedom);
}

std::vector<Segment> segments(std::span<const Counts> buckets) {
    return segmentsWith(buckets, 1);
}

std::vector<Segment> keenSegments(std::span<const Counts> buckets) {
    return segmentsWith(buckets, 0.9);
}

Split bestSplit(std::span<const std::uint8_t> bad) {
    const std::size_t n = bad.size();
    double all = 0;
    for (const auto b : bad)
        all += b;
    std::vector<double> fit(n + 1);
    double before = 0;
    for (std::size_t i = 0; i <= n; ++i) {
        fit[i] = -misfit(before, double(i)) - misfit(all - before, double(n - i));
        if (i < n) before += bad[i];
    }
    Split out;
    out.at = std::size_t(std::ranges::max_element(fit) - fit.begin());
    out.from = out.to = out.at;
    while (out.from > 0 && fit[out.at] - fit[out.from - 1] <= 3)
        --out.from;
    while (out.to < n && fit[out.at] - fit[out.to + 1] <= 3)
        ++out.to;
    return out;
}

} // namespace postlude::detail
