// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/timepattern.h"

#include "core/format/detail/chars.h"

#include <charconv>

namespace postlude {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr int kYearIfNone = 1972; // a leap year, so that 29 February is a day
constexpr std::string_view kConversions = "YymbBhdejaAHkIlpMSLfNsi6q@zZnt";

/// What the conversions have read so far.
struct Parts {
    int year = 0;
    unsigned month = 1, day = 1, yearDay = 0, hour = 0, minute = 0, second = 0;
    std::int64_t fraction = 0;
    std::int64_t epoch = kAbsent;
    std::optional<int> offset;
    std::optional<bool> afternoon;
    bool hasDate = false;
};

/// At most `most` digits, at least one; blanks in front where `padded`.
bool takeNumber(std::string_view& t, std::size_t most, unsigned& value, bool padded = false) {
    while (padded && most > 1 && t.starts_with(' ')) {
        t.remove_prefix(1);
        --most;
    }
    std::size_t n = 0;
    value = 0;
    for (; n < most && n < t.size() && isDigit(t[n]); ++n)
        value = value * 10 + static_cast<unsigned>(t[n] - '0');
    t.remove_prefix(n);
    return n > 0;
}

bool takeFraction(std::string_view& t, std::size_t most, std::int64_t& ns) {
    std::int64_t unit = kSecond / 10;
    std::size_t n = 0;
    ns = 0;
    for (; n < most && n < t.size() && isDigit(t[n]); ++n, unit /= 10)
        ns += unit * (t[n] - '0');
    t.remove_prefix(n);
    return n > 0;
}

bool takeEpoch(std::string_view& t, std::int64_t unit, int base, std::int64_t& ns) {
    std::int64_t value = 0;
    std::size_t n = 0;
    for (; n < t.size() && n < 17; ++n) {
        const char c = lower(t[n]);
        const int digit = isDigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
        if (digit >= base) break;
        value = value * base + digit;
    }
    if (n == 0 || n == 17 || value > std::numeric_limits<std::int64_t>::max() / 2 / unit)
        return false;
    ns = value * unit;
    t.remove_prefix(n);
    return true;
}

std::size_t letters(std::string_view t) {
    return static_cast<std::size_t>(
        std::ranges::find_if_not(t, [](char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }) -
        t.begin());
}

bool takeMonth(std::string_view& t, unsigned& month) {
    static constexpr std::string_view names = "janfebmaraprmayjunjulaugsepoctnovdec";
    const std::size_t length = letters(t);
    if (length < 3) return false;
    const char low[3] = {lower(t[0]), lower(t[1]), lower(t[2])};
    const std::size_t at = names.find(std::string_view(low, 3));
    if (at == std::string_view::npos || at % 3 != 0) return false;
    month = static_cast<unsigned>(at / 3 + 1);
    t.remove_prefix(length);
    return true;
}

bool takeOffset(std::string_view& t, std::optional<int>& offset) {
    if (t.starts_with('Z') || t.starts_with('z')) {
        offset = 0;
        return t.remove_prefix(1), true;
    }
    unsigned h = 0;
    unsigned m = 0;
    if (t.size() < 3 || (t[0] != '+' && t[0] != '-') || !digits(t, 1, 2, h)) return false;
    const std::size_t colon = t.size() > 3 && t[3] == ':' ? 1 : 0;
    const bool minutes = digits(t, 3 + colon, 2, m);
    const int east = static_cast<int>(h * 3600 + m * 60);
    offset = t[0] == '-' ? -east : east;
    t.remove_prefix(minutes ? 5 + colon : 3);
    return h < 16 && m < 60;
}

/// "UTC", "CEST": only the first kind says what it is, the others name several zones each.
bool takeZoneName(std::string_view& t, std::optional<int>& offset) {
    if (t.starts_with('+') || t.starts_with('-')) return takeOffset(t, offset);
    const std::size_t length = letters(t);
    const std::string_view name = t.substr(0, length);
    if (name == "UTC" || name == "GMT" || name == "Z") offset = 0;
    t.remove_prefix(length);
    return length > 0;
}

/// "@4000000037c219bf2ef02e94": TAI seconds from 2^62, which are ten ahead of UTC by convention.
bool takeHex(std::string_view digits, std::int64_t& value) {
    const char* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value, 16);
    return read.ec == std::errc() && read.ptr == end;
}

