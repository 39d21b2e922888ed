// SPDX-License-Identifier: GPL-3.0-or-later
// How far each host's clock is from the balancer's, and which server of the balancer it is.
#pragma once

#include "core/analysis/analysis.h"

#include <map>

namespace postlude::detail {

struct Clocks {
    std::vector<HostClock> hosts;            ///< by name; the balancer's is the reference (0)
    std::map<ServerKey, std::string> hostOf; ///< the balancer's server → host
    std::vector<std::string> notes;
    /// What to take from a time that host wrote to get the balancer's; 0 where unknown.
    [[nodiscard]] Duration offsetOf(const std::string& host, Instant said) const;
    [[nodiscard]] ClockCourse courseOf(const std::string& host) const;
};

/// Works on times as written. Pairs the balancer's record of a request with the server's own:
/// by request id, else by client, method, path (without query) and status, else without the
/// client. Errors are those of the query.
Result<Clocks> findClocks(const Query& query, const std::vector<SourceInfo>& sources,
                          std::stop_token stop);

/// Where an offset is one of zones, by quarters of an hour: whose times were taken for the wrong
/// one, and which fits. Begins with "; ". Empty if it is none.
std::string zoneText(const HostClock& clock, const std::vector<SourceInfo>& sources);

} // namespace postlude::detail
