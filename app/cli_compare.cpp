// SPDX-License-Identifier: GPL-3.0-or-later
// compare CASE|BUNDLE: what the bad requests have that the good ones have not, or the requests of
// one window that those of another have not.
#include "app/cli_commands.h"
#include "app/cli_interrupt.h"
#include "app/cli_json.h"
#include "app/cli_opened.h"
#include "app/cli_terminal.h"
#include "core/analysis/compare.h"

#include <algorithm>

namespace postlude::cli {

namespace {

struct Arguments {
    std::vector<std::string> paths;
    std::string window, with, bad;
    ReadingArguments reading;
    bool json = false;
};

struct Compared {
    std::string with; ///< "good", "before", "window"
    CompareRequest request;
    Comparison result;
};

Error usage(std::string what, std::string remedy) {
    return {ErrorKind::Usage, std::move(what), {}, std::move(remedy)};
}

Result<Window> windowFrom(const std::string& text) {
    const auto dots = text.find("..");
    const auto from = fromRfc3339(text.substr(0, dots));
    const auto to = dots == std::string::npos ? std::nullopt : fromRfc3339(text.substr(dots + 2));
    if (from && to && *from < *to) return Window{*from, *to};
    return std::unexpected(usage("“" + visible(text) + "” is no window",
                                 "write it as 2024-01-15T09:59:00Z..2024-01-15T10:02:00Z"));
}

/// The incident in which most requests went bad.
Result<Window> gravest(Opened& opened) {
    const auto analysis = analysisOf(opened);
    if (!analysis) return std::unexpected(analysis.error());
    const auto bad = [](const Incident& i) { return i.impact.failed + i.impact.slow; };
    const auto worst = std::ranges::max_element(analysis->incidents, {}, bad);
    if (worst == analysis->incidents.end())
        return std::unexpected(usage("no incident was found whose requests could be compared",
                                     "say --window FROM..TO"));
    return Window{worst->impactStart, worst->resolved.value_or(analysis->span.to)};
}

Result<std::vector<CompareRequest>> requestsOf(const Arguments& arguments, Opened& opened) {
    CompareRequest good;
    auto window = arguments.window.empty() ? gravest(opened) : windowFrom(arguments.window);
    if (!window) return std::unexpected(window.error());
    good.window = *window;
    auto bad = Filter::parse(arguments.bad);
    if (!bad) return std::unexpected(bad.error());
    good.bad = std::move(*bad);
    CompareRequest other = good;
    if (arguments.with == "good") return std::vector{good};
    if (!arguments.with.empty() && arguments.with != "before") {
        auto stated = windowFrom(arguments.with);
        if (!stated) return std::unexpected(stated.error());
        other.other = *stated;
        return std::vector{other};
    }
    const Window before{opened.query->span(other.clock).from, good.window.from};
    if (before.empty()) {
        if (arguments.with.empty()) return std::vector{good};
        return std::unexpected(usage("nothing is logged before the window", "compare --with good"));
    }
    other.other = before;
    return arguments.with.empty() ? std::vector{good, other} : std::vector{other};
}

std::string jsonOf(const Difference& d) {
    std::vector<std::string> values;
    for (const auto& [field, value] : d.values)
        values.push_back(JsonObject().text("field", field).text("value", value).done());
    JsonObject o;
    o.raw("values", jsonArray(values)).text("filter", d.filter);
    o.number("with", d.with).number("all", d.all);
    o.number("other_with", d.otherWith).number("other_all", d.otherAll);
    o.number("ratio", d.ratio).number("ratio_low", d.low).number("ratio_high", d.high);
    o.number("false_share", d.q).text("statement", d.statement);
    return o.done();
}

std::string jsonOf(const Window& window) {
    return jsonArray({jsonQuoted(preciseTime(window.from)), jsonQuoted(preciseTime(window.to))});
}

std::string jsonOf(const Compared& c) {
    std::vector<std::string> differences, fields, notes;
    for (const Difference& d : c.result.differences)
        differences.push_back(jsonOf(d));
    for (const std::string& f : c.result.fields)
        fields.push_back(jsonQuoted(f));
    for (const std::string& n : c.result.notes)
        notes.push_back(jsonQuoted(n));
    JsonObject o;
    o.text("with", c.with).raw("window", jsonOf(c.request.window));
    if (c.request.other) o.raw("other_window", jsonOf(*c.request.other));
    o.number("requests", c.result.looked).number("other_requests", c.result.others);
    o.raw("differences", jsonArray(differences)).raw("fields", jsonArray(fields));
    if (!notes.empty()) o.raw("notes", jsonArray(notes));
    return o.done();
}

std::string textOf(const Compared& c) {
    std::string text = fmt::format("{} to {}: {}\n", toRfc3339(c.request.window.from),
                                   toRfc3339(c.request.window.to),
                                   c.request.other ? fmt::format("all requests, against those from "
                                                                 "{} to {}",
                                                                 toRfc3339(c.request.other->from),
                                                                 toRfc3339(c.request.other->to))
                                                   : "the bad requests, against the good");
    for (const Difference& d : c.result.differences)
        text += fmt::format("  {}\n      {}\n", d.statement, visible(d.filter));
    for (const std::string& note : c.result.notes)
        text += "  Note: " + note + '\n';
    if (c.result.differences.empty())
        text += c.request.other ? "  No value is three times as frequent, beyond chance and "
                                  "without its busiest clients.\n"
                                : "  No value makes a request three times as likely to be bad, "
                                  "beyond chance and without its busiest clients.\n";
    return text;
}

/// What can be told wrong without the logs, which may take long to read.
Result<void> checkTexts(const Arguments& arguments) {
    if (auto bad = Filter::parse(arguments.bad); !bad)
        return std::unexpected(usage("--bad: " + describe(bad.error()), {}));
    const bool named = arguments.with == "good" || arguments.with == "before";
    for (const std::string& text : {arguments.window, named ? std::string() : arguments.with})
        if (auto window = windowFrom(text); !text.empty() && !window)
            return std::unexpected(window.error());
    return {};
}

int compareWindows(const Arguments& arguments) {
    if (const auto fine = checkTexts(arguments); !fine) return fail(fine.error());
    auto opened =
        open({arguments.paths.begin(), arguments.paths.end()}, arguments.reading, OpenFor::Reading);
    if (!opened) return fail(opened.error());
    const auto requests = requestsOf(arguments, *opened);
    if (!requests) return fail(requests.error());
    std::vector<std::string> objects;
    Output out;
    for (const CompareRequest& request : *requests) {
        auto result = [&] {
            const ProgressLine line;
            return compare(*opened->query, request, interrupted(), line.sink());
        }();
        if (!result) return fail(result.error());
        const std::string with = !request.other                                         ? "good"
                                 : arguments.with.empty() || arguments.with == "before" ? "before"
                                                                                        : "window";
        const Compared compared{with, request, std::move(*result)};
        if (arguments.json)
            objects.push_back(jsonOf(compared));
        else
            out.write(textOf(compared));
    }
    if (arguments.json)
        out.write(JsonObject().raw("comparisons", jsonArray(objects)).done() + '\n');
    return out.finish();
}

} // namespace

void addCompare(CLI::App& program, Action& chosen) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand(
        "compare", "What bad requests have that good ones have not; or one window and another");
    command->add_option("input", arguments->paths, "A case, or a bundle to read")
        ->required()
        ->type_name("CASE|BUNDLE");
    command
        ->add_option("--window", arguments->window,
                     "Whose requests are looked at; else those of the gravest incident")
        ->type_name("FROM..TO");
    command
        ->add_option("--with", arguments->with,
                     "Its bad requests with its good ones, or all of it with the time before or "
                     "with another window; else the first and the second")
        ->type_name("good|before|FROM..TO");
    command
        ->add_option("--bad", arguments->bad,
                     "Which requests are bad; else those that failed or took over a second")
        ->type_name("FILTER");
    command->add_flag("--json", arguments->json, "Print everything as one JSON object");
    addReadingOptions(*command, arguments->reading);
    command->callback(
        [arguments, &chosen] { chosen = [arguments] { return compareWindows(*arguments); }; });
}

} // namespace postlude::cli
