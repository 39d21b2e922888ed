// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/fold.h"
#include "core/analysis/detail/quantiles.h"

#include <algorithm>
#include <cmath>

namespace postlude::detail {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::size_t kStretches = 64;
constexpr std::int64_t kLongAgo = std::int64_t{100} * 366 * 86'400 * kSecond;

/// Durations of what went well, by 64 equal stretches of the span.
struct Stretches {
    std::int64_t from = 0, length = 1;
    std::vector<Quantiles> took = std::vector<Quantiles>(kStretches);

    void add(const Request& r) {
        if (r.timed && !r.failed) took[std::size_t((r.start - from) / length)].add(r.duration());
    }
    void merge(const Stretches& other) {
        for (std::size_t k = 0; k < kStretches; ++k)
            took[k].merge(other.took[k]);
    }
};

/// Durations of the stretches that were fastest: a sixteenth of all, or as many more as it takes
/// for a p99. An incident may cover most of a log.
Quantiles quietDurations(const Traffic& traffic) {
    const Window span = traffic.span();
    const Stretches empty{nanoseconds(span.from),
                          span.length().count() / std::int64_t(kStretches) + 1};
    const Stretches all =
        folded(traffic, span, empty, [](Stretches& sum, const Request& r) { sum.add(r); });
    std::vector<const Quantiles*> stretches;
    for (const Quantiles& q : all.took)
        if (q.count() >= 5) stretches.push_back(&q);
    std::ranges::stable_sort(stretches, {}, [](const Quantiles* q) { return *q->at(0.9); });
    Quantiles out;
    const std::size_t least = (stretches.size() + 15) / 16, most = (stretches.size() + 3) / 4;
    constexpr std::uint64_t kEnough = 1000;
    for (std::size_t k = 0; k < least || (k < most && out.count() < kEnough); ++k)
        out.merge(*stretches[k]);
    return out;
}

} // namespace

std::size_t Traffic::from(Instant t) const {
    return requests.from(nanoseconds(t));
}

PackedRequests::Range Traffic::within(const Window& w) const {
    if (w.empty()) return {};
    return requests.range(from(w.from), from(w.to));
}

Window Traffic::span() const {
    if (requests.empty()) return {};
    if (!kept.empty()) return kept;
    return {instant(requests.front().start), instant(requests.back().start + 1)};
}

void settleSpan(Traffic& traffic) {
    constexpr std::size_t kLeast = 100, kMostStrays = 100, kOneIn = 1000;
    constexpr std::int64_t kDay = 86'400 * kSecond;
    const std::size_t size = traffic.requests.size();
    if (size < kLeast) return;
    PackedRequests::Access at(traffic.requests);
    const std::size_t most = std::min(kMostStrays, size / kOneIn + 2);
    const std::int64_t core = at[size - 1 - most].start - at[most].start;
    const std::int64_t apart = std::max(kDay, std::min(core, kLongAgo / 2) * 2);
    std::size_t first = 0, last = size - 1;
    for (std::size_t i = most; i > 0 && first == 0; --i)
        if (at[i].start - at[i - 1].start > apart) first = i;
    for (std::size_t i = size - 1 - most; i + 1 < size && last == size - 1; ++i)
        if (at[i + 1].start - at[i].start > apart) last = i;
    if (first == 0 && last == size - 1) return;
    traffic.kept = {instant(at[first].start), instant(at[last].start + 1)};
    traffic.strays = first + (size - 1 - last);
}

void settleSlow(Traffic& traffic, std::optional<Duration> stated) {
    traffic.slow = kSecond;
    traffic.slowWhy = "the default";
    if (stated) {
        traffic.slow = stated->count();
        traffic.slowWhy = "as stated";
        return;
    }
    const auto p99 = quietDurations(traffic).at(0.99);
    if (!p99 || *p99 <= kSecond) return;
    traffic.slow = *p99 + *p99 / 2;
    traffic.slowWhy = "1.5 times the p99 of the quietest stretches";
}

std::optional<double> quantile(std::vector<double>& values, double share) {
    if (values.empty()) return {};
    const auto rank = std::size_t(std::ceil(share * double(values.size())));
    const auto k = std::min(values.size() - 1, rank == 0 ? 0 : rank - 1);
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(k), values.end());
    return values[k];
}

} // namespace postlude::detail
