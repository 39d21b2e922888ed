// SPDX-License-Identifier: GPL-3.0-or-later
// Opening and recognising case files.
#include "core/case/detail/database.h"
#include "core/case/detail/create.h"
#include "core/case/detail/schema.h"

#include <fstream>

namespace postlude {

namespace {

using Database = Case::Store::Database;

/// A case may come from anybody, so nothing in it may run code or claim absurd sizes.
void harden(sqlite3* handle) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_busy_timeout(handle, 5000);
    sqlite::execute(handle, "PRAGMA cell_size_check=ON");
}

std::int64_t pragma(sqlite3* handle, const char* sql) {
    sqlite::Statement statement(handle, sql);
    return statement.step() ? statement.integer(0) : 0;
}

Error notACase(const std::filesystem::path& file) {
    return {ErrorKind::NotUnderstood,
            "this is not a Postlude case",
            {file.filename().string()},
            "to read logs, open them as a bundle"};
}

void checkIsCase(const Database& database) {
    sqlite3* handle = database.handle.get();
    if (pragma(handle, "PRAGMA application_id") != kApplicationId)
        throw sqlite::Failure{notACase(database.file)};
    const auto version = pragma(handle, "PRAGMA user_version");
    if (version > kSchemaVersion)
        throw sqlite::Failure{{ErrorKind::NewerVersion,
                               "the case was written by a newer Postlude",
                               {},
                               "open it with that version"}};
    if (version < 1)
        throw sqlite::Failure{{ErrorKind::Damaged,
                               "the case was never finished being created",
                               {},
                               "delete it and import the bundle again"}};
    if (version < kSchemaVersion)
        throw sqlite::Failure{{ErrorKind::OlderVersion,
                               "the case was written by an older Postlude",
                               {},
                               "open it with that version, or import the bundle again into a new "
                               "case"}};
}

/// Every table answers: tells a damaged schema at once instead of in the middle of work.
void checkTables(const Database& database) {
    for (const char* table : {"source", "source_part", "source_file", "source_state", "clock",
                              "text_block", "segment", "segment_column", "series", "issue",
                              "bookmark", "revision", "note", "bundle_path", "import"}) {
        try {
            database.statement("SELECT 1 FROM " + std::string(table) + " LIMIT 1").step();
        } catch (const sqlite::Failure& failure) {
            if (failure.error.kind != ErrorKind::Internal) throw;
            sqlite::fail(SQLITE_CORRUPT, database.handle.get());
        }
    }
}

Result<void> checkFile(const std::filesystem::path& file) {
    std::error_code code;
    const auto status = std::filesystem::status(file, code);
    const Place place{file.filename().string()};
    if (!std::filesystem::exists(status))
        return std::unexpected(Error{ErrorKind::NotFound, "there is no such case file", place, {}});
    if (!std::filesystem::is_regular_file(status)) return std::unexpected(notACase(file));
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return std::unexpected(
            Error{ErrorKind::Permission, "the case file may not be read", place, {}});
    char magic[16] = {};
    stream.read(magic, sizeof magic);
    if (std::string_view(magic, 15) != "SQLite format 3") return std::unexpected(notACase(file));
    return {};
}

std::string uriOf(const std::filesystem::path& file, const char* options) {
    std::string uri = "file:";
    for (const char c : std::filesystem::absolute(file).string()) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '-' || c == '_';
        if (plain) {
            uri += c;
            continue;
        }
        static constexpr char digits[] = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        ((uri += '%') += digits[byte >> 4U]) += digits[byte & 15U];
    }
    return uri + options;
}

/// Beside a writer SQLite needs the shared-memory file. Where there is none and it cannot be made
/// (a read-only medium), nobody writes, and the file can be taken as it stands.
sqlite::Handle openReadOnly(const std::filesystem::path& file) {
    const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    try {
        auto handle = sqlite::open(uriOf(file, "?mode=ro"), flags);
        pragma(handle.get(), "PRAGMA schema_version");
        return handle;
    } catch (const sqlite::Failure& failure) {
        std::error_code code;
        const bool log = std::filesystem::exists(file.string() + "-wal", code);
        if (failure.error.kind != ErrorKind::Permission || log) throw;
        return sqlite::open(uriOf(file, "?immutable=1"), flags);
    }
}

void prepare(Database& database) {
    sqlite3* handle = database.handle.get();
    harden(handle);
    if (database.mode == OpenMode::ReadOnly) return;
    sqlite::execute(handle, "PRAGMA journal_mode=WAL; PRAGMA journal_size_limit=67108864;"
                            "PRAGMA cache_size=-16384; PRAGMA foreign_keys=OFF");
}

void addDocuments(Database& database) {
    if (database.statement("SELECT 1 FROM sqlite_schema WHERE name = 'document'").step()) return;
    sqlite::Transaction transaction(database.handle.get(), sqlite::Survives::PowerLoss);
    sqlite::execute(database.handle.get(), kDocumentSchema);
    transaction.commit();
}

/// `lock`: held for writing; none for reading.
Result<std::unique_ptr<Database>> openLocked(const std::filesystem::path& file, OpenMode mode,
                                             CaseLock lock) {
    auto database = std::make_unique<Database>();
    database->file = file;
    database->mode = mode;
    database->lock = std::move(lock);
    auto opened = sqlite::guarded([&] {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
        database->handle =
            mode == OpenMode::ReadOnly ? openReadOnly(file) : sqlite::open(uriOf(file, ""), flags);
        if (mode == OpenMode::ReadWrite && sqlite3_db_readonly(database->handle.get(), "main") == 1)
            sqlite::fail(SQLITE_CANTOPEN, nullptr);
        harden(database->handle.get());
        checkIsCase(*database);
        checkTables(*database);
        prepare(*database);
        if (mode == OpenMode::ReadWrite) addDocuments(*database);
    });
    if (opened) return database;
    if (opened.error().place.source.empty()) opened.error().place.source = file.filename().string();
    return std::unexpected(opened.error());
}

} // namespace

Result<std::unique_ptr<Database>> createDatabase(const std::filesystem::path& file) {
    auto lock = makeCase(file);
    if (!lock) return std::unexpected(lock.error());
    return openLocked(file, OpenMode::ReadWrite, std::move(*lock));
}

Result<std::unique_ptr<Database>> openDatabase(const std::filesystem::path& file, OpenMode mode) {
    if (auto there = checkFile(file); !there) return std::unexpected(there.error());
    if (mode == OpenMode::ReadOnly) return openLocked(file, mode, {});
    auto lock = CaseLock::take(file);
    if (!lock) return std::unexpected(lock.error());
    return openLocked(file, mode, std::move(*lock));
}

} // namespace postlude
