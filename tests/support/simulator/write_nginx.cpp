// SPDX-License-Identifier: GPL-3.0-or-later
// nginx as the balancer: access log in the format its configuration says, and error log.
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
                error(r, a, int(i));
            if (r.attempts.empty() && r.done > 0) noServer(r, int(i));
        }
        for (const Setting& s : site_.settings)
            if (s.at > 0)
                errors_.add(
                    s.at,
                    Stamp(site_.balancerTime(s.at)).nginxError() +
                        " [notice] 801#801: signal 1 (SIGHUP) received from 4417, reconfiguring");
        const bool ok = access_.save(site_.folder / "lb" / "access.log");
        return errors_.save(site_.folder / "lb" / "error.log") && ok;
    }

private:
    [[nodiscard]] const std::string& addressOf(const Attempt& a) const {
        return site_.s.servers[std::size_t(a.server)].address;
    }
    [[nodiscard]] const std::string& methodOf(const Request& r) const {
        return site_.s.endpoints[std::size_t(r.endpoint)].method;
    }

    void access(const Request& r, int number) {
        std::string upstream, status, connect, response;
        for (const Attempt& a : r.attempts) {
            const char* comma = upstream.empty() ? "" : ", ";
            upstream += comma + addressOf(a);
            status += comma + std::to_string(a.status);
            connect +=
                comma + (a.connect < 0 ? std::string("-") : fmt::format("{:.3f}", a.connect));
            response += comma + fmt::format("{:.3f}", a.ended - a.sent);
        }
        if (r.attempts.empty())
            upstream = site_.pool(), status = "502", connect = "-", response = "0.000";
        const double at = site_.balancerTime(r.done);
        access_.add(r.done,
                    fmt::format("{} - - [{}] \"{} {} HTTP/1.1\" {} {} \"{}\" {}rid={} "
                                "upstream=\"{}\" us=\"{}\" uct=\"{}\" urt=\"{}\" rt={:.3f}",
                                r.client, Stamp(at).combined(), methodOf(r), r.path, r.status,
                                r.bytes, site_.agentOf(r),
                                site_.s.syslogIso ? fmt::format("ms={:.3f} ", at) : "",
                                site_.idOf(number), upstream, status, connect, response, r.took()));
    }

    void error(const Request& r, const Attempt& a, int number) {
        const char* what = nullptr;
        switch (a.end) {
        case End::Refused:
            what = site_.s.fault.kind == FaultKind::Certificate
                       ? "upstream SSL certificate verify error: (10:certificate has expired) "
                         "while SSL handshaking to upstream"
                       : "connect() failed (111: Connection refused) while connecting to upstream";
            break;
        case End::ConnectTimeout:
            what = "upstream timed out (110: Connection timed out) while connecting to upstream";
            break;
        case End::ServerTimeout:
            what = "upstream timed out (110: Connection timed out) while reading response header "
                   "from upstream";
            break;
        case End::Closed:
            what = "upstream prematurely closed connection while reading response header from "
                   "upstream";
            break;
        default:
            return;
        }
        errors_.add(a.ended, fmt::format("{} [error] 812#812: *{} {}, client: {}, server: "
                                         "www.{}.example, request: \"{} {} HTTP/1.1\", "
                                         "upstream: \"{}://{}{}\", host: \"www.{}.example\"",
                                         Stamp(site_.balancerTime(a.ended)).nginxError(),
                                         number + 100, what, r.client, site_.s.service, methodOf(r),
                                         r.path, site_.tls() ? "https" : "http", addressOf(a),
                                         r.path, site_.s.service));
    }

    void noServer(const Request& r, int number) {
        errors_.add(
            r.done,
            fmt::format(
                "{} [error] 812#812: *{} no live upstreams while connecting to upstream, client: "
                "{}, server: www.{}.example, "
                "request: \"{} {} HTTP/1.1\", upstream: \"http://{}{}\", host: \"www.{}.example\"",
                Stamp(site_.balancerTime(r.done)).nginxError(), number + 100, r.client,
                site_.s.service, methodOf(r), r.path, site_.pool(), r.path, site_.s.service));
    }

    const Site& site_;
    Lines access_, errors_;
};

} // namespace

bool writeNginx(const Site& site) {
    return Writer(site).run();
}

} // namespace postlude::sim
