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
};

struct Step {
    std::string before; ///< literal in front of the field
    std::string after;  ///< literal behind it (the next step's `before`); empty: end of line
    std::string outer;  ///< LastBefore: what ends the next field
    Take take = Take::Until;
    Target target;
    std::vector<std::string> oneOf = {}; ///< what the field may be, if not anything
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
};

/// One thing a format string says, before it is known where fields end.
struct Item {
    std::string literal; ///< a literal if not empty
    Target target;
    Take take = Take::Until;
    bool isAddress = false; ///< may hold ':' itself
    std::size_t column = 0; ///< where in the format string
    std::vector<std::string> oneOf = {};
    bool mayEnd = false;
};

/// Puts literals and fields together. Error: NotUnderstood with `place.offset` = column, if it
/// is not clear where a field ends.
Result<Program> link(std::vector<Item> items, std::string_view dialect);

/// What every way to run a program needs.
/// A blank that is already behind us is not written twice where blanks are merged.
bool takeLiteral(const Program& program, std::string_view line, std::size_t& at,
                 std::string_view literal);
/// Where digits, signs and points end.
std::size_t numberEnd(std::string_view line, std::size_t at);
/// Is it one of those the field may be?
bool isAllowed(const Step& step, std::string_view value);
/// Behind a field that may be the last: nothing, or the quote that closes it.
bool endsHere(std::string_view line, std::size_t at);
/// Behind the last field: true if nothing of the line is left. Settles the record's time.
bool finish(const Program& program, std::string_view line, std::size_t at, const Assigner& notes,
            Record& out);

/// Runs programs over lines; not thread-safe.
class Scanner {
public:
    /// Fills `out` (not cleared first). False if the line is none of the program's.
    bool run(const Program& program, std::string_view line, Record& out);

private:
    Assigner assigner_;
};

} // namespace postlude
