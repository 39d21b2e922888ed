// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/fairness.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>
#include <unordered_map>

namespace postlude::detail {

namespace {

constexpr std::uint64_t kLeastRequests = 200; ///< a server
constexpr std::uint64_t kLeastKeys = 30;      ///< a server
constexpr double kFar = 0.05, kUneven = 1.25, kChance = 0.01;
constexpr std::size_t kMostClusters = 4000;

std::vector<double> expectedOf(const Pool& pool) {
    std::vector<double> out;
    out.reserve(pool.servers.size());
    for (const PoolServer& s : pool.servers)
        out.push_back(s.expected);
    return out;
}

/// FNV-1a: the same with every compiler.
std::uint64_t hashOf(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text)
        hash = (hash ^ std::uint8_t(c)) * 1099511628211ULL;
    return hash;
}

constexpr std::uint32_t kNoRow = ~std::uint32_t{0};

/// Of one backend: requests by key and server, a row a key.
struct Keyed {
    std::size_t servers = 0;
    std::unordered_map<std::uint64_t, std::uint32_t> rows; ///< by key
    std::vector<std::uint32_t> counts;                     ///< row by row, a server each
    std::unordered_map<std::uint64_t, std::string> names;  ///< of paths and networks
    std::uint32_t rowOf(std::uint64_t key) {
        const auto [it, isNew] = rows.try_emplace(key, std::uint32_t(rows.size()));
        if (isNew) counts.resize(rows.size() * servers, 0);
        return it->second;
    }
    void add(std::uint32_t row, std::size_t server) { ++counts[row * servers + server]; }
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint64_t key) const {
        return {counts.data() + rows.at(key) * servers, servers};
    }
    /// The key of an address's network, as ip_hash has it.
    std::uint64_t network(const std::string& address) {
        const auto dot = address.find(':') == std::string::npos ? address.rfind('.') : 0;
        const std::string name =
            dot && dot != address.npos ? address.substr(0, dot) + ".0/24" : address;
        const std::uint64_t key = hashOf(name) | 1ULL << 63U;
        names.try_emplace(key, name);
        return key;
    }
    [[nodiscard]] std::vector<std::uint64_t> ordered() const {
        std::vector<std::uint64_t> out;
        out.reserve(rows.size());
        for (const auto& [key, row] : rows)
            out.push_back(key);
        std::ranges::sort(out);
        return out;
    }
};

class Judge {
public:
    Judge(const Scene& scene, const Pool& pool, Repeated repeated)
        : scene_(scene)
        , pool_(pool)
        , repeated_(std::move(repeated))
        , expected_(expectedOf(pool)) {
        rowOf_.resize(scene.traffic.servers.size(), kNone);
        for (std::size_t i = 0; i < pool.servers.size(); ++i)
            if (pool.servers[i].traffic) rowOf_[pool.servers[i].traffic] = i;
    }

    Fairness run() {
        out_.backend = pool_.backend;
        out_.attempts = pool_.attempts;
        out_.repeated = repeated_.attempts;
        out_.configured = pool_.configured;
        out_.evidence = {chartOf("share", scene_.phases.during)};
        const bool hashed = pool_.config && isHashing(pool_.config->balancing);
        const bool byPath = hashed && pool_.config->balancing == Balancing::Uri;
        keys_ = byPath ? paths() : clients();
        out_.counted = hashed ? "keys" : "requests";
        if (pool_.attempts == 0)
            undecided("no request reached a server of it");
        else if (!pool_.known)
            undecided("neither a configuration nor enough requests before it to compare with");
        else if (hashed)
            judgeKeys();
        else
            judgeRequests();
        if (repeated_.attempts > pool_.attempts / 100) out_.statement += tried();
        nameShape(scene_, pool_, busiest(), out_);
        return std::move(out_);
    }

private:
    static constexpr std::size_t kNone = std::size_t(-1);

    void undecided(const std::string& why) {
        out_.statement = fmt::format("{}not judged: {}", where(), why);
    }

    [[nodiscard]] std::string where() const {
        return pool_.backend.empty() ? "" : visible(pool_.backend) + ": ";
    }

