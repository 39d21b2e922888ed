// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace postlude {

/// A text as a value of the filter language: in quotation marks, whatever is in it.
std::string quotedForFilter(std::string_view text);

} // namespace postlude
