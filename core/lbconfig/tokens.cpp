// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/detail/tokens.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>

namespace postlude::lbconfig {

namespace {

bool blank(char c) {
    return c == ' ' || c == '\t';
}

/// Reads one word; leaves `at` behind it. False if a quote stays open.
bool readWord(std::string_view line, std::size_t& at, const WordRules& rules, std::string& word) {
    char quote = 0;
    for (; at < line.size(); ++at) {
        const char c = line[at];
        const bool escapable = quote == '"' || (quote == 0 && rules.backslashEscapes);
        if (c == '\\' && escapable && at + 1 < line.size()) {
            word += line[++at];
        } else if (quote != 0) {
            if (c == quote)
                quote = 0;
            else
                word += c;
        } else if (c == '"' || (c == '\'' && rules.singleQuotes) || (c == '`' && rules.backticks)) {
            quote = c;
        } else if (blank(c)) {
            break;
        } else {
            word += c;
        }
    }
    return quote == 0;
}

} // namespace

bool Lines::next(std::string_view& line) {
    if (rest_.empty()) return false;
    const auto end = rest_.find('\n');
    line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    ++number_;
    return true;
}

Result<Words> wordsOf(std::string_view line, const WordRules& rules, std::uint64_t number) {
    Words out;
    std::size_t at = 0, end = 0;
    const std::string_view body = trimmed(line);
    while (at < body.size()) {
        while (at < body.size() && blank(body[at]))
            ++at;
        if (at >= body.size()) break;
        if (body[at] == '#' && (rules.commentAnywhere || at == 0)) break;
        std::string word;
        if (!readWord(body, at, rules, word))
            return std::unexpected(notUnderstood("a quotation mark is not closed", number));
        out.words.push_back(std::move(word));
        end = at;
    }
    out.text = body.substr(0, end);
    return out;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::optional<double> numberFrom(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

std::string addressOf(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
    if (url.starts_with("unix:")) return std::string(url);
    return std::string(url.substr(0, url.find('/')));
}

Error notUnderstood(std::string what, std::uint64_t line) {
    return {
        ErrorKind::NotUnderstood, std::move(what), {.source = {}, .line = line, .offset = 0}, {}};
}

} // namespace postlude::lbconfig
