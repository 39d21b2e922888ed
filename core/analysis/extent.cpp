// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/extent.h"
#include "core/analysis/detail/ramp.h"

#include <algorithm>
#include <cmath>

namespace postlude::detail {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kConfirmed = 60 * kSecond; ///< so long well, or to the end: resolved
constexpr double kBeyondChance = 9.2;             ///< nats: Poisson's tail below 10⁻⁴
constexpr double kKnown = 500;                    ///< requests that tell a usual share

/// How far so many bad requests are from what was expected, in nats (Chernoff's bound).
double surprise(double bad, double expected) {
    if (expected <= 0) return 0;
    return (bad > 0 ? bad * std::log(bad / expected) : 0) - bad + expected;
}

/// Of the minutes before a run, where they were worse than the quietest for long: that is no part
/// of it. A slow beginning shows in the least of several stretches. 0 if too little is logged.
double steadyBefore(const Grid& grid, std::size_t from) {
    constexpr std::int64_t kPart = 300 * kSecond;
    constexpr std::size_t kParts = 4, kLeast = 2;
    const auto part = std::size_t(std::max<std::int64_t>(1, kPart / grid.bucket));
    const auto near = std::size_t(std::max<std::int64_t>(1, kConfirmed / grid.bucket));
    std::size_t end = from > near ? from - near : 0, parts = 0;
    double least = 1;
    for (; parts < kParts && end >= part; ++parts, end -= part) {
        double requests = 0, bad = 0;
        for (std::size_t i = end - part; i < end; ++i) {
            requests += grid.counts[i].requests;
            bad += grid.counts[i].failed + grid.counts[i].slow;
        }
        if (requests < kKnown) break;
        least = std::min(least, (bad + 2) / (requests + 2));
    }
    return parts >= kLeast ? least : 0;
}

/// Looks for bad requests from an edge outwards, bucket by bucket. A strong end of an incident is
/// found first; what lies beyond it has to be more than chance by itself, and within a minute.
class Edges {
public:
    Edges(const Grid& grid, const Run& run, const Baseline& base)
        : run_(run)
        , overdispersion_(base.badOverdispersion)
        , near_(std::size_t(std::max<std::int64_t>(1, kConfirmed / grid.bucket)))
        , requests_(grid.counts.size() + 1)
        , bad_(grid.counts.size() + 1) {
        for (std::size_t i = 0; i < grid.counts.size(); ++i) {
            const Counts& c = grid.counts[i];
            requests_[i + 1] = requests_[i] + c.requests;
            bad_[i + 1] = bad_[i] + c.failed + c.slow;
        }
        before_ = std::max(usualShare(base), steadyBefore(grid, run.from));
        // What is bad for good once it is over is no part of it, and what is well tells more of a
        // fading end than what was usual hours before.
        const double then = shareIn(run.to + near_, run.to + 3 * near_);
        const double seen =
            requests(std::min(run.to + near_, size()), std::min(run.to + 3 * near_, size()));
        after_ = seen >= kKnown ? then + 2 / (seen + 2) : std::max(before_, then);
    }

    [[nodiscard]] std::size_t first() const {
        const std::size_t inside = back(run_.firstTo);
        const bool wellAtFirst =
            inside < run_.firstTo && isLull(run_.from, inside, inside, run_.firstTo);
        return inside <= run_.from || wellAtFirst ? inside : back(run_.from);
    }
    [[nodiscard]] std::size_t last() const {
        const std::size_t inside = forth(run_.lastFrom);
        const bool wellAtLast =
            inside > run_.lastFrom && isLull(inside, run_.to, run_.lastFrom, inside);
        return inside >= run_.to || wellAtLast ? inside : forth(run_.to);
    }
    /// Where a single burst before `first` begins.
    [[nodiscard]] std::optional<std::size_t> herald(std::size_t first) const {
        const std::size_t step = stepBack(first);
        return step < first ? std::optional(step) : std::nullopt;
    }

private:
    [[nodiscard]] std::size_t size() const { return bad_.size() - 1; }
    [[nodiscard]] double bad(std::size_t from, std::size_t to) const {
        return double(bad_[to] - bad_[from]);
    }
    [[nodiscard]] double requests(std::size_t from, std::size_t to) const {
        return double(requests_[to] - requests_[from]);
    }
    [[nodiscard]] double shareIn(std::size_t from, std::size_t to) const {
        from = std::min(from, size()), to = std::min(to, size());
        const double all = requests(from, to);
        return all > 0 ? bad(from, to) / all : 0;
    }

    /// Of a rise; 0 for less than four bad requests or less than twice the usual.
    [[nodiscard]] double rise(std::size_t from, std::size_t to, double usual) const {
        const double k = bad(from, to), expected = usual * requests(from, to);
        return k >= 4 && k >= 2 * expected ? surprise(k, expected) / overdispersion_ : 0;
    }
    /// True if [from, to) has fewer bad requests than [worseFrom, worseTo), beyond chance.
    [[nodiscard]] bool isLull(std::size_t from, std::size_t to, std::size_t worseFrom,
                              std::size_t worseTo) const {
        const double expected = shareIn(worseFrom, worseTo) * requests(from, to);
        const double k = bad(from, to);
        return k < expected && surprise(k, expected) > kBeyondChance;
    }

