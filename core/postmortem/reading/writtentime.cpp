// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/writtentime.h"

#include "core/base/text.h"
#include "core/postmortem/detail/scanner.h"

#include <algorithm>
#include <array>

namespace postlude::reading {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Duration kSecond = std::chrono::seconds{1};

/// A time of day; the scanner stands behind it, or where it stood.
struct Clock {
    Duration ofDay{};
    bool halfDay = false;
    bool unknown = false;
};

enum class Half : std::uint8_t { None, Am, Pm };

/// "am", "PM", "p.m.", with a blank before or not.
Half takeHalf(Scanner& s) {
    const Scanner before = s;
    s.blanks();
    for (const auto& [text, half] : {std::pair{"a.m.", Half::Am},
                                     {"p.m.", Half::Pm},
                                     {"a.m", Half::Am},
                                     {"p.m", Half::Pm},
                                     {"am", Half::Am},
                                     {"pm", Half::Pm}}) {
        Scanner after = s;
        if (!after.takeAnyCase(text) || after.atLetter()) continue;
        s = after;
        return half;
    }
    s = before;
    return Half::None;
}

bool plausible(int hour, int minute, int second) {
    return hour >= 0 && hour <= 24 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60 &&
           (hour < 24 || minute == 0);
}

std::optional<Clock> clockOf(int hour, int minute, int second, Half half) {
    if (half != Half::None && (hour == 0 || hour > 12)) half = Half::None; // "14:30 PM"
    if (!plausible(hour, minute, second)) return {};
    if (half == Half::Am && hour == 12) hour = 0;
    if (half == Half::Pm && hour < 12) hour += 12;
    return Clock{hours{hour} + minutes{minute} + std::chrono::seconds{second}, half != Half::None,
                 false};
}

/// ":30", ": 45", and of "10.12:30" the ".12".
std::optional<int> takeTwo(Scanner& s, std::string_view sign) {
    const Scanner before = s;
    if (s.take(sign)) {
        if (sign == ":") s.blanks();
        if (const auto number = s.number(2, 2)) return number;
    }
    s = before;
    return {};
}

Duration takeFraction(Scanner& s) {
    const Scanner before = s;
    if (!s.take(".") && !s.take(",")) return {};
    Duration unit = std::chrono::milliseconds{100};
    Duration sum{};
    std::size_t digits = 0;
    for (; s.atDigit() && digits < 9; ++digits, unit /= 10)
        sum += unit * (s.next() - '0');
    if (digits < 3 || s.atDigit()) {
        s = before;
        return {};
    }
    return sum;
}

std::optional<Clock> takeWordClock(Scanner& s) {
    if (s.takeWord("noon") || s.takeWord("midday")) return Clock{hours{12}, true, false};
    if (s.takeWord("midnight")) return Clock{hours{0}, true, false};
    if (s.take("--:--") || s.take("??:??")) return Clock{{}, false, true};
    return {};
}

/// "9.15 Uhr", "9 Uhr": the word says that it is a time.
bool beforeWord(Scanner s, std::string_view word) {
    s.blanks();
    return s.takeWord(word);
}

/// "9.32 — the alert"
bool beforeDash(Scanner s) {
    return s.take(" - ") || s.take(" – ") || s.take(" — ");
}

/// "9 o'clock", "4 in the morning": behind the hour.
std::optional<Clock> takeSpokenClock(Scanner& s, int hour) {
    s.blanks();
    bool spoken = s.takeWord("o'clock") || s.takeWord("o’clock");
    s.blanks();
    Half half = Half::None;
    for (const auto& [text, of] : {std::pair{"in the morning", Half::Am},
                                   {"at night", hour < 6 || hour == 12 ? Half::Am : Half::Pm},
                                   {"in the afternoon", Half::Pm},
                                   {"in the evening", Half::Pm}})
        if (s.takeWord(text)) {
            half = of;
            spoken = true;
            break;
        }
    return spoken ? clockOf(hour, 0, 0, half) : std::nullopt;
}

/// "14:30", "14:30:05.123", "4: 45 am", "10.12:30", "14h30", "10.30 am", "6PM"; "9.32" only where
/// it is `dotted` and a dash follows.
std::optional<Clock> takeClock(Scanner& s, bool dotted) {
    if (const auto word = takeWordClock(s)) return word;
    const auto hour = s.number(1, 2);
    if (!hour) return {};
    auto minute = takeTwo(s, ":");
    if (!minute) minute = takeTwo(s, "h");
    std::optional<int> second;
    Duration fraction{};
    const bool colon = minute.has_value();
    if (!minute) {
        Scanner words = s;
        if (const auto clock = takeSpokenClock(words, *hour)) {
            s = words;
            return clock;
        }
    }
    if (!minute) minute = takeTwo(s, ".");
    if (minute) second = takeTwo(s, ":");
    if (second) fraction = takeFraction(s);
    const Half half = takeHalf(s);
    const bool parted = dotted && minute && beforeDash(s);
    if (half == Half::None && !colon && !second && !parted && !beforeWord(s, "uhr")) return {};
    if (s.atDigit() || (s.peek() == ':' && s.digitAt(1))) return {};
    auto clock = clockOf(*hour, minute.value_or(0), second.value_or(0), half);
    if (clock) clock->ofDay += fraction;
    return clock;
}

/// "0900", "1430hrs": only where nothing else can be meant, so the caller says where.
std::optional<Clock> takeFourDigits(Scanner& s) {
    const auto number = s.number(4, 4);
    if (!number || s.atDigit()) return {};
    const auto clock = clockOf(*number / 100, *number % 100, 0, Half::None);
    Scanner after = s;
    after.blanks();
    const bool worded = after.takeWord("hrs") || after.takeWord("hours") || after.takeWord("h");
    if (worded) s = after;
    after = s;
    after.blanks();
    const bool zoned = zoneAt(after.rest()).has_value();
    const bool parted = after.take("-") || after.take("–") || after.take("—") || after.take(":") ||
                        after.take("|") || after.take("]") || after.takeWord("to") ||
                        after.takeWord("until");
    const bool yearLike = *number >= 1990 && *number < 2100;
    if (!worded && !zoned && (!parted || yearLike)) return {};
    return clock;
}

std::optional<WrittenZone> takeZone(Scanner& s) {
    const Scanner before = s;
    s.blanks();
    s.take(",");
    s.blanks();
    const bool round = s.take("(");
    const bool square = !round && s.take("[");
    s.blanks();
    s.takeWord("in");
    s.blanks();
    if (const auto zone = zoneAt(s.rest())) {
        s.skip(zone->size);
        s.blanks();
        if ((!round || s.take(")")) && (!square || s.take("]"))) {
            if (!round && !square) s.unblank();
            return zone;
        }
    }
    s = before;
    return {};
}

/// Between a date and a time of day: blanks, a comma, "at", "T" …
void takeJoint(Scanner& s) {
    s.blanks();
    for (const std::string_view sign : {",", "|", "@", "T", ";"})
        if (s.take(sign)) break;
    s.blanks();
    if (s.takeWord("at") || s.takeWord("around") || s.takeWord("on") || s.takeWord("about") ||
        s.takeWord("from"))
        s.blanks();
    const Scanner before = s;
    if ((s.take("-") || s.take("–") || s.take(":")) && s.blanks() && s.atDigit()) return;
    s = before;
}

bool takeWeekday(Scanner& s) {
    for (const std::string_view day :
         {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon",
          "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"})
        if (s.takeWord(day)) {
            s.take(".");
            s.take(",");
            s.blanks();
            return true;
        }
    return false;
}

void takeDateAfterClock(Scanner& s, WrittenTime& time) {
    Scanner after = s;
    takeJoint(after);
    const bool bracket = after.take("(");
    takeWeekday(after);
    const auto date = takeDate(after);
    if (!date || (bracket && !after.take(")"))) return;
    time.date = date;
    s = after;
}

/// A date with or without a time of day, or a time of day with or without a date.
std::optional<WrittenTime> takeTime(Scanner& s, bool first) {
    const Scanner before = s;
    WrittenTime time;
    time.begin = s.at();
    const bool square = s.take("[");
    const bool round = !square && s.take("(");
    s.blanks();
    const Scanner inside = s;
    const bool weekday = takeWeekday(s);
    time.date = takeDate(s);
    if (!time.date && weekday) s = inside;
    Scanner after = s;
    if (time.date) takeJoint(after);
    auto clock = takeClock(after, first && !time.date);
    if (!clock && (first || time.date)) {
        after = s;
        if (time.date) takeJoint(after);
        clock = takeFourDigits(after);
    }
    if (clock) {
        s = after;
        Scanner word = s;
        word.blanks();
        if (word.takeWord("uhr")) s = word;
        time.unknown = clock->unknown;
        time.halfDay = clock->halfDay;
        if (!clock->unknown) time.ofDay = clock->ofDay;
        time.zone = takeZone(s);
        if (!time.date) takeDateAfterClock(s, time);
        if (!time.zone) time.zone = takeZone(s);
    }
    if (!clock && !time.date) {
        s = before;
        return {};
    }
    if (square || round) {
        s.blanks();
        if (!s.take(square ? "]" : ")")) {
            // "[10:00 - 11:00]" is closed behind the other end.
            if (!first) {
                s = before;
                return {};
            }
        }
    }
    if (s.atDigit()) {
        s = before;
        return {};
    }
    time.end = s.at();
    return time;
}

bool takeUntil(Scanner& s) {
    s.blanks();
    for (const std::string_view sign : {"-", "–", "—", "→", "->"})
        if (s.take(sign)) {
            s.blanks();
            return true;
        }
    for (const std::string_view word : {"to", "until", "till", "through", "and", "bis", "und"})
        if (s.takeWord(word)) {
            s.blanks();
            s.takeWord("around");
            s.takeWord("about");
            s.takeWord("approximately");
            s.blanks();
            return true;
        }
    return false;
}

std::optional<WrittenSpan> takeSpan(Scanner& s, bool start) {
    const auto from = takeTime(s, start);
    if (!from) return {};
    WrittenSpan span{*from, {}};
    Scanner after = s;
    if (takeUntil(after)) {
        const auto to = takeTime(after, true);
        const bool alike = to && (to->ofDay.has_value() || to->unknown) ==
                                     (from->ofDay.has_value() || from->unknown);
        if (alike) {
            span.to = to;
            s = after;
        }
    }
    // "[08:20 - 08:50]"
    const char opened = s.byteAt(from->begin);
    if (span.to && (opened == '[' || opened == '(') && s.take(opened == '[' ? "]" : ")"))
        span.to->end = s.at();
    // Half of the day, zone and date count for both ends.
    if (span.to && span.to->halfDay && !span.from.halfDay && span.from.ofDay &&
        *span.from.ofDay < hours{12} && *span.to->ofDay >= hours{12} &&
        *span.from.ofDay + hours{12} <= *span.to->ofDay)
        *span.from.ofDay += hours{12};
    if (span.to && span.to->zone && !span.from.zone) span.from.zone = span.to->zone;
    return span;
}

void takeApproximately(Scanner& s) {
    for (int more = 0; more < 3; ++more) {
        s.blanks();
        bool any = s.take("~") || s.take("≈");
        for (const std::string_view word :
             {"approximately", "approx.", "approx", "around", "about", "ca.",  "ca",
              "circa",         "c.",      "at",     "on",     "by",    "from", "between",
              "since",         "um",      "gegen",  "ab",     "von",   "etwa"})
            if (!any && s.takeWord(word)) any = true;
        if (!any) return;
    }
    s.blanks();
}

} // namespace

