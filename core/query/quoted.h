// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace postlude {

/// A text as a value of the filter language: in quotation marks, whatever is in it.
std::string quotedForFilter(std::string_view text);

/// A field's name as the filter language takes it: as it is, or in quotation marks where it holds
/// blanks, signs or is a word of the language's own.
std::string fieldForFilter(std::string_view name);

} // namespace postlude
