// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/lines.h"
#include "core/postmortem/detail/writtentime.h"

#include "core/base/text.h"
#include "core/postmortem/detail/blocks.h"

#include <algorithm>
#include <array>

namespace postlude::reading {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}

bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}

/// Takes away `what` from the start, if it is there.
bool take(std::string_view& text, std::string_view what) {
    if (!text.starts_with(what)) return false;
    text.remove_prefix(what.size());
    return true;
}

/// True where a bullet or number may end.
bool gap(std::string_view text) {
    return text.empty() || text.front() == ' ' || text.front() == '\t' ||
           text.starts_with("\u00A0") || text.starts_with("&nbsp;");
}

void takeBlanks(std::string_view& text) {
    while (take(text, " ") || take(text, "\t") || take(text, "\u00A0") || take(text, "&nbsp;")) {
    }
}

bool takeBullet(std::string_view& text) {
    for (const std::string_view sign : {"•", "◦", "▪", "‣", "●", "○", "■", "➢", "✓"})
        if (take(text, sign)) return true;
    std::string_view rest = text;
    for (const std::string_view sign : {"-", "*", "+", "–", "—", "·"})
        if (take(rest, sign) && gap(rest) && !rest.empty()) {
            text = rest;
            return true;
        } else {
            rest = text;
        }
    return take(text, "<li>");
}

/// "1.", "12)", "(3)", "a)", but neither "10.12:30" nor "2024.".
bool takeNumber(std::string_view& text) {
    std::string_view rest = text;
    const bool bracket = take(rest, "(");
    std::size_t digits = 0;
    while (digits < rest.size() && isDigit(rest[digits]))
        ++digits;
    const bool letter = digits == 0 && !rest.empty() && isLower(rest[0]);
    if (digits > 3 || (digits == 0 && !letter)) return false;
    rest.remove_prefix(letter ? 1 : digits);
    const bool closed = bracket || letter ? take(rest, ")") : take(rest, ".") || take(rest, ")");
    if (!closed || rest.empty() || !gap(rest)) return false;
    text = rest;
    return true;
}

std::optional<bool> takeCheckBox(std::string_view& text) {
    for (const auto& [box, done] : {std::pair{"[ ]", false},
                                    {"[]", false},
                                    {"[x]", true},
                                    {"[X]", true},
                                    {"☐", false},
                                    {"☑", true},
                                    {"✅", true}}) {
        std::string_view rest = text;
        if (!take(rest, box) || !gap(rest)) continue;
        text = rest;
        takeBlanks(text);
        return done;
    }
    return {};
}

bool isDelimiterRow(std::string_view line) {
    const std::string_view row = trimmed(line);
    return row.find('-') != std::string_view::npos && row.find('|') != std::string_view::npos &&
           row.find_first_not_of("|-: \t") == std::string_view::npos;
}

bool endsSentence(std::string_view line) {
    line = trimmed(line);
    while (!line.empty() && std::string_view("\"')*_`").find(line.back()) != std::string_view::npos)
        line.remove_suffix(1);
    return line.empty() || std::string_view(".!?:;").find(line.back()) != std::string_view::npos;
}

} // namespace

bool blankLine(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.empty()) return true;
    std::string_view rest = text;
    takeBlanks(rest);
    return rest.empty() || rest == "<br>" || rest == "<br/>";
}

std::size_t indentOf(std::string_view line) {
    std::size_t columns = 0;
    while (!line.empty()) {
        if (take(line, " ") || take(line, "\u00A0") || take(line, "&nbsp;"))
            ++columns;
        else if (take(line, "\t"))
            columns += 4;
        else
            break;
    }
    return columns;
}

bool isRule(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.size() < 3) return false;
    const char sign = text.front();
    if (std::string_view("-*_=").find(sign) == std::string_view::npos) return false;
    std::size_t signs = 0;
    for (const char c : text) {
        if (c != sign && c != ' ') return false;
        if (c == sign) ++signs;
    }
    return signs >= 3;
}

std::optional<HeadingLine> headingOf(std::string_view line) {
    std::string_view text = trimmed(line);
    for (char level = '1'; level <= '6'; ++level) {
        const std::array<char, 4> open{'<', 'h', level, '>'};
        const std::string_view tag(open.data(), open.size());
        const std::size_t end = text.find("</h");
        if (text.starts_with(tag) && end != std::string_view::npos && end + 5 == text.size())
            return HeadingLine{level - '0', trimmed(text.substr(4, end - 4))};
    }
    std::size_t signs = 0;
    while (signs < text.size() && text[signs] == '#')
        ++signs;
    if (signs == 0 || signs > 6) return {};
    const bool glued = signs < text.size() && text[signs] != ' ' && text[signs] != '\t';
    std::string_view rest = trimmed(text.substr(signs));
    if (glued && !isUpper(rest.front()) && !rest.starts_with('*')) return {}; // "#1", "#hashtag"
    const std::size_t end = rest.find_last_not_of('#');
    if (end != std::string_view::npos && end + 1 < rest.size() && rest[end] == ' ')
        rest = trimmed(rest.substr(0, end));
    return HeadingLine{static_cast<int>(signs), rest};
}

