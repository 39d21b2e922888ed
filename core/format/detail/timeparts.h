// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of time stamps that the shapes in timestamp.cpp and rarestamps.cpp share.
#pragma once

#include "core/format/record.h"

namespace postlude {

inline constexpr std::int64_t kSecondNs = 1'000'000'000;
inline constexpr int kYearIfNone = 1972; ///< a leap year, so that 29 February is a day

/// 1 … 12 by the first three letters, or 0.
unsigned monthNamed(std::string_view t);
/// "09:57:40[.143]", as nanoseconds of the day; the comma may stand for the point.
bool takeClock(std::string_view& t, std::int64_t& ns);
/// "Z", "UTC", "+0000", "+00:00", "-05", "CEST", each possibly after one blank. Abbreviations
/// that several zones share stand for the best known of them; a zone that the user states
/// overrules them all.
void takeZone(std::string_view& text, WrittenTime& out);
/// Seconds east of UTC of "CET", "PDT" …
std::optional<int> zoneAbbreviated(std::string_view letters);

} // namespace postlude
