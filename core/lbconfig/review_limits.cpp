// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/detail/review.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace postlude::lbconfig {

namespace {

constexpr double kTooShort = 100;         ///< ms: no unit, most likely
constexpr std::uint64_t kManyRetries = 5; ///< before a server has seen the request
constexpr std::size_t kManyAttempts = 4;  ///< after it has
constexpr double kLongRetrying = 120'000; ///< ms

bool isHaproxy(const Report& report) {
    return report.config.dialect == ConfigDialect::HAProxy;
}

/// HAProxy has no defaults for these, and warns.
void timeoutsOfBackend(Report& report, const ConfigBackend& b) {
    if (b.servers.empty() || report.config.incomplete) return;
    std::string names;
    for (const char* name : {"connect", "server"})
        if (const auto it = b.timeouts.find(name); it == b.timeouts.end() || it->second.ms == 0)
            names += (names.empty() ? "timeout " : " and timeout ") + std::string(name);
    if (names.empty()) return;
    report.add("timeout-missing", b.place(), b,
               fmt::format("{} has no {}", titleOf(report.config, b), names));
}

void timeoutsOfFrontend(Report& report, const ConfigFrontend& f) {
    const auto it = f.timeouts.find("client");
    if (it != f.timeouts.end() && it->second.ms > 0) return;
    if (f.binds.empty() || report.config.incomplete) return;
    report.add("timeout-missing", f.place(),
               fmt::format("frontend {} has no timeout client", visible(f.name)));
}

/// Envoy, Traefik and the others have defaults: only what was switched off by hand is missing.
void switchedOff(Report& report, const ConfigBackend& b) {
    for (const auto& [name, time] : b.timeouts)
        if (time.ms == 0 && (name == "connect" || name == "server"))
            report.add("timeout-missing", time.place, b,
                       fmt::format("{} has its timeout ({}) switched off",
                                   titleOf(report.config, b), name),
                       time.text);
}

void tooShort(Report& report, const std::map<std::string, ConfigTime>& times) {
    static constexpr std::array<std::string_view, 5> kLong{"client", "server", "connect", "read",
                                                           "http-request"};
    for (const auto& [name, time] : times) {
        const bool asked = std::ranges::find(kLong, std::string_view(name)) != kLong.end();
        const double limit = name == "connect" ? 20 : kTooShort;
        if (!asked || time.ms <= 0 || time.ms >= limit) continue;
        report.add("timeout-unit", time.place,
                   fmt::format("\"{}\" means {}", visible(time.text), spokenMs(time.ms)),
                   time.text);
    }
}

std::size_t attempts(const ConfigBackend& b) {
    const auto count = std::size_t(std::ranges::count_if(b.servers, &ConfigServer::takesPart));
    return b.retry.retries ? std::size_t(std::min<std::uint64_t>(b.retry.retries->value, 1000)) + 1
                           : std::max<std::size_t>(count, 1);
}

/// How long one request may be tried in all, as far as it is bounded by the servers' timeouts.
double longest(const ConfigBackend& b, std::size_t times) {
    const auto of = [&](const char* name) {
        const auto it = b.timeouts.find(name);
        return it == b.timeouts.end() ? 0.0 : it->second.ms;
    };
    const double all = double(times) * (of("connect") + of("server"));
    return b.retry.total ? std::min(all, b.retry.total->ms) : all;
}

void retries(Report& report, const ConfigBackend& b) {
    const RetryPolicy& r = b.retry;
    if (r.place.line == 0 && !r.retries) return;
    const std::size_t times = attempts(b);
    const double all = longest(b, times);
    const bool many = r.retries && r.retries->value >= kManyRetries;
    const bool bounded = r.total && r.total->ms <= kLongRetrying;
    const bool repeats =
        r.afterSending && (all > kLongRetrying || (times >= kManyAttempts && !bounded));
    if (!many && !repeats) return;
    const ConfigPlace at = r.place.line ? r.place : r.retries->place;
    std::string what =
        fmt::format("{} may send a request {} times", titleOf(report.config, b), times);
    if (r.afterSending) what += ", also when a server has seen it";
    if (all > 0) what += fmt::format(", for {} in all", spokenMs(all));
    auto& f =
        report.add("retries-amplify", at, b, what,
                   r.retries && at.line == r.retries->place.line ? r.retries->text : r.conditions);
    if (!r.afterSending) f.severity = Severity::Note;
}

void limitsInOrder(Report& report) {
    const auto& all = report.config.maxConnections;
    if (!all || all->value == 0) return;
    for (const ConfigFrontend& f : report.config.frontends)
        if (f.maxConnections && f.maxConnections->value > all->value)
            report.add("maxconn-order", f.maxConnections->place,
                       fmt::format("frontend {} allows {} connections, the process {} (line {})",
                                   visible(f.name), f.maxConnections->value, all->value,
                                   all->place.line),
                       f.maxConnections->text);
}

void byAddress(Report& report, const ConfigBackend& b, const ObservedLoad* load) {
    const auto servers = std::ranges::count_if(b.servers, &ConfigServer::takesPart);
    if (b.balancing != Balancing::Source || (servers < 2 && !b.found)) return;
    const auto& hint = report.config.behindProxy;
    const bool corrected = report.config.realAddress.has_value();
    const bool heavy = load && load->requests >= 1000 &&
                       load->largestClient > 0.5 / double(std::max<std::ptrdiff_t>(servers, 1));
    if (corrected && !heavy) return;
    const ConfigPlace at{b.algorithmFile, b.algorithmLine};
    std::string what =
        fmt::format("{} chooses servers by the client's address", titleOf(report.config, b));
    if (hint && !corrected)
        what += fmt::format(", and clients come through a proxy (\"{}\" in line {})",
                            visible(hint->text), hint->place.line);
    if (heavy)
        what += fmt::format("; one address sent {} of the requests ({})",
                            spokenShare(load->largestClient), visible(load->from));
    auto& f = report.add("hash-by-address", b.algorithmLine ? at : b.place(), b, what, b.algorithm);
    if (heavy || (hint && !corrected)) f.severity = Severity::Warning;
}

bool isReached(double seen, std::uint64_t limit) {
    return limit > 0 && seen >= 0.95 * double(limit);
}

/// All that was seen came through the one frontend there is.
void onlyFrontend(Report& report, const ObservedLoad& load) {
    const ConfigFrontend* only = nullptr;
    for (const ConfigFrontend& f : report.config.frontends) {
        if (f.binds.empty()) continue;
        if (only) return;
        only = &f;
    }
    if (!only || !only->maxConnections || !isReached(load.inFlight, only->maxConnections->value))
        return;
    report.add("maxconn-below-load", only->maxConnections->place,
               fmt::format("frontend {} may have {} connections; {:.0f} requests were in flight at "
                           "once ({})",
                           visible(only->name), only->maxConnections->value, load.inFlight,
                           visible(load.from)),
               only->maxConnections->text);
}

/// … and went to the one backend there is, of which each server has a limit.
void onlyBackend(Report& report, const ObservedLoad& load) {
    const ConfigBackend* only = nullptr;
    for (const ConfigBackend& b : report.config.backends) {
        if (b.servers.empty() && !b.found) continue;
        if (only) return;
        only = &b;
    }
    if (!only || only->found || report.config.usesUnknown) return;
    std::uint64_t all = 0;
    for (const ConfigServer& s : only->servers) {
        if (!s.takesPart()) continue;
        if (s.found || s.maxConnections.value_or(0) == 0) return;
        all += *s.maxConnections;
    }
    if (isReached(load.inFlight, all))
        report.add("maxconn-below-load", only->place(), *only,
                   fmt::format("The servers of {} may have {} connections together; {:.0f} "
                               "requests were in flight at once ({})",
                               titleOf(report.config, *only), all, load.inFlight,
                               visible(load.from)));
}

} // namespace

