// SPDX-License-Identifier: GPL-3.0-or-later
// A simulated run as the folder of logs that whoever is on call would have collected.
#pragma once

#include "tests/support/simulator/simulation.h"

#include <expected>
#include <filesystem>

namespace postlude::sim {

/// Writes the logs into `folder`, which is made, and what really happened into
/// `<folder>.truth.json` beside it. The error says what could not be written.
std::expected<void, std::string> write(const Scenario& scenario, const Run& run,
                                       const std::filesystem::path& folder);

/// Requests that failed or were slow because of one of the scenario's faults.
struct Hurt {
    std::vector<std::size_t> requests; ///< indices, by arrival
    double started = -1;               ///< the first of them was sent; −1: there is none
    double answered = -1;              ///< the first bad answer
    double recovered = -1;             ///< the last bad answer; −1: the logs end before
};
Hurt hurtOf(const Scenario& scenario, const Run& run, const Fault& fault);

} // namespace postlude::sim
