// SPDX-License-Identifier: GPL-3.0-or-later
// A text as people wrote it, taken apart into headings, items, lines and tables. More tolerant
// than CommonMark: what is indented is no code, line breaks may carry meaning, any bullet counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postlude::reading {

struct Block {
    enum class Kind : std::uint8_t { Heading, Text, Item, Table, Code, Comment };
    Kind kind = Kind::Text;
    int level = 0;               ///< of a heading, 1…6
    std::size_t indent = 0;      ///< columns before the text, or before an item's bullet
    bool ordered = false;        ///< an item with a number
    bool afterBlank = false;     ///< a blank line (or the start of the text) stands before it
    std::optional<bool> checked; ///< of an item with a check box
    std::string text;            ///< Markdown without the marker, on one line; of Code its lines
    std::vector<std::vector<std::string>> rows; ///< of a table, Markdown; the first holds the heads
    std::size_t first = 0, last = 0;            ///< lines of the text, 0-based, both included
};

std::vector<std::string_view> linesOf(std::string_view text);
/// The blocks of lines `from` and after, in order. Takes time linear in the text.
std::vector<Block> blocksOf(const std::vector<std::string_view>& lines, std::size_t from);

/// Lines `first` to `last` as they stand.
std::string verbatim(const std::vector<std::string_view>& lines, std::size_t first,
                     std::size_t last);

/// Text without markup, blanks made single. Targets of links and addresses of pictures stand in
/// brackets behind their text; HTML that says more than bold or line break stays as it is.
std::string plainText(std::string_view markdown);

/// The text inside, if it is bold (or underlined by `<b>`) as a whole: "**Timeline:**".
std::optional<std::string_view> whollyBold(std::string_view markdown);

/// "**Impact:** users …", "Impact: users …", "**Impact** – users …".
struct Label {
    std::string name;      ///< plain: "Impact"
    std::string_view rest; ///< Markdown, without blanks at its ends
};
std::optional<Label> labelOf(std::string_view markdown);

} // namespace postlude::reading
