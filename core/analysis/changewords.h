// SPDX-License-Identifier: GPL-3.0-or-later
// Changes that are logged as pairs, in words.
#pragma once

#include <string>
#include <string_view>

namespace postlude {

/// "Reload of haproxy on lb-01 by orbit (e90aa41): “Revert 7c1e0b2”" from a line of pairs such as
/// svc=haproxy action=reload …, which may begin with the name of the system. Empty if the line is
/// anything else, or says neither what was done nor to what.
std::string changeInWords(std::string_view line);

/// Whether the pairs of a line say that a program did it, not a person.
bool isByProgram(std::string_view line);

} // namespace postlude
