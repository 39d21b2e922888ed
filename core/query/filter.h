// SPDX-License-Identifier: GPL-3.0-or-later
// The filter language: server = "app1" and status >= 500.
#pragma once

#include "core/base/error.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace postlude {

/// A parsed filter; immutable and cheap to copy. Default-constructed it lets everything pass.
///
///     or    := and { "or" and }          and := not { "and" not }
///     not   := "not" not | "(" or ")" | test
///     test  := field op value | field "in" "(" value { "," value } ")"
///     op    := = != < <= > >= contains ~        (≤ ≥ ≠ are taken too; ~ is a regex)
///     value := "quoted" | word | number [ms|s|m] | RFC 3339 time
///
/// Fields are cli.md's names (status, server, duration_ms, path …), plus `kind`, `level`,
/// `source`, `host` and any extra field of the log by its own name, `time` (corrected) and `line`.
/// `client_ip = 10.0.0.0/8` is a network, `status = 5xx` a class. `contains` takes capital and
/// small letters for the same. A field that the record has not is like "" for texts; of numbers it
/// passes only !=. `duration_ms` and its like take milliseconds unless a unit is written.
///
/// `text contains "word"` and `text ~ "regex"` search the record's own text as its source has it,
/// all lines of it; a lone "quoted" word is the first of these. `text = "word"` is true if any
/// field is just that. Expressions are RE2's, found in linear time: (?i) for any case, ^ and $ for
/// the borders of lines, nothing that looks around.
class Filter {
public:
    Filter() = default;
    /// Errors are NotUnderstood with `place.offset` = byte in `text` and a remedy.
    static Result<Filter> parse(std::string_view text);
    [[nodiscard]] bool passesAll() const { return !root_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    struct Node;
    [[nodiscard]] const Node* root() const { return root_.get(); }

private:
    std::shared_ptr<const Node> root_;
    std::string text_;
};

/// The field names a filter can always use, for completion.
std::vector<std::string> filterFields();

} // namespace postlude
