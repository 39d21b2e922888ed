// SPDX-License-Identifier: GPL-3.0-or-later
// export CASE -o FILE: the postmortem that people wrote in this case.
#include "app/cli_commands.h"
#include "app/cli_report.h"
#include "app/cli_terminal.h"
#include "core/case/documents.h"

namespace postlude::cli {

namespace {

struct Arguments {
    std::string file, document;
    ReportArguments report;
};

Result<Postmortem> newest(const Case& file, const Arguments& arguments) {
    const auto which =
        arguments.document.empty() ? usualDocument(file) : documentNamed(file, arguments.document);
    if (!which) return std::unexpected(which.error());
    auto revision = newestRevision(file, *which);
    if (!revision) return std::unexpected(revision.error());
    if (!*revision)
        return std::unexpected(Error{.kind = ErrorKind::NotFound,
                                     .what = "this case holds no postmortem yet",
                                     .place = {.source = arguments.file},
                                     .remedy = "write one in the program, or use draft"});
    return postmortemFromJson((*revision)->json);
}

int exportCase(const Arguments& arguments) {
    if (const auto fine = checkReport(arguments.report); !fine) return fail(fine.error());
    if (!isCase(arguments.file))
        return fail({.kind = ErrorKind::NotFound,
                     .what = "no such case",
                     .place = {.source = arguments.file},
                     .remedy = "a bundle holds no postmortem; use draft"});
    auto opened = open({arguments.file}, {});
    if (!opened) return fail(opened.error());
    const auto document = newest(*opened->file, arguments);
    if (!document) return fail(document.error());
    const auto analysis = analysisOf(*opened);
    if (!analysis) return fail(analysis.error());
    return writeReport(*document, *opened, *analysis, arguments.report);
}

} // namespace

void addExport(CLI::App& program, Action& chosen) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("export", "Write the case's postmortem");
    command->add_option("case", arguments->file, "The case")->required()->type_name("CASE");
    command
        ->add_option("--document", arguments->document,
                     "Which, where the case has several (postmortem list): else the first")
        ->type_name("NAME|NUMBER");
    addReportOptions(*command, arguments->report);
    command->add_flag("--sanitise", arguments->report.sanitise,
                      "Hosts, addresses, people, paths and secrets replaced by placeholders");
    command->add_flag("--review", arguments->report.review,
                      "Only list what --sanitise would replace");
    command->footer(
        "In a sanitised edition the same thing has the same placeholder everywhere, also in the\n"
        "charts; footnotes carry no digests. Numbers that differ from the logs are said on\n"
        "standard error; verify lists them.");
    command->callback(
        [arguments, &chosen] { chosen = [arguments] { return exportCase(*arguments); }; });
}

} // namespace postlude::cli
