// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/redraft.h"

#include <algorithm>
#include <functional>
#include <map>

namespace postlude {

namespace {

// Beyond so many lines between common ends the middle is told as gone and added.
constexpr std::size_t kMost = 3000;

/// What is told of a line, and what it is compared by.
struct ReadLine {
    std::string_view text;
    std::string key;
};
using Lines = std::vector<ReadLine>;

bool operator==(const ReadLine& a, const ReadLine& b) {
    return a.key == b.key;
}

Lines linesOf(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back({text.substr(0, end), std::string(text.substr(0, end))});
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

/// The number of a footnote ("[^12]") that begins there; empty: none does.
std::string_view noteAt(std::string_view text, std::size_t at) {
    if (at > 0 && text[at - 1] == '\\') return {};
    if (!text.substr(at).starts_with("[^")) return {};
    const std::size_t end = text.find_first_not_of("0123456789", at + 2);
    if (end == std::string_view::npos || end == at + 2 || text[end] != ']') return {};
    return text.substr(at + 2, end - at - 2);
}

/// Footnotes by what they say, not by their number.
void unnumber(Lines& lines) {
    std::map<std::string_view, std::string_view> notes;
    for (const ReadLine& line : lines)
        if (const auto number = noteAt(line.text, 0); !number.empty())
            if (const auto rest = line.text.substr(number.size() + 3); rest.starts_with(": "))
                notes.emplace(number, rest.substr(2));
    for (ReadLine& line : lines) {
        line.key.clear();
        for (std::size_t at = 0; at < line.text.size();) {
            const std::string_view number = noteAt(line.text, at);
            const auto note = notes.find(number);
            if (number.empty() || note == notes.end()) {
                line.key += line.text[at++];
                continue;
            }
            at += number.size() + 3;
            line.key += "[^";
            if (!line.text.substr(at).starts_with(": "))
                line.key += std::to_string(std::hash<std::string_view>{}(note->second));
            line.key += ']';
        }
    }
}

/// The middle of two texts by their longest common subsequence.
void addMiddle(const Lines& a, const Lines& b, std::vector<DiffLine>& to) {
    using Kind = DiffLine::Kind;
    if (a.size() > kMost || b.size() > kMost) {
        for (const ReadLine& line : a)
            to.push_back({Kind::Gone, std::string(line.text)});
        for (const ReadLine& line : b)
            to.push_back({Kind::Added, std::string(line.text)});
        return;
    }
    const std::size_t width = b.size() + 1;
    std::vector<std::uint16_t> common((a.size() + 1) * width, 0);
    for (std::size_t i = a.size(); i-- > 0;)
        for (std::size_t j = b.size(); j-- > 0;)
            common[i * width + j] =
                a[i] == b[j] ? static_cast<std::uint16_t>(common[(i + 1) * width + j + 1] + 1)
                             : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            to.push_back({Kind::Same, std::string(b[j].text)});
            ++i, ++j;
        } else if (i < a.size() &&
                   (j == b.size() || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
            to.push_back({Kind::Gone, std::string(a[i++].text)});
        } else {
            to.push_back({Kind::Added, std::string(b[j++].text)});
        }
    }
}

std::vector<DiffLine> diffOf(Lines a, Lines b) {
    std::vector<DiffLine> diff;
    std::size_t head = 0;
    for (; head < a.size() && head < b.size() && a[head] == b[head]; ++head)
        diff.push_back({DiffLine::Kind::Same, std::string(b[head].text)});
    std::vector<std::string> tail;
    while (a.size() > head && b.size() > head && a.back() == b.back()) {
        tail.emplace_back(b.back().text);
        a.pop_back();
        b.pop_back();
    }
    addMiddle({a.begin() + static_cast<std::ptrdiff_t>(head), a.end()},
              {b.begin() + static_cast<std::ptrdiff_t>(head), b.end()}, diff);
    for (auto line = tail.rbegin(); line != tail.rend(); ++line)
        diff.push_back({DiffLine::Kind::Same, *line});
    return diff;
}

} // namespace

std::vector<DiffLine> lineDiff(std::string_view before, std::string_view after) {
    return diffOf(linesOf(before), linesOf(after));
}

std::vector<DiffLine> documentDiff(std::string_view before, std::string_view after) {
    Lines a = linesOf(before);
    Lines b = linesOf(after);
    unnumber(a);
    unnumber(b);
    return diffOf(std::move(a), std::move(b));
}

} // namespace postlude
