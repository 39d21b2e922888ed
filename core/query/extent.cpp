// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/extent.h"

#include "core/case/store.h"

#include <algorithm>

namespace postlude {

namespace {

constexpr Duration kFar = std::chrono::hours{24};
constexpr Duration kClocks = std::chrono::hours{15}; // by which hosts may differ, zones and all
constexpr int kTimesItself = 10;
constexpr std::uint64_t kMost = 10'000;

std::uint64_t mostOutside(std::uint64_t records) {
    return std::min({kMost, std::max(records / 100, std::uint64_t{20}), records / 10});
}

/// From the middle outwards to the first wide gap; how many lie behind it.
template <class It>
std::uint64_t trim(It at, It end, Duration far, Instant& edge) {
    for (; at != end; ++at) {
        if (*at - edge > far || edge - *at > far)
            return static_cast<std::uint64_t>(std::distance(at, end));
        edge = *at;
    }
    return 0;
}

class Looking {
public:
    Looking(const Case& of, const Query& query, ClockView clock)
        : query_(query)
        , clock_(clock) {
        for (const SourceInfo& source : query.sources())
            if (source.role == SourceRole::Balancer || source.role == SourceRole::Server)
                sources_.push_back(source.id);
        if (auto all = of.store().segments()) segments_ = std::move(*all);
        std::erase_if(segments_, [this](const SegmentInfo& segment) {
            return segment.timeMin == kAbsent || !isAsked(segment.source);
        });
        for (const SegmentInfo& segment : segments_)
            records_ += segment.rows;
        most_ = mostOutside(records_);
    }

    [[nodiscard]] Extent in(Window whole) const {
        const Extent all{whole, whole, 0};
        if (most_ == 0 || !mayBeFar()) return all;
        const std::vector<Instant> first = times(whole, most_ + 1), last = latest(whole);
        if (first.size() <= most_ || last.size() <= most_ || last.front() < first.back())
            return all;
        const Window core{first.back(), last.front()};
        const Duration far = std::max<Duration>(kFar, core.length() * kTimesItself);
        Extent found{whole, core, 0};
        found.outside += trim(first.rbegin(), first.rend(), far, found.bulk.from);
        found.outside += trim(last.begin(), last.end(), far, found.bulk.to);
        found.bulk.to += Duration{1};
        return found.outside == 0 ? all : found;
    }

private:
    [[nodiscard]] bool isAsked(SourceId source) const {
        return sources_.empty() || std::ranges::find(sources_, source) != sources_.end();
    }

    /// An empty stretch is within a segment or between two of them: logs of many days without one
    /// are not read for it, however many records they have.
    [[nodiscard]] bool mayBeFar() const {
        constexpr std::int64_t kEmpty = Duration{kFar - kClocks}.count();
        std::vector<std::pair<std::int64_t, std::int64_t>> spans;
        for (const SegmentInfo& segment : segments_)
            spans.emplace_back(segment.timeMin, segment.timeMax);
        std::ranges::sort(spans);
        std::int64_t covered = spans.empty() ? 0 : spans.front().first;
        for (const auto& [from, to] : spans) {
            if (from - covered > kEmpty || to - from > kEmpty) return true;
            covered = std::max(covered, to);
        }
        return false;
    }

    [[nodiscard]] std::vector<Instant> times(Window window, std::size_t limit) const {
        RecordsRequest request;
        request.window = window;
        request.sources = sources_;
        request.clock = clock_;
        request.limit = limit;
        const auto list = query_.select(request, {});
        return list ? list->times() : std::vector<Instant>{};
    }

    /// Those that begin last have enough records: the others need not be unpacked.
    [[nodiscard]] std::vector<Instant> latest(Window whole) const {
        std::vector<const SegmentInfo*> byBegin;
        for (const SegmentInfo& segment : segments_)
            byBegin.push_back(&segment);
        std::ranges::sort(byBegin, std::ranges::greater{}, &SegmentInfo::timeMin);
        std::uint64_t records = 0;
        Instant from = whole.from;
        for (const SegmentInfo* segment : byBegin) {
            from = std::max(whole.from, instant(segment->timeMin) - kFar); // clocks are corrected
            if ((records += segment->rows) > most_) break;
        }
        std::vector<Instant> all = times({from, whole.to}, records_);
        if (all.size() <= most_) all = times(whole, records_);
        if (all.size() > most_ + 1)
            all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(most_ + 1));
        return all;
    }

    const Query& query_;
    ClockView clock_;
    std::vector<SourceId> sources_; ///< those that span() goes by; empty: all
    std::vector<SegmentInfo> segments_;
    std::uint64_t records_ = 0, most_ = 0;
};

} // namespace

Extent extentOf(const Case& of, const Query& query, ClockView clock) {
    const Window whole = query.span(clock);
    if (whole.length() <= kFar) return {whole, whole, 0};
    return Looking(of, query, clock).in(whole);
}

} // namespace postlude
