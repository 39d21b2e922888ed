// SPDX-License-Identifier: GPL-3.0-or-later
// The report on pages. Both need a QGuiApplication.
#pragma once

#include "core/export/detail/report.h"

class QPagedPaintDevice;

namespace postlude {

/// A4 with page numbers and a list of contents; charts are lines, not dots.
std::string pdfOf(const Report& report, const std::string& title, const std::vector<Chart>& charts);

/// The same pages on another device, all or those of the ranges it has; false if they could not be
/// painted, or it was stopped.
bool paintPages(QPagedPaintDevice& device, const Report& report, const std::string& title,
                const std::vector<Chart>& charts, const std::stop_token& stop);

/// For word processors. Empty if it could not be made.
std::string odtOf(const Report& report, const std::string& title, const std::vector<Chart>& charts);

} // namespace postlude
