// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/scanner.h"

#include <algorithm>
#include <array>

namespace postlude::reading {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

bool Scanner::digitAt(std::size_t ahead) const {
    return at_ + ahead < text_.size() && isDigit(text_[at_ + ahead]);
}

bool Scanner::atLetter() const {
    return at_ < text_.size() && isLetter(text_[at_]);
}

bool Scanner::blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t'))
        ++at_;
    return true;
}

void Scanner::unblank() {
    while (at_ > 0 && text_[at_ - 1] == ' ')
        --at_;
}

bool Scanner::take(std::string_view what) {
    if (what.empty() || !rest().starts_with(what)) return false;
    at_ += what.size();
    return true;
}

bool Scanner::takeAnyCase(std::string_view what) {
    if (text_.size() - at_ < what.size()) return false;
    for (std::size_t i = 0; i < what.size(); ++i)
        if (lowered(text_[at_ + i]) != what[i]) return false;
    at_ += what.size();
    return true;
}

bool Scanner::takeWord(std::string_view what) {
    const std::size_t before = at_;
    if (takeAnyCase(what) && !atLetter()) return true;
    at_ = before;
    return false;
}

std::optional<int> Scanner::number(int least, int most) {
    std::size_t end = at_;
    int value = 0;
    int digits = 0;
    while (end < text_.size() && isDigit(text_[end]) && digits < most) {
        value = value * 10 + (text_[end++] - '0');
        ++digits;
    }
    if (digits < least || (end < text_.size() && isDigit(text_[end]))) return {};
    at_ = end;
    return value;
}

std::string_view Scanner::letters() {
    const std::size_t from = at_;
    while (atLetter())
        ++at_;
    return text_.substr(from, at_ - from);
}

bool Scanner::mayStart(std::string_view text, std::size_t at) {
    const char c = text[at];
    const char before = at > 0 ? text[at - 1] : ' ';
    if (c == '[' || c == '(') return at + 1 < text.size();
    if (c == '-' || c == '?') return before != c && at + 2 < text.size() && text[at + 2] == ':';
    if (!isDigit(c) && !isLetter(c)) return false;
    return !isDigit(before) && !isLetter(before) && before != '.' && before != ':' && before != '/';
}

namespace {

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};

/// Letters to be changed, left out or put in to make one of the other; at most `most` + 1.
std::size_t difference(std::string_view a, std::string_view b, std::size_t most) {
    if (a.size() > b.size() + most || b.size() > a.size() + most || b.size() > 16) return most + 1;
    std::array<std::size_t, 17> row{};
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] =
                std::min({row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)});
            corner = above;
        }
    }
    return row[b.size()];
}

/// 1…12, also of "Sept", "Febuary" and "Novemeber".
unsigned monthFrom(std::string_view word) {
    if (word.size() < 3 || word.size() > 12) return 0;
    std::string lower(word);
    std::ranges::transform(lower, lower.begin(), lowered);
    for (unsigned m = 0; m < kMonths.size(); ++m)
        if (lower == kMonths[m] || lower == kMonths[m].substr(0, 3) || (lower == "sept" && m == 8))
            return m + 1;
    if (lower.size() < 5 || isDigit(word[0]) || lowered(word[0]) == word[0]) return 0;
    for (unsigned m = 0; m < kMonths.size(); ++m)
        if (kMonths[m].size() >= 6 &&
            difference(lower, kMonths[m], 2) <= (lower.size() >= 7 ? 2U : 1U))
            return m + 1;
    return 0;
}

bool real(const WrittenDate& date) {
    return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31 &&
           (date.year == 0 || (date.year >= 1970 && date.year <= 2200));
}

std::optional<WrittenDate> dated(int year, unsigned month, unsigned day) {
    const WrittenDate date{year, month, day, false};
    return real(date) ? std::optional(date) : std::nullopt;
}

/// ", 2024", " 2024", "/2024", "-2024"; 0 if there is none.
int takeYear(Scanner& s) {
    const Scanner before = s;
    const bool slash = s.peek() == '/';
    for (const std::string_view sign : {",", ".", "/", "-"})
        if (s.take(sign)) break;
    s.blanks();
    const auto year = s.number(4, 4);
    const bool clock = s.peek() == ':' && !slash; // "29/Feb/2024:10:15:00", as web servers log
    if (year && *year >= 1970 && *year <= 2200 && !clock) return *year;
    s = before;
    return 0;
}

void takeOrdinal(Scanner& s) {
    for (const std::string_view end : {"st", "nd", "rd", "th"})
        if (s.takeWord(end)) return;
}

/// "2024-01-15", "2024/01/15".
std::optional<WrittenDate> takeYearFirst(Scanner& s) {
    const auto year = s.number(4, 4);
    if (!year) return {};
    const char sign = s.peek();
    if (sign != '-' && sign != '/' && sign != '.') return {};
    s.next();
    const auto month = s.number(1, 2);
    if (!month || s.peek() != sign) return {};
    s.next();
    const auto day = s.number(1, 2);
    if (!day) return {};
    return dated(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

/// "January 15th, 2024", "Jan. 15".
std::optional<WrittenDate> takeMonthFirst(Scanner& s) {
    const unsigned month = monthFrom(s.letters());
    if (month == 0) return {};
    s.take(".");
    s.take(",");
    s.blanks();
    s.takeWord("the");
    s.blanks();
    const auto day = s.number(1, 2);
    if (!day || s.peek() == ':') return {};
    takeOrdinal(s);
    return dated(takeYear(s), month, static_cast<unsigned>(*day));
}

/// "15th of January, 2024", "06/May/2022", "15. Jan 2024".
std::optional<WrittenDate> takeDayFirst(Scanner& s) {
    const auto day = s.number(1, 2);
    if (!day) return {};
    takeOrdinal(s);
    for (const std::string_view sign : {"/", "-", "."})
        if (s.take(sign)) break;
    s.blanks();
    s.takeWord("of");
    s.blanks();
    const unsigned month = monthFrom(s.letters());
    if (month == 0) return {};
    return dated(takeYear(s), month, static_cast<unsigned>(*day));
}

/// "03/14/2024", "14.03.2024", "03, 14, 2024". Where both orders are dates, it is ambiguous,
/// except with dots, which only those who write the day first use.
std::optional<WrittenDate> takeNumbers(Scanner& s) {
    const auto first = s.number(1, 2);
    if (!first) return {};
    const char sign = s.peek();
    if (std::string_view("/-.,").find(sign) == std::string_view::npos) return {};
    s.next();
    s.blanks();
    const auto second = s.number(1, 2);
    if (!second || s.peek() != sign) return {};
    s.next();
    s.blanks();
    auto year = s.number(4, 4);
    if (!year && sign == '/') {
        year = s.number(2, 2);
        if (year) *year += 2000;
    }
    if (!year) return {};
    const auto a = static_cast<unsigned>(*first);
    const auto b = static_cast<unsigned>(*second);
    if (sign == '.' || a > 12) return dated(*year, b, a);
    auto date = dated(*year, a, b);
    if (date) date->ambiguous = b <= 12 && a != b;
    return date;
}

} // namespace

std::optional<WrittenDate> takeDate(Scanner& s) {
    const Scanner before = s;
    for (auto* way : {takeYearFirst, takeMonthFirst, takeDayFirst, takeNumbers}) {
        if (const auto date = way(s); date && !s.atDigit()) return date;
        s = before;
    }
    return {};
}

} // namespace postlude::reading
