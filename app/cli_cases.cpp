// SPDX-License-Identifier: GPL-3.0-or-later
// cases FOLDER: all cases side by side.
#include "app/cli_commands.h"
#include "app/cli_interrupt.h"
#include "app/cli_json.h"
#include "app/cli_terminal.h"
#include "core/postmortem/library.h"

namespace postlude::cli {

namespace {

struct Arguments {
    std::string folder, search;
    bool tasks = false, json = false;
};

std::string jsonOf(const Task& task) {
    JsonObject object;
    object.text("text", task.text).known("owner", task.owner).known("due", task.due);
    return object.known("status", task.status).done();
}

std::string jsonOf(const CaseOverview& c) {
    JsonObject object;
    object.text("file", c.file.string()).known("fault", c.fault).known("title", c.title);
    object.known("severity", c.severity);
    if (c.status) object.text("status", nameOf(*c.status));
    object.time("start", c.start);
    if (c.toDetect) object.number("to_detect_s", seconds(*c.toDetect));
    if (c.toResolve) object.number("to_resolve_s", seconds(*c.toResolve));
    object.known("cause", c.cause).known("culprit", c.culprit);
    std::vector<std::string> tasks;
    for (const Task& task : c.openTasks)
        tasks.push_back(jsonOf(task));
    return object.raw("open_tasks", jsonArray(tasks)).done();
}

std::string spokenOr(const std::optional<Duration>& length) {
    return length ? spoken(*length) : "–";
}

std::string lineOf(const CaseOverview& c) {
    if (!c.fault.empty()) return visible(c.file.string()) + ": " + visible(c.fault) + "\n";
    return fmt::format("{}  {}  {}  detected after {}, resolved after {}  {}{}{}\n",
                       c.start ? toRfc3339(*c.start, 0) : "no start", visible(c.title),
                       c.status ? nameOf(*c.status) : "not written", spokenOr(c.toDetect),
                       spokenOr(c.toResolve), c.cause.empty() ? "cause unknown" : c.cause,
                       c.culprit.empty() ? "" : " of " + visible(c.culprit),
                       c.openTasks.empty() ? "" : fmt::format("  {} open", c.openTasks.size()));
}

std::string tasksOf(const CaseOverview& c) {
    std::string out;
    for (const Task& task : c.openTasks)
        out += "    - " + visible(task.text) + " (" +
               (task.owner.empty() ? "no owner" : visible(task.owner)) +
               (task.due.empty() ? "" : ", due " + visible(task.due)) + ")\n";
    return out;
}

std::string recurring(const std::vector<CaseOverview>& cases) {
    std::string out;
    for (const Recurring& r : recurringIn(cases))
        out += fmt::format("{} times: {}{}\n", r.times, r.isCause ? "cause " : "", visible(r.what));
    return out;
}

int list(const Arguments& arguments) {
    auto cases = libraryOf(arguments.folder, interrupted());
    if (!cases) return fail(cases.error());
    std::erase_if(*cases, [&](const CaseOverview& c) { return !matches(c, arguments.search); });
    Output out;
    for (const CaseOverview& c : *cases) {
        out.write(arguments.json ? jsonOf(c) + "\n" : lineOf(c));
        if (arguments.tasks && !arguments.json) out.write(tasksOf(c));
    }
    if (!arguments.json) out.write(recurring(*cases));
    return out.finish();
}

} // namespace

void addCases(CLI::App& program, Action& chosen) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand(
        "cases", "List the cases of a folder: when, cause, time to detect and resolve, open tasks");
    command->add_option("folder", arguments->folder, "Looked through with what is below it")
        ->required()
        ->type_name("FOLDER");
    command->add_option("--search", arguments->search, "Only cases that hold all of these words")
        ->type_name("WORDS");
    command->add_flag("--tasks", arguments->tasks, "The open tasks of each");
    command->add_flag("--json", arguments->json, "One object a line");
    command->callback([arguments, &chosen] { chosen = [arguments] { return list(*arguments); }; });
}

} // namespace postlude::cli
