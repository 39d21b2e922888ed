// SPDX-License-Identifier: GPL-3.0-or-later
// The report on pages. Both need a QGuiApplication.
#pragma once

#include "core/export/detail/report.h"

namespace postlude {

/// A4 with page numbers and a list of contents; charts are lines, not dots.
std::string pdfOf(const Report& report, const std::string& title, const std::vector<Chart>& charts);

/// For word processors. Empty if it could not be made.
std::string odtOf(const Report& report, const std::string& title, const std::vector<Chart>& charts);

} // namespace postlude
