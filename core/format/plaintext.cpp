// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/plaintext.h"

#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/format/detail/chars.h"

#include <algorithm>
#include <charconv>

namespace postlude {

namespace {

void addCodePoint(unsigned long code, std::string& out) {
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return;
    appendUtf8(out, static_cast<char32_t>(code));
}

/// Takes "&amp;" or "&#228;" at the front of `text` away; a sign that is none stays as it is.
void takeEntity(std::string_view& text, std::string& out) {
    static constexpr std::pair<std::string_view, std::string_view> names[] = {
        {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}};
    const std::size_t end = text.substr(0, 12).find(';');
    const std::string_view name = end == std::string_view::npos ? "" : text.substr(1, end - 1);
    const auto* it = std::ranges::find(names, name, [](const auto& each) { return each.first; });
    if (it != std::end(names)) {
        out += it->second;
        text.remove_prefix(end + 1);
    } else if (name.size() > 1 && name[0] == '#') {
        const bool hex = name[1] == 'x' || name[1] == 'X';
        const std::string_view value = name.substr(hex ? 2 : 1);
        unsigned long code = 0;
        std::from_chars(value.data(), value.data() + value.size(), code, hex ? 16 : 10);
        addCodePoint(code, out);
        text.remove_prefix(end + 1);
    } else {
        out += '&';
        text.remove_prefix(1);
    }
}

bool endsLine(std::string_view tag) {
    std::string name;
    for (const char c : tag.substr(0, 5))
        if (c != '/' && c != ' ') name += lower(c);
    const bool closes = tag.starts_with('/');
    return name == "br" ||
           (closes && (name == "p" || name == "div" || name == "li" || name == "tr"));
}

void addTag(std::string_view tag, std::string& out) {
    if (endsLine(tag)) {
        out += '\n';
        return;
    }
    const std::size_t alt = tag.find(" alt=\"");
    if (alt == std::string_view::npos) return;
    const std::string_view text = tag.substr(alt + 6);
    out += text.substr(0, text.find('"'));
}

} // namespace

std::string plainFromHtml(std::string_view html) {
    std::string out;
    while (!html.empty()) {
        const bool tag = html[0] == '<' && html.size() > 1 && (html[1] == '/' || isAlnum(html[1]));
        const std::size_t close = tag ? html.find('>') : std::string_view::npos;
        if (close != std::string_view::npos) {
            addTag(html.substr(1, close - 1), out);
            html.remove_prefix(close + 1);
        } else if (html[0] == '&') {
            takeEntity(html, out);
        } else {
            out += html[0];
            html.remove_prefix(1);
        }
    }
    return std::string(trimmed(out));
}

std::optional<std::string> textOfBytes(std::string_view list) {
    if (!list.starts_with('[') || !list.ends_with(']')) return {};
    list = list.substr(1, list.size() - 2);
    std::string out;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view number = trimmed(list.substr(0, comma));
        unsigned char byte = 0;
        const auto [end, code] =
            std::from_chars(number.data(), number.data() + number.size(), byte);
        if (code != std::errc() || end != number.data() + number.size()) return {};
        out += static_cast<char>(byte);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    while (out.ends_with('\n'))
        out.pop_back();
    return out;
}

} // namespace postlude
