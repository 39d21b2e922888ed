// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/traffic.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace postlude::detail {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::size_t kMostServices = 500;
constexpr std::size_t kMostServers = 60'000;

/// "/v2/offer/1?x" → "/v2"; "http://host/a/b" → "/a"; "*" stays.
std::string serviceOf(std::string_view path) {
    if (const auto scheme = path.find("://"); scheme != std::string_view::npos && scheme < 10) {
        path.remove_prefix(scheme + 3);
        const auto slash = path.find('/');
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash);
    }
    path = path.substr(0, path.find_first_of("?#;"));
    if (path.empty() || path[0] != '/') return path.empty() ? "/" : std::string(path);
    return std::string(path.substr(0, path.find('/', 1)));
}

/// Gives texts numbers in the order of their first appearance.
template <class Key>
class Numbering {
public:
    std::uint16_t operator()(const Key& key, std::size_t most, std::vector<Key>& all) {
        const auto [it, isNew] = numbers_.try_emplace(key, std::uint16_t(all.size()));
        if (!isNew) return it->second;
        if (all.size() >= most) return it->second = 0;
        all.push_back(key);
        return it->second;
    }

private:
    std::map<Key, std::uint16_t> numbers_;
};

class Gatherer {
public:
    Gatherer(const Query& query, Traffic& traffic)
        : query_(query)
        , traffic_(traffic) {
        traffic_.servers = {{}};
        traffic_.services = {"other"};
    }

    void take(const RequestChunk& c) {
        serviceOf_.clear();
        for (std::size_t i = 0; i < c.ids.size(); ++i) {
            Request r;
            r.start = c.start[i];
            if (r.start == kAbsent) continue;
            const std::int64_t took = at(c.duration, i);
            r.timed = took != kAbsent && took >= 0;
            r.end = r.timed ? r.start + took : r.start;
            r.id = c.ids[i];
            r.client = code(c.client, i);
            r.server = server(code(c.backend, i), code(c.server, i));
            r.service = service(c.path, c.path.code(i));
            const std::string& termination = terminated(code(c.termination, i));
            r.failed = isFailure(at(c.status, i), termination);
            if (termination.size() >= 2) r.died = termination[1];
            const std::int64_t connect = at(c.connect, i);
            if (connect != kAbsent && connect >= 0)
                r.connectUs = std::int32_t(std::min<std::int64_t>(connect / 1000, 2'000'000'000));
            traffic_.requests.push_back(r);
        }
    }

private:
    static std::int64_t at(std::span<const std::int64_t> column, std::size_t i) {
        return i < column.size() ? column[i] : kAbsent;
    }
    static std::uint32_t code(std::span<const std::uint32_t> column, std::size_t i) {
        return i < column.size() ? column[i] : 0;
    }

    std::uint16_t server(std::uint32_t backend, std::uint32_t name) {
        const auto key = std::uint64_t(backend) << 32U | name;
        const auto [it, isNew] = serverOf_.try_emplace(key, 0);
        if (isNew) {
            const ServerKey k{query_.name(TextField::Backend, backend),
                              query_.name(TextField::Server, name)};
            const bool none = k.server.empty() || k.server == "-" || k.server == "<NOSRV>";
            it->second = none ? std::uint16_t(0) : servers_(k, kMostServers, traffic_.servers);
        }
        return it->second;
    }

    std::uint16_t service(const ChunkTexts& paths, std::uint32_t path) {
        const auto [it, isNew] = serviceOf_.try_emplace(path, 0);
        if (isNew)
            it->second = services_(serviceOf(paths.text(path)), kMostServices, traffic_.services);
        return it->second;
    }

    const std::string& terminated(std::uint32_t code) {
        auto [it, isNew] = terminations_.try_emplace(code);
        if (isNew) it->second = query_.name(TextField::Termination, code);
        return it->second;
    }

    const Query& query_;
    Traffic& traffic_;
    Numbering<ServerKey> servers_;
    Numbering<std::string> services_;
    std::unordered_map<std::uint64_t, std::uint16_t> serverOf_;
    std::unordered_map<std::uint32_t, std::uint16_t> serviceOf_; ///< of one chunk
    std::unordered_map<std::uint32_t, std::string> terminations_;
};

/// Durations of the quarter of the span's stretches (64 of them) that were fastest.
std::vector<double> quietDurations(const Traffic& traffic) {
    constexpr std::size_t kStretches = 64;
    std::vector<std::pair<double, std::vector<double>>> stretches;
    const Window span = traffic.span();
    const std::int64_t length = span.length().count() / std::int64_t(kStretches) + 1;
    for (std::size_t k = 0; k < kStretches; ++k) {
        const Instant from = span.from + Duration{length * std::int64_t(k)};
        std::vector<double> took;
        for (const Request& r : traffic.within({from, from + Duration{length}}))
            if (r.timed && !r.failed) took.push_back(double(r.duration()));
        if (took.size() < 5) continue;
        const double p90 = *quantile(took, 0.9);
        stretches.emplace_back(p90, std::move(took));
    }
    std::ranges::sort(stretches, {}, &std::pair<double, std::vector<double>>::first);
    std::vector<double> out;
    for (std::size_t k = 0; k < (stretches.size() + 3) / 4; ++k)
        out.insert(out.end(), stretches[k].second.begin(), stretches[k].second.end());
    return out;
}

} // namespace

std::size_t Traffic::from(Instant t) const {
    const auto it = std::ranges::lower_bound(requests, nanoseconds(t), {}, &Request::start);
    return std::size_t(it - requests.begin());
}

std::span<const Request> Traffic::within(const Window& w) const {
    if (w.empty()) return {};
    const std::size_t a = from(w.from), b = from(w.to);
    return std::span(requests).subspan(a, b - a);
}

Window Traffic::span() const {
    if (requests.empty()) return {};
    return {instant(requests.front().start), instant(requests.back().start + 1)};
}

Result<Traffic> gatherTraffic(const Query& query, std::optional<Duration> slow,
                              std::stop_token stop) {
    Traffic traffic;
    Gatherer gatherer(query, traffic);
    RequestScan scan;
    const auto done =
        query.scanRequests(scan, [&](const RequestChunk& c) { gatherer.take(c); }, stop);
    if (!done) return std::unexpected(done.error());
    std::ranges::sort(traffic.requests, [](const Request& a, const Request& b) {
        return std::tuple(a.start, a.end, a.id) < std::tuple(b.start, b.end, b.id);
    });
    settleSlow(traffic, slow);
    return traffic;
}

void settleSlow(Traffic& traffic, std::optional<Duration> stated) {
    traffic.slow = kSecond;
    traffic.slowWhy = "the default";
    if (stated) {
        traffic.slow = stated->count();
        traffic.slowWhy = "as stated";
        return;
    }
    auto took = quietDurations(traffic);
    const auto p99 = quantile(took, 0.99);
    if (!p99 || *p99 <= double(kSecond)) return;
    traffic.slow = std::int64_t(*p99 * 1.5);
    traffic.slowWhy = "1.5 times the p99 of the quietest quarter";
}

std::optional<double> quantile(std::vector<double>& values, double share) {
    if (values.empty()) return {};
    const auto rank = std::size_t(std::ceil(share * double(values.size())));
    const auto k = std::min(values.size() - 1, rank == 0 ? 0 : rank - 1);
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(k), values.end());
    return values[k];
}

} // namespace postlude::detail
