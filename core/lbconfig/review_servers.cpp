// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/detail/review.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace postlude::lbconfig {

namespace {

constexpr double kFarApart = 4; ///< the largest weight as a multiple of the smallest

std::vector<const ConfigServer*> active(const ConfigBackend& backend) {
    std::vector<const ConfigServer*> out;
    for (const ConfigServer& s : backend.servers)
        if (s.takesPart()) out.push_back(&s);
    return out;
}

/// The one that differs most from what most servers have, for the place of the finding.
void weights(Report& report, const ConfigBackend& backend) {
    const auto servers = active(backend);
    if (servers.size() < 2 || backend.balancing == Balancing::First) return;
    const auto [low, high] = std::ranges::minmax(servers, {}, &ConfigServer::weight);
    if (high->weight < kFarApart * low->weight) return;
    std::vector<double> all;
    for (const ConfigServer* s : servers)
        all.push_back(s->weight);
    std::ranges::sort(all);
    const double middle = all[(all.size() - 1) / 2];
    const bool highIsOdd = servers.size() == 2 || high->weight / middle >= middle / low->weight;
    const ConfigServer& odd = highIsOdd ? *high : *low;
    const auto shares = expectedShares(backend);
    const double share = shares[std::size_t(&odd - backend.servers.data())];
    auto& f = report.add(
        "weights-apart", odd.place(), backend,
        fmt::format("{} of {} has weight {:g}, others have {:g}: it gets {} of the requests, {} "
                    "would be an equal share",
                    titleOf(odd), titleOf(report.config, backend), odd.weight,
                    highIsOdd ? low->weight : high->weight, spokenShare(share),
                    spokenShare(1.0 / double(servers.size()))),
        odd.text);
    f.server = odd.name;
}

bool isPlaceholder(const ConfigServer& s) {
    return s.address.find_first_of("${%") != std::string::npos;
}

void single(Report& report, const ConfigBackend& backend) {
    const auto servers = active(backend);
    const bool spare = std::ranges::any_of(backend.servers, &ConfigServer::backup);
    if (servers.size() != 1 || spare || backend.found) return;
    const ConfigServer& only = *servers.front();
    if (isLocal(only.address) && backend.servers.size() == 1) return; // a part of this machine
    if (isPlaceholder(only)) return;
    const bool others = backend.servers.size() > 1;
    const bool named = // and may stand for several
        only.address.find_first_not_of("0123456789.:[]abcdefABCDEF") != std::string::npos;
    if (named && !backend.named) return;
    auto& f = report.add(
        "single-server", only.place(), backend,
        fmt::format("{} {} {}", titleOf(report.config, backend),
                    others ? "is left with one server that is in use," : "has one server only,",
                    titleOf(only)),
        only.text);
    f.server = only.name;
    // Who routes to many services, or names the server where it is used, may have one of each.
    if (named || !backend.named || report.config.dialect == ConfigDialect::Traefik)
        f.severity = Severity::Note;
}

void outOfUse(Report& report, const ConfigBackend& backend) {
    const auto servers = active(backend);
    const bool spare = std::ranges::any_of(
        backend.servers, [](const ConfigServer& s) { return s.backup && !s.disabled; });
    if (servers.empty() && !spare && !backend.servers.empty() && !backend.found) {
        report.add("all-servers-out", backend.place(), backend,
                   fmt::format("All {} servers of {} are out of use", backend.servers.size(),
                               titleOf(report.config, backend)));
        return;
    }
    for (const ConfigServer& s : backend.servers) {
        if (!s.disabled && s.weight > 0) continue;
        auto& f = report.add("server-out", s.place(), backend,
                             fmt::format("{} of {} {}", titleOf(s), titleOf(report.config, backend),
                                         s.disabled ? "is out of use" : "has weight 0"),
                             s.text);
        f.server = s.name;
    }
}

void duplicates(Report& report, const ConfigBackend& backend) {
    std::map<std::string, const ConfigServer*> names, addresses;
    for (const ConfigServer& s : backend.servers) {
        if (s.found) continue;
        const auto [named, fresh] = names.try_emplace(s.name, &s);
        const bool both = s.name == s.address;
        if (!fresh && !both && mayCoexist(*named->second, s)) {
            auto& f = report.add("duplicate-name", s.place(), backend,
                                 fmt::format("{} has two servers called {}, the other in line {}",
                                             titleOf(report.config, backend), visible(s.name),
                                             named->second->line),
                                 s.text);
            f.server = s.name;
            if (report.config.dialect != ConfigDialect::HAProxy) f.severity = Severity::Warning;
        }
        const auto [addressed, first] = addresses.try_emplace(s.address, &s);
        if (first || isPlaceholder(s) || addressed->second->backup != s.backup ||
            !mayCoexist(*addressed->second, s))
            continue;
        auto& f =
            report.add("duplicate-address", s.place(), backend,
                       fmt::format("{} is in {} twice, the other in line {}", visible(s.address),
                                   titleOf(report.config, backend), addressed->second->line),
                       s.text);
        f.server = s.name;
    }
}

bool refusesBackups(const BalancerConfig& config, const ConfigBackend& backend) {
    return config.dialect == ConfigDialect::Nginx &&
           (isHashing(backend.balancing) || backend.balancing == Balancing::Random);
}

void backups(Report& report, const ConfigBackend& backend) {
    const bool refuses = refusesBackups(report.config, backend);
    for (const ConfigServer& s : backend.servers) {
        if (!s.backup || !refuses) continue;
        auto& f =
            report.add("backup-unusable", s.place(), backend,
                       fmt::format("{} is a backup, but {} chooses by {}", titleOf(s),
                                   titleOf(report.config, backend), nameOf(backend.balancing)),
                       s.text);
        f.severity = Severity::Error;
        f.server = s.name;
    }
}

/// Only where the others show that backups are meant to be.
void missingBackups(Report& report) {
    std::size_t with = 0, without = 0;
    const auto has = [](const ConfigBackend& b) {
        return std::ranges::any_of(b.servers, &ConfigServer::backup);
    };
    const auto counts = [&](const ConfigBackend& b) {
        return b.servers.size() >= 2 && !b.found && !active(b).empty() &&
               !refusesBackups(report.config, b);
    };
    for (const ConfigBackend& b : report.config.backends)
        if (counts(b)) ++(has(b) ? with : without);
    if (with == 0 || without == 0 || without > with) return;
    for (const ConfigBackend& b : report.config.backends)
        if (counts(b) && !has(b))
            report.add("backup-missing", b.place(), b,
                       fmt::format("{} has no backup server, {} other backend{}",
                                   titleOf(report.config, b), with,
                                   with == 1 ? " has one" : "s have"));
}

void fillsFirst(Report& report, const ConfigBackend& backend) {
    if (backend.balancing != Balancing::First || backend.servers.size() < 2) return;
    const auto servers = active(backend);
    const bool limited = !servers.empty() && servers.front()->maxConnections.has_value();
    if (limited || servers.size() < 2) return;
    const ConfigPlace at{backend.algorithmFile, backend.algorithmLine};
    report.add("first-unlimited", backend.algorithmLine ? at : backend.place(), backend,
               fmt::format("{} gets all requests of {} as long as it is up, the other {} none",
                           titleOf(*servers.front()), titleOf(report.config, backend),
                           servers.size() - 1),
               backend.algorithm);
}

void backendNames(Report& report) {
    std::map<std::string, const ConfigBackend*> seen;
    for (const ConfigBackend& b : report.config.backends) {
        if (!b.named || b.name.empty()) continue;
        const auto [other, fresh] = seen.try_emplace(b.name, &b);
        if (!fresh && mayCoexist(*other->second, b))
            report.add("duplicate-name", b.place(), b,
                       fmt::format("{} is defined twice, the other in line {}",
                                   titleOf(report.config, b), other->second->line));
    }
}

} // namespace

void reviewServers(Report& report) {
    for (const ConfigBackend& b : report.config.backends) {
        weights(report, b);
        single(report, b);
        outOfUse(report, b);
        duplicates(report, b);
        backups(report, b);
        fillsFirst(report, b);
    }
    missingBackups(report);
    backendNames(report);
}

} // namespace postlude::lbconfig
