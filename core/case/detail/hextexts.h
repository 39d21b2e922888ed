// SPDX-License-Identifier: GPL-3.0-or-later
// Identifiers that are written alike but for their hexadecimal digits (request and trace ids,
// UUIDs): two digits take a byte so, and nothing is spent on packing what cannot be packed.
#pragma once

#include "core/case/column.h"

#include <optional>
#include <string>
#include <string_view>

namespace postlude {

/// The first text of `texts` and the digits of all; nothing if one of them does not come back
/// letter by letter: they differ in length or in what is no digit, or mix small and large digits.
std::optional<std::string> encodeHexTexts(const TextList& texts);

/// `count` texts as encodeHexTexts() took them, into `to`; false if `bytes` are damaged.
bool decodeHexTexts(std::string_view bytes, std::uint32_t count, TextList& to);

} // namespace postlude
