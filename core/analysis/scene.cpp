// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace postlude::detail {

std::string Scene::nameOf(const ServerKey& key) const {
    if (const auto it = clocks.hostOf.find(key); it != clocks.hostOf.end()) return it->second;
    for (const auto& series : configs.series)
        for (const Snapshot& s : series)
            if (const auto found = findServer(s.config, key); found.server)
                return found.server->name;
    return key.server;
}

namespace {

bool isServerHost(const std::vector<SourceInfo>& sources, const std::string& name) {
    return std::ranges::any_of(
        sources, [&](const auto& s) { return s.role == SourceRole::Server && s.host == name; });
}

} // namespace

Scene::Split Scene::splitBy(const std::vector<std::string>& hosts, const Window& window) const {
    std::vector<char> inside(traffic.servers.size(), 0), known(traffic.servers.size(), 1);
    std::vector<std::string> strangers = hosts;
    for (std::size_t i = 1; i < traffic.servers.size(); ++i) {
        const std::string name = nameOf(traffic.servers[i]);
        inside[i] = std::ranges::find(hosts, name) != hosts.end() ? 1 : 0;
        known[i] = inside[i] || isServerHost(sources, name) ? 1 : 0;
        std::erase(strangers, name);
    }
    if (strangers.empty()) known.assign(known.size(), 1); // whoever is not named is not meant
    Split out;
    for (const Request& r : traffic.within(window)) {
        if (r.server == 0 || known[r.server] == 0) continue;
        const bool bad = traffic.isBad(r);
        (inside[r.server] ? out.requests : out.otherRequests) += 1;
        (inside[r.server] ? out.bad : out.otherBad) += bad ? 1 : 0;
    }
    return out;
}

std::vector<std::string> Scene::hostsIn(std::string_view text) const {
    std::vector<std::string> out;
    const auto add = [&](const std::string& name) {
        const bool known = std::ranges::find(out, name) != out.end();
        if (!known && mentionsHost(text, lowerCase(name))) out.push_back(name);
    };
    std::size_t unmatched = 0; // servers whose host is not known
    for (std::size_t i = 1; i < traffic.servers.size(); ++i) {
        const std::string name = nameOf(traffic.servers[i]);
        unmatched += isServerHost(sources, name) ? 0 : 1;
        add(name);
    }
    for (const SourceInfo& s : sources)
        if (unmatched > 0 && s.role == SourceRole::Server && !s.host.empty()) add(s.host);
    return out;
}

double Scene::badShare(const Window& window) const {
    const auto requests = traffic.within(window);
    if (requests.empty()) return 0;
    const auto bad =
        std::ranges::count_if(requests, [&](const Request& r) { return traffic.isBad(r); });
    return double(bad) / double(requests.size());
}

void setScore(Cause& cause, const Scores& s) {
    cause.scores = {
        {"precedence", s.precedence}, {"place", s.place}, {"shape", s.shape}, {"undo", s.undo}};
    cause.score = 0.3 * s.precedence + 0.25 * s.place + 0.25 * s.shape + 0.2 * s.undo;
}

double precedenceOf(Instant at, Instant start) {
    const double before = seconds(start - at);
    if (before < -2) return 0;
    return std::exp(-std::max(0.0, before) / 600);
}

double undoScore(const Scene& scene, const std::optional<Instant>& undone) {
    if (!undone) return scene.stretch.resolved ? 0.1 : 0.3;
    if (!scene.stretch.resolved) return 0.1; // taken back, and still bad
    const double lag = seconds(*scene.stretch.resolved - *undone);
    const double near = std::max(30.0, seconds(scene.length()) / 4);
    if (lag < -5) return 0.1; // well before it was taken back
    return lag <= near ? 1 : 0.3;
}

std::string distanceToOnset(Instant at, Instant start) {
    const Duration off = start - at;
    if (std::abs(seconds(off)) < 0.5) return "at the onset";
    const auto rounded = [](Duration d) {
        return spoken(d >= std::chrono::seconds(10)
                          ? Duration{std::chrono::round<std::chrono::seconds>(d)}
                          : d);
    };
    return off.count() > 0 ? rounded(off) + " before the onset"
                           : rounded(-off) + " after the onset";
}

std::string percent(double share) {
    const double p = share * 100;
    if (p > 0 && p < 9.95) return fmt::format("{:.1f} %", p);
    return fmt::format("{:.0f} %", p);
}

Evidence chartOf(std::string chart, const Window& window) {
    return {{}, 0, 0, std::move(chart), window};
}

} // namespace postlude::detail
