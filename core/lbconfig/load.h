// SPDX-License-Identifier: GPL-3.0-or-later
// The load that a balancer met, from its own records, for judging its limits.
#pragma once

#include "core/lbconfig/review.h"
#include "core/query/query.h"

#include <stop_token>

namespace postlude {

/// In flight: the requests that a server had at once, averaged over each second, the most of all
/// seconds. Requests without a duration count as requests alone. `from` is left empty. Errors of
/// Query::scanRequests.
Result<ObservedLoad> observedLoad(const Query& query, std::stop_token stop);

} // namespace postlude
