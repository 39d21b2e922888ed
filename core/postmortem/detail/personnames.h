// SPDX-License-Identifier: GPL-3.0-or-later
// Of "Dana Fields" the words by which people call her.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postlude {

/// First and family names, as they are capitalised; none of what is no person's name ("SRE team",
/// "orbit").
std::vector<std::string> wordsOfName(std::string_view name);

/// True of a name that is a word of the language, too: "Will", "Mark". It is one only where it is
/// capitalised.
bool isAlsoAWord(std::string_view folded);

} // namespace postlude
