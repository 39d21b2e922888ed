// SPDX-License-Identifier: GPL-3.0-or-later
// Writing a postmortem with its charts.
#pragma once

#include "app/cli_opened.h"
#include "core/export/export.h"

namespace postlude::cli {

/// Writes the document and its charts and prints their names. The exit status.
int writeReport(const Postmortem& document, const Opened& opened, const Analysis& analysis,
                const std::string& file);

} // namespace postlude::cli
