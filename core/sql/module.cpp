// SPDX-License-Identifier: GPL-3.0-or-later
// https://www.sqlite.org/vtab.html: eponymous tables, read-only. No exception leaves a callback.
#include "core/sql/detail/module.h"

#include <charconv>
#include <new>
#include <sqlite3.h>

namespace postlude::sql {

namespace {

struct Shared {
    Table& table;
    Asking& asking;
};

struct OpenTable : sqlite3_vtab {
    Shared* shared = nullptr;
};

struct OpenCursor : sqlite3_vtab_cursor {
    std::unique_ptr<Rows> rows;
    bool more = false;
    [[nodiscard]] Shared& shared() const { return *static_cast<OpenTable*>(pVtab)->shared; }
};

OpenCursor& cursorOf(sqlite3_vtab_cursor* cursor) {
    return *static_cast<OpenCursor*>(cursor);
}

int failed(Shared& shared, Error error) {
    const bool cancelled = error.kind == ErrorKind::Cancelled;
    shared.asking.failed = std::move(error);
    return cancelled ? SQLITE_INTERRUPT : SQLITE_ERROR;
}

/// Runs what may run out of memory.
template <class Work>
int guarded(Work work) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return SQLITE_NOMEM;
    }
}

std::string declarationOf(const SqlTable& table) {
    std::string text = "CREATE TABLE x(";
    for (const SqlColumn& column : table.columns) {
        if (!text.ends_with('(')) text += ", ";
        text += '"' + column.name + "\" ";
        text += column.type == kTime ? "TEXT COLLATE " + std::string(kTime) : column.type;
    }
    return text + ")";
}

int connect(sqlite3* connection, void* shared, int /*count*/, const char* const* /*words*/,
            sqlite3_vtab** out, char** /*error*/) {
    return guarded([&] {
        auto* of = static_cast<Shared*>(shared);
        const int declared =
            sqlite3_declare_vtab(connection, declarationOf(of->table.about()).c_str());
        if (declared != SQLITE_OK) return declared;
        auto table = std::make_unique<OpenTable>();
        table->shared = of;
        *out = table.release();
        return SQLITE_OK;
    });
}

int disconnect(sqlite3_vtab* table) {
    delete static_cast<OpenTable*>(table);
    return SQLITE_OK;
}

std::optional<Op> opOf(int op) {
    switch (op) {
    case SQLITE_INDEX_CONSTRAINT_EQ:
        return Op::Equal;
    case SQLITE_INDEX_CONSTRAINT_LT:
        return Op::Less;
    case SQLITE_INDEX_CONSTRAINT_LE:
        return Op::AtMost;
    case SQLITE_INDEX_CONSTRAINT_GT:
        return Op::Greater;
    case SQLITE_INDEX_CONSTRAINT_GE:
        return Op::AtLeast;
    default:
        return {};
    }
}

/// A test by other rules of comparison (NOCASE …) is none that a table can use.
bool isPlain(sqlite3_index_info* info, int i, const SqlColumn& column) {
    const std::string_view collation = sqlite3_vtab_collation(info, i);
    return collation == (column.type == kTime ? kTime : std::string_view("BINARY"));
}

/// Which tests go to the table is written as "3=0 7=4 ": column, operator.
int plan(sqlite3_vtab* of, sqlite3_index_info* info) {
    return guarded([&] {
        const Table& table = static_cast<OpenTable*>(of)->shared->table;
        std::string chosen;
        int used = 0;
        double cost = 1e6;
        for (int i = 0; i < info->nConstraint; ++i) {
            const auto& test = info->aConstraint[i];
            const auto op = opOf(test.op);
            if (test.usable == 0 || test.iColumn < 0 || !op) continue;
            const auto column = static_cast<std::size_t>(test.iColumn);
            if (!table.uses(column, *op) || !isPlain(info, i, table.about().columns[column]))
                continue;
            info->aConstraintUsage[i].argvIndex = ++used;
            chosen += std::to_string(column) + '=' + std::to_string(static_cast<int>(*op)) + ' ';
            cost /= *op == Op::Equal ? 20 : 3;
        }
        info->estimatedCost = cost;
        info->idxStr = sqlite3_mprintf("%s", chosen.c_str());
        info->needToFreeIdxStr = 1;
        return info->idxStr == nullptr ? SQLITE_NOMEM : SQLITE_OK;
    });
}

int openCursor(sqlite3_vtab* /*table*/, sqlite3_vtab_cursor** out) {
    return guarded([&] {
        *out = new OpenCursor;
        return SQLITE_OK;
    });
}

int closeCursor(sqlite3_vtab_cursor* cursor) {
    delete static_cast<OpenCursor*>(cursor);
    return SQLITE_OK;
}

