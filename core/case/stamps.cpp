// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/detail/stamps.h"

#include "core/base/numbers.h"
#include "core/base/shorttext.h"
#include "core/base/time.h"

#include <algorithm>
#include <array>

namespace postlude {

namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr int kLeapYear = 2000; // of stamps without a year, so that 29 February is a day
constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2200;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// Fills `value` with the digits [at, at + count); false if there are others.
bool number(std::string_view text, std::size_t at, std::size_t count, unsigned& value) {
    if (text.size() < at + count) return false;
    value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (!isDigit(text[i])) return false;
        value = value * 10 + static_cast<unsigned>(text[i] - '0');
    }
    return true;
}

void put(std::string& out, std::size_t at, std::size_t count, std::uint64_t value) {
    for (std::size_t i = at + count; i > at; value /= 10)
        out[--i] = static_cast<char>('0' + value % 10);
}

std::optional<std::size_t> clockIn(std::string_view text) {
    for (std::size_t at = 0; at + 8 <= text.size(); ++at) {
        unsigned part = 0;
        if ((at == 0 || !isDigit(text[at - 1])) && number(text, at, 2, part) &&
            text[at + 2] == ':' && number(text, at + 3, 2, part) && text[at + 5] == ':' &&
            number(text, at + 6, 2, part))
            return at;
    }
    return {};
}

} // namespace

std::optional<StampLayout> StampLayout::of(std::string_view sample) {
    if (sample.size() > 64) return {};
    const auto clock = clockIn(sample);
    if (!clock) return {};
    StampLayout layout;
    layout.sample_ = sample;
    layout.clock_ = *clock;
    const std::size_t dot = *clock + 8;
    if (dot < sample.size() && (sample[dot] == '.' || sample[dot] == ','))
        while (layout.digits_ < 9 && dot + 1 + layout.digits_ < sample.size() &&
               isDigit(sample[dot + 1 + layout.digits_]))
            ++layout.digits_;
    if (!layout.findDate()) return {};
    std::int64_t value = 0;
    if (!StampReader(layout).read(sample, value)) return {};
    return layout;
}

/// 2024-01-15, 15/Jan/2024, Jan 15; or none.
bool StampLayout::findDate() {
    const std::string_view text = prefix();
    unsigned value = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto at = static_cast<int>(i);
        const std::string_view rest = text.substr(i);
        if (rest.size() >= 10 && number(rest, 0, 4, value) && !isDigit(rest[4]) &&
            number(rest, 5, 2, value) && rest[7] == rest[4] && number(rest, 8, 2, value)) {
            year_ = at, month_ = at + 5, day_ = at + 8;
            return true;
        }
        if (std::ranges::find(kMonths, rest.substr(0, 3)) == kMonths.end()) continue;
        named_ = true;
        month_ = at;
        if (i >= 3 && number(text, i - 3, 2, value) && number(rest, 4, 4, value)) {
            day_ = at - 3, year_ = at + 4;
            return true;
        }
        if (rest.size() < 6) return false;
        spaced_ = true;
        day_ = at + 4;
        return true;
    }
    return std::ranges::none_of(text, isDigit); // only the time of day, behind whatever it is
}

bool StampReader::readDay(std::string_view prefix) {
    const StampLayout& is = layout_;
    const std::string_view sample = is.prefix();
    std::string literal(prefix); // with the sample's date, it must be the sample's
    const auto field = [&](int at, std::size_t count, unsigned& value) {
        const auto from = static_cast<std::size_t>(at);
        if (!number(prefix, from, count, value)) return false;
        literal.replace(from, count, sample.substr(from, count));
        return true;
    };
    unsigned year = kLeapYear;
    unsigned month = 1;
    unsigned day = 1;
    if (is.year_ >= 0 && !field(is.year_, 4, year)) return false;
    if (is.named_) {
        const auto from = static_cast<std::size_t>(is.month_);
        const auto found = std::ranges::find(kMonths, prefix.substr(from, 3));
        if (found == kMonths.end()) return false;
        month = static_cast<unsigned>(found - kMonths.begin()) + 1;
        literal.replace(from, 3, sample.substr(from, 3));
    } else if (is.month_ >= 0 && !field(is.month_, 2, month)) {
        return false;
    }
    if (is.day_ >= 0) {
        const auto from = static_cast<std::size_t>(is.day_);
        const bool single = is.spaced_ && prefix[from] == ' ';
        if (!field(is.day_ + (single ? 1 : 0), single ? 1 : 2, day)) return false;
        if (is.spaced_ && single != (day < 10)) return false;
        literal.replace(from, 2, sample.substr(from, 2));
    }
    if (literal != sample) return false;
    if (is.year_ >= 0 && (year < kFirstYear || year > kLastYear)) return false;
    const auto at = fromCivil({static_cast<int>(year), month, day, 0, 0, 0, 0});
    if (!at) return false;
    day_ = nanoseconds(*at);
    before_ = prefix;
    return true;
}

namespace {

/// The digits behind a clock.
bool readFraction(std::string_view text, std::size_t at, std::size_t count, std::int64_t& value) {
    if (count <= 8) return readDigits(text, at, at + count, value);
    unsigned nine = 0;
    if (!number(text, at, count, nine)) return false;
    value = nine;
    return true;
}

} // namespace

bool StampReader::read(std::string_view text, std::int64_t& value) {
    static constexpr std::array<std::int64_t, 10> units{
        1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
    const StampLayout& is = layout_;
    if (text.size() != is.sample_.size()) return false;
    const std::string_view prefix = text.substr(0, is.clock_);
    if ((before_.empty() || !isSameText(prefix, before_)) && !readDay(prefix)) return false;
    const char* const at = text.data() + is.clock_;
    const std::int64_t clock = readClock(at);
    if (clock < 0 || at[6] == '6') return false; // a second 60 would come back as another minute's
    std::int64_t fraction = 0;
    if (is.digits_ > 0) {
        if (at[8] != is.sample_[is.clock_ + 8] ||
            !readFraction(text, is.clock_ + 9, is.digits_, fraction))
            return false;
        fraction *= units[is.digits_];
    }
    const std::string_view suffix = is.suffix();
    if (!isSameText(text.substr(text.size() - suffix.size()), suffix)) return false;
    value = day_ + clock * kSecond + fraction;
    return true;
}

void StampWriter::append(std::string& out, std::int64_t value) const {
    const StampLayout& is = layout_;
    const Civil c = toCivil(instant(value));
    const std::size_t start = out.size();
    out += is.sample_;
    const auto place = [&](int at) { return start + static_cast<std::size_t>(at); };
    if (is.year_ >= 0) put(out, place(is.year_), 4, static_cast<unsigned>(c.year));
    if (is.named_)
        out.replace(place(is.month_), 3, kMonths[(c.month - 1) % kMonths.size()]);
    else if (is.month_ >= 0)
        put(out, place(is.month_), 2, c.month);
    if (is.day_ >= 0) put(out, place(is.day_), 2, c.day);
    if (is.spaced_ && c.day < 10) out[place(is.day_)] = ' ';
    const std::size_t at = start + is.clock_;
    put(out, at, 2, c.hour);
    put(out, at + 3, 2, c.minute);
    put(out, at + 6, 2, c.second);
    std::uint64_t fraction = c.nanosecond;
    for (std::size_t i = is.digits_; i < 9; ++i)
        fraction /= 10;
    if (is.digits_ > 0) put(out, at + 9, is.digits_, fraction);
}

} // namespace postlude
