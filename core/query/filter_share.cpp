// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/detail/filter_share.h"

#include <algorithm>

namespace postlude {

namespace {

using Node = Filter::Node;
using FieldKind = FilterField::Kind;

/// Of everything that a row may hold.
class Tally {
public:
    void add(bool passes) { (passes ? yes_ : no_) = true; }
    void add(Share share) {
        yes_ = yes_ || share != Share::None;
        no_ = no_ || share != Share::All;
    }
    [[nodiscard]] Share share() const {
        if (yes_ && no_) return Share::Some;
        return yes_ ? Share::All : Share::None;
    }

private:
    bool yes_ = false, no_ = false;
};

Share inverse(Share share) {
    if (share == Share::Some) return share;
    return share == Share::All ? Share::None : Share::All;
}

/// Of numbers from `low` to `high`.
Share between(const Node& node, std::int64_t low, std::int64_t high) {
    Share share = Share::None;
    for (const auto& [from, to] : numberRanges(node)) {
        if (from <= low && high <= to) share = Share::All;
        if (share == Share::None && from <= high && low <= to) share = Share::Some;
    }
    return node.op == FilterOp::NotEqual ? inverse(share) : share;
}

Share numbers(const Node& node, const ColumnSummary* column) {
    Tally tally;
    if (!column || column->gaps) tally.add(numberPasses(node, kAbsent));
    if (!column || column->min == kAbsent) return tally.share();
    if (column->listed)
        for (const std::int64_t value : column->values)
            tally.add(numberPasses(node, value));
    else
        tally.add(between(node, column->min, column->max));
    return tally.share();
}

/// Level 0 is a record without one.
Share levels(const Node& node, const ColumnSummary* column) {
    Tally tally;
    if (!column)
        tally.add(numberPasses(node, kAbsent));
    else if (!column->listed)
        return Share::Some;
    else
        for (const std::int64_t value : column->values)
            tally.add(numberPasses(node, value == 0 ? kAbsent : value));
    return tally.share();
}

Share texts(const Node& node, const ColumnSummary* column, std::string_view ifAbsent) {
    const bool server = node.field.kind == FieldKind::Text && node.field.text == TextField::Server;
    if (column && !column->listed) return Share::Some;
    Tally tally;
    if (!column || column->gaps) tally.add(textPasses(node, ifAbsent));
    if (column)
        for (const std::string_view text : column->texts)
            tally.add(textPasses(node, server ? serverName(text) : text));
    return tally.share();
}

/// A record without a time stands where one before it does.
Share times(const Node& node, const State& state, const SegmentState& segment) {
    return between(node, state.begins(segment, ClockView::Corrected),
                   state.ends(segment, ClockView::Corrected));
}

Share testShare(const Node& node, const State& state, const SegmentState& segment) {
    const SourceInfo& source = state.sources[segment.source].info;
    const auto column = [&](const std::string& name) { return segment.index->find(name); };
    switch (node.field.kind) {
    case FieldKind::Text:
        return texts(node, column(columnName(node.field.text)), {});
    case FieldKind::Extra:
        return texts(node, column("extra:" + node.field.name), {});
    case FieldKind::Host:
        return texts(node, column(columnName(TextField::Host)), source.host);
    case FieldKind::Source:
        return textPasses(node, source.path) ? Share::All : Share::None;
    case FieldKind::AnyText:
        return Share::Some;
    case FieldKind::Number:
        return numbers(node, column(std::string(nameOf(node.field.number))));
    case FieldKind::Line:
        return between(node, static_cast<std::int64_t>(segment.info.firstLine),
                       static_cast<std::int64_t>(segment.info.lastLine));
    case FieldKind::Time:
        return times(node, state, segment);
    case FieldKind::Kind:
        return numbers(node, column("kind"));
    case FieldKind::Level:
        return levels(node, column("level"));
    }
    return Share::Some;
}

Share all(const Node& node, const State& state, const SegmentState& segment) {
    Share least = Share::All;
    for (const auto& child : node.children)
        least = std::min(least, shareOf(*child, state, segment));
    return least;
}

Share any(const Node& node, const State& state, const SegmentState& segment) {
    Share most = Share::None;
    for (const auto& child : node.children)
        most = std::max(most, shareOf(*child, state, segment));
    return most;
}

} // namespace

Share shareOf(const Node& node, const State& state, const SegmentState& segment) {
    if (!segment.index) return Share::Some;
    switch (node.kind) {
    case Node::Kind::And:
        return all(node, state, segment);
    case Node::Kind::Or:
        return any(node, state, segment);
    case Node::Kind::Not:
        return inverse(shareOf(*node.children.front(), state, segment));
    case Node::Kind::Test:
        break;
    }
    return testShare(node, state, segment);
}

} // namespace postlude
