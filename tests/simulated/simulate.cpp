// SPDX-License-Identifier: GPL-3.0-or-later
// simulate SEED FOLDER [KIND] [--two]: writes the logs of one scenario and its truth beside them.
// --two: with another fault beside the first. Exit 3 if a fault drawn hurts hardly anybody, so that
// there is no incident to find.
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

std::size_t hurtBetween(const Run& run, double from, double to) {
    return std::size_t(std::ranges::count_if(run.requests, [&](const Request& r) {
        return r.done >= from && r.done <= to && (r.failed() || r.took() > kSlow);
    }));
}

/// The fault beside is felt if there is clearly more trouble with it than without it.
bool addsTrouble(const Scenario& s, const Run& with, const Run& without) {
    const double from = s.beside->from, to = s.beside->to;
    const auto all = double(std::ranges::count_if(
        with.requests, [&](const Request& r) { return r.arrived >= from && r.arrived <= to; }));
    return double(hurtBetween(with, from, to)) >=
           double(hurtBetween(without, from, to)) + std::max(60.0, 0.05 * all);
}

/// Both faults of a scenario with two, each by itself.
bool areBothFelt(const Scenario& s, const Run& run) {
    Scenario alone = s;
    alone.beside.reset();
    const Run without = simulate(alone);
    return isFelt(alone, without, alone.fault) && addsTrouble(s, run, without);
}

bool isFelt(const Scenario& s, const Run& run) {
    if (s.beside) return areBothFelt(s, run);
    return std::ranges::all_of(s.faults(), [&](const Fault& f) { return isFelt(s, run, f); });
}

Scenario scenarioOf(std::uint64_t seed, std::optional<FaultKind> kind, bool two) {
    Scenario out = kind ? draw(seed, *kind) : draw(seed);
    if (two) addBeside(out);
    return out;
}

} // namespace

int main(int count, char** arguments) {
    const bool two = count > 3 && std::string_view(arguments[count - 1]) == "--two";
    if (two) --count;
    if (count < 3 || count > 4) {
        std::fputs("usage: simulate SEED FOLDER [KIND] [--two]\n", stderr);
        return 2;
    }
    const std::uint64_t seed = std::strtoull(arguments[1], nullptr, 10);
    const auto kind = count == 4 ? kindNamed(arguments[3]) : std::nullopt;
    if (count == 4 && !kind) {
        std::fprintf(stderr, "simulate: no fault is called %s\n", arguments[3]);
        return 2;
    }
    const Scenario scenario = scenarioOf(seed, kind, two);
    if (two && !scenario.beside) return 3;
    const Run run = simulate(scenario);
    if (!isFelt(scenario, run)) {
        std::fprintf(stderr, "simulate: %s %llu is hardly felt\n",
                     nameOf(scenario.fault.kind).data(), static_cast<unsigned long long>(seed));
        return 3;
    }
    const auto written = write(scenario, run, arguments[2]);
    if (written) return 0;
    std::fprintf(stderr, "simulate: could not write %s\n", written.error().c_str());
    return 4;
}