void reviewLimits(Report& report) {
    for (const ConfigBackend& b : report.config.backends) {
        if (isHaproxy(report))
            timeoutsOfBackend(report, b);
        else
            switchedOff(report, b);
        tooShort(report, b.timeouts);
        retries(report, b);
    }
    for (const ConfigFrontend& f : report.config.frontends) {
        if (isHaproxy(report)) timeoutsOfFrontend(report, f);
        tooShort(report, f.timeouts);
    }
    limitsInOrder(report);
}

void reviewLoad(Report& report, const ObservedLoad* load) {
    for (const ConfigBackend& b : report.config.backends)
        byAddress(report, b, load);
    if (!load) return;
    for (const ConfigBackend& b : report.config.backends)
        for (const ConfigServer& s : b.servers) {
            if (!s.maxConnections || *s.maxConnections == 0) continue;
            for (const ObservedLoad::Server& seen : load->servers) {
                const bool same = (seen.server == s.name || seen.server == s.address) &&
                                  (seen.backend.empty() || seen.backend == b.name);
                const bool queued =
                    seen.requests > 0 && double(seen.queued) > 0.01 * double(seen.requests);
                if (!same || (seen.inFlight < 0.95 * double(*s.maxConnections) && !queued))
                    continue;
                report
                    .add("maxconn-below-load", s.place(), b,
                         fmt::format(
                             "{} may have {} connections; {:.0f} requests were in flight "
                             "at once{} ({})",
                             titleOf(s), *s.maxConnections, seen.inFlight,
                             queued ? fmt::format(", {} of {} waited", seen.queued, seen.requests)
                                    : "",
                             visible(load->from)),
                         s.text)
                    .server = s.name;
            }
        }
    onlyFrontend(report, *load);
    onlyBackend(report, *load);
    const auto& all = report.config.maxConnections;
    if (all && isReached(load->inFlight, all->value))
        report.add("maxconn-below-load", all->place,
                   fmt::format("The process may have {} connections; {:.0f} requests were in "
                               "flight at once ({})",
                               all->value, load->inFlight, visible(load->from)),
                   all->text);
}

} // namespace postlude::lbconfig
