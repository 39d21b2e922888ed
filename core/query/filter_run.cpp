// SPDX-License-Identifier: GPL-3.0-or-later
// Texts are tested once for each distinct value, numbers as ranges; what is left is branch-free
// work on whole columns. Searches in the text come last, and only for the rows that are left.
#include "core/query/detail/filter_run.h"

#include <algorithm>

namespace postlude {

namespace {

using Node = Filter::Node;
using FieldKind = FilterField::Kind;

Mask constant(const SegmentState& segment, bool passes) {
    return Mask(segment.info.rows, passes ? 1 : 0);
}

Mask inverse(Mask mask) {
    for (std::uint8_t& passes : mask)
        passes ^= 1U;
    return mask;
}

bool isEmpty(const Mask& mask) {
    return std::ranges::find(mask, 1) == mask.end();
}

/// Dearest last.
int costOf(const Node& node) {
    if (node.isSearch()) return 3;
    if (node.kind == Node::Kind::Test) return node.field.kind == FieldKind::AnyText ? 2 : 0;
    int cost = 1;
    for (const auto& child : node.children)
        cost = std::max(cost, costOf(*child));
    return cost;
}

std::vector<const Node*> byCost(const Node& node) {
    std::vector<const Node*> children;
    for (const auto& child : node.children)
        children.push_back(child.get());
    std::ranges::stable_sort(children, {}, [](const Node* child) { return costOf(*child); });
    return children;
}

Mask texts(const Node& node, const SegmentState& segment, const TextColumn& column,
           std::string_view ifAbsent) {
    const bool server = node.field.kind == FieldKind::Text && node.field.text == TextField::Server;
    if (column.codes.empty()) return constant(segment, textPasses(node, ifAbsent));
    Mask passes{static_cast<std::uint8_t>(textPasses(node, ifAbsent))};
    bool some = passes.front() != 0;
    for (const std::string_view text : column.dictionary) {
        passes.push_back(textPasses(node, server ? serverName(text) : text) ? 1 : 0);
        some = some || passes.back() != 0;
    }
    Mask result(segment.info.rows);
    if (!some) return result;
    for (std::size_t row = 0; row < result.size(); ++row)
        result[row] = passes[column.codes[row]];
    return result;
}

/// `passes` is asked once for each value.
template <class Passes>
Mask byCode(const FewValues& few, Passes passes) {
    std::array<std::uint8_t, 256> table{};
    bool some = false;
    for (std::size_t i = 0; i < few.values.size(); ++i) {
        table[i] = passes(few.values[i]) ? 1 : 0;
        some = some || table[i] != 0;
    }
    Mask result(few.codes.size());
    if (!some) return result;
    for (std::size_t row = 0; row < result.size(); ++row)
        result[row] = table[few.codes[row]];
    return result;
}

Mask texts(const Node& node, const FewTexts& few, std::string_view ifAbsent) {
    const bool server = node.field.kind == FieldKind::Text && node.field.text == TextField::Server;
    return byCode(few.codes, [&](std::int64_t code) {
        if (code == 0) return textPasses(node, ifAbsent);
        // A code that no row has may be none of the dictionary.
        const auto at = static_cast<std::uint64_t>(code) - 1;
        if (at >= few.dictionary.size()) return false;
        const std::string_view text = few.dictionary[at];
        return textPasses(node, server ? serverName(text) : text);
    });
}

Mask numbers(const Node& node, const FewValues& few) {
    return byCode(few, [&](std::int64_t value) { return numberPasses(node, value); });
}

/// Has the column few distinct values, as far as is known?
bool isShort(const SegmentState& segment, const std::string& column) {
    const ColumnSummary* summary = segment.index ? segment.index->find(column) : nullptr;
    return summary != nullptr && summary->listed;
}

Mask numbers(const Node& node, const SegmentState& segment, const Numbers& column) {
    if (column.empty()) return constant(segment, numberPasses(node, kAbsent));
    Mask result(segment.info.rows);
    for (const auto& [from, to] : numberRanges(node))
        for (std::size_t row = 0; row < result.size(); ++row)
            result[row] |= static_cast<std::uint8_t>(static_cast<unsigned>(column[row] >= from) &
                                                     static_cast<unsigned>(column[row] <= to));
    return node.op == FilterOp::NotEqual ? inverse(std::move(result)) : result;
}

Mask small(const Node& node, const SegmentState& segment, const std::vector<std::uint8_t>& column) {
    std::array<std::uint8_t, 256> passes{};
    for (std::size_t i = 0; i < passes.size(); ++i)
        passes[i] = numberPasses(node, static_cast<std::int64_t>(i)) ? 1 : 0;
    // A record without a level has none to compare.
    if (node.field.kind == FieldKind::Level) passes[0] = numberPasses(node, kAbsent) ? 1 : 0;
    if (column.empty()) return constant(segment, passes[0] != 0);
    Mask result(segment.info.rows);
    for (std::size_t row = 0; row < result.size(); ++row)
        result[row] = passes[column[row]];
    return result;
}

void addTexts(const Node& node, const TextColumn& column, Mask& to) {
    Mask passes{0};
    for (const std::string_view text : column.dictionary)
        passes.push_back(textPasses(node, text) ? 1 : 0);
    if (isEmpty(passes)) return;
    for (std::size_t row = 0; row < column.codes.size(); ++row)
        to[row] |= passes[column.codes[row]];
}

std::string nameOf(const Node& search) {
    return (search.op == FilterOp::Matches ? "~" : "=") + search.values.front().text;
}

} // namespace

FilterRun::FilterRun(const Snapshot& in, const Filter& filter, std::stop_token stop)
    : in_(in)
    , filter_(filter)
    , stop_(std::move(stop)) {}

Share FilterRun::share(const SegmentState& segment) const {
    return filter_.passesAll() ? Share::All : shareOf(*filter_.root(), *in_.state, segment);
}

Mask FilterRun::mask(const SegmentState& segment) {
    if (filter_.passesAll()) return constant(segment, true);
    return mask(*filter_.root(), segment, nullptr);
}

Mask FilterRun::mask(const Node& node, const SegmentState& segment, const Mask* asked) {
    const Share share = shareOf(node, *in_.state, segment);
    if (share != Share::Some) return constant(segment, share == Share::All);
    switch (node.kind) {
    case Node::Kind::And:
        return all(node, segment, asked);
    case Node::Kind::Or:
        return any(node, segment, asked);
    case Node::Kind::Not:
        return inverse(mask(*node.children.front(), segment, asked));
    case Node::Kind::Test:
        break;
    }
    return test(node, segment, asked);
}

Mask FilterRun::all(const Node& node, const SegmentState& segment, const Mask* asked) {
    Mask result = asked ? *asked : constant(segment, true);
    for (const Node* child : byCost(node)) {
        const Mask next = mask(*child, segment, &result);
        for (std::size_t row = 0; row < result.size(); ++row)
            result[row] &= next[row];
        if (isEmpty(result)) break;
    }
    return result;
}

Mask FilterRun::any(const Node& node, const SegmentState& segment, const Mask* asked) {
    Mask result = constant(segment, false);
    Mask left = asked ? *asked : constant(segment, true);
    for (const Node* child : byCost(node)) {
        const Mask next = mask(*child, segment, &left);
        for (std::size_t row = 0; row < result.size(); ++row) {
            result[row] |= next[row];
            left[row] &= static_cast<std::uint8_t>(next[row] ^ 1U);
        }
        if (isEmpty(left)) break;
    }
    return result;
}

Mask FilterRun::test(const Node& node, const SegmentState& segment, const Mask* asked) {
    const SourceInfo& source = in_.state->sources[segment.source].info;
    const std::uint32_t number = segment.info.number;
    Columns& columns = in_.columns;
    switch (node.field.kind) {
    case FieldKind::Text:
        if (const auto few = fewTexts(segment, columnName(node.field.text)))
            return texts(node, *few, {});
        return texts(node, segment, *columns.text(number, node.field.text), {});
    case FieldKind::Extra:
        if (const auto few = fewTexts(segment, extraColumnName(node.field.name)))
            return texts(node, *few, {});
        return texts(node, segment, *columns.extra(number, node.field.name), {});
    case FieldKind::Host:
        if (const auto few = fewTexts(segment, columnName(TextField::Host)))
            return texts(node, *few, source.host);
        return texts(node, segment, *columns.text(number, TextField::Host), source.host);
    case FieldKind::Source:
        return constant(segment, textPasses(node, source.path));
    case FieldKind::AnyText:
        return node.isSearch() ? search(node, segment, asked) : anyText(node, segment);
    case FieldKind::Number:
        if (const auto few = fewNumbers(segment, columnName(node.field.number)))
            return numbers(node, *few);
        return numbers(node, segment, *columns.number(number, node.field.number));
    case FieldKind::Line:
        return numbers(node, segment, *columns.place(number, "line", &Segment::line));
    case FieldKind::Time:
        return numbers(node, segment, timesOf(in_, segment, ClockView::Corrected));
    case FieldKind::Kind:
        return small(node, segment, *columns.kind(number));
    case FieldKind::Level:
        return small(node, segment, *columns.level(number));
    }
    return constant(segment, false);
}

std::shared_ptr<const FewTexts> FilterRun::fewTexts(const SegmentState& segment,
                                                    const std::string& column) {
    return isShort(segment, column) ? in_.columns.fewTexts(segment.info, column) : nullptr;
}

std::shared_ptr<const FewValues> FilterRun::fewNumbers(const SegmentState& segment,
                                                       const std::string& column) {
    return isShort(segment, column) ? in_.columns.fewNumbers(segment.info, column) : nullptr;
}

Mask FilterRun::search(const Node& node, const SegmentState& segment, const Mask* asked) {
    const std::pair key(segment.info.number, nameOf(node));
    if (const auto known = in_.searches.find(key)) return *known;
    auto it = searches_.find(&node);
    if (it == searches_.end()) it = searches_.try_emplace(&node, in_, node, stop_).first;
    const bool every = asked == nullptr || std::ranges::find(*asked, 0) == asked->end();
    Mask found = it->second.rows(segment, every ? nullptr : asked);
    if (every) in_.searches.insert(key, std::make_shared<const Mask>(found), found.size());
    return found;
}

Mask FilterRun::anyText(const Node& node, const SegmentState& segment) {
    Node positive = node;
    if (node.op == FilterOp::NotEqual) positive.op = FilterOp::Equal;
    const auto whole = in_.columns.whole(segment.info.number);
    Mask result = constant(segment, false);
    for (const TextColumn& column : whole->texts)
        addTexts(positive, column, result);
    for (const auto& [name, column] : whole->extra)
        addTexts(positive, column, result);
    return node.op == FilterOp::NotEqual ? inverse(std::move(result)) : result;
}

} // namespace postlude
