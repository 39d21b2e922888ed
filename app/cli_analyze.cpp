// SPDX-License-Identifier: GPL-3.0-or-later
// analyze CASE|BUNDLE: what happened, what caused it, what did not.
#include "app/cli_commands.h"
#include "app/cli_opened.h"
#include "app/cli_terminal.h"
#include "core/base/text.h"

#include <fmt/format.h>

namespace postlude::cli {

namespace {

struct Arguments {
    std::vector<std::string> paths;
    ReadingArguments reading;
    bool json = false;
};

std::string textOf(const Analysis& analysis, const std::vector<SourceInfo>& sources) {
    std::string text;
    for (const Finding& finding : analysis.findings) {
        const std::string at = finding.at ? toRfc3339(*finding.at) + "  " : std::string();
        text += fmt::format("{}{}: {}\n", at, visible(finding.title), visible(finding.statement));
    }
    if (analysis.incidents.empty()) text += "No incident found.\n";
    for (const std::string& note : analysis.notes)
        text += "Note: " + visible(note) + '\n';
    for (const SourceInfo& source : sources)
        if (!source.stale.empty())
            text += fmt::format("Note: {}: {}\n", visible(source.path), visible(source.stale));
    return text;
}

int analyze(const Arguments& arguments) {
    auto opened = open({arguments.paths.begin(), arguments.paths.end()}, arguments.reading);
    if (!opened) return fail(opened.error());
    const auto analysis = analysisOf(*opened);
    if (!analysis) return fail(analysis.error());
    Output out;
    const auto sources = opened->query->checkedSources();
    if (arguments.json)
        out.write(trimmed(toJson(*analysis, sources)));
    else
        out.write(trimmed(textOf(*analysis, sources)));
    out.write("\n");
    return out.finish();
}

} // namespace

void addAnalyze(CLI::App& program, Action& chosen) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("analyze", "Incidents, causes, shares, clocks");
    command->add_option("input", arguments->paths, "A case, or a bundle to read")
        ->required()
        ->type_name("CASE|BUNDLE");
    command->add_flag("--json", arguments->json, "Print everything as one JSON object");
    addReadingOptions(*command, arguments->reading);
    command->callback(
        [arguments, &chosen] { chosen = [arguments] { return analyze(*arguments); }; });
}

} // namespace postlude::cli
