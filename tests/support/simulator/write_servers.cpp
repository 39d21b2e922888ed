// SPDX-License-Identifier: GPL-3.0-or-later
// What the servers themselves log: requests, the application, the system.
#include "tests/support/simulator/writing.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::sim {

namespace {

class ServerWriter {
public:
    ServerWriter(const Site& site, int server)
        : site_(site)
        , me_(server)
        , server_(site.s.servers[std::size_t(server)])
        , access_(site.s.length)
        , app_(site.s.length)
        , system_(site.s.length) {}

    bool run() {
        for (const Handled& h : site_.run.handled)
            if (h.server == me_) request(h);
        application();
        system();
        for (const Fault& f : site_.s.faults())
            trouble(f);
        const auto folder = site_.folder / server_.name;
        bool ok = access_.save(
            folder / (site_.s.serverLog == ServerLog::Json ? "access.jsonl" : "access.log"));
        ok &= app_.save(folder / "app.log");
        return system_.save(folder / "syslog") && ok;
    }

private:
    [[nodiscard]] Stamp stamp(double t) const {
        return Stamp(site_.serverTime(me_, t), server_.zoneMinutes);
    }

    void request(const Handled& h) {
        Request probe;
        probe.client = site_.balancerAddress();
        probe.path = "/healthz";
        probe.bytes = 15;
        const Request& r = h.request < 0 ? probe : site_.run.requests[std::size_t(h.request)];
        const std::string method =
            h.request < 0 ? "GET" : site_.s.endpoints[std::size_t(r.endpoint)].method;
        const std::string agent = h.request < 0 ? "-" : site_.agentOf(r);
        const std::string& client = site_.s.clientsAtServers ? r.client : probe.client;
        const std::string id = h.request < 0 || !site_.hasIds() ? "-" : site_.idOf(h.request);
        const int bytes = h.status >= 500 ? 120 : r.bytes;
        if (site_.s.serverLog == ServerLog::Json) {
            access_.add(
                h.ended,
                fmt::format(
                    "{{\"time\":\"{}\",\"level\":\"info\",\"logger\":\"http.access\","
                    "\"host\":\"{}\",{}\"remote\":\"{}\",\"method\":\"{}\","
                    "\"path\":\"{}\",\"status\":{},\"bytes\":{},\"duration_ms\":{:.1f},"
                    "\"user_agent\":\"{}\"}}",
                    Stamp(site_.serverTime(me_, site_.s.stampsAtStart ? h.arrived : h.ended))
                        .rfc3339(),
                    server_.name, id == "-" ? "" : "\"request_id\":\"" + id + "\",", client, method,
                    r.path, h.status, bytes, (h.ended - h.arrived) * 1000, agent));
            return;
        }
        const bool timed = site_.s.serverLog == ServerLog::Timed;
        access_.add(
            h.ended,
            fmt::format("{} - - [{}] \"{} {} HTTP/1.1\" {} {} \"-\" \"{}\"{}", client,
                        stamp(timed ? h.arrived : h.ended).combined(), method, r.path, h.status,
                        bytes, agent,
                        timed ? fmt::format(" {:.0f} {}", (h.ended - h.arrived) * 1e6, id) : ""));
    }

    void log(double t, const char* level, const std::string& text) {
        app_.add(t, fmt::format("{} {:<8} [2{:03}] {}", stamp(t).python(), level, 300 + me_, text));
    }
    void kernel(double t, const std::string& text) {
        system_.add(t, fmt::format("{} {} kernel: [{:.6f}] {}", stamp(t).syslog(), server_.name,
                                   912345 + t, text));
    }
    void unit(double t, const std::string& text) {
        system_.add(t, fmt::format("{} {} systemd[1]: {}", stamp(t).syslog(), server_.name, text));
    }

    void application() {
        std::vector<int> served(std::size_t(site_.s.length / 15) + 2, 0);
        for (const Handled& h : site_.run.handled)
            if (h.server == me_ && h.request >= 0 && h.ended < site_.s.length)
                ++served[std::size_t(h.ended / 15)];
        for (std::size_t k = 0; k + 2 < served.size(); ++k)
            log(double(k + 1) * 15, "INFO", fmt::format("app.stats: served={} in 15 s", served[k]));
        for (const Happening& h : site_.run.happenings) {
            if (h.server != me_) continue;
            switch (h.kind) {
            case HappeningKind::AppError:
                log(h.at, "ERROR", h.text);
                break;
            case HappeningKind::AppWarning:
                log(h.at, "WARNING", h.text);
                break;
            case HappeningKind::Started:
                unit(h.at, fmt::format("Started {}.service - {} application server.",
                                       site_.s.service, site_.s.service));
                log(h.at + 0.4, "INFO", "app: starting, 4 listeners");
                break;
            case HappeningKind::Died:
                died(h.at);
                break;
            }
        }
    }

    void died(double t) {
        const bool memory = site_.s.fault.kind == FaultKind::OutOfMemory;
        if (memory)
            kernel(t, fmt::format("Out of memory: Killed process 2{:03} ({}) total-vm:8123456kB, "
                                  "anon-rss:7012345kB, file-rss:0kB, shmem-rss:0kB, UID:998",
                                  300 + me_, site_.s.service));
        else
            kernel(t, fmt::format("{}[2{:03}]: segfault at 18 ip 00007f1c2a3b4c5d sp "
                                  "00007ffd1a2b3c40 error 4 in libcodec.so.3[7f1c2a300000+d2000]",
                                  site_.s.service, 300 + me_));
        unit(t + 0.02, fmt::format("{}.service: Main process exited, code=killed, status={}",
                                   site_.s.service, memory ? "9/KILL" : "11/SEGV"));
        unit(t + 0.03, fmt::format("{}.service: Failed with result '{}'.", site_.s.service,
                                   memory ? "oom-kill" : "signal"));
    }

