// SPDX-License-Identifier: GPL-3.0-or-later
// What a document says of dates and zones, collected while it is read, and the instants that
// follow once all of it is known.
#pragma once

#include "core/postmortem/detail/writtentime.h"
#include "core/postmortem/reading.h"

namespace postlude::reading {

struct At {
    WrittenTime time;
    std::size_t line = 0; ///< 0-based
};

struct EntryTime {
    std::optional<WrittenTime> time;
    std::optional<WrittenDate> date; ///< that the section of the entry stands under
    std::size_t line = 0;
};

struct Clues {
    std::vector<At> dates; ///< all, of title, headings, fields, in order
    std::vector<At> told;  ///< those in sentences: where nothing else names a day
    std::optional<At> start, end;
    std::optional<Duration> length;          ///< as stated
    std::optional<WrittenZone> timelineZone; ///< of its heading or column, or said beside it
    std::optional<WrittenZone> zone;         ///< said of the whole document
    std::vector<EntryTime> entries;          ///< one each entry of the timeline
    /// Notes all dates and the zone in a text that is no entry.
    void note(std::string_view text, std::size_t line);
};

/// Fills times, start, end and zone of the document, and says what contradicts.
void settleTimes(const Clues& clues, Reading& reading);

} // namespace postlude::reading