    [[nodiscard]] std::string tried() const {
        std::string out = fmt::format("; {} attempts before those failed and were repeated",
                                      grouped(std::int64_t(repeated_.attempts)));
        const auto most = std::ranges::max_element(
            repeated_.byServer, {}, [](const auto& server) { return server.second; });
        if (most == repeated_.byServer.end()) return out;
        return out + fmt::format(", {} of them at {}", grouped(std::int64_t(most->second)),
                                 visible(scene_.nameOf({pool_.backend, most->first})));
    }

    [[nodiscard]] std::size_t sharing() const {
        return std::size_t(std::ranges::count_if(expected_, [](double e) { return e > 0; }));
    }

    /// Whole clients stay together; those that are not logged count each for itself.
    Clusters clustered(bool inFlight) const {
        Clusters out{pool_.servers.size(), {}};
        const std::size_t most = std::clamp<std::size_t>(400'000 / out.servers, 100, kMostClusters);
        std::vector<std::uint32_t> rows(scene_.traffic.clients.size() + 1, kNoRow); // by client
        std::size_t next = 0;
        for (const Request& r : scene_.traffic.within(scene_.phases.during)) {
            const std::size_t server = rowOf_[r.server];
            if (server == kNone) continue;
            std::uint32_t& row = rows[r.client];
            if (r.client == 0 || row == kNoRow) row = std::uint32_t(next++ % most);
            const std::size_t at = row * out.servers;
            if (at >= out.counts.size()) out.counts.resize(at + out.servers, 0);
            out.counts[at + server] += inFlight ? double(r.duration()) * 1e-9 : 1;
        }
        return out;
    }

    void judgeRequests() {
        if (pool_.attempts < kLeastRequests * sharing())
            return undecided(
                fmt::format("{} requests are too few", grouped(std::int64_t(pool_.attempts))));
        auto best = clustered(false);
        // Fewest connections evens out requests in flight where there is a load, else requests.
        if (pool_.config && pool_.config->balancing == Balancing::LeastConn) {
            auto flying = clustered(true);
            if (totalVariation(flying.shares(), expected_) <
                totalVariation(best.shares(), expected_)) {
                best = std::move(flying);
                out_.counted = "in flight";
            }
        }
        measure(best);
    }

    void judgeKeys() {
        Clusters one{pool_.servers.size(), {}};
        const std::size_t most = std::clamp<std::size_t>(400'000 / one.servers, 100, kMostClusters);
        std::size_t n = 0;
        for (const std::uint64_t key : keys_.ordered()) {
            const auto counts = keys_.of(key);
            const auto home = std::size_t(std::ranges::max_element(counts) - counts.begin());
            const std::size_t at = n++ % most * one.servers;
            if (at >= one.counts.size()) one.counts.resize(at + one.servers, 0);
            one.counts[at + home] += 1;
        }
        if (n < kLeastKeys * sharing())
            return undecided(fmt::format("{} keys are too few", grouped(std::int64_t(n))));
        measure(one);
    }

    void measure(const Clusters& clusters) {
        const auto observed = clusters.shares();
        const Draws draws = drawClusters(clusters, expected_, scene_.traffic.stop());
        out_.distance = totalVariation(observed, expected_);
        out_.distanceLow = draws.low;
        out_.distanceHigh = draws.high;
        out_.jain = weightedJain(observed, expected_);
        out_.p = draws.p;
        const double all = std::accumulate(clusters.counts.begin(), clusters.counts.end(), 0.0);
        const auto [most, worst] = mostTimes(observed, expected_, all);
        out_.ratio = most;
        out_.server = pool_.servers[worst].key.server;
        out_.unfair = out_.distance > kFar && out_.ratio > kUneven && out_.p < kChance;
        out_.statement = told(observed[worst], pool_.servers[worst]);
    }

    [[nodiscard]] std::string told(double observed, const PoolServer& worst) const {
        const std::string what = out_.counted == "keys"        ? "keys"
                                 : out_.counted == "in flight" ? "requests in flight"
                                                               : "requests";
        const double moved = scene_.shares.shifted;
        return fmt::format(
            "{}{} of the {} went to other servers than {} (90 % interval {}–{}); {} got {} of "
            "them where {} were expected, × {:.2f}; Jain's index {:.2f}; p {} {:.3f} over {} "
            "requests, clients kept together{}",
            where(), percent(out_.distance), what, reference(), percent(out_.distanceLow),
            percent(out_.distanceHigh), visible(scene_.nameOf(worst.key)), percent(observed),
            percent(worst.expected), out_.ratio, out_.jain, out_.p < 0.0021 ? "≤" : "=", out_.p,
            grouped(std::int64_t(pool_.attempts)),
            out_.configured && moved > kFar
                ? fmt::format("; that is {} of all requests elsewhere than before", percent(moved))
                : "");
    }

    /// A configuration may be there and yet not name this backend's servers.
    [[nodiscard]] std::string_view reference() const {
        if (out_.configured) return "weights, algorithm and time up give";
        return scene_.configs.series.empty() ? "before (no configuration)" : "before";
    }

    /// nginx's ip_hash looks at the first three bytes of an address of four alone.
    [[nodiscard]] bool byNetwork() const {
        return pool_.config && pool_.config->balancing == Balancing::Source &&
               pool_.config->algorithm.find("ip_hash") != std::string::npos &&
               std::ranges::any_of(scene_.configsDuring, [&](const BalancerConfig* c) {
                   return c->dialect == ConfigDialect::Nginx &&
                          c->backend(pool_.config->name) == pool_.config;
               });
    }

    Keyed clients() const {
        Keyed out{pool_.servers.size(), {}, {}, {}};
        const bool networks = byNetwork();
        std::vector<std::uint32_t> rows(scene_.traffic.clients.size() + 1, kNoRow); // by client
        for (const Request& r : scene_.traffic.within(scene_.phases.during)) {
            if (!r.client || rowOf_[r.server] == kNone) continue;
            std::uint32_t& row = rows[r.client];
            if (row == kNoRow)
                row = out.rowOf(networks ? out.network(scene_.traffic.clients.name(r.client))
                                         : std::uint64_t(r.client));
            out.add(row, rowOf_[r.server]);
        }
        return out;
    }

    /// Paths without their query, by which `balance uri` hashes. No paths where they are unread.
    Keyed paths() const {
        Keyed out{pool_.servers.size(), {}, {}, {}};
        RequestScan scan;
        scan.window = scene_.phases.during;
        const auto take = [&](const RequestChunk& c) {
            for (std::size_t i = 0; i < c.ids.size(); ++i) {
                const ServerKey key{scene_.query.name(TextField::Backend, c.backend[i]),
                                    scene_.query.name(TextField::Server, c.server[i])};
                const auto row = std::ranges::find(pool_.servers, key, &PoolServer::key);
                std::string_view path = c.path.text(c.path.code(i));
                path = path.substr(0, path.find_first_of("?#"));
                if (row == pool_.servers.end() || path.empty()) continue;
                const std::uint64_t hash = hashOf(path);
                out.add(out.rowOf(hash), std::size_t(row - pool_.servers.begin()));
                out.names.try_emplace(hash, path);
            }
        };
        if (!scene_.query.scanRequests(scan, take, scene_.traffic.stop())) return {};
        return out;
    }

    [[nodiscard]] BusiestKey busiest() const {
        BusiestKey out;
        std::uint64_t busiest = 0, most = 0;
        for (const std::uint64_t key : keys_.ordered()) {
            const auto counts = keys_.of(key);
            const std::uint64_t requests =
                std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
            if (requests > most) std::tie(busiest, most) = std::pair(key, requests);
        }
        if (most == 0 || pool_.attempts == 0) return out;
        const auto name = keys_.names.find(busiest);
        out.name = name != keys_.names.end() ? name->second
                                             : scene_.traffic.clients.name(std::uint32_t(busiest));
        const auto counts = keys_.of(busiest);
        const auto home = std::ranges::max_element(counts);
        out.share = double(most) / double(pool_.attempts);
        out.server = std::size_t(home - counts.begin());
        out.onServer = double(*home) / double(most);
        return out;
    }

    const Scene& scene_;
    const Pool& pool_;
    Repeated repeated_;
    std::vector<double> expected_;
    std::vector<std::size_t> rowOf_;
    Keyed keys_;
    Fairness out_;
};

} // namespace

std::vector<Fairness> judgeFairness(const Scene& scene) {
    std::vector<Fairness> out;
    auto repeated = repeatedAttempts(scene);
    for (const Pool& pool : poolsOf(scene))
        out.push_back(Judge(scene, pool, std::move(repeated[pool.backend])).run());
    return out;
}

} // namespace postlude::detail
