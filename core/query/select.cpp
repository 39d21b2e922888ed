// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of records: all processors filter segment after segment, each segment's hits are put in
// order, and the ordered runs are merged.
#include "core/query/detail/filter_run.h"
#include "core/query/detail/parallel.h"
#include "core/query/detail/requests.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <queue>

namespace postlude {

namespace {

struct Hit {
    std::int64_t time;
    RecordId id;
};
using Run = RecordList; ///< of one segment

bool earlier(const Hit& a, const Hit& b) {
    return a.time != b.time ? a.time < b.time : a.id < b.id;
}

/// A run, and the first hit of it that is not in the list yet.
class Cursor {
public:
    explicit Cursor(const Run& run)
        : run_(&run) {
        read();
    }
    [[nodiscard]] const Hit& hit() const { return hit_; }
    /// False at the end.
    bool next() {
        ++at_;
        return read();
    }
    /// For a queue whose top is the earliest.
    bool operator<(const Cursor& other) const { return earlier(other.hit_, hit_); }

private:
    bool read() {
        if (at_ >= run_->size()) return false;
        hit_ = {nanoseconds(run_->time(at_)), run_->id(at_)};
        return true;
    }
    const Run* run_;
    std::size_t at_ = 0;
    Hit hit_{};
};

RecordList merged(const std::vector<Run>& runs, std::size_t limit) {
    RecordList list;
    std::priority_queue<Cursor> queue;
    for (const Run& run : runs)
        if (!run.empty()) queue.emplace(run);
    while (!queue.empty() && list.size() < limit) {
        Cursor cursor = queue.top();
        queue.pop();
        // Runs seldom overlap by much: as long as this one is ahead the queue can rest.
        const bool alone = queue.empty();
        bool more = true;
        while (more && list.size() < limit) {
            if (!alone && earlier(queue.top().hit(), cursor.hit())) break;
            list.add(instant(cursor.hit().time), cursor.hit().id);
            more = cursor.next();
        }
        if (more) queue.push(cursor);
    }
    return list;
}

RecordList joined(const std::vector<Run>& runs, std::size_t limit) {
    RecordList list;
    for (const Run& run : runs)
        for (std::size_t i = 0; i < run.size() && list.size() < limit; ++i)
            list.add(run.time(i), run.id(i));
    return list;
}

class Selecting {
public:
    Selecting(const Snapshot& in, const RecordsRequest& request, std::stop_token stop)
        : in_(in)
        , request_(request)
        , stop_(std::move(stop)) {
        request_.fileOrder ? chooseByFile() : chooseByTime();
        workers_ = workersFor(segments_.size());
        for (std::size_t i = 0; i < workers_; ++i)
            filters_.push_back(std::make_unique<FilterRun>(in_, request_.filter, stop_));
        for (const SegmentState* segment : segments_)
            all_ += segment->info.rows;
    }

    RecordList list(const FoundSink& tell) {
        tell_ = tell;
        runs_.resize(segments_.size());
        const bool limited = request_.limit < all_;
        const std::size_t step = limited ? workers_ : segments_.size();
        for (std::size_t from = 0; from < segments_.size() && !isEnough(from); from += step) {
            const std::size_t pieces = std::min(step, segments_.size() - from);
            inParallel(pieces, workersFor(pieces), [&](std::size_t worker, std::size_t piece) {
                gather(worker, from + piece);
                if (worker == 0) report();
            });
        }
        dropMissing();
        RecordList list = result(runs_, request_.limit);
        list.missing = missing();
        return list;
    }

    RecordCount count() {
        std::vector<std::uint64_t> records(segments_.size());
        inParallel(segments_.size(), workers_, [&](std::size_t worker, std::size_t piece) {
            const SegmentState& segment = *segments_[piece];
            if (request_.window || request_.kinds != 0) {
                records[piece] = hitsIn(worker, segment).size();
                return;
            }
            if (filters_[worker]->share(segment) == Share::All) {
                records[piece] = segment.info.rows;
                return;
            }
            for (const std::uint8_t passes : maskOf(worker, segment))
                records[piece] += passes;
        });
        RecordCount count{0, missing()};
        for (std::size_t piece = 0; piece < records.size(); ++piece)
            if (!missing_.contains(segments_[piece]->info.source)) count.records += records[piece];
        return count;
    }

private:
    void chooseByTime() {
        for (const SegmentState& segment : in_.state->segments)
            if (isAsked(segment)) segments_.push_back(&segment);
        std::ranges::stable_sort(segments_, {}, [&](const SegmentState* s) { return begins(*s); });
    }

    /// Segments of a source stay together.
    void chooseByFile() {
        bool reached = !request_.after;
        for (const SourceState& source : in_.state->sources) {
            for (const std::size_t i : source.segments) {
                const SegmentState& segment = in_.state->segments[i];
                reached = reached || segment.info.number == segmentOf(request_.after->second);
                if (reached && isAsked(segment)) segments_.push_back(&segment);
            }
        }
    }

    [[nodiscard]] bool isAsked(const SegmentState& segment) const {
        return postlude::isAsked(request_, *in_.state, segment) &&
               (request_.filter.passesAll() ||
                shareOf(*request_.filter.root(), *in_.state, segment) != Share::None);
    }

    [[nodiscard]] std::int64_t begins(const SegmentState& segment) const {
        return in_.state->begins(segment, request_.clock);
    }

