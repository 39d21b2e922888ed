// SPDX-License-Identifier: GPL-3.0-or-later
// What SQLite is shown as a table.
#pragma once

#include "core/sql/sql.h"

namespace postlude::sql {

/// A value on its way to SQLite; text holds until the row is left.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string_view>;

enum class Op : std::uint8_t { Equal, Less, AtMost, Greater, AtLeast };

/// A test of the question that a table has said it can use. SQLite tests every row again, so
/// rows too many do no harm and rows too few would.
struct Test {
    std::size_t column = 0;
    Op op = Op::Equal;
    SqlValue value;
};

class Rows {
public:
    virtual ~Rows() = default;
    virtual Result<bool> next() = 0; ///< to the first, the next; false at the end
    virtual Result<Cell> cell(std::size_t column) = 0;
    [[nodiscard]] virtual std::int64_t number() const = 0; ///< the row's own, lasting
};

class Table {
public:
    explicit Table(SqlTable about)
        : about_(std::move(about)) {}
    virtual ~Table() = default;
    [[nodiscard]] const SqlTable& about() const { return about_; }
    /// True if find() can use such a test.
    [[nodiscard]] virtual bool uses(std::size_t column, Op op) const = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<Rows>> find(const std::vector<Test>& tests,
                                                             std::stop_token stop) = 0;

private:
    SqlTable about_;
};

/// RFC 3339, also without seconds or time of day ("2024-01-15 10:00"); UTC where no zone is said.
std::optional<Instant> timeFrom(std::string_view text);
/// Columns that hold times; compared as instants.
constexpr std::string_view kTime = "TIME";

std::unique_ptr<Table> recordsTable(const Case& of);
std::unique_ptr<Table> seriesTable(const Query& query);
/// Sources, issues, and what the analysis says.
std::vector<std::unique_ptr<Table>> listTables(const Case& of, const Query& query,
                                               Sql::Analyse analyse);

} // namespace postlude::sql
