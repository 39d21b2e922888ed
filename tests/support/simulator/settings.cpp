// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/simulator/scenario.h"

#include <algorithm>

namespace postlude::sim {

namespace {

constexpr std::array<std::string_view, kFaultKinds> kNames{
    "none",     "weights",     "hashing",       "first-only",  "crash",    "cascade",
    "all-down", "slow-server", "out-of-memory", "disk-full",   "database", "flood",
    "deploy",   "outage",      "network",       "certificate", "drain"};

/// What the fault does to the configuration; false: nothing.
bool apply(const Fault& f, Setting& s) {
    switch (f.kind) {
    case FaultKind::Weights:
    case FaultKind::Cascade:
        for (const int i : f.servers)
            s.weights[std::size_t(i)] = int(f.strength);
        return true;
    case FaultKind::Hashing:
        s.algorithm = f.variant == 0 ? Algorithm::Source : Algorithm::Uri;
        return true;
    case FaultKind::FirstOnly:
        s.algorithm = Algorithm::First;
        return true;
    case FaultKind::AllDown:
        s.checkRight = false;
        return true;
    case FaultKind::Drain:
        for (const int i : f.servers)
            s.weights[std::size_t(i)] = 0;
        s.byHand = true;
        return true;
    default:
        return false;
    }
}

} // namespace

std::string_view nameOf(FaultKind kind) {
    return kNames[std::size_t(kind)];
}

std::vector<Setting> settingsOf(const Scenario& s) {
    Setting usual;
    for (const Server& server : s.servers)
        usual.weights.push_back(server.weight);
    usual.algorithm = s.balancer.algorithm;
    std::vector<Setting> out{usual};
    Setting wrong = usual;
    if (apply(s.fault, wrong)) {
        wrong.at = s.fault.from;
        out.push_back(wrong);
        Setting mended = usual;
        mended.at = s.fault.to;
        mended.byHand = wrong.byHand;
        out.push_back(mended);
    }
    for (const Decoy& d : s.decoys) {
        if (d.kind != DecoyKind::Reload) continue;
        const auto after = std::ranges::find_if(out, [&](const Setting& o) { return o.at > d.at; });
        Setting same = *(after - 1);
        same.at = d.at;
        same.byHand = false;
        same.note = "reload";
        out.insert(after, same);
    }
    return out;
}

} // namespace postlude::sim
