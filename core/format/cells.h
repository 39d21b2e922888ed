// SPDX-License-Identifier: GPL-3.0-or-later
// A record as names and texts: for tables that people look at when they choose a format.
#pragma once

#include "core/format/record.h"

namespace postlude {

using Cells = std::vector<std::pair<std::string, std::string>>;

/// Everything that a record holds: first kind, time, level and the columns (by their names in
/// cli.md), then what the log names itself. Texts are as logged (hostile); the time is as the
/// line states it, "----" for a year and nothing for a zone that it does not state.
Cells cellsOf(const Record& record);

} // namespace postlude
