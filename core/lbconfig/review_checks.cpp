// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/detail/review.h"
#include "core/lbconfig/detail/tokens.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace postlude::lbconfig {

namespace {

constexpr double kSlowToNotice = 60'000; ///< ms

std::size_t takingPart(const ConfigBackend& backend) {
    return std::size_t(std::ranges::count_if(backend.servers, &ConfigServer::takesPart));
}

/// Servers whose failure nobody would notice.
std::vector<const ConfigServer*> unwatched(const BalancerConfig& config,
                                           const ConfigBackend& backend) {
    std::vector<const ConfigServer*> out;
    if (config.dialect == ConfigDialect::Apache) return out; // refused connections take it out
    if (config.dialect == ConfigDialect::Nginx && backend.health.active) return out;
    if (config.dialect != ConfigDialect::HAProxy && config.dialect != ConfigDialect::Nginx &&
        (backend.health.active || backend.health.passive))
        return out;
    for (const ConfigServer& s : backend.servers)
        if (!s.check && s.takesPart()) out.push_back(&s);
    return out;
}

void missing(Report& report, const ConfigBackend& backend) {
    if (takingPart(backend) < 2 && backend.servers.size() < 2) return; // nobody could take over
    const auto servers = unwatched(report.config, backend);
    if (servers.empty()) return;
    const bool all = servers.size() == takingPart(backend);
    const ConfigServer& first = *servers.front();
    auto& f =
        report.add("no-health-check", all ? backend.place() : first.place(), backend,
                   all ? fmt::format("No server of {} is checked", titleOf(report.config, backend))
                       : fmt::format("{} of {} is not checked, others are", titleOf(first),
                                     titleOf(report.config, backend)),
                   all ? std::string() : first.text);
    if (!all) f.server = first.name;
    if (report.config.dialect == ConfigDialect::HAProxy)
        f.remedy = "Add `check` to the servers or to `default-server`";
    if (report.config.dialect == ConfigDialect::Nginx)
        f.remedy = "Leave max_fails above 0, or add health_check";
    if (report.config.dialect == ConfigDialect::Caddy)
        f.remedy = "Add health_uri, or at least fail_duration";
}

/// Another port than that of the requests: wrong if the servers do not even agree, or if it is
/// known to be another service's.
void port(Report& report, const ConfigBackend& backend) {
    static constexpr std::array<std::uint16_t, 9> kOthers{21,   22,   25,    53,   3306,
                                                          5432, 6379, 11211, 27017};
    std::map<std::uint16_t, std::size_t> used;
    for (const ConfigServer& s : backend.servers)
        ++used[s.checkPort.value_or(portOf(s.address).value_or(0))];
    for (const ConfigServer& s : backend.servers) {
        const std::uint16_t own = portOf(s.address).value_or(0);
        if (!s.check || !s.checkPort || *s.checkPort == own || own == 0) continue;
        // What speaks no HTTP itself has a helper that does (Patroni, clustercheck).
        if (!backend.http && backend.health.http && used.size() == 1) return;
        const bool foreign =
            backend.health.http && std::ranges::find(kOthers, *s.checkPort) != kOthers.end();
        const bool alone = used.size() > 1 && used[*s.checkPort] < backend.servers.size();
        auto& f = report.add("check-port", s.place(), backend,
                             fmt::format("{} is checked at port {}{}, its requests go to port {}",
                                         titleOf(s), *s.checkPort,
                                         alone ? ", unlike others of its backend" : "", own),
                             s.text);
        f.server = s.name;
        if (!foreign && !alone) f.severity = Severity::Note;
        if (!alone) return; // one finding for all
    }
}

void path(Report& report, const ConfigBackend& backend) {
    const HealthCheck& h = backend.health;
    if (!h.active) return;
    const auto add = [&](const std::string& what) {
        report.add("check-path", h.place(), backend, what, h.text);
    };
    const std::string shown = visible(h.path);
    const bool variable = h.path.find_first_of("${%") != std::string::npos;
    if (h.http && !h.path.empty() && h.path[0] != '/' && h.path != "*" && !variable)
        add(fmt::format("The check of {} asks for {}, which is no path",
                        titleOf(report.config, backend), shown));
    if (h.noHost)
        add(fmt::format("The check of {} asks by HTTP/1.1 without a Host header, which servers "
                        "must refuse",
                        titleOf(report.config, backend)));
}

void pace(Report& report, const ConfigBackend& backend) {
    for (const ConfigServer& s : backend.servers) {
        if (!s.check) continue;
        if (s.fall == 1.0 && report.config.dialect == ConfigDialect::HAProxy) {
            report
                .add("check-hasty", s.place(), backend,
                     fmt::format("One failed check takes {} out", titleOf(s)), s.text)
                .server = s.name;
            return;
        }
        const double every = s.checkEveryMs.value_or(0);
        const double until = every * s.fall.value_or(3);
        if (until <= kSlowToNotice) continue;
        report
            .add("check-slow", s.place(), backend,
                 fmt::format("{} fails for {} before it is taken out", titleOf(s), spokenMs(until)),
                 s.text)
            .server = s.name;
        return;
    }
}

} // namespace

void reviewChecks(Report& report) {
    for (const ConfigBackend& b : report.config.backends) {
        missing(report, b);
        port(report, b);
        path(report, b);
        pace(report, b);
    }
}

} // namespace postlude::lbconfig
