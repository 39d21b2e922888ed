// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/detail/columns.h"
#include "core/query/detail/filter_node.h"

namespace postlude {

namespace {

constexpr std::size_t kColumnBytes = std::size_t{256} << 20U;
constexpr std::size_t kCodeBytes = std::size_t{96} << 20U;
constexpr std::size_t kFewBytes = std::size_t{64} << 20U;
constexpr std::size_t kSeriesBytes = std::size_t{32} << 20U;
/// What the sketch of a few hundred durations takes, about.
constexpr std::size_t kBucketBytes = sizeof(StoredBucket) + 1024;

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

std::size_t bytesOf(const FewTexts& few) {
    return sizeof few + few.codes.codes.size() + few.codes.values.size() * sizeof(std::int64_t) +
           few.dictionary.bytes().size();
}

/// No row has a value.
FewTexts nothing(std::uint32_t rows, bool texts) {
    return {{}, {{texts ? 0 : kAbsent}, std::vector<std::uint8_t>(rows)}};
}

Result<std::optional<FewTexts>> decodedFew(std::string_view blob, std::uint32_t rows, bool texts) {
    if (texts) return decodeFewTexts(blob, rows);
    auto values = decodeFew(blob, rows);
    if (!values) return std::unexpected(values.error());
    if (!*values) return std::nullopt;
    return FewTexts{{}, std::move(**values)};
}

} // namespace

std::string columnName(TextField field) {
    return "text:" + std::string(nameOf(field));
}

std::string columnName(NumberField field) {
    return std::string(nameOf(field));
}

std::string extraColumnName(const std::string& field) {
    return "extra:" + field;
}

Columns::Columns(const Case::Store& store)
    : store_(store)
    , segments_(kColumnBytes)
    , codes_(kCodeBytes)
    , few_(kFewBytes)
    , series_(kSeriesBytes) {}

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
    auto one = column(segment, columnName(field));
    return {one, &one->numbers[static_cast<std::size_t>(field)]};
}

std::shared_ptr<const TextColumn> Columns::text(std::uint32_t segment, TextField field) {
    auto one = column(segment, columnName(field));
    return {one, &one->texts[static_cast<std::size_t>(field)]};
}

std::shared_ptr<const TextColumn> Columns::extra(std::uint32_t segment, const std::string& name) {
    auto one = column(segment, extraColumnName(name));
    const auto it = one->extra.find(name);
    if (it == one->extra.end()) return std::make_shared<const TextColumn>();
    return {one, &it->second};
}

std::shared_ptr<const FewTexts> Columns::few(const SegmentInfo& segment, const std::string& name,
                                             bool texts) {
    if (auto kept = few_.find({segment.number, name})) return kept;
    const auto blob = orThrow(store_.readColumn(segment.number, name));
    auto decoded = blob ? orThrow(decodedFew(*blob, segment.rows, texts))
                        : std::optional(nothing(segment.rows, texts));
    if (!decoded) return nullptr;
    auto made = std::make_shared<const FewTexts>(std::move(*decoded));
    few_.insert({segment.number, name}, made, bytesOf(*made));
    return made;
}

std::shared_ptr<const FewValues> Columns::fewNumbers(const SegmentInfo& segment,
                                                     const std::string& name) {
    auto one = few(segment, name, false);
    if (!one) return nullptr;
    return {one, &one->codes};
}

std::shared_ptr<const FewTexts> Columns::fewTexts(const SegmentInfo& segment,
                                                  const std::string& name) {
    return few(segment, name, true);
}

std::shared_ptr<const std::vector<std::uint8_t>> Columns::kind(std::uint32_t segment) {
    auto one = column(segment, "kind");
    return {one, &one->kind};
}

std::shared_ptr<const std::vector<std::uint8_t>> Columns::level(std::uint32_t segment) {
    auto one = column(segment, "level");
    return {one, &one->level};
}

void Columns::forget(std::uint32_t segment) {
    segments_.forget({segment, {}}, {segment + 1, {}});
    codes_.forget({segment, TextField{}}, {segment + 1, TextField{}});
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

std::shared_ptr<const StoredSeries> Columns::series(std::uint32_t segment) {
    if (auto kept = series_.find(segment)) return kept;
    StoredSeries buckets;
    for (const SeriesRow& row : orThrow(store_.series(segment))) {
        const std::string_view server = serverName(row.server);
        buckets.push_back(
            {row.start, row.backend.empty() ? 0 : codeOf(TextField::Backend, row.backend),
             server.empty() ? 0 : codeOf(TextField::Server, server), row.requests, row.failed,
             row.slow, row.bytes, orThrow(Sketch::fromBytes(row.durations))});
    }
    auto made = std::make_shared<const StoredSeries>(std::move(buckets));
    series_.insert(segment, made, made->size() * kBucketBytes + sizeof *made);
    return made;
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
