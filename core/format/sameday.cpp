// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/chars.h"
#include "core/format/detail/numbers.h"
#include "core/format/detail/timeparts.h"
#include "core/format/detail/timestamp.h"

namespace postlude {

namespace {

/// ".143" or nothing, as ns; `at` is moved behind it. Negative: not as simple as that.
std::int64_t readFraction(std::string_view text, std::size_t& at) {
    static constexpr std::array<std::int64_t, 10> units{
        1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
    if (at == text.size() || (text[at] != '.' && text[at] != ',')) return 0;
    const std::size_t from = ++at;
    const std::size_t most = std::min(text.size(), from + 9);
    std::int64_t value = 0;
    for (; at < most && isDigit(text[at]); ++at)
        value = value * 10 + (text[at] - '0');
    if (at == from || (at < text.size() && isDigit(text[at]))) return -1;
    return value * units[at - from];
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
    if (prefixSize_ == 0 || text.size() < prefixSize_ + 8 ||
        !sameBytes(text.data(), prefix_.data(), prefixSize_))
        return false;
    const std::int64_t clock = readClock(text.data() + prefixSize_);
    std::size_t at = prefixSize_ + 8;
    const std::int64_t fraction = readFraction(text, at);
    if (clock < 0 || fraction < 0 || text.size() - at != suffixSize_ ||
        (suffixSize_ > 0 && text.substr(at) != std::string_view(suffix_.data(), suffixSize_)))
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
