// SPDX-License-Identifier: GPL-3.0-or-later
// verify FILE.md CASE|BUNDLE: every claim of a postmortem beside what the logs say.
#include "app/cli_commands.h"
#include "app/cli_files.h"
#include "app/cli_interrupt.h"
#include "app/cli_opened.h"
#include "app/cli_terminal.h"
#include "core/base/text.h"
#include "core/postmortem/claims.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude::cli {

namespace {

constexpr int kDisagrees = 1;

struct Arguments {
    std::string file;
    std::vector<std::string> inputs;
    bool json = false, all = false;
    ReadingArguments reading;
};

std::string oneLine(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return visible(text);
}

std::string lineOf(const Claim& c) {
    std::string line = fmt::format("{:<8} {}", nameOf(c.state), c.place);
    if (!c.what.empty()) line += ": " + oneLine(c.what);
    if (c.kind == Claim::Kind::Evidence)
        return line + (c.by.empty() ? "" : " — " + oneLine(c.by)) + "\n";
    if (!c.stated.empty()) line += fmt::format(" — stated “{}”", oneLine(c.stated));
    if (!c.logs.empty()) line += fmt::format(", logs “{}”", oneLine(c.logs));
    if (!c.by.empty()) line += ", " + oneLine(c.by);
    if (!c.how.empty() && c.state != Claim::State::NoData) line += " (" + oneLine(c.how) + ")";
    return line + "\n";
}

/// What differs first, then what nothing supports; what agrees only where it is asked for.
std::string textOf(const std::vector<Claim>& claims, bool all) {
    std::string out;
    const auto list = [&](Claim::State state) {
        for (const Claim& c : claims)
            if (c.state == state) out += lineOf(c);
    };
    list(Claim::State::Differs);
    list(Claim::State::NoData);
    if (all) list(Claim::State::Agrees);
    using State = Claim::State;
    out += fmt::format("Claims: {} agree, {} differ, {} without data\n",
                       countOf(claims, State::Agrees), countOf(claims, State::Differs),
                       countOf(claims, State::NoData));
    const std::size_t same = evidenceCountOf(claims, State::Agrees);
    const std::size_t changed = evidenceCountOf(claims, State::Differs);
    const std::size_t without = evidenceCountOf(claims, State::NoData);
    if (same + changed + without > 0)
        out += fmt::format("Lines of evidence: {} as they were, {} changed, {} without a digest\n",
                           same, changed, without);
    return out;
}

Result<std::vector<Claim>> check(const Reading& reading, Opened& opened) {
    const auto analysis = analysisOf(opened);
    if (!analysis) return std::unexpected(analysis.error());
    auto claims = claimsOf(reading.document, *analysis, opened.query.get(), interrupted());
    if (!claims) return claims;
    for (Claim& claim : evidenceClaims(reading.notes, *opened.query))
        claims->push_back(std::move(claim));
    return claims;
}

int verify(const Arguments& arguments) {
    auto reading = documentIn(arguments.file);
    if (!reading) return fail(reading.error());
    auto opened = open({arguments.inputs.begin(), arguments.inputs.end()}, arguments.reading);
    if (!opened) return fail(opened.error());
    const auto claims = check(*reading, *opened);
    if (!claims) return fail(claims.error());
    Output out;
    out.write(arguments.json ? toJson(*claims) : textOf(*claims, arguments.all));
    if (const int status = out.finish(); status != kDone) return status;
    const auto differs = [](const Claim& c) { return c.state == Claim::State::Differs; };
    return std::ranges::any_of(*claims, differs) ? kDisagrees : kDone;
}

} // namespace

void addVerify(CLI::App& program, Action& chosen) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command =
        program.add_subcommand("verify", "Check every claim of a postmortem against the logs");
    command->add_option("file", arguments->file, "Markdown, plain text, or JSON of export")
        ->required()
        ->type_name("FILE.md");
    command->add_option("input", arguments->inputs, "The case, or the bundle, it tells of")
        ->required()
        ->type_name("CASE|BUNDLE");
    command->add_flag("--json", arguments->json, "All claims, as JSON");
    command->add_flag("--all", arguments->all, "List what agrees, too");
    addReadingOptions(*command, arguments->reading);
    command->footer(
        "Numbers and times are compared with what the logs say now, the lines behind footnotes\n"
        "with their digests. Listed are those that differ, contradictions within the document,\n"
        "and numbers that nothing in the logs supports. Exit status 1 if anything differs.");
    command->callback(
        [arguments, &chosen] { chosen = [arguments] { return verify(*arguments); }; });
}

} // namespace postlude::cli
