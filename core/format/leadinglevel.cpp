// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/leadinglevel.h"

#include "core/format/detail/chars.h"

#include <algorithm>

namespace postlude {

namespace {

constexpr std::size_t kLongest = 9; // "EMERGENCY"

/// levelFrom() knows more, such as "http" and "c", which may begin any text.
bool isLevelWord(std::string_view word) {
    static constexpr std::string_view words[] = {
        "trace",    "debug", "info",  "notice",    "warn",  "warning", "error", "err",
        "critical", "crit",  "alert", "emergency", "emerg", "fatal",   "severe"};
    return std::ranges::any_of(words, [word](std::string_view known) {
        return std::ranges::equal(word, known, {}, lower);
    });
}

bool isCapital(char c) {
    return c >= 'A' && c <= 'Z';
}

} // namespace

Level leadingLevel(std::string_view message) {
    const bool bracket = message.starts_with('[') || message.starts_with('<');
    if (bracket) message.remove_prefix(1);
    std::size_t end = 0;
    while (end < message.size() && end <= kLongest && isAlnum(message[end]))
        ++end;
    if (end < 3 || end > kLongest) return Level::None;
    const std::string_view word = message.substr(0, end);
    const char next = end < message.size() ? message[end] : '\0';
    const bool closed = bracket ? next == ']' || next == '>' : next == ':';
    const bool loud = std::ranges::all_of(word, isCapital) && (next == ' ' || next == '\t');
    if (!closed && (bracket || !loud)) return Level::None;
    return isLevelWord(word) ? levelFrom(word) : Level::None;
}

} // namespace postlude
