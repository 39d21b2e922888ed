// SPDX-License-Identifier: GPL-3.0-or-later
// Words and signs of the filter language.
#pragma once

#include "core/base/error.h"
#include "core/query/detail/filter_node.h"

#include <algorithm>

namespace postlude {

struct FilterToken {
    enum class Kind : std::uint8_t { End, Word, Quoted, Op, Open, Close, Comma } kind = Kind::End;
    std::size_t at = 0; ///< byte in the filter
    std::string text;   ///< quotes and escapes taken away
    FilterOp op{};
    std::vector<std::size_t> escapes = {}; ///< places in `text` of signs that had a \ before them

    /// Where in the filter byte `in` of `text` is written.
    [[nodiscard]] std::size_t placeOf(std::size_t in) const {
        const auto before = std::ranges::count_if(escapes, [&](std::size_t e) { return e <= in; });
        return at + (kind == Kind::Quoted ? 1 : 0) + in + static_cast<std::size_t>(before);
    }
};

/// Ends with an End token. Error: NotUnderstood with the byte.
Result<std::vector<FilterToken>> filterTokens(std::string_view text);

Error filterError(std::size_t at, std::string what, std::string remedy);

} // namespace postlude
