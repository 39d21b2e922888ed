// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/chars.h"
#include "core/format/detail/timeparts.h"

#include <algorithm>

namespace postlude {

namespace {

struct Abbreviation {
    std::string_view letters;
    int minutes; ///< east
};

/// Sorted. Where several zones share one, the one that servers' logs are most often in.
constexpr Abbreviation kAbbreviations[] = {
    {"ACDT", 630},  {"ACST", 570}, {"ADT", -180}, {"AEDT", 660}, {"AEST", 600}, {"AKDT", -480},
    {"AKST", -540}, {"ART", -180}, {"AWST", 480}, {"BRT", -180}, {"BST", 60},   {"CAT", 120},
    {"CDT", -300},  {"CEST", 120}, {"CET", 60},   {"CLT", -240}, {"COT", -300}, {"CST", -360},
    {"EAT", 180},   {"EDT", -240}, {"EEST", 180}, {"EET", 120},  {"EST", -300}, {"GMT", 0},
    {"HKT", 480},   {"HST", -600}, {"ICT", 420},  {"IDT", 180},  {"IST", 330},  {"JST", 540},
    {"KST", 540},   {"MDT", -360}, {"MESZ", 120}, {"MEZ", 60},   {"MSK", 180},  {"MST", -420},
    {"NZDT", 780},  {"NZST", 720}, {"PDT", -420}, {"PKT", 300},  {"PST", -480}, {"SAST", 120},
    {"SGT", 480},   {"UTC", 0},    {"WAT", 60},   {"WEST", 60},  {"WET", 0},    {"WIB", 420},
    {"Z", 0},
};
static_assert(std::ranges::is_sorted(kAbbreviations, {}, &Abbreviation::letters));

std::string_view upperLetters(std::string_view t) {
    std::size_t n = 0;
    while (n < t.size() && t[n] >= 'A' && t[n] <= 'Z')
        ++n;
    return n < t.size() && (isAlnum(t[n]) || t[n] == '_') ? std::string_view{} : t.substr(0, n);
}

bool takeAbbreviation(std::string_view& t, WrittenTime& out) {
    if (t.starts_with('z') && (t.size() == 1 || !isAlnum(t[1]))) {
        out.offset = 0;
        t.remove_prefix(1);
        return true;
    }
    const std::string_view letters = upperLetters(t);
    const auto east = letters.empty() ? std::nullopt : zoneAbbreviated(letters);
    if (!east) return false;
    out.offset = east;
    t.remove_prefix(letters.size());
    return true;
}

bool takeOffset(std::string_view& t, WrittenTime& out) {
    unsigned h = 0;
    unsigned m = 0;
    if (t.size() < 3 || (t[0] != '+' && t[0] != '-') || !digits(t, 1, 2, h) || h > 15) return false;
    std::size_t used = 3;
    if (t.size() >= 6 && t[3] == ':' && digits(t, 4, 2, m))
        used = 6;
    else if (t.size() >= 5 && digits(t, 3, 2, m))
        used = 5;
    if (m > 59 || (used < t.size() && isDigit(t[used]))) return false;
    const int east = static_cast<int>(h * 3600 + m * 60);
    out.offset = t[0] == '-' ? -east : east;
    t.remove_prefix(used);
    return true;
}

/// Go writes "+0100 CET", Java "+01:00[Europe/Berlin]": the offset has said it already.
void skipZoneName(std::string_view& t) {
    if (t.starts_with('[')) {
        const std::size_t close = t.find(']');
        const std::string_view name = t.substr(1, close == std::string_view::npos ? 0 : close - 1);
        if (name == "UTC" || name.find('/') != std::string_view::npos) t.remove_prefix(close + 1);
        return;
    }
    if (!t.starts_with(' ')) return;
    const std::string_view letters = upperLetters(t.substr(1));
    if (letters.size() >= 3 && zoneAbbreviated(letters)) t.remove_prefix(1 + letters.size());
}

} // namespace

std::optional<int> zoneAbbreviated(std::string_view letters) {
    const auto* it = std::ranges::lower_bound(kAbbreviations, letters, {}, &Abbreviation::letters);
    if (it == std::end(kAbbreviations) || it->letters != letters) return {};
    return it->minutes * 60;
}

void takeZone(std::string_view& text, WrittenTime& out) {
    std::string_view t = text;
    if (!t.empty() && t.front() == ' ') t.remove_prefix(1);
    if (t.empty()) return;
    if (takeOffset(t, out)) {
        skipZoneName(t);
    } else if (takeAbbreviation(t, out)) {
        WrittenTime further; // "UTC+02:00"
        if (*out.offset == 0 && takeOffset(t, further)) out.offset = further.offset;
        skipZoneName(t);
    } else {
        return;
    }
    text = t;
}

} // namespace postlude
