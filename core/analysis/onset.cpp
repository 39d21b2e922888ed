// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/extent.h"
#include "core/analysis/detail/fold.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <future>
#include <system_error>
#include <utility>

namespace postlude::detail {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::size_t kMostBuckets = 4000;
constexpr std::int64_t kQuiet = 300 * kSecond;           ///< so long well: two incidents, not one
constexpr double kLeastFailed = 0.01, kLeastSlow = 0.02; ///< shares beyond the baseline's
constexpr double kLeastBad = 20;                         ///< requests beyond the baseline's
constexpr std::int64_t kLeastLength = 10 * kSecond;
constexpr double kWaveShare = 0.05, kLeastInWave = 8; ///< what makes a wave of a short rise
constexpr double kLeastInWaves = 40;
constexpr double kLoneShare = 0.03, kLeastInLone = 60; ///< what makes an incident of a single one
constexpr std::int64_t kLoneLength = 20 * kSecond;

/// At least so many seconds, of which a day has a whole number: days can be compared then.
std::int64_t bucketFor(std::int64_t least) {
    constexpr std::int64_t kDay = 86'400;
    while (least < kDay && kDay % least != 0)
        ++least;
    return least * kSecond;
}

Grid gridOf(const Traffic& traffic) {
    const Window span = traffic.span();
    const std::int64_t origin = nanoseconds(span.from) / kSecond * kSecond;
    const std::int64_t length = nanoseconds(span.to) - origin;
    const auto most = std::int64_t(kMostBuckets);
    return countedOver(traffic, span, origin,
                       length / kSecond < most ? kSecond : bucketFor(length / most / kSecond + 1));
}

/// Pearson's X² per degree of freedom of what `of` counts, within the segments, of the calmest
/// `share` of the buckets.
template <class Of>
double overdispersionOf(const Grid& grid, std::span<const Segment> parts, double share,
                        const Of& of) {
    std::vector<double> squares;
    double fitted = 0;
    for (const Segment& s : parts) {
        const double p = s.requests ? double(of(s)) / double(s.requests) : 0;
        if (p <= 0 || p >= 1) continue;
        fitted += 1;
        for (std::size_t i = s.from; i < s.to; ++i) {
            const auto n = double(grid.counts[i].requests);
            if (n == 0) continue;
            const double off = double(of(grid.counts[i])) - n * p;
            squares.push_back(off * off / (n * p * (1 - p)));
        }
    }
    return dispersion(squares, fitted, share);
}

bool isBad(const Segment& s, const Baseline& base) {
    if (s.requests == 0) return false;
    const auto beyond = [](double share, double usual, double least) {
        return share - usual >= least && share >= 3 * usual;
    };
    return beyond(s.failedShare(), base.failed, kLeastFailed) ||
           beyond(s.slowShare(), base.slow, kLeastSlow);
}

/// So much tells what is usual, if what comes next is clearly worse.
bool isEnough(const Segment& sum, std::int64_t length) {
    return sum.requests >= 200 && length >= 60 * kSecond;
}

/// The best segments, until they hold a quarter of all requests, or the next is bad beside them: an
/// incident may cover nearly all of a log.
Baseline baselineOf(std::vector<Segment> parts, const Grid& grid) {
    std::ranges::stable_sort(parts, {}, [](const Segment& s) {
        return s.requests ? double(s.failed + s.slow) / double(s.requests) : 1.0;
    });
    std::uint64_t all = 0;
    for (const Segment& s : parts)
        all += s.requests;
    Segment sum;
    std::size_t taken = 0, buckets = 0;
    for (const Segment& s : parts) {
        if (sum.requests * 4 >= all && sum.requests > 0) break;
        const double room = 2.0 / double(sum.requests + 2); // it is an estimate
        const bool apart =
            isBad(s, {sum.failedShare() + room, sum.slowShare() + room, sum.requests});
        if (apart && isEnough(sum, std::int64_t(buckets) * grid.bucket)) break;
        ++taken;
        buckets += s.to - s.from;
        sum.requests += s.requests;
        sum.failed += s.failed;
        sum.slow += s.slow;
    }
    const auto used = std::span<const Segment>(parts).first(taken);
    const auto failed = [](const auto& c) { return c.failed; };
    const auto bad = [](const auto& c) { return c.failed + c.slow; };
    return {sum.failedShare(), sum.slowShare(), sum.requests,
            overdispersionOf(grid, used, 1, failed), overdispersionOf(grid, used, 0.9, bad)};
}

Run runOf(const Segment& s, const Baseline& base) {
    Run out;
    out.from = out.sureFrom = out.lastFrom = s.from;
    out.to = out.sureTo = out.firstTo = s.to;
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
            last.sureTo = p.to;
        }
        if (p.to > last.to) last.lastFrom = p.from;
        last.to = std::max(last.to, p.to);
        last.waves += p.waves;
        last.sure |= p.sure;
    }
    for (Run& r : runs) // one short rise before is chance, two are the beginning
        if (r.sure && r.heralds < 2) r.from = r.sureFrom, r.firstTo = r.sureTo;
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

