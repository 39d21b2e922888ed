// SPDX-License-Identifier: GPL-3.0-or-later
// postmortem read FILE.md: what somebody wrote, as structure.
#include "app/cli_commands.h"
#include "app/cli_files.h"
#include "app/cli_outline.h"
#include "app/cli_terminal.h"

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
    addVerify(*group, chosen);
}

} // namespace postlude::cli
