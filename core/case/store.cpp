// SPDX-License-Identifier: GPL-3.0-or-later
// What an import writes: sources, segments, issues.
#include "core/case/detail/database.h"
#include "core/case/detail/segment_index.h"

#include <algorithm>

namespace postlude {

using sqlite::Survives;

namespace {

std::optional<std::int64_t> maybe(const std::optional<Instant>& t) {
    if (!t) return {};
    return nanoseconds(*t);
}

std::optional<std::int64_t> present(std::int64_t value) {
    if (value == kAbsent) return {};
    return value;
}

void writeParts(const Case::Store::Database& database, SourceId id,
                const std::vector<std::string>& parts) {
    database.statement("DELETE FROM source_part WHERE source = ?").run(id);
    auto insert = database.statement("INSERT INTO source_part VALUES (?, ?, ?)");
    for (std::size_t i = 0; i < parts.size(); ++i)
        insert.run(id, i, parts[i]);
}

constexpr const char* kProgress =
    "SELECT read_offset, read_lines, read_unread, done, ifnull(state, x''), id "
    "FROM source LEFT JOIN source_state ON source_state.source = id";

SourceProgress progressIn(const sqlite::Statement& row) {
    return {row.as<std::uint64_t>(0), row.as<std::uint64_t>(1), row.as<std::uint64_t>(2),
            row.integer(3) != 0, row.text(4)};
}

/// Of the source of this path, which is added if there is none.
SourceId sourceFor(const Case::Store::Database& database, const SourceInfo& info) {
    auto known = database.statement("SELECT id FROM source WHERE path = ?");
    if (known.with(info.path).step()) return known.as<SourceId>(0);
    database
        .statement("INSERT INTO source (path, host, role, format, what, zone, zone_from, "
                   "bytes, lines, records, unread, first, last) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .run(info.path, info.host, info.role, info.format, info.what, info.zone, info.zoneFrom,
             info.bytes, info.lines, info.records, info.unread, maybe(info.first),
             maybe(info.last));
    const auto id = static_cast<SourceId>(sqlite3_last_insert_rowid(database.handle.get()));
    writeParts(database, id, info.parts);
    return id;
}

std::uint32_t insertSegment(Case::Store::Database& database, SourceId source,
                            const EncodedSegment& segment) {
    const SegmentInfo& info = segment.info;
    const std::string index = bytesOf(segment.index);
    database
        .statement("INSERT INTO segment (source, rows, time_min, time_max, first_line, last_line, "
                   "kinds, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .run(source, info.rows, present(info.timeMin), present(info.timeMax), info.firstLine,
             info.lastLine, info.kinds, sqlite::Blob{index});
    const auto number =
        static_cast<std::uint32_t>(sqlite3_last_insert_rowid(database.handle.get()));
    auto insert =
        database.statement("INSERT INTO segment_column (segment, name, data) VALUES (?, ?, ?)");
    for (const EncodedColumn& column : segment.columns)
        insert.run(number, column.name, sqlite::Blob{column.blob});
    return number;
}

void insertSeries(Case::Store::Database& database, std::uint32_t segment,
                  std::span<const SeriesRow> series) {
    auto insert = database.statement("INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const SeriesRow& row : series)
        insert.run(segment, row.start, row.backend, row.server, row.requests, row.failed, row.slow,
                   row.bytes, sqlite::Blob{row.durations});
}

void saveProgress(Case::Store::Database& database, SourceId source,
                  const SourceProgress& progress) {
    database
        .statement("UPDATE source SET read_offset = ?, read_lines = ?, read_unread = ?, done = ? "
                   "WHERE id = ?")
        .run(progress.offset, progress.lines, progress.unread, progress.done, source);
    if (progress.state.empty())
        database.statement("DELETE FROM source_state WHERE source = ?").run(source);
    else
        database.statement("INSERT OR REPLACE INTO source_state VALUES (?, ?)")
            .run(source, sqlite::Blob{progress.state});
}

/// Keeps the counts of a source right while it is being read.
void countSegment(Case::Store::Database& database, SourceId source, const SegmentInfo& info,
                  const SourceProgress& progress) {
    database
        .statement("UPDATE source SET lines = ?1, unread = ?2, records = records + ?3, "
                   "first = min(ifnull(first, ?4), ifnull(?4, first)), "
                   "last = max(ifnull(last, ?5), ifnull(?5, last)) WHERE id = ?6")
        .run(progress.lines, progress.unread, info.rows, present(info.timeMin),
             present(info.timeMax), source);
}

std::uint32_t appendOne(Case::Store::Database& database, SourceId source,
                        const EncodedSegment& segment, const SourceProgress& progress) {
    const std::uint32_t number = insertSegment(database, source, segment);
    insertSeries(database, number, segment.series);
    countSegment(database, source, segment.info, progress);
    return number;
}

void insertIssues(Case::Store::Database& database, std::span<const ReadIssue> issues) {
    if (issues.empty()) return;
    auto insert = database.statement("INSERT INTO issue (source, kind, what, place, line, "
                                     "start, remedy) VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const ReadIssue& issue : issues)
        insert.run(issue.source, issue.error.kind, issue.error.what, issue.error.place.source,
                   issue.error.place.line, issue.error.place.offset, issue.error.remedy);
}

void saveStep(Case::Store::Database& database, const ReadingStep& step) {
    for (const EncodedSegment& segment : step.segments)
        appendOne(database, step.source, segment, step.progress);
    insertIssues(database, step.issues);
    saveProgress(database, step.source, step.progress);
    if (step.progress.done)
        database.statement("UPDATE source SET bytes = ?, lines = ?, unread = ? WHERE id = ?")
            .run(step.bytes, step.progress.lines, step.progress.unread, step.source);
}

} // namespace

Case::Store::Store(std::unique_ptr<Database> database)
    : database_(std::move(database)) {}

Case::Store::~Store() = default;

Result<void> Case::Store::beginImport(const std::vector<std::string>& bundlePaths) {
    return database_->writing(Survives::PowerLoss, [&] {
        database_->statement("UPDATE import SET complete = 0").run();
        // What an import that failed has left of a text is no beginning for this one.
        database_->textBegun.clear();
        database_->pendingText.clear();
        database_->statement("DELETE FROM bundle_path").run();
        auto insert = database_->statement("INSERT INTO bundle_path (path) VALUES (?)");
        for (const std::string& path : bundlePaths)
            insert.run(sqlite::Blob{path});
    });
}

Result<void> Case::Store::endImport() {
    return database_->writing(
        Survives::PowerLoss, [&] { database_->statement("UPDATE import SET complete = 1").run(); });
}

Result<SourceId> Case::Store::addSource(const SourceInfo& info) {
    return database_->writing(Survives::Kill, [&] { return sourceFor(*database_, info); });
}

Result<void> Case::Store::addSources(std::span<SourceInfo* const> infos) {
    return database_->writing(Survives::Kill, [&] {
        for (SourceInfo* info : infos)
            info->id = sourceFor(*database_, *info);
    });
}

Result<void> Case::Store::updateSources(std::span<const SourceInfo* const> infos) {
    return database_->writing(Survives::Kill, [&] {
        auto update = database_->statement(
            "UPDATE source SET path = ?, host = ?, role = ?, format = ?, what = ?, "
            "zone = ?, zone_from = ?, bytes = ?, lines = ?, records = ?, unread = ?, "
            "first = ?, last = ? WHERE id = ?");
        for (const SourceInfo* info : infos) {
            update.run(info->path, info->host, info->role, info->format, info->what, info->zone,
                       info->zoneFrom, info->bytes, info->lines, info->records, info->unread,
                       maybe(info->first), maybe(info->last), info->id);
            writeParts(*database_, info->id, info->parts);
        }
    });
}

Result<SourceProgress> Case::Store::progressOf(SourceId source) const {
    return database_->reading([&] {
        auto row = database_->statement(kProgress + std::string(" WHERE id = ?"));
        return row.with(source).step() ? progressIn(row) : SourceProgress{};
    });
}

Result<std::map<SourceId, SourceProgress>> Case::Store::progress() const {
    return database_->reading([&] {
        std::map<SourceId, SourceProgress> all;
        auto row = database_->statement(kProgress + std::string(" WHERE read_lines > 0 OR done"));
        while (row.step())
            all.emplace(row.as<SourceId>(5), progressIn(row));
        return all;
    });
}

Result<void> Case::Store::setProgress(SourceId source, const SourceProgress& progress) {
    return database_->writing(Survives::Kill, [&] { saveProgress(*database_, source, progress); });
}

Result<std::uint32_t> Case::Store::appendSegment(SourceId source, const EncodedSegment& segment,
                                                 const SourceProgress& progress) {
    return database_->writing(Survives::Kill, [&] {
        const std::uint32_t number = appendOne(*database_, source, segment, progress);
        saveProgress(*database_, source, progress);
        return number;
    });
}

Result<std::uint32_t> Case::Store::appendSegment(SourceId source, const Segment& segment,
                                                 const SourceProgress& progress,
                                                 std::vector<SeriesRow> series) {
    return appendSegment(source, encodedSegment(segment, std::move(series)), progress);
}

Result<void> Case::Store::save(std::span<const ReadingStep> steps) {
    return database_->writing(Survives::Kill, [&] {
        for (const ReadingStep& step : steps)
            saveStep(*database_, step);
    });
}

Result<void> Case::Store::addIssues(std::span<const ReadIssue> issues) {
    return database_->writing(Survives::Kill, [&] { insertIssues(*database_, issues); });
}

Result<void> Case::Store::forgetReading(SourceId source) {
    return database_->writing(Survives::PowerLoss, [&] {
        const std::string segments = "(SELECT number FROM segment WHERE source = ?)";
        for (const char* from : {"segment_column", "series"})
            database_
                ->statement("DELETE FROM " + std::string(from) + " WHERE segment IN " + segments)
                .run(source);
        database_->statement("UPDATE bookmark SET record = NULL WHERE record >> 16 IN " + segments)
            .run(source);
        database_->statement("DELETE FROM segment WHERE source = ?").run(source);
        database_->statement("DELETE FROM source_state WHERE source = ?").run(source);
        database_->statement("DELETE FROM issue WHERE source = ? AND line > 0").run(source);
        database_
            ->statement("UPDATE source SET lines = 0, records = 0, unread = 0, first = NULL, "
                        "last = NULL, read_offset = 0, read_lines = 0, read_unread = 0, done = 0 "
                        "WHERE id = ?")
            .run(source);
        database_->statement("UPDATE import SET complete = 0").run();
    });
}

} // namespace postlude
