// SPDX-License-Identifier: GPL-3.0-or-later
// A field program: what a server's format string says, as steps "literal, then a field up to
// where it ends". The compilers of the dialects make them (dialects.h), one scanner runs them.
#pragma once

#include "core/base/error.h"
#include "core/format/detail/target.h"

#include <string>
#include <vector>

namespace postlude {

/// How the end of a field is found.
enum class Take : std::uint8_t {
    Until,       ///< the next place where `after` stands (or the end of the line)
    Number,      ///< digits, sign and point, then anything
    Quoted,      ///< up to `after`, which begins with '"'; a backslash hides a quote
    MaybeQuoted, ///< "…" if it begins with a quote, else as Until (HAProxy's %{+Q})
    Braces,      ///< "{…}", or nothing at all (HAProxy's captured headers)
    LastBefore,  ///< the last place of `after` before the next place of `outer` (IPv6 address:port)
    List,        ///< as Until, but not at a blank within nginx's "a, b : c"
    Brackets,    ///< "[…]", the brackets being part of it (Apache's %t)
    Request,     ///< as Until, but not at the blanks within "GET /x HTTP/1.1"
    Words,       ///< at most `count` words or quoted texts (0: only quoted ones), or nothing at all
    FromEnd,     ///< free text: up to the place of `after` that leaves `count` of them behind it
};

struct Step {
    std::string before; ///< literal in front of the field
    std::string after;  ///< literal behind it (the next step's `before`); empty: end of line
    std::string outer;  ///< LastBefore: what ends the next field
    Take take = Take::Until;
    std::uint8_t count = 0; ///< Until: how often `after` stands in the field itself; FromEnd, Words
    bool jsonString = false; ///< JSON's escapes in it are to be undone
    Target target;
    std::vector<std::string> oneOf = {}; ///< what it may be, if not anything ("x*": begin so)
    bool padded = false;                 ///< blanks may stand before it
    bool mayEnd = false; ///< the line may end behind this field (logs that grew over the years)
};

struct Program {
    std::vector<Step> steps;
    std::string tail; ///< literal behind the last field
    RecordKind kind = RecordKind::Request;
    bool mergeBlanks = false; ///< HAProxy writes one blank where an empty field stands between two
    bool activeDuration = false; ///< the duration is the request's even if the time is the accept's
    bool fromAccept = false; ///< time is when the connection was accepted, not the request's start
    bool timeIsFromEnvelope = false; ///< no time of its own
    std::vector<Error> unknown; ///< items of the format string that are only kept by their names
};

/// One thing a format string says, before it is known where fields end.
struct Item {
    std::string literal; ///< a literal if not empty
    Target target;
    Take take = Take::Until;
    bool isAddress = false;  ///< may hold ':' itself
    std::size_t column = 0;  ///< where in the format string
    std::string name = {};   ///< of a field: the log's own, for extra
    std::string shape = {};  ///< of a time: what it looks like ("15/Jan/2024:09:57:40 +0000")
    char begins = '\0';      ///< what every value of the field begins with, if that is so
    bool isFree = false;     ///< may hold blanks though nothing is around it
    bool isUnknown = false;  ///< no item of the dialect: kept by `name` if its end is clear
    bool jsonString = false; ///< JSON's escapes in it are to be undone
    std::vector<std::string> oneOf = {};
    bool padded = false;
    bool mayEnd = false;
};

/// Puts literals and fields together. Error: NotUnderstood with `place.offset` = column, if it
/// is not clear where a field ends.
Result<Program> link(std::vector<Item> items, std::string_view dialect);

/// Appends the text that a JSON string (without its quotes) stands for. What is no escape of
/// JSON's ("\x22") stays as it is. Never longer than `text`.
void appendJsonUnescaped(std::string_view text, std::string& out);

/// What every way to run a program needs.
/// A blank that is already behind us is not written twice where blanks are merged.
bool takeLiteral(const Program& program, std::string_view line, std::size_t& at,
                 std::string_view literal);
/// Where digits, signs and points end.
std::size_t numberEnd(std::string_view line, std::size_t at);
/// Is the blank (not the line's first byte) one within nginx's "a, b : c"?
bool isWithinList(std::string_view line, std::size_t blank);
/// Is it one of those the field may be?
bool isAllowed(const Step& step, std::string_view value);
/// Behind a field that may be the last: nothing, or the quote that closes it.
bool endsHere(std::string_view line, std::size_t at);
/// Behind the last field: is nothing of the line left?
bool isAllTaken(const Program& program, std::string_view line, std::size_t at);
/// Where the request started and how long it took, if the line only has the connection's accept.
void moveToRequest(const Program& program, const Notes& notes, WrittenTime& time,
                   std::int64_t& duration);
/// Both.
bool finish(const Program& program, std::string_view line, std::size_t at, const Assigner& assigner,
            Record& out);

/// Runs programs over lines; not thread-safe.
class Scanner {
public:
    /// Fills `out` (not cleared first). False if the line is none of the program's.
    bool run(const Program& program, std::string_view line, Record& out);

private:
    std::string_view unescaped(std::string_view piece, std::string_view line);
    Assigner assigner_;
    std::string unescaped_; ///< never grows while views into it are out
};

} // namespace postlude
