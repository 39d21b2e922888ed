// SPDX-License-Identifier: GPL-3.0-or-later
// A regular expression that somebody typed: found in time linear to the text, whatever it says.
#pragma once

#include "core/base/error.h"
#include "core/query/detail/required.h"

#include <memory>

namespace postlude {

/// RE2's syntax: no look-around and no references back. ^ and $ are the borders of lines. Text is
/// UTF-8; one that is not is taken byte by byte.
class Pattern {
public:
    static constexpr std::size_t kMostBytes = 10'000;

    /// Error: NotUnderstood with `place.offset` = byte in `text`.
    static Result<std::shared_ptr<const Pattern>> compile(std::string_view text);
    ~Pattern();

    /// Does it match somewhere in `in`? Thread-safe, but threads that share one wait for each
    /// other; see copy().
    [[nodiscard]] bool matches(std::string_view in) const;
    [[nodiscard]] std::shared_ptr<const Pattern> copy() const;
    [[nodiscard]] const Required& required() const { return required_; }

private:
    struct Machines;
    Pattern(std::string_view text, Required required);
    std::unique_ptr<Machines> machines_;
    Required required_;
};

} // namespace postlude
