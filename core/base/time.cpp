// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace postlude {

std::int64_t daysFromCivil(int year, unsigned month, unsigned day) {
    const std::int64_t y = static_cast<std::int64_t>(year) - (month <= 2 ? 1 : 0);
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const auto yearOfEra = static_cast<unsigned>(y - era * 400);
    const unsigned dayOfYear = (153 * (month + (month > 2 ? -3U : 9U)) + 2) / 5 + day - 1;
    const unsigned dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + static_cast<std::int64_t>(dayOfEra) - 719468;
}

Civil toCivil(Instant t) {
    // The first day there is begins before the first instant, which chrono cannot write in ns.
    constexpr std::int64_t kDay = 86'400'000'000'000;
    const std::int64_t ns = nanoseconds(t);
    const std::int64_t before = ns % kDay < 0 ? 1 : 0;
    const std::chrono::year_month_day date{std::chrono::sys_days{
        std::chrono::days{static_cast<std::chrono::days::rep>(ns / kDay - before)}}};
    const std::chrono::hh_mm_ss time{std::chrono::nanoseconds{ns % kDay + before * kDay}};
    return {static_cast<int>(date.year()),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            static_cast<unsigned>(time.hours().count()),
            static_cast<unsigned>(time.minutes().count()),
            static_cast<unsigned>(time.seconds().count()),
            static_cast<std::uint32_t>(time.subseconds().count())};
}

std::optional<Instant> fromCivil(const Civil& c) {
    const std::chrono::year_month_day date{std::chrono::year{c.year}, std::chrono::month{c.month},
                                           std::chrono::day{c.day}};
    if (!date.ok() || c.year < 1678 || c.year > 2261) return {};
    if (c.hour > 23 || c.minute > 59 || c.second > 60 || c.nanosecond > 999'999'999) return {};
    const std::int64_t s = daysFromCivil(c.year, c.month, c.day) * 86400 + c.hour * 3600LL +
                           c.minute * 60LL + c.second;
    return instant(s * 1'000'000'000 + c.nanosecond);
}

std::string toRfc3339(Instant t, int digits) {
    const Civil c = toCivil(t);
    std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", c.year, c.month, c.day,
                                   c.hour, c.minute, c.second);
    if (digits > 0) text += "." + fmt::format("{:09}", c.nanosecond).substr(0, std::min(digits, 9));
    return text + "Z";
}

namespace {

/// Takes `width` digits off the front of `text`; false if they are not there.
bool takeNumber(std::string_view& text, std::size_t width, unsigned& value) {
    if (text.size() < width) return false;
    value = 0;
    for (std::size_t i = 0; i < width; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        value = value * 10 + static_cast<unsigned>(text[i] - '0');
    }
    text.remove_prefix(width);
    return true;
}

bool takeChar(std::string_view& text, std::string_view allowed) {
    if (text.empty() || allowed.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

std::uint32_t takeFraction(std::string_view& text) {
    std::uint32_t value = 0;
    std::uint32_t unit = 100'000'000;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        value += static_cast<std::uint32_t>(text.front() - '0') * unit;
        unit /= 10;
        text.remove_prefix(1);
    }
    return value;
}

/// Seconds east of UTC; the text must end with the offset.
std::optional<int> takeOffset(std::string_view text) {
    if (text.empty() || text == "Z" || text == "z") return 0;
    const int sign = text.front() == '-' ? -1 : 1;
    unsigned hours = 0;
    unsigned minutes = 0;
    if (!takeChar(text, "+-") || !takeNumber(text, 2, hours)) return {};
    takeChar(text, ":");
    if (!text.empty() && !takeNumber(text, 2, minutes)) return {};
    if (!text.empty() || hours > 15 || minutes > 59) return {};
    return sign * static_cast<int>(hours * 3600 + minutes * 60);
}

} // namespace

std::optional<Instant> fromRfc3339(std::string_view text) {
    unsigned year = 0;
    Civil c{};
    if (!takeNumber(text, 4, year) || !takeChar(text, "-") || !takeNumber(text, 2, c.month) ||
        !takeChar(text, "-") || !takeNumber(text, 2, c.day) || !takeChar(text, "Tt ") ||
        !takeNumber(text, 2, c.hour) || !takeChar(text, ":") || !takeNumber(text, 2, c.minute) ||
        !takeChar(text, ":") || !takeNumber(text, 2, c.second))
        return {};
    c.year = static_cast<int>(year);
    if (takeChar(text, ".,")) c.nanosecond = takeFraction(text);
    while (takeChar(text, " ")) {
    }
    const std::optional<int> offset = takeOffset(text);
    const std::optional<Instant> local = fromCivil(c);
    if (!offset || !local) return {};
    return *local - std::chrono::seconds{*offset};
}

std::string spoken(Duration d) {
    // The longest there is has no opposite, and cannot be rounded up.
    constexpr Duration most = Duration::max() - std::chrono::milliseconds{1};
    if (d < Duration::zero()) return "−" + spoken(-std::max(d, -most));
    const auto ms = std::chrono::round<std::chrono::milliseconds>(std::min(d, most)).count();
    if (ms < 1000) return fmt::format("{} ms", ms);
    if (ms < 9'950) return fmt::format("{:.1f} s", static_cast<double>(ms) / 1000);
    const std::int64_t s = (ms + 500) / 1000;
    if (s < 120) return fmt::format("{} s", s);
    const std::int64_t minutes = s / 60;
    if (minutes < 60)
        return s % 60 ? fmt::format("{} min {} s", minutes, s % 60)
                      : fmt::format("{} min", minutes);
    const std::int64_t hours = minutes / 60;
    if (hours < 48)
        return minutes % 60 ? fmt::format("{} h {} min", hours, minutes % 60)
                            : fmt::format("{} h", hours);
    return hours % 24 ? fmt::format("{} d {} h", hours / 24, hours % 24)
                      : fmt::format("{} d", hours / 24);
}

} // namespace postlude
