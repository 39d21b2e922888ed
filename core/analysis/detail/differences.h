// SPDX-License-Identifier: GPL-3.0-or-later
// What an incident's bad requests have in common that its good ones have not.
#pragma once

#include "core/analysis/detail/traffic.h"

namespace postlude {
struct Incident;
}

namespace postlude::detail {

/// Fills Incident::differences of the gravest incidents (the requests have to be read again for
/// each). Servers are left out: their shares are told elsewhere.
Result<void> findDifferences(const Query& query, const Traffic& traffic,
                             std::vector<Incident>& incidents, std::stop_token stop);

} // namespace postlude::detail
