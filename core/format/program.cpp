// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/program.h"

#include "core/base/text.h"
#include "core/format/detail/chars.h"

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
        if (end == kNone || after.front() != ' ' || end == 0) return end;
        const bool inside = line[end - 1] == ',' || line.substr(end, 3) == " : " ||
                            (line[end - 1] == ':' && end > 1 && line[end - 2] == ' ');
        if (!inside) return end;
        at = end + 1;
    }
}

struct Piece {
    std::size_t from, to, next;
};

bool cutQuoted(std::string_view line, std::size_t at, Piece& piece) {
    const std::size_t end = findQuote(line, at + 1, "\"");
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

bool cut(const Step& step, std::string_view line, std::size_t at, Piece& piece) {
    std::size_t end = kNone;
    switch (step.take) {
    case Take::Until:
        end = find(line, at, step.after);
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
        if (at < line.size() && line[at] == '"') return cutQuoted(line, at, piece);
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
    case Take::Brackets:
        return cutEnclosed(line, at, '[', ']', piece);
    }
    if (end == kNone && step.mayEnd) end = line.size();
    if (end == kNone || end < at) return false;
    piece = {at, end, end};
    return true;
}

/// Where the request started and how long it took, if the line only has the connection's accept.
void moveToRequest(const Program& program, const Assigner& notes, Record& out) {
    const auto known = [](std::int64_t v) { return v == kAbsent ? 0 : v; };
    std::int64_t before = known(notes.note(Note::Handshake)) + known(notes.note(Note::Idle));
    if (before == 0) before = known(notes.note(Note::ToRequest));
    if (before == 0 || !out.time.known()) return;
    out.time.local += before;
    std::int64_t& duration = out[NumberField::Duration];
    if (duration != kAbsent && !program.activeDuration)
        duration = std::max<std::int64_t>(0, duration - before);
}

} // namespace

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

bool finish(const Program& program, std::string_view line, std::size_t at, const Assigner& notes,
            Record& out) {
    if (at != line.size() && !takeLiteral(program, line, at, program.tail)) return false;
    while (at < line.size() && line[at] == ' ')
        ++at;
    if (at != line.size()) return false;
    if (program.fromAccept) moveToRequest(program, notes, out);
    return true;
}

bool isAllowed(const Step& step, std::string_view value) {
    return step.oneOf.empty() || std::ranges::find(step.oneOf, value) != step.oneOf.end();
}

bool endsHere(std::string_view line, std::size_t at) {
    if (at < line.size() && line[at] == '"') ++at;
    if (at >= line.size()) return true;
    return !isGraph(line.back()) && trimmed(line.substr(at)).empty();
}

bool Scanner::run(const Program& program, std::string_view line, Record& out) {
    out.kind = program.kind;
    assigner_.begin();
    std::size_t at = 0;
    Piece piece{};
    for (const Step& step : program.steps) {
        if (!takeLiteral(program, line, at, step.before) || !cut(step, line, at, piece))
            return false;
        const std::string_view value = line.substr(piece.from, piece.to - piece.from);
        if (!isAllowed(step, value) || !assigner_.assign(step.target, value, out)) return false;
        at = piece.next;
        if (step.mayEnd && endsHere(line, at)) return true;
    }
    return finish(program, line, at, assigner_, out);
}

namespace {

Error unclear(const Item& item, std::string_view dialect, std::string_view why) {
    Error e{ErrorKind::NotUnderstood,
            fmt::format("{} format string, column {}: {}", dialect, item.column + 1, why)};
    e.place.offset = item.column + 1;
    return e;
}

bool endsItself(Take take) {
    return take == Take::Number || take == Take::Braces || take == Take::Brackets ||
           take == Take::MaybeQuoted;
}

/// address:port where the address may hold colons too.
void linkAddress(const std::vector<Item>& items, std::size_t i, Step& step) {
    if (!items[i].isAddress || step.after != ":" || i + 2 >= items.size()) return;
    step.take = Take::LastBefore;
    step.outer = i + 3 < items.size() ? items[i + 3].literal : std::string{};
}

} // namespace

Result<Program> link(std::vector<Item> items, std::string_view dialect) {
    Program program;
    std::string literal;
    for (std::size_t i = 0; i < items.size(); ++i) {
        Item& item = items[i];
        if (!item.literal.empty()) {
            literal += item.literal;
            continue;
        }
        Step step;
        step.before = std::exchange(literal, {});
        step.take = item.take;
        const bool last = i + 1 == items.size();
        if (!last) step.after = items[i + 1].literal;
        if (!last && step.after.empty() && !endsItself(item.take))
            return std::unexpected(
                unclear(item, dialect, "where this field ends cannot be told from the next one"));
        if (step.take == Take::Until && step.before.ends_with('"') && step.after.starts_with('"'))
            step.take = Take::Quoted;
        linkAddress(items, i, step);
        step.target = std::move(item.target);
        step.oneOf = std::move(item.oneOf);
        step.mayEnd = item.mayEnd;
        program.steps.push_back(std::move(step));
    }
    program.tail = std::move(literal);
    if (program.steps.empty())
        return std::unexpected(unclear({}, dialect, "there is no field in it"));
    return program;
}

} // namespace postlude
