// SPDX-License-Identifier: GPL-3.0-or-later
// Single records.
#include "core/query/detail/requests.h"

#include <algorithm>

namespace postlude {

namespace {

std::optional<std::string> textAt(const TextColumn& column, std::size_t row) {
    if (column.codes.empty() || column.codes[row] == 0) return {};
    return std::string(column.dictionary[column.codes[row] - 1]);
}

std::int64_t numberAt(const Numbers& column, std::size_t row) {
    return column.empty() ? kAbsent : column[row];
}

} // namespace

std::string_view RecordRow::operator[](TextField f) const {
    const auto& text = texts[static_cast<std::size_t>(f)];
    return text ? std::string_view(*text) : std::string_view{};
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
        record.time = instant(in.state->shown(at, time, ClockView::Corrected));
    }
    for (std::size_t i = 0; i < kTextFields; ++i)
        record.texts[i] = textAt(segment->texts[i], row);
    for (std::size_t i = 0; i < kNumberFields; ++i)
        record.numbers[i] = numberAt(segment->numbers[i], row);
    for (const auto& [name, column] : segment->extra)
        if (auto text = textAt(column, row)) record.extra.emplace_back(name, std::move(*text));
    return record;
}

std::string rawTextAt(const Snapshot& in, RecordId id) {
    constexpr std::int64_t most = 16 << 20;
    const SegmentState& segment = in.state->segment(segmentOf(id));
    const auto offset = in.columns.place(segment.info.number, "offset", &Segment::offset);
    const auto bytes = in.columns.place(segment.info.number, "bytes", &Segment::bytes);
    const std::uint32_t row = rowOf(id);
    if (row >= offset->size() || row >= bytes->size())
        throw QueryFailure{{ErrorKind::NotFound, "there is no such record", {}, {}}};
    return orThrow(in.store.readText(
        segment.info.source, static_cast<std::uint64_t>((*offset)[row]),
        static_cast<std::size_t>(std::clamp<std::int64_t>((*bytes)[row], 0, most))));
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
