// SPDX-License-Identifier: GPL-3.0-or-later
// Masked messages as words, and what several words have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postlude::detail {

/// Parted by single blanks; views into `masked`.
void splitWords(std::string_view masked, std::vector<std::string_view>& out);

/// "user=root" and "user=test" give "user=<*>", "com.a.x" and "com.b" "com.<*>": piece by piece
/// where both are built alike, else what both begin and end with.
std::string commonOf(std::string_view a, std::string_view b);

/// True if one has a value where the other has something else: not two names for two things.
bool differByValue(std::string_view a, std::string_view b);

/// True if `word` may be what `pattern` (with at least one variable) stands for.
bool fits(std::string_view pattern, std::string_view word);

bool hasVariable(std::string_view word);

} // namespace postlude::detail