SqlValue valueOf(sqlite3_value* value) {
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        return sqlite3_value_int64(value);
    case SQLITE_FLOAT:
        return sqlite3_value_double(value);
    case SQLITE_TEXT: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
        return std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
    }
    default:
        return {};
    }
}

std::vector<Test> testsFrom(std::string_view chosen, sqlite3_value** values) {
    std::vector<Test> tests;
    while (!chosen.empty()) {
        const std::size_t end = chosen.find(' ');
        const std::size_t sign = chosen.find('=');
        Test test;
        std::from_chars(chosen.data(), chosen.data() + sign, test.column);
        test.op = static_cast<Op>(chosen[sign + 1] - '0');
        test.value = valueOf(values[tests.size()]);
        tests.push_back(std::move(test));
        chosen.remove_prefix(end + 1);
    }
    return tests;
}

int advance(OpenCursor& cursor) {
    auto more = cursor.rows->next();
    if (!more) return failed(cursor.shared(), std::move(more.error()));
    cursor.more = *more;
    return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* of, int /*number*/, const char* chosen, int /*count*/,
           sqlite3_value** values) {
    return guarded([&] {
        OpenCursor& cursor = cursorOf(of);
        Shared& shared = cursor.shared();
        auto rows = shared.table.find(testsFrom(chosen ? chosen : "", values), shared.asking.stop);
        if (!rows) return failed(shared, std::move(rows.error()));
        cursor.rows = std::move(*rows);
        return advance(cursor);
    });
}

int next(sqlite3_vtab_cursor* cursor) {
    return guarded([&] { return advance(cursorOf(cursor)); });
}

int atEnd(sqlite3_vtab_cursor* cursor) {
    return cursorOf(cursor).more ? 0 : 1;
}

void answer(sqlite3_context* to, std::monostate /*nothing*/) {
    sqlite3_result_null(to);
}
void answer(sqlite3_context* to, std::int64_t value) {
    sqlite3_result_int64(to, value);
}
void answer(sqlite3_context* to, double value) {
    sqlite3_result_double(to, value);
}
void answer(sqlite3_context* to, std::string_view value) {
    sqlite3_result_text64(to, value.data() == nullptr ? "" : value.data(), value.size(),
                          SQLITE_TRANSIENT, SQLITE_UTF8);
}

int column(sqlite3_vtab_cursor* of, sqlite3_context* to, int index) {
    return guarded([&] {
        OpenCursor& cursor = cursorOf(of);
        auto cell = cursor.rows->cell(static_cast<std::size_t>(index));
        if (!cell) return failed(cursor.shared(), std::move(cell.error()));
        std::visit([&](const auto& value) { answer(to, value); }, *cell);
        return SQLITE_OK;
    });
}

int rowNumber(sqlite3_vtab_cursor* cursor, sqlite3_int64* out) {
    *out = cursorOf(cursor).rows->number();
    return SQLITE_OK;
}

const sqlite3_module& module() {
    static const sqlite3_module made = [] {
        sqlite3_module m{};
        m.iVersion = 1;
        m.xCreate = nullptr; // eponymous only: there is one of each
        m.xConnect = connect;
        m.xBestIndex = plan;
        m.xDisconnect = disconnect;
        m.xDestroy = disconnect;
        m.xOpen = openCursor;
        m.xClose = closeCursor;
        m.xFilter = filter;
        m.xNext = next;
        m.xEof = atEnd;
        m.xColumn = column;
        m.xRowid = rowNumber;
        return m;
    }();
    return made;
}

int compareTimes(void* /*unused*/, int sizeA, const void* a, int sizeB, const void* b) {
    const std::string_view left(static_cast<const char*>(a), static_cast<std::size_t>(sizeA));
    const std::string_view right(static_cast<const char*>(b), static_cast<std::size_t>(sizeB));
    const auto one = timeFrom(left), other = timeFrom(right);
    if (one && other) return *one < *other ? -1 : *one > *other ? 1 : 0;
    return left.compare(right);
}

} // namespace

bool addTable(sqlite3* connection, Table& table, Asking& asking) {
    auto* shared = new (std::nothrow) Shared{table, asking};
    if (shared == nullptr) return false;
    return sqlite3_create_module_v2(connection, table.about().name.c_str(), &module(), shared,
                                    [](void* old) { delete static_cast<Shared*>(old); }) ==
           SQLITE_OK;
}

bool addTimes(sqlite3* connection) {
    return sqlite3_create_collation_v2(connection, std::string(kTime).c_str(), SQLITE_UTF8, nullptr,
                                       compareTimes, nullptr) == SQLITE_OK;
}

} // namespace postlude::sql
