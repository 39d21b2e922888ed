// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include "core/base/utf8.h"

#include <fmt/format.h>

namespace postlude {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// Decodes one character and moves `at` past it; a byte that starts no valid sequence is
/// U+FFFD. Overlong forms, surrogates and anything beyond U+10FFFF are not valid.
char32_t decode(std::string_view s, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const unsigned char lead = byte(at++);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xC2 && lead < 0xE0   ? 1
                     : lead >= 0xE0 && lead < 0xF0 ? 2
                     : lead >= 0xF0 && lead < 0xF5 ? 3
                                                   : 0;
    if (more == 0 || at + static_cast<std::size_t>(more) > s.size()) return kReplacement;
    char32_t c = lead & (0x3FU >> more);
    for (int i = 0; i < more; ++i) {
        const unsigned char next = byte(at + static_cast<std::size_t>(i));
        if ((next & 0xC0U) != 0x80U) return kReplacement;
        c = (c << 6U) | (next & 0x3FU);
    }
    const bool overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return kReplacement;
    at += static_cast<std::size_t>(more);
    return c;
}

template <class Each>
std::string mapped(std::string_view bytes, Each each) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (std::size_t at = 0; at < bytes.size();)
        each(out, decode(bytes, at));
    return out;
}

/// Characters that change how their neighbours are shown, or are not shown at all.
bool isTricky(char32_t c) {
    return (c >= 0x80 && c < 0xA0) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

void appendVisible(std::string& out, char32_t c) {
    if (c == '\t')
        out += ' ';
    else if (c < 0x20)
        appendUtf8(out, 0x2400 + c);
    else if (c == 0x7F)
        appendUtf8(out, 0x2421);
    else if (isTricky(c))
        out += fmt::format("‹U+{:04X}›", static_cast<unsigned>(c));
    else
        appendUtf8(out, c);
}

} // namespace

std::string validUtf8(std::string_view bytes) {
    return mapped(bytes, appendUtf8);
}

std::string visible(std::string_view bytes) {
    return mapped(bytes, appendVisible);
}

std::string jsonQuoted(std::string_view bytes) {
    std::string out = mapped(bytes, [](std::string& to, char32_t c) {
        if (c == '"' || c == '\\')
            (to += '\\') += static_cast<char>(c);
        else if (c == '\n')
            to += "\\n";
        else if (c == '\t')
            to += "\\t";
        else if (c == '\r')
            to += "\\r";
        else if (c < 0x20 || c == 0x7F)
            to += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            appendUtf8(to, c);
    });
    return '"' + out + '"';
}

namespace {

bool isAlnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isPunctuation(char c) {
    return c > ' ' && c < 0x7F && !isAlnum(c);
}

bool isBlankOrEnd(char c) {
    return c == ' ' || c == '\0';
}

/// True if '.' or ')' at `at` would make "12." at the start of a line a numbered list.
bool endsListNumber(std::string_view s, std::size_t at, char next) {
    const std::size_t digits = s.find_first_not_of("0123456789");
    return at > 0 && digits == at && isBlankOrEnd(next);
}

bool followsWww(std::string_view s, std::size_t at) {
    if (at < 3) return false;
    const auto isW = [](char c) { return c == 'w' || c == 'W'; };
    return isW(s[at - 1]) && isW(s[at - 2]) && isW(s[at - 3]);
}

/// Whether the character at `at` could be taken for markup there. `s` holds one line without
/// blanks at its ends, and may come to stand anywhere: at the start of a block, after other text,
/// before a footnote, in a table's cell.
bool isMarkup(std::string_view s, std::size_t at) {
    const char next = at + 1 < s.size() ? s[at + 1] : '\0';
    const char before = at > 0 ? s[at - 1] : '\0';
    switch (s[at]) {
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '|':
    case '~':
    case '$':
    case '@':
        return true;
    case '\\':
        return next == '\0' || isPunctuation(next);
    case '_':
        return !isAlnum(before) || !isAlnum(next); // snake_case stays readable
    case '&':
        return next == '#' || isAlnum(next); // an entity, or what looks like one
    case '#':
        return at == 0 || s.find_first_not_of('#', at) == std::string_view::npos;
    case '>':
    case '=':
        return at == 0;
    case '-':
        return at == 0 && (isBlankOrEnd(next) || next == '-');
    case '+':
        return at == 0 && isBlankOrEnd(next);
    case '!':
        return next == '\0'; // a footnote after it is no picture
    case ':':
        return s.substr(at, 3) == "://";
    case '.':
        return followsWww(s, at) || endsListNumber(s, at, next);
    case ')':
        return endsListNumber(s, at, next);
    default:
        return false;
    }
}

} // namespace

std::string markdownEscaped(std::string_view bytes) {
    const std::string line = mapped(bytes, [](std::string& to, char32_t c) {
        appendVisible(to, c == '\n' || c == '\r' ? U' ' : c);
    });
    const std::string_view text = trimmed(line);
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (isMarkup(text, at)) out += '\\';
        out += text[at];
    }
    return out;
}

std::string htmlEscaped(std::string_view bytes) {
    return mapped(bytes, [](std::string& to, char32_t c) {
        switch (c) {
        case '&':
            to += "&amp;";
            break;
        case '<':
            to += "&lt;";
            break;
        case '>':
            to += "&gt;";
            break;
        case '"':
            to += "&quot;";
            break;
        case '\'':
            to += "&#39;";
            break;
        case '\n':
            to += '\n';
            break;
        default:
            appendVisible(to, c);
        }
    });
}

std::string csvQuoted(std::string_view bytes) {
    static constexpr std::string_view formula = "=+-@\t\r\n";
    std::string out = "\"";
    if (!bytes.empty() && formula.find(bytes.front()) != std::string_view::npos) out += '\'';
    out += mapped(bytes, [](std::string& to, char32_t c) {
        if (c == '"')
            to += "\"\"";
        else
            appendUtf8(to, c == 0 ? kReplacement : c);
    });
    return out + '"';
}

std::string fileNameFrom(std::string_view text) {
    std::string name;
    for (const char c : text.substr(0, std::min<std::size_t>(text.size(), 80))) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (plain)
            name += c;
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    while (!name.empty() && (name.front() == '.' || name.front() == '-'))
        name.erase(0, 1);
    while (!name.empty() && name.back() == '-')
        name.pop_back();
    return name.empty() ? "untitled" : name;
}

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number < 0 ? -number : number);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, "\u202F");
    return number < 0 ? "−" + digits : digits;
}

std::string_view trimmed(std::string_view text) {
    const auto isWhite = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && isWhite(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isWhite(text.back()))
        text.remove_suffix(1);
    return text.empty() ? std::string_view() : text;
}

} // namespace postlude
