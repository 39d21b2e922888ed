// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/fairness.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace postlude::detail {

std::vector<double> Clusters::shares() const {
    std::vector<double> out(servers, 0);
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        out[i % servers] += counts[i];
        sum += counts[i];
    }
    for (double& s : out)
        s = sum > 0 ? s / sum : 0;
    return out;
}

double totalVariation(const std::vector<double>& observed, const std::vector<double>& expected) {
    double sum = 0;
    for (std::size_t i = 0; i < observed.size(); ++i)
        sum += std::abs(observed[i] - expected[i]);
    return sum / 2;
}

std::pair<double, std::size_t> mostTimes(const std::vector<double>& observed,
                                         const std::vector<double>& expected, double all) {
    const double least = std::min(0.01, 20 / std::max(1.0, all));
    std::pair<double, std::size_t> out;
    for (std::size_t i = 0; i < observed.size(); ++i)
        if (const double ratio = observed[i] / std::max(expected[i], least); ratio > out.first)
            out = {ratio, i};
    return out;
}

double weightedJain(const std::vector<double>& observed, const std::vector<double>& expected) {
    double sum = 0, squares = 0, weights = 0;
    for (std::size_t i = 0; i < observed.size(); ++i) {
        if (expected[i] <= 0) continue;
        sum += observed[i];
        squares += observed[i] * observed[i] / expected[i];
        weights += expected[i];
    }
    return squares > 0 ? sum * sum / (weights * squares) : 1;
}

Draws drawClusters(const Clusters& clusters, const std::vector<double>& expected,
                   const std::stop_token& stop) {
    constexpr int kDraws = 500;
    const std::size_t n = clusters.size(), m = clusters.servers;
    if (n == 0) return {};
    const auto observed = clusters.shares();
    const double distance = totalVariation(observed, expected);
    std::mt19937 dice(20240116);
    std::vector<double> distances;
    int asFar = 0;
    for (int draw = 0; draw < kDraws; ++draw) {
        if (stop.stop_requested()) return {};
        Clusters some{m, std::vector<double>(m, 0)};
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t from = dice() % n * m;
            for (std::size_t k = 0; k < m; ++k)
                some.counts[k] += clusters.counts[from + k];
        }
        const auto shares = some.shares();
        distances.push_back(totalVariation(shares, expected));
        asFar += totalVariation(shares, observed) >= distance ? 1 : 0; // how far chance goes
    }
    return {*quantile(distances, 0.05), *quantile(distances, 0.95),
            double(1 + asFar) / double(1 + kDraws)};
}

} // namespace postlude::detail
