// SPDX-License-Identifier: GPL-3.0-or-later
// Apache's mod_proxy_balancer: access log in a format of its configuration, and error log.
#include "tests/support/simulator/writing.h"

#include <fmt/format.h>

namespace postlude::sim {

namespace {

class Writer {
public:
    explicit Writer(const Site& site)
        : site_(site)
        , access_(site.s.length)
        , errors_(site.s.length) {}

    bool run() {
        for (std::size_t i = 0; i < site_.run.requests.size(); ++i) {
            const Request& r = site_.run.requests[i];
            if (r.done > 0) access(r, int(i));
            for (const Attempt& a : r.attempts)
                error(r, a);
            if (r.attempts.empty() && r.done > 0)
                add(r.done, "proxy_balancer:error",
                    fmt::format("[client {}:{}] AH01167: balancer://{}: All workers are in error "
                                "state for route ()",
                                r.client, port(r), site_.pool()));
        }
        for (const Setting& s : site_.settings) {
            if (s.at <= 0) continue;
            add(s.at, "mpm_event:notice", "AH00493: SIGUSR1 received.  Doing graceful restart");
            add(s.at + 0.05, "mpm_event:notice",
                "AH00489: Apache/2.4.62 (Debian) configured -- resuming normal operations");
        }
        const bool ok = access_.save(site_.folder / "lb" / "access.log");
        return errors_.save(site_.folder / "lb" / "error.log") && ok;
    }

private:
    static int port(const Request& r) { return 20000 + int(r.arrived * 1000) % 40000; }

    void add(double t, const char* module, const std::string& text) {
        errors_.add(t, fmt::format("[{}] [{}] [pid 811:tid {}] {}",
                                   Stamp(site_.balancerTime(t)).apacheError(), module,
                                   140'212 + int(t) % 17, text));
    }

    /// The worker is that of the last attempt; none is named where all are in error.
    void access(const Request& r, int number) {
        const double at = site_.balancerTime(r.arrived);
        const std::string worker =
            r.attempts.empty()
                ? "-"
                : fmt::format("{}://{}", site_.tls() ? "https" : "http",
                              site_.s.servers[std::size_t(r.attempts.back().server)].address);
        access_.add(r.done, fmt::format("{}:{} [{}] \"{} {} HTTP/1.1\" {} {} {:.0f} {} {} \"{}\"",
                                        r.client, port(r), Stamp(at).isoLocal(),
                                        site_.s.endpoints[std::size_t(r.endpoint)].method, r.path,
                                        r.status, r.bytes, r.took() * 1e6, worker,
                                        site_.idOf(number), site_.agentOf(r)));
    }

    void error(const Request& r, const Attempt& a) {
        const std::string& address = site_.s.servers[std::size_t(a.server)].address;
        const std::string host = address.substr(0, address.find(':'));
        const std::string client = fmt::format("[client {}:{}] ", r.client, port(r));
        switch (a.end) {
        case End::Refused:
            if (site_.s.fault.kind == FaultKind::Certificate)
                add(a.ended, "proxy:error",
                    client + "AH01084: pass request body failed to " + address + " (" + host +
                        "), SSL handshake: certificate has expired");
            else
                add(a.ended, "proxy:error",
                    fmt::format("(111)Connection refused: AH00957: http: attempt to connect to {} "
                                "({}) failed",
                                address, host));
            return;
        case End::ConnectTimeout:
            return add(a.ended, "proxy:error",
                       fmt::format("(70007)The timeout specified has expired: AH00957: http: "
                                   "attempt to connect to {} ({}) failed",
                                   address, host));
        case End::ServerTimeout:
            return add(a.ended, "proxy_http:error",
                       fmt::format("(70007)The timeout specified has expired: {}AH01102: error "
                                   "reading status line from remote server {}",
                                   client, address));
        case End::Closed:
            return add(a.ended, "proxy_http:error",
                       fmt::format("(20014)Internal error (specific information not available): "
                                   "{}AH01102: error reading status line from remote server {}",
                                   client, address));
        default:
            return;
        }
    }

    const Site& site_;
    Lines access_, errors_;
};

} // namespace

bool writeApache(const Site& site) {
    return Writer(site).run();
}

} // namespace postlude::sim
