// SPDX-License-Identifier: GPL-3.0-or-later
// Who got how much of the traffic, against what the configuration gives.
#pragma once

#include "core/analysis/detail/configs.h"
#include "core/analysis/detail/traffic.h"
#include "core/analysis/detail/uptime.h"

namespace postlude::detail {

struct Phases {
    Window before, during, after;
};

struct Shares {
    std::vector<ServerReport> servers; ///< in the order of Traffic::servers, without "none"
    double shifted = 0;                ///< total variation distance of the shares during and before
    double unfair = 0;                 ///< the same of during and expected, where expected is known
    double unreached = 0;              ///< share of the requests during that reached no server
    std::size_t worst = std::size_t(-1); ///< index into servers whose share and errors rose most
    std::string worstName;               ///< "backend/server", as reported
};

/// The configurations in force, one a balancer; empty: none known then.
using Configs = std::vector<const BalancerConfig*>;

/// Expected shares follow from weights, algorithm and the time each server was up.
Shares findShares(const Traffic& traffic, const Phases& phases, const Configs& before,
                  const Configs& during, const Clocks& clocks, const std::vector<Outage>& outages);

/// What each server of a configuration's backend should have got of a window's requests, in its
/// order, while each was in use or not. All 0 if none ever was.
/// `called`: the names by which the balancer's log knows them.
std::vector<double> expectedWithin(const ConfigBackend& backend,
                                   const std::vector<ServerKey>& called,
                                   const std::vector<Outage>& outages, const Window& window,
                                   const Traffic& traffic);

/// "backend/server", or the server alone.
std::string pathOf(const ServerKey& key);

} // namespace postlude::detail
