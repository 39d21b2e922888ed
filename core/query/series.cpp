// SPDX-License-Identifier: GPL-3.0-or-later
// Counts and quantiles per bucket and group: from the series stored with the segments where these
// say all that is asked, else from the columns.
#include "core/series/series.h"
#include "core/query/detail/parallel.h"
#include "core/query/detail/requests.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <unordered_map>

namespace postlude {

namespace {

constexpr std::uint64_t kBucketsMost = 1'000'000; ///< in all groups together
constexpr std::string_view kNoServer = "no server";

struct Line {
    Series series;
    // All of a bucket, so that quantiles are exact: with a thousand buckets to a screen there are
    // few in each, and picking from them is faster than keeping a sketch of each.
    std::vector<std::vector<std::int64_t>> durations;
    std::vector<Sketch> stored; ///< of durations from the stored series; empty if there are none

    void mergeStored(std::size_t bucket, const Sketch& sketch) {
        if (stored.empty()) stored.resize(durations.size());
        stored[bucket].merge(sketch);
    }
};

std::int64_t flooredTo(std::int64_t time, std::int64_t width) {
    const std::int64_t rest = time % width;
    return time - (rest < 0 ? rest + width : rest);
}

/// Do the stored series of the segment answer the request as its columns would?
bool isStored(const SeriesRequest& request, const State& state, const SegmentState& segment) {
    const ClockCourse::Range shifts = state.shifts(segment, request.clock);
    const std::int64_t shift = shifts.least.count();
    return shifts.least == shifts.most && hasAllStored(segment, request.probes) &&
           request.filter.passesAll() && request.group != GroupBy::StatusClass &&
           request.slow == kSeriesSlow && request.bucket % kSeriesBucket == Duration{0} &&
           shift % kSeriesBucket.count() == 0 &&
           segment.info.timeMin - shift >= nanoseconds(request.window.from) &&
           segment.info.timeMax - shift < nanoseconds(request.window.to);
}

/// Moves the value at rank q·(count − 1) of all to its place; what is before `from` is smaller.
std::size_t pick(std::vector<std::int64_t>& values, std::size_t from, double q) {
    const auto rank = static_cast<std::size_t>(q * static_cast<double>(values.size() - 1));
    const auto at = [&](std::size_t i) { return values.begin() + static_cast<std::ptrdiff_t>(i); };
    std::nth_element(at(from), at(rank), values.end());
    return rank;
}

class Counting {
public:
    Counting(const Snapshot& in, const SeriesRequest& request, SeriesTable& table,
             std::size_t buckets)
        : in_(in)
        , request_(request)
        , table_(table)
        , buckets_(buckets) {
        total_ = newLine("total", {});
    }

    void add(const SegmentState& segment, FilterRun& filter) {
        isStored(request_, *in_.state, segment) ? addStored(segment) : addRows(segment, filter);
    }

    /// Takes over what another one has counted; that one is of no use afterwards.
    void merge(Counting& other) {
        for (const auto& [key, index] : other.index_) {
            Line& from = other.lines_[index];
            Line& to = lines_[lineOf(key, from.series.name, from.series.key)];
            for (std::size_t i = 0; i < buckets_; ++i)
                addTo(to, from, i);
        }
    }

    void finish() {
        for (Line& line : lines_) {
            for (std::size_t i = 0; i < buckets_; ++i)
                addTo(total_, line, i);
            settle(line);
            table_.series.push_back(std::move(line.series));
        }
        settle(total_);
        table_.total = std::move(total_.series);
        if (request_.group == GroupBy::None) table_.series.clear();
        std::ranges::sort(table_.series, [](const Series& a, const Series& b) {
            const bool none = a.name == kNoServer, other = b.name == kNoServer;
            if (none != other) return other; // those that never reached one come last
            return a.name != b.name ? naturallyLess(a.name, b.name) : a.key < b.key;
        });
    }

private:
    void addStored(const SegmentState& segment) {
        const std::int64_t shift = in_.state->shifts(segment, request_.clock).least.count();
        const std::int64_t origin = nanoseconds(table_.origin);
        const std::uint32_t own = ownServer(in_, segment);
        const auto stored = in_.columns.series(segment.info.number); // held: others may drop it
        for (const StoredBucket& from : *stored) {
            const auto at =
                static_cast<std::size_t>((from.start - shift - origin) / table_.bucket.count());
            const std::uint32_t server = from.server != 0 ? from.server : own;
            Line& line = lines_[storedGroup(segment, from.backend, server)];
            Bucket& bucket = line.series.buckets[at];
            bucket.requests += static_cast<std::uint32_t>(from.requests);
            bucket.failed += static_cast<std::uint32_t>(from.failed);
            bucket.slow += static_cast<std::uint32_t>(from.slow);
            bucket.bytes += from.bytes;
            line.mergeStored(at, from.durations);
        }
    }

