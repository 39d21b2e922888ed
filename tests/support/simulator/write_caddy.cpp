// SPDX-License-Identifier: GPL-3.0-or-later
// Caddy's log of JSON lines: requests, with the server in a header that its configuration adds, and
// what went wrong with them.
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
            if (r.done <= 0) continue;
            access(r, int(i));
            if (r.failed()) error(r, int(i));
        }
        for (const Setting& s : site_.settings)
            if (s.at > 0)
                errors_.add(s.at,
                            fmt::format(R"({{"level":"info","ts":{:.6f},"logger":"admin.api",)"
                                        R"("msg":"load complete"}})",
                                        site_.balancerTime(s.at)));
        const bool ok = access_.save(site_.folder / "lb" / "access.log");
        return errors_.save(site_.folder / "lb" / "caddy.log") && ok;
    }

private:
    [[nodiscard]] std::string asked(const Request& r, int number) const {
        return fmt::format(
            R"("request":{{"remote_ip":"{}","remote_port":"{}","client_ip":"{}","proto":"HTTP/1.1",)"
            R"("method":"{}","host":"www.{}.example","uri":"{}","headers":{{"User-Agent":["{}"],)"
            R"("X-Request-Id":["{}"]}}}})",
            r.client, 20000 + number % 40000, r.client,
            site_.s.endpoints[std::size_t(r.endpoint)].method, site_.s.service, r.path,
            site_.agentOf(r), site_.idOf(number));
    }

    [[nodiscard]] bool answered(const Request& r) const {
        return !r.attempts.empty() && r.attempts.back().end == End::Answered;
    }

    void access(const Request& r, int number) {
        const std::string upstream =
            answered(r)
                ? fmt::format(R"(,"X-Upstream":["{}"])",
                              site_.s.servers[std::size_t(r.attempts.back().server)].address)
                : "";
        access_.add(r.done,
                    fmt::format(R"({{"level":"{}","ts":{:.7f},"logger":"http.log.access.log0",)"
                                R"("msg":"handled request",{},"bytes_read":0,"user_id":"",)"
                                R"("duration":{:.9f},"size":{},"status":{},)"
                                R"("resp_headers":{{"Server":["Caddy"]{}}}}})",
                                r.failed() ? "error" : "info", site_.balancerTime(r.done),
                                asked(r, number), r.took(), r.bytes, r.status, upstream));
    }

    [[nodiscard]] std::string reason(const Request& r) const {
        if (r.attempts.empty()) return "no upstreams available";
        const Attempt& a = r.attempts.back();
        const std::string& to = site_.s.servers[std::size_t(a.server)].address;
        switch (a.end) {
        case End::Refused:
            return site_.s.fault.kind == FaultKind::Certificate
                       ? "tls: failed to verify certificate: x509: certificate has expired or is "
                         "not yet valid"
                       : "dial tcp " + to + ": connect: connection refused";
        case End::ConnectTimeout:
            return "dial tcp " + to + ": i/o timeout";
        case End::ServerTimeout:
            return "net/http: timeout awaiting response headers";
        default:
            return "EOF";
        }
    }

    /// What a server answered by itself is no error of Caddy's.
    void error(const Request& r, int number) {
        if (answered(r)) return;
        errors_.add(
            r.done,
            fmt::format("{{\"level\":\"error\",\"ts\":{:.7f},\"logger\":\"http.log.error.log0\","
                        "\"msg\":\"{}\",{},\"duration\":{:.9f},\"status\":{},\"err_id\":\"{:x}\","
                        "\"err_trace\":\"reverseproxy.statusError (reverseproxy.go:1272)\"}}",
                        site_.balancerTime(r.done), reason(r), asked(r, number), r.took(), r.status,
                        0xa1b2c3d4U + unsigned(number)));
    }

    const Site& site_;
    Lines access_, errors_;
};

} // namespace

bool writeCaddy(const Site& site) {
    return Writer(site).run();
}

} // namespace postlude::sim
