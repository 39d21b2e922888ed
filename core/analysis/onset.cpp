// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/onset.h"
#include "core/analysis/detail/fold.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace postlude::detail {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::size_t kMostBuckets = 4000;
constexpr std::int64_t kQuiet = 300 * kSecond;           ///< so long well: two incidents, not one
constexpr std::int64_t kConfirmed = 60 * kSecond;        ///< so long well, or to the end: resolved
constexpr double kLeastFailed = 0.01, kLeastSlow = 0.02; ///< shares beyond the baseline's
constexpr double kLeastBad = 20;                         ///< requests beyond the baseline's
constexpr std::int64_t kLeastLength = 10 * kSecond;
constexpr double kWaveShare = 0.05, kLeastInWave = 8; ///< what makes a wave of a short rise
constexpr double kLeastInWaves = 40;

Grid gridOf(const Traffic& traffic) {
    Grid grid;
    const Window span = traffic.span();
    grid.origin = nanoseconds(span.from) / kSecond * kSecond;
    const std::int64_t length = nanoseconds(span.to) - grid.origin;
    const auto most = std::int64_t(kMostBuckets);
    grid.bucket = std::max(kSecond, (length / most / kSecond + 1) * kSecond);
    if (length / kSecond < most) grid.bucket = kSecond;
    grid.counts.resize(std::size_t(length / grid.bucket) + 1);
    return folded(traffic, span, grid, [&](Grid& sum, const Request& r) {
        Counts& c = sum.counts[std::size_t((r.start - sum.origin) / sum.bucket)];
        ++c.requests;
        c.failed += r.failed ? 1 : 0;
        c.slow += traffic.isSlow(r) ? 1 : 0;
    });
}

/// Pearson's X² per degree of freedom of the failed, within the first `taken` segments.
double overdispersionOf(const Grid& grid, const std::vector<Segment>& parts, std::size_t taken) {
    double sum = 0, freedom = 0;
    for (std::size_t k = 0; k < taken; ++k) {
        const double share = parts[k].failedShare();
        if (share <= 0 || share >= 1) continue;
        freedom -= 1;
        for (std::size_t i = parts[k].from; i < parts[k].to; ++i) {
            const auto n = double(grid.counts[i].requests);
            if (n == 0) continue;
            const double off = double(grid.counts[i].failed) - n * share;
            sum += off * off / (n * share * (1 - share));
            freedom += 1;
        }
    }
    return freedom >= 1 ? std::max(1.0, sum / freedom) : 1;
}

/// The best segments, until they hold a quarter of all requests.
Baseline baselineOf(std::vector<Segment> parts, const Grid& grid) {
    std::ranges::stable_sort(parts, {}, [](const Segment& s) {
        return s.requests ? double(s.failed + s.slow) / double(s.requests) : 1.0;
    });
    std::uint64_t all = 0;
    for (const Segment& s : parts)
        all += s.requests;
    Segment sum;
    std::size_t taken = 0;
    for (const Segment& s : parts) {
        if (sum.requests * 4 >= all && sum.requests > 0) break;
        ++taken;
        sum.requests += s.requests;
        sum.failed += s.failed;
        sum.slow += s.slow;
    }
    return {sum.failedShare(), sum.slowShare(), sum.requests, overdispersionOf(grid, parts, taken)};
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
    std::size_t waves = 0;   ///< pieces of keenSegments()
    bool sure = false;       ///< has a piece of segments()
    std::size_t heralds = 0; ///< waves before the first of those
    std::size_t sureFrom = 0;
};

Run runOf(const Segment& s, const Baseline& base) {
    Run out;
    out.from = out.sureFrom = s.from;
    out.to = s.to;
    out.bad = s.failed + s.slow;
    out.beyond = double(out.bad) - (base.failed + base.slow) * double(s.requests);
    return out;
}

/// Pieces with less than five quiet minutes between them are one run.
std::vector<Run> joined(std::vector<Run> pieces, std::int64_t bucket) {
    std::ranges::stable_sort(pieces, {}, &Run::from);
    std::vector<Run> runs;
    for (const Run& p : pieces) {
        const bool near =
            !runs.empty() &&
            (p.from <= runs.back().to || std::int64_t(p.from - runs.back().to) * bucket < kQuiet);
        if (!near) {
            runs.push_back(p);
            continue;
        }
        Run& last = runs.back();
        if (p.sure && !last.sure) {
            last.heralds = last.waves - (last.to >= p.from ? 1 : 0);
            last.sureFrom = p.from;
        }
        last.to = std::max(last.to, p.to);
        last.waves += p.waves;
        last.sure |= p.sure;
    }
    for (Run& r : runs) // one short rise before is chance, two are the beginning
        if (r.sure && r.heralds < 2) r.from = r.sureFrom;
    return runs;
}

