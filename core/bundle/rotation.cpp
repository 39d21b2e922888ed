// SPDX-License-Identifier: GPL-3.0-or-later
// Which files are parts of one log. Rules are about names only; contents are never looked at.
#include "core/base/lowercase.h"
#include "core/bundle/bundle.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace postlude {

namespace {

constexpr std::int64_t kDated = 100'000'000'000'000'000; // ages of dated parts count down from it

bool allDigits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t number(std::string_view digits) {
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

/// "haproxy.cfg", "nginx.conf.2023-11-10.1", "Caddyfile.orig": each snapshot is its own source.
bool isConfigName(std::string_view name) {
    static constexpr std::array<std::string_view, 10> marks{
        ".cfg", ".conf", ".cnf",        ".ini", ".yaml",
        ".yml", ".toml", ".properties", ".vcl", "caddyfile"};
    const std::string low = lowerCase(name);
    for (const std::string_view mark : marks) {
        const auto at = low.find(mark);
        if (at == std::string::npos) continue;
        const std::string_view rest = std::string_view(low).substr(at + mark.size());
        if (rest.empty() || std::string_view(".-_~").find(rest.front()) != std::string_view::npos)
            return true;
    }
    return false;
}

bool isDate(std::int64_t year, std::int64_t month, std::int64_t day) {
    return year >= 1990 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/// The digits of a date with up to a time of day ("2024-01-15", "20240115-1305", "2024-01-15T10",
/// a Unix time) as YYYYMMDDhhmmss; 0 if the text is anything else.
std::int64_t stampFrom(std::string_view text) {
    if (text.size() == 10 && allDigits(text) && text.front() == '1') {
        const Civil c = toCivil(instant(number(text) * 1'000'000'000));
        return ((((c.year * 100LL + c.month) * 100 + c.day) * 100 + c.hour) * 100 + c.minute) *
                   100 +
               c.second;
    }
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (std::string_view("-_T:Z").find(c) == std::string_view::npos)
            return 0;
    }
    const bool bare = text.size() >= 8 && allDigits(text.substr(0, 8));
    const bool dashed = text.size() >= 10 && text[4] == '-' && text[7] == '-';
    if ((!bare && !dashed) || digits.size() > 14 || digits.size() % 2 != 0) return 0;
    const std::string_view all = digits;
    if (!isDate(number(all.substr(0, 4)), number(all.substr(4, 2)), number(all.substr(6, 2))))
        return 0;
    digits.append(14 - digits.size(), '0');
    return number(digits);
}

/// Where the date at the end of `name` begins (behind its separator), and what it is.
struct Dated {
    std::size_t at = std::string_view::npos;
    std::int64_t stamp = 0;
};
Dated dateAtEnd(std::string_view name) {
    Dated best;
    for (std::size_t at = 1; at < name.size(); ++at) {
        if (std::string_view("-._").find(name[at - 1]) == std::string_view::npos || at < 2)
            continue;
        if (const std::int64_t stamp = stampFrom(name.substr(at))) {
            best = {at, stamp};
            break;
        }
    }
    return best;
}

std::string_view withoutPacking(std::string_view name) {
    static constexpr std::array<std::string_view, 7> endings{".gz",  ".zst", ".xz", ".bz2",
                                                             ".lz4", ".lz",  ".Z"};
    for (const std::string_view ending : endings)
        if (name.size() > ending.size() && name.ends_with(ending))
            return name.substr(0, name.size() - ending.size());
    return name;
}

/// Age of a part with a date and maybe a counter behind it: later dates are younger, and so are
/// larger counters of one day.
std::int64_t ageOf(std::int64_t stamp, std::int64_t counter) {
    return kDated - stamp * 1000 + (999 - std::min<std::int64_t>(counter, 999));
}

/// "access.log.1" → 1, "access.log-20240115", "app.log.2024-01-15.2".
std::optional<Rotation> suffixRotation(std::string_view name) {
    if (const Dated date = dateAtEnd(name); date.stamp)
        return Rotation{std::string(name.substr(0, date.at - 1)), ageOf(date.stamp, 0)};
    const auto dot = name.find_last_of(".-");
    if (dot == std::string_view::npos || dot == 0) return {};
    const std::string_view tail = name.substr(dot + 1);
    if (tail == "old" && name[dot] == '.') return Rotation{std::string(name.substr(0, dot)), 1};
    if (!allDigits(tail) || tail.size() > 4) return {};
    const std::string_view front = name.substr(0, dot);
    if (const Dated date = dateAtEnd(front); date.stamp)
        return Rotation{std::string(front.substr(0, date.at - 1)), ageOf(date.stamp, number(tail))};
    if (name[dot] != '.') return {};
    return Rotation{std::string(front), number(tail)};
}

/// "app-2024-01-15.log", "app.1.log": the date or counter stands before the ending.
std::optional<Rotation> innerRotation(std::string_view name) {
    const auto dot = name.rfind('.');
    static constexpr std::array<std::string_view, 5> endings{".log", ".txt", ".json", ".jsonl",
                                                             ".ndjson"};
    if (dot == std::string_view::npos ||
        std::ranges::find(endings, name.substr(dot)) == endings.end())
        return {};
    std::optional<Rotation> inner = suffixRotation(name.substr(0, dot));
    if (inner) inner->live += name.substr(dot);
    return inner;
}

} // namespace

Rotation rotationOf(std::string_view path) {
    const auto slash = path.rfind('/');
    const std::string folder(slash == std::string_view::npos ? "" : path.substr(0, slash + 1));
    const std::string_view name = withoutPacking(path.substr(folder.size()));
    if (isConfigName(name)) return {folder + std::string(name), 0};
    std::optional<Rotation> found = suffixRotation(name);
    if (!found) found = innerRotation(name);
    if (!found || found->live.empty()) return {folder + std::string(name), 0};
    return {folder + found->live, found->age};
}

} // namespace postlude
