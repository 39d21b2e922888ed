// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/uptime.h"

#include <algorithm>

namespace postlude::detail {

namespace {

bool isOut(const std::string& state) {
    return state == "down" || state == "drain" || state == "maint";
}

/// nginx and others name no backend with a server's state: then the server alone must fit.
bool fits(const ServerKey& said, const ServerKey& key) {
    return said.server == key.server &&
           (said.backend.empty() || key.backend.empty() || said.backend == key.backend);
}

/// Whatever it says last holds on, until it says something else.
std::vector<Outage> said(const ServerKey& key, const std::vector<const Event*>& states,
                         const Window& span) {
    std::vector<Outage> out;
    for (const Event* e : states) {
        const Instant at = std::max(e->time, span.from);
        const bool open = !out.empty() && !out.back().ended;
        if (isOut(e->state)) {
            if (open) out.back().window.to = at; // again: that which was may have ended unsaid
            out.push_back({key, {at, span.to}, e->state != "down", false, e, nullptr});
        } else if (open && (e->state == "up" || e->state == "ready")) {
            out.back().window.to = at;
            out.back().ended = true;
            out.back().to = e;
        }
    }
    return out;
}

/// Who answers is there again: some balancers never say so.
void endByAnswers(std::vector<std::vector<Outage>>& all, const Traffic& traffic) {
    constexpr auto kSure = std::chrono::seconds(2); // states may be stamped in whole seconds
    std::vector<std::vector<Outage*>> open(traffic.servers.size());
    for (auto& its : all)
        for (Outage& o : its)
            for (std::size_t i = 1; i < traffic.servers.size(); ++i)
                if (!o.wanted && fits(o.key, traffic.servers[i])) open[i].push_back(&o);
    std::vector<std::size_t> at(open.size(), 0);
    for (const Request& r : traffic.all()) {
        const auto& its = open[r.server];
        std::size_t& k = at[r.server];
        while (k < its.size() && instant(r.start) >= its[k]->window.to)
            ++k;
        if (k >= its.size() || r.failed || instant(r.start) < its[k]->window.from + kSure) continue;
        its[k]->window.to = instant(r.start);
        its[k]->ended = true;
        ++k;
    }
}

/// One that was said again and again is one.
void addJoined(std::vector<Outage>& out, const std::vector<Outage>& its) {
    std::size_t first = out.size();
    for (const Outage& o : its) {
        const bool goesOn =
            out.size() > first && !out.back().ended && out.back().window.to == o.window.from;
        if (!goesOn) {
            if (!o.window.empty()) out.push_back(o);
            continue;
        }
        out.back().window.to = o.window.to;
        out.back().ended = o.ended;
        out.back().to = o.to;
        out.back().wanted |= o.wanted;
    }
}

} // namespace

std::vector<Outage> outagesOf(const Events& events, const Traffic& traffic) {
    const Window span = traffic.span();
    std::map<ServerKey, std::vector<const Event*>> states;
    for (const Event& e : events.states)
        if (!e.server.empty() && e.time < span.to) states[{e.backend, e.server}].push_back(&e);
    std::vector<std::vector<Outage>> all;
    for (const auto& [key, its] : states)
        all.push_back(said(key, its, span));
    endByAnswers(all, traffic);
    std::vector<Outage> out;
    for (const auto& its : all)
        addJoined(out, its);
    return out;
}

std::vector<Window> piecesOf(const std::vector<Outage>& outages,
                             const std::vector<ServerKey>& servers, const Window& window) {
    constexpr std::size_t kMost = 2000;
    std::vector<Instant> edges{window.from, window.to};
    for (const Outage& o : outages)
        for (const Instant t : {o.window.from, o.window.to})
            if (t > window.from && t < window.to &&
                std::ranges::any_of(servers, [&](const ServerKey& s) { return fits(o.key, s); }))
                edges.push_back(t);
    std::ranges::sort(edges);
    edges.erase(std::ranges::unique(edges).begin(), edges.end());
    if (edges.size() > kMost) return {window};
    std::vector<Window> out;
    for (std::size_t i = 1; i < edges.size(); ++i)
        out.push_back({edges[i - 1], edges[i]});
    return out;
}

double upWithin(const std::vector<Outage>& outages, const ServerKey& key, const Window& window) {
    double away = 0;
    for (const Outage& o : outages)
        if (fits(o.key, key))
            away += std::max(0.0, seconds(std::min(o.window.to, window.to) -
                                          std::max(o.window.from, window.from)));
    const double all = seconds(window.length());
    return all > 0 ? std::clamp(1 - away / all, 0.0, 1.0) : 1;
}

} // namespace postlude::detail
