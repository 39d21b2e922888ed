// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/sql.h"

#include "core/sql/detail/module.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace postlude {

using namespace sql;

namespace {

constexpr int kStepsBetweenLooks = 10'000; ///< of SQLite's machine, some 100 µs
constexpr std::size_t kMostQuery = 1U << 20U;

struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

/// Nothing but reading: no other file, no setting, no extension.
int allow(void* /*unused*/, int what, const char* /*first*/, const char* second,
          const char* /*database*/, const char* /*trigger*/) {
    switch (what) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return std::string_view(second ? second : "") == "load_extension" ? SQLITE_DENY : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

std::unexpected<Error> noMemory() {
    return std::unexpected(Error{ErrorKind::TooLarge, "not enough memory for SQL", {}, {}});
}

std::string listed(const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

SqlValue valueAt(sqlite3_stmt* statement, int i) {
    switch (sqlite3_column_type(statement, i)) {
    case SQLITE_INTEGER:
        return sqlite3_column_int64(statement, i);
    case SQLITE_FLOAT:
        return sqlite3_column_double(statement, i);
    case SQLITE_NULL:
        return {};
    default: {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, i));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
        return bytes == nullptr ? std::string() : std::string(bytes, size);
    }
    }
}

} // namespace

namespace sql {

std::optional<Instant> timeFrom(std::string_view text) {
    constexpr std::size_t date = 10, minutes = 16; // bytes
    if (text.size() == date) return fromRfc3339(fmt::format("{}T00:00:00", text));
    if (text.size() == minutes) return fromRfc3339(fmt::format("{}:00", text));
    return fromRfc3339(text);
}

} // namespace sql

struct Sql::Inside {
    std::unique_ptr<Query> query;
    std::vector<std::unique_ptr<Table>> tables;
    Asking asking;
    Connection connection; ///< goes first: it knows the tables

    Result<void> connect() {
        sqlite3* opened = nullptr;
        const int code = sqlite3_open_v2(":memory:", &opened,
                                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
        connection.reset(opened);
        if (code != SQLITE_OK || !addTimes(opened)) return noMemory();
        for (const auto& table : tables)
            if (!addTable(opened, *table, asking) || !isThere(*table)) return noMemory();
        sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0);
        sqlite3_set_authorizer(opened, allow, nullptr);
        sqlite3_progress_handler(
            opened, kStepsBetweenLooks,
            [](void* of) { return static_cast<Asking*>(of)->stop.stop_requested() ? 1 : 0; },
            &asking);
        return {};
    }

    /// SQLite makes such a table at its first use, which nobody is allowed later.
    bool isThere(const Table& table) {
        sqlite3_stmt* made = nullptr;
        const std::string text = "SELECT 1 FROM " + table.about().name;
        const int code = sqlite3_prepare_v2(connection.get(), text.c_str(), -1, &made, nullptr);
        sqlite3_finalize(made);
        return code == SQLITE_OK;
    }

    /// What went wrong, in a user's words.
    std::unexpected<Error> failure(int code) {
        if (asking.failed) return std::unexpected(*std::exchange(asking.failed, {}));
        if (code == SQLITE_INTERRUPT)
            return std::unexpected(Error{ErrorKind::Cancelled, "cancelled", {}, {}});
        if (code == SQLITE_NOMEM) return noMemory();
        if (code == SQLITE_AUTH)
            return std::unexpected(
                Error{ErrorKind::Usage, "a case can be asked, not changed", {}, "write a SELECT"});
        Error error{ErrorKind::NotUnderstood, visible(sqlite3_errmsg(connection.get())), {}, {}};
        if (const int at = sqlite3_error_offset(connection.get()); at >= 0)
            error.place.offset = static_cast<std::uint64_t>(at);
        error.remedy = remedyFor(error.what);
        return std::unexpected(std::move(error));
    }

    [[nodiscard]] std::string remedyFor(std::string_view what) const {
        std::vector<std::string> names;
        if (what.starts_with("no such table"))
            for (const auto& table : tables)
                names.push_back(table->about().name);
        if (what.starts_with("no such column"))
            for (const SqlColumn& column : tables.front()->about().columns)
                names.push_back(column.name);
        if (names.empty()) return {};
        return (what.starts_with("no such table") ? "the tables are " : "those of records are ") +
               listed(names);
    }

    /// White space, semicolons and comments ask nothing; what is no SQL at all is not let pass.
    [[nodiscard]] bool asksMore(const char* rest) const {
        while (*rest != '\0') {
            sqlite3_stmt* made = nullptr;
            const char* from = rest;
            const int code = sqlite3_prepare_v2(connection.get(), from, -1, &made, &rest);
            const Statement statement(made);
            if (code != SQLITE_OK || statement || rest == from) return true;
        }
        return false;
    }

    Result<Statement> prepare(const std::string& text) {
        sqlite3_stmt* made = nullptr;
        const char* rest = nullptr;
        const int code = sqlite3_prepare_v2(connection.get(), text.c_str(),
                                            static_cast<int>(text.size()), &made, &rest);
        Statement statement(made);
        if (code != SQLITE_OK) return failure(code);
        if (!statement)
            return std::unexpected(
                Error{ErrorKind::Usage, "this asks nothing", {}, "write a SELECT"});
        if (asksMore(rest))
            return std::unexpected(
                Error{ErrorKind::Usage, "this is more than one question", {}, "ask one at a time"});
        return statement;
    }

    Result<void> run(sqlite3_stmt* statement, const SqlSink& sink) {
        const int count = sqlite3_column_count(statement);
        std::vector<std::string> names;
        for (int i = 0; i < count; ++i)
            names.emplace_back(sqlite3_column_name(statement, i));
        if (sink.columns) sink.columns(names);
        std::vector<SqlValue> row(static_cast<std::size_t>(count));
        int code = SQLITE_ROW;
        while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
            for (int i = 0; i < count; ++i)
                row[static_cast<std::size_t>(i)] = valueAt(statement, i);
            if (!sink.row(row)) return {};
        }
        if (code != SQLITE_DONE) return failure(code);
        return {};
    }
};

Sql::Sql(std::unique_ptr<Inside> inside)
    : inside_(std::move(inside)) {}

Sql::~Sql() = default;

Result<std::unique_ptr<Sql>> Sql::open(const Case& of, Analyse analyse) {
    auto inside = std::make_unique<Inside>();
    auto query = openQuery(of);
    if (!query) return std::unexpected(query.error());
    inside->query = std::move(*query);
    inside->tables.push_back(recordsTable(of));
    inside->tables.push_back(seriesTable(*inside->query));
    for (auto& table : listTables(of, *inside->query, std::move(analyse)))
        inside->tables.push_back(std::move(table));
    if (auto done = inside->connect(); !done) return std::unexpected(done.error());
    return std::unique_ptr<Sql>(new Sql(std::move(inside)));
}

std::vector<SqlTable> Sql::tables() const {
    std::vector<SqlTable> all;
    for (const auto& table : inside_->tables)
        all.push_back(table->about());
    for (SqlTable& table : all)
        for (SqlColumn& column : table.columns)
            if (column.type == kTime) column.type = "TEXT";
    return all;
}

Result<void> Sql::ask(const std::string& query, const SqlSink& sink, std::stop_token stop) {
    if (query.size() > kMostQuery)
        return std::unexpected(Error{ErrorKind::TooLarge, "the question is too long", {}, {}});
    inside_->asking = {std::move(stop), {}};
    auto statement = inside_->prepare(query);
    if (!statement) return std::unexpected(statement.error());
    return inside_->run(statement->get(), sink);
}

} // namespace postlude
