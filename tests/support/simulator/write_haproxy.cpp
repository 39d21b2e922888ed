// SPDX-License-Identifier: GPL-3.0-or-later
// HAProxy's log behind rsyslog: requests, and its own word on servers and reloads.
#include "tests/support/simulator/writing.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::sim {

namespace {

class Writer {
public:
    explicit Writer(const Site& site)
        : site_(site)
        , lines_(site.s.length) {}

    bool run() {
        for (std::size_t i = 0; i < site_.run.requests.size(); ++i)
            if (site_.run.requests[i].done > 0) request(site_.run.requests[i], int(i));
        states();
        reloads();
        drains();
        return lines_.save(site_.folder / "lb" / "haproxy.log");
    }

private:
    void add(double t, const std::string& text, int pid = 0) {
        const double at = site_.balancerTime(t);
        lines_.add(t, fmt::format("{} lb-01 haproxy[{}]: {}",
                                  site_.s.syslogIso ? Stamp(at).rfc3339() : Stamp(at).syslog(),
                                  pid ? pid : pidAt(t), text));
    }

    [[nodiscard]] int pidAt(double t) const {
        int pid = 3100;
        for (const Setting& s : site_.settings)
            if (!s.byHand && s.at > 0 && s.at <= t) pid += 187;
        return pid;
    }

    struct Timers {
        long queue = -1, connect = -1, response = -1, total = 0;
    };
    static Timers timersOf(const Request& r) {
        const auto ms = [](double s) { return long(std::floor(s * 1000 + 1e-6)); };
        Timers out;
        out.total = ms(r.took());
        const bool sent = !r.attempts.empty();
        if (sent || r.cause[1] == 'Q') out.queue = ms(r.queued);
        if (!sent) return out;
        const Attempt& last = r.attempts.back();
        if (last.connect < 0) return out;
        out.connect = ms(last.sent + last.connect - r.arrived - r.queued);
        if (last.end == End::Answered) out.response = ms(last.ended - last.sent - last.connect);
        return out;
    }

    void request(const Request& r, int number) {
        const Timers t = timersOf(r);
        const auto tries = int(r.attempts.size());
        const bool moved = tries > 1 && r.attempts.back().server != r.attempts.front().server;
        const std::string server =
            r.attempts.empty() ? "<NOSRV>"
                               : site_.s.servers[std::size_t(r.attempts.back().server)].name;
        const std::string head = fmt::format(
            "{}:{} [{}] www {}/{} 0/{}/{}/{}/{} {} {}", r.client, 20000 + (number * 7919) % 40000,
            Stamp(site_.balancerTime(r.arrived)).haproxy(), site_.pool(), server, t.queue,
            t.connect, t.response, t.total, r.status, r.bytes);
        const std::string counts =
            fmt::format("{}/{}/{}/{}/{}{} 0/{}", r.waiting + 1, r.waiting + 1, r.waiting,
                        r.waiting / int(site_.s.servers.size()), moved ? "+" : "",
                        std::max(0, tries - 1), r.cause[1] == 'Q' ? 3 : 0);
        const std::string line = fmt::format(
            "\"{} {} HTTP/1.1\"", site_.s.endpoints[std::size_t(r.endpoint)].method, r.path);
        if (site_.hasIds())
            add(r.done, fmt::format("{} {}-- {} {} rid={}", head, r.cause, counts, line,
                                    site_.idOf(number)));
        else
            add(r.done, fmt::format("{} - - {}-- {} {}", head, r.cause, counts, line));
    }

    void states() {
        std::vector<char> up(site_.s.servers.size(), 1);
        double last = 0;
        for (const StateChange& c : site_.run.states) {
            for (const Setting& s : site_.settings) // a reload forgets
                if (!s.byHand && s.at > last && s.at <= c.at) up.assign(up.size(), 1);
            last = c.at;
            up[std::size_t(c.server)] = c.up ? 1 : 0;
            const auto active = std::ranges::count(up, 1);
            const std::string name =
                site_.pool() + "/" + site_.s.servers[std::size_t(c.server)].name;
            if (c.up)
                add(c.at, fmt::format("Server {} is UP, reason: {}. {} active and 0 backup servers "
                                      "online. 0 sessions "
                                      "requeued, 0 total in queue.",
                                      name, c.reason, active));
            else
                add(c.at, fmt::format("Server {} is DOWN, reason: {}. {} active and 0 backup "
                                      "servers left. 0 sessions "
                                      "active, 0 requeued, 0 remaining in queue.",
                                      name, c.reason, active));
            if (active == 0 && !c.up)
                add(c.at, fmt::format("backend {} has no server available!", site_.pool()));
        }
    }

    void reloads() {
        for (std::size_t i = 1; i < site_.settings.size(); ++i) {
            const Setting& s = site_.settings[i];
            if (s.byHand) continue;
            for (const std::string& proxy : {std::string("www"), site_.pool()})
                add(s.at,
                    fmt::format("Proxy {} stopped (cumulated conns: FE: {}, BE: {}).", proxy,
                                4120 + i, 4120 + i),
                    pidAt(s.at - 0.001));
        }
    }

    void drains() {
        if (site_.s.fault.kind != FaultKind::Drain) return;
        for (const int i : site_.s.fault.servers) {
            const std::string name = site_.pool() + "/" + site_.s.servers[std::size_t(i)].name;
            add(site_.s.fault.from, fmt::format("Server {} enters drain state.", name));
            add(site_.s.fault.to, fmt::format("Server {} is UP (leaving forced drain).", name));
        }
    }

    const Site& site_;
    Lines lines_;
};

} // namespace

bool writeHAProxy(const Site& site) {
    return Writer(site).run();
}

} // namespace postlude::sim