/// Pieces may overlap: the bad requests of the whole run are counted anew.
void count(Run& run, const Grid& grid, const Baseline& base) {
    Segment all;
    for (std::size_t i = run.from; i < run.to; ++i) {
        all.requests += grid.counts[i].requests;
        all.failed += grid.counts[i].failed;
        all.slow += grid.counts[i].slow;
    }
    run.bad = all.failed + all.slow;
    run.beyond = double(run.bad) - (base.failed + base.slow) * double(all.requests);
}

/// What segments() finds, and waves besides: rises that are short but strong, and more than one.
std::vector<Run> badRuns(const std::vector<Segment>& parts, const std::vector<Segment>& keen,
                         const Baseline& base, const Grid& grid) {
    std::vector<Run> pieces;
    for (const Segment& s : parts) {
        if (parts.size() == 1 || !isBad(s, base)) continue; // what is all there is, is usual
        pieces.push_back(runOf(s, base));
        pieces.back().sure = true;
    }
    for (const Segment& s : keen) {
        Run wave = runOf(s, base);
        const bool strong =
            wave.beyond >= kLeastInWave && wave.beyond >= kWaveShare * double(s.requests);
        if (!strong || !isBad(s, base)) continue;
        wave.waves = 1;
        if (!pieces.empty() && pieces.back().waves == 1 && pieces.back().to == wave.from) {
            Run& last = pieces.back(); // of one wave
            last.to = wave.to;
            last.bad += wave.bad;
            last.beyond += wave.beyond;
        } else {
            pieces.push_back(wave);
        }
    }
    auto runs = joined(std::move(pieces), grid.bucket);
    for (Run& r : runs)
        count(r, grid, base);
    std::erase_if(
        runs, [](const Run& r) { return !r.sure && (r.waves < 2 || r.beyond < kLeastInWaves); });
    return runs;
}

class Refinement {
public:
    Refinement(const Traffic& traffic, const Grid& grid, const Baseline& base)
        : traffic_(traffic)
        , grid_(grid)
        , usual_(base.failed + base.slow + 2.0 / double(base.requests + 2)) {}

    [[nodiscard]] Stretch of(const Run& run) const {
        Stretch out;
        begin(run, out);
        end(run, out);
        return out;
    }

private:
    struct Cut {
        PackedRequests::Range requests;
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
        out.start = earlier(first.value_or(instant(grid_.at(run.from))));
        out.startInterval = {startAt(cut, cut.split.from), startAt(cut, cut.split.to)};
        out.startInterval.from = std::min(out.startInterval.from, out.start);
        out.startInterval.to = std::max(out.startInterval.to, out.start);
    }

    [[nodiscard]] Instant startAt(const Cut& cut, std::size_t i) const {
        if (cut.requests.empty()) return {};
        return instant(cut.requests[std::min(i, cut.requests.size() - 1)].start);
    }

    [[nodiscard]] std::optional<Instant> firstBad(const PackedRequests::Range& requests,
                                                  std::size_t from) const {
        for (const Request& r : requests.after(from))
            if (traffic_.isBad(r)) return instant(r.start);
        return {};
    }

    void end(const Run& run, Stretch& out) const {
        const bool toTheEnd = run.to >= grid_.counts.size();
        std::int64_t until = grid_.at(run.to);
        if (!toTheEnd) {
            const Cut cut = cutNear(run.to, run.from, grid_.counts.size());
            if (cut.split.at < cut.requests.size()) until = cut.requests[cut.split.at].start;
            until = later(until);
        }
        std::int64_t last = nanoseconds(out.start);
        for (const Request& r : traffic_.within({out.start, instant(until)}))
            if (traffic_.isBad(r)) last = std::max(last, r.end);
        out.lastBad = instant(last);
        const std::int64_t tail = nanoseconds(traffic_.span().to) - until;
        if (!toTheEnd && tail >= kConfirmed / 2) out.resolved = out.lastBad;
    }

    /// True if so many bad among so many are more than chance (Poisson's tail below 10⁻⁴).
    static bool isMore(std::size_t bad, std::size_t all, double usual) {
        if (bad < 4) return false;
        const double mean = usual * double(all);
        if (double(bad) <= mean) return false;
        const auto k = double(bad); // Chernoff's bound
        return k * std::log(k / mean) - (k - mean) > 9.2;
    }

