// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/lbconfig.h"

#include <algorithm>
#include <functional>

namespace postlude {

namespace {

using Takes = std::function<bool(const ConfigServer&)>;

/// Adds to `shares` what `part` of the requests is to those servers.
void share(const ConfigBackend& backend, const std::vector<double>& up, const Takes& takes,
           double part, std::vector<double>& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < up.size(); ++i)
        if (takes(backend.servers[i])) sum += backend.servers[i].weight * up[i];
    for (std::size_t i = 0; i < up.size() && sum > 0; ++i)
        if (takes(backend.servers[i])) shares[i] += part * backend.servers[i].weight * up[i] / sum;
}

/// Each takes what those before it leave: the time while they are down.
double fillInOrder(const ConfigBackend& backend, const std::vector<double>& up, const Takes& takes,
                   double left, std::vector<double>& shares) {
    for (std::size_t i = 0; i < up.size(); ++i) {
        if (!takes(backend.servers[i])) continue;
        shares[i] = left * up[i];
        left -= shares[i];
    }
    return left;
}

} // namespace

std::vector<double> expectedShares(const ConfigBackend& backend, const std::vector<double>& up) {
    std::vector<double> times(backend.servers.size(), 1.0);
    for (std::size_t i = 0; i < std::min(times.size(), up.size()); ++i)
        times[i] = std::clamp(up[i], 0.0, 1.0);
    std::vector<double> shares(times.size(), 0.0);
    const Takes main = [](const ConfigServer& s) { return s.takesPart(); };
    const Takes spare = [](const ConfigServer& s) {
        return s.backup && !s.disabled && s.weight > 0;
    };
    double allDown = 1;
    for (std::size_t i = 0; i < times.size(); ++i)
        if (main(backend.servers[i])) allDown *= 1 - times[i];
    if (backend.balancing == Balancing::First) {
        const double left = fillInOrder(backend, times, main, 1, shares);
        fillInOrder(backend, times, spare, left, shares);
    } else {
        share(backend, times, main, 1 - allDown, shares);
        share(backend, times, spare, allDown, shares);
    }
    double sum = 0;
    for (const double s : shares)
        sum += s;
    for (double& s : shares)
        s = sum > 0 ? s / sum : 0;
    return shares;
}

} // namespace postlude
