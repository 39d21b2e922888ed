// SPDX-License-Identifier: GPL-3.0-or-later
// Questions in SQL about a case: its records, series, sources and findings as tables. They are
// views on what the case holds (SQLite's virtual tables over segments), not copies; tests on time,
// source, kind, server, status and the like are answered by the segments' own indexes first.
#pragma once

#include "core/analysis/analysis.h"

#include <functional>
#include <span>
#include <variant>

namespace postlude {

/// NULL, a whole number, a number, or text (bytes of a log: not safe to show as it is).
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string>;

struct SqlColumn {
    std::string name;
    std::string type; ///< "TEXT", "INTEGER" or "REAL"
    std::string what; ///< one line for people
};
struct SqlTable {
    std::string name, what;
    std::vector<SqlColumn> columns;
};

/// What asks for the answer; both are called by the thread that asks.
struct SqlSink {
    std::function<void(const std::vector<std::string>& names)> columns;
    /// False: enough.
    std::function<bool(const std::vector<SqlValue>& row)> row;
};

/// Read-only: anything but a question (SELECT, WITH, VALUES, EXPLAIN) is refused. Not
/// thread-safe; the case must outlive it. It sees the case as it was when this was opened.
class Sql {
public:
    /// Gives the case's analysis when a table first needs it (incidents, causes, findings …).
    using Analyse = std::function<Result<Analysis>()>;
    static Result<std::unique_ptr<Sql>> open(const Case& of, Analyse analyse);
    ~Sql();
    Sql(const Sql&) = delete;
    Sql& operator=(const Sql&) = delete;

    [[nodiscard]] std::vector<SqlTable> tables() const;
    /// One question. Times come and are compared as RFC 3339 in UTC; a time is equal to another
    /// however many digits either is written with. Errors: NotUnderstood with the byte in `query`
    /// where known, Usage for more than one question or for a command, Cancelled, and those of
    /// Query.
    Result<void> ask(const std::string& query, const SqlSink& sink, std::stop_token stop);

private:
    struct Inside;
    explicit Sql(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace postlude