    /// What a healthy system writes.
    void system() {
        double t = site_.dice.between(5, 60);
        for (; t < site_.s.length; t += site_.dice.between(40, 200)) {
            system_.add(
                t,
                fmt::format(
                    "{} {} CRON[{}]: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)",
                    stamp(t).syslog(), server_.name, site_.dice.whole(4000, 30000)));
            unit(t + 2, "Starting sysstat-collect.service - system activity accounting tool...");
        }
        for (const Decoy& d : site_.s.decoys) {
            if (d.kind != DecoyKind::Restart || d.server != me_) continue;
            unit(d.at, fmt::format("Reloading {}.service - {} application server...",
                                   site_.s.service, site_.s.service));
            log(d.at + 0.2, "INFO", "app: handing listeners over to the new process");
            log(d.at + 0.9, "INFO", "app: starting, 4 listeners");
        }
    }

    void every(const Fault& f, double seconds, auto&& write) {
        for (double t = f.from + site_.dice.between(0, 2); t < std::min(f.to, site_.s.length);
             t += seconds * site_.dice.between(0.5, 1.5))
            write(t);
    }

    /// The signs of the fault in the system's log.
    void trouble(const Fault& f) {
        const bool touched =
            f.servers.empty() || std::ranges::find(f.servers, me_) != f.servers.end();
        if (!touched) return;
        if (f.kind == FaultKind::Deploy) {
            log(f.from, "INFO", fmt::format("app: {} 4.12.0 starting", site_.s.service));
            log(f.to, "INFO", fmt::format("app: {} 4.11.3 starting", site_.s.service));
        } else if (f.kind == FaultKind::SlowServer) {
            if (f.variant == 0)
                every(f, 8, [&](double t) {
                    kernel(t, fmt::format("blk_update_request: I/O error, dev sda, sector {} op "
                                          "0x0:(READ) flags 0x80700 phys_seg 1",
                                          site_.dice.whole(100000, 9000000)));
                });
            else if (f.variant == 1)
                every(f, 10, [&](double t) {
                    kernel(t, "CPU2: Core temperature is above threshold, cpu clock is throttled "
                              "(total events = 3112)");
                });
            else if (f.variant == 2)
                every(f, 12, [&](double t) {
                    kernel(t, "INFO: task kworker/u8:2:1312 blocked for more than 120 seconds.");
                });
        } else if (f.kind == FaultKind::DiskFull) {
            every(f, 15, [&](double t) {
                system_.add(
                    t,
                    fmt::format(
                        "{} {} rsyslogd: file '/var/log/app.log'[9] write error - see "
                        "https://www.rsyslog.com/solving-rsyslog-write-errors/ for help OS error: "
                        "No space left on device [v8.2302.0 try https://www.rsyslog.com/e/2027 ]",
                        stamp(t).syslog(), server_.name));
            });
        } else if (f.kind == FaultKind::Network && f.variant == 0) {
            every(f, 14, [&](double t) {
                kernel(t, "e1000e 0000:00:1f.6 eth0: NIC Link is Down");
                kernel(t + 1.1, "e1000e 0000:00:1f.6 eth0: NIC Link is Up 100 Mbps Half Duplex, "
                                "Flow Control: None");
            });
        }
    }

    const Site& site_;
    int me_;
    const Server& server_;
    Lines access_, app_, system_;
};

} // namespace

bool writeServers(const Site& site) {
    bool ok = true;
    for (int i = 0; i < int(site.s.servers.size()); ++i)
        ok &= ServerWriter(site, i).run();
    return ok;
}

bool writeDatabase(const Site& site) {
    if (!site.s.databaseLog) return true;
    Lines lines(site.s.length);
    const auto add = [&](double t, int pid, const std::string& text) {
        lines.add(t, fmt::format("{} UTC [{}] {}", Stamp(site.s.begins + t).plain(), pid, text));
    };
    const bool reports = std::ranges::find(site.s.decoys, DecoyKind::SlowReports, &Decoy::kind) !=
                         site.s.decoys.end();
    for (const Statement& q : site.run.statements) {
        if (q.server < 0 && !reports) continue;
        const int pid = q.server < 0 ? 4711 : 5000 + q.server * 10 + int(q.ms) % 8;
        const Fault* slow = site.s.faultAt(q.ended, FaultKind::Database);
        if (slow && slow->variant == 0 && q.ms > 1200 && q.server >= 0)
            add(q.ended - q.ms / 1000 + 1, pid,
                fmt::format("LOG:  process {} still waiting for ShareLock on transaction {} after "
                            "1000.{:03} ms",
                            pid, 88123 + pid, int(q.ms) % 1000));
        add(q.ended, pid, fmt::format("LOG:  duration: {:.3f} ms  statement: {}", q.ms, q.text));
    }
    for (double t = site.dice.between(5, 60); t < site.s.length; t += site.dice.between(60, 300)) {
        add(t, 901, "LOG:  checkpoint starting: time");
        add(t + 20, 901,
            "LOG:  checkpoint complete: wrote 1506 buffers (9.2%); 0 WAL file(s) added, 0 removed, "
            "1 recycled; write=19.826 s, sync=0.001 s, total=19.830 s; sync files=12, "
            "longest=0.001 s, average=0.001 s; distance=11898 kB, estimate=11898 kB");
    }
    return lines.save(site.folder / "db" / "postgresql.log");
}

} // namespace postlude::sim
