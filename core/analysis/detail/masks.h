// SPDX-License-Identifier: GPL-3.0-or-later
// The first step to a message's template: what is a value by its look alone (numbers, addresses,
// paths, identifiers …) becomes a mark, before anything is compared.
#pragma once

#include <string>
#include <string_view>

namespace postlude::detail {

inline constexpr char kVariable = '\x1A'; ///< stands for one value
inline constexpr char kGlue = '\x1F';     ///< a blank within a value with unit: "5.2 KB"

/// Writes `text` to `out` with values masked, words parted by one blank, no control characters
/// but the two above. Linear in the text.
///
/// Masked are URLs (but for the scheme), paths, request targets, UUIDs, MAC and IPv6 addresses,
/// host names (with a port, or by their last label), true, false and null, and every word that
/// holds a digit; words of letters with one digit at the end ("eth0", "IPv6") may be names and
/// stay. Words are parted by blanks and , ! ; : = | " ' [ ] ( ) { } . - + @ # $ % & /; values that
/// touch, or that only a point parts, are one.
void mask(std::string_view text, std::string& out);

/// True for the characters that part words.
bool partsWords(char c);

} // namespace postlude::detail
