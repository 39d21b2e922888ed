// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/timestamp.h"

#include "core/format/detail/chars.h"
#include "core/format/detail/timeparts.h"

namespace postlude {

unsigned monthNamed(std::string_view t) {
    static constexpr std::string_view names = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (t.size() < 3) return 0;
    const char low[3] = {lower(t[0]), lower(t[1]), lower(t[2])};
    for (unsigned i = 0; i < 12; ++i)
        if (names.substr(std::size_t{i} * 3, 3) == std::string_view(low, 3)) return i + 1;
    return 0;
}

bool takeClock(std::string_view& t, std::int64_t& ns) {
    unsigned h = 0;
    unsigned m = 0;
    unsigned s = 0;
    if (t.size() < 8 || t[2] != ':' || t[5] != ':' || !digits(t, 0, 2, h) || !digits(t, 3, 2, m) ||
        !digits(t, 6, 2, s) || h > 23 || m > 59 || s > 60)
        return false;
    ns = (h * 3600LL + m * 60LL + s) * kSecondNs;
    std::size_t at = 8;
    if (at + 1 < t.size() && (t[at] == '.' || t[at] == ',') && isDigit(t[at + 1])) {
        std::int64_t unit = kSecondNs / 10;
        for (++at; at < t.size() && isDigit(t[at]); ++at, unit /= 10)
            ns += unit * (t[at] - '0');
    }
    t.remove_prefix(at);
    return true;
}

namespace {

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size.
bool takeEpoch(std::string_view& text, WrittenTime& out) {
    std::size_t at = 0;
    std::uint64_t digits = 0; // 19 digits fit in it whatever they are
    for (; at < text.size() && at < 19 && isDigit(text[at]); ++at)
        digits = digits * 10 + static_cast<unsigned>(text[at] - '0');
    if (at < 9 || (at < text.size() && isDigit(text[at]))) return false;
    const std::int64_t unit = at <= 10 ? kSecondNs : at <= 13 ? 1'000'000 : at <= 16 ? 1'000 : 1;
    if (digits > 9'000'000'000'000'000'000U / static_cast<std::uint64_t>(unit)) return false;
    const auto whole = static_cast<std::int64_t>(digits);
    std::int64_t ns = whole * unit;
    if (at + 1 < text.size() && text[at] == '.' && isDigit(text[at + 1])) {
        std::int64_t part = unit / 10;
        for (++at; at < text.size() && isDigit(text[at]); ++at, part /= 10)
            ns += part * (text[at] - '0');
    }
    out.local = ns;
    out.offset = 0;
    out.hasYear = true;
    text.remove_prefix(at);
    return true;
}

} // namespace

std::int64_t TimeReader::day(int year, unsigned month, unsigned dayOfMonth) {
    static constexpr std::array<unsigned char, 12> length{31, 29, 31, 30, 31, 30,
                                                          31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > length[month - 1]) return kAbsent;
    if (year < 1900 || year > 2200) return kAbsent;
    const std::uint32_t date = static_cast<std::uint32_t>(year) << 16U | month << 8U | dayOfMonth;
    if (date == cachedDate_) return cachedDay_;
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (month == 2 && dayOfMonth == 29 && !leap) return kAbsent;
    cachedDate_ = date;
    cachedDay_ = daysFromCivil(year, month, dayOfMonth) * 86'400 * kSecondNs;
    return cachedDay_;
}

bool TimeReader::takeClf(std::string_view& text, WrittenTime& out) {
    unsigned d = 0;
    unsigned year = 0;
    std::string_view t = text;
    if (t.size() < 20 || t[2] != '/' || t[6] != '/' || (t[11] != ':' && t[11] != ' ') ||
        !digits(t, 0, 2, d) || !digits(t, 7, 4, year))
        return false;
    const std::int64_t base = day(static_cast<int>(year), monthNamed(t.substr(3)), d);
    std::int64_t clock = 0;
    t.remove_prefix(12);
    if (base == kAbsent || !takeClock(t, clock)) return false;
    out.local = base + clock;
    out.offset.reset();
    out.hasYear = true;
    text = t;
    return true;
}

bool TimeReader::takeIso(std::string_view& text, WrittenTime& out) {
    unsigned year = 0;
    unsigned month = 0;
    unsigned d = 0;
    std::string_view t = text;
    if (t.size() < 19 || (t[4] != '-' && t[4] != '/') || t[7] != t[4] ||
        (t[10] != 'T' && t[10] != ' ' && t[10] != 't' && t[10] != ':') || !digits(t, 0, 4, year) ||
        !digits(t, 5, 2, month) || !digits(t, 8, 2, d))
        return false;
    const std::int64_t base = day(static_cast<int>(year), month, d);
    std::int64_t clock = 0;
    t.remove_prefix(11);
    if (base == kAbsent || !takeClock(t, clock)) return false;
    out.local = base + clock;
    out.offset.reset();
    out.hasYear = true;
    text = t;
    return true;
}

/// "[Wed ]Feb 14[ 2024] 09:59:20[.016][ 2024]"; the day may be padded with a blank, a zero or not.
bool TimeReader::takeNamedMonth(std::string_view& text, WrittenTime& out) {
    std::string_view t = text;
    unsigned month = monthNamed(t);
    if (month == 0 && t.size() > 4) {
        t.remove_prefix(t[3] == ',' ? 4 : 3);
        while (!t.empty() && t.front() == ' ')
            t.remove_prefix(1);
        month = monthNamed(t);
    }
    if (month == 0 || t.size() < 14 || t[3] != ' ') return false;
    t.remove_prefix(t[4] == ' ' ? 5 : 4);
    unsigned d = 0;
    const std::size_t width = isDigit(t[1]) ? 2 : 1;
    if (!digits(t, 0, width, d) || t.size() < width + 9 || t[width] != ' ') return false;
    t.remove_prefix(width + 1);
    unsigned year = 0;
    if (t.size() > 5 && t[4] == ' ' && digits(t, 0, 4, year)) t.remove_prefix(5);
    std::int64_t clock = 0;
    if (!takeClock(t, clock)) return false;
    if (year == 0 && t.size() >= 5 && t[0] == ' ' && digits(t, 1, 4, year) &&
        (t.size() == 5 || !isAlnum(t[5])) && year >= 1970 && year < 2200)
        t.remove_prefix(5);
    else if (year == 0 || year < 1900)
        year = 0;
    const std::int64_t base = day(year != 0 ? static_cast<int>(year) : kYearIfNone, month, d);
    if (base == kAbsent) return false;
    out.local = base + clock;
    out.offset.reset();
    out.hasYear = year != 0;
    text = t;
    return true;
}

bool TimeReader::takeCommon(std::string_view& text, WrittenTime& out) {
    if (!isDigit(text[0])) return takeNamedMonth(text, out);
    if (text[2] == '/') return takeClf(text, out);
    return takeIso(text, out);
}

namespace {

/// "… 09:57:40 PM", "… 09:57:40:143", "… 09:57:40 CET 2024": more than the common shapes know.
bool goesOn(std::string_view rest, bool hasYear) {
    if (rest.size() < 3) return false;
    if (rest[0] == ':') return isDigit(rest[1]);
    if (rest[0] != ' ') return false;
    if (!hasYear && rest.size() >= 8) return rest[1] >= 'A' && rest[1] <= 'Z';
    return (lower(rest[1]) == 'a' || lower(rest[1]) == 'p') &&
           (rest[2] == '.' || lower(rest[2]) == 'm');
}

} // namespace

bool TimeReader::take(std::string_view& text, WrittenTime& out) {
    if (text.size() < 9) return false;
    if (isDigit(text[0]) && isDigit(text[4]) && takeEpoch(text, out)) return true;
    std::string_view rest = text;
    if (!takeCommon(rest, out)) return takeRare(text, out);
    if (goesOn(rest, out.hasYear) && takeRare(text, out)) return true;
    text = rest;
    takeZone(text, out);
    return true;
}

bool TimeReader::whole(std::string_view text, WrittenTime& out) {
    if (last_.read(text, out)) return true;
    const std::string_view all = text;
    if (!take(text, out) || !text.empty()) return false;
    last_.remember(all, out);
    return true;
}

} // namespace postlude
