// SPDX-License-Identifier: GPL-3.0-or-later
// Format strings that write JSON objects: '{"time":"$time_iso8601","status":$status}'. Their
// lines are read as any other string's, for not all of them write JSON that is valid.
#include "core/base/utf8.h"
#include "core/format/detail/chars.h"
#include "core/format/detail/items.h"

namespace postlude {

namespace {

/// Follows the literal text of a JSON object and knows which member a field belongs to.
class MemberNames {
public:
    void feed(std::string_view literal) {
        for (std::size_t i = 0; i < literal.size(); ++i) {
            const char c = literal[i];
            if (inString_) {
                readString(literal, i);
            } else if (c == '"') {
                inString_ = true;
                text_.clear();
            } else if (c == ':') {
                key_ = text_;
            } else if (c == '{') {
                outer_.push_back(key_);
                key_.clear();
            } else if (c == '}' && !outer_.empty()) {
                outer_.pop_back();
            } else if (c == ',') {
                key_.clear();
            }
        }
    }
    /// Only for a value that begins with the field.
    [[nodiscard]] std::string name() const {
        if (key_.empty() || (inString_ && !text_.empty())) return {};
        std::string name;
        for (const std::string& each : outer_)
            if (!each.empty()) (name += each) += '.';
        return name + key_;
    }
    [[nodiscard]] bool inString() const { return inString_; }
    /// The object is closed.
    [[nodiscard]] bool isOver() const { return outer_.empty() && !inString_; }
    /// A field stands here.
    void field() { text_ += '\0'; }

private:
    void readString(std::string_view literal, std::size_t& i) {
        if (literal[i] == '"') {
            inString_ = false;
            return;
        }
        if (literal[i] == '\\' && i + 1 < literal.size()) ++i;
        text_ += literal[i];
    }

    bool inString_ = false;
    std::string text_, key_;
    std::vector<std::string> outer_;
};

/// Where an object with a first member begins; the text's size if there is none. It may stand
/// behind other fields, and others behind it.
std::size_t objectIn(std::string_view literal) {
    for (std::size_t brace = literal.find('{'); brace != std::string_view::npos;
         brace = literal.find('{', brace + 1)) {
        const std::size_t quote = literal.find_first_not_of(" \t", brace + 1);
        if (quote == std::string_view::npos || literal[quote] != '"') continue;
        const std::size_t close = literal.find('"', quote + 1);
        const std::size_t colon =
            close == std::string_view::npos ? close : literal.find_first_not_of(" \t", close + 1);
        if (colon != std::string_view::npos && literal[colon] == ':') return brace;
    }
    return literal.size();
}

/// Four hexadecimal digits at `at`, or -1.
int hexQuad(std::string_view text, std::size_t at) {
    if (at + 4 > text.size()) return -1;
    int value = 0;
    for (const char c : text.substr(at, 4)) {
        const char low = lower(c);
        const bool letter = low >= 'a' && low <= 'f';
        if (!isDigit(c) && !letter) return -1;
        value = value * 16 + (letter ? low - 'a' + 10 : c - '0');
    }
    return value;
}

/// "\u00e9", or two of them for what needs two; how many bytes of `text` that were, 0 if it is
/// none.
std::size_t appendUnicode(std::string_view text, std::string& out) {
    const int first = hexQuad(text, 2);
    if (first < 0) return 0;
    if (first < 0xD800 || first > 0xDFFF) return appendUtf8(out, static_cast<char32_t>(first)), 6;
    const int second = text.substr(6).starts_with("\\u") ? hexQuad(text, 8) : -1;
    if (first > 0xDBFF || second < 0xDC00 || second > 0xDFFF) return 0;
    appendUtf8(out, 0x10000U + (static_cast<char32_t>(first - 0xD800) << 10U) +
                        static_cast<char32_t>(second - 0xDC00));
    return 12;
}

} // namespace

void appendJsonUnescaped(std::string_view text, std::string& out) {
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t letter = text[i] == '\\' && i + 1 < text.size()
                                       ? letters.find(text[i + 1])
                                       : std::string_view::npos;
        if (letter != std::string_view::npos) {
            out += meant[letter];
            i += 2;
        } else if (const std::size_t used =
                       text.substr(i).starts_with("\\u") ? appendUnicode(text.substr(i), out) : 0;
                   used > 0) {
            i += used;
        } else {
            out += text[i++];
        }
    }
}

void settleJson(std::vector<Item>& items, bool escaped) {
    MemberNames names;
    bool inside = false;
    for (Item& item : items) {
        if (!item.literal.empty()) {
            const std::size_t from = inside ? 0 : objectIn(item.literal);
            inside = inside || from < item.literal.size();
            names.feed(std::string_view(item.literal).substr(from));
            inside = inside && !names.isOver();
            continue;
        }
        if (!inside) continue;
        if (std::string name = names.name(); !name.empty()) {
            if (!item.target.name.empty()) item.target.name = name;
            item.name = std::move(name);
        }
        item.jsonString = item.jsonString || (escaped && names.inString());
        names.field();
    }
}

} // namespace postlude
