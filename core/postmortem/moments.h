// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/base/zone.h"

#include <string>
#include <string_view>

namespace postlude {

/// Sentences of the analysis name instants as 2024-01-15T10:02:11Z, for it knows no zone; here they
/// become momentText() of wording.h, as whoever reads them sees all other times. What is quoted
/// (“…”) stays as it was written.
std::string momentsIn(std::string_view text, const Zone& zone, bool withDate);

/// How far the impact may have started from where it is said to have: the farther end of its
/// interval. Whatever is measured from there is as unsure.
Duration uncertaintyOfStart(const Incident& incident);

} // namespace postlude
