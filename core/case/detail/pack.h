// SPDX-License-Identifier: GPL-3.0-or-later
// zstd, for blocks of text and columns.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postlude {

enum class Effort : int { Text = 1, Column = 3 }; ///< zstd's levels; logs gain nothing above 1
std::string pack(std::string_view bytes, Effort effort = Effort::Column);
/// Empty if `bytes` is not what pack() made, or claims to be more than `most` bytes long, or more
/// than zstd could ever have made of so few: nothing large is reserved for a lie.
std::optional<std::string> unpack(std::string_view bytes, std::size_t most);

} // namespace postlude
