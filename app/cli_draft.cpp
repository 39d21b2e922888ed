// SPDX-License-Identifier: GPL-3.0-or-later
// draft CASE|BUNDLE -o FILE.md: the postmortem as far as the logs can tell it.
#include "app/cli_commands.h"
#include "app/cli_report.h"
#include "app/cli_terminal.h"

namespace postlude::cli {

namespace {

struct Arguments {
    std::vector<std::string> paths;
    std::string title;
    ReportArguments report;
    ReadingArguments reading;
};

int draft(const Arguments& arguments) {
    if (const auto fine = checkReport(arguments.report); !fine) return fail(fine.error());
    auto opened = open({arguments.paths.begin(), arguments.paths.end()}, arguments.reading);
    if (!opened) return fail(opened.error());
    const auto analysis = analysisOf(*opened);
    if (!analysis) return fail(analysis.error());
    const std::string& name = arguments.title.empty() ? opened->name : arguments.title;
    Postmortem document = draftPostmortem(*analysis, opened->query->sources(), name);
    const auto form = formFor(document, arguments.report);
    if (!form) return fail(form.error());
    askFor(*form, document);
    return writeReport(document, *opened, *analysis, arguments.report);
}

} // namespace

void addDraft(CLI::App& program, Action& chosen) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command =
        program.add_subcommand("draft", "Draft the postmortem from the evidence, with charts");
    command->add_option("input", arguments->paths, "A case, or a bundle to read")
        ->required()
        ->type_name("CASE|BUNDLE");
    addReportOptions(*command, arguments->report);
    command->add_option("--title", arguments->title, "What the incident is called");
    addReadingOptions(*command, arguments->reading);
    command->callback([arguments, &chosen] { chosen = [arguments] { return draft(*arguments); }; });
}

} // namespace postlude::cli
