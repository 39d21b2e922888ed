// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/items.h"

#include "core/base/text.h"
#include "core/format/detail/chars.h"
#include "core/format/detail/wildcard.h"

#include <cstring>
#include <fmt/format.h>

namespace postlude {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// The next place of `what` from `at` on; its first byte is looked for with memchr.
std::size_t find(std::string_view line, std::size_t at, std::string_view what) {
    if (what.empty()) return line.size();
    while (at < line.size()) {
        const void* hit = std::memchr(line.data() + at, what.front(), line.size() - at);
        if (hit == nullptr) return kNone;
        at = static_cast<std::size_t>(static_cast<const char*>(hit) - line.data());
        if (line.compare(at, what.size(), what) == 0) return at;
        ++at;
    }
    return kNone;
}

bool isHidden(std::string_view line, std::size_t from, std::size_t quote) {
    std::size_t slashes = 0;
    while (quote > from + slashes && line[quote - slashes - 1] == '\\')
        ++slashes;
    return slashes % 2 == 1;
}

/// As find, past hidden quotes. A line that was cut short ends the field.
std::size_t findQuote(std::string_view line, std::size_t at, std::string_view after) {
    const std::size_t from = at;
    for (;;) {
        const std::size_t end = find(line, at, after);
        if (end == kNone) break;
        if (!isHidden(line, from, end)) return end;
        at = end + 1;
    }
    return kNone;
}

/// The end of nginx's "a, b : c" where a blank may also end the field.
std::size_t findListEnd(std::string_view line, std::size_t at, std::string_view after) {
    for (;;) {
        const std::size_t end = find(line, at, after);
        if (end == kNone || end == 0 || (after.front() != ' ' && after != ",")) return end;
        if (after == "," && line.substr(end + 1, 1) != " ") return end;
        if (after != "," && !isWithinList(line, end)) return end;
        at = end + 1;
    }
}

/// The place behind `count` earlier ones.
std::size_t findAfter(std::string_view line, std::size_t at, std::string_view what,
                      unsigned count) {
    std::size_t end = find(line, at, what);
    for (; count > 0 && end != kNone; --count)
        end = find(line, end + 1, what);
    return end;
}

/// Of a request line without quotes: `after` behind its version. One that is broken ends at the
/// first.
std::size_t findRequestEnd(std::string_view line, std::size_t at, std::string_view after) {
    const std::size_t first = find(line, at, after);
    const std::size_t version = line.find(" HTTP/", at);
    if (first == kNone || version == kNone || after.empty()) return first;
    const std::size_t end = find(line, version + 1, after);
    return end == kNone ? first : end;
}

std::size_t findFromEnd(std::string_view line, std::size_t at, std::string_view after,
                        unsigned count) {
    std::size_t end = line.size();
    for (; count > 0 && end != kNone && end > at; --count)
        end = line.rfind(after, end - 1);
    return end != kNone && end < at ? kNone : end;
}

struct Piece {
    std::size_t from, to, next;
};

/// HAProxy hides no quotes within quotes: the one that is followed by what must follow counts.
bool cutQuoted(std::string_view line, std::size_t at, std::string_view after, Piece& piece) {
    std::size_t end = kNone;
    if (after.empty()) {
        end = line.find_last_not_of(' ');
        if (end <= at || line[end] != '"') end = kNone;
        // HAProxy writes quotes in requests as #22: more behind one belongs to another format.
        if (end == kNone && line.find("\" ", at + 1) != kNone) return false;
    } else {
        for (end = findQuote(line, at + 1, "\""); end != kNone && end + 1 < line.size() &&
                                                  line.compare(end + 1, after.size(), after) != 0;)
            end = findQuote(line, end + 1, "\"");
    }
    piece = {at + 1, std::min(end, line.size()), end == kNone ? line.size() : end + 1};
    return true;
}

bool cutEnclosed(std::string_view line, std::size_t at, char open, char close, Piece& piece) {
    if (at >= line.size() || line[at] != open) return false;
    const std::size_t end = line.find(close, at);
    if (end == kNone) return false;
    piece = {at, end + 1, end + 1};
    return true;
}

/// Words or quoted texts with one blank between them.
std::size_t wordsEnd(std::string_view line, std::size_t at, unsigned count) {
    std::size_t end = at;
    for (unsigned i = 0; count == 0 || i < count; ++i) {
        const std::size_t from = i == 0 ? at : end + 1;
        if (from >= line.size() || (i > 0 && line[end] != ' ')) break;
        const bool quoted = line[from] == '"';
        if (!quoted && count == 0) break;
        const std::size_t close = line.find(quoted ? '"' : ' ', from + 1);
        end = close == kNone ? line.size() : close + (quoted ? 1 : 0);
    }
    return end;
}

bool cut(const Step& step, std::string_view line, std::size_t at, Piece& piece) {
    std::size_t end = kNone;
    switch (step.take) {
    case Take::Until:
        end = findAfter(line, at, step.after, step.count);
        break;
    case Take::Request:
        end = findRequestEnd(line, at, step.after);
        break;
    case Take::FromEnd:
        end = findFromEnd(line, at, step.after, step.count);
        break;
    case Take::List:
        end = findListEnd(line, at, step.after);
        break;
    case Take::Quoted:
        end = findQuote(line, at, step.after);
        if (end == kNone) end = findQuote(line, at, "\"");
        if (end == kNone) end = line.size();
        break;
    case Take::Number:
        end = numberEnd(line, at);
        break;
    case Take::MaybeQuoted:
        if (at < line.size() && line[at] == '"') return cutQuoted(line, at, step.after, piece);
        end = find(line, at, step.after);
        break;
    case Take::LastBefore: {
        const std::size_t outer = find(line, at, step.outer);
        if (outer == kNone) return false;
        end = line.substr(0, outer).rfind(step.after);
        break;
    }
    case Take::Braces:
        if (cutEnclosed(line, at, '{', '}', piece)) return true;
        end = at;
        break;
    case Take::Words:
        end = wordsEnd(line, at, step.count);
        break;
    case Take::Brackets:
        return cutEnclosed(line, at, '[', ']', piece);
    }
    if (end == kNone && step.mayEnd) end = line.size();
    if (end == kNone || end < at) return false;
    piece = {at, end, end};
    return true;
}

} // namespace