bool isNear(const Run& a, const Run& b, std::int64_t bucket) {
    const std::size_t apart = a.to <= b.from ? b.from - a.to : b.to <= a.from ? a.from - b.to : 0;
    return std::int64_t(apart) * bucket < kQuiet;
}

/// Too short or too weak to stand out among all there is, but far from chance in its place: those
/// away from all runs that hurt many and last.
std::vector<Run> loneRises(const std::vector<Segment>& keen, const Baseline& base, const Grid& grid,
                           const std::vector<Run>& runs) {
    std::vector<Run> out;
    for (const Segment& s : keen) {
        if (!isBad(s, base)) continue;
        if (out.empty() || out.back().to != s.from)
            out.push_back(runOf(s, base));
        else
            out.back().to = out.back().firstTo = s.to;
    }
    for (Run& r : out) {
        count(r, grid, base);
        r.sure = true;
        r.sureFrom = r.from, r.sureTo = r.to;
    }
    std::erase_if(out, [&](const Run& r) {
        std::uint64_t requests = 0;
        for (std::size_t i = r.from; i < r.to; ++i)
            requests += grid.counts[i].requests;
        const bool heavy = r.beyond >= kLeastInLone && r.beyond >= kLoneShare * double(requests);
        const bool lasting = std::int64_t(r.to - r.from) * grid.bucket >= kLoneLength;
        return !heavy || !lasting || keen.size() == 1 ||
               std::ranges::any_of(runs,
                                   [&](const Run& known) { return isNear(known, r, grid.bucket); });
    });
    return out;
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
            last.to = last.firstTo = wave.to;
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
    std::ranges::copy(loneRises(keen, base, grid, runs), std::back_inserter(runs));
    std::ranges::stable_sort(runs, {}, &Run::from);
    return runs;
}

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

/// From their first to their last bad requests; what turns out to be near to each other is one.
std::vector<Run> settledRuns(const std::vector<Run>& runs, const Traffic& traffic, Onsets& out) {
    std::vector<Run> all;
    for (const Run& run : runs) {
        if (isUsual(run, out.grid, traffic)) {
            out.notes.push_back(usualNote(run, traffic));
            continue;
        }
        const Run next = settled(run, out.grid, out.baseline);
        const bool near =
            !all.empty() && std::int64_t(next.from) * out.bucket.count() <
                                std::int64_t(all.back().to) * out.bucket.count() + kQuiet;
        if (near)
            all.back().to = std::max(all.back().to, next.to);
        else
            all.push_back(next);
    }
    for (Run& run : all)
        count(run, out.grid, out.baseline);
    return all;
}

} // namespace

Grid countedOver(const Traffic& traffic, const Window& window, std::int64_t origin,
                 std::int64_t bucket) {
    Grid grid{origin, bucket, {}};
    grid.counts.resize(std::size_t((nanoseconds(window.to) - origin) / bucket) + 1);
    return folded(traffic, window, grid, [&](Grid& sum, const Request& r) {
        Counts& c = sum.counts[std::size_t((r.start - sum.origin) / sum.bucket)];
        ++c.requests;
        c.failed += r.failed ? 1 : 0;
        c.slow += traffic.isSlow(r) ? 1 : 0;
    });
}

Onsets findOnsets(const Traffic& traffic) {
    Onsets out;
    if (traffic.requests.empty()) return out;
    out.grid = gridOf(traffic);
    const Grid& grid = out.grid;
    out.bucket = Duration{grid.bucket};
    std::future<std::vector<Segment>> later; // by another processor, if there is a thread to be had
    try {
        later = std::async(std::launch::async, [&grid] { return keenSegments(grid.counts); });
    } catch (const std::system_error&) {
        // This one does both.
    }
    const auto parts = segments(grid.counts);
    const auto keen = later.valid() ? later.get() : keenSegments(grid.counts);
    out.baseline = baselineOf(keen, grid);
    if (out.baseline.failed > 0.2 || out.baseline.slow > 0.5) {
        out.notes.push_back(fmt::format(
            "Even in the quietest quarter {:.0f} % of the requests fail: the logs hold no good "
            "time to compare with",
            out.baseline.failed * 100));
        out.baseline = {};
    }
    for (const Run& run : settledRuns(badRuns(parts, keen, out.baseline, grid), traffic, out)) {
        const Stretch stretch = stretchOf(run, traffic, grid, out.baseline);
        const bool lasting = stretch.lastBad - stretch.start >= Duration{kLeastLength};
        if (run.beyond >= kLeastBad && lasting)
            out.stretches.push_back(stretch);
        else
            out.notes.push_back(burstNote(run, grid));
    }
    return out;
}

} // namespace postlude::detail
