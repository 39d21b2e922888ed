// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of a source by which its format is told.
#pragma once

#include "core/case/store.h"

namespace postlude::detail {

inline constexpr std::size_t kSampleBytes = 256 * 1024;

/// Some whole lines from the middle and the end of a source that is longer than its sample, so
/// that a change of the format is seen; none if they cannot be read.
std::vector<std::string> linesFurtherOn(const Case::Store& store, SourceId source);

} // namespace postlude::detail
