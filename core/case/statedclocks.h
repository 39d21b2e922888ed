// SPDX-License-Identifier: GPL-3.0-or-later
// What people say that hosts' clocks are off by. It is kept in the case, and counts more than what
// is measured until they take it back. Such an offset has no pairs of requests behind it.
#pragma once

#include "core/case/case.h"

#include <map>

namespace postlude {

struct StatedClock {
    Duration ahead{};                      ///< of the balancer's; negative: behind
    std::optional<Duration> measured = {}; ///< before anybody stated it, if it was
    std::uint64_t pairs = 0;               ///< behind `measured`
    bool operator==(const StatedClock&) const = default;
};

/// By host. Empty if nothing was stated, or if what is kept cannot be understood.
std::map<std::string, StatedClock> statedClocks(const Case& file);

/// Keeps it, and takes it out of the host's times from now on. Nothing: what was measured holds
/// again. Errors: Usage (no host), and those of writing.
Result<void> stateClock(Case& file, const std::string& host, std::optional<Duration> ahead);

} // namespace postlude
