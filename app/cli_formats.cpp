// SPDX-License-Identifier: GPL-3.0-or-later
// formats: every format known, with lines of it.
#include "app/cli_commands.h"
#include "app/cli_json.h"
#include "app/cli_terminal.h"
#include "core/format/catalogue.h"

namespace postlude::cli {

namespace {

std::string textOf(const Format& format) {
    std::string text = fmt::format("{:<28} {}\n", visible(format.name()), visible(format.title()));
    for (const std::string& sample : format.samples())
        text += "    " + visible(sample) + '\n';
    return text;
}

std::string jsonOf(const Format& format) {
    std::vector<std::string> samples;
    for (const std::string& sample : format.samples())
        samples.push_back(jsonQuoted(sample));
    JsonObject object;
    object.text("name", format.name()).text("title", format.title());
    return object.raw("samples", jsonArray(samples)).done();
}

int formats(bool json) {
    const auto catalogue = Catalogue::builtIn();
    if (!catalogue) return fail(catalogue.error());
    std::vector<std::string> objects;
    Output out;
    for (const auto& format : catalogue->formats()) {
        if (json)
            objects.push_back(jsonOf(*format));
        else
            out.write(textOf(*format));
    }
    if (json) out.write(jsonArray(objects) + '\n');
    return out.finish();
}

} // namespace

void addFormats(CLI::App& program, Action& chosen) {
    const auto json = std::make_shared<bool>(false);
    CLI::App* command = program.add_subcommand("formats", "List the known formats with samples");
    command->add_flag("--json", *json, "Print them as a JSON array");
    command->callback([json, &chosen] { chosen = [json] { return formats(*json); }; });
}

} // namespace postlude::cli
