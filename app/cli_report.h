// SPDX-License-Identifier: GPL-3.0-or-later
// Writing a postmortem with its charts.
#pragma once

#include "app/cli_opened.h"
#include "core/export/export.h"

namespace postlude::cli {

struct ReportArguments {
    std::string file;
    std::string form; ///< name or file of a template; "": the document's own
    bool sanitise = false;
    bool review = false; ///< only lists what an edition for others would replace
};
/// -o and --template.
void addReportOptions(CLI::App& command, ReportArguments& arguments);

/// Error: Usage, where nothing is named to be written.
Result<void> checkReport(const ReportArguments& arguments);

/// The template that the arguments name, else the document's own, else the usual one. Errors:
/// those of formNamed, only for a template that the arguments name.
Result<Form> formFor(const Postmortem& document, const ReportArguments& arguments);

/// Writes the document and its charts and prints their names. The exit status.
int writeReport(const Postmortem& document, const Opened& opened, const Analysis& analysis,
                const ReportArguments& arguments);

} // namespace postlude::cli
