// SPDX-License-Identifier: GPL-3.0-or-later
// postmortem read FILE.md: what somebody wrote, as structure.
#include "app/cli_commands.h"
#include "app/cli_files.h"
#include "app/cli_json.h"
#include "app/cli_outline.h"
#include "app/cli_terminal.h"
#include "core/base/text.h"
#include "core/case/documents.h"

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
    std::string file, caseFile, document, beside;
};

Result<DocumentId> wanted(Case& file, const TakeArguments& arguments) {
    if (!arguments.beside.empty()) return addDocument(file, arguments.beside);
    return arguments.document.empty() ? usualDocument(file)
                                      : documentNamed(file, arguments.document);
}

/// As a new revision: what the case holds already stays in its history.
int takeOver(const TakeArguments& arguments) {
    const auto reading = documentIn(arguments.file);
    if (!reading) return fail(reading.error());
    auto file = Case::open(arguments.caseFile);
    if (!file) return fail(file.error());
    const std::string name = std::filesystem::path(arguments.file).filename().string();
    const auto document = wanted(**file, arguments);
    if (!document) return fail(document.error());
    const auto revision =
        saveRevision(**file, *document, toJson(reading->document), "taken from " + name);
    if (!revision) {
        if (!arguments.beside.empty()) (void)deleteDocument(**file, *document); // it holds nothing
        return failWriting(revision.error());
    }
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
    auto* which = command->add_option("--document", arguments->document,
                                      "In which postmortem of the case: else the first");
    which->type_name("NAME|NUMBER");
    command
        ->add_option("--new", arguments->beside,
                     "As a postmortem of its own beside the others, of this name")
        ->type_name("NAME")
        ->excludes(which);
    command->footer("It becomes the newest revision; what the case held stays in its history.\n"
                    "Prints what was ambiguous or contradicts itself.");
    command->callback(
        [arguments, &chosen] { chosen = [arguments] { return takeOver(*arguments); }; });
}

struct ListArguments {
    std::string caseFile;
    bool json = false;
};

std::string jsonOf(const DocumentInfo& info) {
    JsonObject object;
    object.number("number", static_cast<std::uint64_t>(info.id)).known("name", info.name);
    return object.number("revisions", info.revisions).time("saved", info.saved).done();
}

int list(const ListArguments& arguments) {
    const auto file = Case::open(arguments.caseFile, OpenMode::ReadOnly);
    if (!file) return fail(file.error());
    const auto all = documentsOf(**file);
    if (!all) return fail(all.error());
    Output out;
    for (const DocumentInfo& info : *all) {
        if (info.deleted) continue;
        out.write(arguments.json
                      ? jsonOf(info) + "\n"
                      : fmt::format("{}  {}  {} revisions{}\n", static_cast<std::int64_t>(info.id),
                                    info.name.empty() ? "(no name)" : visible(info.name),
                                    info.revisions,
                                    info.saved ? ", saved " + toRfc3339(*info.saved, 0) : ""));
    }
    return out.finish();
}

void addList(CLI::App& group, Action& chosen) {
    const auto arguments = std::make_shared<ListArguments>();
    CLI::App* command = group.add_subcommand("list", "The postmortems that a case holds");
    command->add_option("case", arguments->caseFile, "The case")->required()->type_name("CASE");
    command->add_flag("--json", arguments->json, "One object a line");
    command->callback([arguments, &chosen] { chosen = [arguments] { return list(*arguments); }; });
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
    addList(*group, chosen);
    addVerify(*group, chosen);
}

} // namespace postlude::cli
