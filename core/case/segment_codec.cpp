// SPDX-License-Identifier: GPL-3.0-or-later
// A segment as a set of named, encoded columns and back.
#include "core/case/column.h"

#include <algorithm>

namespace postlude {

namespace {

using Numbers = std::vector<std::int64_t>;

constexpr std::string_view kText = "text:";
constexpr std::string_view kExtra = "extra:";

struct PlaceColumn {
    std::string_view name;
    Numbers Segment::* values;
};
constexpr std::string_view kLine = "line";
constexpr PlaceColumn kPlaceColumns[] = {{"time", &Segment::time},
                                         {"offset", &Segment::offset},
                                         {"lines", &Segment::lines},
                                         {"bytes", &Segment::bytes}};

struct SmallColumn {
    std::string_view name;
    std::vector<std::uint8_t> Segment::* values;
    std::int64_t most; ///< largest number that means something
};
constexpr SmallColumn kSmallColumns[] = {
    {"kind", &Segment::kind, kRecordKinds - 1},
    {"level", &Segment::level, static_cast<std::int64_t>(Level::Emergency)}};

void addNumbers(std::string_view name, const Numbers& values, std::vector<EncodedColumn>& to) {
    if (values.empty()) return;
    to.push_back({std::string(name), encodeNumbers(values)});
}

/// As differences to the first, so that pieces of a source can be encoded before the lines of
/// those before them are counted.
void addLines(const Numbers& lines, std::vector<EncodedColumn>& to) {
    Numbers relative(lines);
    for (std::int64_t& line : relative)
        line = static_cast<std::int64_t>(static_cast<std::uint64_t>(line) -
                                         static_cast<std::uint64_t>(lines.front()));
    addNumbers(kLine, relative, to);
}

Result<void> decodeLines(const EncodedColumn& column, Segment& to) {
    auto lines = decodeNumbers(column.blob, to.rows);
    if (!lines) return std::unexpected(lines.error());
    for (std::int64_t& line : *lines)
        line = static_cast<std::int64_t>(static_cast<std::uint64_t>(line) + to.firstLine);
    to.line = std::move(*lines);
    return {};
}

void addTexts(std::string name, const TextColumn& texts, std::vector<EncodedColumn>& to) {
    if (texts.codes.empty()) return;
    to.push_back({std::move(name), encodeTexts(texts)});
}

Result<void> decodeSmall(const SmallColumn& which, const EncodedColumn& column, Segment& to) {
    const auto values = decodeNumbers(column.blob, to.rows);
    if (!values) return std::unexpected(values.error());
    std::vector<std::uint8_t>& small = to.*which.values;
    small.clear();
    for (const std::int64_t value : *values) {
        if (value < 0 || value > which.most)
            return std::unexpected(
                Error{ErrorKind::Damaged, "a column of the case is damaged", {}, {}});
        small.push_back(static_cast<std::uint8_t>(value));
    }
    return {};
}

Result<void> decodeInto(const EncodedColumn& column, std::uint32_t rows, Numbers& to) {
    auto values = decodeNumbers(column.blob, rows);
    if (!values) return std::unexpected(values.error());
    to = std::move(*values);
    return {};
}

Result<void> decodeInto(const EncodedColumn& column, std::uint32_t rows, TextColumn& to) {
    auto texts = decodeTexts(column.blob, rows);
    if (!texts) return std::unexpected(texts.error());
    to = std::move(*texts);
    return {};
}

} // namespace

std::vector<EncodedColumn> encode(const Segment& segment) {
    std::vector<EncodedColumn> columns;
    for (const PlaceColumn& place : kPlaceColumns)
        addNumbers(place.name, segment.*place.values, columns);
    addLines(segment.line, columns);
    for (const SmallColumn& small : kSmallColumns) {
        const auto& values = segment.*small.values;
        addNumbers(small.name, Numbers(values.begin(), values.end()), columns);
    }
    for (std::size_t i = 0; i < kNumberFields; ++i)
        addNumbers(nameOf(static_cast<NumberField>(i)), segment.numbers[i], columns);
    for (std::size_t i = 0; i < kTextFields; ++i)
        addTexts(std::string(kText) + std::string(nameOf(static_cast<TextField>(i))),
                 segment.texts[i], columns);
    for (const auto& [name, texts] : segment.extra)
        addTexts(std::string(kExtra) + name, texts, columns);
    return columns;
}

Result<void> decode(const EncodedColumn& column, Segment& to) {
    const std::string_view name = column.name;
    if (name == kLine) return decodeLines(column, to);
    const auto* place = std::ranges::find(kPlaceColumns, name, &PlaceColumn::name);
    if (place != std::end(kPlaceColumns)) return decodeInto(column, to.rows, to.*place->values);
    const auto* small = std::ranges::find(kSmallColumns, name, &SmallColumn::name);
    if (small != std::end(kSmallColumns)) return decodeSmall(*small, column, to);
    if (name.starts_with(kExtra))
        return decodeInto(column, to.rows, to.extra[std::string(name.substr(kExtra.size()))]);
    if (name.starts_with(kText)) {
        if (const auto field = textFieldNamed(name.substr(kText.size())))
            return decodeInto(column, to.rows, to.texts[static_cast<std::size_t>(*field)]);
    } else if (const auto field = numberFieldNamed(name)) {
        return decodeInto(column, to.rows, to.numbers[static_cast<std::size_t>(*field)]);
    }
    return std::unexpected(
        Error{ErrorKind::Damaged, "the case has a column of unknown kind", {}, {}});
}

} // namespace postlude
