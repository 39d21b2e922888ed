// SPDX-License-Identifier: GPL-3.0-or-later
// Instants, spans and their written form. Zones are in zone.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postlude {

using Duration = std::chrono::nanoseconds;
/// A moment in UTC, nanoseconds since 1970-01-01T00:00:00Z (years 1678 to 2261).
using Instant = std::chrono::sys_time<Duration>;

constexpr std::int64_t nanoseconds(Instant t) { return t.time_since_epoch().count(); }
constexpr Instant instant(std::int64_t ns) { return Instant{Duration{ns}}; }
constexpr double seconds(Duration d) { return static_cast<double>(d.count()) * 1e-9; }
constexpr Duration fromSeconds(double s) {
    return Duration{static_cast<std::int64_t>(s * 1e9 + (s < 0 ? -0.5 : 0.5))};
}

/// Half open: `from` belongs to it, `to` does not. Empty when to <= from.
struct Window {
    Instant from{};
    Instant to{};
    [[nodiscard]] bool empty() const { return to <= from; }
    [[nodiscard]] bool contains(Instant t) const { return t >= from && t < to; }
    [[nodiscard]] Duration length() const { return to - from; }
    bool operator==(const Window&) const = default;
};

/// "2024-01-15T09:59:16.011Z"; `digits` (0…9) of fraction, truncated, never rounded up.
std::string toRfc3339(Instant t, int digits = 3);

/// Reads "2024-01-15T09:59:16[.fraction][Z|±hh[:]mm]"; a blank may stand for the T and a comma
/// for the point. Without an offset the text is taken as UTC. Empty if it is anything else.
std::optional<Instant> fromRfc3339(std::string_view text);

/// Days from 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, "chrono-compatible
/// low-level date algorithms"). No range check.
std::int64_t daysFromCivil(int year, unsigned month, unsigned day);

/// The calendar date and time of day of an instant, in UTC.
struct Civil {
    int year;
    unsigned month, day, hour, minute, second;
    std::uint32_t nanosecond;
};
Civil toCivil(Instant t);

/// The instant of a civil time read as UTC; empty if it names no real moment (month 13, 25:00).
/// Second 60 is accepted and means the next minute's first.
std::optional<Instant> fromCivil(const Civil& c);

/// "3 h 15 min", "74 s", "120 ms": at most two units, thin enough for a heading.
std::string spoken(Duration d);

} // namespace postlude