    /// True if [from, to), a rise apart from what it is added to, is hardly one without its three
    /// worst buckets: one short rise is chance, two are a beginning.
    [[nodiscard]] bool isLone(std::size_t from, std::size_t to, double usual) const {
        constexpr std::size_t kShort = 3;
        std::size_t worst = from;
        for (std::size_t i = from; i < to; ++i)
            if (bad(i, std::min(to, i + kShort)) > bad(worst, std::min(to, worst + kShort)))
                worst = i;
        const std::size_t end = std::min(to, worst + kShort);
        const double k = bad(from, to) - bad(worst, end);
        const double expected = usual * (requests(from, to) - requests(worst, end));
        return k < 4 || k < 2 * expected || surprise(k, expected) / overdispersion_ < kBeyondChance;
    }
    [[nodiscard]] bool isApartBefore(std::size_t from, std::size_t edge) const {
        return edge > from + 2 && bad(edge - 2, edge) == 0;
    }
    [[nodiscard]] bool isApartAfter(std::size_t edge, std::size_t to) const {
        return to > edge + 2 && bad(edge, edge + 2) == 0;
    }

    [[nodiscard]] std::size_t stepBack(std::size_t edge) const {
        const std::size_t reach =
            std::max(near_, edge > run_.from ? edge - run_.from : std::size_t{0});
        std::size_t best = edge;
        double most = kBeyondChance;
        for (std::size_t i = edge; i-- > edge - std::min(edge, reach);)
            if (const double r = rise(i, edge, before_); r > most) most = r, best = i;
        return best;
    }
    [[nodiscard]] std::size_t back(std::size_t edge) const {
        for (;;) {
            const std::size_t next = stepBack(edge);
            if (next == edge) return edge;
            if (edge <= run_.from && isApartBefore(next, edge) && isLone(next, edge, before_))
                return edge;
            edge = next;
        }
    }
    [[nodiscard]] std::size_t forth(std::size_t edge) const {
        for (;;) {
            const std::size_t reach =
                std::max(near_, edge < run_.to ? run_.to - edge : std::size_t{0});
            std::size_t next = edge;
            double most = kBeyondChance;
            for (std::size_t i = edge + 1; i <= std::min(size(), edge + reach); ++i)
                if (const double r = rise(edge, i, after_); r > most) most = r, next = i;
            if (next == edge) return edge;
            if (edge >= run_.to && isApartAfter(edge, next) && isLone(edge, next, after_))
                return edge;
            edge = next;
        }
    }

