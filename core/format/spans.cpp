// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and lengths of time as logs write them.
#include "core/base/text.h"
#include "core/format/detail/chars.h"
#include "core/format/detail/target.h"

namespace postlude {

std::optional<std::int64_t> readWhole(std::string_view piece) {
    if (piece.empty() || piece == "-") return kAbsent;
    const bool minus = piece.front() == '-';
    if (minus || piece.front() == '+') piece.remove_prefix(1);
    if (piece.empty() || piece.size() > 18) return {};
    std::int64_t value = 0;
    for (const char c : piece) {
        if (!isDigit(c)) return {};
        value = value * 10 + (c - '0');
    }
    return minus ? -value : value;
}

namespace {

/// "109ms": a unit written behind the number counts more than the one expected.
void takeUnit(std::string_view& piece, std::int64_t& unit) {
    static constexpr std::pair<std::string_view, std::int64_t> units[] = {
        {"ms", 1'000'000}, {"us", 1'000}, {"µs", 1'000}, {"ns", 1}, {"s", 1'000'000'000}};
    for (const auto& [suffix, ns] : units) {
        if (!piece.ends_with(suffix)) continue;
        piece = trimmed(piece.substr(0, piece.size() - suffix.size()));
        unit = ns;
        return;
    }
}

constexpr std::int64_t kLongestPart = 1'000'000'000'000'000'000; ///< so that a sum cannot overflow

std::optional<std::int64_t> readOneSpan(std::string_view piece, std::int64_t unit) {
    if (piece.back() == 's') takeUnit(piece, unit);
    if (piece.empty() || unit == kWritten) return {};
    const bool minus = piece.front() == '-';
    if (minus || piece.front() == '+') piece.remove_prefix(1);
    const std::size_t point = std::min(piece.find('.'), piece.size());
    if (piece.empty() || point > 15) return {};
    std::int64_t value = 0;
    for (const char c : piece.substr(0, point)) {
        if (!isDigit(c)) return {};
        value = value * 10 + (c - '0');
    }
    if (value > std::numeric_limits<std::int64_t>::max() / unit / 2) return {};
    value *= unit;
    for (std::size_t at = point + 1; at < piece.size(); ++at) {
        if (!isDigit(piece[at])) return {};
        unit /= 10;
        value += unit * (piece[at] - '0');
    }
    return minus ? kAbsent : value;
}

/// "1h2m3.5s", as Go writes times; nothing if it is none.
std::optional<std::int64_t> readCompoundSpan(std::string_view piece) {
    std::int64_t sum = 0;
    while (!piece.empty()) {
        const std::size_t letter = piece.find_first_not_of("0123456789.");
        if (letter == 0 || letter > 12) return {};
        std::size_t end = letter;
        while (end < piece.size() && !isDigit(piece[end]))
            ++end;
        const std::string_view name = piece.substr(letter, end - letter);
        const auto part =
            name == "h" || name == "m"
                ? readOneSpan(piece.substr(0, letter), (name == "h" ? 3600 : 60) * 1'000'000'000LL)
                : readOneSpan(piece.substr(0, end), 1);
        if (!part || *part < 0 || *part > kLongestPart || sum > kLongestPart) return {};
        sum += *part;
        piece.remove_prefix(end);
    }
    return sum;
}

/// zap writes a duration as seconds with a fraction, as whole nanoseconds, or in words, as it is
/// set up; no request takes a whole number of seconds beyond 999.
std::int64_t unitAsGo(std::string_view piece) {
    const bool whole = piece.size() > 3 && std::ranges::all_of(piece, isDigit);
    return whole ? 1 : 1'000'000'000;
}

} // namespace

std::optional<std::int64_t> readSpan(std::string_view piece, std::int64_t unit) {
    if (piece.empty() || piece == "-") return kAbsent;
    if (unit == kAsGo) unit = unitAsGo(piece);
    const auto span = readOneSpan(piece, unit);
    return span || piece.back() != 's' ? span : readCompoundSpan(piece);
}

} // namespace postlude
