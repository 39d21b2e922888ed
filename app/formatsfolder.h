// SPDX-License-Identifier: GPL-3.0-or-later
// Where both programs look for the formats that the user has written.
#pragma once

#include <string>

namespace postlude {

/// postlude/formats in the user's configuration (~/.config on most systems); it need not exist.
std::string formatsFolder();

} // namespace postlude
