// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/masks.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace postlude::detail {

namespace {

enum Class : std::uint8_t {
    kDigit = 1,
    kHex = 2,
    kLetter = 4,
    kBlank = 8,
    kParts = 16,
    kPathEnd = 32,
    kHost = 64,
    kNear = 128 ///< "about", "less than"
};

constexpr std::array<std::uint8_t, 256> makeClasses() {
    std::array<std::uint8_t, 256> table{};
    const auto mark = [&](std::string_view chars, std::uint8_t with) {
        for (const char c : chars)
            table[std::uint8_t(c)] |= with;
    };
    mark("0123456789", kDigit | kHex | kHost);
    mark("abcdefABCDEF", kHex);
    mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", kLetter | kHost);
    mark("-._", kHost);
    mark("<>~", kNear);
    for (std::size_t c = 0; c <= 32; ++c)
        table[c] |= kBlank;
    table[127] |= kBlank;
    mark(",!;:=|\"'[](){}.-+@#$%&/", kParts);
    mark(",!;:=|\"'[](){}", kPathEnd);
    return table;
}
constexpr auto kClasses = makeClasses();

bool is(char c, unsigned what) {
    return (kClasses[std::uint8_t(c)] & what) != 0;
}
bool isDigit(char c) {
    return is(c, kDigit);
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

bool sameLetters(std::string_view a, std::string_view lowerCase) {
    return a.size() == lowerCase.size() &&
           std::ranges::equal(a, lowerCase, [](char x, char y) { return lower(x) == y; });
}

template <class... Words>
bool isOneOf(std::string_view word, Words... words) {
    return (sameLetters(word, words) || ...);
}

bool isUnit(std::string_view w) {
    if (w.empty() || w.size() > 5) return false;
    if (w.back() == 'B' && w.size() <= 3)
        return w.size() == 1 ||
               (std::string_view("KkMGTP").find(w[0]) != w.npos && (w.size() == 2 || w[1] == 'i'));
    return w == "bytes" || w == "ms" || w == "s" || w == "us" || w == "\xC2\xB5s" || w == "ns" ||
           w == "min" || w == "h" || w == "sec" || w == "secs";
}

/// The last label of names that machines outside have; not of files and classes.
bool isTopLevel(std::string_view label) {
    return isOneOf(label, "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "io",
                   "local", "localdomain", "internal", "intranet", "lan", "example", "test",
                   "arpa");
}

bool isMonth(std::string_view w) {
    return isOneOf(w, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                   "dec");
}
bool isWeekday(std::string_view w) {
    return isOneOf(w, "mon", "tue", "wed", "thu", "fri", "sat", "sun");
}

class Masker {
public:
    Masker(std::string_view text, std::string& out)
        : text_(text)
        , out_(out) {}

    void run() {
        out_.clear();
        while (at_ < text_.size())
            step();
        endOfWord();
        if (!out_.empty() && out_.back() == ' ') out_.pop_back();
    }

private:
    char peek(std::size_t i) const { return i < text_.size() ? text_[i] : ' '; }
    /// The last character written; a blank at the beginning of a word.
    char last() const { return out_.empty() ? ' ' : out_.back(); }

    void step() {
        const char c = text_[at_];
        if (is(c, kBlank)) {
            if (last() != ' ') {
                endOfWord();
                if (last() != ' ') out_ += ' ';
            }
            ++at_;
        } else if (c == '/') {
            if (!path()) literal();
        } else if (is(c, kParts)) {
            if (!sign()) literal();
        } else if (!url() && !address() && !host()) {
            word();
        }
    }

    /// Of a long list of values one stays, however long it is.
    void endOfWord() {
        const std::size_t n = out_.size();
        const bool value = n > 0 && out_[n - 1] == kVariable && (n == 1 || out_[n - 2] == ' ');
        values_ = value ? values_ + 1 : 0;
        if (values_ == kList) out_.resize(n - 2 * (kList - 1));
        if (values_ > kList) out_.pop_back();
    }

    void literal() { out_ += text_[at_++]; }

    void value() {
        if (last() == '.' && out_.size() > 1 && out_[out_.size() - 2] == kVariable) out_.pop_back();
        if (last() != kVariable) out_ += kVariable;
    }

    /// "-5" where a value may begin.
    bool sign() {
        const char c = text_[at_];
        if ((c != '-' && c != '+') || !isDigit(peek(at_ + 1))) return false;
        const char before = last();
        if (before != ' ' && before != '_' &&
            (!is(before, kParts) || before == '-' || before == '+' || before == '.' ||
             before == '/'))
            return false;
        ++at_;
        word();
        return true;
    }

    /// From a slash that begins a word to the word's end.
    bool path() {
        if (last() != ' ' && !is(last(), kPathEnd)) return false;
        std::size_t end = at_ + 1;
        if (peek(end) == '/') return false;
        bool query = false;
        while (end < text_.size() && !is(text_[end], kBlank) &&
               (query ? text_[end] != '"' && text_[end] != '\'' : !is(text_[end], kPathEnd))) {
            query |= text_[end] == '?';
            ++end;
        }
        if (end == at_ + 1) return false;
        at_ = end;
        value();
        target();
        return true;
    }

    /// The rest of a request's first line: " HTTP/1.1".
    void target() {
        if (text_.substr(at_).starts_with(" HTTP/") && isDigit(peek(at_ + 6)))
            while (at_ < text_.size() && text_[at_] != '"' &&
                   (text_[at_] != ' ' || peek(at_ + 1) == 'H'))
                ++at_;
    }

    bool url() {
        std::size_t end = at_;
        while (end < text_.size() && (is(text_[end], kLetter | kDigit) || text_[end] == '+' ||
                                      text_[end] == '.' || text_[end] == '-'))
            ++end;
        const std::size_t scheme = end - at_;
        if (scheme == 1 && peek(end) == ':' && peek(end + 1) == '\\') return drive(end);
        if (scheme < 2 || peek(end) != ':' || !is(text_[at_], kLetter)) return false;
        std::size_t slash = end + 1;
        if (text_.substr(slash).starts_with("file:/")) slash += 5; // jar:file:/…
        if (peek(slash) != '/' || is(peek(slash + 2), kBlank)) return false;
        if (peek(slash + 1) != '/' && !text_.substr(at_).starts_with("jar:") &&
            !text_.substr(at_).starts_with("file:"))
            return false;
        out_.append(text_.substr(at_, slash - at_));
        if (peek(slash + 1) == '/') out_ += "//";
        at_ = slash;
        while (at_ < text_.size() && !is(text_[at_], kBlank) &&
               std::string_view("\"'<>()[]{},;").find(text_[at_]) == std::string_view::npos)
            ++at_;
        if (text_[at_ - 1] == '.' || text_[at_ - 1] == ':') --at_;
        value();
        return true;
    }

    bool drive(std::size_t colon) {
        at_ = colon + 2;
        while (at_ < text_.size() && !is(text_[at_], kBlank) && text_[at_] != '"' &&
               text_[at_] != '\'')
            ++at_;
        value();
        return true;
    }

    /// UUIDs, MAC and IPv6 addresses: hexadecimal groups.
    bool address() {
        if (!is(text_[at_], kHex)) return false;
        std::size_t end = at_, colons = 0, dashes = 0, group = 0, longest = 0;
        bool digit = false, doubled = false;
        for (; end < text_.size(); ++end) {
            const char c = text_[end];
            if (is(c, kHex)) {
                digit |= isDigit(c);
                longest = std::max(longest, ++group);
            } else if (c == ':' && dashes == 0) {
                doubled |= peek(end + 1) == ':';
                ++colons;
                group = 0;
            } else if (c == '-' && colons == 0) {
                ++dashes;
                group = 0;
            } else {
                break;
            }
        }
        while (end > at_ && (text_[end - 1] == '-' || (text_[end - 1] == ':' && !doubled))) {
            colons -= text_[end - 1] == ':' ? 1U : 0U;
            dashes -= text_[end - 1] == '-' ? 1U : 0U;
            --end;
        }
        if (end < text_.size() && !is(text_[end], kBlank | kParts)) return false;
        const std::size_t size = end - at_;
        const bool uuid = dashes == 4 && size == 36 && longest == 12;
        const bool colonised = digit && longest <= 4 && (colons >= 4 || (doubled && colons >= 2));
        if (!uuid && !colonised) return false;
        at_ = end;
        value();
        return true;
    }

    bool host() {
        std::size_t end = at_, dots = 0, lastDot = 0;
        bool digit = false;
        while (end < text_.size() && is(text_[end], kHost)) {
            digit |= isDigit(text_[end]);
            if (text_[end] == '.') {
                ++dots;
                lastDot = end;
            }
            ++end;
        }
        while (end > at_ && (text_[end - 1] == '.' || text_[end - 1] == '-')) {
            if (text_[end - 1] == '.') {
                --dots;
                lastDot = dots ? text_.rfind('.', end - 2) : 0;
            }
            --end;
        }
        if (dots == 0 || lastDot <= at_ || (end < text_.size() && !is(text_[end], kBlank | kParts)))
            return false;
        const std::string_view top = text_.substr(lastDot + 1, end - lastDot - 1);
        const bool letters = std::ranges::all_of(top, [](char c) { return c >= 'a' && c <= 'z'; });
        if (top.size() < 2 || !letters) return false;
        const std::string_view first = text_.substr(at_, text_.find('.', at_) - at_);
        // One point alone may be a file and its line.
        const bool port = dots >= 2 && peek(end) == ':' && isDigit(peek(end + 1));
        if (!port && !(digit && dots >= 2) && !(isTopLevel(top) && !isTopLevel(first)))
            return false;
        if (isTopLevel(first) && !port) return false; // com.example.Class1.name
        at_ = end;
        value();
        return true;
    }

    void word() {
        const std::size_t begin = at_;
        std::size_t digits = 0;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            const bool signInside =
                (c == '-' || c == '+') && at_ > begin && isDigit(peek(at_ + 1)) && continues(begin);
            if (is(c, kBlank) || (is(c, kParts) && !signInside)) break;
            digits += isDigit(c) ? 1 : 0;
            ++at_;
        }
        const std::string_view w = text_.substr(begin, at_ - begin);
        if (!isValue(w, digits)) {
            for (const char c : w)
                out_ += c;
            return;
        }
        value();
        if (digits == w.size() || (digits + 1 == w.size() && is(w[0], kNear))) unit();
    }

    /// "Jul" where a day follows, "Fri" where a month does.
    bool isDate(std::string_view w) const {
        std::size_t next = at_;
        while (next < text_.size() && text_[next] == ' ')
            ++next;
        if (next == at_ || next >= text_.size()) return false;
        if (isMonth(w)) return isDigit(text_[next]);
        return isWeekday(w) && isMonth(text_.substr(next, 3)) && peek(next + 3) == ' ';
    }

    /// "blk_" of "blk_-5", "1e" of "1e-5".
    bool continues(std::size_t begin) const {
        const char before = text_[at_ - 1];
        if (before == '_') return true;
        return (before == 'e' || before == 'E') && at_ - begin >= 2 && isDigit(text_[at_ - 2]) &&
               isDigit(text_[begin]);
    }

    bool isValue(std::string_view w, std::size_t digits) const {
        if (digits == 0) {
            if (isOneOf(w, "true", "false", "null", "nil")) return true;
            if (w.size() == 3 && isDate(w)) return true;
            return w.size() >= 8 && std::ranges::all_of(w, [](char c) { return is(c, kHex); });
        }
        if (digits < w.size() && text_.substr(at_).starts_with("()")) return false; // a function
        if (digits == 1 && isDigit(w.back()) && w.size() >= 2) {
            const bool name = std::ranges::all_of(
                w.substr(0, w.size() - 1), [](char c) { return is(c, kLetter) || c == '_'; });
            const bool version = w.size() == 2 && lower(w[0]) == 'v';
            if (name && !version) return false;
        }
        return true;
    }

    /// After a number: " KB", and in brackets the same again for people: " bytes (1.2 KB)".
    void unit() {
        std::size_t end = 0;
        if (!unitAt(at_, end)) return;
        out_ += kGlue;
        out_.append(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end;
        if (peek(at_) != ' ' || peek(at_ + 1) != '(' || !isDigit(peek(at_ + 2))) return;
        std::size_t number = at_ + 2;
        while (isDigit(peek(number)) || peek(number) == '.')
            ++number;
        if (!unitAt(number, end) || peek(end) != ')') return;
        out_ += kGlue;
        out_ += '(';
        out_ += kVariable;
        out_ += kGlue;
        out_.append(text_.substr(number + 1, end - number));
        at_ = end + 1;
    }

    bool unitAt(std::size_t blank, std::size_t& end) const {
        if (blank >= text_.size() || text_[blank] != ' ') return false;
        end = blank + 1;
        while (end < text_.size() && !is(text_[end], kBlank | kParts) && end - blank < 8)
            ++end;
        return isUnit(text_.substr(blank + 1, end - blank - 1));
    }

    std::string_view text_;
    std::string& out_;
    std::size_t at_ = 0;
    std::size_t values_ = 0; ///< words in a row that are nothing but a value
    static constexpr std::size_t kList = 9;
};

} // namespace

bool partsWords(char c) {
    return is(c, kParts);
}

void mask(std::string_view text, std::string& out) {
    Masker(text, out).run();
}

} // namespace postlude::detail
