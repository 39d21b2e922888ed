// SPDX-License-Identifier: GPL-3.0-or-later
// zstd, for blocks of text and columns.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postlude {

std::string pack(std::string_view bytes);
/// Empty if `bytes` is not what pack() made, or claims to be more than `most` bytes long, or more
/// than zstd could ever have made of so few: nothing large is reserved for a lie.
std::optional<std::string> unpack(std::string_view bytes, std::size_t most);

} // namespace postlude
