// SPDX-License-Identifier: GPL-3.0-or-later
// Where the sources of a bundle do not agree with one another, in sentences: whoever reads the
// analysis has to know, for it goes by one of them.
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/detail/events.h"
#include "core/analysis/detail/traffic.h"

namespace postlude::detail {

/// Alerts that fired while the logs were being written, though no incident is in them.
std::optional<std::string> alertsWithoutIncident(const Events& events, const Window& span);

/// Requests that the servers' own logs say failed, though the balancer's says they did not: in the
/// incidents, or where there is none in all.
Result<std::vector<std::string>>
serversDisagree(const Query& query, const std::vector<SourceInfo>& sources, const Traffic& traffic,
                const std::vector<Window>& windows, std::stop_token stop);

/// Servers last seen when another is first seen that takes as much: perhaps the same one.
std::vector<std::string> renamedServers(const Traffic& traffic, const Clocks& clocks);

} // namespace postlude::detail
