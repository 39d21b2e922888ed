// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/quantiles.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace postlude::detail {

namespace {

std::uint64_t rankOf(double share, std::uint64_t count) {
    const auto rank = std::uint64_t(std::ceil(share * double(count)));
    return std::min(count - 1, rank == 0 ? 0 : rank - 1);
}

} // namespace

void Quantiles::add(std::int64_t value) {
    ++count_;
    value = std::max<std::int64_t>(value, 0);
    while (value % unit_ != 0)
        unit_ /= 1000;
    if (!pages_.empty()) {
        addToBin(value);
        return;
    }
    values_.push_back(value);
    if (values_.size() > kExact) spill();
}

void Quantiles::spill() {
    pages_.resize(64);
    for (const std::int64_t v : values_)
        addToBin(v);
    values_ = {};
}

/// Page 0 holds what is below 512 as it is; page p the 512 bins of [512 · 2^(p−1), 512 · 2^p).
void Quantiles::addToBin(std::int64_t value) {
    const auto v = std::uint64_t(value);
    const auto width = unsigned(std::bit_width(v));
    const unsigned page = width <= kBits ? 0 : width - kBits;
    auto& bins = pages_[page];
    if (bins.empty()) bins.resize(std::size_t{1} << kBits);
    ++bins[page == 0 ? v : (v >> (page - 1)) - (std::uint64_t{1} << kBits)];
}

void Quantiles::merge(const Quantiles& other) {
    if (other.pages_.empty()) {
        for (const std::int64_t v : other.values_)
            add(v);
        return;
    }
    if (pages_.empty()) spill();
    unit_ = std::min(unit_, other.unit_);
    count_ += other.count_;
    for (std::size_t p = 0; p < pages_.size(); ++p) {
        const auto& from = other.pages_[p];
        if (from.empty()) continue;
        pages_[p].resize(from.size());
        for (std::size_t i = 0; i < from.size(); ++i)
            pages_[p][i] += from[i];
    }
}

std::optional<std::int64_t> Quantiles::at(double share) const {
    if (count_ == 0) return {};
    std::uint64_t rank = rankOf(share, count_);
    if (pages_.empty()) {
        const auto k = values_.begin() + std::ptrdiff_t(rank);
        std::nth_element(values_.begin(), k, values_.end());
        return *k;
    }
    for (std::size_t p = 0; p < pages_.size(); ++p) {
        for (std::size_t i = 0; i < pages_[p].size(); ++i) {
            if (rank >= pages_[p][i]) {
                rank -= pages_[p][i];
                continue;
            }
            if (p == 0) return std::int64_t(i);
            const std::uint64_t low = (i + (std::size_t{1} << kBits)) << (p - 1);
            const auto middle = std::int64_t(low + (std::uint64_t{1} << (p - 1)) / 2);
            return (middle + unit_ / 2) / unit_ * unit_;
        }
    }
    return {};
}

} // namespace postlude::detail