    /// Are there as many hits as were asked for that nothing in segment `next` or behind it can
    /// come before?
    [[nodiscard]] bool isEnough(std::size_t next) const {
        std::size_t certain = 0;
        const std::int64_t border = begins(*segments_[next]);
        for (const Run& run : runs_)
            certain += request_.fileOrder ? run.size() : run.rowAt(instant(border));
        return certain >= request_.limit;
    }

    Mask maskOf(std::size_t worker, const SegmentState& segment) {
        checkStop(stop_);
        {
            const std::lock_guard hold(mutex_);
            if (missing_.contains(segment.info.source)) return {};
        }
        try {
            return filters_[worker]->mask(segment);
        } catch (SourceMissing& lost) {
            const std::lock_guard hold(mutex_);
            missing_.try_emplace(lost.source, std::move(lost.error));
            return {};
        }
    }

    /// In the order of the file.
    std::vector<Hit> hitsIn(std::size_t worker, const SegmentState& segment) {
        const Mask passes = maskOf(worker, segment);
        if (std::ranges::find(passes, 1) == passes.end()) return {};
        const auto times = timesOf(in_, segment, request_.clock);
        std::shared_ptr<const std::vector<std::uint8_t>> kinds;
        if (request_.kinds != 0) kinds = in_.columns.kind(segment.info.number);
        std::vector<Hit> hits;
        for (std::uint32_t row = 0; row < segment.info.rows; ++row) {
            if (passes[row] == 0) continue;
            if (kinds && (request_.kinds >> (*kinds)[row] & 1U) == 0) continue;
            if (request_.window && !request_.window->contains(instant(times[row]))) continue;
            hits.push_back({times[row], recordId(segment.info.number, row)});
        }
        return hits;
    }

    void gather(std::size_t worker, std::size_t piece) {
        const SegmentState& segment = *segments_[piece];
        std::vector<Hit> hits = hitsIn(worker, segment);
        if (request_.after) std::erase_if(hits, [&](const Hit& hit) { return isBefore(hit); });
        if (!request_.fileOrder && !std::ranges::is_sorted(hits, earlier))
            std::ranges::sort(hits, earlier);
        Run run;
        for (const Hit& hit : hits)
            run.add(instant(hit.time), hit.id);
        const std::lock_guard hold(mutex_);
        looked_ += segment.info.rows;
        runs_[piece] = std::move(run);
    }

    [[nodiscard]] bool isBefore(const Hit& hit) const {
        const auto& [time, id] = *request_.after;
        if (request_.fileOrder) return segmentOf(hit.id) == segmentOf(id) && hit.id <= id;
        return !earlier({nanoseconds(time), id}, hit);
    }

    [[nodiscard]] RecordList result(const std::vector<Run>& runs, std::size_t limit) const {
        return request_.fileOrder ? joined(runs, limit) : merged(runs, limit);
    }

    void report() {
        const auto now = std::chrono::steady_clock::now();
        if (!tell_ || now - told_ < std::chrono::milliseconds{100}) return;
        Found found;
        {
            const std::lock_guard hold(mutex_);
            for (const Run& run : runs_)
                found.matches += run.size();
            found.looked = looked_;
            found.first = result(runs_, Found::kFirst);
        }
        found.all = all_;
        tell_(found);
        told_ = std::chrono::steady_clock::now();
    }

    /// A text may be found gone after some of it has been searched.
    void dropMissing() {
        for (std::size_t piece = 0; piece < runs_.size(); ++piece)
            if (missing_.contains(segments_[piece]->info.source)) runs_[piece] = {};
    }

    [[nodiscard]] std::vector<Error> missing() const {
        std::vector<Error> errors;
        for (const auto& [source, error] : missing_)
            errors.push_back(error);
        return errors;
    }

    const Snapshot& in_;
    const RecordsRequest& request_;
    std::stop_token stop_;
    std::vector<const SegmentState*> segments_; ///< by their first time, or in file order
    std::size_t workers_ = 1;
    std::vector<std::unique_ptr<FilterRun>> filters_; ///< one a worker
    std::uint64_t all_ = 0;
    FoundSink tell_;
    std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();

    std::mutex mutex_; ///< guards what follows while workers are at it
    std::vector<Run> runs_;
    std::uint64_t looked_ = 0;
    std::map<SourceId, Error> missing_;
};

} // namespace

bool isAsked(const RecordsRequest& request, const State& state, const SegmentState& segment) {
    const SourceId source = segment.info.source;
    if (!request.sources.empty() &&
        std::ranges::find(request.sources, source) == request.sources.end())
        return false;
    if (request.kinds != 0 && (request.kinds & segment.info.kinds) == 0) return false;
    if (request.after && !request.fileOrder &&
        state.ends(segment, request.clock) < nanoseconds(request.after->first))
        return false;
    if (!request.window) return true;
    return state.begins(segment, request.clock) < nanoseconds(request.window->to) &&
           state.ends(segment, request.clock) >= nanoseconds(request.window->from);
}

Result<RecordCount> Query::count(const RecordsRequest& request, std::stop_token stop) const {
    auto list = select(request, std::move(stop));
    if (!list) return std::unexpected(list.error());
    return RecordCount{list->size(), std::move(list->missing)};
}

RecordList selectRecords(const Snapshot& in, const RecordsRequest& request,
                         const std::stop_token& stop, const FoundSink& tell) {
    return Selecting(in, request, stop).list(tell);
}

RecordCount countRecords(const Snapshot& in, const RecordsRequest& request,
                         const std::stop_token& stop) {
    return Selecting(in, request, stop).count();
}

} // namespace postlude
