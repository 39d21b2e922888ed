// SPDX-License-Identifier: GPL-3.0-or-later
// Who comes, when, and what for.
#pragma once

#include "tests/support/simulator/dice.h"
#include "tests/support/simulator/simulation.h"

namespace postlude::sim {

class Visitors {
public:
    Visitors(const Scenario& scenario, Dice& dice);
    /// When the next request arrives after `t`; beyond the scenario's length: never.
    double next(double t);
    /// What the request that arrives at `t` is.
    Request request(double t);

private:
    [[nodiscard]] double people(double t) const;
    [[nodiscard]] double attackers(double t) const;
    Request attack(double t);
    std::string pathOf(int endpoint);

    const Scenario& scenario_;
    Dice& dice_;
    std::vector<std::string> addresses_; ///< of each person
    std::vector<double> cumulative_;
    std::vector<double> shares_;
    double most_ = 0;
};

/// How far a fault has come at `t`, 0…1.
double levelOf(const Fault& fault, double t);

} // namespace postlude::sim
