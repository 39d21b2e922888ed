// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/detail/segment_index.h"

#include "core/case/detail/bytes.h"
#include "core/case/detail/lanes.h"

#include <algorithm>

namespace postlude {

namespace {

using Values = std::span<const std::int64_t>;

enum Flag : std::uint8_t { Gaps = 1, Listed = 2 };

/// Keeps `values` sorted; false when there are too many.
bool list(std::vector<std::int64_t>& values, std::int64_t value) {
    const auto it = std::ranges::lower_bound(values, value);
    if (it != values.end() && *it == value) return true;
    if (values.size() == ColumnSummary::kListedNumbers) return false;
    values.insert(it, value);
    return true;
}

/// Of the values that are there.
void findBounds(Values values, ColumnSummary& summary) {
    const Range range = values.empty() ? Range{kAbsent, kAbsent} : rangeOf(values);
    summary.gaps = !values.empty() && range.low == kAbsent; // less than any other
    summary.max = range.high;
    summary.min = summary.gaps ? range.high : range.low;
    if (!summary.gaps || range.high == kAbsent) return;
    for (const std::int64_t value : values)
        summary.min = value == kAbsent ? summary.min : std::min(summary.min, value);
}

ColumnSummary summaryOf(std::string name, Values values) {
    ColumnSummary summary{std::move(name)};
    findBounds(values, summary);
    if (summary.min == summary.max) { // nothing else comes
        summary.listed = true;
        if (summary.max != kAbsent) summary.values.push_back(summary.max);
        return summary;
    }
    std::int64_t before = kAbsent;
    summary.listed = std::ranges::all_of(values, [&](std::int64_t value) {
        const bool known = value == kAbsent || value == before;
        before = value;
        return known || list(summary.values, value);
    });
    if (!summary.listed) summary.values.clear();
    return summary;
}

/// Without a way out of the loop, so that many are looked at together.
bool hasNone(const std::vector<std::uint32_t>& codes) {
    std::uint32_t none = 0;
    for (const std::uint32_t code : codes)
        none |= static_cast<std::uint32_t>(code == 0);
    return none != 0;
}

ColumnSummary summaryOf(std::string name, const TextColumn& column) {
    ColumnSummary summary{std::move(name)};
    summary.gaps = hasNone(column.codes);
    summary.listed = column.dictionary.size() <= ColumnSummary::kListedTexts &&
                     column.dictionary.bytes().size() <= ColumnSummary::kListedBytes;
    if (summary.listed) summary.texts = column.dictionary;
    return summary;
}

void put(std::string& out, std::string_view text) {
    putVarint(out, text.size());
    out += text;
}

std::string_view takeText(ByteReader& in) {
    const std::uint64_t size = in.varint();
    return in.take(static_cast<std::size_t>(std::min<std::uint64_t>(size, in.left() + 1)));
}

ColumnSummary takeSummary(ByteReader& in) {
    ColumnSummary summary{std::string(takeText(in))};
    const auto flags = in.fixed<std::uint8_t>();
    summary.gaps = (flags & Gaps) != 0;
    summary.listed = (flags & Listed) != 0;
    summary.min = static_cast<std::int64_t>(unzigzag(in.varint()));
    summary.max = static_cast<std::int64_t>(unzigzag(in.varint()));
    for (auto left = in.varint(); left > 0 && in.ok(); --left)
        summary.values.push_back(static_cast<std::int64_t>(unzigzag(in.varint())));
    for (auto left = in.varint(); left > 0 && in.ok(); --left)
        summary.texts.push_back(takeText(in));
    return summary;
}

void put(std::string& out, const ColumnSummary& summary) {
    put(out, summary.name);
    out += static_cast<char>((summary.gaps ? Gaps : 0) | (summary.listed ? Listed : 0));
    putVarint(out, zigzag(static_cast<std::uint64_t>(summary.min)));
    putVarint(out, zigzag(static_cast<std::uint64_t>(summary.max)));
    putVarint(out, summary.values.size());
    for (const std::int64_t value : summary.values)
        putVarint(out, zigzag(static_cast<std::uint64_t>(value)));
    putVarint(out, summary.texts.size());
    for (const std::string_view text : summary.texts)
        put(out, text);
}

} // namespace

SegmentIndex indexOf(const Segment& segment) {
    SegmentIndex index;
    std::vector<ColumnSummary>& columns = index.columns;
    columns.push_back(summaryOf("time", segment.time));
    columns.push_back(summaryOf("offset", segment.offset));
    columns.push_back(summaryOf("bytes", segment.bytes));
    const std::vector<std::int64_t> kinds(segment.kind.begin(), segment.kind.end());
    columns.push_back(summaryOf("kind", kinds));
    const std::vector<std::int64_t> levels(segment.level.begin(), segment.level.end());
    columns.push_back(summaryOf("level", levels));
    for (std::size_t i = 0; i < kNumberFields; ++i)
        if (!segment.numbers[i].empty())
            columns.push_back(
                summaryOf(std::string(nameOf(static_cast<NumberField>(i))), segment.numbers[i]));
    for (std::size_t i = 0; i < kTextFields; ++i)
        if (!segment.texts[i].codes.empty())
            columns.push_back(summaryOf("text:" + std::string(nameOf(static_cast<TextField>(i))),
                                        segment.texts[i]));
    for (const auto& [name, texts] : segment.extra)
        columns.push_back(summaryOf("extra:" + name, texts));
    std::ranges::sort(columns, {}, &ColumnSummary::name);
    return index;
}

std::string bytesOf(const SegmentIndex& index) {
    std::string out;
    putVarint(out, index.columns.size());
    for (const ColumnSummary& column : index.columns)
        put(out, column);
    putVarint(out, index.mayBeProbes ? *index.mayBeProbes + 1 : 0);
    return out;
}

Result<SegmentIndex> indexFrom(std::string_view bytes) {
    ByteReader in(bytes);
    SegmentIndex index;
    for (auto left = in.varint(); left > 0 && in.ok(); --left)
        index.columns.push_back(takeSummary(in));
    // Cases made before this was kept end here.
    const std::uint64_t probes = in.left() == 0 ? 0 : in.varint();
    if (probes != 0) index.mayBeProbes = probes - 1;
    const bool sorted = std::ranges::is_sorted(index.columns, {}, &ColumnSummary::name);
    if (in.ok() && in.left() == 0 && sorted) return index;
    return std::unexpected(Error{ErrorKind::Damaged,
                                 "the index of a segment of the case is damaged",
                                 {},
                                 "import the bundle again into a new case"});
}

} // namespace postlude
