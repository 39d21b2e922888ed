// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/cursor.h"

#include "core/query/detail/guarded.h"
#include "core/query/detail/requests.h"

#include <algorithm>

namespace postlude {

namespace {

constexpr std::size_t kSearchBytes = std::size_t{8} << 20U;

class Cursor final : public RecordCursor {
public:
    Cursor(const Snapshot& in, RecordsRequest request, std::stop_token stop)
        : in_(in)
        , request_(std::move(request))
        , stop_(std::move(stop))
        , filter_(in_, request_.filter, stop_) {}

    Result<bool> next() override {
        return guarded([&] {
            for (++row_; true; row_ = 0) {
                while (segment_ && row_ < segment_->info.rows && !passes(row_))
                    ++row_;
                if (segment_ && row_ < segment_->info.rows) return true;
                if (!nextSegment()) return false;
            }
        });
    }

    RecordId id() const override { return recordId(segment_->info.number, row_); }
    const SourceInfo& source() const override { return in_.state->sources[segment_->source].info; }
    Result<std::uint64_t> line() override { return place("line", &Segment::line); }
    Result<std::uint64_t> offset() override { return place("offset", &Segment::offset); }
    Result<std::uint64_t> lines() override { return place("lines", &Segment::lines); }

    Result<RecordKind> kind() override {
        return guarded([&] {
            if (!kinds_) kinds_ = in_.columns.kind(segment_->info.number);
            return static_cast<RecordKind>(kinds_->empty() ? 0 : (*kinds_)[row_]);
        });
    }

    Result<Level> level() override {
        return guarded([&] {
            if (!levels_) levels_ = in_.columns.level(segment_->info.number);
            return static_cast<Level>(levels_->empty() ? 0 : (*levels_)[row_]);
        });
    }

    Result<std::optional<Instant>> time() override {
        return guarded([&]() -> std::optional<Instant> {
            if (!time_) time_ = in_.columns.time(segment_->info.number);
            if (time_->empty() || (*time_)[row_] == kAbsent) return {};
            return instant(in_.state->shown(*segment_, (*time_)[row_], request_.clock));
        });
    }

    Result<std::optional<std::string_view>> text(TextField field) override {
        return guarded([&]() -> std::optional<std::string_view> {
            auto& column = texts_[static_cast<std::size_t>(field)];
            if (!column) column = in_.columns.text(segment_->info.number, field);
            if (column->codes.empty() || column->codes[row_] == 0) return {};
            return column->dictionary[column->codes[row_] - 1];
        });
    }

    Result<std::int64_t> number(NumberField field) override {
        return guarded([&] {
            auto& column = numbers_[static_cast<std::size_t>(field)];
            if (!column) column = in_.columns.number(segment_->info.number, field);
            return column->empty() ? kAbsent : (*column)[row_];
        });
    }

    Result<std::vector<std::pair<std::string_view, std::string_view>>> extra() override {
        return guarded([&] {
            if (!whole_) whole_ = in_.columns.whole(segment_->info.number);
            std::vector<std::pair<std::string_view, std::string_view>> all;
            for (const auto& [name, column] : whole_->extra)
                if (!column.codes.empty() && column.codes[row_] != 0)
                    all.emplace_back(name, column.dictionary[column.codes[row_] - 1]);
            return all;
        });
    }

    Result<std::string> raw() override {
        return guarded([&] { return rawTextAt(in_, id()); });
    }

private:
    Result<std::uint64_t> place(const char* name, Numbers Segment::* which) {
        return guarded([&] {
            const auto column = in_.columns.place(segment_->info.number, name, which);
            return column->empty() ? 0 : static_cast<std::uint64_t>((*column)[row_]);
        });
    }

    [[nodiscard]] bool passes(std::uint32_t row) const {
        if (!mask_.empty() && mask_[row] == 0) return false;
        if (request_.kinds != 0 && (request_.kinds >> (*kinds_)[row] & 1U) == 0) return false;
        return !request_.window || request_.window->contains(instant(times_[row]));
    }

    bool nextSegment() {
        while (at_ < in_.state->segments.size()) {
            segment_ = &in_.state->segments[at_++];
            checkStop(stop_);
            if (isAsked(request_, *in_.state, *segment_) && enter()) return true;
        }
        segment_ = nullptr;
        return false;
    }

    /// False if none of its rows passes.
    bool enter() {
        leave();
        const Share share = filter_.share(*segment_);
        if (share == Share::None) return false;
        if (request_.kinds != 0) kinds_ = in_.columns.kind(segment_->info.number);
        if (request_.window) times_ = timesOf(in_, *segment_, request_.clock);
        if (share == Share::All) return true;
        try {
            mask_ = filter_.mask(*segment_);
        } catch (const SourceMissing&) {
            return false;
        }
        return std::ranges::find(mask_, 1) != mask_.end();
    }

    void leave() {
        mask_.clear();
        times_.clear();
        kinds_.reset();
        levels_.reset();
        time_.reset();
        whole_.reset();
        texts_ = {};
        numbers_ = {};
        row_ = 0;
    }

    Snapshot in_;
    RecordsRequest request_;
    std::stop_token stop_;
    FilterRun filter_;
    std::size_t at_ = 0; ///< the next segment
    const SegmentState* segment_ = nullptr;
    std::uint32_t row_ = 0;
    Mask mask_; ///< empty: all pass
    std::vector<std::int64_t> times_;
    // Columns of the segment, as far as they were asked for.
    std::shared_ptr<const std::vector<std::uint8_t>> kinds_, levels_;
    std::shared_ptr<const Numbers> time_;
    std::array<std::shared_ptr<const TextColumn>, kTextFields> texts_;
    std::array<std::shared_ptr<const Numbers>, kNumberFields> numbers_;
    std::shared_ptr<const Segment> whole_;
};

class Table final : public RecordTable {
public:
    Table(const Case& of, std::shared_ptr<const State> state)
        : case_(of)
        , columns_(of.store())
        , probes_(columns_)
        , searches_(kSearchBytes)
        , state_(std::move(state)) {}

    std::unique_ptr<RecordCursor> find(RecordsRequest request,
                                       std::stop_token stop) const override {
        request.after.reset();
        return std::make_unique<Cursor>(
            Snapshot{case_.store(), state_, columns_, probes_, searches_}, std::move(request),
            std::move(stop));
    }

private:
    const Case& case_;
    mutable Columns columns_;
    mutable Probes probes_;
    mutable Searches searches_;
    std::shared_ptr<const State> state_;
};

} // namespace

Result<std::unique_ptr<RecordTable>> openRecords(const Case& of) {
    auto sources = of.store().sources();
    if (!sources) return std::unexpected(sources.error());
    auto segments = of.store().segments();
    if (!segments) return std::unexpected(segments.error());
    auto stored = of.store().segmentIndexes(0);
    if (!stored) return std::unexpected(stored.error());
    SegmentIndexes indexes;
    for (auto& [number, index] : *stored)
        indexes.emplace(number, std::make_shared<const SegmentIndex>(std::move(index)));
    return std::make_unique<Table>(
        of, makeState(std::move(*sources), std::move(*segments), std::move(indexes)));
}

} // namespace postlude
