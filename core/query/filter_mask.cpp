// SPDX-License-Identifier: GPL-3.0-or-later
// A filter over the rows of a segment. Texts are tested once for each distinct value.
#include "core/query/detail/filter_node.h"
#include "core/query/detail/state.h"

namespace postlude {

namespace {

using Mask = std::vector<std::uint8_t>;
using Node = Filter::Node;

class Evaluation {
public:
    Evaluation(const Snapshot& in, const SegmentState& segment)
        : in_(in)
        , segment_(segment)
        , number_(segment.info.number) {}

    Mask mask(const Node& node) const {
        switch (node.kind) {
        case Node::Kind::And:
            return joined(node, [](std::uint8_t a, std::uint8_t b) { return a & b; });
        case Node::Kind::Or:
            return joined(node, [](std::uint8_t a, std::uint8_t b) { return a | b; });
        case Node::Kind::Not: {
            Mask inner = mask(*node.children.front());
            for (std::uint8_t& passes : inner)
                passes ^= 1U;
            return inner;
        }
        case Node::Kind::Test:
            break;
        }
        return test(node);
    }

private:
    template <class Join>
    Mask joined(const Node& node, Join join) const {
        Mask result = mask(*node.children.front());
        for (std::size_t i = 1; i < node.children.size(); ++i) {
            const Mask next = mask(*node.children[i]);
            for (std::size_t row = 0; row < result.size(); ++row)
                result[row] = static_cast<std::uint8_t>(join(result[row], next[row]));
        }
        return result;
    }

    Mask test(const Node& node) const {
        using Kind = FilterField::Kind;
        const SourceInfo& source = in_.state->sources[segment_.source].info;
        switch (node.field.kind) {
        case Kind::Text:
            return texts(node, *in_.columns.text(number_, node.field.text), {});
        case Kind::Extra:
            return texts(node, *in_.columns.extra(number_, node.field.name), {});
        case Kind::Host:
            return texts(node, *in_.columns.text(number_, TextField::Host), source.host);
        case Kind::Source:
            return all(textPasses(node, source.path));
        case Kind::AnyText:
            return anyText(node);
        case Kind::Number:
            return numbers(node, *in_.columns.number(number_, node.field.number));
        case Kind::Line:
            return numbers(node, *in_.columns.place(number_, "line", &Segment::line));
        case Kind::Time:
            return numbers(node, timesOf(in_, segment_, ClockView::Corrected));
        case Kind::Kind:
            return small(node, *in_.columns.kind(number_));
        case Kind::Level:
            return small(node, *in_.columns.level(number_));
        }
        return all(false);
    }

    [[nodiscard]] Mask all(bool passes) const { return Mask(segment_.info.rows, passes ? 1 : 0); }

    Mask texts(const Node& node, const TextColumn& column, std::string_view ifAbsent) const {
        const bool server =
            node.field.kind == FilterField::Kind::Text && node.field.text == TextField::Server;
        if (column.codes.empty()) return all(textPasses(node, ifAbsent));
        Mask passes{static_cast<std::uint8_t>(textPasses(node, ifAbsent))};
        for (const std::string_view text : column.dictionary)
            passes.push_back(textPasses(node, server ? serverName(text) : text) ? 1 : 0);
        Mask result(segment_.info.rows);
        for (std::size_t row = 0; row < result.size(); ++row)
            result[row] = passes[column.codes[row]];
        return result;
    }

    Mask numbers(const Node& node, const Numbers& column) const {
        if (column.empty()) return all(numberPasses(node, kAbsent));
        Mask result(segment_.info.rows);
        for (std::size_t row = 0; row < result.size(); ++row)
            result[row] = numberPasses(node, column[row]) ? 1 : 0;
        return result;
    }

    Mask small(const Node& node, const std::vector<std::uint8_t>& column) const {
        std::array<std::uint8_t, 256> passes{};
        for (std::size_t i = 0; i < passes.size(); ++i)
            passes[i] = numberPasses(node, static_cast<std::int64_t>(i)) ? 1 : 0;
        // A record without a level has none to compare.
        if (node.field.kind == FilterField::Kind::Level)
            passes[0] = numberPasses(node, kAbsent) ? 1 : 0;
        if (column.empty()) return all(passes[0] != 0);
        Mask result(segment_.info.rows);
        for (std::size_t row = 0; row < result.size(); ++row)
            result[row] = passes[column[row]];
        return result;
    }

    void addTexts(const Node& node, const TextColumn& column, Mask& to) const {
        Mask passes{0};
        bool any = false;
        for (const std::string_view text : column.dictionary) {
            passes.push_back(textPasses(node, text) ? 1 : 0);
            any = any || passes.back() != 0;
        }
        if (!any) return;
        for (std::size_t row = 0; row < column.codes.size(); ++row)
            to[row] |= passes[column.codes[row]];
    }

    Mask anyText(const Node& node) const {
        Node positive = node;
        if (node.op == FilterOp::NotEqual) positive.op = FilterOp::Equal;
        const auto segment = in_.columns.whole(number_);
        Mask result = all(false);
        for (const TextColumn& column : segment->texts)
            addTexts(positive, column, result);
        for (const auto& [name, column] : segment->extra)
            addTexts(positive, column, result);
        if (node.op == FilterOp::NotEqual)
            for (std::uint8_t& passes : result)
                passes ^= 1U;
        return result;
    }

    const Snapshot& in_;
    const SegmentState& segment_;
    std::uint32_t number_;
};

} // namespace

std::vector<std::uint8_t> filterMask(const Snapshot& in, const SegmentState& segment,
                                     const Filter& filter) {
    if (filter.passesAll()) return Mask(segment.info.rows, 1);
    return Evaluation(in, segment).mask(*filter.root());
}

} // namespace postlude
