// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"

#include <algorithm>

namespace postlude {

/// A cause that came while the incident lasted and made it worse, and is no consequence of the
/// first one as far as the logs tell: its scores have a part "rise". Others are alternatives to the
/// first.
inline bool hasJoined(const Cause& c) {
    return std::ranges::any_of(c.scores, [](const auto& part) { return part.first == "rise"; });
}

} // namespace postlude
