// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/series/sketch.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace postlude {

namespace {

constexpr double kGamma = (1 + Sketch::kError) / (1 - Sketch::kError);
const double kPerLog = 1 / std::log(kGamma);

/// Bin i holds values in (γ^(i−1), γ^i].
int calculatedBin(std::int64_t value) {
    return static_cast<int>(std::ceil(std::log(static_cast<double>(value)) * kPerLog));
}

/// The same by a table, for it is asked for every line. Values that share their first seven bits
/// make a cell; they are within 1.6 %, so in one bin or in two neighbours.
class BinTable {
public:
    BinTable() {
        for (unsigned cell = 0; cell < cells_.size(); ++cell) {
            const unsigned below = cell / kFine; // bits behind the first
            const std::uint64_t lead = kFine + cell % kFine;
            const std::uint64_t low =
                below < kFineBits ? lead >> (kFineBits - below) : lead << (below - kFineBits);
            const std::uint64_t high =
                low + (below < kFineBits ? 0 : (1ULL << (below - kFineBits)) - 1);
            cells_[cell] = cellOf(static_cast<std::int64_t>(low), static_cast<std::int64_t>(high));
        }
    }
    [[nodiscard]] int binOf(std::int64_t value) const {
        const auto bits = static_cast<std::uint64_t>(value);
        const auto below = static_cast<unsigned>(std::bit_width(bits)) - 1;
        const auto fine = static_cast<unsigned>(bits << (63 - below) >> (63 - kFineBits)) % kFine;
        const Cell& cell = cells_[below * kFine + fine];
        return cell.bin + (value > cell.last ? 1 : 0);
    }

private:
    struct Cell {
        std::int64_t last = 0; ///< of `bin`; what is larger is in the next one
        int bin = 0;
    };
    static constexpr unsigned kFineBits = 6;
    static constexpr unsigned kFine = 1U << kFineBits;

    static Cell cellOf(std::int64_t low, std::int64_t high) {
        const int bin = calculatedBin(low);
        if (calculatedBin(high) == bin) return {high, bin};
        // `low` is in the bin, `high` in the next; the bound between is where it ought to be.
        const double bound = std::pow(kGamma, bin);
        for (const double factor : {1 - 1e-12, 1 + 1e-12}) {
            const auto near = static_cast<std::int64_t>(bound * factor);
            if (low < near && near < high) (calculatedBin(near) == bin ? low : high) = near;
        }
        while (low + 1 < high) {

            const std::int64_t middle = low + (high - low) / 2;
            (calculatedBin(middle) == bin ? low : high) = middle;
        }
        return {low, bin};
    }
    std::array<Cell, std::size_t{63} << kFineBits> cells_;
};

int binOf(std::int64_t value) {
    static const BinTable table;
    return table.binOf(value);
}

std::int64_t valueOf(int bin) {
    const double value = 2 * std::pow(kGamma, bin) / (kGamma + 1);
    return static_cast<std::int64_t>(std::min(std::round(value), 9.2e18));
}

void put(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U)
        out += static_cast<char>(value | 0x80U);
    out += static_cast<char>(value);
}

/// Empty when the bytes run out.
std::optional<std::uint64_t> take(std::string_view& bytes) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 63 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80) return value;
    }
    return {};
}

} // namespace

void Sketch::add(std::int64_t value) {
    if (value < 0) return;
    ++count_;
    if (value == 0)
        ++zeros_;
    else
        addToBin(binOf(value), 1);
}

void Sketch::addToBin(int bin, std::uint64_t count) {
    if (bins_.empty()) first_ = bin;
    if (bin < first_) {
        bins_.insert(bins_.begin(), static_cast<std::size_t>(first_ - bin), 0);
        first_ = bin;
    }
    const auto at = static_cast<std::size_t>(bin - first_);
    if (at >= bins_.size()) bins_.resize(at + 1);
    bins_[at] = static_cast<std::uint32_t>(std::min<std::uint64_t>(bins_[at] + count, UINT32_MAX));
}

void Sketch::merge(const Sketch& other) {
    count_ += other.count_;
    zeros_ += other.zeros_;
    for (std::size_t i = 0; i < other.bins_.size(); ++i)
        if (other.bins_[i] != 0) addToBin(other.first_ + static_cast<int>(i), other.bins_[i]);
}

std::optional<std::int64_t> Sketch::quantile(double q) const {
    if (count_ == 0) return {};
    const auto rank =
        static_cast<std::uint64_t>(std::clamp(q, 0.0, 1.0) * static_cast<double>(count_ - 1));
    std::uint64_t below = zeros_;
    if (rank < below) return 0;
    for (std::size_t i = 0; i < bins_.size(); ++i) {
        below += bins_[i];
        if (rank < below) return valueOf(first_ + static_cast<int>(i));
    }
    return valueOf(first_ + static_cast<int>(bins_.size()) - 1);
}

std::string Sketch::bytes() const {
    std::string out;
    put(out, zeros_);
    put(out, static_cast<std::uint64_t>(first_));
    put(out, bins_.size());
    for (const std::uint32_t bin : bins_)
        put(out, bin);
    return out;
}

Result<Sketch> Sketch::fromBytes(std::string_view bytes) {
    const Error damaged{ErrorKind::Damaged, "latencies kept in the case are damaged", {}, {}};
    const auto zeros = take(bytes);
    const auto first = take(bytes);
    const auto size = take(bytes);
    if (!zeros || !first || !size || *first > kBins || *size > kBins || *first + *size > kBins)
        return std::unexpected(damaged);
    Sketch sketch;
    sketch.zeros_ = sketch.count_ = *zeros;
    sketch.first_ = static_cast<int>(*first);
    for (std::uint64_t i = 0; i < *size; ++i) {
        const auto bin = take(bytes);
        if (!bin || *bin > UINT32_MAX) return std::unexpected(damaged);
        sketch.bins_.push_back(static_cast<std::uint32_t>(*bin));
        sketch.count_ += *bin;
    }
    if (!bytes.empty()) return std::unexpected(damaged);
    return sketch;
}

} // namespace postlude
