// SPDX-License-Identifier: GPL-3.0-or-later
// formats: every format known, with lines of it; is a format file good; what is this file.
#include "app/cli_commands.h"
#include "app/cli_formatchoice.h"
#include "app/cli_json.h"
#include "app/cli_ownformats.h"
#include "app/cli_terminal.h"
#include "core/format/userformats.h"

namespace postlude::cli {

namespace {

constexpr int kFaulty = 1;

struct Arguments {
    FormatArguments own;
    std::string check, detect;
    ReadAsArguments as;
    bool json = false;
};

std::string originOf(const Format& format) {
    return format.origin().empty() ? "built-in" : format.origin();
}

std::string textOf(const Format& format) {
    std::string text =
        fmt::format("{:<28} {}  ({}, {})\n", visible(format.name()), visible(format.title()),
                    visible(format.reader()), visible(originOf(format)));
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
    object.known("reader", format.reader()).text("from", originOf(format));
    return object.raw("samples", jsonArray(samples)).done();
}

/// The formats, and on standard error why others were refused.
int print(const std::vector<std::shared_ptr<const Format>>& formats,
          const std::vector<Error>& refused, bool json) {
    std::vector<std::string> objects;
    Output out;
    for (const auto& format : formats) {
        if (json)
            objects.push_back(jsonOf(*format));
        else
            out.write(textOf(*format));
    }
    if (json) out.write(jsonArray(objects) + '\n');
    for (const Error& error : refused)
        say(describe(error));
    const int status = out.finish();
    return status == kDone && !refused.empty() ? kFaulty : status;
}

int list(const Arguments& arguments) {
    std::vector<Error> refused;
    const auto catalogue = catalogueWith(arguments.own, refused);
    if (!catalogue) return fail(catalogue.error());
    return print(catalogue->formats(), refused, arguments.json);
}

/// The formats of one file, as if it were added to what is built in.
int check(const Arguments& arguments) {
    auto catalogue = Catalogue::builtIn();
    if (!catalogue) return fail(catalogue.error());
    UserFormats user = readUserFormats(arguments.check);
    if (user.errors.size() == 1 && (user.errors.front().kind == ErrorKind::NotFound ||
                                    user.errors.front().kind == ErrorKind::Unreadable))
        return fail(user.errors.front());
    std::vector<std::shared_ptr<const Format>> good;
    for (auto& format : user.formats) {
        if (auto added = catalogue->add(format); !added)
            user.errors.push_back(added.error());
        else
            good.push_back(std::move(format));
    }
    return print(good, user.errors, arguments.json);
}

int run(const Arguments& arguments) {
    if (!arguments.check.empty()) return check(arguments);
    if (!arguments.detect.empty())
        return detectFile(arguments.detect, arguments.own, arguments.as, arguments.json);
    return list(arguments);
}

} // namespace

void addFormats(CLI::App& program, Action& chosen) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("formats", "List the known formats with samples");
    command->add_flag("--json", arguments->json, "Print them as a JSON array");
    addFormatOptions(*command, arguments->own);
    CLI::Option* checks = command
                              ->add_option("--check", arguments->check,
                                           "Only say whether this format file is good, and why not")
                              ->type_name("FILE");
    CLI::Option* detects =
        command
            ->add_option("--detect", arguments->detect,
                         "Which formats this log may be in, how sure that is, and its first lines")
            ->type_name("FILE")
            ->excludes(checks);
    ReadAsArguments& as = arguments->as;
    command->add_option("--format", as.format, "Take it apart with this format")
        ->type_name("NAME")
        ->needs(detects);
    command->add_option("--timezone", as.zone, "Of the clock that wrote it")
        ->type_name("ZONE")
        ->needs(detects);
    command->add_option("--year", as.year, "Of its first record, if it writes none")
        ->check(CLI::Range(1970, 2261))
        ->needs(detects);
    command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

} // namespace postlude::cli
