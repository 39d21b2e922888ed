// SPDX-License-Identifier: GPL-3.0-or-later
// Time stamps in the shapes that fewer programs write; reached only when the common ones do not
// fit. A date and a clock are read apart, so that any date goes with any clock.
#include "core/format/detail/chars.h"
#include "core/format/detail/timeparts.h"
#include "core/format/detail/timestamp.h"

namespace postlude {

namespace {

struct Date {
    int year = 0; ///< 0: none written
    unsigned month = 0, day = 0;
};

bool takeNumber(std::string_view& t, std::size_t atMost, unsigned& value, std::size_t* width) {
    std::size_t n = 0;
    while (n < t.size() && n <= atMost && isDigit(t[n]))
        ++n;
    if (n == 0 || n > atMost || !digits(t, 0, n, value)) return false;
    if (width != nullptr) *width = n;
    t.remove_prefix(n);
    return true;
}

bool takeChar(std::string_view& t, char c) {
    if (!t.starts_with(c)) return false;
    t.remove_prefix(1);
    return true;
}

void skipBlanks(std::string_view& t) {
    while (t.starts_with(' '))
        t.remove_prefix(1);
}

int fullYear(unsigned year, std::size_t width) {
    if (width == 4) return static_cast<int>(year);
    return static_cast<int>(year < 70 ? 2000 + year : 1900 + year);
}

bool isSensible(const Date& date) {
    return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31;
}

/// "20240115", "240115", "0115" (yearless, glog's).
bool takePackedDate(std::string_view& text, Date& date) {
    std::size_t n = 0;
    while (n < text.size() && isDigit(text[n]))
        ++n;
    const std::string_view t = text;
    unsigned year = 0;
    if (n == 8)
        digits(t, 0, 4, year);
    else if (n == 6)
        digits(t, 0, 2, year);
    else if (n != 4)
        return false;
    digits(t, n - 4, 2, date.month);
    digits(t, n - 2, 2, date.day);
    date.year = n == 4 ? 0 : fullYear(year, n - 4);
    if (!isSensible(date) || (n == 8 && (date.year < 1970 || date.year > 2200))) return false;
    text.remove_prefix(n);
    return true;
}

/// "15/01/2024", "1/15/24", "24/01/15", "15.01.2024", "01-15-2024", "2024-1-5", "10.30" and
/// "03-17" (yearless). Where day and month cannot be told apart the points' and dashes' first
/// number is the day, the slashes' first is the month, as most who write them so mean it.
bool orderParts(char separator, const std::array<unsigned, 3>& v,
                const std::array<std::size_t, 3>& width, Date& date) {
    if (width[0] == 4) {
        date = {static_cast<int>(v[0]), v[1], v[2]};
        return true;
    }
    const bool shortYear = width[2] == 2;
    if (shortYear && width[0] == 2 && width[1] == 2 && v[1] <= 12 && separator != '.') {
        date = {fullYear(v[0], 2), v[1], v[2]}; // 24/01/15
        return true;
    }
    if (width[2] != 4 && !shortYear) return false;
    const bool dayFirst = v[0] > 12 || (v[1] <= 12 && separator != '/');
    date = {fullYear(v[2], width[2]), dayFirst ? v[1] : v[0], dayFirst ? v[0] : v[1]};
    return true;
}

bool takeNumericDate(std::string_view& text, Date& date) {
    std::string_view t = text;
    std::array<unsigned, 3> v{};
    std::array<std::size_t, 3> width{};
    if (!takeNumber(t, 4, v[0], &width[0]) || width[0] == 3 || t.empty()) return false;
    const char separator = t.front();
    if ((separator != '/' && separator != '-' && separator != '.') || !takeChar(t, separator) ||
        !takeNumber(t, 2, v[1], &width[1]))
        return false;
    std::string_view rest = t;
    if (takeChar(rest, separator) && takeNumber(rest, 4, v[2], &width[2])) {
        if (!orderParts(separator, v, width, date)) return false;
        t = rest;
    } else if (width[0] == 2 && width[1] == 2 && t.starts_with(separator == '/' ? '-' : ' ')) {
        date = {0, v[0], v[1]}; // "11-21 12:14:15", Snort's "11/21-12:14:15"
    } else {
        return false;
    }
    if (!isSensible(date)) return false;
    text = t;
    return true;
}

std::size_t lettersOf(std::string_view t) {
    std::size_t n = 0;
    while (n < t.size() && lower(t[n]) >= 'a' && lower(t[n]) <= 'z')
        ++n;
    return n;
}

/// "Jan", "January", "Sept."
bool takeMonthName(std::string_view& t, unsigned& month) {
    const std::size_t n = lettersOf(t);
    month = n >= 3 && n <= 9 ? monthNamed(t) : 0;
    if (month == 0) return false;
    t.remove_prefix(n);
    if (n < 5) takeChar(t, '.');
    return true;
}

/// "Mon, ", "Monday " …
void skipWeekday(std::string_view& text) {
    static constexpr std::string_view names = "monTueWedThuFriSatSun";
    const std::size_t n = lettersOf(text);
    if (n < 3 || n > 9) return;
    const auto fits = [&](std::size_t day) {
        for (std::size_t i = 0; i < 3; ++i)
            if (lower(text[i]) != lower(names[day * 3 + i])) return false;
        return true;
    };
    bool any = false;
    for (std::size_t day = 0; day < 7; ++day)
        any = any || fits(day);
    std::string_view t = text.substr(n);
    if (!any || (!t.starts_with(',') && !t.starts_with(' '))) return;
    takeChar(t, ',');
    skipBlanks(t);
    text = t;
}

/// "15-Jan-2024", "15 Jan 2024", "15 January 2024", "15 Jan" (yearless), "15/Jan/24".
bool takeDayMonth(std::string_view& text, Date& date) {
    std::string_view t = text;
    if (!takeNumber(t, 2, date.day, nullptr) || t.empty()) return false;
    const char separator = t.front();
    if (separator != ' ' && separator != '-' && separator != '/') return false;
    takeChar(t, separator);
    if (!takeMonthName(t, date.month)) return false;
    std::string_view rest = t;
    unsigned year = 0;
    std::size_t width = 0;
    takeChar(rest, ',');
    const bool parted = takeChar(rest, separator);
    if (parted && takeNumber(rest, 4, year, &width) && (width == 4 || separator != ' ')) {
        date.year = fullYear(year, width);
        t = rest;
    } else if (separator != ' ') {
        return false;
    }
    if (!isSensible(date)) return false;
    text = t;
    return true;
}

/// "Jan 15, 2024", "January 15 2024", "Jan 15" (yearless), "Jan-15-2024".
bool takeMonthDay(std::string_view& text, Date& date) {
    std::string_view t = text;
    if (!takeMonthName(t, date.month) || t.empty()) return false;
    const char separator = t.front() == '-' ? '-' : ' ';
    if (!takeChar(t, separator)) return false;
    skipBlanks(t);
    if (!takeNumber(t, 2, date.day, nullptr)) return false;
    std::string_view rest = t;
    unsigned year = 0;
    std::size_t width = 0;
    if (!takeChar(rest, separator)) takeChar(rest, ',');
    skipBlanks(rest);
    if (takeNumber(rest, 4, year, &width) && width == 4 && !rest.starts_with(':')) {
        date.year = static_cast<int>(year);
        t = rest;
    }
    if (!isSensible(date)) return false;
    text = t;
    return true;
}

bool takeDate(std::string_view& t, Date& date) {
    skipWeekday(t);
    if (t.empty()) return false;
    if (!isDigit(t.front())) return takeMonthDay(t, date);
    return takeDayMonth(t, date) || takeNumericDate(t, date) || takePackedDate(t, date);
}

/// WebSphere's "9:57:40:143" and others' "9:57:40:7", which is 7 ms.
void takeMilliseconds(std::string_view& text, std::int64_t& ns) {
    std::string_view t = text.substr(1);
    unsigned ms = 0;
    if (!takeNumber(t, 3, ms, nullptr) || (!t.empty() && isAlnum(t.front()))) return;
    ns += std::int64_t{ms} * 1'000'000;
    text = t;
}

void takeFraction(std::string_view& t, std::int64_t& ns) {
    if (t.size() < 2 || !isDigit(t[1])) return;
    if (t[0] == ':') return takeMilliseconds(t, ns);
    if (t[0] != '.' && t[0] != ',') return;
    std::int64_t unit = kSecondNs / 10;
    for (t.remove_prefix(1); !t.empty() && isDigit(t.front()); t.remove_prefix(1), unit /= 10)
        ns += unit * (t.front() - '0');
}

/// "AM", " p.m.": hours of a clock of twelve.
bool takeHalf(std::string_view& text, unsigned& hour) {
    std::string_view t = text;
    takeChar(t, ' ');
    if (t.starts_with("\xE2\x80\xAF")) t.remove_prefix(3); // newer Javas' narrow blank
    if (t.empty() || hour > 12) return true;
    const char half = lower(t.front());
    if (half != 'a' && half != 'p') return true;
    t.remove_prefix(1);
    takeChar(t, '.');
    if (t.empty() || lower(t.front()) != 'm') return true;
    t.remove_prefix(1);
    takeChar(t, '.');
    if (!t.empty() && isAlnum(t.front())) return true;
    if (hour == 0) return false;
    hour = hour % 12 + (half == 'p' ? 12 : 0);
    text = t;
    return true;
}

/// Behind hours and minutes: it was no clock then.
bool goesOnWithout(std::string_view t) {
    if (t.starts_with('Z')) t.remove_prefix(1);
    return !t.empty() && (isAlnum(t.front()) || t.front() == ':');
}

/// "9:57:40.143 PM", "09:57", "095740", "09.57.40.143".
bool takeAnyClock(std::string_view& text, std::int64_t& ns) {
    std::string_view t = text;
    unsigned h = 0;
    unsigned m = 0;
    unsigned s = 0;
    std::size_t n = 0;
    while (n < t.size() && isDigit(t[n]))
        ++n;
    ns = 0;
    if (n == 6 && digits(t, 0, 2, h) && digits(t, 2, 2, m) && digits(t, 4, 2, s)) {
        t.remove_prefix(6);
        takeFraction(t, ns);
    } else {
        std::size_t width = 0;
        if (!takeNumber(t, 2, h, nullptr) || t.size() < 3) return false;
        const char separator = t.front();
        t.remove_prefix(1);
        if ((separator != ':' && separator != '.') || !takeNumber(t, 2, m, &width)) return false;
        std::string_view rest = t;
        std::size_t wide = 0;
        if (takeChar(rest, separator) && takeNumber(rest, 2, s, &wide)) {
            // "9:5:4:143" is not padded at all; other single digits were cut short.
            if ((width != 2 || wide != 2) && !rest.starts_with(':')) return false;
            t = rest;
            takeFraction(t, ns);
        } else if (width != 2 || separator == '.' || goesOnWithout(t)) {
            return false;
        }
    }
    if (h > 23 || m > 59 || s > 60 || !takeHalf(t, h)) return false;
    ns += (h * 3600LL + m * 60LL + s) * kSecondNs;
    text = t;
    return true;
}

/// What stands between date and clock.
bool takeGap(std::string_view& t) {
    if (t.starts_with("::")) return t.remove_prefix(2), true;
    if (t.starts_with(" @ ") || t.starts_with(" - ")) return t.remove_prefix(3), true;
    if (takeChar(t, ',') || takeChar(t, ' ')) return skipBlanks(t), true;
    return takeChar(t, 'T') || takeChar(t, ':') || takeChar(t, '_') || takeChar(t, '-');
}

/// "Mon Jan 15 09:57:40 CET 2024": the year is last.
void takeLateYear(std::string_view& t, Date& date, WrittenTime& zone) {
    std::string_view rest = t;
    takeZone(rest, zone);
    unsigned year = 0;
    if (rest.size() >= 5 && rest[0] == ' ' && digits(rest, 1, 4, year) && year >= 1970 &&
        year <= 2200 && (rest.size() == 5 || !isAlnum(rest[5]))) {
        date.year = static_cast<int>(year);
        t = rest.substr(5);
    } else {
        zone.offset.reset();
    }
}

/// "@400000005a4f3c8e1d2b3c4d": TAI64N, as multilog and s6-log write it.
bool takeTai(std::string_view& text, WrittenTime& out) {
    if (text.size() < 25 || text.front() != '@') return false;
    std::uint64_t seconds = 0;
    std::uint64_t ns = 0;
    for (std::size_t i = 1; i < 25; ++i) {
        const char c = lower(text[i]);
        const bool letter = c >= 'a' && c <= 'f';
        if (!isDigit(c) && !letter) return false;
        std::uint64_t& value = i < 17 ? seconds : ns;
        value = value * 16 + static_cast<unsigned>(letter ? c - 'a' + 10 : c - '0');
    }
    constexpr std::uint64_t epoch = 0x4000000000000000U + 10; // as multilog: no leap seconds
    if (seconds < epoch || seconds > epoch + 8'000'000'000U || ns >= 1'000'000'000U) return false;
    out.local =
        static_cast<std::int64_t>(seconds - epoch) * kSecondNs + static_cast<std::int64_t>(ns);
    out.offset = 0;
    out.hasYear = true;
    text.remove_prefix(25);
    return true;
}

/// "1.7053126678901234e+09": seconds since 1970 as Go prints a float.
bool takeScientific(std::string_view& text, WrittenTime& out) {
    const std::size_t e = text.find_first_not_of("0123456789", 2);
    constexpr char kMost = '8'; // 9e18 ns are more than there are
    if (text.size() < 7 || !isDigit(text[0]) || text[0] > kMost || text[1] != '.' ||
        e == std::string_view::npos || e < 3 || !text.substr(e).starts_with("e+09") ||
        (e + 4 < text.size() && isDigit(text[e + 4])))
        return false;
    std::int64_t ns = text[0] - '0';
    for (std::size_t i = 2; i < 20; ++i)
        ns = ns * 10 + (i < e ? text[i] - '0' : 0);
    out.local = ns;
    out.offset = 0;
    out.hasYear = true;
    text.remove_prefix(e + 4);
    return true;
}

} // namespace

bool TimeReader::takeRare(std::string_view& text, WrittenTime& out) {
    if (takeTai(text, out) || takeScientific(text, out)) return true;
    std::string_view t = text;
    Date date;
    std::int64_t clock = 0;
    if (!takeDate(t, date) || !takeGap(t) || !takeAnyClock(t, clock)) return false;
    WrittenTime read;
    if (date.year == 0) takeLateYear(t, date, read);
    const std::int64_t base = day(date.year != 0 ? date.year : kYearIfNone, date.month, date.day);
    if (base == kAbsent) return false;
    if (!read.offset) takeZone(t, read);
    out.local = base + clock;
    out.offset = read.offset;
    out.hasYear = date.year != 0;
    text = t;
    return true;
}

} // namespace postlude
