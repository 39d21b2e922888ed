// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/simulator/machine.h"

#include "tests/support/simulator/visitors.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::sim {

namespace {

constexpr double kLogged = 250; ///< ms; the database logs statements that take longer
constexpr std::array<const char*, 5> kStatements{
    "SELECT id, name, price FROM items WHERE category = $1 ORDER BY rank LIMIT 40",
    "SELECT * FROM sessions WHERE token = $1", "UPDATE carts SET updated_at = now() WHERE id = $1",
    "SELECT o.*, l.* FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.customer = $1",
    "INSERT INTO events (kind, payload) VALUES ($1, $2)"};

} // namespace

Machines::Machines(const Scenario& scenario, Dice& dice, Run& out)
    : s_(scenario)
    , dice_(dice)
    , out_(out)
    , states_(scenario.servers.size()) {
    const Fault& f = s_.fault;
    for (const int server : f.servers) {
        double at = f.from + dice_.between(0, 0.3);
        if (f.kind == FaultKind::Crash) deaths_.push_back({at, f.to, server});
        while (f.kind == FaultKind::OutOfMemory && at < f.to) {
            const double back = at + dice_.between(6, 15);
            deaths_.push_back({at, back, server});
            at = back + f.ramp * dice_.between(0.8, 1.3); // the time until memory is full again
        }
    }
}

double Machines::level(FaultKind kind, int server, double t) const {
    const Fault* f = s_.faultAt(t, kind);
    if (!f) return 0;
    const bool touched =
        f->servers.empty() || std::ranges::find(f->servers, server) != f->servers.end();
    return touched ? levelOf(*f, t) : 0;
}

double Machines::lost(int server, double t) const {
    const double strong = level(FaultKind::Network, server, t);
    return strong > 0 ? strong * s_.faultAt(t, FaultKind::Network)->strength : 0;
}

double Machines::slower(FaultKind kind, int server, double t) const {
    const double strong = level(kind, server, t);
    return strong > 0 ? strong * (s_.faultAt(t, kind)->strength - 1) : 0;
}

void Machines::note(double t, int server, HappeningKind kind, std::string text) {
    out_.happenings.push_back({t, server, kind, std::move(text)});
}

Connecting Machines::connect(int server, double t) {
    Connecting out{dice_.between(0.0001, 0.0009), !alive(server)};
    const double lost = this->lost(server, t);
    double again = 1; // the kernel sends its SYN again after 1, 2, 4 … s
    while (lost > 0 && dice_.chance(lost) && out.takes < 60) {
        out.takes += again;
        again *= 2;
    }
    if (level(FaultKind::Certificate, server, t) > 0) {
        out.takes += 0.003;
        out.refused = true;
    }
    return out;
}

double Machines::database(int server, double work, const Request& request, double t) {
    double seconds = work * s_.endpoints[std::size_t(request.endpoint)].inDatabase;
    seconds *= 1 + slower(FaultKind::Database, server, t) * dice_.lognormal(0.9, 0.3);
    if (seconds * 1000 > kLogged)
        out_.statements.push_back(
            {t + seconds, seconds * 1000, server,
             kStatements[std::size_t(request.endpoint) % kStatements.size()]});
    return seconds;
}

Machines::Work Machines::callOut(int server, double t, const Fault& f) {
    static constexpr std::array<const char*, 3> kRefused{
        "connection to api.paylane.example:443 refused",
        "HTTPSConnectionPool(host='api.paylane.example', port=443): Max retries exceeded with url: "
        "/v1/charge (Caused by NewConnectionError('[Errno 111] Connection refused'))",
        "Post \"https://api.paylane.example/v1/charge\": dial tcp 203.0.113.17:443: connect: "
        "connection refused"};
    static constexpr std::array<const char*, 3> kLate{
        "timeout after 3000 ms waiting for api.paylane.example:443",
        "HTTPSConnectionPool(host='api.paylane.example', port=443): Read timed out. (read "
        "timeout=3)",
        "Post \"https://api.paylane.example/v1/charge\": net/http: request canceled "
        "(Client.Timeout exceeded while awaiting headers)"};
    const std::size_t language = s_.seed % 3;
    const bool refused = f.variant == 0;
    const double waits = refused ? dice_.between(0.02, 0.08) : dice_.between(2.9, 3.1);
    note(t + waits, server, HappeningKind::AppError,
         std::string("app.payments: ") + (refused ? kRefused : kLate)[language]);
    return {waits, refused ? 502 : 504};
}