    void addRows(const SegmentState& segment, FilterRun& filter) {
        RequestBatch::Wanted wanted{request_.window, false, request_.clock, request_.probes,
                                    request_.filter.passesAll() ? nullptr : &filter};
        RequestBatch batch(in_, segment, wanted);
        if (batch.rows().empty()) return;
        const auto status = batch.numbers(NumberField::Status);
        const auto duration = batch.numbers(NumberField::Duration);
        const auto bytes = batch.numbers(NumberField::BytesSent);
        const auto termination = batch.codes(TextField::Termination);
        const std::vector<std::size_t> groups = groupsOf(batch);
        const std::int64_t origin = nanoseconds(table_.origin);
        for (std::size_t i = 0; i < batch.rows().size(); ++i) {
            const std::uint32_t row = batch.rows()[i];
            const auto at =
                static_cast<std::size_t>((batch.start()[row] - origin) / table_.bucket.count());
            Line& line = lines_[groups[i]];
            Bucket& bucket = line.series.buckets[at];
            ++bucket.requests;
            if (failed(status[row], termination[row]))
                ++bucket.failed;
            else if (isAnswered(status[row]) && duration[row] > request_.slow.count())
                ++bucket.slow;
            if (bytes[row] > 0) bucket.bytes += static_cast<std::uint64_t>(bytes[row]);
            if (duration[row] >= 0) line.durations[at].push_back(duration[row]);
        }
    }

    Line newLine(std::string name, ServerKey key) const {
        Line line;
        line.series.name = std::move(name);
        line.series.key = std::move(key);
        line.series.buckets.resize(buckets_);
        line.durations.resize(buckets_);
        return line;
    }

    static void addTo(Line& total, const Line& line, std::size_t i) {
        const Bucket& from = line.series.buckets[i];
        Bucket& to = total.series.buckets[i];
        to.requests += from.requests;
        to.failed += from.failed;
        to.slow += from.slow;
        to.bytes += from.bytes;
        const auto& durations = line.durations[i];
        total.durations[i].insert(total.durations[i].end(), durations.begin(), durations.end());
        if (!line.stored.empty()) total.mergeStored(i, line.stored[i]);
    }

    static void settle(Line& line) {
        for (std::size_t i = 0; i < line.durations.size(); ++i) {
            Bucket& bucket = line.series.buckets[i];
            auto& values = line.durations[i];
            if (!line.stored.empty() && line.stored[i].count() > 0) {
                settle(line.stored[i], values, bucket);
                continue;
            }
            if (values.empty()) continue;
            std::size_t at = pick(values, 0, 0.50);
            bucket.p50 = values[at];
            at = pick(values, at, 0.95);
            bucket.p95 = values[at];
            at = pick(values, at, 0.99);
            bucket.p99 = values[at];
        }
    }

    static void settle(Sketch& stored, const std::vector<std::int64_t>& more, Bucket& bucket) {
        for (const std::int64_t duration : more)
            stored.add(duration);
        bucket.p50 = stored.quantile(0.50).value_or(kAbsent);
        bucket.p95 = stored.quantile(0.95).value_or(kAbsent);
        bucket.p99 = stored.quantile(0.99).value_or(kAbsent);
    }

    bool failed(std::int64_t status, std::uint32_t termination) const {
        if (status >= 100) return status >= 500;
        return termination != 0 &&
               isFailure(status, in_.columns.name(TextField::Termination, termination));
    }

    /// The line of all rows of a source, where there is one.
    std::size_t sourceGroup(const SourceInfo& source) {
        if (request_.group == GroupBy::None) return lineOf(0, "all", {});
        if (request_.group == GroupBy::Source)
            return lineOf(static_cast<std::uint64_t>(source.id), source.path, {});
        return lineOf(in_.columns.codeOf(TextField::Host, source.host), source.host, {});
    }

    [[nodiscard]] bool isByServer() const {
        return request_.group == GroupBy::Server || request_.group == GroupBy::Backend;
    }

    std::size_t storedGroup(const SegmentState& segment, std::uint32_t backend,
                            std::uint32_t server) {
        if (isByServer()) return serverGroup(backend, server);
        return sourceGroup(in_.state->sources[segment.source].info);
    }

    /// The line of each row that counts.
    std::vector<std::size_t> groupsOf(RequestBatch& batch) {
        std::vector<std::size_t> groups;
        groups.reserve(batch.rows().size());
        if (request_.group == GroupBy::StatusClass)
            byStatus(batch, groups);
        else if (isByServer())
            byServer(batch, groups);
        else
            groups.assign(batch.rows().size(),
                          sourceGroup(in_.state->sources[batch.segment().source].info));
        return groups;
    }

    void byStatus(RequestBatch& batch, std::vector<std::size_t>& groups) {
        const auto status = batch.numbers(NumberField::Status);
        for (const std::uint32_t row : batch.rows()) {
            const std::int64_t digit =
                status[row] >= 100 && status[row] < 600 ? status[row] / 100 : 0;
            const std::string name = digit == 0 ? "no status" : std::to_string(digit) + "xx";
            groups.push_back(lineOf(static_cast<std::uint64_t>(digit), name, {}));
        }
    }

