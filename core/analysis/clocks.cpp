// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/clocks.h"

#include "core/analysis/detail/drift.h"
#include "core/analysis/detail/pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace postlude::detail {

namespace {

constexpr std::uint64_t kMostPairs = 400'000; ///< of balancer records; more are sampled

/// How a server's stamp is to be read: as the format says, or what was taken for the start is the
/// end, or what was taken for the end is the start.
enum class Stamp : std::uint8_t { AsRead, AtEnd, AtStart };

std::int64_t shiftOf(const Pair& p, Stamp stamp) {
    const std::int64_t took = p.server.end - p.server.start;
    return stamp == Stamp::AtEnd ? took : stamp == Stamp::AtStart ? -took : 0;
}

/// The server handled the request while the balancer waited for it, so its whole stretch lies
/// within the balancer's. Stamps are cut off, so the true time lies up to one unit later.
Bounds boundsOf(const Pair& p, std::int64_t ours, std::int64_t theirs, Stamp stamp) {
    const std::int64_t shift = shiftOf(p, stamp);
    const std::int64_t from = (p.server.end - shift) - p.balancer.end - ours;
    const std::int64_t to = (p.server.start - shift) - p.balancer.start + theirs;
    // A server that counts a little more than the balancer would leave no room at all.
    constexpr std::int64_t kSlack = 2'000'000;
    return to < from && to >= from - kSlack ? Bounds{to, from} : Bounds{from, to};
}

Said saidBy(const Pair& p, std::int64_t ours, std::int64_t theirs, Stamp stamp) {
    const auto inside = double(p.server.end - p.server.start),
               outside = double(p.balancer.end - p.balancer.start);
    const double off = double(p.server.start - shiftOf(p, stamp) - p.balancer.start) +
                       (inside - outside + double(theirs - ours)) / 2;
    return {boundsOf(p, ours, theirs, stamp), off, std::max(0.0, outside - inside)};
}

struct Match {
    std::optional<Offset> offset;
    std::map<std::uint64_t, std::uint64_t> byServer; ///< backend and server codes → pairs
    std::vector<TimedPair> pairs;
};

/// Where no one offset suits most pairs, that of the part with most pairs.
std::optional<Offset> offsetOfLongest(const std::vector<TimedPair>& pairs) {
    const auto parts = clockParts(pairs);
    std::uint64_t agreeing = 0;
    const ClockPart* most = nullptr;
    for (const ClockPart& p : parts) {
        agreeing += p.offset.pairs;
        if (!most || p.offset.pairs > most->offset.pairs) most = &p;
    }
    if (!most || 2 * agreeing < pairs.size()) return {};
    return most->offset;
}

Match matchBy(const Sightings& balancer, const Sightings& server, std::vector<Pair> pairs,
              Stamp stamp) {
    // A server that went on after the balancer had given up proves nothing about the clock.
    std::erase_if(pairs, [](const Pair& p) {
        constexpr std::int64_t kRounding = 5'000'000;
        return p.balancer.timed && p.server.timed &&
               p.server.end - p.server.start > p.balancer.end - p.balancer.start + kRounding;
    });
    std::vector<Said> said;
    std::vector<Bounds> bounds;
    Match out;
    for (const Pair& p : pairs) {
        said.push_back(saidBy(p, balancer.resolution, server.resolution, stamp));
        bounds.push_back(said.back().bounds);
        out.pairs.push_back({p.balancer.start, said.back()});
    }
    out.offset = agreedOffset(bounds);
    if (!out.offset) out.offset = offsetOfLongest(out.pairs); // it drifts fast, or was set
    if (!out.offset) return out;
    narrow(*out.offset, said, 100, 3);
    for (std::size_t i = 0; i < pairs.size(); ++i)
        if (bounds[i].from <= out.offset->middle && bounds[i].to >= out.offset->middle)
            ++out.byServer[pairs[i].balancer.server];
    return out;
}

/// Each meaning that the stamps may have, as logs do not say which it is: under the right one more
/// pairs agree.
Match bestStamp(const Sightings& balancer, const Sightings& server,
                const std::vector<Pair>& pairs) {
    Match best = matchBy(balancer, server, pairs, Stamp::AsRead);
    if (std::ranges::none_of(server.rows, &Sighting::timed)) return best;
    for (const Stamp stamp : {Stamp::AtEnd, Stamp::AtStart}) {
        Match other = matchBy(balancer, server, pairs, stamp);
        const auto agreeing = [](const Match& m) { return m.offset ? m.offset->pairs : 0; };
        if (agreeing(other) * 1000 > agreeing(best) * 1003) best = std::move(other);
    }
    return best;
}

std::optional<std::uint64_t> mostOf(const Match& m) {
    const auto most =
        std::ranges::max_element(m.byServer, {}, [](const auto& p) { return p.second; });
    return most == m.byServer.end() ? std::nullopt : std::optional(most->first);
}

/// Once it is known which of the balancer's servers the host is: its records alone.
Match closer(BalancerIndex& balancer, const Sightings& server, PairKey key, Match first) {
    const auto which = mostOf(first);
    if (!which || key == PairKey::Id) return first;
    const Sightings& own = balancer.to(*which);
    Match second = bestStamp(own, server, pairsInOrder(own, server, key));
    return second.offset ? second : first;
}

/// Tries the surest key first.
Match match(BalancerIndex& balancer, const Sightings& server) {
    for (const PairKey key : {PairKey::Id, PairKey::Client, PairKey::Path}) {
        Match best = bestStamp(balancer.all(), server, pairsOf(balancer, server, key));
        if (best.offset) return closer(balancer, server, key, std::move(best));
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
        if (!hosts_.empty()) { // else there is nothing to compare with
            if (auto r = ours.read(RequestScope::Balancer, every, stop); !r)
                return std::unexpected(r.error());
            if (auto r = theirs.read(RequestScope::Servers, every, stop); !r)
                return std::unexpected(r.error());
        }
        const Sightings all = merged(ours.bySource);
        BalancerIndex balancer(all);
        for (const auto& [id, host] : balancers_)
            if (!host.empty() &&
                std::ranges::find(out_.hosts, host, &HostClock::host) == out_.hosts.end())
                out_.hosts.push_back({host, {}, Duration{0}, Duration{0}, 0});
        for (const auto& [host, ids] : hosts_) {
            if (stop.stop_requested())
                return std::unexpected(Error{ErrorKind::Cancelled, "cancelled", {}, {}});
            judge(host, ids, balancer, theirs.bySource, stop);
        }
        std::ranges::sort(out_.hosts, {}, &HostClock::host);
        return std::move(out_);
    }

private:
    static bool isTimedLog(const SourceInfo& s) {
        return s.records > 0 && (s.role == SourceRole::Server || s.role == SourceRole::Database ||
                                 s.role == SourceRole::Other);
    }

    void judge(const std::string& host, const std::vector<SourceId>& ids, BalancerIndex& balancer,
               const std::map<SourceId, Sightings>& all, const std::stop_token& stop) {
        HostClock clock{host, {}, {}, {}, 0};
        Match best;
        for (const SourceId id : ids) {
            const auto it = all.find(id);
            if (it == all.end() || stop.stop_requested()) continue;
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
            addCourse(clock, clockParts(std::move(best.pairs)));
        } else {
            out_.notes.push_back(fmt::format(
                "Clock of {}: unknown (fewer than 20 of its requests can be matched with the "
                "balancer's)",
                host));
        }
        out_.hosts.push_back(std::move(clock));
    }

    /// A clock that drifts or was set has no one offset: it gets that of its longest part, and
    /// what it was off by at the ends of that as uncertainty. The course says it all.
    static void addCourse(HostClock& clock, const std::vector<ClockPart>& parts) {
        const auto most =
            std::ranges::max_element(parts, {}, [](const ClockPart& p) { return p.offset.pairs; });
        if (most == parts.end() || (parts.size() == 1 && most->drift == 0)) return;
        clock.offset = Duration{most->offset.middle};
        const double swing = std::abs(most->drift) * double(most->to - most->from) / 2;
        clock.uncertainty = Duration{most->offset.uncertainty + std::int64_t(swing)};
        if (most->drift != 0) {
            clock.driftPpm = most->drift * 1e6;
            clock.driftUncertaintyPpm = most->driftUncertainty * 1e6;
        }
        addSteps(clock, parts);
        for (const ClockPart& p : parts)
            clock.course.legs.push_back(legOf(p));
    }

    static void addSteps(HostClock& clock, const std::vector<ClockPart>& parts) {
        constexpr double kLeastStep = 50e6;
        for (std::size_t k = 1; k < parts.size(); ++k) {
            const ClockPart &a = parts[k - 1], &b = parts[k];
            const std::int64_t at = a.to + (b.from - a.to) / 2;
            const double by = b.at(at) - a.at(at);
            const std::int64_t unsure = a.offset.uncertainty + b.offset.uncertainty;
            if (std::abs(by) >= std::max(kLeastStep, double(unsure)))
                clock.steps.push_back({instant(at), Duration{std::int64_t(by)}, Duration{unsure}});
        }
    }

    /// Parts go by the balancer's clock, legs by the host's own.
    static ClockLeg legOf(const ClockPart& p) {
        const auto ahead = [&](std::int64_t t) { return Duration{std::llround(p.at(t))}; };
        return {instant(p.from) + ahead(p.from), instant(p.to) + ahead(p.to), ahead(p.from),
                p.drift / (1 + p.drift), Duration{p.offset.uncertainty}};
    }

    void name(HostClock& clock, const Match& m) {
        const auto most = mostOf(m);
        if (!most) return;
        const ServerKey key{query_.name(TextField::Backend, std::uint32_t(*most >> 32U)),
                            query_.name(TextField::Server, std::uint32_t(*most))};
        clock.server = key.server;
        if (!key.server.empty()) out_.hostOf.emplace(key, clock.host);
    }

    const Query& query_;
    std::map<SourceId, std::string> balancers_;
    std::map<std::string, std::vector<SourceId>> hosts_;
    Clocks out_;
};

} // namespace

Duration Clocks::offsetOf(const std::string& host, Instant said) const {
    const auto it = std::ranges::find(hosts, host, &HostClock::host);
    if (it == hosts.end() || !it->offset) return Duration{0};
    return it->course.legs.empty() ? *it->offset : it->course.at(said);
}

ClockCourse Clocks::courseOf(const std::string& host) const {
    const auto it = std::ranges::find(hosts, host, &HostClock::host);
    if (it == hosts.end() || !it->offset) return {};
    return it->course.legs.empty() ? ClockCourse{{{.offset = *it->offset}}} : it->course;
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
