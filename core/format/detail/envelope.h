// SPDX-License-Identifier: GPL-3.0-or-later
// What syslog puts in front of a line: RFC 3164 (with or without year, with or without host),
// rsyslog's ISO form, RFC 5424; each with or without "<pri>", or that alone.
#pragma once

#include "core/format/detail/timestamp.h"

#include <string>

namespace postlude {

/// Takes the head off `line` and puts time, host, process, pid, the level that "<pri>" says, and
/// structured data (extra) into `out`, as far as it has them. False (both unchanged) if there is no
/// such head.
bool takeEnvelope(std::string_view& line, TimeReader& times, Record& out);

/// Takes off the ISO time alone that HAProxy's log format "iso" puts in front of a line. False
/// (both unchanged) if there is none.
bool takeIsoHead(std::string_view& line, TimeReader& times, Record& out);

/// Takes off "program[pid]: ", what is left of a syslog head whose time and host somebody cut away.
/// False (both unchanged) if there is none.
bool takeTagHead(std::string_view& line, Record& out);

/// Takes heads off as takeEnvelope does and remembers the last one: lines of the same second and
/// program have the same. Not thread-safe.
class HeadReader {
public:
    bool take(std::string_view& line, TimeReader& times, Record& out);
    /// Takes the last one off a line that has the same; false: it may have another one.
    bool takeSame(std::string_view& line) const;
    /// Of the last one.
    [[nodiscard]] const WrittenTime& time() const { return record_.time; }
    [[nodiscard]] std::int64_t pid() const { return record_[NumberField::Pid]; }
    /// As it stands in this line, which begins with the last one.
    [[nodiscard]] std::string_view text(TextField field, std::string_view line) const;

private:
    std::string last_; ///< with the blank behind it; empty: none that could come again
    Record record_;    ///< views into last_
};

/// A program's own date has no zone, but the syslog head has: the head's offset holds for the
/// date too if both clocks show the same time but for a few minutes.
void adoptOffset(const WrittenTime& head, WrittenTime& own);

} // namespace postlude
