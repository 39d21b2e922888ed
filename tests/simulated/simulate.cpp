// SPDX-License-Identifier: GPL-3.0-or-later
// simulate SEED FOLDER [KIND]: writes the logs of one scenario and its truth beside them. Exit 3 if
// the fault drawn hurts hardly anybody, so that there is no incident to find.
#include "tests/support/simulator/write.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

using namespace postlude::sim;

namespace {

std::optional<FaultKind> kindNamed(std::string_view name) {
    for (std::size_t i = 0; i < kFaultKinds; ++i)
        if (nameOf(FaultKind(i)) == name) return FaultKind(i);
    return {};
}

/// An incident is at least 60 requests and 3 % of those from its beginning to its end.
bool isFelt(const Scenario& s, const Run& run, const Fault& fault) {
    if (s.quiet()) return true;
    const Hurt hurt = hurtOf(s, run, fault);
    if (hurt.started < 0 || hurt.requests.size() < 60) return false;
    const double until = hurt.recovered > 0 ? hurt.recovered : s.length;
    std::size_t all = 0;
    for (const Request& r : run.requests)
        all += r.arrived >= hurt.started && r.arrived <= until ? 1 : 0;
    return double(hurt.requests.size()) >= 0.03 * double(all) && until - hurt.started >= 20;
}

} // namespace

int main(int count, char** arguments) {
    if (count < 3 || count > 4) {
        std::fputs("usage: simulate SEED FOLDER [KIND]\n", stderr);
        return 2;
    }
    const std::uint64_t seed = std::strtoull(arguments[1], nullptr, 10);
    const auto kind = count == 4 ? kindNamed(arguments[3]) : std::nullopt;
    if (count == 4 && !kind) {
        std::fprintf(stderr, "simulate: no fault is called %s\n", arguments[3]);
        return 2;
    }
    const Scenario scenario = kind ? draw(seed, *kind) : draw(seed);
    const Run run = simulate(scenario);
    const auto faults = scenario.faults();
    if (!std::ranges::all_of(faults, [&](const Fault& f) { return isFelt(scenario, run, f); })) {
        std::fprintf(stderr, "simulate: %s %llu is hardly felt\n",
                     nameOf(scenario.fault.kind).data(), static_cast<unsigned long long>(seed));
        return 3;
    }
    const auto written = write(scenario, run, arguments[2]);
    if (written) return 0;
    std::fprintf(stderr, "simulate: could not write %s\n", written.error().c_str());
    return 4;
}
