// SPDX-License-Identifier: GPL-3.0-or-later
// Names of members made harmless and the same whether a bundle is a folder or an archive.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postlude::detail {

/// A member's path as the bundle shows it, or why the member must be left out.
struct CleanPath {
    std::string path;     ///< relative, '/', valid UTF-8, no control codes; empty if left out
    std::string refused;  ///< why it is left out: "its path points outside the archive"
    bool changed = false; ///< control codes or invalid bytes were replaced
};
CleanPath cleanPath(std::string_view stored, bool backslashes);

/// What operating systems leave behind: "__MACOSX/", ".DS_Store", "Thumbs.db", our own cases.
bool isClutter(std::string_view path);

/// The folder in which everything stands ("bundle/"), to be taken off all paths; "" if there is
/// none. Of an archive one such folder always goes; of a folder only if folders are left in it.
std::string commonTop(const std::vector<std::string_view>& paths, bool archive);

/// Final paths for leaves given as one path per archive level (outermost first).
std::vector<std::string> resolvePaths(const std::vector<std::vector<std::string>>& leaves);

} // namespace postlude::detail
