// SPDX-License-Identifier: GPL-3.0-or-later
// The index of a segment as it is made and as bytes.
#pragma once

#include "core/case/encoded_segment.h"

namespace postlude {

SegmentIndex indexOf(const Segment& segment);

std::string bytesOf(const SegmentIndex& index);
/// Damaged if they are not what bytesOf() gave.
Result<SegmentIndex> indexFrom(std::string_view bytes);

} // namespace postlude
