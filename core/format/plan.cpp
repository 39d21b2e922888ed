// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/plan.h"

#include "core/format/detail/chars.h"
#include "core/format/detail/numbers.h"
#include "core/format/detail/placeof.h"

namespace postlude {

/// How far a line is read. A plain aggregate of a few words, so that it stays in registers.
struct Plan::Cursor {
    std::string_view line;
    std::size_t at = 0;
    std::size_t from = 0, to = 0; ///< the field found last; `at` is behind it
};

namespace {

/// Is `literal` at `place`? Its first byte is known to be.
inline bool stands(std::string_view line, std::size_t place, std::string_view literal) {
    if (literal.size() == 1) return true;
    if (line.size() - place < literal.size() || line[place + 1] != literal[1]) return false;
    return literal.size() == 2 || line.substr(place + 2, literal.size() - 2) == literal.substr(2);
}

/// After these, the field is known to stand before `after`.
bool endsAtAfter(Take take) {
    return take == Take::Until || take == Take::Quoted || take == Take::LastBefore ||
           take == Take::List;
}

/// The next place of the literal that begins with `first`.
inline bool seek(std::string_view line, std::size_t from, char first, std::string_view literal,
                 std::size_t& place) {
    for (place = placeOf(first, line, from); place < line.size();
         place = placeOf(first, line, place + 1))
        if (stands(line, place, literal)) return true;
    return false;
}

template <class Cursor>
inline bool found(Cursor& c, std::size_t from, std::size_t to) {
    c.from = from;
    c.to = c.at = to;
    return true;
}

template <class Cursor>
inline bool cutByte(char end, Cursor& c) {
    const std::size_t place = placeOf(end, c.line, c.at);
    return place < c.line.size() && found(c, c.at, place);
}

/// Past as many places of `after` as the field itself holds.
template <class Cursor>
bool cutCounted(char first, std::string_view after, unsigned count, Cursor& c) {
    std::size_t end = 0;
    for (std::size_t from = c.at; seek(c.line, from, first, after, end); from = end + 1)
        if (count-- == 0) return found(c, c.at, end);
    return false;
}

/// A quote behind a backslash is a case for the Scanner.
template <class Cursor>
bool cutQuoted(std::string_view after, Cursor& c) {
    std::size_t end = 0;
    if (after.empty() || !seek(c.line, c.at, '"', after, end)) return false;
    return (end == c.at || c.line[end - 1] != '\\') && found(c, c.at, end);
}

/// Behind the first quote; so is one that is not followed by what must follow.
template <class Cursor>
bool cutMaybeQuoted(std::string_view after, Cursor& c) {
    if (!cutQuoted("\"", c)) return false;
    ++c.at;
    return after.empty() ? c.at == c.line.size() : c.line.substr(c.at).starts_with(after);
}

/// A blank within nginx's "a, b : c" is no end.
template <class Cursor>
bool cutList(char first, std::string_view after, Cursor& c) {
    std::size_t end = 0;
    for (std::size_t from = c.at; seek(c.line, from, first, after, end); from = end + 1) {
        const bool inside =
            end > 0 && (first == ' ' ? isWithinList(c.line, end)
                                     : after == "," && c.line.substr(end + 1, 1) == " ");
        if (!inside) return found(c, c.at, end);
    }
    return false;
}

template <class Cursor>
bool cutLastBefore(std::string_view after, std::string_view outer, Cursor& c) {
    std::size_t end = 0;
    if (!seek(c.line, c.at, outer.front(), outer, end)) return false;
    const std::size_t last = c.line.substr(0, end).rfind(after);
    return last != std::string_view::npos && last >= c.at && found(c, c.at, last);
}

template <class Cursor>
bool cutEnclosed(char close, Cursor& c) {
    const std::size_t end = placeOf(close, c.line, c.at);
    return end < c.line.size() && found(c, c.at, end + 1);
}

} // namespace

Plan::Plan(const Program& program)
    : program_(&program) {
    const Step* previous = nullptr;
    for (const Step& step : program.steps)
        addStep(step, std::exchange(previous, &step));
    if (ops_.size() != program.steps.size()) ops_.clear();
}

void Plan::addStep(const Step& step, const Step* previous) {
    Op op{Before::Any, Cut::Rest,           step.target.act,   '\0',
          '\0',        !step.oneOf.empty(), step.mayEnd,       step.jsonString,
          &step,       step.after,          step.before.size()};
    if (previous != nullptr && endsAtAfter(previous->take) && !step.before.empty() &&
        previous->after == step.before)
        op.before = Before::Known;
    else if (step.before.size() == 1)
        op.before = Before::Byte;
    if (!step.before.empty()) op.first = step.before.front();
    if (!step.after.empty()) op.end = step.after.front();
    if (step.padded) return; // not known here: the plan stays unused
    switch (step.take) {
    case Take::Until:
        op.cut = step.after.empty()       ? Cut::Rest
                 : step.count > 0         ? Cut::Counted
                 : step.after.size() == 1 ? Cut::Byte
                                          : Cut::Until;
        break;
    case Take::List:
        op.cut = step.after.empty() ? Cut::Rest : Cut::List;
        break;
    case Take::Number:
        op.cut = Cut::Number;
        break;
    case Take::Quoted:
        op.cut = Cut::Quoted;
        break;
    case Take::MaybeQuoted:
        op.cut = Cut::MaybeQuoted;
        break;
    case Take::Braces:
        op.cut = Cut::Braces;
        break;
    case Take::LastBefore:
        if (step.after.empty() || step.outer.empty()) return;
        op.cut = Cut::LastBefore;
        break;
    case Take::Brackets:
        op.cut = Cut::Brackets;
        break;
    default:
        return; // nor these
    }
    ops_.push_back(op);
}

[[gnu::always_inline]] inline bool Plan::takeBefore(const Op& op, Cursor& c) const {
    if (op.before == Before::Known ||
        (op.before == Before::Byte && c.at < c.line.size() && c.line[c.at] == op.first)) {
        c.at += op.beforeSize;
        return true;
    }
    if (op.before == Before::Byte && op.first == ' ' && program_->mergeBlanks && c.at > 0 &&
        c.line[c.at - 1] == ' ')
        return true;
    return takeLiteral(*program_, c.line, c.at, op.step->before);
}

/// The line ends with a field that may be its last.
bool Plan::cutLast(const Op& op, Cursor& c) {
    return op.mayEnd && found(c, c.at, c.line.size());
}

[[gnu::always_inline]] inline bool Plan::cutField(const Op& op, Cursor& c) {
    std::size_t end = 0;
    const bool open = c.at < c.line.size();
    switch (op.cut) {
    case Cut::Byte:
        return cutByte(op.end, c) || cutLast(op, c);
    case Cut::Until:
        return seek(c.line, c.at, op.end, op.after, end) ? found(c, c.at, end) : cutLast(op, c);
    case Cut::Counted:
        return cutCounted(op.end, op.after, op.step->count, c);
    case Cut::Rest:
        return found(c, c.at, c.line.size());
    case Cut::Quoted:
        return cutQuoted(op.after, c);
    case Cut::MaybeQuoted:
        if (!open || c.line[c.at] != '"') {
            if (op.after.empty()) return found(c, c.at, c.line.size());
            return seek(c.line, c.at, op.end, op.after, end) && found(c, c.at, end);
        }
        ++c.at;
        return cutMaybeQuoted(op.after, c);
    case Cut::List:
        return cutList(op.end, op.after, c);
    case Cut::LastBefore:
        return cutLastBefore(op.after, op.step->outer, c);
    case Cut::Braces:
        if (open && c.line[c.at] == '{') return cutEnclosed('}', c);
        return found(c, c.at, c.at);
    case Cut::Brackets:
        return open && c.line[c.at] == '[' && cutEnclosed(']', c);
    case Cut::Number:
        return found(c, c.at, numberEnd(c.line, c.at));
    }
    return false;
}

/// The commonest targets without the way through Assigner.
[[gnu::always_inline]] inline bool PlanRunner::assign(const Plan::Op& op, const Plan::Cursor& c,
                                                      Record& out) {
    const Target& target = op.step->target;
    std::string_view piece(c.line.data() + c.from, c.to - c.from);
    if (op.escaped) {
        if (piece.find('\\') != std::string_view::npos) return false;
        if (piece == "null") piece = "-";
    }
    std::int64_t value = 0;
    switch (op.act) {
    case Act::Text:
        if (target.text == TextField::ClientIp) break;
        if (!isNothing(piece)) out[target.text] = piece;
        return true;
    case Act::Backend:
        if (!isNothing(piece) && !piece.empty()) out[TextField::Backend] = piece;
        return true;
    case Act::Server:
        if (!isNothing(piece) && !piece.empty() && piece != "-:-") out[TextField::Server] = piece;
        return true;
    case Act::Number:
        if (!readDigits(c.line, c.from, c.to, value) || value == 0) break;
        out[target.number] = value;
        return true;
    case Act::Span:
        if (!readDigits(c.line, c.from, c.to, value)) break;
        out[target.number] = value * target.unit;
        return true;
    case Act::Extra:
        if (!piece.empty() && !isNothing(piece)) out.extra.emplace_back(target.name, piece);
        return true;
    case Act::Captures:
        if (piece.empty()) return true;
        break;
    default:
        break;
    }
    return assigner_.assign(target, piece, out);
}

bool PlanRunner::run(const Plan& plan, std::string_view line, Record& out) {
    if (plan.ops_.empty()) return false;
    assigner_.begin();
    out.kind = plan.program_->kind;
    Plan::Cursor c{line};
    for (const Plan::Op& op : plan.ops_) {
        if (!plan.takeBefore(op, c) || !Plan::cutField(op, c)) return false;
        if (op.choosy && !isAllowed(*op.step, line.substr(c.from, c.to - c.from))) return false;
        if (!assign(op, c, out)) return false;
        if (op.mayEnd && endsHere(line, c.at)) return true;
    }
    return finish(*plan.program_, line, c.at, assigner_, out);
}

} // namespace postlude
