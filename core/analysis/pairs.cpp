// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/pairs.h"

#include <algorithm>
#include <array>

namespace postlude::detail {

namespace {

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    std::uint64_t x = a * 0x9E3779B97F4A7C15ULL + b + 0x7F4A7C15ULL; // splitmix64's finish
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
}

std::uint64_t hashOf(std::string_view text) {
    std::uint64_t h = 0xCBF29CE484222325ULL; // FNV-1a: the same on every machine
    for (const char c : text)
        h = (h ^ std::uint8_t(c)) * 0x100000001B3ULL;
    return h;
}

std::uint64_t keyOf(const Sighting& s, PairKey key) {
    switch (key) {
    case PairKey::Id:
        return s.byId;
    case PairKey::Client:
        return s.byClient;
    case PairKey::Path:
        return s.byPath;
    }
    return 0;
}

constexpr std::size_t kRare = 3;

using Rows = BalancerIndex::Rows;

Rows rowsBy(const Sightings& side, PairKey key) {
    Rows out;
    for (const Sighting& s : side.rows)
        if (const auto k = keyOf(s, key)) out[k].push_back(&s);
    return out;
}

/// Of every text of a chunk; 0 of none.
template <class Cut>
void hashTexts(const ChunkTexts& texts, std::vector<std::uint64_t>& to, const Cut& cut) {
    to.assign(1, hashOf(cut(std::string_view())));
    if (texts.texts == nullptr) return;
    for (const std::string_view text : *texts.texts)
        to.push_back(hashOf(cut(text)));
}

/// The balancer's record spans what the server's does.
bool isWithin(const Sighting& balancer, const Sighting& server) {
    if (balancer.repeated) return false;
    return balancer.status == server.status || balancer.status == 0 || server.status == 0;
}

} // namespace

void Sightings::settleResolution() {
    static constexpr std::array<std::int64_t, 3> kUnits{1'000'000'000, 1'000'000, 1'000};
    resolution = 1;
    if (rows.empty()) return;
    for (const std::int64_t unit : kUnits) {
        const auto atStart = [&](const Sighting& s) { return s.start % unit == 0; };
        const auto atEnd = [&](const Sighting& s) { return s.end % unit == 0; };
        if (!std::ranges::all_of(rows, atStart) && !std::ranges::all_of(rows, atEnd)) continue;
        resolution = unit;
        return;
    }
}

Result<void> SightingReader::read(RequestScope scope, std::uint32_t every, std::stop_token stop) {
    RequestScan scan;
    scan.scope = scope;
    scan.clock = ClockView::Raw;
    scan.columns = kDurationColumn | kStatusColumn | kServerColumns | kMethodColumn | kPathColumn |
                   kRequestIdColumn | kClientTextColumn | kRetriesColumn;
    auto done = query_.scanRequests(scan, [&](const RequestChunk& c) { take(c, every); }, stop);
    for (auto& [source, sightings] : bySource)
        sightings.settleResolution();
    return done;
}

void SightingReader::take(const RequestChunk& c, std::uint32_t every) {
    Sightings& out = bySource[c.source];
    hashTexts(c.path, paths_, [](std::string_view path) { return path.substr(0, path.find('?')); });
    hashTexts(c.clientText, clients_, [](std::string_view client) { return client; });
    const auto isKept = [&](std::uint64_t key) { return key != 0 && key % every == 0; };
    const auto code = [](std::span<const std::uint32_t> column, std::size_t i) {
        return i < column.size() ? column[i] : 0;
    };
    for (std::size_t i = 0; i < c.ids.size(); ++i) {
        if (c.start[i] == kAbsent) continue;
        Sighting s;
        const std::int64_t status = i < c.status.size() ? c.status[i] : 0;
        const auto id = c.requestId.code(i), client = c.clientText.code(i);
        s.byPath = mixed(mixed(paths_[c.path.code(i)], code(c.method, i)), std::uint64_t(status));
        if (client) s.byClient = mixed(s.byPath, clients_[client]);
        if (id) s.byId = mixed(hashOf(c.requestId.text(id)), 1);
        // One rule for both sides, so that what is kept on one is kept on the other.
        for (std::uint64_t* const key : {&s.byPath, &s.byClient, &s.byId})
            if (!isKept(*key)) *key = 0;
        if (s.byPath == 0 && s.byClient == 0 && s.byId == 0) continue;
        const std::int64_t took = i < c.duration.size() ? c.duration[i] : kAbsent;
        s.timed = took != kAbsent && took >= 0;
        s.status = std::int16_t(std::clamp<std::int64_t>(status, 0, 999));
        s.repeated = i < c.retries.size() && c.retries[i] > 0; // kAbsent is below
        s.start = c.start[i];
        s.end = s.timed ? s.start + took : s.start;
        s.server = std::uint64_t(code(c.backend, i)) << 32U | code(c.server, i);
        out.rows.push_back(s);
    }
}

const BalancerIndex::Rows& BalancerIndex::by(PairKey key) {
    auto& rows = rows_.at(std::size_t(key));
    if (!rows) rows = rowsBy(all_, key);
    return *rows;
}

const Sightings& BalancerIndex::to(std::uint64_t server) {
    if (!toServer_) {
        toServer_.emplace();
        for (const Sighting& s : all_.rows)
            (*toServer_)[s.server].rows.push_back(s);
    }
    Sightings& out = (*toServer_)[server];
    out.resolution = all_.resolution;
    return out;
}

std::vector<Pair> pairsOf(BalancerIndex& balancer, const Sightings& server, PairKey key) {
    std::vector<Pair> out;
    const Rows& ours = balancer.by(key);
    const Rows theirs = rowsBy(server, key);
    for (const Sighting& s : server.rows) {
        const auto k = keyOf(s, key);
        if (k == 0) continue;
        const auto a = ours.find(k);
        if (a == ours.end() || a->second.size() > kRare || theirs.at(k).size() > kRare) continue;
        for (const Sighting* b : a->second)
            if (isWithin(*b, s)) out.push_back({*b, s});
    }
    return out;
}

std::vector<Pair> pairsInOrder(const Sightings& balancer, const Sightings& server, PairKey key) {
    std::vector<Pair> out;
    const Rows ours = rowsBy(balancer, key), theirs = rowsBy(server, key);
    const auto byEnd = [](std::vector<const Sighting*> rows) {
        std::ranges::stable_sort(rows, {}, [](const Sighting* s) { return s->end; });
        return rows;
    };
    for (const auto& [k, rows] : theirs) {
        const auto a = ours.find(k);
        if (a == ours.end() || a->second.size() != rows.size() || rows.size() > kRare) continue;
        const auto left = byEnd(a->second), right = byEnd(rows);
        for (std::size_t i = 0; i < left.size(); ++i)
            if (isWithin(*left[i], *right[i])) out.push_back({*left[i], *right[i]});
    }
    return out;
}

} // namespace postlude::detail
