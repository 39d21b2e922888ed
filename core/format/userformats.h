// SPDX-License-Identifier: GPL-3.0-or-later
// Formats that users write: one file a format, like those in resources/formats, with sample
// lines that must parse; or a format file of lnav, which may hold several.
#pragma once

#include "core/format/format.h"

#include <filesystem>

namespace postlude {

struct UserFormats {
    std::vector<std::shared_ptr<const Format>> formats; ///< each reads all its samples
    /// Why others were refused: the file, what is wrong, for a sample its number, the column up
    /// to which it fits and what stands there.
    std::vector<Error> errors;
};

/// Reads one file, at most 4 MiB. Never throws; may be called by any thread.
///
/// A file of ours is a JSON object with "name", "title", "reader" and what that reader needs
/// ("patterns" of "regex", "shapes" of "json", "format" of a dialect: "haproxy", "nginx" …), and
/// "samples": at least one string, or {"line": …, "expect": {column: text}}, where columns are
/// named as in a record's JSON. A sample may be an entry of several lines, or a whole document.
/// It is taken before all built-in formats that read as many lines and do not find very
/// much more in them; "rank" orders the user's own.
/// A file of lnav has an object a format, each with "regex" or "json", and "sample" lines with
/// their levels (which only JSON formats may go without).
UserFormats readUserFormats(const std::filesystem::path& file);

/// All *.json of a folder and the folders in it, in the order of their names. A folder that does
/// not exist is empty.
UserFormats readUserFolder(const std::filesystem::path& folder);

} // namespace postlude
