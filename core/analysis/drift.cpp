// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/drift.h"

#include <algorithm>
#include <limits>

namespace postlude::detail {

namespace {

constexpr std::int64_t kMinute = std::int64_t{60} * 1'000'000'000;
constexpr double kSlack = 1e6; ///< a few wrong pairs move a bound by as much
constexpr std::size_t kMostPieces = 120, kLeastPairs = 30;
constexpr double kMostDrift = 1e-3;               ///< no clock is worse by more than 1000 ppm
constexpr std::int64_t kLeastChange = 20'000'000; ///< drift that moves less is none to speak of

struct Piece {
    std::int64_t from = 0, to = 0;
    double low = 0, high = 0;
    std::uint64_t pairs = 0;
    [[nodiscard]] double at() const { return double(from) + double(to - from) / 2; }
};

Piece pieceOf(const std::vector<TimedBounds>& pairs, std::size_t from, std::size_t to,
              double slack) {
    std::vector<Bounds> bounds;
    for (std::size_t i = from; i < to; ++i)
        bounds.push_back(pairs[i].bounds);
    const auto offset = agreedOffset(std::move(bounds));
    if (!offset) return {};
    const double half = double(offset->uncertainty) + slack;
    return {pairs[from].at, pairs[to - 1].at, double(offset->middle) - half,
            double(offset->middle) + half, offset->pairs};
}

/// A minute each or longer, so that they are not too many and each has enough pairs.
std::int64_t lengthOf(const std::vector<TimedBounds>& pairs) {
    const std::int64_t span = pairs.back().at - pairs.front().at;
    return std::max(kMinute, span / std::int64_t(kMostPieces) + 1);
}

std::vector<Piece> piecesOf(const std::vector<TimedBounds>& pairs, double slack) {
    std::vector<Piece> out;
    const std::int64_t length = lengthOf(pairs);
    std::size_t from = 0;
    for (std::size_t i = 1; i <= pairs.size(); ++i) {
        const bool last = i == pairs.size();
        const bool full =
            !last && pairs[i].at - pairs[from].at >= length && i - from >= kLeastPairs;
        if (!last && !full) continue;
        if (i - from >= kLeastPairs)
            if (const Piece p = pieceOf(pairs, from, i, slack); p.pairs) out.push_back(p);
        from = i;
    }
    return out;
}

struct Slopes {
    double least = -kMostDrift, most = kMostDrift;
    [[nodiscard]] bool any() const { return least <= most; }
};

/// Slopes of all lines that pass through the intervals of pieces [from, to).
Slopes slopesOf(const std::vector<Piece>& pieces, std::size_t from, std::size_t to) {
    Slopes out;
    for (std::size_t j = from + 1; j < to; ++j) {
        for (std::size_t i = from; i < j; ++i) {
            const double dt = pieces[j].at() - pieces[i].at();
            out.least = std::max(out.least, (pieces[j].low - pieces[i].high) / dt);
            out.most = std::min(out.most, (pieces[j].high - pieces[i].low) / dt);
        }
    }
    return out;
}

ClockPart partOf(const std::vector<Piece>& pieces, std::size_t from, std::size_t to) {
    ClockPart out;
    out.from = pieces[from].from;
    out.to = pieces[to - 1].to;
    const Slopes slopes = slopesOf(pieces, from, to);
    const bool steady = slopes.least <= 0 && slopes.most >= 0;
    const double drift = steady ? 0 : (slopes.least + slopes.most) / 2;
    const auto length = double(out.to - out.from);
    if (std::abs(drift) * length >= double(kLeastChange)) {
        out.drift = drift;
        out.driftUncertainty = (slopes.most - slopes.least) / 2;
    }
    const double middle = double(out.from) + length / 2;
    double low = std::numeric_limits<double>::lowest(), high = std::numeric_limits<double>::max();
    for (std::size_t i = from; i < to; ++i) {
        const double moved = drift * (pieces[i].at() - middle);
        low = std::max(low, pieces[i].low - moved);
        high = std::min(high, pieces[i].high - moved);
        out.offset.pairs += pieces[i].pairs;
    }
    out.offset.middle = std::int64_t(low + (high - low) / 2);
    out.offset.uncertainty = std::int64_t(std::abs(high - low) / 2);
    return out;
}

std::vector<ClockPart> partsOf(std::vector<Piece> pieces) {
    std::vector<ClockPart> out;
    std::size_t from = 0;
    for (std::size_t i = 1; i <= pieces.size();) {
        if (i < pieces.size() && slopesOf(pieces, from, i + 1).any()) {
            ++i;
            continue;
        }
        // One piece that fits neither side is wrong, not a step.
        std::vector<Piece> without(pieces.begin() + std::ptrdiff_t(from),
                                   pieces.begin() + std::ptrdiff_t(i));
        const bool another = i + 1 < pieces.size();
        if (another) without.push_back(pieces[i + 1]);
        if (another && slopesOf(without, 0, without.size()).any()) {
            pieces.erase(pieces.begin() + std::ptrdiff_t(i));
            continue;
        }
        if (i - from >= 2 || pieces.size() == 1) out.push_back(partOf(pieces, from, i));
        from = i++;
    }
    return out;
}

/// Within a piece the clock drifts, too: what the whole roughly does is taken out first.
double roughDrift(const std::vector<TimedBounds>& pairs) {
    const double within = kMostDrift * double(lengthOf(pairs)) / 2;
    const auto parts = partsOf(piecesOf(pairs, kSlack + within));
    const auto most =
        std::ranges::max_element(parts, {}, [](const ClockPart& p) { return p.offset.pairs; });
    return most == parts.end() ? 0 : most->drift;
}

} // namespace

std::vector<ClockPart> clockParts(std::vector<TimedBounds> pairs) {
    if (pairs.empty()) return {};
    std::ranges::stable_sort(pairs, {}, &TimedBounds::at);
    const double drift = roughDrift(pairs);
    const std::int64_t origin = pairs.front().at;
    for (TimedBounds& p : pairs) {
        const auto moved = std::int64_t(drift * double(p.at - origin));
        p.bounds = {p.bounds.from - moved, p.bounds.to - moved};
    }
    std::vector<Piece> pieces = piecesOf(pairs, kSlack);
    for (Piece& p : pieces) {
        const double moved = drift * (p.at() - double(origin));
        p.low += moved;
        p.high += moved;
    }
    return partsOf(std::move(pieces));
}

} // namespace postlude::detail
