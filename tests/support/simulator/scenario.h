// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be simulated: a site behind a balancer, who visits it, and what goes wrong when.
// Plain data: fill it in by hand (a drill) or let draw() choose it by chance.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postlude::sim {

enum class BalancerKind : std::uint8_t { HAProxy, HAProxyWithIds, Nginx, Apache, Caddy };
/// HAProxy asks its servers by itself; the others learn from requests that failed.
constexpr bool hasChecks(BalancerKind kind) {
    return kind == BalancerKind::HAProxy || kind == BalancerKind::HAProxyWithIds;
}
enum class Algorithm : std::uint8_t { RoundRobin, LeastConn, Source, Uri, RandomTwo, First };
/// How the servers log requests: Combined has whole seconds at the end of the request and no
/// duration; Timed has the start, microseconds and an id; Json has ms, duration and id.
enum class ServerLog : std::uint8_t { Combined, Timed, Json };

/// A stretch in which more (or fewer) requests arrive.
struct Burst {
    double from = 0, to = 0, factor = 1;
};

struct Arrivals {
    double perSecond = 60; ///< requests of people, on average
    double swing = 0;      ///< 0…1: how far the rate goes up and down
    double period = 3600;  ///< s, of the swing
    double phase = 0;      ///< radians
    std::vector<Burst> bursts;
};

struct Clients {
    int people = 800;
    double zipf = 0.8;      ///< how much more the busiest ask than the others
    double behindNat = 0.1; ///< share of people that share an address with others
    int natAddresses = 4;
    double again = 0.2; ///< chance that a person whose request failed tries again, 1…3 s later
};

struct Server {
    std::string name, address; ///< "web-01", "127.30.1.21:8080"
    int weight = 10;
    int workers = 8, backlog = 60; ///< beyond it the server answers 503 at once
    double speed = 1;
    double clockOffset = 0;      ///< s to add to the true time
    double drift = 0;            ///< s a second, from the scenario's start
    double jumpAt = 0, jump = 0; ///< the clock is set at that moment, by so many seconds
    int zoneMinutes = 0;         ///< of its local time
};

struct Endpoint {
    std::string method, path; ///< '#' in the path stands for any number
    double share = 1;
    double median = 0.06, spread = 0.5; ///< s of work
    double inDatabase = 0.3;            ///< of the work
    bool callsOut = false;              ///< needs the service of somebody else
    bool writesDisk = false;
};

struct Balancer {
    BalancerKind kind = BalancerKind::HAProxy;
    Algorithm algorithm = Algorithm::RoundRobin;
    double connectTimeout = 2, serverTimeout = 10, queueTimeout = 5; ///< s
    int retries = 2;
    bool redispatch = true;
    int serverMaxconn = 0; ///< 0: no limit
    double checkEvery = 2; ///< s
    int fall = 3, rise = 2;
    bool checksQueue = false; ///< health checks wait in the server's queue as requests do
    double clockOffset = 0;
};

/// The balancer's configuration from one moment on.
struct Setting {
    double at = 0;
    std::vector<int> weights; ///< 0: gets no new requests
    Algorithm algorithm = Algorithm::RoundRobin;
    bool checkRight = true; ///< false: asks for what is not there
    std::string note;       ///< what whoever changed it wrote
    bool byHand = false;    ///< over the admin socket: no reload, no file
};

enum class FaultKind : std::uint8_t {
    None,
    Weights,
    Hashing,
    FirstOnly,
    Crash,
    Cascade,
    AllDown,
    SlowServer,
    OutOfMemory,
    DiskFull,
    Database,
    Flood,
    Deploy,
    Outage,
    Network,
    Certificate,
    Drain
};
constexpr std::size_t kFaultKinds = 17;
std::string_view nameOf(FaultKind kind);

struct Fault {
    FaultKind kind = FaultKind::None;
    double from = 0, to = 0;  ///< s from the start; when it begins and when it is mended
    double ramp = 0;          ///< s until it has its full strength
    double strength = 1;      ///< factor or share, by kind
    std::vector<int> servers; ///< touched; empty: all
    int endpoint = -1;        ///< touched; −1: all
    int variant = 0;          ///< how it shows in the logs
};

enum class DecoyKind : std::uint8_t {
    Chat,
    Deploy,
    Reload,
    NotFoundBurst,
    NoisyClient,
    Restart,
    SlowReports,
    Firewall,
    Flag
};
struct Decoy {
    DecoyKind kind = DecoyKind::Chat;
    double at = 0;
    int server = 0;
};

struct Scenario {
    std::uint64_t seed = 1;
    double begins = 1.7e9; ///< s since the epoch
    double length = 360;   ///< s
    Arrivals arrivals;
    Clients clients;
    Balancer balancer;
    std::vector<Server> servers;
    std::vector<Endpoint> endpoints;
    ServerLog serverLog = ServerLog::Combined;
    bool stampsAtStart = false;   ///< Json has the time of the start instead of the end
    bool clientsAtServers = true; ///< their logs name the client, not the balancer
    bool syslogIso = false;       ///< RFC 3339 stamps in front of HAProxy's lines
    bool configFiles = true;      ///< snapshots of the balancer's configuration are there
    bool databaseLog = true;
    std::string service = "shop";
    Fault fault;
    std::optional<Fault> later; ///< another incident, long after the first; no configuration
    /// Another fault of another kind, which has nothing to do with the first: while that lasts, or
    /// soon after it. No configuration.
    std::optional<Fault> beside;
    std::vector<Decoy> decoys;
    [[nodiscard]] bool quiet() const { return fault.kind == FaultKind::None; }
    /// The fault that is there at a moment, or was, or comes next.
    [[nodiscard]] const Fault& faultAt(double t) const {
        return later && t >= later->from ? *later : fault;
    }
    /// The same, if it is of this kind; else the one beside it, if that is; null: neither.
    [[nodiscard]] const Fault* faultAt(double t, FaultKind kind) const {
        const Fault& f = faultAt(t);
        if (f.kind == kind) return &f;
        return beside && beside->kind == kind ? &*beside : nullptr;
    }
    [[nodiscard]] std::vector<Fault> faults() const {
        std::vector<Fault> out{fault};
        if (later) out.push_back(*later);
        if (beside) out.push_back(*beside);
        return out;
    }
    /// What a server's clock is ahead at a moment.
    [[nodiscard]] double clockAhead(int server, double t) const {
        const Server& v = servers[std::size_t(server)];
        return v.clockOffset + v.drift * t + (v.jump != 0 && t >= v.jumpAt ? v.jump : 0);
    }
};

/// A scenario by chance, from the distributions in draw.cpp; the same for the same seed.
Scenario draw(std::uint64_t seed);
/// The same with a fault of this kind.
Scenario draw(std::uint64_t seed, FaultKind kind);

/// Puts another fault beside that of the scenario, in place of the later one; the same for the same
/// seed. Does nothing where there is none, or where it leaves no room.
void addBeside(Scenario& scenario);

/// The balancer's configurations in order; the first is that of the start.
std::vector<Setting> settingsOf(const Scenario& scenario);

} // namespace postlude::sim
