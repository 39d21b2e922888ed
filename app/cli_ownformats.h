// SPDX-License-Identifier: GPL-3.0-or-later
// The formats that the user has written: in the folder of the settings, or named on the command
// line.
#pragma once

#include "core/format/catalogue.h"

#include <CLI/CLI.hpp>

namespace postlude::cli {

struct FormatArguments {
    std::vector<std::string> files;
    std::string folder; ///< empty: the one of the settings
    [[nodiscard]] bool any() const { return !files.empty() || !folder.empty(); }
};
/// --format-file and --formats-folder
void addFormatOptions(CLI::App& command, FormatArguments& arguments);

/// A catalogue with what is built in, the folder's formats and those of the files. `refused` gets
/// why a file was not taken.
Result<Catalogue> catalogueWith(const FormatArguments& arguments, std::vector<Error>& refused);

/// For an import. What is refused in the folder is said on standard error and left out; a file
/// that was named must be good. Error: NotUnderstood, NotFound, Usage.
Result<std::vector<std::shared_ptr<const Format>>> ownFormats(const FormatArguments& arguments);

} // namespace postlude::cli
