// SPDX-License-Identifier: GPL-3.0-or-later
// Faults of the texts themselves: words, secrets, what is missing between the lines.
#pragma once

#include "core/postmortem/postmortem.h"

namespace postlude::checks {

/// Blaming words and secrets, text by text.
void textFaults(const Postmortem& document, std::vector<Fault>& faults);
/// A hole in the timeline while the impact lasted; one cause where several factors are told.
void storyFaults(const Postmortem& document, std::vector<Fault>& faults);

/// "“Replay peak traffic against every …”": enough of a text to know which is meant.
std::string named(std::string_view text);

} // namespace postlude::checks
