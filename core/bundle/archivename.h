// SPDX-License-Identifier: GPL-3.0-or-later
// What the names of archives and packed files end in.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace postlude {

/// ".gz", ".tar", ".tgz", …: each by itself; "tango.tar.gz" has two of them.
std::span<const std::string_view> archiveEndings();

/// "logs/web-01.tar.gz" → "logs/web-01": the folder in which an archive's members appear. Small or
/// capital letters; a name that is nothing but an ending stays.
std::string archiveStem(std::string_view path);

} // namespace postlude
