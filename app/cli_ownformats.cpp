// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_ownformats.h"

#include "app/cli_terminal.h"
#include "app/formatsfolder.h"
#include "core/format/userformats.h"

namespace postlude::cli {

namespace {

/// The folder that was named must be there, the one of the settings need not.
Result<std::string> folderOf(const FormatArguments& arguments) {
    if (arguments.folder.empty()) return formatsFolder();
    std::error_code error;
    if (std::filesystem::is_directory(arguments.folder, error)) return arguments.folder;
    return std::unexpected(Error{.kind = ErrorKind::NotFound,
                                 .what = "no such folder",
                                 .place = {.source = arguments.folder}});
}

std::vector<Error> addFiles(const std::vector<std::string>& files, Catalogue& catalogue) {
    std::vector<Error> refused;
    for (const std::string& file : files) {
        UserFormats user = readUserFormats(file);
        for (auto& format : user.formats)
            if (auto added = catalogue.add(std::move(format)); !added)
                user.errors.push_back(added.error());
        std::ranges::move(user.errors, std::back_inserter(refused));
    }
    return refused;
}

std::vector<std::shared_ptr<const Format>> writtenByUser(const Catalogue& catalogue) {
    auto formats = catalogue.formats();
    std::erase_if(formats, [](const auto& format) { return format->origin().empty(); });
    return formats;
}

} // namespace

void addFormatOptions(CLI::App& command, FormatArguments& arguments) {
    command
        .add_option("--format-file", arguments.files,
                    "A format of your own, or of lnav's; may be given again")
        ->allow_extra_args(false)
        ->take_all()
        ->type_name("FILE");
    command
        .add_option("--formats-folder", arguments.folder,
                    "Where your formats are, instead of " + formatsFolder())
        ->type_name("FOLDER");
}

Result<Catalogue> catalogueWith(const FormatArguments& arguments, std::vector<Error>& refused) {
    auto catalogue = Catalogue::builtIn();
    if (!catalogue) return catalogue;
    const auto folder = folderOf(arguments);
    if (!folder) return std::unexpected(folder.error());
    refused = catalogue->addUserFormats(*folder);
    std::ranges::move(addFiles(arguments.files, *catalogue), std::back_inserter(refused));
    return catalogue;
}

Result<std::vector<std::shared_ptr<const Format>>> ownFormats(const FormatArguments& arguments) {
    auto catalogue = Catalogue::builtIn();
    if (!catalogue) return std::unexpected(catalogue.error());
    const auto folder = folderOf(arguments);
    if (!folder) return std::unexpected(folder.error());
    for (const Error& refused : catalogue->addUserFormats(*folder))
        say(describe(refused));
    if (const auto refused = addFiles(arguments.files, *catalogue); !refused.empty())
        return std::unexpected(refused.front());
    return writtenByUser(*catalogue);
}

} // namespace postlude::cli
