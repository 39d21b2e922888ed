// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the items of a format string together: how the end of each field is found.
#include "core/format/detail/items.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude {

namespace {

bool endsItself(Take take) {
    return take == Take::Number || take == Take::Braces || take == Take::Brackets ||
           take == Take::MaybeQuoted || take == Take::Words;
}

/// address:port where the address may hold colons too.
void linkAddress(const std::vector<Item>& items, std::size_t i, Step& step) {
    if (!items[i].isAddress || step.after != ":" || i + 2 >= items.size()) return;
    if (items[i].take == Take::MaybeQuoted) return; // quotes tell
    step.take = Take::LastBefore;
    step.outer = i + 3 < items.size() ? items[i + 3].literal : std::string{};
}

/// Free text that nothing encloses: what is behind it says where it ends, if that is clear.
void linkFreeText(const std::vector<Item>& items, std::size_t i, Step& step) {
    if (!items[i].isFree || step.take != Take::Until || step.after != " ") return;
    std::ptrdiff_t count = 0;
    for (std::size_t next = i + 1; next < items.size(); ++next) {
        const Item& item = items[next];
        const bool enclosed = next > 0 && items[next - 1].literal.ends_with('"');
        if (item.isFree || enclosed || item.take == Take::MaybeQuoted || item.take == Take::List)
            return;
        count += std::ranges::count(item.literal.empty() ? item.shape : item.literal, ' ');
    }
    if (count > UINT8_MAX) return;
    step.take = Take::FromEnd;
    step.count = static_cast<std::uint8_t>(count);
}

/// How the end of the field is found, by what stands around it.
void linkEnd(const std::vector<Item>& items, std::size_t i, Step& step) {
    const Item& item = items[i];
    if (step.take == Take::Until && step.before.ends_with('"') && step.after.starts_with('"'))
        step.take = Take::Quoted;
    linkAddress(items, i, step);
    if (!item.shape.empty() && !step.after.empty()) {
        const std::string& shape = item.shape;
        for (std::size_t at = shape.find(step.after); at != std::string::npos;
             at = shape.find(step.after, at + 1))
            ++step.count;
    }
    if (item.target.act == Act::Request && step.take == Take::Until && step.after.starts_with(' '))
        step.take = Take::Request;
    linkFreeText(items, i, step);
    // "192.0.2.7, 10.0.0.4 - - [": hops have a blank behind their commas.
    if (item.target.act == Act::Forwarded && step.take == Take::Until && step.after == " ")
        step.take = Take::List;
}

/// The literal behind a field, as far as it is known.
std::string literalBehind(const std::vector<Item>& items, std::size_t i) {
    if (i + 1 >= items.size()) return {};
    const Item& next = items[i + 1];
    if (next.literal.empty())
        return next.begins == '\0' ? std::string{} : std::string(1, next.begins);
    const bool brackets = i + 2 < items.size() && items[i + 2].take == Take::Brackets;
    return next.literal + (brackets ? "[" : "");
}

Result<Step> linkField(std::vector<Item>& items, std::size_t i, std::string_view dialect,
                       Program& program) {
    Item& item = items[i];
    Step step;
    step.take = item.take;
    step.jsonString = item.jsonString;
    step.after = literalBehind(items, i);
    if (item.take == Take::Words)
        step.count =
            static_cast<std::uint8_t>(std::min<std::size_t>(item.target.parts.size(), 255));
    const bool last = i + 1 == items.size();
    if (item.isUnknown) {
        if (!last && step.after.empty())
            return std::unexpected(
                formatFault(dialect, item.column,
                            fmt::format("“{}” is not known, nor where it ends", item.name)));
        program.unknown.push_back(formatFault(
            dialect, item.column, fmt::format("“{}” is not known; kept by its name", item.name)));
    }
    if (!last && step.after.empty() && !endsItself(item.take))
        return std::unexpected(formatFault(
            dialect, item.column, "where this field ends cannot be told from the next one"));
    return step;
}

} // namespace

Result<Program> link(std::vector<Item> items, std::string_view dialect) {
    // Nobody sees the blanks at the end of a line: they are no part of what is read.
    while (!items.empty() && items.back().literal.ends_with(' '))
        if (items.back().literal.pop_back(); items.back().literal.empty()) items.pop_back();
    settleTimes(items);
    settleClients(items);
    joinQueries(items);
    settleDuplicates(items);
    Program program;
    program.timeIsFromEnvelope = std::ranges::none_of(items, [](const Item& item) {
        return item.target.act == Act::Time || item.target.act == Act::TimeEnd ||
               item.target.act == Act::HexTime;
    });
    std::string literal;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].literal.empty()) {
            literal += items[i].literal;
            continue;
        }
        auto step = linkField(items, i, dialect, program);
        if (!step) return std::unexpected(step.error());
        step->before = std::exchange(literal, {});
        linkEnd(items, i, *step);
        step->target = std::move(items[i].target);
        step->oneOf = std::move(items[i].oneOf);
        step->padded = items[i].padded;
        step->mayEnd = items[i].mayEnd;
        program.steps.push_back(std::move(*step));
    }
    program.tail = std::move(literal);
    if (program.steps.empty())
        return std::unexpected(formatFault(dialect, 0, "there is no field in it"));
    return program;
}

} // namespace postlude
