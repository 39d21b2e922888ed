// SPDX-License-Identifier: GPL-3.0-or-later
// Health checks and scrapes, which would dilute every share and calm every error rate. One is
// known by its user agent; or it asks for a well-known health path and comes from a client that
// asks that source for nothing else, again and again for the same few, so that a person who looks
// at /status stays a person.
#include "core/query/detail/state.h"
#include "core/series/probe.h"

#include <xxhash.h>

#include <algorithm>

namespace postlude {

namespace {

std::vector<std::uint8_t> healthPaths(const TextColumn& paths) {
    std::vector<std::uint8_t> health{0};
    for (const std::string_view path : paths.dictionary)
        health.push_back(isHealthPath(path) ? 1 : 0);
    return health;
}

std::string_view textOf(const TextColumn& column, std::uint32_t code) {
    return code == 0 ? std::string_view{} : column.dictionary[code - 1];
}

std::uint32_t codeAt(const TextColumn& column, std::size_t row) {
    return column.codes.empty() ? 0 : column.codes[row];
}

constexpr std::uint32_t kLeastTimes = 3;
constexpr std::size_t kMostPaths = 4;

} // namespace

bool Probes::Asker::isProber() const {
    return forNothingElse && times >= kLeastTimes && paths.size() <= kMostPaths;
}

void Probes::note(Asker& asker, std::string_view path) {
    ++asker.times;
    const std::uint64_t hash = XXH3_64bits(path.data(), path.size());
    if (asker.paths.size() <= kMostPaths &&
        std::ranges::find(asker.paths, hash) == asker.paths.end())
        asker.paths.push_back(hash);
}

void Probes::collect(const SegmentState& segment, Clients& clients) {
    const auto paths = columns_.text(segment.info.number, TextField::Path);
    const auto health = healthPaths(*paths);
    if (std::ranges::find(health, 1) == health.end()) return;
    const auto client = columns_.text(segment.info.number, TextField::ClientIp);
    std::vector<Asker*> askers(client->dictionary.size() + 1, nullptr);
    for (std::size_t row = 0; row < paths->codes.size(); ++row) {
        if (health[paths->codes[row]] == 0) continue;
        const std::uint32_t code = codeAt(*client, row);
        if (!askers[code])
            askers[code] = &clients.try_emplace(std::string(textOf(*client, code))).first->second;
        const std::string_view path = textOf(*paths, paths->codes[row]);
        note(*askers[code], path.substr(0, path.find_first_of("?#;")));
    }
}

void Probes::strike(const SegmentState& segment, Clients& clients) {
    const auto client = columns_.text(segment.info.number, TextField::ClientIp);
    std::vector<Clients::iterator> candidates(client->dictionary.size() + 1, clients.end());
    bool some = false;
    for (std::uint32_t code = 0; code < candidates.size(); ++code) {
        candidates[code] = clients.find(textOf(*client, code));
        some =
            some || (candidates[code] != clients.end() && candidates[code]->second.forNothingElse);
    }
    if (!some) return;
    if (!segment.mayHoldProbes && segment.hasOnly(RecordKind::Request)) {
        // All that is asked for in it is something else.
        const bool unnamed = std::ranges::find(client->codes, 0U) != client->codes.end();
        for (std::size_t code = client->codes.empty() || unnamed ? 0 : 1; code < candidates.size();
             ++code)
            if (candidates[code] != clients.end()) candidates[code]->second.forNothingElse = false;
        return;
    }
    const auto paths = columns_.text(segment.info.number, TextField::Path);
    const auto kinds = columns_.kind(segment.info.number);
    const auto health = healthPaths(*paths);
    for (std::size_t row = 0; row < segment.info.rows; ++row) {
        const auto candidate = candidates[codeAt(*client, row)];
        const bool request = static_cast<RecordKind>((*kinds)[row]) == RecordKind::Request;
        if (request && candidate != clients.end() && health[codeAt(*paths, row)] == 0)
            candidate->second.forNothingElse = false;
    }
}

std::shared_ptr<const Probes::Clients> Probes::clientsOf(const State& state, std::size_t source) {
    const SourceState& of = state.sources[source];
    const std::lock_guard hold(mutex_);
    auto& [looked, known] = known_[of.info.id];
    if (known && looked >= of.segments.size()) return known;
    // New segments bring new clients, and new doings of old ones: all are looked at again.
    auto clients = std::make_shared<Clients>();
    for (const std::size_t i : of.segments)
        if (state.segments[i].mayHoldProbes) collect(state.segments[i], *clients);
    if (!clients->empty())
        for (const std::size_t i : of.segments)
            strike(state.segments[i], *clients);
    looked = of.segments.size();
    known = clients;
    return clients;
}

std::shared_ptr<const std::vector<std::uint8_t>> Probes::of(const State& state,
                                                            const SegmentState& segment) {
    if (!segment.mayHoldProbes)
        return std::make_shared<const std::vector<std::uint8_t>>(segment.info.rows, 0);
    const std::pair key(segment.info.number, state.sources[segment.source].segments.size());
    if (auto kept = judged_.find(key)) return kept;
    auto judged = std::make_shared<const std::vector<std::uint8_t>>(
        judge(segment, *clientsOf(state, segment.source)));
    judged_.insert(key, judged, judged->size());
    return judged;
}

std::vector<std::uint8_t> Probes::judge(const SegmentState& segment, const Clients& clients) {
    const auto agents = columns_.text(segment.info.number, TextField::UserAgent);
    const auto paths = columns_.text(segment.info.number, TextField::Path);
    const auto client = columns_.text(segment.info.number, TextField::ClientIp);
    std::vector<std::uint8_t> prober{0}, only;
    for (const std::string_view agent : agents->dictionary)
        prober.push_back(isProberAgent(agent) ? 1 : 0);
    for (std::uint32_t code = 0; code <= client->dictionary.size(); ++code) {
        const auto it = clients.find(textOf(*client, code));
        only.push_back(it != clients.end() && it->second.isProber() ? 1 : 0);
    }
    const auto health = healthPaths(*paths);
    std::vector<std::uint8_t> probes(segment.info.rows, 0);
    for (std::size_t row = 0; row < probes.size(); ++row)
        probes[row] = prober[codeAt(*agents, row)] |
                      (health[codeAt(*paths, row)] & only[codeAt(*client, row)]);
    return probes;
}

} // namespace postlude
