// SPDX-License-Identifier: GPL-3.0-or-later
// Recognises logs that are made of several formats.
#pragma once

#include "core/format/detail/prefilter.h"

namespace postlude {

/// Adds to `candidates` (best first) what reads these lines as heads with other formats' lines
/// inside, and what reads them as lines of several formats taking turns, where that is better
/// than what is there; sorts them again. `prefilter`: null for none.
void addComposed(std::vector<Candidate>& candidates, const KnownFormats& formats,
                 const Lines& lines, const Prefilter* prefilter);

} // namespace postlude
