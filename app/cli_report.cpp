// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_report.h"

#include "app/cli_interrupt.h"
#include "app/cli_terminal.h"
#include "app/formatsfolder.h"
#include "core/base/text.h"
#include "core/postmortem/claims.h"
#include "core/postmortem/sensitive.h"

#include <QGuiApplication>
#include <algorithm>
#include <fmt/format.h>

namespace postlude::cli {

namespace {

/// Charts need fonts and a painter, never a display, whether or not there is one. Without a
/// runtime folder Qt would complain, and leave one of its own behind.
std::unique_ptr<QTemporaryDir> prepareQt() {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    if (qEnvironmentVariableIsSet("XDG_RUNTIME_DIR")) return nullptr;
    auto folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", folder->path().toUtf8());
    return folder;
}

/// What a reader would find out with verify is said before it leaves the house.
void tellDisagreements(const Postmortem& document, const Opened& opened, const Analysis& analysis) {
    const auto claims = claimsOf(document, analysis, opened.query.get(), interrupted());
    if (!claims) return;
    const auto differ = std::ranges::count(*claims, Claim::State::Differs, &Claim::state);
    if (differ > 0)
        say(fmt::format("{} of {} claims differ from the logs or contradict each other; verify "
                        "lists them",
                        differ, claims->size()));
}

/// The document without what belongs to nobody else.
SanitisedEdition editionFor(const Postmortem& document, const Opened& opened,
                            const Analysis& analysis) {
    return sanitised(document, knownNames(document, opened.query->sources(), &analysis));
}

std::string timesOf(const Replacement& r) {
    return r.times == 0   ? "in charts at most"
           : r.times == 1 ? "once"
                          : fmt::format("{} times", r.times);
}

std::string listOf(const SanitisedEdition& edition) {
    std::string list;
    for (const Replacement& r : edition.replaced)
        list += fmt::format("{:<12} stands for {} “{}” ({})\n", r.with, nameOf(r.kind),
                            visible(r.found), timesOf(r));
    return list.empty() ? "nothing is replaced\n" : list;
}

int written(const Postmortem& document, const Query* query, const Analysis& analysis,
            const std::string& file, const ExportOptions& options) {
    const auto runtimeFolder = prepareQt();
    int argc = 1;
    char name[] = "postlude-cli";
    char* argv[] = {name, nullptr};
    const QGuiApplication application(argc, argv);
    const auto done = exportPostmortem(document, query, &analysis, file, options);
    if (!done) return failWriting(done.error());
    Output out;
    out.write(visible(done->document.string()) + '\n');
    for (const auto& picture : done->pictures)
        out.write(visible(picture.string()) + '\n');
    return out.finish();
}

} // namespace

void addReportOptions(CLI::App& command, ReportArguments& arguments) {
    command
        .add_option("-o,--output", arguments.file,
                    "Ends in .md, .html, .pdf, .odt, .json or .csv (the tasks)")
        ->type_name("FILE");
    std::string names;
    for (const Form& form : builtInForms())
        names += (names.empty() ? "" : ", ") + form.name;
    command
        .add_option("--template", arguments.form,
                    "How it is laid out: " + names + ", one in " + templatesFolder() +
                        ", or a file")
        ->type_name("NAME|FILE");
}

Result<void> checkReport(const ReportArguments& arguments) {
    if (arguments.review || !arguments.file.empty()) return {};
    return std::unexpected(Error{
        .kind = ErrorKind::Usage, .what = "no file to write is named", .remedy = "say -o FILE"});
}

Result<Form> formFor(const Postmortem& document, const ReportArguments& arguments) {
    const std::string& asked = arguments.form;
    const bool isPath = asked.find('/') != std::string::npos || asked.ends_with(".json");
    if (isPath) return formFromFile(asked);
    if (!asked.empty()) return formNamed(asked, templatesFolder());
    const auto own = formNamed(document.form, templatesFolder());
    if (own) return own;
    say("the template “" + visible(document.form) + "” is not here; the usual one is taken");
    return usualForm();
}

int writeReport(const Postmortem& document, const Opened& opened, const Analysis& analysis,
                const ReportArguments& arguments) {
    if (arguments.review) {
        Output out;
        out.write(listOf(editionFor(document, opened, analysis)));
        return out.finish();
    }
    const auto form = formFor(document, arguments);
    if (!form) return fail(form.error());
    Postmortem laidOut = document;
    if (!arguments.form.empty()) laidOut.form = form->name == usualForm().name ? "" : form->name;
    ExportOptions options{.form = &*form};
    if (!arguments.sanitise) {
        tellDisagreements(document, opened, analysis);
        if (interrupted().stop_requested()) return exitStatus(ErrorKind::Cancelled);
        return written(laidOut, opened.query.get(), analysis, arguments.file, options);
    }
    const SanitisedEdition edition = editionFor(laidOut, opened, analysis);
    options.digests = false;
    options.rename = [&](const std::string& name) { return edition.clean(name); };
    const int status =
        written(edition.document, opened.query.get(), analysis, arguments.file, options);
    if (status == kDone)
        say(fmt::format("{} names, addresses and secrets were replaced; export --review lists them",
                        edition.replaced.size()));
    return status;
}

} // namespace postlude::cli
