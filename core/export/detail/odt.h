// SPDX-License-Identifier: GPL-3.0-or-later
// The report for word processors: an OpenDocument text with headings, contents and page numbers of
// its own. Needs a QGuiApplication, for the charts.
#pragma once

#include "core/export/detail/report.h"

namespace postlude {

/// Charts are lines, and dots for programs that read no SVG. Empty if it could not be made.
std::string odtOf(const Report& report, const std::string& title, const std::vector<Chart>& charts);

} // namespace postlude
