// SPDX-License-Identifier: GPL-3.0-or-later
// Dates and times of day as people write them: "November 10, 2023, 14:30 UTC", "[ 4: 45 am PST ]",
// "0900", "6PM", "06/May/2022". Pure functions, thread-safe.
#pragma once

#include "core/postmortem/detail/names.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postlude::reading {

struct WrittenDate {
    int year = 0; ///< 0: not written
    unsigned month = 0, day = 0;
    bool ambiguous = false; ///< day and month may be the other way round
    bool operator==(const WrittenDate&) const = default;
};

struct WrittenTime {
    std::size_t begin = 0, end = 0; ///< in the text, brackets around it included
    std::optional<WrittenDate> date;
    std::optional<Duration> ofDay; ///< since midnight; absent: only a date, or "--:--"
    bool unknown = false;          ///< "--:--"
    bool halfDay = false;          ///< am or pm was written
    std::optional<WrittenZone> zone;
};

struct WrittenSpan {
    WrittenTime from;
    std::optional<WrittenTime> to;
    [[nodiscard]] std::size_t begin() const { return from.begin; }
    [[nodiscard]] std::size_t end() const { return to ? to->end : from.end; }
};

/// The time or span of times that the text starts with, words such as "at", "ca." and "on" before
/// it included. A number of four digits counts if nothing else can be meant.
std::optional<WrittenSpan> spanAtStart(std::string_view text);
/// All spans of the text in order, none overlapping.
std::vector<WrittenSpan> spansIn(std::string_view text);

/// "2 days 3 hours", "3h 15m", "2 min 53 s": the first such length in the text.
std::optional<Duration> lengthIn(std::string_view text);

} // namespace postlude::reading
