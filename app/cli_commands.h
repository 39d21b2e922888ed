// SPDX-License-Identifier: GPL-3.0-or-later
// The subcommands. Each adds itself and its options; parsing chooses what is then run.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace postlude::cli {

/// Runs the subcommand; gives the exit status.
using Action = std::function<int()>;

void addImport(CLI::App& program, Action& chosen);
void addRecords(CLI::App& program, Action& chosen);
void addAnalyze(CLI::App& program, Action& chosen);
void addCompare(CLI::App& program, Action& chosen);
void addDraft(CLI::App& program, Action& chosen);
void addExport(CLI::App& program, Action& chosen);
void addCases(CLI::App& program, Action& chosen);
void addFormats(CLI::App& program, Action& chosen);
void addCheckConfig(CLI::App& program, Action& chosen);
void addSql(CLI::App& program, Action& chosen);
/// Also under "postmortem".
void addVerify(CLI::App& program, Action& chosen);
void addPostmortem(CLI::App& program, Action& chosen);

} // namespace postlude::cli
