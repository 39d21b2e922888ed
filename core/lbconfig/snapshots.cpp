// SPDX-License-Identifier: GPL-3.0-or-later
// The order of snapshots by their names: "haproxy.cfg.before", "nginx.conf.2023-11-10.1",
// "haproxy.cfg.20240122T1942Z", "Caddyfile.orig", "before/haproxy.cfg"; else by when they were
// changed.
#include "core/lbconfig/detail/tokens.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace postlude {

using namespace lbconfig;

namespace {

/// Where a snapshot stands among its like: older ones are smaller.
struct Rank {
    int age = 0; ///< -1 said to be old, 0 the live file, 1 said to be new
    std::optional<Instant> written;
    std::int64_t number = 0; ///< ".1", ".2" behind a date, or minus the age without one
    bool marked = false;
    std::optional<Instant> changed; ///< told by others than the name
};

struct Name {
    std::string stem;
    Rank rank;
};

constexpr std::array<std::string_view, 10> kOld{"before", "orig",     "old",  "bak",  "backup",
                                                "prev",   "previous", "good", "save", "0"};
constexpr std::array<std::string_view, 5> kNew{"after", "new", "current", "changed", "bad"};

bool allDigits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int digits(std::string_view text, std::size_t from, std::size_t count) {
    int value = 0;
    std::from_chars(text.data() + from, text.data() + from + count, value);
    return value;
}

/// "20240122", "2024-01-22", "20240122T1942Z", "2024-01-22_19-42-11", "20240122194211".
std::optional<Instant> dateFrom(std::string_view text) {
    std::string bare;
    for (const char c : text)
        if (c >= '0' && c <= '9')
            bare += c;
        else if (std::string_view("-_TZtz:").find(c) == std::string_view::npos)
            return {};
    if (bare.size() != 8 && bare.size() != 12 && bare.size() != 14) return {};
    Civil c{
        digits(bare, 0, 4), unsigned(digits(bare, 4, 2)), unsigned(digits(bare, 6, 2)), 0, 0, 0, 0};
    if (c.year < 1990 || c.year > 2200) return {};
    if (bare.size() >= 12) {
        c.hour = unsigned(digits(bare, 8, 2));
        c.minute = unsigned(digits(bare, 10, 2));
    }
    if (bare.size() == 14) c.second = unsigned(digits(bare, 12, 2));
    return fromCivil(c);
}

/// Reads one suffix into the rank; false if it is part of the name proper.
bool takeSuffix(std::string_view suffix, Rank& rank) {
    const std::string low = lowerCase(suffix);
    const std::string_view view = low;
    if (std::ranges::find(kOld, view) != kOld.end())
        rank.age = -1;
    else if (std::ranges::find(kNew, view) != kNew.end())
        rank.age = 1;
    else if (const auto date = dateFrom(suffix))
        rank.written = date;
    else if (allDigits(suffix) && suffix.size() <= 3)
        rank.number = digits(suffix, 0, suffix.size());
    else
        return false;
    rank.marked = true;
    return true;
}

/// Cuts one suffix off `base`: "….before", "…-before", "…-2024-01-22", "…~".
bool cutSuffix(std::string& base, Rank& rank) {
    if (base.size() > 1 && base.back() == '~') {
        rank.age = -1;
        rank.marked = true;
        base.pop_back();
        return true;
    }
    const auto dot = base.rfind('.');
    if (dot != std::string::npos && dot > 0 &&
        takeSuffix(std::string_view(base).substr(dot + 1), rank)) {
        base.resize(dot);
        return true;
    }
    for (std::size_t i = 1; i + 1 < base.size(); ++i) {
        if (base[i] != '-' && base[i] != '_') continue;
        const auto rest = std::string_view(base).substr(i + 1);
        if (allDigits(rest) && rest.size() < 8) continue; // "lb-01" is a name
        if (!takeSuffix(rest, rank)) continue;
        base.resize(i);
        return true;
    }
    return false;
}

/// "lb/before/etc/" → "lb/etc/"; a folder of digits alone may be anything.
std::string takeFolders(std::string_view folder, Rank& rank) {
    std::string kept;
    while (!folder.empty()) {
        const std::string_view name = folder.substr(0, folder.find('/'));
        if ((allDigits(name) && name.size() < 8) || !takeSuffix(name, rank))
            kept.append(name).append("/");
        folder.remove_prefix(name.size() + 1);
    }
    return kept;
}

Name nameFrom(const std::string& path) {
    Name out;
    const auto slash = path.rfind('/');
    const std::size_t folders = slash == std::string::npos ? 0 : slash + 1;
    const std::string folder = takeFolders(std::string_view(path).substr(0, folders), out.rank);
    std::string base = path.substr(folders);
    while (cutSuffix(base, out.rank)) {
    }
    const auto dot = base.rfind('.');
    if (dot != std::string::npos && dot > 0) { // "haproxy.before.cfg"
        std::string body = base.substr(0, dot);
        while (cutSuffix(body, out.rank)) {
        }
        base = body + base.substr(dot);
    }
    out.stem = folder + base;
    if (out.rank.marked && !out.rank.written) out.rank.number = -out.rank.number;
    return out;
}

/// The live file stands after dated and old ones; numbers without a date mean age.
bool older(const Rank& a, const Rank& b) {
    if (a.written && b.written)
        return std::pair(*a.written, a.number) < std::pair(*b.written, b.number);
    if (a.written.has_value() != b.written.has_value() && a.age == 0 && b.age == 0)
        return a.written.has_value();
    if (a.age != b.age || a.number != b.number)
        return std::pair(a.age, a.number) < std::pair(b.age, b.number);
    return a.changed && b.changed && *a.changed < *b.changed;
}

bool tied(const Rank& a, const Rank& b) {
    return !older(a, b) && !older(b, a);
}

std::string reason(const std::vector<Name>& names) {
    const bool dated =
        std::ranges::any_of(names, [](const Name& n) { return bool(n.rank.written); });
    const bool said = std::ranges::any_of(names, [](const Name& n) { return n.rank.age != 0; });
    if (dated) return "by the dates in their names";
    if (said) return "by their names (old and new)";
    const bool numbered =
        std::ranges::any_of(names, [](const Name& n) { return n.rank.number != 0; });
    return numbered ? "by the numbers in their names" : "by when they were changed";
}

} // namespace

std::vector<SnapshotSeries> snapshotSeries(const std::vector<std::string>& paths,
                                           const std::vector<std::optional<Instant>>& changed) {
    std::map<std::string, std::vector<std::size_t>> groups;
    std::vector<Name> names;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        names.push_back(nameFrom(paths[i]));
        if (i < changed.size()) names.back().rank.changed = changed[i];
        groups[names.back().stem].push_back(i);
    }
    std::vector<SnapshotSeries> out;
    for (auto& [stem, members] : groups) {
        std::ranges::sort(members, [&](std::size_t a, std::size_t b) {
            if (!tied(names[a].rank, names[b].rank)) return older(names[a].rank, names[b].rank);
            return paths[a] < paths[b];
        });
        SnapshotSeries series{stem, members, {}, true, {}};
        std::vector<Name> ordered;
        for (std::size_t k = 0; k < members.size(); ++k) {
            ordered.push_back(names[members[k]]);
            const Rank& rank = ordered.back().rank;
            series.written.push_back(rank.written ? rank.written : rank.changed);
            if (k && tied(ordered[k - 1].rank, ordered[k].rank)) series.orderKnown = false;
        }
        series.why = series.orderKnown ? reason(ordered) : "their names do not tell the order";
        out.push_back(std::move(series));
    }
    return out;
}

} // namespace postlude
