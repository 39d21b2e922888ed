// SPDX-License-Identifier: GPL-3.0-or-later
// A second fault that has nothing to do with the first.
#include "tests/support/simulator/dice.h"
#include "tests/support/simulator/scenario.h"

#include <algorithm>

namespace postlude::sim {

namespace {

Fault drawn(const Scenario& s, Dice& dice) {
    static constexpr std::array<FaultKind, 5> kKinds{FaultKind::SlowServer, FaultKind::Database,
                                                     FaultKind::Deploy, FaultKind::Outage,
                                                     FaultKind::DiskFull};
    Fault out;
    do
        out.kind = dice.from(kKinds);
    while (out.kind == s.fault.kind);
    const int servers = int(s.servers.size());
    if (out.kind == FaultKind::SlowServer || (out.kind == FaultKind::DiskFull && dice.chance(0.5)))
        out.servers = {dice.whole(0, servers - 1)};
    out.strength = out.kind == FaultKind::Deploy ? dice.between(0.3, 0.9) : dice.scaled(10, 30);
    out.variant = dice.whole(0, out.kind == FaultKind::SlowServer ? 2 : 1);
    if (out.kind == FaultKind::Deploy) out.variant = 0;
    return out;
}

} // namespace

void addBeside(Scenario& s) {
    Fault& f = s.fault;
    if (s.quiet() || f.kind == FaultKind::Drain) return;
    Dice dice(s.seed * 0xD1B54A32D192ED03ULL + 11);
    s.later.reset();
    f.to = f.from + dice.between(100, 180) + f.ramp;
    Fault other = drawn(s, dice);
    const bool after = dice.chance(0.4); // soon after the first is mended
    other.from = after ? f.to + dice.between(30, 150)
                       : f.from + f.ramp + dice.between(0.3, 0.7) * (f.to - f.from - f.ramp);
    other.to = std::max(f.to, other.from) + dice.between(60, 150);
    s.length = std::max(s.length, other.to + 100);
    s.databaseLog |= other.kind == FaultKind::Database;
    std::erase_if(s.decoys, [&](const Decoy& d) { return std::abs(d.at - other.from) < 60; });
    s.beside = other;
}

} // namespace postlude::sim
