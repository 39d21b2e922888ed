// SPDX-License-Identifier: GPL-3.0-or-later
// postmortem read FILE.md: what somebody wrote, as structure.
#include "app/cli_commands.h"
#include "app/cli_files.h"
#include "app/cli_outline.h"
#include "app/cli_terminal.h"
#include "core/base/text.h"
#include "core/case/case.h"

#include <filesystem>
#include <fmt/format.h>

namespace postlude::cli {

namespace {

struct Arguments {
    std::string file;
    bool json = false;
};

int readFile(const Arguments& arguments) {
    const auto reading = documentIn(arguments.file);
    if (!reading) return fail(reading.error());
    Output out;
    out.write(arguments.json ? toJson(*reading) : outlineOf(*reading));
    return out.finish();
}

struct TakeArguments {
    std::string file, caseFile;
};

/// As a new revision: what the case holds already stays in its history.
int takeOver(const TakeArguments& arguments) {
    const auto reading = documentIn(arguments.file);
    if (!reading) return fail(reading.error());
    auto file = Case::open(arguments.caseFile);
    if (!file) return fail(file.error());
    const std::string name = std::filesystem::path(arguments.file).filename().string();
    const auto revision = (*file)->savePostmortem(toJson(reading->document), "taken from " + name);
    if (!revision) return failWriting(revision.error());
    Output out;
    out.write(fmt::format("revision {}\n", *revision));
    for (const ReadingRemark& remark : reading->remarks)
        out.write((remark.line > 0 ? fmt::format("line {}: ", remark.line) : "") +
                  visible(remark.text) + "\n");
    return out.finish();
}

void addTake(CLI::App& group, Action& chosen) {
    const auto arguments = std::make_shared<TakeArguments>();
    CLI::App* command =
        group.add_subcommand("take", "Make a postmortem that somebody wrote the case's own");
    command->add_option("file", arguments->file, "Markdown, plain text, or JSON of export")
        ->required()
        ->type_name("FILE.md");
    command->add_option("case", arguments->caseFile, "The case")->required()->type_name("CASE");
    command->footer("It becomes the newest revision; what the case held stays in its history.\n"
                    "Prints what was ambiguous or contradicts itself.");
    command->callback(
        [arguments, &chosen] { chosen = [arguments] { return takeOver(*arguments); }; });
}

} // namespace

void addPostmortem(CLI::App& program, Action& chosen) {
    CLI::App* group = program.add_subcommand("postmortem", "Postmortems that people wrote");
    group->require_subcommand(1);
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command =
        group->add_subcommand("read", "Take a postmortem in as structure, with nothing lost");
    command->add_option("file", arguments->file, "Markdown or plain text")
        ->required()
        ->type_name("FILE.md");
    command->add_flag("--json", arguments->json, "All of it, as JSON");
    command->footer(
        "Without --json: an outline of what was found, what was kept as it stood, and what\n"
        "contradicts itself or is not known. Pictures and links are never fetched.");
    command->callback(
        [arguments, &chosen] { chosen = [arguments] { return readFile(*arguments); }; });
    addTake(*group, chosen);
    addVerify(*group, chosen);
}

} // namespace postlude::cli
