// SPDX-License-Identifier: GPL-3.0-or-later
// Causes in the machines themselves: what they said, who died, who was taken out, who could not be
// reached.
#pragma once

#include "core/analysis/detail/troubles.h"

namespace postlude::detail {

std::vector<Candidate> troubleCandidates(const Scene& scene, const std::vector<Trouble>& troubles);

/// Processes that died and servers that refused connections, where requests suffered for it.
std::vector<Candidate> crashCandidates(const Scene& scene);
/// Servers that somebody had taken out of use and that were missed.
std::vector<Candidate> drainCandidates(const Scene& scene);
/// Connections that took long or were never made, and no server that was down.
std::vector<Candidate> connectCandidates(const Scene& scene);

/// One server that was slow by itself, by the balancer's timers: for want of any other cause.
/// Errors are those of the query.
Result<std::optional<Candidate>> loneServerCandidate(const Scene& scene, std::stop_token stop);

/// When a server answered nothing though it used to, of what was asked of it before.
struct Absence {
    std::vector<Window> gaps;
    double share = 0; ///< of the traffic that it had before the first gap
    [[nodiscard]] Duration within(const Window& w) const;
};
/// Of the server with this index into Traffic::servers.
Absence absenceOf(const Scene& scene, std::size_t server);

} // namespace postlude::detail
