// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/drift.h"

#include <algorithm>
#include <limits>

namespace postlude::detail {

namespace {

constexpr std::int64_t kShortest = std::int64_t{15} * 1'000'000'000;
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

/// Of pairs [from, to).
std::optional<Offset> offsetOf(const std::vector<TimedPair>& pairs, std::size_t from,
                               std::size_t to, std::size_t least, double sigmas) {
    std::vector<Bounds> bounds;
    std::vector<Said> said;
    for (std::size_t i = from; i < to; ++i) {
        said.push_back(pairs[i].said);
        bounds.push_back(said.back().bounds);
    }
    auto out = agreedOffset(std::move(bounds));
    if (out) narrow(*out, said, least, sigmas);
    return out;
}

Piece pieceOf(const std::vector<TimedPair>& pairs, std::size_t from, std::size_t to, double slack) {
    constexpr std::size_t kLeastMean = 15;
    constexpr double kSigmas = 4; // of more than a hundred pieces none should be off by chance
    const auto offset = offsetOf(pairs, from, to, kLeastMean, kSigmas);
    if (!offset) return {};
    const double half = double(offset->uncertainty) + slack;
    return {pairs[from].at, pairs[to - 1].at, double(offset->middle) - half,
            double(offset->middle) + half, offset->pairs};
}

/// A quarter of a minute each or longer, so that they are not too many and each has enough pairs.
std::int64_t lengthOf(const std::vector<TimedPair>& pairs) {
    const std::int64_t span = pairs.back().at - pairs.front().at;
    return std::max(kShortest, span / std::int64_t(kMostPieces) + 1);
}

std::vector<Piece> piecesOf(const std::vector<TimedPair>& pairs, double slack) {
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
double roughDrift(const std::vector<TimedPair>& pairs) {
    const double within = kMostDrift * double(lengthOf(pairs)) / 2;
    const auto parts = partsOf(piecesOf(pairs, kSlack + within));
    const auto most =
        std::ranges::max_element(parts, {}, [](const ClockPart& p) { return p.offset.pairs; });
    return most == parts.end() ? 0 : most->drift;
}

void move(TimedPair& p, double by) {
    const auto ns = std::int64_t(by);
    p.said.bounds = {p.said.bounds.from + ns, p.said.bounds.to + ns};
    p.said.off += by;
}

std::size_t firstFrom(const std::vector<TimedPair>& pairs, std::int64_t at) {
    return std::size_t(std::ranges::lower_bound(pairs, at, {}, &TimedPair::at) - pairs.begin());
}

/// Pieces are long: the step is where fewest pairs speak against the part they are in.
void settleBorder(const std::vector<TimedPair>& pairs, ClockPart& a, ClockPart& b) {
    const std::size_t from = firstFrom(pairs, a.from), to = firstFrom(pairs, b.to + 1);
    const auto against = [&](std::size_t i, const ClockPart& part) {
        const double offset = part.at(pairs[i].at);
        const Bounds& said = pairs[i].said.bounds;
        return offset < double(said.from) - kSlack || offset > double(said.to) + kSlack ? 1 : 0;
    };
    int cost = 0; // of all being in b
    for (std::size_t i = from; i < to; ++i)
        cost += against(i, b);
    int least = cost;
    std::size_t first = from, last = from;
    for (std::size_t i = from; i < to; ++i) {
        cost += against(i, a) - against(i, b);
        if (cost < least) first = i + 1, least = cost;
        if (cost == least) last = i + 1;
    }
    const std::size_t cut = std::clamp(first + (last - first) / 2, from + 1, to - 1);
    a.to = pairs[cut - 1].at;
    b.from = pairs[cut].at;
}

/// From all its pairs, once it is known which they are.
void settleOffset(const std::vector<TimedPair>& pairs, ClockPart& part) {
    std::vector<TimedPair> own(pairs.begin() + std::ptrdiff_t(firstFrom(pairs, part.from)),
                               pairs.begin() + std::ptrdiff_t(firstFrom(pairs, part.to + 1)));
    const std::int64_t middle = part.from + (part.to - part.from) / 2;
    for (TimedPair& p : own)
        move(p, -part.drift * double(p.at - middle));
    if (const auto offset = offsetOf(own, 0, own.size(), 100, 3)) part.offset = *offset;
}

} // namespace

std::vector<ClockPart> clockParts(std::vector<TimedPair> pairs) {
    if (pairs.empty()) return {};
    std::ranges::stable_sort(pairs, {}, &TimedPair::at);
    const double drift = roughDrift(pairs);
    const std::int64_t origin = pairs.front().at;
    auto level = pairs;
    for (TimedPair& p : level)
        move(p, -drift * double(p.at - origin));
    std::vector<Piece> pieces = piecesOf(level, kSlack);
    for (Piece& p : pieces) {
        const double moved = drift * (p.at() - double(origin));
        p.low += moved;
        p.high += moved;
    }
    auto parts = partsOf(std::move(pieces));
    for (std::size_t k = 1; k < parts.size(); ++k)
        settleBorder(pairs, parts[k - 1], parts[k]);
    for (ClockPart& p : parts)
        settleOffset(pairs, p);
    return parts;
}

} // namespace postlude::detail
