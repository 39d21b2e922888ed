// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/detail/filter_values.h"

#include "core/base/time.h"

#include <arpa/inet.h>

#include <charconv>
#include <cmath>

namespace postlude {

namespace {

using Range = std::pair<double, double>;
using FieldKind = FilterField::Kind;

struct Unit {
    std::string_view name;
    std::int64_t ns;
};
constexpr Unit kUnits[] = {{"ns", 1},
                           {"us", 1'000},
                           {"µs", 1'000},
                           {"ms", 1'000'000},
                           {"s", 1'000'000'000},
                           {"min", 60'000'000'000},
                           {"m", 60'000'000'000},
                           {"h", 3'600'000'000'000}};

/// A number and what stands behind it.
std::optional<std::pair<double, std::string_view>> numberFrom(std::string_view text) {
    double value = 0;
    const auto [end, code] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (code != std::errc{} || !std::isfinite(value)) return {};
    return std::pair{value, text.substr(static_cast<std::size_t>(end - text.data()))};
}

/// Digit by digit: 0.267 times 1e9 is not 267000000 in floating point. Empty where it is no whole
/// number of nanoseconds, or beyond what a double holds exactly.
std::optional<double> nanosecondsIn(std::string_view decimal, std::int64_t unit) {
    constexpr std::int64_t kMost = std::int64_t{1} << 53U;
    const bool negative = decimal.starts_with('-');
    if (negative) decimal.remove_prefix(1);
    std::int64_t whole = 0, part = 0;
    std::int64_t left = unit; // of a unit, that the next digit behind the point counts a tenth of
    bool behind = false;
    for (const char c : decimal) {
        if (c == '.') {
            behind = true;
        } else if (!behind) {
            whole = whole * 10 + (c - '0');
            if (whole > kMost / unit) return {};
        } else if (c != '0' || left % 10 == 0) {
            if (left % 10 != 0) return {};
            left /= 10;
            part += left * (c - '0');
        }
    }
    const auto ns = static_cast<double>(whole * unit + part);
    return negative ? -ns : ns;
}

/// Without a unit it is in milliseconds, as the fields' names say.
std::optional<Range> durationFrom(std::string_view text) {
    const auto number = numberFrom(text);
    if (!number) return {};
    std::int64_t unit = 1'000'000;
    if (!number->second.empty()) {
        const auto* named = std::ranges::find(kUnits, number->second, &Unit::name);
        if (named == std::end(kUnits)) return {};
        unit = named->ns;
    }
    const double ns = nanosecondsIn(text.substr(0, text.size() - number->second.size()), unit)
                          .value_or(number->first * static_cast<double>(unit));
    return Range{ns, ns};
}

/// 503, or 5xx for 500 to 599.
std::optional<Range> plainFrom(std::string_view text) {
    if (text.size() == 3 && text[0] >= '1' && text[0] <= '9' && lowered(text.substr(1)) == "xx")
        return Range{(text[0] - '0') * 100, (text[0] - '0') * 100 + 99};
    const auto number = numberFrom(text);
    if (!number || !number->second.empty()) return {};
    return Range{number->first, number->first};
}

Result<FilterValue> timeValue(FilterValue value, const FilterToken& token) {
    const auto time = fromRfc3339(token.text);
    if (!time)
        return std::unexpected(
            filterError(token.at, "this is no time", "write it as 2024-01-15T09:59:16Z"));
    value.exact = nanoseconds(*time);
    value.range = Range{*value.exact, *value.exact};
    return value;
}

std::optional<Range> kindFrom(std::string_view text) {
    for (int i = 0; i < kRecordKinds; ++i)
        if (nameOf(static_cast<RecordKind>(i)) == lowered(text)) return Range{i, i};
    return {};
}

std::optional<Range> levelRange(std::string_view text) {
    const Level level = levelFrom(text);
    if (level == Level::None) return {};
    return Range{static_cast<double>(level), static_cast<double>(level)};
}

Result<FilterValue> numeric(FilterValue value, std::optional<Range> range, std::size_t at,
                            const char* what, const char* remedy) {
    if (!range) return std::unexpected(filterError(at, what, remedy));
    value.range = range;
    return value;
}

bool isOrder(FilterOp op) {
    return op == FilterOp::Less || op == FilterOp::AtMost || op == FilterOp::Greater ||
           op == FilterOp::AtLeast;
}

bool isText(FieldKind kind) {
    return kind == FieldKind::Text || kind == FieldKind::AnyText || kind == FieldKind::Extra ||
           kind == FieldKind::Source || kind == FieldKind::Host;
}

Result<FilterValue> textValue(const FilterField& field, FilterOp op, const FilterToken& token,
                              FilterValue value) {
    if (op == FilterOp::Matches) {
        auto pattern = Pattern::compile(token.text);
        if (!pattern)
            return std::unexpected(filterError(token.placeOf(pattern.error().place.offset),
                                               pattern.error().what, pattern.error().remedy));
        value.pattern = *std::move(pattern);
    }
    if (op == FilterOp::Equal || op == FilterOp::NotEqual) {
        const bool address = field.kind == FieldKind::Text && field.text == TextField::ClientIp;
        if (address && token.text.find('/') != std::string::npos) {
            value.network = networkFrom(token.text);
            if (!value.network)
                return std::unexpected(filterError(token.at, "this is no network",
                                                   "write it as 10.0.0.0/8 or fd00::/8"));
        }
    }
    if (field.kind == FieldKind::Extra && token.kind == FilterToken::Kind::Word)
        value.range = plainFrom(token.text);
    return value;
}

} // namespace

FilterField filterFieldNamed(std::string_view name) {
    const std::string low = lowered(name);
    if (low == "time") return {FieldKind::Time, {}, {}, {}};
    if (low == "line") return {FieldKind::Line, {}, {}, {}};
    if (low == "kind") return {FieldKind::Kind, {}, {}, {}};
    if (low == "level") return {FieldKind::Level, {}, {}, {}};
    if (low == "source") return {FieldKind::Source, {}, {}, {}};
    if (low == "host") return {FieldKind::Host, TextField::Host, {}, {}};
    if (low == "text") return {FieldKind::AnyText, {}, {}, {}};
    if (const auto text = textFieldNamed(low)) return {FieldKind::Text, *text, {}, {}};
    if (const auto number = numberFieldNamed(low)) return {FieldKind::Number, {}, *number, {}};
    return {FieldKind::Extra, {}, {}, std::string(name)};
}

Result<FilterValue> filterValue(const FilterField& field, FilterOp op, const FilterToken& token) {
    FilterValue value{token.text, lowered(token.text), {}, {}, {}, {}};
    switch (field.kind) {
    case FieldKind::Time:
        return timeValue(std::move(value), token);
    case FieldKind::Kind:
        return numeric(std::move(value), kindFrom(token.text), token.at, "there is no such kind",
                       "one of request, message, server_state, change, alert, chat");
    case FieldKind::Level:
        return numeric(
            std::move(value), levelRange(token.text), token.at, "there is no such level",
            "one of trace, debug, info, notice, warning, error, critical, alert, emergency");
    case FieldKind::Line:
        return numeric(std::move(value), plainFrom(token.text), token.at, "this is no number",
                       "write a whole number");
    case FieldKind::Number:
        if (isDuration(field.number))
            return numeric(std::move(value), durationFrom(token.text), token.at,
                           "this is no duration", "write it as 250, 250ms, 1.5s or 2m");
        if (field.number == NumberField::End) return timeValue(std::move(value), token);
        return numeric(std::move(value), plainFrom(token.text), token.at, "this is no number",
                       "write a number, or 5xx for 500 to 599");
    default:
        return textValue(field, op, token, std::move(value));
    }
}

Result<void> checkFilterTest(const Filter::Node& test, std::size_t sign) {
    const FieldKind kind = test.field.kind;
    const bool textual = test.op == FilterOp::Contains || test.op == FilterOp::Matches;
    if (textual && !isText(kind))
        return std::unexpected(
            filterError(sign, "this comparison is for texts", "use = != < <= > >="));
    if (isOrder(test.op) && (kind == FieldKind::Kind || (isText(kind) && kind != FieldKind::Extra)))
        return std::unexpected(
            filterError(sign, "this field has no order", "use = != contains ~ in"));
    if (isOrder(test.op) && kind == FieldKind::Extra && !test.values.front().range)
        return std::unexpected(filterError(sign, "only numbers can be compared like this",
                                           "write a number without quotes"));
    return {};
}

std::optional<std::array<std::uint8_t, 16>> addressFrom(std::string_view text) {
    const std::string zero(text.substr(0, 64));
    std::array<std::uint8_t, 16> address{};
    if (::inet_pton(AF_INET6, zero.c_str(), address.data()) == 1) return address;
    address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0};
    if (::inet_pton(AF_INET, zero.c_str(), address.data() + 12) == 1) return address;
    return {};
}

std::optional<Network> networkFrom(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto address = addressFrom(text.substr(0, slash));
    if (!address || slash == std::string_view::npos) return {};
    const bool four = text.substr(0, slash).find(':') == std::string_view::npos;
    unsigned bits = 0;
    const std::string_view length = text.substr(slash + 1);
    const auto [end, code] = std::from_chars(length.data(), length.data() + length.size(), bits);
    if (code != std::errc{} || end != length.data() + length.size() || bits > (four ? 32U : 128U))
        return {};
    return Network{*address, four ? bits + 96 : bits};
}

bool Network::holds(const std::array<std::uint8_t, 16>& other) const {
    for (unsigned i = 0; i < 16 && i * 8 < bits; ++i) {
        const unsigned left = bits - i * 8;
        const unsigned mask = left >= 8 ? 0xFFU : (0xFFU << (8 - left)) & 0xFFU;
        if ((address[i] & mask) != (other[i] & mask)) return false;
    }
    return true;
}

} // namespace postlude