std::optional<WrittenSpan> spanAtStart(std::string_view text) {
    Scanner s(text);
    takeApproximately(s);
    s.blanks();
    auto span = takeSpan(s, true);
    if (span) span->from.begin = 0;
    return span;
}

std::vector<WrittenSpan> spansIn(std::string_view text) {
    std::vector<WrittenSpan> spans;
    for (std::size_t at = 0; at < text.size();) {
        if (!Scanner::mayStart(text, at)) {
            ++at;
            continue;
        }
        Scanner s(text, at);
        const std::string_view before = text.substr(0, at);
        const bool announced =
            before.ends_with("from ") || before.ends_with("at ") || before.ends_with("between ");
        if (const auto span = takeSpan(s, announced)) {
            spans.push_back(*span);
            at = std::max(span->end(), at + 1);
        } else {
            ++at;
        }
    }
    return spans;
}

namespace {

std::optional<Duration> takeLengthUnit(Scanner& s) {
    static constexpr std::array<std::pair<std::string_view, Duration>, 18> units{
        {{"days", hours{24}},
         {"day", hours{24}},
         {"d", hours{24}},
         {"hours", hours{1}},
         {"hour", hours{1}},
         {"hrs", hours{1}},
         {"hr", hours{1}},
         {"h", hours{1}},
         {"minutes", minutes{1}},
         {"minute", minutes{1}},
         {"mins", minutes{1}},
         {"min", minutes{1}},
         {"m", minutes{1}},
         {"seconds", kSecond},
         {"second", kSecond},
         {"secs", kSecond},
         {"sec", kSecond},
         {"s", kSecond}}};
    for (const auto& [word, unit] : units)
        if (s.takeWord(word)) return unit;
    return {};
}

/// What may stand between "2 hours" and "5 minutes" of one length.
bool joinsLengths(std::string_view between) {
    between = trimmed(between);
    return between.empty() || between == "," || between == "and" || between == ", and";
}

} // namespace

std::optional<Duration> lengthIn(std::string_view text) {
    constexpr Duration most = hours{24 * 366 * 100}; // so that a sum of them is one, too
    std::optional<Duration> length;
    std::size_t behind = 0;
    const auto spans = spansIn(text);
    const auto ofTime = [&](std::size_t at) { // "0955 hrs" is no length
        return std::ranges::any_of(
            spans, [at](const WrittenSpan& s) { return s.begin() <= at && at < s.end(); });
    };
    for (std::size_t at = 0; at < text.size() && length.value_or(Duration{}) < most; ++at) {
        if (!Scanner::mayStart(text, at)) continue;
        Scanner s(text, at);
        const auto number = s.number(1, 4);
        if (!number || (s.at() - at == 4 && ofTime(at))) continue;
        if (length && !joinsLengths(text.substr(behind, at - behind))) return length;
        s.take("-");
        s.blanks();
        const auto unit = takeLengthUnit(s);
        if (!unit && length) return length;
        if (!unit) continue;
        length = length.value_or(Duration{}) + *unit * *number;
        behind = s.at();
        at = behind - 1;
    }
    return length;
}

} // namespace postlude::reading
