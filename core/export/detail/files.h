// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are there whole or not at all.
#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <string_view>

namespace postlude {

/// Writes under a temporary name beside `file`, forces it to disk, renames it. What was there
/// before stays if anything fails. Errors: DiskFull, Permission, NotFound (no such folder), Write.
Result<void> writeWhole(const std::filesystem::path& file, std::string_view bytes);

/// Makes the folder (not its parents) unless it is there.
Result<void> makeFolder(const std::filesystem::path& folder);

} // namespace postlude
