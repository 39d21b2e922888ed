// SPDX-License-Identifier: GPL-3.0-or-later
// import BUNDLE... -o CASE: bundle in, case out.
#include "app/cli_commands.h"
#include "app/cli_interrupt.h"
#include "app/cli_json.h"
#include "app/cli_opened.h"
#include "app/cli_terminal.h"

namespace postlude::cli {

namespace {

struct Arguments {
    std::vector<std::string> bundle;
    std::string output;
    ReadingArguments reading;
    bool json = false;
};

Error alreadyThere(const std::string& path) {
    return {.kind = ErrorKind::Write,
            .what = "exists already, and is whole",
            .place = {.source = path},
            .remedy = "choose another name, or remove it first"};
}

/// A new case, or one whose import was interrupted.
Result<std::unique_ptr<Case>> caseFor(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return Case::create(path);
    auto there = Case::open(path, OpenMode::ReadWrite);
    if (there && (*there)->importComplete()) return std::unexpected(alreadyThere(path));
    return there;
}

/// A case that this call made, and into which nothing could be read, would only be in the way.
void removeEmpty(std::unique_ptr<Case> made, const std::string& path) {
    const auto sources = made->sources();
    if (!sources) return;
    if (std::ranges::any_of(*sources, [](const SourceInfo& s) { return s.records > 0; })) return;
    made.reset();
    std::error_code error;
    for (const char* ending : {"", "-wal", "-shm"})
        std::filesystem::remove(path + ending, error);
}

std::string jsonOf(const ImportSummary& summary, const std::string& file) {
    std::vector<std::string> sources, issues;
    for (const SourceInfo& source : summary.sources)
        sources.push_back(cli::jsonOf(source));
    for (const ReadIssue& issue : summary.issues)
        issues.push_back(cli::jsonOf(issue.error));
    JsonObject object;
    object.text("case", file).raw("sources", jsonArray(sources));
    object.number("lines", summary.lines).number("records", summary.records);
    object.number("unread", summary.unread).number("bytes", summary.bytes);
    return object.raw("issues", jsonArray(issues)).done() + '\n';
}

std::string textOf(const SourceInfo& source) {
    const std::string& what = source.format.empty() ? source.what : source.format;
    std::string line = fmt::format("{:<36} {:<24} {:>9} lines {:>9} records", visible(source.path),
                                   visible(what), source.lines, source.records);
    if (source.unread != 0) line += fmt::format(" {:>7} unread", source.unread);
    if (source.records != 0)
        line += fmt::format("  {} ({})", visible(source.zone), visible(source.zoneFrom));
    return line + '\n';
}

std::string textOf(const ImportSummary& summary, const std::string& file) {
    static constexpr std::size_t most = 20;
    std::string text;
    for (const SourceInfo& source : summary.sources)
        text += textOf(source);
    text += fmt::format("\n{} lines, {} records, {} lines not understood: {}\n", summary.lines,
                        summary.records, summary.unread, visible(file));
    for (std::size_t i = 0; i < std::min(most, summary.issues.size()); ++i)
        text += "  " + visible(describe(summary.issues[i].error)) + '\n';
    if (summary.issues.size() > most)
        text += "  and more: records --as-read lists the first of each source\n";
    return text;
}

int readInto(const Arguments& arguments) {
    auto options = importOptions(arguments.reading);
    if (!options) return fail(options.error());
    const Paths bundle(arguments.bundle.begin(), arguments.bundle.end());
    if (const auto there = areThere(bundle); !there) // before a case is made for what is not
        return fail(there.error());
    std::error_code error;
    const bool isNew = !std::filesystem::exists(arguments.output, error);
    auto target = caseFor(arguments.output);
    if (!target) return failWriting(target.error());
    auto summary = [&] {
        const ProgressLine progress;
        return importBundle(bundle, **target, *options, interrupted(), progress.sink());
    }();
    const bool goesOn = summary || summary.error().kind == ErrorKind::Cancelled;
    if (isNew && !goesOn) removeEmpty(std::move(*target), arguments.output);
    if (!summary) {
        if (summary.error().kind == ErrorKind::Usage && summary.error().place.source.empty())
            summary.error().place.source = arguments.output;
        return fail(summary.error());
    }
    Output out;
    out.write(arguments.json ? jsonOf(*summary, arguments.output)
                             : textOf(*summary, arguments.output));
    return out.finish();
}

} // namespace

void addImport(CLI::App& program, Action& chosen) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("import", "Read a bundle into a case");
    command->add_option("bundle", arguments->bundle, "Folders, archives or logs of one incident")
        ->required()
        ->type_name("BUNDLE");
    command
        ->add_option("-o,--output", arguments->output,
                     "The case to write; goes on with one "
                     "whose import was interrupted")
        ->required()
        ->type_name("CASE");
    addReadingOptions(*command, arguments->reading);
    command->add_flag("--json", arguments->json, "Print the summary as JSON");
    command->callback(
        [arguments, &chosen] { chosen = [arguments] { return readInto(*arguments); }; });
}

} // namespace postlude::cli
