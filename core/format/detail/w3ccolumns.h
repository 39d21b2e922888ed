// SPDX-License-Identifier: GPL-3.0-or-later
// What the columns of a W3C extended log are.
#pragma once

#include "core/format/detail/pairs.h"

namespace postlude {

/// Columns that are no field of their own, but part of one.
enum class W3cPart : std::uint8_t { Date, Time, Stem, Query, Reason, Status, Taken, Other };
inline constexpr std::size_t kW3cParts = 8;

/// What a column's cells look like, for telling one guessed head from another.
enum class W3cShape : std::uint8_t { Any, Address, Method, Whole, Version, Path };

struct W3cColumn {
    std::string name; ///< as written
    W3cPart part = W3cPart::Other;
    W3cShape shape = W3cShape::Any;
    Target target;
    /// Could `cell` stand in it?
    [[nodiscard]] bool mayHold(std::string_view cell) const;
};

struct W3cHead {
    std::vector<W3cColumn> columns;
    bool dated = false; ///< rows bear their date themselves
    bool local = false; ///< times are those of the server's own zone
    /// `names` in small letters.
    [[nodiscard]] bool hasAll(const std::vector<std::string>& names) const;
};

using W3cNames = TargetMap;

/// `fields`: what stands behind "#Fields:". Names are told without regard to case; a name that
/// is not known is extra. `own`: of this log alone, in small letters.
W3cHead readW3cHead(std::string_view fields, const W3cNames& own);

} // namespace postlude
