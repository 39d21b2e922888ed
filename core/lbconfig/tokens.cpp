// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/detail/tokens.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace postlude::lbconfig {

namespace {

bool blank(char c) {
    return c == ' ' || c == '\t';
}

/// Reads one word; leaves `at` behind it. Gives where the quote began that stays open.
std::optional<std::size_t> readWord(std::string_view line, std::size_t& at, const WordRules& rules,
                                    std::string& word) {
    char quote = 0;
    std::size_t opened = 0;
    for (; at < line.size(); ++at) {
        const char c = line[at];
        const bool escapable = quote == '"' || (quote == 0 && rules.backslashEscapes);
        if (c == '\\' && escapable && at + 1 < line.size() &&
            rules.escapable.find(line[at + 1]) != std::string_view::npos) {
            word += line[++at];
        } else if (quote != 0) {
            if (c == quote)
                quote = 0;
            else
                word += c;
        } else if (c == '"' || (c == '\'' && rules.singleQuotes) || (c == '`' && rules.backticks)) {
            quote = c;
            opened = at;
        } else if (blank(c) || (c == '#' && rules.commentInsideWord)) {
            break;
        } else {
            word += c;
        }
    }
    return quote ? std::optional(opened) : std::nullopt;
}

} // namespace

bool Lines::next(std::string_view& line) {
    if (at_ >= text_.size()) return false;
    begun_ = at_;
    const auto end = text_.find('\n', at_);
    line = text_.substr(at_, end == std::string_view::npos ? end : end - at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    ++number_;
    return true;
}

Result<Words> wordsOf(std::string_view line, const WordRules& rules, std::uint64_t number) {
    Words out;
    const std::string_view body = trimmed(line);
    const std::size_t indent = body.empty() ? 0 : std::size_t(body.data() - line.data());
    std::size_t at = 0, end = 0;
    while (at < body.size()) {
        while (at < body.size() && blank(body[at]))
            ++at;
        if (at >= body.size()) break;
        if (body[at] == '#' && (rules.comments || at == 0)) break;
        std::string word;
        if (const auto open = readWord(body, at, rules, word))
            return std::unexpected(notUnderstood("a quotation mark is not closed", number,
                                                 indent + *open + 1, indent + *open));
        out.words.push_back(std::move(word));
        end = at;
    }
    out.text = body.substr(0, end);
    return out;
}

std::optional<double> numberFrom(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return {};
    return value;
}

std::optional<std::uint64_t> countFrom(std::string_view text) {
    const auto value = numberFrom(text);
    if (!value || *value < 0 || *value > 9e15) return {};
    return static_cast<std::uint64_t>(*value);
}

std::optional<double> millisecondsFrom(std::string_view text, double bareUnitMs) {
    struct Unit {
        std::string_view name;
        double ms;
    };
    static constexpr std::array<Unit, 16> kUnits{{{"ns", 1e-6},
                                                  {"us", 1e-3},
                                                  {"µs", 1e-3},
                                                  {"ms", 1},
                                                  {"s", 1e3},
                                                  {"sec", 1e3},
                                                  {"m", 6e4},
                                                  {"min", 6e4},
                                                  {"mi", 6e4},
                                                  {"h", 36e5},
                                                  {"d", 864e5},
                                                  {"w", 6048e5},
                                                  {"M", 2592e6},
                                                  {"y", 31536e6},
                                                  {"S", 1e3},
                                                  {"H", 36e5}}};
    double all = 0;
    text = trimmed(text);
    if (text.empty()) return {};
    while (!text.empty()) {
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || !std::isfinite(value)) return {};
        text.remove_prefix(std::size_t(end - text.data()));
        const auto length = std::min(text.find_first_of("0123456789. "), text.size());
        const auto unit = std::ranges::find(kUnits, text.substr(0, length), &Unit::name);
        if (length != 0 && unit == kUnits.end()) return {};
        all += value * (length ? unit->ms : bareUnitMs);
        text = trimmed(text.substr(length));
    }
    return all;
}

std::string addressOf(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
    if (url.starts_with("unix") || url.starts_with('/') || url.starts_with("abns@"))
        return std::string(url); // a socket's path
    return std::string(url.substr(0, url.find('/')));
}

std::optional<std::uint16_t> portOf(std::string_view address) {
    const auto colon = address.rfind(':');
    if (colon == std::string_view::npos || address.starts_with("unix")) return {};
    if (address.find(':') != colon && address.front() != '[') return {}; // IPv6 without a port
    const auto port = countFrom(address.substr(colon + 1));
    if (!port || *port == 0 || *port > 65535) return {};
    return static_cast<std::uint16_t>(*port);
}

std::string joined(const std::vector<std::string>& words, std::size_t from) {
    std::string out;
    for (std::size_t i = from; i < words.size(); ++i)
        out += (out.empty() ? "" : " ") + words[i];
    return out;
}

std::string joinedSection(const std::vector<std::string>& blocks) {
    std::string out;
    for (const auto& b : blocks)
        out += (out.empty() ? "" : " / ") + b;
    return out;
}

Error wrongAt(const std::string& what, std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, at);
    const auto line = before.rfind('\n');
    const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
    return notUnderstood(what, std::uint64_t(std::ranges::count(before, '\n')) + 1,
                         before.size() - begin + 1, before.size());
}

Error notUnderstood(const std::string& what, std::uint64_t line, std::uint64_t column,
                    std::uint64_t offset) {
    return {ErrorKind::NotUnderstood,
            fmt::format("column {}: {}", column, what),
            {.source = {}, .line = line, .offset = offset},
            {}};
}

} // namespace postlude::lbconfig
