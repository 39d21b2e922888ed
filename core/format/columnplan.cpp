// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/columns.h"

#include <algorithm>

namespace postlude {

namespace {

template <class Field>
std::size_t at(Field field) {
    return static_cast<std::size_t>(field);
}

/// Where a list of attempts is kept, as assign_server.cpp has it.
std::string_view listName(const Target& target, std::string_view otherwise) {
    return target.name.empty() ? otherwise : std::string_view(target.name);
}

} // namespace

ColumnPlan::ColumnPlan(const Plan& plan)
    : plan_(plan)
    , usable_(!plan.ops_.empty()) {
    for (const Plan::Op& op : plan.ops_) {
        Filled fills;
        usable_ = usable_ && claim(op.step->target, fills);
        ops_.push_back({&op, wayOf(op.step->target), std::move(fills)});
        addQuick(op);
    }
    // What the line's head says stays beside what the line says itself.
    for (const TextField field : {TextField::Host, TextField::Process})
        usable_ = usable_ && !texts_[at(field)];
    usable_ = usable_ && !numbers_[at(NumberField::Pid)];
    mayEnd_ = std::ranges::any_of(plan.ops_, [](const Plan::Op& op) { return op.mayEnd; });
    usable_ = usable_ && !(program().fromAccept && mayEnd_);
}

/// How it mostly ends, as far as that can be found out without the plan's way round.
ColumnPlan::Ends ColumnPlan::endsOf(const Plan::Op& op) const {
    using Cut = Plan::Cut;
    // A line is not over where one of these stands within it.
    const bool goesOn = op.cut == Cut::Byte ? op.end != '"'
                                            : (op.cut == Cut::Until || op.cut == Cut::Quoted) &&
                                                  op.after.size() > 1;
    if ((op.mayEnd && !goesOn) || op.escaped || op.beforeSize > kPlaceBlock) return Ends::Slowly;
    if (op.before == Plan::Before::Known || (quick_.empty() && op.beforeSize == 0)) {
        if (op.cut == Cut::Byte) return Ends::Byte;
        if (op.cut == Cut::Number) return Ends::Number;
        if (op.cut == Cut::Until) return op.after.size() == 2 ? Ends::Pair : Ends::Text;
        if (op.cut == Cut::Quoted && op.after.starts_with('"')) return Ends::Quote;
        if (op.cut == Cut::List && op.after.starts_with(' ')) return Ends::List;
        if (op.cut == Cut::Braces) return Ends::NoBrace;
        if (op.cut == Cut::LastBefore && op.after.size() == 1 && op.step->outer.size() == 2)
            return Ends::Last;
    } else if (op.before == Plan::Before::Byte && op.first == ' ' && !quick_.empty() &&
               program().mergeBlanks) {
        if (op.cut == Cut::Braces) return Ends::Nothing;
        if (op.cut == Cut::MaybeQuoted && op.after.empty()) return Ends::Quoted;
    }
    return Ends::Slowly;
}

void ColumnPlan::addQuick(const Plan::Op& op) {
    const Ends ends = endsOf(op);
    const std::string_view after = ends == Ends::Last ? std::string_view(op.step->outer) : op.after;
    quick_.push_back({&op, ends, op.end, after.size() == 2 ? after[1] : '\0',
                      static_cast<std::uint8_t>(op.beforeSize), op.choosy,
                      Wanted(after.empty() ? '\0' : after.front())});
}

ColumnPlan::Way ColumnPlan::wayOf(const Target& target) {
    switch (target.act) {
    case Act::Skip:
        return Way::Skip;
    case Act::Text:
        return target.text == TextField::ClientIp ? Way::Client : Way::Text;
    case Act::Peer:
        return Way::Client;
    case Act::Attempts:
    case Act::Upstreams:
        return Way::Attempts;
    case Act::LastSpan:
        return Way::LastSpan;
    case Act::Part:
        return Way::Addend;
    case Act::Server:
        return Way::Server;
    case Act::Frontend:
        return Way::Frontend;
    case Act::Backend:
    case Act::Extra:
        return Way::Name;
    case Act::Number:
        return Way::Count;
    case Act::Span:
        return Way::Span;
    case Act::Noted:
        return Way::Noted;
    case Act::Time:
    case Act::TimeEnd:
        return Way::Time;
    case Act::Request:
        return Way::Request;
    case Act::Forwarded:
        return Way::Unless;
    case Act::Captures:
    case Act::Words:
        return Way::Parts;
    default:
        return Way::General;
    }
}

std::optional<std::size_t> ColumnPlan::extraNamed(std::string_view name) const {
    const auto it = std::ranges::find(extra_, name);
    if (it == extra_.end()) return {};
    return static_cast<std::size_t>(it - extra_.begin());
}

bool ColumnPlan::claimText(TextField field, Filled& fills) {
    fills.texts.push_back(at(field));
    const bool isNew = !texts_[at(field)];
    texts_.set(at(field));
    return isNew;
}

bool ColumnPlan::claimNumber(NumberField field, Filled& fills) {
    fills.numbers.push_back(at(field));
    const bool isNew = !numbers_[at(field)];
    numbers_.set(at(field));
    return isNew;
}

bool ColumnPlan::claimExtra(std::string_view name, Filled& fills) {
    fills.extra.push_back(extra_.size());
    const bool isNew = std::ranges::find(extra_, name) == extra_.end();
    extra_.push_back(name);
    return isNew;
}

/// Captured headers. Those of other frontends are chosen by another field.
bool ColumnPlan::claimParts(const Target& target, Filled& fills) {
    return std::ranges::all_of(target.parts,
                               [&](const Target& part) {
                                   return part.act != target.act && claimAct(part, fills) &&
                                          wayOf(part) != Way::Unless && wayOf(part) != Way::Time &&
                                          wayOf(part) != Way::Addend && wayOf(part) != Way::Noted;
                               }) &&
           claimExtra(target.name, fills);
}

/// All of them fill the duration, and nothing else does.
bool ColumnPlan::claimAddend(const Target& target, Filled& fills) {
    const auto duration = at(NumberField::Duration);
    if (!std::exchange(summed_, true) && numbers_[duration]) return false;
    numbers_.set(duration);
    return target.name.empty() ? claimNumber(target.number, fills) : claimExtra(target.name, fills);
}

bool ColumnPlan::claim(const Target& target, Filled& fills) {
    if (target.act == Act::Captures || target.act == Act::Words) return claimParts(target, fills);
    return claimAct(target, fills);
}

/// False also for what is not read from this field alone.
bool ColumnPlan::claimAct(const Target& target, Filled& fills) {
    switch (target.act) {
    case Act::Skip:
    case Act::Forwarded:
        return true;
    case Act::Text:
        return claimText(target.text, fills);
    case Act::Number:
    case Act::Span:
        return claimNumber(target.number, fills);
    case Act::Noted:
    case Act::Extra:
        return claimExtra(target.name, fills);
    case Act::Part:
        return claimAddend(target, fills);
    case Act::Time:
    case Act::TimeEnd:
        return !std::exchange(timed_, true) && claimText(TextField::TimeRaw, fills);
    case Act::Request:
        return claimText(TextField::Method, fills) && claimText(TextField::Path, fills) &&
               claimText(TextField::HttpVersion, fills);
    case Act::RequestUrl:
        return claimText(TextField::Method, fills) && claimText(TextField::Path, fills) &&
               claimText(TextField::HttpVersion, fills) && claimExtra("origin", fills);
    case Act::Server:
    case Act::ServerUrl:
        return claimText(TextField::Server, fills);
    case Act::Backend:
    case Act::BackendUrl:
        return claimText(TextField::Backend, fills);
    case Act::Frontend:
        return claimText(TextField::Frontend, fills);
    case Act::TargetGroup:
        return claimText(TextField::Backend, fills) && claimExtra(target.name, fills);
    case Act::Peer:
        return claimText(TextField::ClientIp, fills);
    case Act::Address:
    case Act::AddressPort:
        return claimText(TextField::ClientIp, fills) && claimNumber(NumberField::ClientPort, fills);
    case Act::Attempts:
    case Act::Upstreams:
        return claimText(TextField::Server, fills) && claimNumber(NumberField::Retries, fills) &&
               claimExtra(listName(target, "attempts"), fills);
    case Act::LastSpan:
        return claimNumber(target.number, fills) &&
               claimExtra(listName(target, nameOf(target.number)), fills);
    default:
        return false;
    }
}

} // namespace postlude
