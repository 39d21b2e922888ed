// SPDX-License-Identifier: GPL-3.0-or-later
// What colours a text on a terminal, which some programs write into files, too.
#pragma once

#include <string>
#include <string_view>

namespace postlude {

/// `text` without "ESC [ … letter" to `out`. False (and `out` undefined) if there is none in it.
bool withoutColours(std::string_view text, std::string& out);

} // namespace postlude
