// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/onset.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace postlude::detail {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::size_t kMostBuckets = 4000;
constexpr std::int64_t kQuiet = 300 * kSecond;           ///< so long well: two incidents, not one
constexpr std::int64_t kConfirmed = 60 * kSecond;        ///< so long well, or to the end: resolved
constexpr double kLeastFailed = 0.01, kLeastSlow = 0.02; ///< shares beyond the baseline's
constexpr double kLeastBad = 20;                         ///< requests beyond the baseline's
constexpr std::int64_t kLeastLength = 10 * kSecond;

struct Grid {
    std::int64_t origin = 0, bucket = kSecond;
    std::vector<Counts> counts;
    [[nodiscard]] std::int64_t at(std::size_t i) const { return origin + bucket * std::int64_t(i); }
};

Grid gridOf(const Traffic& traffic) {
    Grid grid;
    const Window span = traffic.span();
    grid.origin = nanoseconds(span.from) / kSecond * kSecond;
    const std::int64_t length = nanoseconds(span.to) - grid.origin;
    const auto most = std::int64_t(kMostBuckets);
    grid.bucket = std::max(kSecond, (length / most / kSecond + 1) * kSecond);
    if (length / kSecond < most) grid.bucket = kSecond;
    grid.counts.resize(std::size_t(length / grid.bucket) + 1);
    for (const Request& r : traffic.requests) {
        Counts& c = grid.counts[std::size_t((r.start - grid.origin) / grid.bucket)];
        ++c.requests;
        c.failed += r.failed ? 1 : 0;
        c.slow += traffic.isSlow(r) ? 1 : 0;
    }
    return grid;
}

/// The best segments, until they hold a quarter of all requests.
Baseline baselineOf(std::vector<Segment> parts) {
    std::ranges::stable_sort(parts, {}, [](const Segment& s) {
        return s.requests ? double(s.failed + s.slow) / double(s.requests) : 1.0;
    });
    std::uint64_t all = 0;
    for (const Segment& s : parts)
        all += s.requests;
    Segment sum;
    for (const Segment& s : parts) {
        if (sum.requests * 4 >= all && sum.requests > 0) break;
        sum.requests += s.requests;
        sum.failed += s.failed;
        sum.slow += s.slow;
    }
    return {sum.failedShare(), sum.slowShare(), sum.requests};
}

bool isBad(const Segment& s, const Baseline& base) {
    if (s.requests == 0) return false;
    const auto beyond = [](double share, double usual, double least) {
        return share - usual >= least && share >= 3 * usual;
    };
    return beyond(s.failedShare(), base.failed, kLeastFailed) ||
           beyond(s.slowShare(), base.slow, kLeastSlow);
}

struct Run {
    std::size_t from = 0, to = 0; ///< buckets
    double beyond = 0;            ///< bad requests beyond the baseline's
    std::uint64_t bad = 0;
};

std::vector<Run> badRuns(const std::vector<Segment>& parts, const Baseline& base,
                         std::int64_t bucket) {
    std::vector<Run> runs;
    for (const Segment& s : parts) {
        if (!isBad(s, base)) continue;
        const auto bad = s.failed + s.slow;
        const double beyond = double(bad) - (base.failed + base.slow) * double(s.requests);
        if (!runs.empty() && std::int64_t(s.from - runs.back().to) * bucket < kQuiet) {
            runs.back().to = s.to;
            runs.back().beyond += beyond;
            runs.back().bad += bad;
        } else {
            runs.push_back({s.from, s.to, beyond, bad});
        }
    }
    return runs;
}

class Refinement {
public:
    Refinement(const Traffic& traffic, const Grid& grid)
        : traffic_(traffic)
        , grid_(grid) {}

    [[nodiscard]] Stretch of(const Run& run) const {
        Stretch out;
        begin(run, out);
        end(run, out);
        return out;
    }

private:
    struct Cut {
        std::span<const Request> requests;
        Split split;
    };

    /// The best cut within three buckets of a boundary, not beyond the run's other side.
    [[nodiscard]] Cut cutNear(std::size_t bucket, std::size_t least, std::size_t most) const {
        const std::size_t a = std::max(least, bucket > 3 ? bucket - 3 : 0);
        const std::size_t b = std::min(most, bucket + 3);
        Cut out{traffic_.within({instant(grid_.at(a)), instant(grid_.at(b))}), {}};
        std::vector<std::uint8_t> bad;
        for (const Request& r : out.requests)
            bad.push_back(traffic_.isBad(r) ? 1 : 0);
        out.split = bestSplit(bad);
        return out;
    }

