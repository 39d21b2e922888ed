// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/clocks.h"

#include "core/analysis/detail/pairs.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::detail {

namespace {

constexpr std::uint64_t kMostPairs = 400'000; ///< of balancer records; more are sampled

/// How a server's stamp is to be read.
enum class Stamp : std::uint8_t { AsRead, AtEnd };

/// The server handled the request while the balancer waited for it, so its whole stretch lies
/// within the balancer's. Stamps are cut off, so the true time lies up to one unit later.
Bounds boundsOf(const Pair& p, std::int64_t ours, std::int64_t theirs, Stamp stamp) {
    const std::int64_t shift = stamp == Stamp::AtEnd ? p.server.end - p.server.start : 0;
    const std::int64_t from = (p.server.end - shift) - p.balancer.end - ours;
    const std::int64_t to = (p.server.start - shift) - p.balancer.start + theirs;
    // A server that counts a little more than the balancer would leave no room at all.
    constexpr std::int64_t kSlack = 2'000'000;
    return to < from && to >= from - kSlack ? Bounds{to, from} : Bounds{from, to};
}

struct Match {
    std::optional<Offset> offset;
    std::map<std::uint64_t, std::uint64_t> byServer; ///< backend and server codes → pairs
};

Match matchBy(const Sightings& balancer, const Sightings& server, PairKey key, Stamp stamp) {
    auto pairs = pairsOf(balancer, server, key);
    // A server that went on after the balancer had given up proves nothing about the clock.
    std::erase_if(pairs, [](const Pair& p) {
        constexpr std::int64_t kRounding = 5'000'000;
        return p.balancer.timed && p.server.timed &&
               p.server.end - p.server.start > p.balancer.end - p.balancer.start + kRounding;
    });
    std::vector<Bounds> bounds;
    for (const Pair& p : pairs)
        bounds.push_back(boundsOf(p, balancer.resolution, server.resolution, stamp));
    Match out;
    out.offset = agreedOffset(bounds);
    if (!out.offset) return out;
    for (std::size_t i = 0; i < pairs.size(); ++i)
        if (bounds[i].from <= out.offset->middle && bounds[i].to >= out.offset->middle)
            ++out.byServer[pairs[i].balancer.server];
    return out;
}

/// Tries the surest key first. Stamps of whole seconds are tried as those of the end, too: logs
/// do not say which they are.
Match match(const Sightings& balancer, const Sightings& server) {
    for (const PairKey key : {PairKey::Id, PairKey::Client, PairKey::Path}) {
        Match best = matchBy(balancer, server, key, Stamp::AsRead);
        if (server.resolution >= 1'000'000'000) {
            Match other = matchBy(balancer, server, key, Stamp::AtEnd);
            const auto pairs = [](const Match& m) { return m.offset ? m.offset->pairs : 0; };
            if (pairs(other) * 100 > pairs(best) * 102) best = std::move(other);
        }
        if (best.offset) return best;
    }
    return {};
}

/// The balancer's sources as one. Its clock is the reference.
Sightings merged(const std::map<SourceId, Sightings>& all) {
    Sightings out;
    for (const auto& [id, s] : all) {
        out.rows.insert(out.rows.end(), s.rows.begin(), s.rows.end());
        out.resolution = std::max(out.resolution, s.resolution);
    }
    return out;
}

std::uint32_t samplingFor(const std::vector<SourceInfo>& sources) {
    std::uint64_t records = 0;
    for (const SourceInfo& s : sources)
        if (s.role == SourceRole::Balancer) records += s.records;
    return std::uint32_t(records / kMostPairs + 1);
}

class Finder {
public:
    Finder(const Query& query, const std::vector<SourceInfo>& sources)
        : query_(query) {
        for (const SourceInfo& s : sources)
            if (s.role == SourceRole::Balancer)
                balancers_.insert_or_assign(s.id, s.host);
            else if (!s.host.empty() && isTimedLog(s))
                hosts_.try_emplace(s.host).first->second.push_back(s.id);
        for (const auto& [id, host] : balancers_)
            if (!host.empty()) hosts_.erase(host);
    }

    [[nodiscard]] bool hasBalancer() const { return !balancers_.empty(); }

    Result<Clocks> run(std::uint32_t every, std::stop_token stop) {
        SightingReader ours(query_), theirs(query_);
        if (auto r = ours.read(RequestScope::Balancer, every, stop); !r)
            return std::unexpected(r.error());
        if (auto r = theirs.read(RequestScope::Servers, every, stop); !r)
            return std::unexpected(r.error());
        const Sightings balancer = merged(ours.bySource);
        for (const auto& [id, host] : balancers_)
            if (!host.empty() &&
                std::ranges::find(out_.hosts, host, &HostClock::host) == out_.hosts.end())
                out_.hosts.push_back({host, {}, Duration{0}, Duration{0}, 0});
        for (const auto& [host, ids] : hosts_)
            judge(host, ids, balancer, theirs.bySource);
        std::ranges::sort(out_.hosts, {}, &HostClock::host);
        return std::move(out_);
    }

private:
    static bool isTimedLog(const SourceInfo& s) {
        return s.records > 0 && (s.role == SourceRole::Server || s.role == SourceRole::Database ||
                                 s.role == SourceRole::Other);
    }

    void judge(const std::string& host, const std::vector<SourceId>& ids, const Sightings& balancer,
               const std::map<SourceId, Sightings>& all) {
        HostClock clock{host, {}, {}, {}, 0};
        Match best;
        for (const SourceId id : ids) {
            const auto it = all.find(id);
            if (it == all.end()) continue;
            Match m = match(balancer, it->second);
            if (!m.offset) continue;
            if (!best.offset || m.offset->uncertainty < best.offset->uncertainty)
                best = std::move(m);
        }
        if (best.offset) {
            clock.offset = Duration{best.offset->middle};
            clock.uncertainty = Duration{best.offset->uncertainty};
            clock.pairs = best.offset->pairs;
            name(clock, best);
        } else {
            out_.notes.push_back(fmt::format(
                "Clock of {}: unknown (fewer than 20 of its requests can be matched with the "
                "balancer's)",
                host));
        }
        out_.hosts.push_back(std::move(clock));
    }

    void name(HostClock& clock, const Match& m) {
        const auto most =
            std::ranges::max_element(m.byServer, {}, [](const auto& p) { return p.second; });
        if (most == m.byServer.end()) return;
        const ServerKey key{query_.name(TextField::Backend, std::uint32_t(most->first >> 32U)),
                            query_.name(TextField::Server, std::uint32_t(most->first))};
        clock.server = key.server;
        if (!key.server.empty()) out_.hostOf.emplace(key, clock.host);
    }

    const Query& query_;
    std::map<SourceId, std::string> balancers_;
    std::map<std::string, std::vector<SourceId>> hosts_;
    Clocks out_;
};

} // namespace

Duration Clocks::offsetOf(const std::string& host) const {
    const auto it = std::ranges::find(hosts, host, &HostClock::host);
    return it == hosts.end() || !it->offset ? Duration{0} : *it->offset;
}

Result<Clocks> findClocks(const Query& query, const std::vector<SourceInfo>& sources,
                          std::stop_token stop) {
    Finder finder(query, sources);
    if (!finder.hasBalancer()) {
        Clocks none;
        none.notes.emplace_back("No balancer's log: the hosts' clocks cannot be compared");
        return none;
    }
    return finder.run(samplingFor(sources), stop);
}

} // namespace postlude::detail
