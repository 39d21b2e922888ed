// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/redraft.h"

#include <algorithm>

namespace postlude {

namespace {

// Beyond so many lines between common ends the middle is told as gone and added.
constexpr std::size_t kMost = 3000;

std::vector<std::string> linesOf(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

using Lines = std::vector<std::string>;

/// The middle of two texts by their longest common subsequence.
void addMiddle(const Lines& a, const Lines& b, std::vector<DiffLine>& to) {
    using Kind = DiffLine::Kind;
    if (a.size() > kMost || b.size() > kMost) {
        for (const std::string& line : a)
            to.push_back({Kind::Gone, line});
        for (const std::string& line : b)
            to.push_back({Kind::Added, line});
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
            to.push_back({Kind::Same, a[i]});
            ++i, ++j;
        } else if (i < a.size() &&
                   (j == b.size() || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
            to.push_back({Kind::Gone, a[i++]});
        } else {
            to.push_back({Kind::Added, b[j++]});
        }
    }
}

} // namespace

std::vector<DiffLine> lineDiff(std::string_view before, std::string_view after) {
    Lines a = linesOf(before);
    Lines b = linesOf(after);
    std::vector<DiffLine> diff;
    std::size_t head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head])
        diff.push_back({DiffLine::Kind::Same, a[head++]});
    Lines tail;
    while (a.size() > head && b.size() > head && a.back() == b.back()) {
        tail.push_back(a.back());
        a.pop_back();
        b.pop_back();
    }
    addMiddle({a.begin() + static_cast<std::ptrdiff_t>(head), a.end()},
              {b.begin() + static_cast<std::ptrdiff_t>(head), b.end()}, diff);
    for (auto line = tail.rbegin(); line != tail.rend(); ++line)
        diff.push_back({DiffLine::Kind::Same, *line});
    return diff;
}

} // namespace postlude
