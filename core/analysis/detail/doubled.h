// SPDX-License-Identifier: GPL-3.0-or-later
// Logs that hold the same requests: a balancer's own file, and the syslog that keeps a copy of it.
#pragma once

#include "core/query/query.h"

namespace postlude::detail {

/// A note for each two logs of balancers that hold the same lines at the same times, all along:
/// what is in both is counted twice. Looks at some forty lines of each two that overlap.
Result<std::vector<std::string>>
doubledSources(const Query& query, const std::vector<SourceInfo>& sources, std::stop_token stop);

} // namespace postlude::detail
