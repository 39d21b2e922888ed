// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of a parsed filter.
#pragma once

#include "core/case/case.h"
#include "core/format/record.h"
#include "core/query/detail/pattern.h"
#include "core/query/filter.h"

namespace postlude {

enum class FilterOp : std::uint8_t {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Contains,
    Matches
};

/// Part of a record that a test looks at.
struct FilterField {
    enum class Kind : std::uint8_t {
        Text,
        Number,
        Time,
        Line,
        Kind,
        Level,
        Source,
        Host,
        AnyText,
        Extra
    };
    Kind kind = Kind::AnyText;
    TextField text{};
    NumberField number{};
    std::string name; ///< of an extra field
};

/// 10.0.0.0/8 or fd00::/8; 128 bits, IPv4 as ::ffff:a.b.c.d.
struct Network {
    std::array<std::uint8_t, 16> address{};
    unsigned bits = 128;
    [[nodiscard]] bool holds(const std::array<std::uint8_t, 16>& other) const;
};
std::optional<std::array<std::uint8_t, 16>> addressFrom(std::string_view text);
std::optional<Network> networkFrom(std::string_view text);

/// What a field is compared with, read in every way that makes sense for the field.
struct FilterValue {
    std::string text;
    std::string lower;                              ///< text in small letters, for contains
    std::optional<std::pair<double, double>> range; ///< numbers; low = high but for 5xx
    std::optional<std::int64_t> exact = {};         ///< of a time: ns, which no double holds
    std::optional<Network> network;
    std::shared_ptr<const Pattern> pattern; ///< of ~
};

struct Filter::Node {
    enum class Kind : std::uint8_t { And, Or, Not, Test } kind = Kind::Test;
    std::vector<std::shared_ptr<const Node>> children;
    FilterField field;
    FilterOp op = FilterOp::Equal;
    std::vector<FilterValue> values; ///< several only with `in`

    /// Is it a search in the text of the sources, not in fields?
    [[nodiscard]] bool isSearch() const {
        return kind == Kind::Test && field.kind == FilterField::Kind::AnyText &&
               (op == FilterOp::Contains || op == FilterOp::Matches);
    }
};

/// Does a text pass the test? A text that is absent is looked at as "".
bool textPasses(const Filter::Node& test, std::string_view text);
/// Does a number pass? kAbsent passes only ≠ (and not-in has `not`).
bool numberPasses(const Filter::Node& test, std::int64_t number);
/// The numbers that pass, both ends included; for ≠ those that do not. None holds kAbsent.
std::vector<std::pair<std::int64_t, std::int64_t>> numberRanges(const Filter::Node& test);

/// ASCII letters made small.
std::string lowered(std::string_view text);
/// "<NOSRV>" and "-" mean that there was no server.
std::string_view serverName(std::string_view text);

} // namespace postlude
