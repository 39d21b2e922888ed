// SPDX-License-Identifier: GPL-3.0-or-later
// When an alert on the burn rate of an error budget would have fired: both over a long and over a
// short window more failed than the objective allows, so many times over (Google's SRE workbook,
// "Alerting on SLOs": 14.4 times over 1 h and 5 min, 6 times over 6 h and 30 min).
#pragma once

#include "core/analysis/detail/onset.h"

namespace postlude::detail {

struct BurnAlert {
    Instant at{};
    std::string rule; ///< "objective 99.9 %, 14.4 times over 1 h and 5 min"
};

/// Within `during`. Logs shorter than an hour are taken as far as they go, and the short window
/// with them, and the rule says so. Empty if none would have fired, or if one would have fired
/// before already.
std::optional<BurnAlert> burnAlert(const Grid& grid, const Window& during);

} // namespace postlude::detail
