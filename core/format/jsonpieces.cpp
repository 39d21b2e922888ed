// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/documents.h"

#include "core/base/text.h"

namespace postlude {

std::uint64_t LineCounter::lineAt(std::size_t offset) {
    offset = std::min(offset, text_.size());
    for (; at_ < offset; ++at_)
        if (text_[at_] == '\n') ++line_;
    return line_;
}

RecordPlace LineCounter::place(std::size_t from, std::size_t to) {
    while (to > from && (text_[to - 1] == '\n' || text_[to - 1] == '\r'))
        --to;
    RecordPlace place;
    place.line = lineAt(from);
    place.offset = from;
    place.bytes = static_cast<std::uint32_t>(std::min<std::size_t>(to - from, UINT32_MAX));
    place.lines =
        static_cast<std::uint32_t>(1 + std::ranges::count(text_.substr(from, to - from), '\n'));
    return place;
}

std::vector<JsonPiece> splitObjects(std::string_view text, bool& complete) {
    std::vector<JsonPiece> pieces;
    std::size_t depth = 0;
    std::size_t start = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{') {
            if (depth == 0) start = i;
            ++depth;
        } else if (c == '}' && depth > 0) {
            --depth;
            if (depth == 0) pieces.push_back({text.substr(start, i + 1 - start), start});
        }
    }
    complete = depth == 0;
    return pieces;
}

} // namespace postlude