    void byServer(RequestBatch& batch, std::vector<std::size_t>& groups) {
        const auto backends = batch.codes(TextField::Backend);
        const auto servers = batch.servers();
        for (const std::uint32_t row : batch.rows())
            groups.push_back(serverGroup(backends[row], servers[row]));
    }

    std::size_t serverGroup(std::uint32_t backend, std::uint32_t server) {
        const bool both = request_.group == GroupBy::Server;
        if (!both) server = 0;
        // Requests that never reached a server are one group whatever the backend.
        if (both && server == 0) backend = 0;
        const std::uint64_t key = static_cast<std::uint64_t>(backend) << 32U | server;
        const auto known = index_.find(key);
        return known != index_.end() ? known->second : newServer(key, backend, server);
    }

    std::size_t newServer(std::uint64_t key, std::uint32_t backend, std::uint32_t server) {
        const ServerKey names{in_.columns.name(TextField::Backend, backend),
                              in_.columns.name(TextField::Server, server)};
        if (request_.group == GroupBy::Backend)
            return lineOf(key, names.backend.empty() ? "no backend" : names.backend, names);
        return lineOf(key, names.server.empty() ? std::string(kNoServer) : names.server, names);
    }

    std::size_t lineOf(std::uint64_t key, const std::string& name, const ServerKey& names) {
        const auto [it, fresh] = index_.try_emplace(key, lines_.size());
        if (!fresh) return it->second;
        if ((lines_.size() + 1) * buckets_ > kBucketsMost)
            throw QueryFailure{{ErrorKind::TooLarge,
                                "these are more buckets than can be shown",
                                {},
                                "take wider buckets or a shorter window"}};
        lines_.push_back(newLine(name, names));
        return it->second;
    }

    const Snapshot& in_;
    const SeriesRequest& request_;
    SeriesTable& table_;
    std::size_t buckets_;
    std::vector<Line> lines_;
    std::unordered_map<std::uint64_t, std::size_t> index_;
    Line total_;
};

/// All segments, by all processors.
class Count {
public:
    Count(const Snapshot& in, const SeriesRequest& request, SeriesTable& table, std::size_t buckets,
          const std::stop_token& stop, const std::set<SourceId>& without)
        : stop_(stop) {
        if (buckets > 0)
            segments_ =
                requestSegments(*in.state, request.scope, {}, request.window, request.clock);
        std::erase_if(segments_,
                      [&](const SegmentState* s) { return without.contains(s->info.source); });
        for (std::size_t i = 0; i < workersFor(segments_.size()); ++i) {
            parts_.push_back(std::make_unique<Counting>(in, request, table, buckets));
            filters_.push_back(std::make_unique<FilterRun>(in, request.filter, stop));
        }
    }

    /// False if the text of some sources cannot be searched.
    bool run() {
        inParallel(segments_.size(), parts_.size(), [&](std::size_t worker, std::size_t piece) {
            checkStop(stop_);
            const SegmentState& segment = *segments_[piece];
            if (isMissing(segment.info.source)) return;
            try {
                parts_[worker]->add(segment, *filters_[worker]);
            } catch (SourceMissing& lost) {
                const std::lock_guard hold(mutex_);
                missing_.try_emplace(lost.source, std::move(lost.error));
            }
        });
        return missing_.empty();
    }
    void finish() {
        for (std::size_t i = 1; i < parts_.size(); ++i)
            parts_[0]->merge(*parts_[i]);
        parts_[0]->finish();
    }
    std::map<SourceId, Error>& missing() { return missing_; }

private:
    bool isMissing(SourceId source) {
        const std::lock_guard hold(mutex_);
        return missing_.contains(source);
    }

    std::stop_token stop_;
    std::vector<const SegmentState*> segments_;
    std::vector<std::unique_ptr<Counting>> parts_; ///< one a worker
    std::vector<std::unique_ptr<FilterRun>> filters_;
    std::mutex mutex_;
    std::map<SourceId, Error> missing_;
};

} // namespace

Result<SeriesTable> countSeries(const Snapshot& in, const SeriesRequest& request,
                                const std::stop_token& stop) {
    if (request.bucket < std::chrono::milliseconds{1})
        return std::unexpected(
            Error{ErrorKind::Usage, "a bucket is at least a millisecond wide", {}, {}});
    SeriesTable table;
    table.bucket = request.bucket;
    table.origin = instant(flooredTo(nanoseconds(request.window.from), request.bucket.count()));
    std::uint64_t buckets = 0;
    if (!request.window.empty())
        buckets = static_cast<std::uint64_t>((request.window.to - table.origin - Duration{1}) /
                                             request.bucket) +
                  1;
    if (buckets > kBucketsMost)
        return std::unexpected(Error{ErrorKind::TooLarge,
                                     "these are more buckets than can be shown",
                                     {},
                                     "take wider buckets or a shorter window"});
    std::set<SourceId> without;
    while (true) {
        Count count(in, request, table, static_cast<std::size_t>(buckets), stop, without);
        if (count.run()) {
            count.finish();
            return table;
        }
        for (auto& [source, error] : count.missing()) {
            without.insert(source);
            table.missing.push_back(std::move(error));
        }
    }
}

} // namespace postlude
