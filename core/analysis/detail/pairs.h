// SPDX-License-Identifier: GPL-3.0-or-later
// Records of the same request on both sides of the balancer.
#pragma once

#include "core/analysis/detail/offset.h"
#include "core/query/query.h"

#include <array>
#include <map>
#include <unordered_map>

namespace postlude::detail {

/// One record of a request, with as many keys as it has. Times are as written, ns.
struct Sighting {
    std::uint64_t byId = 0, byClient = 0, byPath = 0; ///< hashes; 0: no such key
    std::int64_t start = 0, end = 0;
    std::uint64_t server = 0; ///< backend and server codes
    std::int16_t status = 0;  ///< 0: not logged
    bool timed = false;
    bool repeated = false; ///< by the balancer: other attempts went before
};

/// What one source saw. `resolution` is that of its time stamps.
struct Sightings {
    std::vector<Sighting> rows;
    std::int64_t resolution = 1;
    void settleResolution();
};

/// Collects sightings source by source, keeping one in `every` keys of each kind: which keys are
/// there on both sides, and differ, shows only when all is read.
class SightingReader {
public:
    explicit SightingReader(const Query& query)
        : query_(query) {}
    Result<void> read(RequestScope scope, std::uint32_t every, std::stop_token stop);
    std::map<SourceId, Sightings> bySource;

private:
    void take(const RequestChunk& chunk, std::uint32_t every);
    const Query& query_;
    std::vector<std::uint64_t> paths_, clients_; ///< hashes of the texts of one chunk
};

enum class PairKey : std::uint8_t { Id, Client, Path };

struct Pair {
    Sighting balancer, server;
};
/// The balancer's sightings by their keys, for many servers. Refers to them. For one thread.
class BalancerIndex {
public:
    using Rows = std::unordered_map<std::uint64_t, std::vector<const Sighting*>>;
    explicit BalancerIndex(const Sightings& all)
        : all_(all) {}
    [[nodiscard]] const Sightings& all() const { return all_; }
    /// Made when it is first asked for.
    const Rows& by(PairKey key);
    /// Those that went to this server, in their order.
    const Sightings& to(std::uint64_t server);

private:
    const Sightings& all_;
    std::array<std::optional<Rows>, 3> rows_;
    std::optional<std::unordered_map<std::uint64_t, Sightings>> toServer_;
};

/// All pairs whose keys are rare on both sides (at most three records each), but for those that say
/// nothing of the clock: an attempt that the balancer gave up may go on behind its record, and what
/// it tried more than once was with each server only for a part of it.
std::vector<Pair> pairsOf(BalancerIndex& balancer, const Sightings& server, PairKey key);
/// The same where both sides have equally many records of a key: the first with the first, and so
/// on. For the balancer's records of that server alone: people who try again make wrong pairs.
std::vector<Pair> pairsInOrder(const Sightings& balancer, const Sightings& server, PairKey key);

} // namespace postlude::detail