bool takeTai(std::string_view& t, Parts& parts) {
    constexpr std::int64_t zero = (std::int64_t{1} << 62) + 10;
    std::int64_t seconds = 0;
    std::int64_t nanos = 0;
    const bool fine = t.size() >= 24;
    if (t.size() < 16 || !takeHex(t.substr(0, 16), seconds)) return false;
    if (fine && !takeHex(t.substr(16, 8), nanos)) return false;
    seconds -= zero;
    if (seconds < 0 || seconds > 8'000'000'000) return false;
    parts.epoch = seconds * kSecond + nanos;
    t.remove_prefix(fine ? 24 : 16);
    return true;
}

bool takeHalf(std::string_view& t, Parts& parts) {
    if (t.size() < 2 || lower(t[1]) != 'm' || (lower(t[0]) != 'a' && lower(t[0]) != 'p'))
        return false;
    parts.afternoon = lower(t[0]) == 'p';
    t.remove_prefix(2);
    return true;
}

bool takeYear(std::string_view& t, std::size_t width, Parts& parts) {
    unsigned year = 0;
    if (!digits(t, 0, width, year)) return false;
    t.remove_prefix(width);
    parts.year = static_cast<int>(width == 4 ? year : year < 69 ? 2000 + year : 1900 + year);
    return true;
}

bool takeDate(char what, std::string_view& t, Parts& p) {
    p.hasDate = true;
    switch (what) {
    case 'Y':
        return takeYear(t, 4, p);
    case 'y':
        return takeYear(t, 2, p);
    case 'm':
        return takeNumber(t, 2, p.month);
    case 'b':
    case 'B':
    case 'h':
        return takeMonth(t, p.month);
    case 'j':
        return takeNumber(t, 3, p.yearDay) && p.yearDay >= 1 && p.yearDay <= 366;
    default:
        return takeNumber(t, 2, p.day, true);
    }
}

bool takeOne(char what, std::string_view& t, Parts& p) {
    switch (what) {
    case 'a':
    case 'A': {
        const std::size_t length = letters(t);
        t.remove_prefix(length);
        return length >= 2;
    }
    case 'H':
    case 'k':
    case 'I':
    case 'l':
        return takeNumber(t, 2, p.hour, true) && p.hour < 24;
    case 'M':
        return takeNumber(t, 2, p.minute) && p.minute < 60;
    case 'S':
        return takeNumber(t, 2, p.second) && p.second <= 60;
    case 'L':
        return takeFraction(t, 3, p.fraction);
    case 'f':
        return takeFraction(t, 6, p.fraction);
    case 'N':
        return takeFraction(t, 9, p.fraction);
    case 'p':
        return takeHalf(t, p);
    case 's':
        return takeEpoch(t, kSecond, 10, p.epoch);
    case 'i':
        return takeEpoch(t, 1'000'000, 10, p.epoch);
    case '6':
        return takeEpoch(t, 1'000, 10, p.epoch);
    case 'q':
        return takeEpoch(t, kSecond, 16, p.epoch);
    case '@':
        return takeTai(t, p);
    case 'z':
        return takeOffset(t, p.offset);
    case 'Z':
        return takeZoneName(t, p.offset);
    case 'n':
    case 't':
        while (t.starts_with(' ') || t.starts_with('\t') || t.starts_with('\n'))
            t.remove_prefix(1);
        return true;
    default:
        return takeDate(what, t, p);
    }
}

bool toTime(const Parts& p, WrittenTime& out) {
    static constexpr std::array<unsigned, 12> length{31, 29, 31, 30, 31, 30,
                                                     31, 31, 30, 31, 30, 31};
    out = {};
    if (p.epoch != kAbsent) {
        out.local = p.epoch + p.fraction;
        out.offset = 0;
        return true;
    }
    if (!p.hasDate || p.month < 1 || p.month > 12 || p.day < 1 || p.day > length[p.month - 1])
        return false;
    if (p.year != 0 && (p.year < 1900 || p.year > 2200)) return false;
    const unsigned half = p.afternoon ? (*p.afternoon ? 12U : 0U) : 0U;
    const unsigned hour = p.afternoon ? p.hour % 12 + half : p.hour;
    out.hasYear = p.year != 0;
    std::int64_t days = daysFromCivil(out.hasYear ? p.year : kYearIfNone, p.month, p.day);
    if (p.yearDay != 0)
        days = daysFromCivil(out.hasYear ? p.year : kYearIfNone, 1, 1) + p.yearDay - 1;
    out.local = (days * 86'400 + hour * 3600 + p.minute * 60 + p.second) * kSecond + p.fraction;
    out.offset = p.offset;
    return true;
}

std::string expanded(std::string_view format) {
    static constexpr std::pair<char, std::string_view> shorts[] = {
        {'D', "%m/%d/%y"}, {'T', "%H:%M:%S"}, {'F', "%Y-%m-%d"}, {'R', "%H:%M"}};
    std::string text;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const auto* found = std::end(shorts);
        if (format[i] == '%' && i + 1 < format.size())
            found =
                std::ranges::find(shorts, format[i + 1], &std::pair<char, std::string_view>::first);
        if (found != std::end(shorts)) {
            text += found->second;
            ++i;
            continue;
        }
        text += format[i];
        if (format[i] == '%' && i + 1 < format.size()) text += format[++i];
    }
    return text;
}

} // namespace

Result<TimePattern> TimePattern::compile(std::string_view format) {
    TimePattern pattern;
    const std::string full = expanded(format);
    for (std::size_t i = 0; i < full.size(); ++i) {
        if (full[i] != '%') {
            pattern.steps_.push_back({0, full[i]});
            continue;
        }
        const char what = i + 1 < full.size() ? full[i + 1] : '\0';
        if (what == '%')
            pattern.steps_.push_back({0, '%'});
        else if (what != '\0' && kConversions.find(what) != std::string_view::npos)
            pattern.steps_.push_back({what, 0});
        else
            return std::unexpected(
                Error{ErrorKind::NotUnderstood,
                      std::string("a time has no part “%") + (what != '\0' ? what : ' ') + "”",
                      {{}, 0, i + 1}});
        ++i;
    }
    return pattern;
}

bool TimePattern::take(std::string_view& text, WrittenTime& out) const {
    std::string_view t = text;
    Parts parts;
    for (const Step& step : steps_) {
        if (step.what != 0) {
            if (!takeOne(step.what, t, parts)) return false;
        } else if (t.starts_with(step.literal)) {
            t.remove_prefix(1);
        } else {
            return false;
        }
    }
    if (t.size() > 1 && (t[0] == '.' || t[0] == ',') && isDigit(t[1])) {
        t.remove_prefix(1);
        takeFraction(t, 20, parts.fraction);
    }
    if (!toTime(parts, out)) return false;
    text = t;
    return true;
}

} // namespace postlude
