// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/detail/sqlite.h"

#include <cerrno>
#include <utility>

namespace postlude::sqlite {

namespace {

constexpr std::string_view kFreeSpace = "free some space and try again";

Error inputOutput(int extended, sqlite3* handle) {
    const int system = handle ? sqlite3_system_errno(handle) : 0;
    if (system == ENOSPC || system == EDQUOT)
        return {
            ErrorKind::DiskFull, "no space left for the case file", {}, std::string(kFreeSpace)};
    const bool reading = extended == SQLITE_IOERR_READ || extended == SQLITE_IOERR_SHORT_READ ||
                         extended == SQLITE_IOERR_FSTAT;
    if (reading) return {ErrorKind::Unreadable, "the case file could not be read", {}, {}};
    return {ErrorKind::Write, "the case file could not be written", {}, {}};
}

} // namespace

Error errorFor(int code, sqlite3* handle) {
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return {
            ErrorKind::DiskFull, "no space left for the case file", {}, std::string(kFreeSpace)};
    case SQLITE_IOERR:
        return inputOutput(code, handle);
    case SQLITE_READONLY:
        return {ErrorKind::Permission, "the case file is open for reading only", {}, {}};
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return {ErrorKind::Permission,
                "the case file cannot be opened",
                {},
                "check the rights of the file and of its folder"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::Busy,
                "the case is being written by another program",
                {},
                "close it there, or open it for reading only"};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return {ErrorKind::Damaged,
                "the case file is damaged",
                {},
                "take it from a backup, or import the bundle again into a new case"};
    case SQLITE_TOOBIG:
        return {ErrorKind::TooLarge, "a value is too large for the case file", {}, {}};
    default:
        break;
    }
    std::string what = "SQLite: ";
    what += handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    return {ErrorKind::Internal, what, {}, {}};
}

void fail(int code, sqlite3* handle) {
    throw Failure{errorFor(code, handle)};
}

Handle open(const std::string& nameOrUri, int flags) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(nameOrUri.c_str(), &raw, flags, nullptr);
    Handle handle(raw);
    if (code != SQLITE_OK) fail(code, raw);
    sqlite3_extended_result_codes(raw, 1);
    return handle;
}

void execute(sqlite3* handle, const char* sql) {
    const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, handle);
}

Prepared::~Prepared() {
    for (const auto& [sql, statement] : idle_)
        sqlite3_finalize(statement);
}

sqlite3_stmt* Prepared::take(std::string_view sql) {
    const auto it = idle_.find(sql);
    return it == idle_.end() ? nullptr : std::exchange(it->second, nullptr);
}

void Prepared::giveBack(sqlite3_stmt* statement) {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    sqlite3_stmt** const place = placeFor(sqlite3_sql(statement));
    if (place == nullptr || *place != nullptr)
        sqlite3_finalize(statement);
    else
        *place = statement;
}

/// Null if there are enough of them, or no memory for one more: this is called by destructors.
sqlite3_stmt** Prepared::placeFor(const char* sql) noexcept {
    constexpr std::size_t kMost = 100;
    try {
        auto it = idle_.find(std::string_view(sql));
        if (it == idle_.end() && idle_.size() < kMost) it = idle_.emplace(sql, nullptr).first;
        return it == idle_.end() ? nullptr : &it->second;
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

Statement::Statement(sqlite3* handle, std::string_view sql, Prepared* prepared)
    : handle_(handle)
    , statement_(prepared != nullptr ? prepared->take(sql) : nullptr, Finish{prepared}) {
    if (statement_) return;
    sqlite3_stmt* raw = nullptr;
    check(sqlite3_prepare_v2(handle, sql.data(), static_cast<int>(sql.size()), &raw, nullptr));
    statement_.reset(raw);
}

void Statement::check(int code) const {
    if (code != SQLITE_OK) fail(code, handle_);
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail(code, handle_);
    return false;
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::bytes(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return data ? std::string_view(data, static_cast<std::size_t>(size)) : std::string_view("", 0);
}

std::optional<std::int64_t> Statement::maybe(int column) const {
    if (isNull(column)) return {};
    return integer(column);
}

void Statement::bind(int index, std::int64_t value) {
    check(sqlite3_bind_int64(statement_.get(), index, value));
}

void Statement::bind(int index, const std::optional<std::int64_t>& value) {
    check(value ? sqlite3_bind_int64(statement_.get(), index, *value)
                : sqlite3_bind_null(statement_.get(), index));
}

// Parameters live until the statement has run (see with and run), so SQLite need not copy them;
// text stays short and is copied, because with() may be followed by step() much later.
void Statement::bind(int index, std::string_view text) {
    check(sqlite3_bind_text64(statement_.get(), index, text.data() ? text.data() : "", text.size(),
                              SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int index, Blob blob) {
    check(sqlite3_bind_blob64(statement_.get(), index, blob.bytes.data() ? blob.bytes.data() : "",
                              blob.bytes.size(), SQLITE_STATIC));
}

Transaction::Transaction(sqlite3* handle, Survives survives)
    : handle_(handle) {
    execute(handle, survives == Survives::PowerLoss ? "PRAGMA synchronous=FULL"
                                                    : "PRAGMA synchronous=NORMAL");
    execute(handle, "BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (open_) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    execute(handle_, "COMMIT");
    open_ = false;
}

} // namespace postlude::sqlite
