// SPDX-License-Identifier: GPL-3.0-or-later
// How a source's lines are read. A format is immutable and may be shared by threads; each
// thread asks it for a parser of its own.
#pragma once

#include "core/base/error.h"
#include "core/format/record.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace postlude {

/// Where a record stands in the unpacked text of its source.
struct RecordPlace {
    std::uint64_t line = 0; ///< 1-based
    std::uint32_t lines = 1;
    std::uint64_t offset = 0; ///< byte of its first character
    std::uint32_t bytes = 0;  ///< without the last line break
};

/// What one line is to a parser.
enum class LineVerdict : std::uint8_t {
    Record,       ///< `out` holds the record that begins (and mostly ends) here
    Continuation, ///< belongs to the record before it (stack trace, SQL, wrapped statement)
    Opening,      ///< begins an entry whose record comes with a later line: that record's place
                  ///< begins here (`# Time:` of a slow query, a quoted value with a line break)
    Blank,        ///< nothing on it, or a header (#Fields, CSV head): read, no record
    Unread,       ///< not understood
};

/// Reads a source line by line. The caller splits lines (without \r\n, \n); not thread-safe.
class LineParser {
public:
    virtual ~LineParser() = default;
    /// `out` is cleared first. Views in it hold until the next call.
    virtual LineVerdict parse(std::string_view line, Record& out) = 0;
    /// What the last line, a Continuation, says, where that is not the line as it stands (the head
    /// that a container's log puts before each).
    [[nodiscard]] virtual std::optional<std::string_view> continued() const { return {}; }
    /// Why the last line is Unread, if not because it is in another format; "" if so.
    [[nodiscard]] virtual std::string_view fault() const { return {}; }
    /// The last line made a Record, but is none of its lines: it opens the next one.
    [[nodiscard]] virtual bool opensNext() const { return false; }
    /// What earlier lines have taught that changes how later ones are read (the names in a
    /// column head; that a record was seen), as bytes for restore(): parsers of one format with
    /// equal states read the same lines alike. With it a source can be read by several threads,
    /// which start at a state that is checked afterwards; it must be short and soon steady. A
    /// parser that learns nothing gives "". Nothing: it cannot tell, one thread reads its source.
    [[nodiscard]] virtual std::optional<std::string> state() const { return std::nullopt; }
    /// `state`: what state() of another parser of the same format gave.
    virtual void restore(std::string_view /*state*/) {}
};

/// Receives the records of a document in order.
using RecordSink = std::function<void(const Record&, const RecordPlace&)>;

/// Exactly one of parser() and readDocument() is used, as wholeDocument() says.
class Format {
public:
    virtual ~Format() = default;
    [[nodiscard]] virtual std::string name() const = 0;  ///< "haproxy-http", "nginx:lb"
    [[nodiscard]] virtual std::string title() const = 0; ///< "HAProxy HTTP log"
    /// True for JSON arrays, `git log`, CSV …: the whole text is read at once.
    [[nodiscard]] virtual bool wholeDocument() const { return false; }
    [[nodiscard]] virtual std::unique_ptr<LineParser> parser() const { return nullptr; }
    /// Lines that belong to no record are only unread if they should have been one; those are
    /// given to `unread` with a reason. Error: Damaged/NotUnderstood with line, if the text as a
    /// whole cannot be read; records given out before stay valid.
    virtual Result<void> readDocument(std::string_view text, const RecordSink& sink,
                                      const std::function<void(const Error&)>& unread) const;
    /// Sample lines that must parse; a test checks every one.
    [[nodiscard]] virtual std::vector<std::string> samples() const { return {}; }
    /// How it reads: "regex", "json", "haproxy", "csv" … (the word in its file); "" if unknown.
    [[nodiscard]] virtual std::string reader() const { return {}; }
    /// The user's file that it comes from; "" if it is built in or made from a configuration.
    [[nodiscard]] virtual std::string origin() const { return {}; }
    /// What of its format string is not understood, so that it is only kept by its name; with
    /// `place.offset` = column.
    [[nodiscard]] virtual std::vector<Error> remarks() const { return {}; }
};

} // namespace postlude
