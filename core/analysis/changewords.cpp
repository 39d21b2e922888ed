// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/changewords.h"

#include "core/analysis/detail/events.h"
#include "core/base/lowercase.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <optional>

namespace postlude {

namespace {

struct Pairs {
    std::string before; ///< what stands before the first pair
    std::map<std::string, std::string> of;

    [[nodiscard]] std::string value(std::initializer_list<const char*> keys) const {
        for (const char* key : keys)
            if (const auto it = of.find(key); it != of.end()) return it->second;
        return {};
    }
    [[nodiscard]] std::string by() const { return value({"by", "user", "actor", "author", "who"}); }
};

/// Up to the next blank, or to the closing quotation mark; leaves what comes behind.
std::string taken(std::string_view& text) {
    std::string out;
    const bool quoted = text.starts_with('"');
    if (quoted) text.remove_prefix(1);
    while (!text.empty() && text.front() != (quoted ? '"' : ' ')) {
        if (quoted && text.front() == '\\' && text.size() > 1) text.remove_prefix(1);
        out += text.front();
        text.remove_prefix(1);
    }
    if (quoted && !text.empty()) text.remove_prefix(1);
    return out;
}

bool isKey(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.';
    });
}

/// Nothing but pairs behind the first of them, and at least three.
std::optional<Pairs> pairsOf(std::string_view line) {
    Pairs pairs;
    while (!line.empty()) {
        if (line.front() == ' ') {
            line.remove_prefix(1);
            continue;
        }
        const std::size_t end = line.find_first_of(" =\"");
        const bool pair = end != std::string_view::npos && line[end] == '=';
        if (pair && isKey(line.substr(0, end))) {
            std::string key = lowerCase(line.substr(0, end));
            line.remove_prefix(end + 1);
            pairs.of.try_emplace(std::move(key), taken(line));
        } else if (pairs.of.empty() && !pair) {
            pairs.before += (pairs.before.empty() ? "" : " ") + taken(line);
        } else {
            return {};
        }
    }
    return pairs.of.size() >= 3 ? std::optional(std::move(pairs)) : std::nullopt;
}

bool wentWell(const std::string& status) {
    const std::string said = lowerCase(status);
    constexpr std::array<std::string_view, 8> well{"",           "ok",   "success",   "succeeded",
                                                   "successful", "done", "completed", "0"};
    return std::ranges::find(well, said) != well.end();
}

} // namespace

std::string changeInWords(std::string_view line) {
    const auto pairs = pairsOf(line);
    if (!pairs) return {};
    const std::string action = pairs->value({"action", "event", "operation", "op"});
    const std::string what =
        pairs->value({"svc", "service", "app", "application", "component", "unit", "zone"});
    const std::string host =
        pairs->value({"host", "hosts", "hostname", "node", "instance", "server"});
    const std::string revision =
        pairs->value({"rev", "revision", "version", "release", "commit", "tag"});
    const std::string said =
        pairs->value({"msg", "message", "change", "text", "description", "summary"});
    const std::string by = pairs->by();
    const bool saysWhat = !action.empty() || !said.empty() || (!by.empty() && !revision.empty());
    if (!saysWhat || (what.empty() && host.empty())) return {};
    const std::string status = pairs->value({"status", "result", "outcome"});
    std::string out = !action.empty() ? action : !pairs->before.empty() ? pairs->before : "change";
    if (out.front() >= 'a' && out.front() <= 'z') out.front() = char(out.front() - 'a' + 'A');
    if (!what.empty()) out += " of " + what;
    if (!host.empty()) out += " on " + host;
    if (!by.empty()) out += " by " + by;
    if (!revision.empty()) out += " (" + revision + ")";
    if (!wentWell(status)) out += ", " + status;
    return said.empty() ? out : out + ": “" + said + "”";
}

bool isByProgram(std::string_view line) {
    const auto pairs = pairsOf(line);
    if (!pairs) return false;
    const std::string by = lowerCase(pairs->by());
    constexpr std::array<std::string_view, 8> programs{
        "pipeline", "bot", "cron", "scheduler", "automation", "jenkins", "terraform", "ansible"};
    return std::ranges::any_of(programs,
                               [&](std::string_view word) { return detail::hasWord(by, word); });
}

} // namespace postlude
