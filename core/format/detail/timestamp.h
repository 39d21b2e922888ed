// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the time stamps logs write, without allocating. The kind is told by the shape, so that
// one reader serves all formats:
//   15/Jan/2024:09:57:40.143 +0000   21/Nov/2026 06:07:21 UTC      (CLF, HAProxy)
//   2024-01-15T09:57:40,143Z         2024/01/15 09:57:40           (ISO 8601 and kin)
//   Jan  5 09:57:40   Jan 15 2024 09:57:40   Wed Feb 14 09:59:20.016 2024 +0000  (syslog, asctime)
//   15-Jan-2024 09:57:40.143   Jan 15, 2024 9:57:40 PM   15.01.2024 09:57   24/01/15 09:57:40
//   20240115 095740   0115 09:57:40.143   2024-01-15-09.57.40   @400000005a4f3c8e1d2b3c4d
//   1705312776.262773   1705312776262                              (epoch in s, ms, µs or ns)
#pragma once

#include "core/format/record.h"

#include <array>

namespace postlude {

/// A time stamp of the same day as one before it and of the same make: "2024-01-15T" (prefix), the
/// clock, a fraction, "Z" (suffix). Not thread-safe.
class SameDay {
public:
    /// False says nothing about the text.
    bool read(std::string_view text, WrittenTime& out) const;
    /// `text` was read as `time`; is forgotten if it is of another make than the above.
    void remember(std::string_view text, const WrittenTime& time);

private:
    static constexpr std::size_t kLeast = 8, kMost = 16; ///< bytes before the clock
    std::array<char, kMost> prefix_{}, suffix_{};
    std::size_t prefixSize_ = 0; ///< 0: nothing is remembered
    std::size_t suffixSize_ = 0;
    WrittenTime midnight_;
};

/// Remembers the day last seen; not thread-safe.
class TimeReader {
public:
    /// Reads a time stamp at the start of `text` and takes it away, with the zone behind it.
    /// False (and `text` unchanged) if there is none. Leaves `out.isEnd` alone.
    bool take(std::string_view& text, WrittenTime& out);
    /// True only if all of `text` is one time stamp.
    bool whole(std::string_view text, WrittenTime& out);

private:
    std::int64_t day(int year, unsigned month, unsigned dayOfMonth);
    bool takeCommon(std::string_view& text, WrittenTime& out);
    bool takeRare(std::string_view& text, WrittenTime& out);
    bool takeClf(std::string_view& text, WrittenTime& out);
    bool takeIso(std::string_view& text, WrittenTime& out);
    bool takeNamedMonth(std::string_view& text, WrittenTime& out);

    SameDay last_;
    std::uint32_t cachedDate_ = 0;
    std::int64_t cachedDay_ = 0;
};

} // namespace postlude
