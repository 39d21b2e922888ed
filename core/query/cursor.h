// SPDX-License-Identifier: GPL-3.0-or-later
// Walking through the records of a case one by one, for who wants a few columns of very many.
// Query::select() gives records in the order of time; this gives them in the order of the files,
// without a list of them and without decoding what is not asked for.
#pragma once

#include "core/query/query.h"

namespace postlude {

/// Not thread-safe. Views hold until the next call of next(). Errors of all calls: Cancelled,
/// Unreadable, Damaged.
class RecordCursor {
public:
    virtual ~RecordCursor() = default;
    /// Goes to the first and then to the next record; false behind the last one.
    virtual Result<bool> next() = 0;

    [[nodiscard]] virtual RecordId id() const = 0;
    [[nodiscard]] virtual const SourceInfo& source() const = 0;
    /// Of the record's first line (1-based), its byte in the source, how many lines it has.
    virtual Result<std::uint64_t> line() = 0;
    virtual Result<std::uint64_t> offset() = 0;
    virtual Result<std::uint64_t> lines() = 0;
    virtual Result<RecordKind> kind() = 0;
    virtual Result<Level> level() = 0;
    /// In the clock asked for; empty for a record without a time.
    virtual Result<std::optional<Instant>> time() = 0;
    virtual Result<std::optional<std::string_view>> text(TextField field) = 0;
    virtual Result<std::int64_t> number(NumberField field) = 0; ///< or kAbsent
    /// Whatever else the record has, by the log's own names.
    virtual Result<std::vector<std::pair<std::string_view, std::string_view>>> extra() = 0;
    /// Its text, byte for byte.
    virtual Result<std::string> raw() = 0;
};

/// The records of a case as they are now. Const calls may come from any thread; cursors must not
/// outlive it, nor it the case.
class RecordTable {
public:
    virtual ~RecordTable() = default;
    /// `limit`, `after` and `fileOrder` of the request do not count. Sources whose text is gone
    /// are left out where it would have to be searched.
    [[nodiscard]] virtual std::unique_ptr<RecordCursor> find(RecordsRequest request,
                                                             std::stop_token stop) const = 0;
};
Result<std::unique_ptr<RecordTable>> openRecords(const Case& of);

} // namespace postlude
