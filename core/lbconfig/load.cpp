// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/load.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace postlude {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kLongest = 3600 * kSecond; ///< a request's part beyond this is left out
constexpr std::int64_t kWaited = 1'000'000;       ///< ns: less is no queue

/// How much of each second was spent in requests.
class InFlight {
public:
    void add(std::int64_t from, std::int64_t to) {
        to = std::min(to, from + kLongest);
        for (std::int64_t second = from / kSecond; from < to; ++second) {
            const std::int64_t end = std::min(to, (second + 1) * kSecond);
            spent_[second] += double(end - from) / double(kSecond);
            from = end;
        }
    }
    [[nodiscard]] double most() const {
        double out = 0;
        for (const auto& [second, spent] : spent_)
            out = std::max(out, spent);
        return out;
    }

private:
    std::unordered_map<std::int64_t, double> spent_;
};

struct Server {
    InFlight inFlight;
    std::uint64_t requests = 0, queued = 0;
};

class Gatherer {
public:
    void take(const RequestChunk& chunk) {
        for (std::size_t i = 0; i < chunk.start.size(); ++i)
            one(chunk, i);
    }

    ObservedLoad finish(const Query& query) {
        ObservedLoad out;
        out.inFlight = all_.most();
        out.requests = requests_;
        out.clients = clients_.size();
        for (const auto& [client, count] : clients_)
            out.largestClient = std::max(out.largestClient, double(count) / double(requests_));
        for (const auto& [key, server] : servers_)
            out.servers.push_back({query.name(TextField::Backend, key.first),
                                   query.name(TextField::Server, key.second),
                                   server.inFlight.most(), server.requests, server.queued});
        return out;
    }

private:
    void one(const RequestChunk& chunk, std::size_t i) {
        ++requests_;
        if (chunk.client[i] != 0) ++clients_[chunk.client[i]];
        const std::int64_t start = chunk.start[i], duration = chunk.duration[i];
        const std::int64_t queue = std::max<std::int64_t>(chunk.queue[i], 0);
        const bool timed = duration != kAbsent && duration >= 0 && start > 0;
        if (timed) all_.add(start, start + std::min(duration, kLongest));
        if (chunk.server[i] == 0) return;
        Server& server = servers_[{chunk.backend[i], chunk.server[i]}];
        ++server.requests;
        server.queued += queue >= kWaited ? 1 : 0;
        if (timed && duration > queue)
            server.inFlight.add(start + queue, start + std::min(duration, queue + kLongest));
    }

    InFlight all_;
    std::uint64_t requests_ = 0;
    std::unordered_map<std::uint32_t, std::uint64_t> clients_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Server> servers_;
};

} // namespace

Result<ObservedLoad> observedLoad(const Query& query, std::stop_token stop) {
    Gatherer gatherer;
    RequestScan scan;
    scan.probes = true; // they take connections too
    const auto done =
        query.scanRequests(scan, [&](const RequestChunk& c) { gatherer.take(c); }, stop);
    if (!done) return std::unexpected(done.error());
    return gatherer.finish(query);
}

} // namespace postlude
