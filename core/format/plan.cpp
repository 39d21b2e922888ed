// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/plan.h"

#include "core/base/numbers.h"
#include "core/format/detail/chars.h"
#include "core/format/detail/placeof.h"
#include "core/format/detail/plancut.h"

namespace postlude {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

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

/// The next place of the literal that begins with `first`, from `at` on; kNone.
inline std::size_t seek(std::string_view line, std::size_t at, char first,
                        std::string_view literal) {
    for (at = placeOf(first, line, at); at < line.size(); at = placeOf(first, line, at + 1))
        if (stands(line, at, literal)) return at;
    return kNone;
}

/// Past as many places of `after` as the field itself holds.
std::size_t endOfCounted(std::string_view line, std::size_t at, std::string_view after,
                         unsigned count) {
    for (at = seek(line, at, after.front(), after); at != kNone && count > 0; --count)
        at = seek(line, at + 1, after.front(), after);
    return at;
}

/// A quote behind a backslash is a case for the Scanner.
std::size_t endOfQuoted(std::string_view line, std::size_t at, std::string_view after) {
    const std::size_t end = after.empty() ? kNone : seek(line, at, '"', after);
    return end == kNone || end == at || line[end - 1] != '\\' ? end : kNone;
}

/// A blank within nginx's "a, b : c" is no end.
std::size_t endOfList(std::string_view line, std::size_t at, std::string_view after) {
    const char first = after.front();
    for (at = seek(line, at, first, after); at != kNone; at = seek(line, at + 1, first, after)) {
        const bool inside =
            at > 0 &&
            (first == ' ' ? isWithinList(line, at) : after == "," && line.substr(at + 1, 1) == " ");
        if (!inside) return at;
    }
    return kNone;
}

std::size_t endBeforeLast(std::string_view line, std::size_t at, std::string_view after,
                          std::string_view outer) {
    const std::size_t end = seek(line, at, outer.front(), outer);
    if (end == kNone) return kNone;
    if (after.size() > 1) {
        const std::size_t last = line.substr(0, end).rfind(after);
        return last == kNone || last < at ? kNone : last;
    }
    for (std::size_t last = end; last > at; --last)
        if (line[last - 1] == after.front()) return last - 1;
    return kNone;
}

/// Behind the byte that closes what begins with `open`.
std::size_t endOfEnclosed(std::string_view line, std::size_t at, char open, char close) {
    if (at == line.size() || line[at] != open) return kNone;
    const std::size_t end = placeOf(close, line, at);
    return end < line.size() ? end + 1 : kNone;
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
    Op op{Before::Any, Cut::Rest,       step.target.act, '\0',  '\0',       !step.oneOf.empty(),
          step.mayEnd, step.jsonString, false,           &step, step.after, step.before.size()};
    op.special = op.choosy || op.mayEnd || op.escaped;
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

/// The end of a field that begins at `at`, where nothing has to be left out of
/// it; kNone.
std::size_t Plan::endOf(const Op& op, std::string_view line, std::size_t at) {
    switch (op.cut) {
    case Cut::Byte:
    case Cut::Until:
        return seek(line, at, op.end, op.after);
    case Cut::Counted:
        return endOfCounted(line, at, op.after, op.step->count);
    case Cut::Rest:
        return line.size();
    case Cut::Quoted:
        return endOfQuoted(line, at, op.after);
    case Cut::MaybeQuoted:
        return op.after.empty() ? line.size() : seek(line, at, op.end, op.after);
    case Cut::List:
        return endOfList(line, at, op.after);
    case Cut::LastBefore:
        return endBeforeLast(line, at, op.after, op.step->outer);
    case Cut::Braces:
        return at < line.size() && line[at] == '{' ? endOfEnclosed(line, at, '{', '}') : at;
    case Cut::Brackets:
        return endOfEnclosed(line, at, '[', ']');
    case Cut::Number:
        return numberEnd(line, at);
    }
    return kNone;
}

/// Without its quotes. Behind the first closing one; so is one that is not
/// followed by what must follow.
bool Plan::cutQuoted(const Op& op, std::string_view line, std::size_t at, Field& field) {
    const std::size_t end = endOfQuoted(line, at + 1, "\"");
    if (end == kNone) return false;
    field = {at + 1, end, end + 1};
    return op.after.empty() ? field.next == line.size()
                            : line.substr(field.next).starts_with(op.after);
}

/// The commonest targets without the way through Assigner.
[[gnu::always_inline]] inline bool PlanRunner::assign(const Plan::Op& op, std::string_view line,
                                                      const Plan::Field& field, Record& out) {
    const Target& target = op.step->target;
    std::string_view piece(line.data() + field.from, field.to - field.from);
    if (op.escaped) {
        if (piece.find('\\') != std::string_view::npos) return false;
        if (piece == "null") piece = "-";
    }
    std::int64_t value = 0;
    switch (op.act) {
    case Act::Text:
        if (target.text == TextField::ClientIp) break;
        if (!isMissing(piece)) out[target.text] = piece;
        return true;
    case Act::Backend:
        if (!isMissing(piece) && !piece.empty()) out[TextField::Backend] = piece;
        return true;
    case Act::Server:
        if (!isMissing(piece) && !piece.empty() && piece != "-:-") out[TextField::Server] = piece;
        return true;
    case Act::Number:
        if (!readDigits(line, field.from, field.to, value)) break;
        if (value == 0 && target.number != NumberField::Retries) break; // may mean nothing
        out[target.number] = value;
        return true;
    case Act::Span:
        if (!readDigits(line, field.from, field.to, value)) break;
        out[target.number] = value * target.unit;
        return true;
    case Act::Extra:
        if (!piece.empty() && !isMissing(piece)) out.extra.emplace_back(target.name, piece);
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
    if (plan.ops_.empty() || line.size() < kPlaceBlock) return false;
    assigner_.begin();
    out.kind = plan.program_->kind;
    std::size_t at = 0;
    Plan::Field field;
    for (const Plan::Op& op : plan.ops_) {
        if (!plan.takeBefore(op, line, at) || !Plan::cutField(op, line, at, field)) return false;
        at = field.next;
        if (op.choosy && !isAllowed(*op.step, line.substr(field.from, field.to - field.from)))
            return false;
        if (!assign(op, line, field, out)) return false;
        if (op.mayEnd && endsHere(line, at)) return true;
    }
    return finish(*plan.program_, line, at, assigner_, out);
}

} // namespace postlude
