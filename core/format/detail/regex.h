// SPDX-License-Identifier: GPL-3.0-or-later
// Regular expressions in Perl's syntax, by PCRE2: it makes code for the processor of them, bounds
// its own steps, and formats written for lnav are in its syntax already.
#pragma once

#include "core/base/error.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postlude {

/// One pattern. Cheap to copy; immutable, so that any thread may match with it.
class Regex {
public:
    /// What a text has to hold to match: the pattern somewhere in it, or nothing else.
    enum class Fits : std::uint8_t { Anywhere, Whole };
    /// NotUnderstood with the place in the pattern (Error::place.byte, from 1).
    static Result<Regex> compile(std::string_view pattern, Fits fits = Fits::Anywhere);
    /// Capturing groups that have a name, in their order.
    [[nodiscard]] const std::vector<std::pair<int, std::string>>& names() const { return names_; }

private:
    friend class RegexMatch;
    Regex() = default;
    std::shared_ptr<const void> code_;
    std::vector<std::pair<int, std::string>> names_;
};

/// What to say of a line that was given up on.
inline constexpr std::string_view kTooComplex =
    "its pattern tries too many ways to read this line; write it so that each part ends in one way";

/// Matches, one after the other, and what the last one found; not thread-safe. A group's view
/// points into the text that was matched.
class RegexMatch {
public:
    enum class Verdict : std::uint8_t {
        No,
        Yes,
        Partly,     ///< only of begins(): it could go on so that it matches
        TooComplex, ///< given up after a million steps, or when it goes too deep
    };
    Verdict find(const Regex& regex, std::string_view text);
    /// From the text's beginning, with a pattern that fits anywhere; Partly is possible.
    Verdict begins(const Regex& regex, std::string_view text);
    /// Null data if the group took no part; 0 is the whole match.
    [[nodiscard]] std::string_view operator[](int group) const;

private:
    Verdict run(const Regex& regex, std::string_view text, std::uint32_t options);

    std::unique_ptr<void, void (*)(void*)> found_{
        nullptr, nullptr}; ///< made for the first text: most parsers never see one
    std::string_view text_;
    int groups_ = 0; ///< that are set
};

} // namespace postlude
