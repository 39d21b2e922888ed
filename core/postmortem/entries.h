// SPDX-License-Identifier: GPL-3.0-or-later
// Entries of a timeline that become one, and one that becomes two. Pure.
#pragma once

#include "core/postmortem/postmortem.h"

#include <optional>

namespace postlude {

/// The entries of these rows as one, in the place of the first: its kind, the earliest of their
/// times, all their texts and all their evidence, each piece once. Rows that are none are passed
/// over; nothing happens with fewer than two. Gives the row of the new one.
std::optional<std::size_t> mergeEntries(std::vector<TimelineEntry>& timeline,
                                        std::vector<std::size_t> rows);

/// What stands behind the first sentence (or the first semicolon) becomes an entry of its own below
/// it, with the same time, kind and evidence. False where the text is but one sentence.
bool splitEntry(std::vector<TimelineEntry>& timeline, std::size_t row);

} // namespace postlude
