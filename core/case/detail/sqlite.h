// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite with owners and bound parameters. Failures are thrown as Failure inside this room and
// caught by guarded() at its door; nothing of SQLite is seen outside.
#pragma once

#include "core/base/guarded.h"

#include <sqlite3.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <type_traits>

namespace postlude::sqlite {

struct Failure {
    Error error;
};

/// The Error for SQLite's extended result code.
Error errorFor(int code, sqlite3* handle);
[[noreturn]] void fail(int code, sqlite3* handle);

/// Runs `work` and turns a Failure (and lack of memory) into an error.
template <class Work>
auto guarded(Work work) {
    return guardedFrom<Failure>(work, {ErrorKind::Internal, "not enough memory", {}, {}});
}

/// Bytes, as opposed to text.
struct Blob {
    std::string_view bytes;
};

struct CloseHandle {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using Handle = std::unique_ptr<sqlite3, CloseHandle>;

/// `flags` as for sqlite3_open_v2. Throws Failure.
Handle open(const std::string& nameOrUri, int flags);
/// Statements without parameters or results, one or more.
void execute(sqlite3* handle, const char* sql);

/// Statements that were prepared once and wait to be used again; preparing takes longer than most
/// of them run. Outlived by the handle.
class Prepared {
public:
    Prepared() = default;
    ~Prepared();
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;
    /// Null if there is none of this text.
    sqlite3_stmt* take(std::string_view sql);
    void giveBack(sqlite3_stmt* statement);

private:
    sqlite3_stmt** placeFor(const char* sql) noexcept;

    std::map<std::string, sqlite3_stmt*, std::less<>> idle_;
};

/// A prepared statement. Not thread-safe, as everything here.
class Statement {
public:
    /// `prepared`: where it is taken from and given back to; null: prepared for this once.
    Statement(sqlite3* handle, std::string_view sql, Prepared* prepared = nullptr);

    /// Starts anew with these parameters bound, in order.
    template <class... Values>
    Statement& with(const Values&... values) {
        sqlite3_reset(statement_.get());
        int index = 0;
        (bind(++index, values), ...);
        return *this;
    }
    /// With parameters bound, runs to the end.
    template <class... Values>
    void run(const Values&... values) {
        with(values...);
        while (step()) {
        }
    }
    /// True if there is a row.
    bool step();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    template <class Number>
    [[nodiscard]] Number as(int column) const {
        return static_cast<Number>(integer(column));
    }
    /// Text or blob; holds until the next step.
    [[nodiscard]] std::string_view bytes(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string(bytes(column)); }
    [[nodiscard]] std::optional<std::int64_t> maybe(int column) const;

private:
    void bind(int index, std::int64_t value);
    void bind(int index, const std::optional<std::int64_t>& value);
    void bind(int index, std::string_view text);
    void bind(int index, Blob blob);
    template <class Number>
        requires std::is_integral_v<Number> || std::is_enum_v<Number>
    void bind(int index, Number value) {
        bind(index, static_cast<std::int64_t>(value));
    }
    void bind(int index, const std::string& text) { bind(index, std::string_view(text)); }
    void bind(int index, const char* text) { bind(index, std::string_view(text)); }
    void check(int code) const;

    struct Finish {
        Prepared* prepared = nullptr;
        void operator()(sqlite3_stmt* statement) const {
            prepared != nullptr ? prepared->giveBack(statement)
                                : static_cast<void>(sqlite3_finalize(statement));
        }
    };
    sqlite3* handle_;
    std::unique_ptr<sqlite3_stmt, Finish> statement_;
};

/// How much a commit survives. SQLite syncs the log with `PowerLoss`; `Kill` leaves that to the
/// system, which suffices for what can be read again from the logs.
enum class Survives : std::uint8_t { Kill, PowerLoss };

/// Rolls back unless committed.
class Transaction {
public:
    Transaction(sqlite3* handle, Survives survives);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    sqlite3* handle_;
    bool open_ = true;
};

} // namespace postlude::sqlite
