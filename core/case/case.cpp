// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/detail/database.h"
#include "core/case/documents.h"

namespace postlude {

namespace {

constexpr std::array<std::string_view, 9> kRoleNames{
    "other", "balancer", "server", "database", "alerts", "changes", "chat", "config", "document"};

Bookmark bookmarkFrom(const sqlite::Statement& row) {
    Bookmark bookmark{row.integer(0), instant(row.integer(1)), {}, row.text(3)};
    if (!row.isNull(2)) bookmark.record = static_cast<RecordId>(row.integer(2));
    return bookmark;
}

ReadIssue issueFrom(const sqlite::Statement& row) {
    const auto kind =
        std::clamp<std::int64_t>(row.integer(1), 0, static_cast<std::int64_t>(ErrorKind::Internal));
    return {row.as<SourceId>(0),
            {static_cast<ErrorKind>(kind),
             row.text(2),
             {row.text(3), row.as<std::uint64_t>(4), row.as<std::uint64_t>(5)},
             row.text(6)}};
}

} // namespace

std::string_view nameOf(SourceRole role) {
    return kRoleNames[static_cast<std::size_t>(role)];
}

Case::Case(std::unique_ptr<Store> store)
    : store_(std::move(store)) {}

Case::~Case() = default;

Result<std::unique_ptr<Case>> Case::create(const std::filesystem::path& file) {
    auto database = createDatabase(file);
    if (!database) return std::unexpected(database.error());
    return std::unique_ptr<Case>(new Case(std::make_unique<Store>(std::move(*database))));
}

Result<std::unique_ptr<Case>> Case::open(const std::filesystem::path& file, OpenMode mode) {
    auto database = openDatabase(file, mode);
    if (!database) return std::unexpected(database.error());
    return std::unique_ptr<Case>(new Case(std::make_unique<Store>(std::move(*database))));
}

const std::filesystem::path& Case::file() const {
    return store_->database().file;
}

OpenMode Case::mode() const {
    return store_->database().mode;
}

Case::Store& Case::store() const {
    return *store_;
}

bool Case::importComplete() const {
    const auto& database = store_->database();
    return database
        .reading([&] {
            auto row = database.statement("SELECT complete FROM import");
            return row.step() && row.integer(0) != 0;
        })
        .value_or(false);
}

std::vector<std::string> Case::bundlePaths() const {
    const auto& database = store_->database();
    return database
        .reading([&] {
            std::vector<std::string> paths;
            auto row = database.statement("SELECT path FROM bundle_path ORDER BY number");
            while (row.step())
                paths.push_back(row.text(0));
            return paths;
        })
        .value_or(std::vector<std::string>{});
}

Result<std::vector<SourceInfo>> Case::sources() const {
    return store_->sources();
}

Result<std::vector<ReadIssue>> Case::issues(std::size_t most) const {
    const auto& database = store_->database();
    return database.reading([&] {
        std::vector<ReadIssue> issues;
        auto row = database.statement("SELECT source, kind, what, place, line, start, remedy "
                                      "FROM issue ORDER BY id LIMIT ?");
        row.with(static_cast<std::int64_t>(most));
        while (row.step())
            issues.push_back(issueFrom(row));
        return issues;
    });
}

Result<void> Case::setClock(const std::string& host, Duration offset, Duration uncertainty,
                            std::uint64_t pairs, const ClockCourse& course) {
    if (host.empty())
        return std::unexpected(Error{ErrorKind::Usage, "a clock belongs to a named host", {}, {}});
    auto& database = store_->database();
    return database.writing(sqlite::Survives::PowerLoss, [&] {
        database.statement("INSERT OR REPLACE INTO clock VALUES (?, ?, ?, ?)")
            .run(host, offset.count(), uncertainty.count(), pairs);
        database.statement("INSERT OR REPLACE INTO note VALUES (?, ?)")
            .run("clock:" + host, packed(course));
    });
}

Result<std::vector<Bookmark>> Case::bookmarks() const {
    const auto& database = store_->database();
    return database.reading([&] {
        std::vector<Bookmark> bookmarks;
        auto row = database.statement("SELECT id, at, record, note FROM bookmark ORDER BY at, id");
        while (row.step())
            bookmarks.push_back(bookmarkFrom(row));
        return bookmarks;
    });
}

Result<std::int64_t> Case::saveBookmark(const Bookmark& bookmark) {
    auto& database = store_->database();
    std::optional<std::int64_t> id, record;
    if (bookmark.id != 0) id = bookmark.id;
    if (bookmark.record) record = static_cast<std::int64_t>(*bookmark.record);
    return database.writing(sqlite::Survives::PowerLoss, [&] {
        database.statement("INSERT OR REPLACE INTO bookmark VALUES (?, ?, ?, ?)")
            .run(id, nanoseconds(bookmark.at), record, bookmark.note);
        return id ? *id : sqlite3_last_insert_rowid(database.handle.get());
    });
}

Result<void> Case::removeBookmark(std::int64_t id) {
    auto& database = store_->database();
    auto removed = database.writing(sqlite::Survives::PowerLoss, [&] {
        database.statement("DELETE FROM bookmark WHERE id = ?").run(id);
        return sqlite3_changes(database.handle.get());
    });
    if (!removed) return std::unexpected(removed.error());
    if (*removed == 0)
        return std::unexpected(Error{ErrorKind::NotFound, "there is no such bookmark", {}, {}});
    return {};
}

Result<std::optional<Revision>> Case::postmortem() const {
    const auto document = usualDocument(*this);
    if (!document) return std::unexpected(document.error());
    return newestRevision(*this, *document);
}

Result<std::vector<Revision>> Case::postmortemHistory() const {
    const auto document = usualDocument(*this);
    if (!document) return std::unexpected(document.error());
    return revisionsOf(*this, *document);
}

Result<std::int64_t> Case::savePostmortem(const std::string& json, const std::string& why) {
    const auto document = usualDocument(*this);
    if (!document) return std::unexpected(document.error());
    return saveRevision(*this, *document, json, why);
}

Result<std::optional<std::string>> Case::note(const std::string& name) const {
    const auto& database = store_->database();
    return database.reading([&] {
        auto row = database.statement("SELECT value FROM note WHERE name = ?");
        std::optional<std::string> value;
        if (row.with(name).step()) value = row.text(0);
        return value;
    });
}

Result<void> Case::setNote(const std::string& name, const std::string& value) {
    auto& database = store_->database();
    return database.writing(sqlite::Survives::PowerLoss, [&] {
        database.statement("INSERT OR REPLACE INTO note VALUES (?, ?)").run(name, value);
    });
}

std::string Case::integrityFaults() const {
    const auto& database = store_->database();
    const auto faults = database.reading([&] {
        std::string text;
        auto row = database.statement("PRAGMA integrity_check");
        while (row.step()) {
            if (row.bytes(0) != "ok") (text += text.empty() ? "" : "\n") += row.text(0);
        }
        return text;
    });
    return faults ? *faults : describe(faults.error());
}

} // namespace postlude
