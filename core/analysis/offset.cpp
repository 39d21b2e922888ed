// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/offset.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace postlude::detail {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kStep = 5 * kSecond;
constexpr std::int64_t kReach = 15 * 3600 * kSecond;

std::int64_t stepOf(const Bounds& b) {
    const std::int64_t middle = b.from + (b.to - b.from) / 2;
    return middle >= 0 ? middle / kStep : -((-middle + kStep - 1) / kStep);
}

/// The step with the most pairs, its two neighbours counted in.
std::optional<std::int64_t> vote(const std::vector<Bounds>& pairs) {
    std::map<std::int64_t, std::uint64_t> votes;
    for (const Bounds& b : pairs)
        if (b.from > -kReach && b.to < kReach) ++votes[stepOf(b)];
    const auto at = [&](std::int64_t step) {
        const auto it = votes.find(step);
        return it == votes.end() ? 0 : it->second;
    };
    std::optional<std::int64_t> best;
    std::uint64_t most = 0;
    for (const auto& [step, count] : votes) {
        const auto sum = 2 * count + at(step - 1) + at(step + 1);
        if (sum > most) most = sum, best = step;
    }
    return best;
}

struct Edge {
    std::int64_t at;
    int change; ///< +1 opens, −1 closes
};

std::vector<Edge> edgesOf(const std::vector<Bounds>& pairs) {
    std::vector<Edge> edges;
    for (const Bounds& b : pairs) {
        edges.push_back({b.from, 1});
        edges.push_back({b.to, -1});
    }
    std::ranges::sort(edges, [](const Edge& a, const Edge& b) {
        return a.at != b.at ? a.at < b.at : a.change > b.change;
    });
    return edges;
}

/// The stretch that most intervals contain; with one of a hundred fewer still counted as the same,
/// so that a few wrong pairs cannot narrow it to a point.
Offset marzullo(const std::vector<Bounds>& pairs) {
    const auto edges = edgesOf(pairs);
    int depth = 0, most = 0;
    for (const Edge& e : edges)
        most = std::max(most, depth += e.change);
    const int enough = most - std::max(most / 100, std::min(2, most / 500));
    std::int64_t from = 0, to = 0, begun = 0;
    bool inside = false, found = false;
    depth = 0;
    for (const Edge& e : edges) {
        depth += e.change;
        if (depth >= enough && !inside) {
            begun = e.at;
            inside = true;
        } else if (depth < enough && inside) {
            inside = false;
            if (!found) from = begun;
            to = e.at;
            found = true;
        }
    }
    return {from + (to - from) / 2, (to - from) / 2, std::uint64_t(most)};
}

} // namespace

std::optional<Offset> agreedOffset(std::vector<Bounds> pairs, std::uint64_t least) {
    std::erase_if(pairs, [](const Bounds& b) { return b.to < b.from; });
    const auto winner = vote(pairs);
    if (!winner) return {};
    std::erase_if(pairs, [&](const Bounds& b) {
        return b.to < (*winner - 2) * kStep || b.from > (*winner + 3) * kStep;
    });
    if (pairs.size() < least) return {};
    const Offset offset = marzullo(pairs);
    if (offset.pairs < least || 2 * offset.pairs < pairs.size()) return {};
    return offset;
}

void narrow(Offset& offset, const std::vector<Said>& pairs, std::size_t least, double sigmas) {
    const std::int64_t low = offset.middle - offset.uncertainty,
                       high = offset.middle + offset.uncertainty;
    std::vector<Said> all;
    for (const Said& p : pairs)
        if (p.room >= 0 && p.bounds.from <= high && p.bounds.to >= low) all.push_back(p);
    if (all.size() < 2 * least) return;
    std::ranges::nth_element(all, all.begin() + std::ptrdiff_t(all.size() / 2), {}, &Said::room);
    all.resize(all.size() / 2);
    double sum = 0, squares = 0, room = 0;
    for (const Said& p : all)
        sum += p.off, room += p.room;
    const auto n = double(all.size());
    for (const Said& p : all)
        squares += (p.off - sum / n) * (p.off - sum / n);
    const double unsure = sigmas * std::sqrt(squares / n / n) + room / n / 2;
    if (unsure >= double(offset.uncertainty)) return;
    offset.middle = std::clamp(std::int64_t(std::llround(sum / n)), low, high);
    offset.uncertainty = std::int64_t(unsure);
}

} // namespace postlude::detail
