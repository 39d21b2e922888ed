// SPDX-License-Identifier: GPL-3.0-or-later
// check-config FILE|FOLDER: what is wrong with a balancer's configuration, or with a change of it.
#include "app/cli_commands.h"
#include "app/cli_interrupt.h"
#include "app/cli_json.h"
#include "app/cli_opened.h"
#include "app/cli_terminal.h"
#include "core/lbconfig/load.h"
#include "core/lbconfig/sources.h"

#include <charconv>
#include <cmath>

namespace postlude::cli {

namespace {

constexpr int kFaulty = 1;

struct Arguments {
    std::string path, against, log;
    std::vector<std::string> loads;
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

/// "BACKEND/SERVER=CONNECTIONS", "SERVER=…", or a number alone: all of the balancer.
Result<void> takeLoad(const std::string& text, ObservedLoad& load) {
    const auto equals = text.rfind('=');
    const std::string number = text.substr(equals == std::string::npos ? 0 : equals + 1);
    double value = 0;
    const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
    if (read.ec != std::errc() || read.ptr != number.data() + number.size() || !(value >= 0) ||
        !std::isfinite(value))
        return std::unexpected(Error{.kind = ErrorKind::Usage,
                                     .what = "--load: not a number of connections",
                                     .remedy = "such as 900 or web/app1=350"});
    if (load.from.empty()) load.from = "as given by --load";
    if (equals == std::string::npos) {
        load.inFlight = std::max(load.inFlight, value);
        return {};
    }
    const std::string name = text.substr(0, equals);
    const auto slash = name.find('/');
    const bool both = slash != std::string::npos;
    load.servers.push_back(
        {both ? name.substr(0, slash) : "", both ? name.substr(slash + 1) : name, value, 0, 0});
    return {};
}

/// What was seen in logs and what the user says; nothing if neither was given.
Result<std::optional<ObservedLoad>> loadFrom(const Arguments& arguments) {
    if (arguments.log.empty() && arguments.loads.empty()) return std::nullopt;
    ObservedLoad load;
    if (!arguments.log.empty()) {
        auto opened = open({arguments.log}, {}, OpenFor::Reading);
        if (!opened) return std::unexpected(opened.error());
        auto seen = observedLoad(*opened->query, interrupted());
        if (!seen) return std::unexpected(seen.error());
        load = *std::move(seen);
        load.from = fmt::format("{} requests of {}", load.requests, visible(arguments.log));
    }
    for (const std::string& text : arguments.loads)
        if (auto taken = takeLoad(text, load); !taken) return std::unexpected(taken.error());
    return load;
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

Result<void> checkAgainst(const std::string& path, const ConfigsFound& newer,
                          const ObservedLoad* load, Checked& checked) {
    const auto older = findConfigs(path, interrupted());
    if (!older) return std::unexpected(older.error());
    if (older->configs.empty()) return std::unexpected(older->broken.front());
    for (std::size_t i = 0; i < newer.configs.size(); ++i) {
        const BalancerConfig* before = partner(*older, newer, i);
        add(checked, before ? reviewChange(*before, newer.configs[i], load)
                            : reviewConfig(newer.configs[i], load));
    }
    return {};
}

int check(const Arguments& arguments) {
    const auto found = findConfigs(arguments.path, interrupted());
    if (!found) return fail(found.error());
    if (found->configs.empty()) return fail(found->broken.front());
    const auto seen = loadFrom(arguments);
    if (!seen) return fail(seen.error());
    const ObservedLoad* load = *seen ? &**seen : nullptr;
    Checked checked;
    checked.files = found->looked;
    for (const Error& error : found->broken)
        checked.findings.push_back(syntaxFinding(error));
    if (!arguments.against.empty()) {
        const auto done = checkAgainst(arguments.against, *found, load, checked);
        if (!done) return fail(done.error());
    } else {
        for (const BalancerConfig& config : found->configs)
            add(checked, reviewConfig(config, load));
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
    command
        ->add_option("--log", arguments->log,
                     "Logs or a case of this balancer: the load that its limits must bear")
        ->type_name("CASE|BUNDLE");
    command
        ->add_option("--load", arguments->loads,
                     "Connections at once that were seen elsewhere, of a server or of all")
        ->type_name("[[BACKEND/]SERVER=]CONNECTIONS")
        ->allow_extra_args(false)
        ->take_all();
    CLI::Option* json =
        command->add_flag("--json", arguments->json, "Print the findings as a JSON array");
    command->add_flag("--sarif", arguments->sarif, "Print them as SARIF 2.1.0")->excludes(json);
    command->callback([arguments, &chosen] { chosen = [arguments] { return check(*arguments); }; });
}

} // namespace postlude::cli