bool isWithinList(std::string_view line, std::size_t blank) {
    return line[blank - 1] == ',' || line.substr(blank, 3) == " : " ||
           (line[blank - 1] == ':' && blank > 1 && line[blank - 2] == ' ');
}

std::size_t numberEnd(std::string_view line, std::size_t at) {
    while (at < line.size() &&
           (isDigit(line[at]) || line[at] == '-' || line[at] == '+' || line[at] == '.'))
        ++at;
    return at;
}

bool takeLiteral(const Program& program, std::string_view line, std::size_t& at,
                 std::string_view literal) {
    if (line.compare(at, literal.size(), literal) == 0) {
        at += literal.size();
        return true;
    }
    if (!program.mergeBlanks) return false;
    std::size_t in = at;
    for (const char c : literal) {
        if (in < line.size() && line[in] == c)
            ++in;
        else if (c == ' ' && (in == 0 || line[in - 1] == ' ' || in == line.size()))
            continue;
        else
            return false;
    }
    at = in;
    return true;
}

bool isAllTaken(const Program& program, std::string_view line, std::size_t at) {
    if (at != line.size() && !takeLiteral(program, line, at, program.tail)) return false;
    while (at < line.size() && line[at] == ' ')
        ++at;
    return at == line.size();
}

void moveToRequest(const Program& program, const Notes& notes, WrittenTime& time,
                   std::int64_t& duration) {
    const auto known = [&notes](Note note) {
        const std::int64_t value = notes[static_cast<std::size_t>(note)];
        return value == kAbsent ? 0 : value;
    };
    std::int64_t before = known(Note::Handshake) + known(Note::Idle);
    if (before == 0) before = known(Note::ToRequest);
    if (before == 0 || !time.known()) return;
    time.local += before;
    if (duration != kAbsent && !program.activeDuration)
        duration = std::max<std::int64_t>(0, duration - before);
}

bool finish(const Program& program, std::string_view line, std::size_t at, const Assigner& assigner,
            Record& out) {
    if (!isAllTaken(program, line, at)) return false;
    if (program.fromAccept)
        moveToRequest(program, assigner.notes(), out.time, out[NumberField::Duration]);
    return true;
}

bool isAllowed(const Step& step, std::string_view value) {
    return step.oneOf.empty() || std::ranges::any_of(step.oneOf, [&](const std::string& word) {
               return fitsWildcard(value, word);
           });
}

bool endsHere(std::string_view line, std::size_t at) {
    if (at < line.size() && line[at] == '"') ++at;
    if (at >= line.size()) return true;
    return !isGraph(line.back()) && trimmed(line.substr(at)).empty();
}

std::string_view Scanner::unescaped(std::string_view piece, std::string_view line) {
    if (piece.find('\\') == std::string_view::npos) return piece;
    if (unescaped_.capacity() < line.size()) unescaped_.reserve(line.size() * 2);
    const std::size_t from = unescaped_.size();
    appendJsonUnescaped(piece, unescaped_);
    return std::string_view(unescaped_).substr(from);
}

bool Scanner::run(const Program& program, std::string_view line, Record& out) {
    out.kind = program.kind;
    assigner_.begin();
    unescaped_.clear();
    std::size_t at = 0;
    Piece piece{};
    for (const Step& step : program.steps) {
        if (!takeLiteral(program, line, at, step.before)) return false;
        while (step.padded && at < line.size() && line[at] == ' ')
            ++at;
        if (!cut(step, line, at, piece)) return false;
        std::string_view text = line.substr(piece.from, piece.to - piece.from);
        if (step.jsonString) text = text == "null" ? "-" : unescaped(text, line);
        if (!isAllowed(step, text) || !assigner_.assign(step.target, text, out)) return false;
        at = piece.next;
        if (step.mayEnd && endsHere(line, at)) return true;
    }
    return finish(program, line, at, assigner_, out);
}

} // namespace postlude
