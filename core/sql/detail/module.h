// SPDX-License-Identifier: GPL-3.0-or-later
// Tables as SQLite's virtual tables.
#pragma once

#include "core/sql/detail/table.h"

struct sqlite3;

namespace postlude::sql {

/// Shared by all tables of a connection while a question is being answered.
struct Asking {
    std::stop_token stop;
    std::optional<Error> failed; ///< of a table; SQLite knows only that there was one
};

/// `table` and `asking` must outlive the connection. False if SQLite has no memory.
bool addTable(sqlite3* connection, Table& table, Asking& asking);
/// The collation of times.
bool addTimes(sqlite3* connection);

} // namespace postlude::sql
