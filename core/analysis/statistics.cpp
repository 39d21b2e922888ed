// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/statistics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace postlude::detail {

namespace {

/// Lentz's continued fraction of the incomplete beta function.
double betaFraction(double a, double b, double x) {
    constexpr double kTiny = 1e-300;
    constexpr int kMostSteps = 10'000;
    const auto safe = [](double v) { return std::abs(v) < kTiny ? kTiny : v; };
    double c = 1, d = 1 / safe(1 - (a + b) * x / (a + 1)), out = d;
    for (int m = 1; m <= kMostSteps; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / safe(1 + even * d);
        c = safe(1 + even / c);
        out *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / safe(1 + odd * d);
        c = safe(1 + odd / c);
        out *= d * c;
        if (std::abs(d * c - 1) < 1e-12) break;
    }
    return out;
}

/// The regularised incomplete beta function.
double beta(double a, double b, double x) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                  a * std::log(x) + b * std::log1p(-x));
    if (x < (a + 1) / (a + b + 2)) return front * betaFraction(a, b, x) / a;
    return 1 - front * betaFraction(b, a, 1 - x) / b;
}

} // namespace

double binomialTail(double k, double n, double p) {
    if (k <= 0) return 1;
    return beta(k, n - k + 1, p);
}

double chiSquaredTail(double x) {
    return x <= 0 ? 1 : std::erfc(std::sqrt(x / 2));
}

std::vector<double> falseShares(const std::vector<double>& p, std::size_t tests) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return p[i]; });
    std::vector<double> q(p.size());
    double least = 1;
    const auto all = double(std::max(tests, p.size()));
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto rank = double(order.size() - i);
        least = std::min(least, p[order[i]] * all / rank);
        q[order[i]] = least;
    }
    return q;
}

} // namespace postlude::detail
