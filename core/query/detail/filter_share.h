// SPDX-License-Identifier: GPL-3.0-or-later
// What the index of a segment tells of a filter before a column is decoded.
#pragma once

#include "core/query/detail/filter_node.h"
#include "core/query/detail/state.h"

namespace postlude {

/// How many rows can pass. Some: the index does not tell.
enum class Share : std::uint8_t { None, Some, All };

Share shareOf(const Filter::Node& node, const State& state, const SegmentState& segment);

} // namespace postlude
