// SPDX-License-Identifier: GPL-3.0-or-later
// The report on pages. Both need a QGuiApplication.
#pragma once

#include "core/export/detail/report.h"
#include "core/export/print.h"

namespace postlude {

/// A4 with page numbers and a list of contents; charts are lines, not dots.
std::string pdfOf(const Report& report, const std::string& title, const std::vector<Chart>& charts);

/// The same pages on another device, all or those of the ranges it has; false if they could not be
/// painted, or it was stopped.
bool paintPages(QPagedPaintDevice& device, const Report& report, const std::string& title,
                const std::vector<Chart>& charts, const std::stop_token& stop);

/// The pages to be looked at; `owner` holds `report` and `charts`.
std::unique_ptr<LaidOutPages> layOut(std::shared_ptr<const PrintableReport> owner,
                                     const Report& report, const std::string& title,
                                     const std::vector<Chart>& charts, const QPageLayout& paper);

} // namespace postlude
