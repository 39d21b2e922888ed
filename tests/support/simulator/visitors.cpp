// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/simulator/visitors.h"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>

namespace postlude::sim {

namespace {

std::string addressOf(int network, int host) {
    return fmt::format("127.{}.{}.{}", 60 + network / 250, 1 + network % 250, 1 + host % 250);
}

const Decoy* decoyOf(const Scenario& s, DecoyKind kind) {
    const auto it = std::ranges::find(s.decoys, kind, &Decoy::kind);
    return it == s.decoys.end() ? nullptr : &*it;
}

bool within(const Decoy* d, double t, double length) {
    return d && t >= d->at && t < d->at + length;
}

constexpr double kScan = 40; ///< s that a burst of 404s or a noisy client lasts

} // namespace

double levelOf(const Fault& f, double t) {
    if (t < f.from || t >= f.to) return 0;
    return f.ramp > 0 ? std::min(1.0, (t - f.from) / f.ramp) : 1;
}

Visitors::Visitors(const Scenario& scenario, Dice& dice)
    : scenario_(scenario)
    , dice_(dice) {
    double sum = 0;
    const Clients& c = scenario.clients;
    for (int i = 0; i < c.people; ++i) {
        const bool natted = dice.chance(c.behindNat);
        addresses_.push_back(
            natted ? addressOf(900 + dice.whole(0, std::max(0, c.natAddresses - 1)), 7)
                   : addressOf(dice.whole(0, std::max(8, c.people / 3)), dice.whole(0, 249)));
        sum += std::pow(i + 1, -c.zipf);
        cumulative_.push_back(sum);
    }
    for (const Endpoint& e : scenario.endpoints)
        shares_.push_back(e.share);
    for (double t = 0; t < scenario.length; t += 0.5)
        most_ = std::max(most_, people(t) + attackers(t));
}

double Visitors::people(double t) const {
    const Arrivals& a = scenario_.arrivals;
    double rate =
        a.perSecond * (1 + a.swing * std::sin(2 * std::numbers::pi * t / a.period + a.phase));
    for (const Burst& b : a.bursts)
        if (t >= b.from && t < b.to) rate *= b.factor;
    return rate;
}

double Visitors::attackers(double t) const {
    double rate = 0;
    const Fault& f = scenario_.faultAt(t);
    if (f.kind == FaultKind::Flood)
        rate += levelOf(f, t) * f.strength * scenario_.arrivals.perSecond;
    if (within(decoyOf(scenario_, DecoyKind::NotFoundBurst), t, kScan))
        rate += 0.15 * scenario_.arrivals.perSecond;
    if (within(decoyOf(scenario_, DecoyKind::NoisyClient), t, 3 * kScan))
        rate += 0.2 * scenario_.arrivals.perSecond;
    return rate;
}

double Visitors::next(double t) {
    while (t < scenario_.length) {
        t += dice_.exponential(1 / (most_ * 1.01));
        if (dice_() * most_ * 1.01 < people(t) + attackers(t)) return t;
    }
    return t;
}

Request Visitors::request(double t) {
    const double strangers = attackers(t);
    if (strangers > 0 && dice_.chance(strangers / (strangers + people(t)))) return attack(t);
    Request r;
    r.arrived = t;
    const double at = dice_() * cumulative_.back();
    r.person = int(std::ranges::lower_bound(cumulative_, at) - cumulative_.begin());
    r.person = std::min(r.person, int(addresses_.size()) - 1);
    r.client = addresses_[std::size_t(r.person)];
    r.endpoint = int(dice_.weighted(shares_));
    r.path = pathOf(r.endpoint);
    return r;
}

Request Visitors::attack(double t) {
    Request r;
    r.arrived = t;
    r.attack = true;
    r.person = -1;
    const Fault& f = scenario_.faultAt(t);
    const bool flood = f.kind == FaultKind::Flood && levelOf(f, t) > 0;
    if (flood) {
        // A botnet of many networks, or one network alone.
        r.client = f.variant == 0 ? addressOf(2000 + dice_.whole(0, 3000), dice_.whole(0, 249))
                                  : addressOf(5200, dice_.whole(0, 200));
        r.endpoint = f.endpoint;
        r.path = pathOf(r.endpoint);
    } else if (within(decoyOf(scenario_, DecoyKind::NotFoundBurst), t, kScan)) {
        static constexpr std::array<const char*, 6> kProbes{"/wp-login.php",     "/.env",
                                                            "/admin/config.php", "/phpmyadmin/",
                                                            "/.git/HEAD",        "/xmlrpc.php"};
        r.client = addressOf(5300, 66);
        r.endpoint = 0;
        r.path = fmt::format("{}?{}", dice_.from(kProbes), dice_.hex(3));
        r.status = 404;
    } else {
        r.client = addresses_.front();
        r.person = 0;
        r.attack = false;
        r.endpoint = int(scenario_.endpoints.size()) - 1;
        r.path = pathOf(r.endpoint);
    }
    return r;
}

std::string Visitors::pathOf(int endpoint) {
    std::string out = scenario_.endpoints[std::size_t(endpoint)].path;
    if (const auto at = out.find('#'); at != std::string::npos)
        out.replace(at, 1, std::to_string(int(dice_.scaled(1, 9000))));
    return out;
}

} // namespace postlude::sim
