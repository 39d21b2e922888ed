// SPDX-License-Identifier: GPL-3.0-or-later
// The query that a case file answers.
#include "core/query/detail/guarded.h"
#include "core/query/detail/requests.h"

#include <algorithm>
#include <unordered_map>

namespace postlude {

namespace {

constexpr std::size_t kSearchBytes = std::size_t{32} << 20U;
constexpr std::uint64_t kDocumentBytes = std::uint64_t{16} << 20U;

class CaseQuery final : public Query {
public:
    explicit CaseQuery(const Case& of)
        : case_(of)
        , columns_(of.store())
        , probes_(columns_)
        , searches_(kSearchBytes)
        , state_(makeState({}, {}, {})) {}

    Result<void> refresh() override {
        auto sources = case_.store().sources();
        if (!sources) return std::unexpected(sources.error());
        auto segments = case_.store().segments();
        if (!segments) return std::unexpected(segments.error());
        auto indexes = indexesAfter(state()->indexes);
        if (!indexes) return std::unexpected(indexes.error());
        auto next = makeState(std::move(*sources), std::move(*segments), std::move(*indexes));
        const std::lock_guard hold(mutex_);
        state_ = std::move(next);
        servers_.reset();
        return {};
    }

    std::vector<SourceInfo> sources() const override {
        std::vector<SourceInfo> sources;
        const auto now = state(); // held: a refresh may replace it
        for (const SourceState& source : now->sources)
            sources.push_back(source.info);
        return sources;
    }

    std::vector<SourceInfo> checkedSources() const override {
        std::vector<SourceInfo> all = sources();
        for (SourceInfo& source : all) {
            const auto fault = case_.store().staleness(source.id);
            if (!fault)
                source.stale = fault.error().what;
            else if (*fault)
                source.stale = (*fault)->what;
        }
        return all;
    }

    Window span(ClockView clock) const override { return state()->span(clock); }

    std::vector<ServerKey> servers() const override {
        const auto asked = state();
        {
            const std::lock_guard hold(mutex_);
            if (servers_) return *servers_;
        }
        auto found = guarded([&] { return serversIn(snapshot(asked)); });
        const std::lock_guard hold(mutex_);
        if (found && state_ == asked) servers_ = *found;
        return found.value_or(std::vector<ServerKey>{});
    }

    Result<SeriesTable> series(const SeriesRequest& request, std::stop_token stop) const override {
        return guarded([&] { return orThrow(countSeries(snapshot(), request, stop)); });
    }

    Result<RecordList> select(const RecordsRequest& request, std::stop_token stop,
                              const FoundSink& tell) const override {
        return guarded([&] { return selectRecords(snapshot(), request, stop, tell); });
    }

    Result<RecordCount> count(const RecordsRequest& request, std::stop_token stop) const override {
        return guarded([&] { return countRecords(snapshot(), request, stop); });
    }

    Result<RecordRow> record(RecordId id) const override {
        return guarded([&] { return recordAt(snapshot(), id); });
    }

    Result<std::string> rawText(RecordId id) const override {
        return guarded([&] { return rawTextAt(snapshot(), id); });
    }

    Result<RecordId> recordAtLine(SourceId source, std::uint64_t line) const override {
        return guarded([&] { return postlude::recordAtLine(snapshot(), source, line); });
    }

    Result<std::string> document(SourceId source) const override {
        return guarded([&] {
            const auto in = snapshot();
            const SourceState* of = in.state->source(source);
            if (!of) throw QueryFailure{{ErrorKind::NotFound, "there is no such source", {}, {}}};
            const std::uint64_t size = orThrow(in.store.textSize(source));
            if (size > kDocumentBytes)
                throw QueryFailure{{ErrorKind::TooLarge,
                                    "the document is larger than 16 MB",
                                    {of->info.path},
                                    {}}};
            return orThrow(in.store.readText(source, 0, static_cast<std::size_t>(size)));
        });
    }

    Result<void> scanRequests(const RequestScan& scan, const RequestVisitor& visit,
                              std::stop_token stop) const override {
        return guarded([&] { visitRequests(snapshot(), scan, visit, stop); });
    }

    Result<void> scanFields(const FieldScan& scan, const FieldVisitor& visit,
                            std::stop_token stop) const override {
        return guarded([&] { visitFields(snapshot(), scan, visit, stop); });
    }

    std::vector<std::string> requestFields(RequestScope scope) const override {
        return requestFieldsIn(*state(), scope);
    }

    Result<void> scanMessages(const MessageScan& scan, const MessageVisitor& visit,
                              std::stop_token stop) const override {
        return guarded([&] { visitMessages(snapshot(), scan, visit, stop); });
    }

    Result<void> scanConcurrently(const RequestScan& scan, const ConcurrentVisitor& visit,
                                  std::stop_token stop) const override {
        return guarded([&] { visitConcurrently(snapshot(), scan, visit, stop); });
    }

    std::string name(TextField field, std::uint32_t code) const override {
        return columns_.name(field, code);
    }

    std::vector<std::pair<std::string, std::uint64_t>> values(TextField field,
                                                              std::size_t most) const override {
        return guarded([&] { return valuesOf(field, most); })
            .value_or(std::vector<std::pair<std::string, std::uint64_t>>{});
    }

private:
    /// What is known, and that of the segments behind.
    Result<SegmentIndexes> indexesAfter(SegmentIndexes known) const {
        auto fresh = case_.store().segmentIndexes(known.empty() ? 0 : known.rbegin()->first);
        if (!fresh) return std::unexpected(fresh.error());
        for (auto& [number, index] : *fresh)
            known.emplace(number, std::make_shared<const SegmentIndex>(std::move(index)));
        return known;
    }

    std::shared_ptr<const State> state() const {
        const std::lock_guard hold(mutex_);
        return state_;
    }
    Snapshot snapshot(std::shared_ptr<const State> state) const {
        return {case_.store(), std::move(state), columns_, probes_, searches_};
    }
    Snapshot snapshot() const { return snapshot(state()); }

    std::vector<std::pair<std::string, std::uint64_t>> valuesOf(TextField field,
                                                                std::size_t most) const {
        std::unordered_map<std::uint32_t, std::uint64_t> counts;
        const auto now = state(); // held, as are the codes: others may drop them
        for (const SegmentState& segment : now->segments) {
            const auto codes = columns_.codes(segment.info.number, field);
            for (const std::uint32_t code : *codes)
                if (code != 0) ++counts[code];
        }
        std::vector<std::pair<std::uint32_t, std::uint64_t>> order(counts.begin(), counts.end());
        const std::size_t kept = std::min(most, order.size());
        std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(kept),
                                  [](const auto& a, const auto& b) {
                                      return a.second != b.second ? a.second > b.second
                                                                  : a.first < b.first;
                                  });
        std::vector<std::pair<std::string, std::uint64_t>> values;
        for (std::size_t i = 0; i < kept; ++i)
            values.emplace_back(columns_.name(field, order[i].first), order[i].second);
        return values;
    }

    const Case& case_;
    mutable Columns columns_;
    mutable Probes probes_;
    mutable Searches searches_;
    mutable std::mutex mutex_; ///< guards what follows
    std::shared_ptr<const State> state_;
    mutable std::optional<std::vector<ServerKey>> servers_;
};

} // namespace

Result<std::unique_ptr<Query>> openQuery(const Case& of) {
    auto query = std::make_unique<CaseQuery>(of);
    if (auto read = query->refresh(); !read) return std::unexpected(read.error());
    return query;
}

} // namespace postlude
