// SPDX-License-Identifier: GPL-3.0-or-later
// Lines in which a machine, the network or somebody else's service says that it is unwell.
#pragma once

#include "core/analysis/detail/scene.h"

namespace postlude::detail {

/// Lines of one sort from one host.
struct Trouble {
    CauseKind kind = CauseKind::HostResource; ///< or Network, Upstream
    std::string host;  ///< whose trouble it is: the server named, else the host that wrote it
    std::string about; ///< of Upstream: the service named
    std::string words; ///< the first of the lines, as logged
    std::vector<Instant> times; ///< ascending, by the balancer's clock
    Instant first{};            ///< of them
    bool all = true;   ///< else more than could be read, and a line stands for those beside it, too
    Evidence evidence; ///< the first of them
};

/// What a line speaks of, by its words; nothing if it is no trouble of these kinds.
std::optional<CauseKind> troubleIn(std::string_view lowerCaseText);
/// The host (or host:port) outside that a line says does not answer; empty if it names none.
std::string serviceIn(std::string_view lowerCaseText);

/// From all sources, by kind, host and service. At most some hundred thousand lines are read.
Result<std::vector<Trouble>> gatherTroubles(const Query& query,
                                            const std::vector<SourceInfo>& sources,
                                            const Clocks& clocks, std::stop_token stop);

} // namespace postlude::detail
