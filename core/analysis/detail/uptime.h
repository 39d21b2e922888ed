// SPDX-License-Identifier: GPL-3.0-or-later
// When which server was out of use, as the balancer said.
#pragma once

#include "core/analysis/detail/events.h"
#include "core/analysis/detail/traffic.h"

namespace postlude::detail {

/// A server out of use: down by its checks, or taken out by somebody's will.
struct Outage {
    ServerKey key;
    Window window;       ///< cut to the span asked for
    bool wanted = false; ///< drain or maintenance, not a failed check
    bool ended = false;  ///< it came back within it
    const Event* from = nullptr;
    const Event* to = nullptr;
};

/// By server, then time. A state before the requests holds on among them; one that the balancer
/// never takes back ends when the server answers again.
std::vector<Outage> outagesOf(const Events& events, const Traffic& traffic);

/// The window, cut wherever one of these servers went or came back; whole if that is too often.
std::vector<Window> piecesOf(const std::vector<Outage>& outages,
                             const std::vector<ServerKey>& servers, const Window& window);

/// Part of the window (0…1) in which the server was in use.
double upWithin(const std::vector<Outage>& outages, const ServerKey& key, const Window& window);

} // namespace postlude::detail
