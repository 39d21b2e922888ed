// SPDX-License-Identifier: GPL-3.0-or-later
// Log formats in the configurations of nginx, Apache httpd, Squid and PostgreSQL.
#include "core/format/detail/configformats.h"

#include "core/base/text.h"
#include "core/format/detail/chars.h"

#include <algorithm>

namespace postlude {

namespace {

/// What a backslash and this letter stand for, or '\0'.
constexpr char controlNamed(char letter) {
    return letter == 't' ? '\t' : letter == 'n' ? '\n' : letter == 'r' ? '\r' : '\0';
}

/// Before the next word; comments may stand between them.
void skipNginxBlanks(std::string_view text, std::size_t& at) {
    for (;;) {
        at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
        if (at == text.size() || text[at] != '#') return;
        at = std::min(text.find('\n', at), text.size());
    }
}

/// One word or quoted string of nginx.conf; nothing at ';'. A backslash only hides quotes, itself,
/// and makes the control characters t, n and r.
std::optional<std::string> takeNginxWord(std::string_view text, std::size_t& at) {
    skipNginxBlanks(text, at);
    if (at == text.size() || text[at] == ';') return {};
    const char quote = text[at] == '\'' || text[at] == '"' ? text[at] : '\0';
    if (quote != 0) ++at;
    std::string out;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0 ? c == quote : std::string_view("; \t\r\n").find(c) != std::string::npos)
            break;
        if (c != '\\' || at + 1 == text.size()) {
            out += c;
            continue;
        }
        const char next = text[++at];
        if (const char control = controlNamed(next); control != '\0') {
            out += control;
            continue;
        }
        if (next != '"' && next != '\'' && next != '\\') out += c;
        out += next;
    }
    if (quote != 0 && at < text.size()) ++at;
    return out;
}

/// One argument as httpd takes it: with either quotes or none; a backslash hides itself and the
/// quote.
std::string takeApacheString(std::string_view& line) {
    line = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    const char quote = line.starts_with('"') || line.starts_with('\'') ? line.front() : '\0';
    std::size_t i = quote != 0 ? 1 : 0;
    std::string out;
    for (; i < line.size(); ++i) {
        const char c = line[i];
        if (quote != 0 ? c == quote : (c == ' ' || c == '\t')) break;
        const char next = i + 1 < line.size() ? line[i + 1] : '\0';
        if (c == '\\' && (next == '\\' || (quote != 0 && next == quote))) ++i;
        out += line[i];
    }
    line.remove_prefix(std::min(i + 1, line.size()));
    return out;
}

/// A line with those that a backslash at its end joins to it.
std::string takeJoinedLine(std::string_view& text, std::uint64_t& number) {
    std::string line;
    while (!text.empty()) {
        line += takeConfigLine(text);
        ++number;
        if (!line.ends_with('\\')) break;
        line.pop_back();
    }
    return line;
}

/// "LogFormat STRING [name]", "CustomLog FILE STRING|name [env=…]", "ErrorLogFormat [which] STRING"
std::optional<DefinedFormat> apacheFormat(std::string_view line, std::uint64_t number) {
    const std::string_view word = line.substr(0, line.find_first_of(" \t"));
    std::string low(word);
    std::ranges::transform(low, low.begin(), lower);
    const bool error = low == "errorlogformat";
    const bool custom = low == "customlog" || low == "globallog";
    if (!error && !custom && low != "logformat") return {};
    line.remove_prefix(word.size());
    if (custom) takeApacheString(line); // the file
    DefinedFormat format{error ? "apache-error" : "apache", {}, takeApacheString(line), {}, number};
    format.name = takeApacheString(line);
    if (error && !format.name.empty()) std::swap(format.name, format.text);
    if (format.text.find('%') == std::string::npos) return {}; // a nickname, not a format
    const bool named = !format.name.empty() && !format.name.starts_with("env=") &&
                       !format.name.starts_with("expr=");
    if (!named) format.name = error ? "error" : "custom";
    return format;
}

} // namespace

std::vector<DefinedFormat> nginxFormats(std::string_view config) {
    static constexpr std::string_view directive = "log_format";
    std::vector<DefinedFormat> found;
    for (std::size_t at = config.find(directive); at != std::string_view::npos;
         at = config.find(directive, at)) {
        const std::size_t lineStart = config.rfind('\n', at) + 1;
        const std::string_view before = config.substr(lineStart, at - lineStart);
        const bool other = before.find('#') != std::string_view::npos ||
                           (!before.empty() && (isAlnum(before.back()) || before.back() == '_'));
        const auto number =
            static_cast<std::uint64_t>(std::ranges::count(config.substr(0, at), '\n')) + 1;
        at += directive.size();
        if (other || at >= config.size() || isGraph(config[at])) continue;
        DefinedFormat format{"nginx", {}, {}, {}, number};
        format.name = takeNginxWord(config, at).value_or("");
        while (auto word = takeNginxWord(config, at))
            if (!word->starts_with("escape=")) format.text += *word;
        found.push_back(std::move(format));
    }
    return found;
}

std::vector<DefinedFormat> apacheFormats(std::string_view config) {
    std::vector<DefinedFormat> found;
    for (std::uint64_t number = 0; !config.empty();) {
        const std::uint64_t first = number + 1;
        const std::string line = takeJoinedLine(config, number);
        if (auto format = apacheFormat(trimmed(line), first)) found.push_back(std::move(*format));
    }
    return found;
}

/// "logformat NAME SPECIFICATION…"
std::vector<DefinedFormat> squidFormats(std::string_view config) {
    constexpr std::string_view directive = "logformat ";
    std::vector<DefinedFormat> found;
    for (std::uint64_t number = 0; !config.empty();) {
        const std::uint64_t first = number + 1;
        const std::string joined = takeJoinedLine(config, number);
        std::string_view line = trimmed(joined);
        if (!line.starts_with(directive)) continue;
        line = trimmed(line.substr(directive.size()));
        const std::size_t blank = std::min(line.find(' '), line.size());
        const std::string_view text = trimmed(line.substr(blank));
        if (text.find('%') == std::string_view::npos) continue;
        found.push_back(
            {"squid", std::string(line.substr(0, blank)), std::string(text), {}, first});
    }
    return found;
}

/// log_line_prefix = '%m [%p] '   # the last one counts; '' is a quote
std::vector<DefinedFormat> postgresFormats(std::string_view config) {
    constexpr std::string_view directive = "log_line_prefix";
    std::vector<DefinedFormat> found;
    for (std::uint64_t number = 1; !config.empty(); ++number) {
        std::string_view line = trimmed(takeConfigLine(config));
        if (!line.starts_with(directive)) continue;
        const std::size_t open = line.find('\'');
        if (open == std::string_view::npos) continue;
        DefinedFormat format{"postgresql", "prefix", {}, {}, number};
        for (std::size_t i = open + 1; i < line.size(); ++i) {
            const bool quote = line[i] == '\'';
            if (quote && (i + 1 == line.size() || line[i + 1] != '\'')) break;
            if (quote) ++i;
            format.text += line[i];
        }
        if (format.text.find('%') == std::string::npos) continue;
        found.clear();
        found.push_back(std::move(format));
    }
    return found;
}

} // namespace postlude
