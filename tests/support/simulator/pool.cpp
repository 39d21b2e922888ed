// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/simulator/machine.h"

#include <algorithm>

namespace postlude::sim {

namespace {

std::uint64_t hashOf(std::string_view text) {
    std::uint64_t h = 0xCBF29CE484222325ULL;
    for (const char c : text)
        h = (h ^ std::uint8_t(c)) * 0x100000001B3ULL;
    h ^= h >> 32U;
    h *= 0xD6E8FEB86659FD93ULL;
    return h ^ h >> 32U;
}

} // namespace

Pool::Pool(const Scenario& scenario, const std::vector<Setting>& settings)
    : s_(scenario)
    , settings_(settings)
    , states_(scenario.servers.size()) {}

const Setting& Pool::at(double t) {
    while (turn_ + 1 < settings_.size() && settings_[turn_ + 1].at <= t) {
        ++turn_;
        if (settings_[turn_].byHand) continue;
        for (State& s : states_) // a reload: the new process believes in everybody
            s.up = true, s.streak = 0;
    }
    return settings_[turn_];
}

bool Pool::full(int server) const {
    return s_.balancer.serverMaxconn > 0 &&
           states_[std::size_t(server)].open >= s_.balancer.serverMaxconn;
}

bool Pool::usable(int server, double t) {
    const State& s = states_[std::size_t(server)];
    return at(t).weights[std::size_t(server)] > 0 && s.up && s.leftAloneUntil <= t;
}

Pool::Choice Pool::choose(const Request& r, double t, int notThis, Dice& dice) {
    const Setting& now = at(t);
    std::vector<int> all;
    for (int i = 0; i < int(states_.size()); ++i)
        if (usable(i, t)) all.push_back(i);
    if (all.size() > 1) std::erase(all, notThis);
    if (all.empty() && !hasChecks(s_.balancer.kind)) // it tries them all again
        for (int i = 0; i < int(states_.size()); ++i)
            if (now.weights[std::size_t(i)] > 0 && i != notThis) all.push_back(i);
    if (all.empty()) return {};
    std::vector<int> free;
    for (const int i : all)
        if (!full(i)) free.push_back(i);
    if (free.empty()) return {-1, true};
    switch (now.algorithm) {
    case Algorithm::RoundRobin:
        return {roundRobin(free, now), false};
    case Algorithm::LeastConn:
        return {leastLoaded(free, now), false};
    case Algorithm::Source: {
        // nginx's ip_hash looks at the /24 alone.
        const bool network = s_.balancer.kind == BalancerKind::Nginx;
        return {hashed(network ? r.client.substr(0, r.client.rfind('.')) : r.client, all, now),
                false};
    }
    case Algorithm::Uri:
        return {hashed(r.path, all, now), false};
    case Algorithm::RandomTwo: {
        const std::vector<int> two{dice.from(free), dice.from(free)};
        return {leastLoaded(two, now), false};
    }
    case Algorithm::First:
        return {free.front(), false};
    }
    return {};
}

int Pool::roundRobin(const std::vector<int>& among, const Setting& now) {
    double sum = 0;
    int best = among.front();
    for (const int i : among) {
        const double w = now.weights[std::size_t(i)];
        sum += w;
        states_[std::size_t(i)].current += w;
        if (states_[std::size_t(i)].current > states_[std::size_t(best)].current) best = i;
    }
    states_[std::size_t(best)].current -= sum;
    return best;
}

int Pool::leastLoaded(const std::vector<int>& among, const Setting& now) {
    // Equally loaded ones take turns.
    int best = -1;
    double least = 0;
    for (std::size_t k = 0; k < among.size(); ++k) {
        const int i = among[k];
        const State& s = states_[std::size_t(i)];
        const double load = (s.open + 1) / double(now.weights[std::size_t(i)]) + s.current * 1e-9;
        if (best < 0 || load < least) best = i, least = load;
    }
    states_[std::size_t(best)].current += 1;
    return best;
}

int Pool::hashed(const std::string& key, const std::vector<int>& among, const Setting& now) {
    double sum = 0;
    for (const int i : among)
        sum += now.weights[std::size_t(i)];
    double left = double(hashOf(key) % 1'000'003) / 1'000'003 * sum;
    for (const int i : among)
        if ((left -= now.weights[std::size_t(i)]) < 0) return i;
    return among.back();
}

void Pool::noteFailure(int server, double t) {
    if (!hasChecks(s_.balancer.kind)) states_[std::size_t(server)].leftAloneUntil = t + 10;
}

bool Pool::checked(int server, bool passed) {
    State& s = states_[std::size_t(server)];
    s.streak = passed == s.up ? 0 : s.streak + 1;
    if (s.streak < (s.up ? s_.balancer.fall : s_.balancer.rise)) return false;
    s.up = passed;
    s.streak = 0;
    return true;
}

} // namespace postlude::sim
