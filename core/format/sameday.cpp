// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/numbers.h"
#include "core/format/detail/chars.h"
#include "core/format/detail/timeparts.h"
#include "core/format/detail/timestamp.h"

#include "core/base/shorttext.h"

namespace postlude {

namespace {

constexpr std::array<std::int64_t, 10> kUnits{
    1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};

bool isPoint(char c) {
    return c == '.' || c == ',';
}

/// ".143" or nothing, as ns; `at` is moved behind it. Negative: not as simple as that.
std::int64_t readFraction(std::string_view text, std::size_t& at) {
    if (at == text.size() || !isPoint(text[at])) return 0;
    const std::size_t from = ++at;
    const std::size_t most = std::min(text.size(), from + 9);
    std::int64_t value = 0;
    for (; at < most && isDigit(text[at]); ++at)
        value = value * 10 + (text[at] - '0');
    if (at == from || (at < text.size() && isDigit(text[at]))) return -1;
    return value * kUnits[at - from];
}

/// The same of exactly [at, end) of a text with eight bytes before that. False: it is none.
bool readFractionOf(std::string_view text, std::size_t at, std::size_t end, std::int64_t& ns) {
    if (end - at > 9) {
        ns = readFraction(text, at);
        return ns >= 0 && at == end;
    }
    if (!isPoint(text[at]) || !readDigits(text, at + 1, end, ns)) return false;
    ns *= kUnits[end - at - 1];
    return true;
}

/// A suffix that says the zone and nothing about the clock before it.
bool isPlainZone(std::string_view suffix) {
    if (suffix.empty() || suffix == "Z") return true;
    if (suffix.front() == ' ') suffix.remove_prefix(1);
    if (suffix.size() < 3 || (suffix.front() != '+' && suffix.front() != '-')) return false;
    return suffix.find_first_not_of("0123456789:", 1) == std::string_view::npos;
}

/// Where the first clock begins that follows no digit; beyond `most` if there is none.
std::size_t findClock(std::string_view text, std::size_t least, std::size_t most) {
    for (std::size_t at = least; at <= most && at + 8 <= text.size(); ++at)
        if (!isDigit(text[at - 1]) && readClock(&text[at]) >= 0) return at;
    return most + 1;
}

} // namespace

bool SameDay::read(std::string_view text, WrittenTime& out) const {
    if (prefixSize_ == 0 || text.size() < prefixSize_ + 8 + suffixSize_ ||
        !sameBytes(text.data(), prefix_.data(), prefixSize_))
        return false;
    const std::int64_t clock = readClock(text.data() + prefixSize_);
    const std::size_t at = prefixSize_ + 8;
    const std::size_t end = text.size() - suffixSize_;
    std::int64_t fraction = 0;
    if (clock < 0 || !isSameText(text.substr(end), {suffix_.data(), suffixSize_}) ||
        (at < end && !readFractionOf(text, at, end, fraction)))
        return false;
    const bool isEnd = out.isEnd;
    out = midnight_;
    out.local += clock * kSecondNs + fraction;
    out.isEnd = isEnd;
    return true;
}

void SameDay::remember(std::string_view text, const WrittenTime& time) {
    prefixSize_ = 0;
    const std::size_t clockAt = findClock(text, kLeast, kMost);
    if (clockAt > kMost) return;
    std::size_t at = clockAt + 8;
    const std::int64_t clock = readClock(text.data() + clockAt);
    const std::int64_t fraction = readFraction(text, at);
    const std::string_view suffix = text.substr(at);
    const std::int64_t midnight = time.local - clock * kSecondNs - fraction;
    if (clock < 0 || fraction < 0 || suffix.size() > kMost || !isPlainZone(suffix) ||
        midnight % (86'400 * kSecondNs) != 0)
        return;
    text.copy(prefix_.data(), clockAt);
    suffix.copy(suffix_.data(), suffix.size());
    prefixSize_ = clockAt;
    suffixSize_ = suffix.size();
    midnight_ = time;
    midnight_.local = midnight;
}

} // namespace postlude
