// SPDX-License-Identifier: GPL-3.0-or-later
// Where both programs look for formats and templates that the user has written.
#pragma once

#include <string>

namespace postlude {

/// postlude/formats in the user's configuration (~/.config on most systems); it need not exist.
std::string formatsFolder();
/// Where templates of one's own are (`<name>.json`).
std::string templatesFolder();

} // namespace postlude
