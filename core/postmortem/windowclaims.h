// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers over a window and a filter that people choose. Both stand in the document's text, in
// brackets behind the sentence, so that any reader sees what was counted, and every form of the
// document keeps it:
//
//     38 of 300 requests failed, 12.7 % (2024-01-15 09:57:00 – 09:59:00 UTC, server = "app1").
#pragma once

#include "core/base/zone.h"
#include "core/postmortem/postmortem.h"
#include "core/query/query.h"

namespace postlude {

struct ChosenWindow {
    Window window;
    std::string filter = {}; ///< in the filter language; empty: everything
    bool operator==(const ChosenWindow&) const = default;
};

/// What the balancer's requests of the window say, by corrected times and without health checks.
struct WindowFigures {
    std::uint64_t all = 0;                        ///< whatever the filter says
    std::uint64_t requests = 0, failed = 0;       ///< that pass the filter; the same for all below
    std::uint64_t clients = 0, clientsFailed = 0; ///< 0 where no client is logged
    std::optional<double> p50, p95, p99;          ///< response times in seconds
};

/// "0.12 ms", "41 ms", "2.65 s"
std::string responseTimeText(double seconds);

/// To whole seconds, or to milliseconds where it is shorter than a minute: what is written is what
/// is counted.
Window roundedWindow(const Window& window);

/// Errors: those of Query and of Filter::parse, Cancelled.
Result<WindowFigures> figuresOf(const ChosenWindow& chosen, const Query& query,
                                std::stop_token stop);

/// A sentence for each thing that the figures tell: failures, requests of all, clients, response
/// times. claimsOf() checks their numbers against a window and filter of their own, also where
/// people have changed the words: what is counted follows from them ("failed", "clients",
/// "95th percentile", German too).
std::vector<std::string> figureSentences(const ChosenWindow& chosen, const WindowFigures& figures,
                                         const Zone& zone);

} // namespace postlude