    /// A rise that begins slowly begins before the best cut: back over bad requests, none longer
    /// than two seconds from the next, as long as those passed are more than chance.
    [[nodiscard]] Instant earlier(Instant start) const {
        PackedRequests::Access all(traffic_.requests);
        const std::size_t cut = traffic_.from(start);
        Instant out = start;
        std::int64_t last = nanoseconds(start);
        std::size_t bad = 0;
        for (std::size_t i = cut; i-- > 0 && last - all[i].start < kRising;) {
            if (!traffic_.isBad(all[i])) continue;
            last = all[i].start;
            if (isMore(++bad, cut - i, usual_)) out = instant(last);
        }
        return out;
    }

    /// The same at the other end, where it fades in bursts: bad requests that follow one another
    /// within four seconds are one, and one that comes within twenty seconds belongs to it.
    [[nodiscard]] std::int64_t later(std::int64_t until) const {
        PackedRequests::Access all(traffic_.requests);
        const double usual = usualAfter(until);
        std::size_t first = traffic_.from(instant(until));
        std::int64_t out = until, last = until;
        std::size_t bad = 0;
        for (std::size_t i = first; i < all.size() && all[i].start - out < kBurst; ++i) {
            if (!traffic_.isBad(all[i])) continue;
            if (all[i].start - last >= kNear) bad = 0, first = i;
            last = all[i].start;
            if (!isMore(++bad, i + 1 - first, usual)) continue;
            out = last + 1; // what comes next has to be more than chance by itself
            bad = 0, first = i + 1;
        }
        return out;
    }

    /// What is bad for good once it is over is no part of it: the quietest stretches are quieter
    /// than the usual ones.
    [[nodiscard]] double usualAfter(std::int64_t until) const {
        std::size_t requests = 0, bad = 0;
        const std::int64_t from = until + kConfirmed;
        for (const Request& r : traffic_.within({instant(from), instant(from + 2 * kConfirmed)})) {
            ++requests;
            bad += traffic_.isBad(r) ? 1 : 0;
        }
        return requests ? std::max(usual_, double(bad) / double(requests)) : usual_;
    }

    static constexpr std::int64_t kRising = 2 * kSecond, kNear = 4 * kSecond, kBurst = 20 * kSecond;
    const Traffic& traffic_;
    const Grid& grid_;
    double usual_; ///< share of bad requests
};

std::string burstNote(const Run& run, const Grid& grid) {
    const auto from = instant(grid.at(run.from));
    return fmt::format("{} bad requests within {} from {} on: a short burst, not counted as an "
                       "incident (that takes {:.0f} beyond the usual, over {} s)",
                       run.bad, spoken(Duration{std::int64_t(run.to - run.from) * grid.bucket}),
                       toRfc3339(from, 0), kLeastBad, kLeastLength / kSecond);
}

/// Slow from the first line to the last, here more and there less: without a good time to compare
/// with it cannot be told from what is usual for them, as nobody stated an objective. Failures can.
bool isUsual(const Run& run, const Grid& grid, const Traffic& traffic) {
    if (run.from > 0 || run.to < grid.counts.size() || traffic.slowWhy == "as stated") return false;
    std::uint64_t failed = 0, slow = 0;
    for (const Counts& c : grid.counts)
        failed += c.failed, slow += c.slow;
    return failed * 10 < slow;
}

std::string usualNote(const Run& run, const Traffic& traffic) {
    return fmt::format("{} of {} requests took longer than {}, from the first line of the logs to "
                       "the last: whether that is usual cannot be said, for they hold no good time "
                       "to compare with",
                       run.bad, traffic.requests.size(), spoken(Duration{traffic.slow}));
}

} // namespace

Onsets findOnsets(const Traffic& traffic) {
    Onsets out;
    if (traffic.requests.empty()) return out;
    out.grid = gridOf(traffic);
    const Grid& grid = out.grid;
    out.bucket = Duration{grid.bucket};
    const auto parts = segments(grid.counts), keen = keenSegments(grid.counts);
    out.baseline = baselineOf(parts.size() > 1 ? parts : keen, grid);
    if (out.baseline.failed > 0.2 || out.baseline.slow > 0.5) {
        out.notes.push_back(fmt::format(
            "Even in the quietest quarter {:.0f} % of the requests fail: the logs hold no good "
            "time to compare with",
            out.baseline.failed * 100));
        out.baseline = {};
    }
    const Refinement refinement(traffic, grid, out.baseline);
    for (const Run& run : badRuns(parts, keen, out.baseline, grid)) {
        if (isUsual(run, grid, traffic)) {
            out.notes.push_back(usualNote(run, traffic));
            continue;
        }
        const Stretch stretch = refinement.of(run);
        const bool lasting = stretch.lastBad - stretch.start >= Duration{kLeastLength};
        if (run.beyond >= kLeastBad && lasting)
            out.stretches.push_back(stretch);
        else
            out.notes.push_back(burstNote(run, grid));
    }
    return out;
}

} // namespace postlude::detail
