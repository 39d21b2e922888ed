// SPDX-License-Identifier: GPL-3.0-or-later
// Chance that is the same with every compiler and library: the standard's generator, distributions
// of our own.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <string>

namespace postlude::sim {

class Dice {
public:
    explicit Dice(std::uint64_t seed)
        : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}

    /// In [0, 1).
    double operator()() { return double(state_() >> 11U) * 0x1.0p-53; }
    double between(double a, double b) { return a + (b - a) * (*this)(); }
    /// Evenly on a scale of ratios: as often in [1, 10] as in [10, 100].
    double scaled(double a, double b) { return a * std::pow(b / a, (*this)()); }
    /// In [a, b].
    int whole(int a, int b) { return a + int((*this)() * double(b - a + 1)); }
    bool chance(double p) { return (*this)() < p; }
    double exponential(double mean) { return -mean * std::log(1 - (*this)()); }
    double normal() {
        return std::sqrt(-2 * std::log(1 - (*this)())) * std::cos(6.283185307179586 * (*this)());
    }
    /// Log-normal by its median and the deviation of its logarithm.
    double lognormal(double median, double spread) { return median * std::exp(spread * normal()); }
    template <class T>
    const T& of(std::span<const T> all) {
        return all[std::size_t((*this)() * double(all.size()))];
    }
    template <class Range>
    const auto& from(const Range& all) {
        return *(std::begin(all) + std::ptrdiff_t((*this)() * double(std::size(all))));
    }
    /// One of these by weight.
    std::size_t weighted(std::span<const double> weights) {
        double sum = 0;
        for (const double w : weights)
            sum += w;
        double left = (*this)() * sum;
        for (std::size_t i = 0; i < weights.size(); ++i)
            if ((left -= weights[i]) < 0) return i;
        return weights.size() - 1;
    }
    std::uint64_t bits() { return state_(); }
    /// `digits` hexadecimal digits.
    std::string hex(int digits) {
        std::string out;
        for (int i = 0; i < digits; ++i)
            out += "0123456789abcdef"[std::size_t((*this)() * 16)];
        return out;
    }

private:
    std::mt19937_64 state_;
};

} // namespace postlude::sim
