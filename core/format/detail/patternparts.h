// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces that many patterns share, so that a format's file stays legible.
#pragma once

#include <string>
#include <string_view>

namespace postlude {

/// `pattern` with every "{{name}}" replaced by the expression of that name; an unknown name is
/// left as it stands. The names are in patternparts.cpp. None of them captures anything.
std::string withParts(std::string_view pattern);

} // namespace postlude
