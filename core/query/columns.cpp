// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/detail/columns.h"
#include "core/query/detail/filter_node.h"

namespace postlude {

namespace {

constexpr std::size_t kColumnBytes = std::size_t{384} << 20U;
constexpr std::size_t kCodeBytes = std::size_t{128} << 20U;

std::size_t bytesOf(const TextColumn& column) {
    return (column.codes.size() + column.dictionary.size()) * sizeof(std::uint32_t) +
           column.dictionary.bytes().size();
}

std::size_t bytesOf(const Segment& segment) {
    std::size_t numbers = segment.time.size() + segment.line.size() + segment.offset.size() +
                          segment.lines.size() + segment.bytes.size();
    for (const auto& column : segment.numbers)
        numbers += column.size();
    std::size_t bytes = sizeof segment + numbers * sizeof(std::int64_t) + segment.kind.size() +
                        segment.level.size();
    for (const auto& column : segment.texts)
        bytes += bytesOf(column);
    for (const auto& [name, column] : segment.extra)
        bytes += name.size() + bytesOf(column);
    return bytes;
}

std::string textName(TextField field) {
    return "text:" + std::string(nameOf(field));
}

} // namespace

Columns::Columns(const Case::Store& store)
    : store_(store)
    , segments_(kColumnBytes)
    , codes_(kCodeBytes) {}

std::shared_ptr<const Segment> Columns::column(std::uint32_t segment, const std::string& name) {
    if (auto all = segments_.find({segment, "*"})) return all;
    if (auto kept = segments_.find({segment, name})) return kept;
    auto read = std::make_shared<const Segment>(orThrow(store_.readSegment(segment, {name})));
    segments_.insert({segment, name}, read, bytesOf(*read));
    return read;
}

std::shared_ptr<const Segment> Columns::whole(std::uint32_t segment) {
    if (auto all = segments_.find({segment, "*"})) return all;
    auto read = std::make_shared<const Segment>(orThrow(store_.readSegment(segment, {})));
    segments_.insert({segment, "*"}, read, bytesOf(*read));
    return read;
}

std::shared_ptr<const Numbers> Columns::place(std::uint32_t segment, const std::string& name,
                                              Numbers Segment::* which) {
    auto one = column(segment, name);
    return {one, &((*one).*which)};
}

std::shared_ptr<const Numbers> Columns::number(std::uint32_t segment, NumberField field) {
    auto one = column(segment, std::string(nameOf(field)));
    return {one, &one->numbers[static_cast<std::size_t>(field)]};
}

std::shared_ptr<const TextColumn> Columns::text(std::uint32_t segment, TextField field) {
    auto one = column(segment, textName(field));
    return {one, &one->texts[static_cast<std::size_t>(field)]};
}

std::shared_ptr<const TextColumn> Columns::extra(std::uint32_t segment, const std::string& name) {
    auto one = column(segment, "extra:" + name);
    const auto it = one->extra.find(name);
    if (it == one->extra.end()) return std::make_shared<const TextColumn>();
    return {one, &it->second};
}

std::shared_ptr<const std::vector<std::uint8_t>> Columns::kind(std::uint32_t segment) {
    auto one = column(segment, "kind");
    return {one, &one->kind};
}

std::shared_ptr<const std::vector<std::uint8_t>> Columns::level(std::uint32_t segment) {
    auto one = column(segment, "level");
    return {one, &one->level};
}

std::uint32_t Columns::codeOf(TextField field, std::string_view text) {
    Names& names = names_[static_cast<std::size_t>(field)];
    const std::lock_guard hold(names.mutex);
    return names.interner.code(text);
}

std::string Columns::name(TextField field, std::uint32_t code) const {
    const Names& names = names_[static_cast<std::size_t>(field)];
    const std::lock_guard hold(names.mutex);
    return std::string(names.interner.text(code));
}

std::shared_ptr<const Codes> Columns::codes(std::uint32_t segment, TextField field) {
    if (auto kept = codes_.find({segment, field})) return kept;
    const auto local = text(segment, field);
    Codes global{0};
    {
        Names& names = names_[static_cast<std::size_t>(field)];
        const std::lock_guard hold(names.mutex);
        for (const std::string_view one : local->dictionary) {
            const std::string_view name = field == TextField::Server ? serverName(one) : one;
            const bool absent = field == TextField::Server && name.empty();
            global.push_back(absent ? 0 : names.interner.code(name));
        }
    }
    Codes codes;
    codes.reserve(local->codes.size());
    for (const std::uint32_t code : local->codes)
        codes.push_back(global[code]);
    auto made = std::make_shared<const Codes>(std::move(codes));
    codes_.insert({segment, field}, made, made->size() * sizeof(std::uint32_t) + sizeof(Codes));
    return made;
}

} // namespace postlude
