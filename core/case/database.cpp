// SPDX-License-Identifier: GPL-3.0-or-later
// Making, opening and recognising case files.
#include "core/case/detail/database.h"
#include "core/case/detail/schema.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
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

Error nameTaken(const std::filesystem::path& file) {
    return {ErrorKind::Write, "there is already a file of that name",
            Place{file.filename().string()}, "choose another name, or open the case"};
}

/// An empty file at `made`, which nobody else has; errors speak of `file`.
Result<void> makeFile(const std::filesystem::path& made, const std::filesystem::path& file) {
    const int descriptor = ::open(made.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
    if (descriptor >= 0) {
        ::close(descriptor);
        return {};
    }
    const Place place{file.filename().string()};
    switch (errno) {
    case EEXIST:
        return std::unexpected(nameTaken(file));
    case ENOSPC:
    case EDQUOT:
        return std::unexpected(Error{ErrorKind::DiskFull, "no space left for the case file", place,
                                     "free some space and try again"});
    case ENOENT:
    case ENOTDIR:
        return std::unexpected(
            Error{ErrorKind::NotFound, "the folder of the case file does not exist", place, {}});
    case EACCES:
    case EPERM:
    case EROFS:
        return std::unexpected(Error{ErrorKind::Permission,
                                     "the case file may not be written there", place,
                                     "choose another folder"});
    default:
        return std::unexpected(
            Error{ErrorKind::Write, "the case file could not be created", place, {}});
    }
}

void makeTables(Database& database) {
    sqlite3* handle = database.handle.get();
    sqlite::execute(handle, "PRAGMA page_size=16384");
    prepare(database);
    sqlite::Transaction transaction(handle, sqlite::Survives::PowerLoss);
    sqlite::execute(handle, kSchema);
    sqlite::execute(handle, kDocumentSchema);
    // One commit: a file is either a whole case or none.
    sqlite::execute(handle, ("PRAGMA application_id=" + std::to_string(kApplicationId) +
                             "; PRAGMA user_version=" + std::to_string(kSchemaVersion))
                                .c_str());
    transaction.commit();
    sqlite::execute(handle, "PRAGMA wal_checkpoint(TRUNCATE)");
}

/// Never replaces a file; errno tells why not.
bool renameToNew(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL) return false; // some network file systems only know the plain kind
    if (::access(to.c_str(), F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return ::rename(from.c_str(), to.c_str()) == 0;
}

/// What is left beside a case that was deleted while it was open, or whose program was killed:
/// SQLite would take it for changes to the new one of that name.
void removeLeftovers(const std::filesystem::path& file) {
    std::error_code code;
    for (const char* ending : {"-wal", "-shm", "-journal"})
        std::filesystem::remove(file.string() + ending, code);
}

} // namespace

Result<std::unique_ptr<Database>> createDatabase(const std::filesystem::path& file) {
    std::error_code code;
    if (std::filesystem::exists(file, code)) return std::unexpected(nameTaken(file));
    // Made under another name and then renamed: killed at any moment, there is a whole case or
    // none.
    const std::filesystem::path fresh = file.string() + "-new";
    std::filesystem::remove(fresh, code);
    removeLeftovers(fresh);
    if (auto made = makeFile(fresh, file); !made) return std::unexpected(made.error());
    auto made = sqlite::guarded([&] {
        Database database;
        database.handle = sqlite::open(uriOf(fresh, ""), SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI |
                                                             SQLITE_OPEN_NOMUTEX);
        makeTables(database);
    });
    if (made && renameToNew(fresh, file)) {
        removeLeftovers(file); // not before: until then the name may be somebody else's
        return openDatabase(file, OpenMode::ReadWrite);
    }
    const bool taken = made && errno == EEXIST;
    std::filesystem::remove(fresh, code); // ours, and holds nothing
    if (taken) return std::unexpected(nameTaken(file));
    if (made)
        return std::unexpected(Error{ErrorKind::Write,
                                     "the case file could not be created",
                                     Place{file.filename().string()},
                                     {}});
    made.error().place.source = file.filename().string();
    return std::unexpected(made.error());
}

Result<std::unique_ptr<Database>> openDatabase(const std::filesystem::path& file, OpenMode mode) {
    if (auto there = checkFile(file); !there) return std::unexpected(there.error());
    auto database = std::make_unique<Database>();
    database->file = file;
    database->mode = mode;
    if (mode == OpenMode::ReadWrite) {
        auto lock = CaseLock::take(file);
        if (!lock) return std::unexpected(lock.error());
        database->lock = std::move(*lock);
    }
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

} // namespace postlude
