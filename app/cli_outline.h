// SPDX-License-Identifier: GPL-3.0-or-later
// A postmortem that was read, in short, for a terminal.
#pragma once

#include "core/postmortem/reading.h"

namespace postlude::cli {

/// Safe for any text: nothing in the document reaches the terminal as a control code.
std::string outlineOf(const Reading& reading);

} // namespace postlude::cli
