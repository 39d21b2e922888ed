// SPDX-License-Identifier: GPL-3.0-or-later
// What syslog puts in front of a line: RFC 3164 (with or without year, with or without host),
// rsyslog's ISO form, RFC 5424; each with or without "<pri>".
#pragma once

#include "core/format/detail/timestamp.h"

namespace postlude {

/// Takes the head off `line` and puts time, host, process and pid into `out`. False (both
/// unchanged) if there is no such head.
bool takeEnvelope(std::string_view& line, TimeReader& times, Record& out);

/// A program's own date has no zone, but the syslog head has: the head's offset holds for the
/// date too if both clocks show the same time but for a few minutes.
void adoptOffset(const WrittenTime& head, WrittenTime& own);

} // namespace postlude