std::optional<ItemLine> itemOf(std::string_view line) {
    std::string_view text = unquoted(line);
    takeBlanks(text);
    ItemLine item;
    item.ordered = takeNumber(text);
    if (!item.ordered && !takeBullet(text)) {
        item.checked = takeCheckBox(text);
        if (!item.checked) return {};
        item.text = trimmed(text);
        return item;
    }
    takeBlanks(text);
    if (text.ends_with("</li>")) text.remove_suffix(5);
    item.checked = takeCheckBox(text);
    item.text = trimmed(text);
    return item;
}

std::string_view unquoted(std::string_view line) {
    std::string_view text = trimmed(line);
    while (text.starts_with('>'))
        text = trimmed(text.substr(1));
    return text;
}

bool startsTable(const std::vector<std::string_view>& lines, std::size_t at) {
    return at + 1 < lines.size() && lines[at].find('|') != std::string_view::npos &&
           isDelimiterRow(lines[at + 1]);
}

std::vector<std::string> cellsOf(std::string_view line) {
    std::string_view row = trimmed(line);
    if (row.starts_with('|')) row.remove_prefix(1);
    if (row.ends_with('|') && !row.ends_with("\\|")) row.remove_suffix(1);
    std::vector<std::string> cells(1);
    for (std::size_t at = 0; at < row.size(); ++at) {
        if (row[at] == '\\' && at + 1 < row.size()) {
            if (row[at + 1] != '|') cells.back() += '\\';
            cells.back() += row[++at];
        } else if (row[at] == '|') {
            cells.emplace_back();
        } else {
            cells.back() += row[at];
        }
    }
    for (std::string& cell : cells)
        cell = std::string(trimmed(cell));
    return cells;
}

bool isHardWrapped(const std::vector<std::string_view>& lines, std::size_t from) {
    std::size_t broken = 0;
    std::size_t whole = 0;
    for (std::size_t i = from; i + 1 < lines.size(); ++i) {
        if (blankLine(lines[i]) || blankLine(lines[i + 1]) || itemOf(lines[i + 1]) ||
            headingOf(lines[i]))
            continue;
        const std::size_t size = trimmed(lines[i]).size();
        if (size >= 55 && size <= 130 && !endsSentence(lines[i]))
            ++broken;
        else
            ++whole;
    }
    return broken >= 3 && broken * 2 >= whole;
}

namespace {

bool startsWithTime(std::string_view text) {
    const auto span = text.size() > 2 && text.size() < 4096 ? spanAtStart(text) : std::nullopt;
    return span && span->from.ofDay;
}

} // namespace

bool goesOn(std::string_view before, std::string_view line, bool wrapped) {
    if (before.ends_with("  ") || before.ends_with('\\')) return false;
    const std::string_view text = trimmed(line);
    const std::string_view previous = trimmed(before);
    if (text.starts_with("**") || text.starts_with("__") || text.starts_with('[') ||
        text.starts_with('<') || text.starts_with('|') || text.starts_with('>') ||
        isDigit(text.front()))
        return wrapped && !text.starts_with("**") && previous.size() >= 50 &&
               !endsSentence(previous);
    if (const auto label = labelOf(text); label && isUpper(text.front())) return false;
    if (!wrapped && startsWithTime(text)) return false; // "around 14:05", below other entries
    if (wrapped) return previous.size() >= 50 || !endsSentence(previous);
    if (endsSentence(previous)) return false;
    return isLower(text.front());
}

Fences::Mark Fences::markOf(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (!text.starts_with("```") && !text.starts_with("~~~")) return {};
    Mark mark{.sign = text.front(), .length = 0, .bare = false};
    while (mark.length < text.size() && text[mark.length] == mark.sign)
        ++mark.length;
    const std::string_view rest = text.substr(mark.length);
    mark.bare = rest.empty();
    if (rest.find(mark.sign) != std::string_view::npos) return {}; // code within a line
    return mark;
}

Fences::Fences(const std::vector<std::string_view>& lines)
    : marks_(lines.size())
    , longestTick_(lines.size() + 1)
    , longestTilde_(lines.size() + 1) {
    for (std::size_t i = lines.size(); i-- > 0;) {
        marks_[i] = markOf(lines[i]);
        longestTick_[i] = longestTick_[i + 1];
        longestTilde_[i] = longestTilde_[i + 1];
        if (!marks_[i].bare) continue;
        std::size_t& longest = marks_[i].sign == '`' ? longestTick_[i] : longestTilde_[i];
        longest = std::max(longest, marks_[i].length);
    }
}

bool Fences::opens(std::size_t line) const {
    const Mark& mark = marks_[line];
    if (mark.sign == 0) return false;
    return (mark.sign == '`' ? longestTick_ : longestTilde_)[line + 1] >= mark.length;
}

std::size_t Fences::closeOf(std::size_t line) const {
    std::size_t at = line + 1;
    while (!(marks_[at].bare && marks_[at].sign == marks_[line].sign &&
             marks_[at].length >= marks_[line].length))
        ++at;
    return at;
}

} // namespace postlude::reading
