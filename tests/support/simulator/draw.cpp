// SPDX-License-Identifier: GPL-3.0-or-later
// Scenarios by chance. What is drawn is a site first, then what happens to it; loads are chosen so
// that a fault that takes capacity away takes enough of it to be felt.
#include "tests/support/simulator/dice.h"
#include "tests/support/simulator/scenario.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::sim {

namespace {

/// How often each kind is drawn, in the order of FaultKind.
constexpr std::array<double, kFaultKinds> kOften{14, 10, 7, 4, 6, 5, 5, 6, 6,
                                                 5,  8,  7, 9, 5, 5, 4, 4};

class Drawer {
public:
    explicit Drawer(std::uint64_t seed)
        : dice_(seed ^ 0x5EEDULL)
        , more_(seed * 0x9E3779B97F4A7C15ULL + 5) {
        s_.seed = seed;
    }

    Scenario draw(FaultKind kind) {
        s_.fault.kind = kind;
        span();
        site();
        endpoints();
        fault();
        load();
        logs();
        decoys();
        otherBalancer();
        wanderingClocks();
        laterFault();
        return std::move(s_);
    }

    FaultKind kind() { return FaultKind(dice_.weighted(kOften)); }

private:
    void span() {
        const double luck = dice_();
        s_.length = luck < 0.7   ? dice_.between(300, 720)
                    : luck < 0.9 ? dice_.between(900, 2400)
                                 : dice_.between(3600, 9000);
        s_.begins = std::floor(dice_.between(1.68e9, 1.76e9)) + dice_();
        s_.arrivals.perSecond = std::min(dice_.scaled(20, 260), 110'000 / s_.length);
        s_.clients.people = int(dice_.scaled(200, 3000));
        s_.clients.zipf = dice_.between(0.3, 0.9);
        s_.clients.behindNat = dice_.between(0, 0.3);
        s_.clients.natAddresses = dice_.whole(3, 12);
        s_.clients.again = dice_.between(0, 0.4);
        Fault& f = s_.fault;
        f.from = std::max(90.0, s_.length * dice_.between(0.22, 0.45)) + dice_();
        const double room = s_.length - f.from - 75;
        f.to = f.from + std::max(60.0, room * dice_.between(0.35, 0.95));
        if (dice_.chance(0.05)) f.to = s_.length * 3; // the logs end before it is mended
    }

    [[nodiscard]] bool needsHAProxy() const {
        switch (s_.fault.kind) {
        case FaultKind::FirstOnly:
        case FaultKind::Cascade:
        case FaultKind::AllDown:
        case FaultKind::Drain:
            return true;
        default:
            return false;
        }
    }

    void site() {
        Balancer& b = s_.balancer;
        const double luck = dice_();
        b.kind = luck < 0.55 || (needsHAProxy() && luck > 0.75) ? BalancerKind::HAProxy
                 : luck < 0.75                                  ? BalancerKind::HAProxyWithIds
                                                                : BalancerKind::Nginx;
        static constexpr std::array<double, 5> kAlgorithms{50, 25, 6, 6, 13};
        b.algorithm = Algorithm(dice_.weighted(kAlgorithms));
        b.connectTimeout = dice_.whole(2, 5);
        b.serverTimeout = dice_.whole(4, 15);
        b.retries = dice_.whole(1, 3);
        b.redispatch = dice_.chance(0.8);
        b.checkEvery = dice_.chance(0.5) ? 2 : dice_.whole(1, 5);
        b.clockOffset = dice_.chance(0.2) ? dice_.between(-3, 3) : 0;
        static constexpr std::array<const char*, 5> kStems{"web-0", "app", "node-", "api-", "srv0"};
        const std::string stem = dice_.from(kStems);
        const int net = dice_.whole(30, 50), count = dice_.whole(3, 6);
        for (int i = 0; i < count; ++i) {
            Server v;
            v.name = stem + std::to_string(i + 1);
            v.address = fmt::format("127.{}.1.{}:8080", net, 21 + i);
            clock(v);
            s_.servers.push_back(v);
        }
        static constexpr std::array<const char*, 6> kServices{"shop",  "portal", "booking",
                                                              "media", "ledger", "tickets"};
        s_.service = dice_.from(kServices);
    }

    void clock(Server& v) {
        const double luck = dice_();
        if (luck < 0.45)
            v.clockOffset = dice_.between(-0.02, 0.02);
        else if (luck < 0.75)
            v.clockOffset = dice_.between(-3, 3);
        else if (luck < 0.9)
            v.clockOffset = dice_.between(-240, 240);
        else if (luck < 0.95)
            v.clockOffset = (dice_.chance(0.5) ? 3600 : -7200) + dice_.between(-1, 1);
        v.clockOffset = std::round(v.clockOffset * 1000) / 1000;
        if (dice_.chance(0.1)) v.zoneMinutes = dice_.chance(0.5) ? 120 : -300;
    }

    void endpoints() {
        auto& e = s_.endpoints;
        e.push_back({"GET", "/static/#.js", dice_.between(0.5, 2), 0.006, 0.5, 0, false, false});
        e.push_back({"GET", "/product/#", dice_.between(0.5, 2), dice_.scaled(0.03, 0.12), 0.45,
                     dice_.between(0.3, 0.7), false, false});
        e.push_back({"GET", "/search?q=#", dice_.between(0.2, 0.8), dice_.scaled(0.06, 0.18), 0.45,
                     dice_.between(0.4, 0.8), false, false});
        e.push_back({"POST", "/login", dice_.between(0.1, 0.5), dice_.scaled(0.05, 0.15), 0.3,
                     dice_.between(0.2, 0.5), false, false});
        e.push_back({"POST", "/checkout", dice_.between(0.2, 0.8), dice_.scaled(0.08, 0.2), 0.4,
                     dice_.between(0.3, 0.6), true, true});
        if (dice_.chance(0.3))
            e.push_back({"GET", "/export/#", 0.004, 1.4, 0.2, 0.8, false, false});
        e.push_back({"GET", "/api/items", dice_.between(0.2, 1), dice_.scaled(0.02, 0.08), 0.4,
                     dice_.between(0.3, 0.6), false, false});
    }

    [[nodiscard]] double work() const {
        double sum = 0, shares = 0;
        for (const Endpoint& e : s_.endpoints) {
            sum += e.share * e.median * std::exp(e.spread * e.spread / 2);
            shares += e.share;
        }
        return sum / shares;
    }

    /// The part of the work that is for paths without a number: by path, each is one server's.
    [[nodiscard]] double workOfFixedPaths() const {
        double fixed = 0, sum = 0;
        for (const Endpoint& e : s_.endpoints) {
            const double part = e.share * e.median * std::exp(e.spread * e.spread / 2);
            sum += part;
            fixed += e.path.contains('#') ? 0 : part;
        }
        return fixed / sum;
    }

    [[nodiscard]] int count() const { return int(s_.servers.size()); }
    void keep(int servers) { s_.servers.resize(std::size_t(std::min(servers, count()))); }
    int any() { return dice_.whole(0, count() - 1); }

    void fault() {
        Fault& f = s_.fault;
        busy_ = dice_.between(0.2, 0.5);
        switch (f.kind) {
        case FaultKind::None:
            if (dice_.chance(0.4)) s_.arrivals.swing = dice_.between(0.1, 0.45);
            s_.arrivals.period = s_.length * dice_.between(0.6, 1.5);
            s_.arrivals.phase = dice_.between(0, 6);
            return;
        case FaultKind::Weights:
        case FaultKind::Cascade:
            return weights();
        case FaultKind::Hashing:
            return hashing();
        case FaultKind::FirstOnly:
            s_.balancer.algorithm = Algorithm::RoundRobin;
            s_.balancer.serverMaxconn = dice_.whole(150, 400);
            f.servers = {0};
            busy_ = std::min(0.7, dice_.between(1.3, 2) / count());
            return;
        case FaultKind::Crash:
        case FaultKind::Drain:
            return lost();
        case FaultKind::SlowServer:
            f.servers = {any()};
            f.strength = dice_.scaled(6, 25);
            f.ramp = dice_.chance(0.3) ? dice_.between(10, 40) : 0;
            f.variant = dice_.whole(0, 3);
            return;
        case FaultKind::OutOfMemory:
            f.servers = {any()};
            f.ramp = dice_.between(25, 80);
            return;
        default:
            return otherFault();
        }
    }

    void otherFault() {
        Fault& f = s_.fault;
        switch (f.kind) {
        case FaultKind::DiskFull:
            if (dice_.chance(0.7)) f.servers = {any()};
            return;
        case FaultKind::Database:
            f.strength = dice_.scaled(6, 40);
            f.ramp = dice_.chance(0.4) ? dice_.between(10, 60) : 0;
            f.variant = dice_.whole(0, 2);
            return;
        case FaultKind::Flood:
            f.strength = dice_.scaled(3, 8);
            f.endpoint = dice_.whole(2, 4);
            f.variant = dice_.chance(0.65) ? 0 : 1;
            f.ramp = dice_.chance(0.4) ? dice_.between(5, 30) : 0;
            busy_ = dice_.between(0.3, 0.55);
            return;
        case FaultKind::Deploy:
            f.variant = dice_.chance(0.65) ? 0 : 1;
            f.strength = f.variant == 0 ? dice_.between(0.15, 0.9) : dice_.scaled(6, 20);
            if (dice_.chance(0.6)) f.endpoint = dice_.whole(1, 4);
            if (dice_.chance(0.4)) f.servers = {any()};
            return;
        case FaultKind::Outage:
            f.variant = dice_.whole(0, 1);
            return;
        case FaultKind::Network:
            for (int i = dice_.whole(1, std::max(1, count() / 2)); i > 0; --i)
                f.servers.push_back(i);
            f.strength = dice_.between(0.25, 0.6);
            f.variant = dice_.whole(0, 1);
            return;
        default:
            return;
        }
    }

    void weights() {
        Fault& f = s_.fault;
        f.servers = {any()};
        static constexpr std::array<int, 6> kWeights{50, 80, 100, 100, 200, 250};
        f.strength = dice_.from(kWeights);
        const double share = f.strength / (f.strength + 10.0 * (count() - 1));
        busy_ = std::min(0.7, dice_.between(1.3, 2.2) / (share * count()));
        static constexpr std::array<Algorithm, 2> kByWeight{Algorithm::RoundRobin,
                                                            Algorithm::LeastConn};
        s_.balancer.algorithm = dice_.from(kByWeight);
        if (f.kind != FaultKind::Cascade) return;
        s_.balancer.algorithm = Algorithm::RoundRobin;
        s_.balancer.checksQueue = true;
        deep_ = true;
        busy_ = std::max(busy_, dice_.between(0.55, 0.7));
    }

    void hashing() {
        Fault& f = s_.fault;
        static constexpr std::array<Algorithm, 3> kFair{Algorithm::RoundRobin, Algorithm::LeastConn,
                                                        Algorithm::RandomTwo};
        s_.balancer.algorithm = dice_.from(kFair);
        f.variant = dice_.whole(0, 1);
        double share = dice_.between(0.5, 0.75);
        if (f.variant == 0) {
            s_.clients.zipf = dice_.between(0, 0.3);
            s_.clients.behindNat = share;
            s_.clients.natAddresses = 1;
        } else {
            double others = 0;
            for (const Endpoint& e : s_.endpoints)
                others += e.share;
            s_.endpoints.back().share = 0;
            others -= s_.endpoints.back().share;
            s_.endpoints.back().share = others * share / (1 - share);
        }
        share += (1 - share) / count();
        busy_ = std::min(0.7, dice_.between(1.35, 2) / (share * count()));
        if (f.variant == 1) busy_ = std::min(0.7, busy_ * 1.2);
    }

    /// Servers are lost, by death or by a drain nobody ended; what is left must be too little.
    void lost() {
        Fault& f = s_.fault;
        keep(4);
        const int gone = std::max(1, count() - 1 - (count() == 4 && dice_.chance(0.5) ? 1 : 0));
        for (int i = 0; i < gone; ++i)
            f.servers.push_back(i);
        busy_ = std::min(0.68, dice_.between(1.25, 1.9) * (count() - gone) / count());
        if (s_.balancer.algorithm == Algorithm::Source || s_.balancer.algorithm == Algorithm::Uri)
            s_.balancer.algorithm = Algorithm::RoundRobin;
        if (f.kind != FaultKind::Drain) return;
        // Drained while it was calm; the day's traffic comes later.
        const double swell = dice_.between(1.6, 2.2), begin = f.from;
        busy_ = std::min(0.4, busy_ / swell * 1.1);
        s_.arrivals.bursts.push_back({begin, s_.length * 4, swell});
        f.from = dice_.between(25, 60);
    }

    void load() {
        // Keys are never spread as evenly as requests are.
        const Algorithm fair = s_.balancer.algorithm;
        if (fair == Algorithm::Source || fair == Algorithm::Uri) {
            busy_ = std::min(busy_, 0.3);
            // All of them may be the same server's, and it must stand that.
            const double most = fair == Algorithm::Uri ? 1 + (count() - 1) * workOfFixedPaths() : 1;
            busy_ = std::min(busy_, 0.6 / most);
            s_.clients.behindNat = std::min(s_.clients.behindNat, 0.1);
        }
        // A long request must not stop a server that has but two workers.
        if (s_.arrivals.perSecond / count() * work() / busy_ < 6)
            std::erase_if(s_.endpoints, [](const Endpoint& e) { return e.median > 1; });
        const double perServer = s_.arrivals.perSecond / count() * work();
        const int workers = std::clamp(int(std::ceil(perServer / busy_)), 3, 400);
        const double speed = std::clamp(perServer / (workers * busy_), 0.35, 1.0);
        const int backlog = int(workers * dice_.between(8, 25));
        for (Server& v : s_.servers) {
            v.workers = workers;
            v.speed = speed;
            // A check that waits in the queue fails where the queue is longer than its time-out.
            v.backlog = deep_ ? std::max(backlog, int(3.5 * workers * s_.balancer.checkEvery /
                                                      (work() / speed)))
                              : backlog;
        }
    }

    void logs() {
        static constexpr std::array<double, 3> kLogs{45, 25, 30};
        s_.serverLog = ServerLog(dice_.weighted(kLogs));
        s_.stampsAtStart = dice_.chance(0.3);
        s_.clientsAtServers = dice_.chance(0.8);
        s_.syslogIso = dice_.chance(0.3);
        // A format of one's own can only be read with the configuration that says it.
        s_.configFiles = s_.balancer.kind != BalancerKind::HAProxy || dice_.chance(0.85);
        s_.databaseLog = s_.fault.kind == FaultKind::Database || dice_.chance(0.85);
    }

    void decoys() {
        static constexpr std::array<DecoyKind, 9> kAll{
            DecoyKind::Chat,          DecoyKind::Deploy,      DecoyKind::Reload,
            DecoyKind::NotFoundBurst, DecoyKind::NoisyClient, DecoyKind::Restart,
            DecoyKind::SlowReports,   DecoyKind::Firewall,    DecoyKind::Flag};
        const Fault& f = s_.fault;
        for (const DecoyKind kind : kAll) {
            double likely = s_.quiet() ? 0.35 : 0.22;
            if (kind == DecoyKind::Chat && !s_.quiet()) likely = 0.7;
            if (kind == DecoyKind::SlowReports) likely = 0.7;
            if (!dice_.chance(likely)) continue;
            // Two floods at once would hide each other.
            const bool visitors =
                kind == DecoyKind::NotFoundBurst || kind == DecoyKind::NoisyClient;
            if (visitors && f.kind == FaultKind::Flood) continue;
            // By key, one noisy client is an overload of its own.
            const bool byKey = s_.balancer.algorithm == Algorithm::Source ||
                               s_.balancer.algorithm == Algorithm::Uri;
            if (kind == DecoyKind::NoisyClient && byKey) continue;
            if (kind == DecoyKind::Reload && s_.balancer.kind == BalancerKind::Nginx) continue;
            double at = dice_.between(15, s_.length - 130);
            // What falls onto the onset by chance would be as good a suspect as the fault.
            if (!s_.quiet() && std::abs(at - f.from) < 12) at = std::max(10.0, f.from - 40);
            s_.decoys.push_back({kind, at, any()});
        }
    }

    /// Apache and Caddy in place of nginx, and now and then of HAProxy.
    void otherBalancer() {
        if (needsHAProxy()) return;
        Balancer& b = s_.balancer;
        const bool nginx = b.kind == BalancerKind::Nginx;
        if (!more_.chance(nginx ? 0.4 : 0.12)) return;
        const bool byKey = b.algorithm == Algorithm::Source || b.algorithm == Algorithm::Uri ||
                           s_.fault.kind == FaultKind::Hashing;
        b.kind = more_.chance(0.5) && !byKey ? BalancerKind::Apache : BalancerKind::Caddy;
        if (b.kind == BalancerKind::Apache && b.algorithm != Algorithm::LeastConn)
            b.algorithm = Algorithm::RoundRobin;
        // Of Caddy's policies one alone has weights.
        if (b.kind == BalancerKind::Caddy && s_.fault.kind == FaultKind::Weights)
            b.algorithm = Algorithm::RoundRobin;
        s_.configFiles = true; // a format of one's own is only read with it
        std::erase_if(s_.decoys, [](const Decoy& d) { return d.kind == DecoyKind::Reload; });
    }

    /// Clocks that go wrong by and by, and clocks that somebody sets, though not in the incident.
    void wanderingClocks() {
        for (Server& v : s_.servers) {
            if (more_.chance(0.1))
                v.drift = (more_.chance(0.5) ? 1 : -1) * more_.scaled(10e-6, 150e-6);
            if (!more_.chance(0.05)) continue;
            v.jump = (more_.chance(0.5) ? 1 : -1) * more_.scaled(0.3, 30);
            v.jumpAt = s_.fault.to < s_.length - 60 && more_.chance(0.5)
                           ? s_.fault.to + more_.between(20, 40)
                           : s_.fault.from * more_.between(0.2, 0.6);
        }
    }

    /// In what lasts long enough, something else goes wrong later.
    void laterFault() {
        constexpr double kApart = 420; // s; analyses take what is nearer for one incident
        Fault& f = s_.fault;
        const bool short_ = s_.length < 1500 || f.kind == FaultKind::Drain ||
                            f.kind == FaultKind::Flood || f.to > s_.length;
        if (s_.quiet() || short_ || !more_.chance(0.5)) return;
        f.to = std::min(f.to, f.from + more_.between(90, 240));
        const double least = f.to + kApart, most = s_.length - 200;
        if (least >= most) return;
        static constexpr std::array<FaultKind, 4> kKinds{FaultKind::SlowServer, FaultKind::Database,
                                                         FaultKind::Deploy, FaultKind::Outage};
        Fault later;
        later.kind = more_.from(kKinds);
        if (later.kind == f.kind) return;
        later.from = more_.between(least, most);
        later.to = later.from + more_.between(90, std::min(300.0, s_.length - later.from - 80));
        later.strength =
            later.kind == FaultKind::Deploy ? more_.between(0.3, 0.9) : more_.scaled(10, 30);
        later.variant = more_.whole(0, later.kind == FaultKind::SlowServer ? 2 : 1);
        if (later.kind == FaultKind::Deploy) later.variant = 0;
        if (later.kind == FaultKind::SlowServer) later.servers = {more_.whole(0, count() - 1)};
        s_.databaseLog |= later.kind == FaultKind::Database;
        s_.later = later;
        std::erase_if(s_.decoys, [&](const Decoy& d) { return std::abs(d.at - later.from) < 60; });
    }

    Scenario s_;
    Dice dice_, more_;
    double busy_ = 0.4;
    bool deep_ = false;
};

} // namespace

Scenario draw(std::uint64_t seed) {
    Drawer drawer(seed);
    return drawer.draw(drawer.kind());
}

Scenario draw(std::uint64_t seed, FaultKind kind) {
    return Drawer(seed).draw(kind);
}

} // namespace postlude::sim