    void begin(const Run& run, Stretch& out) const {
        if (run.from == 0) {
            out.fromTheBeginning = true;
            out.start = instant(traffic_.requests.front().start);
            out.startInterval = {out.start, out.start};
            return;
        }
        const Cut cut = cutNear(run.from, 0, run.to);
        const auto first = firstBad(cut.requests, cut.split.at);
        out.start = first.value_or(instant(grid_.at(run.from)));
        out.startInterval = {startAt(cut, cut.split.from), startAt(cut, cut.split.to)};
        out.startInterval.from = std::min(out.startInterval.from, out.start);
        out.startInterval.to = std::max(out.startInterval.to, out.start);
    }

    [[nodiscard]] Instant startAt(const Cut& cut, std::size_t i) const {
        if (cut.requests.empty()) return {};
        return instant(cut.requests[std::min(i, cut.requests.size() - 1)].start);
    }

    [[nodiscard]] std::optional<Instant> firstBad(std::span<const Request> requests,
                                                  std::size_t from) const {
        for (std::size_t i = from; i < requests.size(); ++i)
            if (traffic_.isBad(requests[i])) return instant(requests[i].start);
        return {};
    }

    void end(const Run& run, Stretch& out) const {
        const bool toTheEnd = run.to >= grid_.counts.size();
        std::int64_t until = grid_.at(run.to);
        if (!toTheEnd) {
            const Cut cut = cutNear(run.to, run.from, grid_.counts.size());
            if (cut.split.at < cut.requests.size()) until = cut.requests[cut.split.at].start;
        }
        std::int64_t last = nanoseconds(out.start);
        for (const Request& r : traffic_.within({out.start, instant(until)}))
            if (traffic_.isBad(r)) last = std::max(last, r.end);
        out.lastBad = instant(last);
        const std::int64_t tail = nanoseconds(traffic_.span().to) - until;
        if (!toTheEnd && tail >= kConfirmed / 2) out.resolved = out.lastBad;
    }

    const Traffic& traffic_;
    const Grid& grid_;
};

std::string burstNote(const Run& run, const Grid& grid) {
    const auto from = instant(grid.at(run.from));
    return fmt::format("{} bad requests within {} from {} on: a short burst, not counted as an "
                       "incident (that takes {:.0f} beyond the usual, over {} s)",
                       run.bad, spoken(Duration{std::int64_t(run.to - run.from) * grid.bucket}),
                       toRfc3339(from, 0), kLeastBad, kLeastLength / kSecond);
}

/// Stretches without any request where a hundred were to be expected.
void noteSilences(const Traffic& traffic, Onsets& out) {
    const double length = seconds(traffic.span().length());
    if (length <= 0) return;
    const double perSecond = double(traffic.requests.size()) / length;
    int told = 0;
    for (std::size_t i = 1; i < traffic.requests.size() && told < 3; ++i) {
        const auto gap = traffic.requests[i].start - traffic.requests[i - 1].start;
        if (gap < kLeastLength || double(gap) * 1e-9 * perSecond < 100) continue;
        out.notes.push_back(fmt::format(
            "No request is logged for {} from {} on, where about {:.0f} were to be expected: an "
            "outage in front of the balancer, or a gap in the log",
            spoken(Duration{gap}), toRfc3339(instant(traffic.requests[i - 1].start), 0),
            double(gap) * 1e-9 * perSecond));
        ++told;
    }
}

} // namespace

Onsets findOnsets(const Traffic& traffic) {
    Onsets out;
    if (traffic.requests.empty()) return out;
    const Grid grid = gridOf(traffic);
    out.bucket = Duration{grid.bucket};
    const auto parts = segments(grid.counts);
    out.baseline = baselineOf(parts);
    if (out.baseline.failed > 0.2 || out.baseline.slow > 0.5) {
        out.notes.push_back(fmt::format(
            "Even in the quietest quarter {:.0f} % of the requests fail: the logs hold no good "
            "time to compare with",
            out.baseline.failed * 100));
        out.baseline = {};
    }
    const Refinement refinement(traffic, grid);
    for (const Run& run : badRuns(parts, out.baseline, grid.bucket)) {
        const Stretch stretch = refinement.of(run);
        const bool lasting = stretch.lastBad - stretch.start >= Duration{kLeastLength};
        if (run.beyond >= kLeastBad && lasting)
            out.stretches.push_back(stretch);
        else
            out.notes.push_back(burstNote(run, grid));
    }
    noteSilences(traffic, out);
    return out;
}

} // namespace postlude::detail
