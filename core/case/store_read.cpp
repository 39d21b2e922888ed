// SPDX-License-Identifier: GPL-3.0-or-later
// What the query reads: sources and segments.
#include "core/case/detail/database.h"
#include "core/case/detail/segment_index.h"

#include <algorithm>

namespace postlude {

namespace {

std::optional<Instant> maybeInstant(const sqlite::Statement& row, int column) {
    if (row.isNull(column)) return {};
    return instant(row.integer(column));
}

SourceRole roleFrom(std::int64_t number) {
    const bool known = number >= 0 && number <= static_cast<std::int64_t>(SourceRole::Document);
    return known ? static_cast<SourceRole>(number) : SourceRole::Other;
}

SourceInfo sourceFrom(const sqlite::Statement& row) {
    SourceInfo info;
    info.id = row.as<SourceId>(0);
    info.path = row.text(1);
    info.host = row.text(2);
    info.role = roleFrom(row.integer(3));
    info.format = row.text(4);
    info.what = row.text(5);
    info.zone = row.text(6);
    info.zoneFrom = row.text(7);
    info.bytes = row.as<std::uint64_t>(8);
    info.lines = row.as<std::uint64_t>(9);
    info.records = row.as<std::uint64_t>(10);
    info.unread = row.as<std::uint64_t>(11);
    info.first = maybeInstant(row, 12);
    info.last = maybeInstant(row, 13);
    if (row.isNull(14)) return info;
    info.clockOffset = Duration{row.integer(14)};
    info.clockUncertainty = Duration{row.integer(15)};
    info.clockPairs = row.as<std::uint64_t>(16);
    if (!row.isNull(17)) info.clockCourse = clockCourseFrom(row.text(17));
    return info;
}

SegmentInfo segmentFrom(const sqlite::Statement& row) {
    return {row.as<std::uint32_t>(0),       row.as<SourceId>(1),
            row.as<std::uint32_t>(2),       row.maybe(3).value_or(kAbsent),
            row.maybe(4).value_or(kAbsent), row.as<std::uint64_t>(5),
            row.as<std::uint64_t>(6),       row.as<std::uint32_t>(7)};
}

SeriesRow seriesRowFrom(const sqlite::Statement& row) {
    return {row.integer(0),
            row.text(1),
            row.text(2),
            row.as<std::uint64_t>(3),
            row.as<std::uint64_t>(4),
            row.as<std::uint64_t>(5),
            row.as<std::uint64_t>(6),
            row.text(7)};
}

EncodedColumn columnFrom(const sqlite::Statement& row) {
    return {row.text(0), row.text(1)};
}

struct Columns {
    std::int64_t rows = 0;
    std::uint64_t firstLine = 0;
    std::vector<EncodedColumn> encoded;
};

Columns readColumns(const Case::Store::Database& database, std::uint32_t number,
                    const std::vector<std::string>& names) {
    Columns columns;
    auto segment = database.statement("SELECT rows, first_line FROM segment WHERE number = ?");
    if (!segment.with(number).step())
        throw sqlite::Failure{{ErrorKind::NotFound, "there is no such segment", {}, {}}};
    columns.rows = segment.integer(0);
    columns.firstLine = segment.as<std::uint64_t>(1);
    if (names.empty()) {
        auto all = database.statement("SELECT name, data FROM segment_column "
                                      "WHERE segment = ? ORDER BY id");
        all.with(number);
        while (all.step())
            columns.encoded.push_back(columnFrom(all));
        return columns;
    }
    auto one = database.statement("SELECT name, data FROM segment_column "
                                  "WHERE segment = ? AND name = ?");
    for (const std::string& name : names)
        if (one.with(number, name).step()) columns.encoded.push_back(columnFrom(one));
    return columns;
}

} // namespace

Result<std::vector<SourceInfo>> Case::Store::sources() const {
    return database_->reading([&] {
        std::vector<SourceInfo> sources;
        auto row = database_->statement(
            "SELECT id, path, source.host, role, format, what, zone, zone_from, bytes, lines, "
            "records, unread, first, last, clock.offset, clock.uncertainty, clock.pairs, "
            "note.value FROM source "
            "LEFT JOIN clock ON clock.host = source.host AND source.host <> '' "
            "LEFT JOIN note ON note.name = 'clock:' || clock.host "
            "ORDER BY id");
        auto part =
            database_->statement("SELECT name FROM source_part WHERE source = ? ORDER BY part");
        while (row.step()) {
            SourceInfo& info = sources.emplace_back(sourceFrom(row));
            part.with(info.id);
            while (part.step())
                info.parts.push_back(part.text(0));
        }
        return sources;
    });
}

Result<std::vector<SegmentInfo>> Case::Store::segments(std::uint32_t after) const {
    return database_->reading([&] {
        std::vector<SegmentInfo> segments;
        auto row = database_->statement("SELECT number, source, rows, time_min, time_max, "
                                        "first_line, last_line, kinds FROM segment "
                                        "WHERE number > ? ORDER BY number");
        row.with(after);
        while (row.step())
            segments.push_back(segmentFrom(row));
        return segments;
    });
}

Result<std::map<std::uint32_t, SegmentIndex>>
Case::Store::segmentIndexes(std::uint32_t after) const {
    return database_->reading([&] {
        std::map<std::uint32_t, SegmentIndex> indexes;
        auto row = database_->statement("SELECT number, summary FROM segment WHERE number > ?");
        row.with(after);
        while (row.step()) {
            auto index = indexFrom(row.bytes(1));
            if (!index) throw sqlite::Failure{index.error()};
            indexes.emplace(row.as<std::uint32_t>(0), std::move(*index));
        }
        return indexes;
    });
}

Result<std::vector<SeriesRow>> Case::Store::series(std::uint32_t segment) const {
    return database_->reading([&] {
        std::vector<SeriesRow> rows;
        auto row = database_->statement(
            "SELECT start, backend, server, requests, failed, slow, bytes, durations "
            "FROM series WHERE segment = ? ORDER BY rowid");
        row.with(segment);
        while (row.step())
            rows.push_back(seriesRowFrom(row));
        return rows;
    });
}

Result<Segment> Case::Store::readSegment(std::uint32_t number,
                                         const std::vector<std::string>& columns) const {
    const auto read = database_->reading([&] { return readColumns(*database_, number, columns); });
    if (!read) return std::unexpected(read.error());
    if (read->rows < 0 || read->rows > kSegmentRows)
        return std::unexpected(
            Error{ErrorKind::Damaged, "a segment of the case is damaged", {}, {}});
    Segment segment;
    segment.rows = static_cast<std::uint32_t>(read->rows);
    segment.firstLine = read->firstLine;
    for (const EncodedColumn& column : read->encoded)
        if (auto decoded = decode(column, segment); !decoded)
            return std::unexpected(decoded.error());
    return segment;
}

Result<std::optional<std::string>> Case::Store::readColumn(std::uint32_t number,
                                                           const std::string& name) const {
    return database_->reading([&] {
        auto row = database_->statement("SELECT data FROM segment_column "
                                        "WHERE segment = ? AND name = ?");
        std::optional<std::string> blob;
        if (row.with(number, name).step()) blob = row.text(0);
        return blob;
    });
}

} // namespace postlude
