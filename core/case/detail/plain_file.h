// SPDX-License-Identifier: GPL-3.0-or-later
// Plain files of a bundle, which stay where they are, and whether they are still the same.
#pragma once

#include "core/case/detail/database.h"

namespace postlude {

/// Its absolute path, size and digest now. NotFound, Permission, Unreadable.
Result<KnownFile> lookAtFile(const std::filesystem::path& file);

/// Bytes [offset, offset + size) of it. `checked` remembers in which state (size, time of
/// change) files were found unchanged, so that their digest is not taken for every line.
Result<std::string> readPlainFile(const KnownFile& file, std::uint64_t offset, std::size_t size,
                                  std::map<std::string, std::string>& checked);

} // namespace postlude
