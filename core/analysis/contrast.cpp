// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/contrast.h"

#include "core/analysis/detail/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace postlude::detail {

namespace {

constexpr double kAlpha = 0.01;
constexpr double kFewest = 5; ///< requests with the value, were the busiest group not there

/// The four counts: with and without the value, looked at and others.
struct Cells {
    double a = 0, b = 0, c = 0, d = 0;

    Cells& operator+=(const Cells& o) {
        a += o.a, b += o.b, c += o.c, d += o.d;
        return *this;
    }
    Cells operator-(const Cells& o) const { return {a - o.a, b - o.b, c - o.c, d - o.d}; }
    [[nodiscard]] Cells smoothed() const { return {a + 0.5, b + 0.5, c + 0.5, d + 0.5}; }
};

Cells cellsOf(const SideCounts& with, const SideCounts& all, std::size_t g) {
    return {double(with.looked[g]), double(with.others[g]),
            double(all.looked[g]) - double(with.looked[g]),
            double(all.others[g]) - double(with.others[g])};
}

double ratioOf(const Cells& x, bool risk) {
    return risk ? (x.a / (x.a + x.b)) / (x.c / (x.c + x.d))
                : (x.a / (x.a + x.c)) / (x.b / (x.b + x.d));
}

/// By how much each cell moves the ratio's logarithm.
Cells influenceOf(const Cells& x, bool risk) {
    if (risk)
        return {1 / x.a - 1 / (x.a + x.b), -1 / (x.a + x.b), -(1 / x.c - 1 / (x.c + x.d)),
                1 / (x.c + x.d)};
    return {1 / x.a - 1 / (x.a + x.c), -(1 / x.b - 1 / (x.b + x.d)), -1 / (x.a + x.c),
            1 / (x.b + x.d)};
}

double gTest(const Cells& x) {
    const double n = x.a + x.b + x.c + x.d;
    const auto term = [&](double seen, double row, double column) {
        return seen > 0 ? seen * std::log(seen * n / (row * column)) : 0;
    };
    const double with = x.a + x.b, without = x.c + x.d, looked = x.a + x.c, others = x.b + x.d;
    return 2 * (term(x.a, with, looked) + term(x.b, with, others) + term(x.c, without, looked) +
                term(x.d, without, others));
}

} // namespace

Contrast contrastOf(const SideCounts& with, const SideCounts& all, bool risk, double leastRatio) {
    Cells sum, busiest;
    for (std::size_t g = 0; g < kGroups; ++g) {
        const Cells one = cellsOf(with, all, g);
        sum += one;
        if (one.a > busiest.a) busiest = one;
    }
    const Cells x = sum.smoothed(), by = influenceOf(x, risk);
    double clustered = 0;
    for (std::size_t g = 0; g < kGroups; ++g) {
        const Cells one = cellsOf(with, all, g);
        const double u = one.a * by.a + one.b * by.b + one.c * by.c + one.d * by.d;
        clustered += u * u;
    }
    const double alone = x.a * by.a * by.a + x.b * by.b * by.b + x.c * by.c * by.c +
                         x.d * by.d * by.d; // were each request its own cluster
    const double effect = std::max(1.0, clustered / alone);
    Contrast out;
    out.ratio = ratioOf(x, risk);
    const double spread = std::exp(1.96 * std::sqrt(alone * effect));
    out.low = out.ratio / spread;
    out.high = out.ratio * spread;
    out.p = chiSquaredTail(gTest(sum) / effect);
    const Cells rest = sum - busiest;
    out.holds = rest.a >= kFewest && ratioOf(rest.smoothed(), risk) >= leastRatio &&
                chiSquaredTail(gTest(rest) / effect) <= kAlpha;
    return out;
}

double divergenceOf(const std::vector<std::array<std::uint64_t, 2>>& counts) {
    double n0 = 0, n1 = 0, out = 0;
    for (const auto& c : counts) {
        n0 += double(c[0]);
        n1 += double(c[1]);
    }
    if (n0 <= 0 || n1 <= 0) return 0;
    for (const auto& c : counts) {
        const double p = double(c[0]) / n0, q = double(c[1]) / n1, m = (p + q) / 2;
        if (p > 0) out += p * std::log2(p / m) / 2;
        if (q > 0) out += q * std::log2(q / m) / 2;
    }
    return out;
}

} // namespace postlude::detail
