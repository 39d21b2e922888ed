// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/age.h"

#include <algorithm>
#include <charconv>

namespace postlude::detail {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kDay = 24h;

/// "m", "hours", "year," …; zero for what is none.
std::chrono::seconds unitNamed(std::string_view word) {
    while (word.ends_with(',') || (word.size() > 1 && word.ends_with('s')))
        word.remove_suffix(1);
    if (word == "s" || word == "sec" || word == "second") return 1s;
    if (word == "m" || word == "min" || word == "minute") return 1min;
    if (word == "h" || word == "hour") return 1h;
    if (word == "d" || word == "day") return kDay;
    if (word == "w" || word == "week") return 7 * kDay;
    if (word == "month") return 30 * kDay;
    if (word == "y" || word == "year") return 365 * kDay;
    return 0s;
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || c == ',';
}

} // namespace

std::optional<Duration> readAge(std::string_view text) {
    text = text.substr(0, text.find(" (x")); // "3m2s (x12 over 58m)": the last of them
    if (text.ends_with(" ago")) text.remove_suffix(4);
    std::chrono::seconds age{};
    bool any = false;
    while (!text.empty()) {
        int count = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error != std::errc{} || count < 0 || count > 100'000) return {};
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.starts_with(' ')) text.remove_prefix(1);
        const auto word =
            static_cast<std::size_t>(std::ranges::find_if_not(text, isLetter) - text.begin());
        const std::chrono::seconds unit = unitNamed(text.substr(0, word));
        if (unit == 0s) return {};
        age += count * unit;
        any = true;
        text.remove_prefix(word);
        if (text.starts_with(' ')) text.remove_prefix(1);
    }
    return any ? std::optional<Duration>(age) : std::nullopt;
}

} // namespace postlude::detail
