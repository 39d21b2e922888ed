// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/words.h"

#include "core/analysis/detail/masks.h"

#include <algorithm>

namespace postlude::detail {

namespace {

using Pieces = std::vector<std::string_view>;

constexpr std::string_view kValue{"\x1A", 1};

bool parts(char c) {
    return partsWords(c) || c == kGlue;
}

/// What stands between separators, and each separator.
Pieces piecesOf(std::string_view word) {
    Pieces out;
    for (std::size_t i = 0; i < word.size();) {
        std::size_t end = i + 1;
        while (!parts(word[i]) && end < word.size() && !parts(word[end]))
            ++end;
        out.push_back(word.substr(i, end - i));
        i = end;
    }
    return out;
}

/// Values that touch, or that only a point parts, are one.
void append(std::string& to, std::string_view piece) {
    if (piece == kValue) {
        const std::size_t n = to.size();
        if (n > 1 && to[n - 1] == '.' && to[n - 2] == kVariable) to.pop_back();
        if (!to.empty() && to.back() == kVariable) return;
    }
    to += piece;
}

bool builtAlike(const Pieces& a, const Pieces& b) {
    return std::ranges::equal(a, b, [](std::string_view p, std::string_view q) {
        return p == q || (!parts(p[0]) && !parts(q[0]));
    });
}

/// How many pieces are the same at the beginning and at the end.
struct Ends {
    std::size_t front = 0, back = 0;
};
Ends endsOf(const Pieces& x, const Pieces& y) {
    const std::size_t most = std::min(x.size(), y.size());
    Ends out;
    while (out.front < most && x[out.front] == y[out.front])
        ++out.front;
    while (out.back < most - out.front && x[x.size() - 1 - out.back] == y[y.size() - 1 - out.back])
        ++out.back;
    return out;
}

/// "node1" and "node2".
bool sameButNumber(std::string_view a, std::string_view b) {
    const auto letters = [](std::string_view w) {
        return w.substr(0, w.find_last_not_of("0123456789") + 1);
    };
    return letters(a) == letters(b) && letters(a).size() < std::min(a.size(), b.size());
}

/// A value with its unit.
bool isMeasure(std::string_view word) {
    return word.find(kGlue) != word.npos;
}

} // namespace

void splitWords(std::string_view masked, std::vector<std::string_view>& out) {
    out.clear();
    while (!masked.empty()) {
        const auto blank = std::min(masked.find(' '), masked.size());
        out.push_back(masked.substr(0, blank));
        masked.remove_prefix(std::min(blank + 1, masked.size()));
    }
}

std::string commonOf(std::string_view a, std::string_view b) {
    const Pieces x = piecesOf(a), y = piecesOf(b);
    std::string out;
    const bool otherUnit = isMeasure(a) || isMeasure(b);
    if (!otherUnit && builtAlike(x, y)) {
        for (std::size_t i = 0; i < x.size(); ++i)
            append(out, x[i] == y[i] ? x[i] : kValue);
        return out;
    }
    const Ends ends = endsOf(x, y);
    for (std::size_t i = 0; i < ends.front && x[i][0] != kGlue; ++i)
        append(out, x[i]);
    append(out, kValue);
    for (std::size_t i = x.size() - ends.back; i < x.size(); ++i)
        append(out, x[i]);
    return out;
}

bool differByValue(std::string_view a, std::string_view b) {
    if (isMeasure(a) || isMeasure(b)) return true; // other units
    const Pieces x = piecesOf(a), y = piecesOf(b);
    const Ends ends = endsOf(x, y);
    const auto isOneValue = [&](const Pieces& p) {
        return p.size() - ends.front - ends.back == 1 && p[ends.front] == kValue;
    };
    if (isOneValue(x) || isOneValue(y)) return true;
    if (x.size() != y.size()) return false;
    for (std::size_t i = 0; i < x.size(); ++i)
        if (x[i] != y[i] && x[i] != kValue && y[i] != kValue && !sameButNumber(x[i], y[i]))
            return false;
    return true;
}

bool fits(std::string_view pattern, std::string_view word) {
    const std::size_t first = pattern.find(kVariable);
    const std::string_view tail = pattern.substr(pattern.rfind(kVariable) + 1);
    return word.size() > first + tail.size() && word.starts_with(pattern.substr(0, first)) &&
           word.ends_with(tail);
}

bool hasVariable(std::string_view word) {
    return word.find(kVariable) != word.npos;
}

} // namespace postlude::detail
