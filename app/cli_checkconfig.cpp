// SPDX-License-Identifier: GPL-3.0-or-later
// check-config FILE|FOLDER: what is wrong with a balancer's configuration, or with a change of it.
#include "app/cli_commands.h"
#include "app/cli_interrupt.h"
#include "app/cli_json.h"
#include "app/cli_terminal.h"
#include "core/lbconfig/review.h"
#include "core/lbconfig/sources.h"

namespace postlude::cli {

namespace {

constexpr int kFaulty = 1;

struct Arguments {
    std::string path, against;
    bool json = false, sarif = false;
};

struct Checked {
    std::vector<ConfigFinding> findings;
    std::vector<std::string> files;
};

/// One line for what and where, and below it why and what to do.
std::string textOf(const ConfigFinding& f) {
    std::string place = visible(f.file);
    if (f.line) place += fmt::format(":{}", f.line);
    if (f.column) place += fmt::format(":{}", f.column);
    std::string text = fmt::format("{}: {}: {} [{}]\n", place, nameOf(f.severity), f.what, f.rule);
    if (!f.text.empty() && f.before.empty()) text += "    " + visible(f.text) + '\n';
    if (!f.before.empty())
        text += fmt::format("    {} → {}\n", visible(f.before),
                            f.text.empty() ? "(removed)" : visible(f.text));
    return text + fmt::format("    {}. {}.\n", f.why, f.remedy);
}

std::string jsonOf(const ConfigFinding& f) {
    JsonObject o;
    o.text("rule", f.rule).text("severity", nameOf(f.severity)).text("file", f.file);
    if (f.line) o.number("line", f.line);
    if (f.column) o.number("column", f.column);
    o.known("backend", f.backend).known("server", f.server).text("what", f.what);
    o.text("why", f.why).text("remedy", f.remedy).known("directive", f.text);
    o.known("before", f.before);
    if (f.lineBefore) o.number("line_before", f.lineBefore);
    return o.done();
}

int print(const Arguments& arguments, const Checked& checked) {
    Output out;
    std::vector<std::string> objects;
    for (const ConfigFinding& f : checked.findings)
        if (arguments.json)
            objects.push_back(jsonOf(f));
        else if (!arguments.sarif)
            out.write(textOf(f));
    if (arguments.json) out.write(jsonArray(objects) + '\n');
    if (arguments.sarif)
        out.write(toSarif(checked.findings, checked.files, POSTLUDE_VERSION) + '\n');
    const int status = out.finish();
    return status == kDone && !checked.findings.empty() ? kFaulty : status;
}

void add(Checked& to, std::vector<ConfigFinding> findings) {
    to.findings.insert(to.findings.end(), std::make_move_iterator(findings.begin()),
                       std::make_move_iterator(findings.end()));
}

/// The same configuration in the older folder; the only one, where there is one on both sides.
const BalancerConfig* partner(const ConfigsFound& older, const ConfigsFound& newer,
                              std::size_t index) {
    if (older.configs.size() == 1 && newer.configs.size() == 1) return &older.configs.front();
    const auto below = [](const std::string& path, const std::string& root) {
        return std::filesystem::path(path).lexically_relative(root);
    };
    for (std::size_t i = 0; i < older.configs.size(); ++i)
        if (below(older.stems[i], older.root) == below(newer.stems[index], newer.root))
            return &older.configs[i];
    return nullptr;
}

Result<void> checkAgainst(const std::string& path, const ConfigsFound& newer, Checked& checked) {
    const auto older = findConfigs(path, interrupted());
    if (!older) return std::unexpected(older.error());
    if (older->configs.empty()) return std::unexpected(older->broken.front());
    for (std::size_t i = 0; i < newer.configs.size(); ++i) {
        const BalancerConfig* before = partner(*older, newer, i);
        add(checked,
            before ? reviewChange(*before, newer.configs[i]) : reviewConfig(newer.configs[i]));
    }
    return {};
}

int check(const Arguments& arguments) {
    const auto found = findConfigs(arguments.path, interrupted());
    if (!found) return fail(found.error());
    if (found->configs.empty()) return fail(found->broken.front());
    Checked checked;
    checked.files = found->looked;
    for (const Error& error : found->broken)
        checked.findings.push_back(syntaxFinding(error));
    if (!arguments.against.empty()) {
        const auto done = checkAgainst(arguments.against, *found, checked);
        if (!done) return fail(done.error());
    } else {
        for (const BalancerConfig& config : found->configs)
            add(checked, reviewConfig(config));
    }
    if (checked.findings.empty())
        say(fmt::format("{}: no fault found ({} file{} read)", visible(arguments.path),
                        checked.files.size(), checked.files.size() == 1 ? "" : "s"));
    return print(arguments, checked);
}

} // namespace

void addCheckConfig(CLI::App& program, Action& chosen) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command =
        program.add_subcommand("check-config", "Faults of a balancer's configuration");
    command
        ->add_option("input", arguments->path,
                     "A configuration, or a folder or archive with some, and what they include")
        ->required()
        ->type_name("FILE|FOLDER");
    command
        ->add_option("--against", arguments->against,
                     "The configuration before a change: tell only what the change made worse")
        ->type_name("OLD");
    CLI::Option* json =
        command->add_flag("--json", arguments->json, "Print the findings as a JSON array");
    command->add_flag("--sarif", arguments->sarif, "Print them as SARIF 2.1.0")->excludes(json);
    command->callback([arguments, &chosen] { chosen = [arguments] { return check(*arguments); }; });
}

} // namespace postlude::cli
