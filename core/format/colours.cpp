// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/colours.h"

#include "core/format/detail/chars.h"

namespace postlude {

namespace {

/// Behind the sequence that begins at `at`; `at` itself if none does.
std::size_t behindSequence(std::string_view text, std::size_t at) {
    if (text.substr(at, 2) != "\x1B[") return at;
    std::size_t end = at + 2;
    while (end < text.size() && (isDigit(text[end]) || text[end] == ';'))
        ++end;
    const bool closed = end < text.size() && (text[end] == 'm' || text[end] == 'K');
    return closed ? end + 1 : at;
}

} // namespace

bool withoutColours(std::string_view text, std::string& out) {
    std::size_t escape = text.find('\x1B');
    if (escape == std::string_view::npos) return false;
    out.clear();
    std::size_t from = 0;
    for (; escape != std::string_view::npos; escape = text.find('\x1B', from)) {
        const std::size_t behind = behindSequence(text, escape);
        out += text.substr(from, escape - from);
        if (behind == escape) out += text[escape];
        from = std::max(behind, escape + 1);
    }
    out += text.substr(from);
    return out.size() < text.size();
}

} // namespace postlude