Machines::Work Machines::workOf(int server, Request& r, double t) {
    if (r.status == 404) return {dice_.between(0.001, 0.004), 404};
    const Endpoint& e = s_.endpoints[std::size_t(r.endpoint)];
    const double base = dice_.lognormal(e.median, e.spread);
    Work out{base * (1 - e.inDatabase), 200};
    // Long work is slow on a bad day without any fault, with a little wait on top.
    if (base / s_.servers[std::size_t(server)].speed > 0.7 * kSlow) r.usual = true;
    if (dice_.chance(0.0002)) {
        r.usual = true;
        out.status = 500;
        note(t, server, HappeningKind::AppError, "app.request: unhandled KeyError: 'ref'");
    } else if (dice_.chance(0.005)) {
        out.status = 404;
    }
    out.seconds += database(server, base, r, t);
    out.seconds /= s_.servers[std::size_t(server)].speed;
    out.seconds *= 1 + slower(FaultKind::SlowServer, server, t);
    if (e.callsOut && level(FaultKind::Outage, server, t) > 0)
        return callOut(server, t, *s_.faultAt(t, FaultKind::Outage));
    if (e.writesDisk && level(FaultKind::DiskFull, server, t) > 0) {
        note(t, server, HappeningKind::AppError,
             "app.storage: OSError: [Errno 28] No space left on device: '/var/lib/app/spool'");
        return {dice_.between(0.002, 0.01), 500};
    }
    const Fault* deploy =
        level(FaultKind::Deploy, server, t) > 0 ? s_.faultAt(t, FaultKind::Deploy) : nullptr;
    if (deploy && (deploy->endpoint < 0 || deploy->endpoint == r.endpoint)) {
        if (deploy->variant == 0 && dice_.chance(deploy->strength)) {
            note(t, server, HappeningKind::AppError,
                 "app.request: unhandled TypeError: unsupported operand type(s) for +: 'NoneType' "
                 "and 'int'");
            return {dice_.between(0.005, 0.03), 500};
        }
        if (deploy->variant == 1) out.seconds *= deploy->strength;
    }
    const double lost = this->lost(server, t);
    double again = 0.2;
    while (lost > 0 && dice_.chance(lost) && out.seconds < 30) // segments sent again
        out.seconds += again, again *= 2;
    return out;
}

void Machines::begin(int number, double t) {
    Job& j = job(number);
    j.began = t;
    if (j.request >= 0) {
        const Work w = workOf(j.server, out_.requests[std::size_t(j.request)], t);
        j.work = w.seconds;
        j.status = w.status;
    }
    j.ends = t + j.work;
    states_[std::size_t(j.server)].running.insert(number);
}

int Machines::enqueue(Job j, double t) {
    State& s = states_[std::size_t(j.server)];
    const Server& server = s_.servers[std::size_t(j.server)];
    const int number = int(jobs_.size());
    jobs_.push_back(j);
    if (int(s.running.size()) < server.workers) {
        begin(number, t);
        return number;
    }
    if (int(s.queue.size()) < server.backlog) {
        s.queue.push_back(number);
        return -1;
    }
    Job& turned = jobs_.back(); // turned away by the process that listens, not by a worker
    turned.status = 503;
    turned.began = t;
    turned.ends = t + dice_.between(0.0005, 0.002);
    note(t, j.server, HappeningKind::AppError,
         fmt::format("app.worker: worker queue full, rejecting request pending={} busy={}",
                     s.queue.size(), s.running.size()));
    return number;
}

int Machines::accept(int server, Request& r, int number, int attempt, double t) {
    Job j;
    j.request = number;
    j.attempt = attempt;
    j.server = server;
    j.arrived = t;
    (void)r;
    return enqueue(j, t);
}

std::vector<int> Machines::release(int number, double t) {
    const Job j = job(number);
    out_.handled.push_back({j.request, j.server, j.arrived, j.began, t, j.status});
    if (j.request >= 0 && t - j.arrived > 1.5)
        note(t, j.server, HappeningKind::AppWarning,
             fmt::format("app.request: slow request path={} dur={:.0f}ms wait={:.0f}ms",
                         out_.requests[std::size_t(j.request)].path, (t - j.arrived) * 1000,
                         (j.began - j.arrived) * 1000));
    State& s = states_[std::size_t(j.server)];
    s.running.erase(number);
    std::vector<int> out;
    while (!s.queue.empty() && int(s.running.size()) < s_.servers[std::size_t(j.server)].workers) {
        out.push_back(s.queue.front());
        s.queue.pop_front();
        begin(out.back(), t);
    }
    return out;
}

std::vector<int> Machines::die(int server, double t) {
    State& s = states_[std::size_t(server)];
    std::vector<int> out(s.running.begin(), s.running.end());
    out.insert(out.end(), s.queue.begin(), s.queue.end());
    for (const int j : out)
        job(j).dead = true;
    s.running.clear();
    s.queue.clear();
    s.alive = false;
    note(t, server, HappeningKind::Died, "");
    return out;
}

void Machines::start(int server, double t) {
    states_[std::size_t(server)].alive = true;
    note(t, server, HappeningKind::Started, "");
}

CheckResult Machines::check(int server, double t, bool rightPath) {
    if (!alive(server))
        return {false, -1, false,
                "Layer4 connection problem, info: \"Connection refused\", check duration: 0ms"};
    if (level(FaultKind::Certificate, server, t) > 0)
        return {false, -1, false,
                "Layer6 invalid response, info: \"SSL handshake failure\", check duration: 3ms"};
    if (dice_.chance(lost(server, t)))
        return {false, -1, false, "Layer4 timeout, check duration: 2002ms"};
    if (!rightPath) {
        out_.handled.push_back({-1, server, t, t, t + 0.001, 404});
        return {false, -1, false,
                "Layer7 wrong status, code: 404, info: \"Not Found\", check duration: 1ms"};
    }
    if (!s_.balancer.checksQueue) {
        out_.handled.push_back({-1, server, t, t, t + 0.002, 200});
        return {true, -1, false, "Layer7 check passed, code: 200, check duration: 2ms"};
    }
    Job j;
    j.server = server;
    j.arrived = t;
    j.work = 0.002;
    CheckResult out;
    out.job = int(jobs_.size());
    out.began = enqueue(j, t) >= 0;
    return out;
}

void Machines::report(double t) {
    const double ms = dice_.lognormal(450, 0.25) * (1 + slower(FaultKind::Database, -1, t));
    out_.statements.push_back({t + ms / 1000, ms, -1, "SELECT * FROM report_daily_totals($1)"});
}

} // namespace postlude::sim
