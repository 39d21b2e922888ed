// SPDX-License-Identifier: GPL-3.0-or-later
// What a single line of a Markdown or plain text looks like.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postlude::reading {

bool blankLine(std::string_view line);
/// Columns before the text; a tab counts four.
std::size_t indentOf(std::string_view line);
/// "---", "* * *", "____", "====".
bool isRule(std::string_view line);

struct HeadingLine {
    int level = 0; ///< 1…6; 0: "#Task 1", marked like one, but a sentence
    std::string_view text;
};
/// "## Timeline", also "##Timeline", "## Timeline ##" and "<h2>Timeline</h2>".
std::optional<HeadingLine> headingOf(std::string_view line);

struct ItemLine {
    bool ordered = false;
    std::optional<bool> checked;
    std::string_view text;
};
/// Any bullet or number people use: "-", "*", "•", "–", "1.", "a)", "(3)", "&nbsp;•", "<li>".
std::optional<ItemLine> itemOf(std::string_view line);

/// Without "> " before it.
std::string_view unquoted(std::string_view line);

/// True if a table's head stands at `at` and its row of dashes below.
bool startsTable(const std::vector<std::string_view>& lines, std::size_t at);
/// What stands between the bars, without blanks; "\|" is a bar.
std::vector<std::string> cellsOf(std::string_view line);

/// True if most lines of the text that do not end a sentence are as long as others: then an
/// editor broke them, and breaks say nothing.
bool isHardWrapped(const std::vector<std::string_view>& lines, std::size_t from);
/// True if `line` carries on the sentence of the line before.
bool goesOn(std::string_view before, std::string_view line, bool wrapped);

/// Where code is fenced in by ``` or ~~~. A fence that is never closed is none.
class Fences {
public:
    explicit Fences(const std::vector<std::string_view>& lines);
    [[nodiscard]] bool opens(std::size_t line) const;
    [[nodiscard]] std::size_t closeOf(std::size_t line) const;

private:
    struct Mark {
        char sign = 0;
        std::size_t length = 0;
        bool bare = false; ///< nothing behind it: it may close
    };
    static Mark markOf(std::string_view line);
    std::vector<Mark> marks_;
    std::vector<std::size_t> longestTick_, longestTilde_; ///< of closing marks from here on
};

} // namespace postlude::reading
