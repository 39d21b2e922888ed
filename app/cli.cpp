// SPDX-License-Identifier: GPL-3.0-or-later
// postlude-cli: everything the desktop program does, without a display.
#include "app/cli_commands.h"
#include "app/cli_interrupt.h"
#include "app/cli_terminal.h"
#include "app/memory.h"
#include "app/standardstreams.h"
#include "core/base/freedmemory.h"

#include <sstream>

namespace {

constexpr int kUsage = 2;
constexpr int kBroken = 3;

/// What was asked for (--help, --version) goes out as results do; what was wrong as messages do,
/// for it may hold what somebody else has written.
int told(const CLI::App& program, const CLI::ParseError& error, int argc, char** argv) {
    using namespace postlude::cli;
    std::ostringstream out, wrong;
    if (program.exit(error, out, wrong) == 0) {
        Output output;
        output.write(out.str());
        return output.finish();
    }
    const bool unknown = argc > 1 && argv[1][0] != '-' && program.get_subcommands().empty();
    std::istringstream lines(unknown ? "there is no command " + std::string(argv[1]) +
                                           "\nRun with --help for those that there are."
                                     : wrong.str());
    for (std::string line; std::getline(lines, line);)
        if (!line.empty()) say(line);
    return kUsage;
}

int run(int argc, char** argv) {
    using namespace postlude::cli;
    CLI::App program("Reads the logs of an outage and drafts its postmortem.", "postlude-cli");
    program.set_version_flag("--version", "postlude-cli " POSTLUDE_VERSION);
    program.require_subcommand(1);
    program.footer("Exit status: 0 done, 1 done but something does not hold, 2 wrong usage,\n"
                   "3 input unreadable, 4 could not write, 130 cancelled.");
    Action chosen;
    addImport(program, chosen);
    addRecords(program, chosen);
    addAnalyze(program, chosen);
    addCompare(program, chosen);
    addDraft(program, chosen);
    addExport(program, chosen);
    addVerify(program, chosen);
    addCases(program, chosen);
    addFormats(program, chosen);
    addCheckConfig(program, chosen);
    addSql(program, chosen);
    addPostmortem(program, chosen);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return told(program, error, argc, argv);
    }
    return chosen();
}

} // namespace

int main(int argc, char** argv) {
    postlude::keepStandardStreams();
    postlude::keepFreedMemory();
    postlude::sayWhenOutOfMemory();
    postlude::cli::catchInterrupts();
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        std::terminate();                   // says so without allocating
    } catch (const std::exception& error) { // still a message and a status
        postlude::cli::say(error.what());
        return kBroken;
    }
}
