// SPDX-License-Identifier: GPL-3.0-or-later
// Does one value pass one test?
#include "core/query/detail/filter_node.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace postlude {

namespace {

template <class Number>
bool inOrder(FilterOp op, Number number, const std::pair<Number, Number>& range) {
    switch (op) {
    case FilterOp::Equal:
        return number >= range.first && number <= range.second;
    case FilterOp::Less:
        return number < range.first;
    case FilterOp::AtMost:
        return number <= range.second;
    case FilterOp::Greater:
        return number > range.second;
    case FilterOp::AtLeast:
        return number >= range.first;
    default:
        return false;
    }
}

std::optional<double> numberIn(std::string_view text) {
    double number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

/// A number without quotes is one however a log writes it: 3 is 3.0.
bool equals(const FilterValue& value, std::string_view text) {
    if (value.text == text) return true;
    if (value.range) {
        const auto number = numberIn(text);
        return number && inOrder(FilterOp::Equal, *number, *value.range);
    }
    if (!value.network) return false;
    const auto address = addressFrom(text);
    return address && value.network->holds(*address);
}

bool contains(const FilterValue& value, std::string_view text) {
    return lowered(text).find(value.lower) != std::string::npos;
}

bool matches(const FilterValue& value, std::string_view text) {
    return value.pattern->matches(text);
}

/// The nearest whole number, for comparisons that are safe at both ends.
std::int64_t wholeFrom(double number) {
    constexpr double kEdge = 9.2e18;
    return static_cast<std::int64_t>(std::clamp(number, -kEdge, kEdge));
}

bool ordered(FilterOp op, const FilterValue& value, std::string_view text) {
    const auto number = numberIn(text);
    return number && value.range && inOrder(op, *number, *value.range);
}

} // namespace

bool textPasses(const Filter::Node& test, std::string_view text) {
    const auto any = [&](auto passes) {
        return std::ranges::any_of(test.values,
                                   [&](const FilterValue& v) { return passes(v, text); });
    };
    switch (test.op) {
    case FilterOp::Equal:
        return any(equals);
    case FilterOp::NotEqual:
        return !any(equals);
    case FilterOp::Contains:
        return any(contains);
    case FilterOp::Matches:
        return any(matches);
    default:
        return ordered(test.op, test.values.front(), text);
    }
}

bool numberPasses(const Filter::Node& test, std::int64_t number) {
    const bool negated = test.op == FilterOp::NotEqual;
    if (number == kAbsent) return negated;
    const FilterOp op = negated ? FilterOp::Equal : test.op;
    return negated != std::ranges::any_of(test.values, [&](const FilterValue& value) {
               if (value.exact) return inOrder(op, number, std::pair(*value.exact, *value.exact));
               return value.range && inOrder(op, static_cast<double>(number), *value.range);
           });
}

std::vector<std::pair<std::int64_t, std::int64_t>> numberRanges(const Filter::Node& test) {
    constexpr std::int64_t kLeast = kAbsent + 1;
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
    for (const FilterValue& value : test.values) {
        if (!value.range) continue;
        const std::int64_t from = value.exact.value_or(wholeFrom(std::ceil(value.range->first)));
        const std::int64_t to = value.exact.value_or(wholeFrom(std::floor(value.range->second)));
        switch (test.op) {
        case FilterOp::Less:
            if (from > kLeast) ranges.emplace_back(kLeast, from - 1);
            break;
        case FilterOp::AtMost:
            ranges.emplace_back(kLeast, to);
            break;
        case FilterOp::Greater:
            if (to < kMost) ranges.emplace_back(to + 1, kMost);
            break;
        case FilterOp::AtLeast:
            ranges.emplace_back(from, kMost);
            break;
        default:
            ranges.emplace_back(from, to);
        }
    }
    return ranges;
}

std::string lowered(std::string_view text) {
    std::string low(text);
    for (char& c : low)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return low;
}

std::string_view serverName(std::string_view text) {
    return text == "<NOSRV>" || text == "-" ? std::string_view{} : text;
}

} // namespace postlude
