// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of records, and single ones.
#include "core/query/detail/requests.h"

#include <algorithm>

namespace postlude {

namespace {

struct Hit {
    std::int64_t time;
    RecordId id;
};

bool isAsked(const RecordsRequest& request, const State& state, const SegmentState& segment) {
    const SourceId source = segment.info.source;
    if (!request.sources.empty() &&
        std::ranges::find(request.sources, source) == request.sources.end())
        return false;
    if (request.kinds != 0 && (request.kinds & segment.info.kinds) == 0) return false;
    if (!request.window) return true;
    const std::int64_t shift = state.offset(segment, request.clock);
    const std::int64_t last =
        segment.info.timeMax == kAbsent ? segment.undated : segment.info.timeMax;
    const std::int64_t first = segment.info.timeMin == kAbsent
                                   ? segment.undated
                                   : std::min(segment.info.timeMin, segment.undated);
    return first - shift < nanoseconds(request.window->to) &&
           last - shift >= nanoseconds(request.window->from);
}

void addHits(const Snapshot& in, const SegmentState& segment, const RecordsRequest& request,
             std::vector<Hit>& hits) {
    const auto passes = filterMask(in, segment, request.filter);
    const auto times = timesOf(in, segment, request.clock);
    std::shared_ptr<const std::vector<std::uint8_t>> kinds;
    if (request.kinds != 0) kinds = in.columns.kind(segment.info.number);
    for (std::uint32_t row = 0; row < segment.info.rows; ++row) {
        if (passes[row] == 0) continue;
        if (kinds && (request.kinds >> (*kinds)[row] & 1U) == 0) continue;
        if (request.window && !request.window->contains(instant(times[row]))) continue;
        hits.push_back({times[row], recordId(segment.info.number, row)});
    }
}

/// Segments by number; for file order those of a source stay together.
std::vector<const SegmentState*> inOrder(const State& state, bool fileOrder) {
    std::vector<const SegmentState*> segments;
    if (!fileOrder) {
        for (const SegmentState& segment : state.segments)
            segments.push_back(&segment);
        return segments;
    }
    for (const SourceState& source : state.sources)
        for (const std::size_t i : source.segments)
            segments.push_back(&state.segments[i]);
    return segments;
}

std::optional<std::string> textAt(const TextColumn& column, std::size_t row) {
    if (column.codes.empty() || column.codes[row] == 0) return {};
    return std::string(column.dictionary[column.codes[row] - 1]);
}

std::int64_t numberAt(const Numbers& column, std::size_t row) {
    return column.empty() ? kAbsent : column[row];
}

} // namespace

std::size_t RecordList::rowAt(Instant t) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(times, t) - times.begin());
}

std::string_view RecordRow::operator[](TextField f) const {
    const auto& text = texts[static_cast<std::size_t>(f)];
    return text ? std::string_view(*text) : std::string_view{};
}

RecordList selectRecords(const Snapshot& in, const RecordsRequest& request,
                         const std::stop_token& stop) {
    std::vector<Hit> hits;
    for (const SegmentState* segment : inOrder(*in.state, request.fileOrder)) {
        checkStop(stop);
        if (isAsked(request, *in.state, *segment)) addHits(in, *segment, request, hits);
    }
    const auto earlier = [](const Hit& a, const Hit& b) {
        return a.time != b.time ? a.time < b.time : a.id < b.id;
    };
    if (!request.fileOrder && !std::ranges::is_sorted(hits, earlier))
        std::ranges::sort(hits, earlier);
    checkStop(stop);
    RecordList list;
    list.ids.reserve(hits.size());
    list.times.reserve(hits.size());
    for (const Hit& hit : hits) {
        list.ids.push_back(hit.id);
        list.times.push_back(instant(hit.time));
    }
    return list;
}

RecordRow recordAt(const Snapshot& in, RecordId id) {
    const SegmentState& at = in.state->segment(segmentOf(id));
    const std::uint32_t row = rowOf(id);
    if (row >= at.info.rows)
        throw QueryFailure{{ErrorKind::NotFound, "there is no such record", {}, {}}};
    const auto segment = in.columns.whole(at.info.number);
    RecordRow record;
    record.id = id;
    record.source = at.info.source;
    record.line = static_cast<std::uint64_t>(numberAt(segment->line, row));
    record.lines = static_cast<std::uint32_t>(numberAt(segment->lines, row));
    record.offset = static_cast<std::uint64_t>(numberAt(segment->offset, row));
    record.bytes = static_cast<std::uint32_t>(numberAt(segment->bytes, row));
    record.kind = static_cast<RecordKind>(segment->kind.empty() ? 0 : segment->kind[row]);
    record.level = static_cast<Level>(segment->level.empty() ? 0 : segment->level[row]);
    if (const std::int64_t time = numberAt(segment->time, row); time != kAbsent) {
        record.timeRaw = instant(time);
        record.time = instant(time - in.state->offset(at, ClockView::Corrected));
    }
    for (std::size_t i = 0; i < kTextFields; ++i)
        record.texts[i] = textAt(segment->texts[i], row);
    for (std::size_t i = 0; i < kNumberFields; ++i)
        record.numbers[i] = numberAt(segment->numbers[i], row);
    for (const auto& [name, column] : segment->extra)
        if (auto text = textAt(column, row)) record.extra.emplace_back(name, std::move(*text));
    return record;
}

RecordId recordAtLine(const Snapshot& in, SourceId source, std::uint64_t line) {
    const SourceState* of = in.state->source(source);
    if (!of) throw QueryFailure{{ErrorKind::NotFound, "there is no such source", {}, {}}};
    for (const std::size_t i : of->segments) {
        const SegmentState& segment = in.state->segments[i];
        if (line < segment.info.firstLine || line > segment.info.lastLine) continue;
        const auto first = in.columns.place(segment.info.number, "line", &Segment::line);
        const auto lines = in.columns.place(segment.info.number, "lines", &Segment::lines);
        for (std::uint32_t row = 0; row < first->size(); ++row) {
            const auto begin = static_cast<std::uint64_t>((*first)[row]);
            const auto count =
                static_cast<std::uint64_t>(std::max<std::int64_t>(numberAt(*lines, row), 1));
            if (line >= begin && line - begin < count) return recordId(segment.info.number, row);
        }
    }
    throw QueryFailure{
        {ErrorKind::NotFound, "no record is on that line", {of->info.path, line, 0}, {}}};
}

} // namespace postlude