    const Run& run_;
    double overdispersion_;
    std::size_t near_;
    double before_ = 0, after_ = 0; ///< usual shares
    std::vector<std::uint64_t> requests_, bad_;
};

class Refinement {
public:
    Refinement(const Traffic& traffic, const Grid& grid, const Baseline& base)
        : traffic_(traffic)
        , grid_(grid)
        , usual_(usualShare(base)) {}

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
            out.start = traffic_.span().from;
            out.startInterval = {out.start, out.start};
            return;
        }
        if (run.herald) out.herald = heraldAt(*run.herald, run.from);
        const Cut cut = cutNear(run.from, 0, run.to);
        const auto first = firstBad(cut.requests, cut.split.at);
        if (!first) return beginBehindGap(run, out);
        out.start = earlier(*first, std::max(usual_, steadyBefore(grid_, run.from)));
        out.startInterval = {startAt(cut, cut.split.from), startAt(cut, cut.split.to)};
        out.startInterval.from = std::min(out.startInterval.from, out.start);
        out.startInterval.to = std::max(out.startInterval.to, out.start);
        const auto slow = slowRise(grid_, run.from, std::min(run.to, grid_.counts.size()),
                                   std::max(usual_, steadyBefore(grid_, run.from)));
        if (!slow || slow->from > out.startInterval.to) return;
        out.startInterval.from =
            std::max(traffic_.span().from, std::min(out.startInterval.from, slow->from));
        out.startInterval.to = std::max(out.startInterval.to, slow->to);
    }

    /// Nothing bad is logged near the border, for nothing at all is: it began at some time since
    /// the last request before.
    void beginBehindGap(const Run& run, Stretch& out) const {
        const Window all{instant(grid_.at(run.from)), traffic_.span().to};
        out.start = firstBad(traffic_.within(all), 0).value_or(all.from);
        const std::size_t at = traffic_.from(out.start);
        PackedRequests::Access requests(traffic_.requests);
        const Instant before = at > 0 ? instant(requests[at - 1].start) : out.start;
        out.startInterval = {std::max(before, traffic_.span().from), out.start};
    }

    [[nodiscard]] std::optional<Instant> heraldAt(std::size_t from, std::size_t to) const {
        return firstBad(traffic_.within({instant(grid_.at(from)), instant(grid_.at(to))}), 0);
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
        return surprise(double(bad), mean) > kBeyondChance;
    }

    /// A rise that begins slowly begins before the best cut: back over bad requests, none longer
    /// than two seconds from the next, as long as those passed are more than chance.
    [[nodiscard]] Instant earlier(Instant start, double usual) const {
        PackedRequests::Access all(traffic_.requests);
        const std::size_t cut = traffic_.from(start);
        Instant out = start;
        std::int64_t last = nanoseconds(start);
        std::size_t bad = 0;
        for (std::size_t i = cut; i > 0 && last - all[i - 1].start < kRising;) {
            --i;
            if (!traffic_.isBad(all[i])) continue;
            last = all[i].start;
            if (isMore(++bad, cut - i, usual)) out = instant(last);
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

/// The bad requests of a window that was hardly hurt, and which of them are more than chance.
class Rises {
public:
    Rises(const Window& window, const Traffic& traffic, double usual, double overdispersion)
        : usual_(usual)
        , overdispersion_(overdispersion) {
        std::size_t nth = 0;
        for (const Request& r : traffic.within(window)) {
            ++nth;
            if (traffic.isBad(r)) bad_.push_back({nth, r.start, r.end});
            if (bad_.size() > kMost) break; // that was no quiet time
        }
    }

    [[nodiscard]] std::optional<Window> reach() const {
        const auto first = firstOf(), last = lastOf();
        if (bad_.size() > kMost || !first || !last) return {};
        std::int64_t end = 0;
        for (std::size_t i = *first; i <= *last; ++i)
            end = std::max(end, bad_[i].end);
        return Window{instant(bad_[*first].start), instant(end)};
    }

private:
    struct Bad {
        std::size_t nth; ///< of all requests of the window
        std::int64_t start, end;
    };

    /// In nats; 0 for fewer than four, or less than twice the usual.
    [[nodiscard]] double rise(std::size_t from, std::size_t last) const {
        if (last + 1 < from + kLeast) return 0;
        const auto k = double(last + 1 - from);
        const double expected = usual_ * double(bad_[last].nth - bad_[from].nth + 1);
        return k > 2 * expected ? surprise(k, expected) / overdispersion_ : 0;
    }
    [[nodiscard]] bool isRise(std::size_t from, std::size_t last) const {
        return rise(from, last) > kBeyondChance;
    }
    [[nodiscard]] bool areNear(std::size_t i) const { // to the next one
        return bad_[i + 1].start - bad_[i].start < kNext;
    }

    /// Where the first rise begins: the first bad request from which to its end is one.
    [[nodiscard]] std::optional<std::size_t> firstOf() const {
        for (std::size_t last = 0; last < bad_.size(); ++last)
            for (std::size_t from = 0; from <= last; ++from) {
                if (!isRise(from, last)) continue;
                while (last + 1 < bad_.size() && areNear(last))
                    ++last;
                for (std::size_t i = 0; i < from; ++i)
                    if (isRise(i, last)) return i;
                return from;
            }
        return {};
    }
    /// Where the last rise is strongest, and what follows at once.
    [[nodiscard]] std::optional<std::size_t> lastOf() const {
        for (std::size_t from = bad_.size(); from-- > 0;) {
            std::size_t best = from;
            for (std::size_t last = from; last < bad_.size(); ++last)
                if (rise(from, last) > rise(from, best)) best = last;
            if (!isRise(from, best)) continue;
            while (best + 1 < bad_.size() && areNear(best))
                ++best;
            return best;
        }
        return {};
    }

    static constexpr std::size_t kLeast = 4, kMost = 500;
    static constexpr std::int64_t kNext = 4 * kSecond;
    double usual_, overdispersion_;
    std::vector<Bad> bad_;
};

} // namespace

double usualShare(const Baseline& baseline) {
    return baseline.failed + baseline.slow + 2.0 / double(baseline.requests + 2);
}

Run settled(const Run& run, const Grid& grid, const Baseline& baseline) {
    const Edges edges(grid, run, baseline);
    Run out = run;
    out.from = edges.first();
    out.to = std::max(out.from + 1, edges.last());
    out.herald = edges.herald(out.from);
    return out;
}

std::optional<Window> risesWithin(const Window& window, const Traffic& traffic, const Grid& grid,
                                  const Baseline& baseline) {
    const std::int64_t since = std::max<std::int64_t>(0, nanoseconds(window.from) - grid.origin);
    const double usual =
        std::max(usualShare(baseline), steadyBefore(grid, std::size_t(since / grid.bucket)));
    return Rises(window, traffic, usual, baseline.badOverdispersion).reach();
}

Stretch stretchOf(const Run& run, const Traffic& traffic, const Grid& grid,
                  const Baseline& baseline) {
    return Refinement(traffic, grid, baseline).of(run);
}

} // namespace postlude::detail
