// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/contradictions.h"
#include "core/analysis/detail/fold.h"
#include "core/analysis/detail/shares.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::detail {

namespace {

constexpr std::size_t kMostNotes = 5;

std::uint64_t failedAmong(const Traffic& traffic, const Window& window) {
    std::uint64_t out = 0;
    for (const Request& r : traffic.within(window))
        out += r.failed ? 1 : 0;
    return out;
}

/// Requests answered with 5xx by the servers' own account, in the balancer's time.
Result<std::uint64_t> failedAtServers(const Query& query, const Window& window,
                                      std::stop_token stop) {
    std::uint64_t out = 0;
    RequestScan scan;
    scan.scope = RequestScope::Servers;
    scan.window = window;
    scan.columns = kStatusColumn;
    const auto take = [&](const RequestChunk& c) {
        out += std::uint64_t(
            std::ranges::count_if(c.status, [](std::int64_t s) { return s >= 500 && s < 600; }));
    };
    if (auto r = query.scanRequests(scan, take, stop); !r) return std::unexpected(r.error());
    return out;
}

/// When a server was asked, first and last, and how often.
struct Seen {
    std::int64_t first = 0, last = 0;
    std::uint64_t requests = 0;
    void add(std::int64_t at) {
        first = requests ? std::min(first, at) : at;
        last = requests ? std::max(last, at) : at;
        ++requests;
    }
    void merge(const Seen& other) {
        if (other.requests == 0) return;
        first = requests ? std::min(first, other.first) : other.first;
        last = requests ? std::max(last, other.last) : other.last;
        requests += other.requests;
    }
    [[nodiscard]] double perSecond() const {
        return double(requests) / std::max(1.0, seconds(Duration{last - first}));
    }
};

struct AllSeen {
    std::vector<Seen> servers;
    void merge(const AllSeen& other) {
        for (std::size_t i = 0; i < servers.size(); ++i)
            servers[i].merge(other.servers[i]);
    }
};

class Renamings {
public:
    Renamings(const Traffic& traffic, const Clocks& clocks)
        : traffic_(traffic)
        , clocks_(clocks)
        , span_(traffic.span())
        , seen_(folded(traffic, span_, AllSeen{std::vector<Seen>(traffic.servers.size())},
                       [](AllSeen& sum, const Request& r) { sum.servers[r.server].add(r.start); })
                    .servers) {}

    [[nodiscard]] std::vector<std::string> told() const {
        std::vector<std::string> out;
        for (std::size_t gone = 1; gone < seen_.size(); ++gone) {
            if (!leaves(gone)) continue;
            std::vector<std::size_t> heirs;
            for (std::size_t i = 1; i < seen_.size(); ++i)
                if (i != gone && follows(gone, i)) heirs.push_back(i);
            if (heirs.size() == 1 && out.size() < kMostNotes)
                out.push_back(sentence(gone, heirs.front()));
        }
        return out;
    }

private:
    static constexpr std::uint64_t kLeast = 50;
    static constexpr std::int64_t kNear = 10'000'000'000;

    [[nodiscard]] bool leaves(std::size_t i) const {
        const Seen& s = seen_[i];
        return s.requests >= kLeast && nanoseconds(span_.to) - s.last > 3 * kNear;
    }
    /// Comes as the other goes, in the same backend, and is asked about as often.
    [[nodiscard]] bool follows(std::size_t gone, std::size_t next) const {
        const Seen &a = seen_[gone], &b = seen_[next];
        if (b.requests < kLeast || b.first - nanoseconds(span_.from) <= 3 * kNear) return false;
        if (traffic_.servers[gone].backend != traffic_.servers[next].backend) return false;
        if (std::abs(b.first - a.last) > kNear) return false; // what is under way goes on
        const double was = a.perSecond(), is = b.perSecond();
        return std::max(was, is) <= 3 * std::min(was, is);
    }
    [[nodiscard]] std::string hostOf(std::size_t i) const {
        const auto it = clocks_.hostOf.find(traffic_.servers[i]);
        return it == clocks_.hostOf.end() ? std::string() : it->second;
    }
    [[nodiscard]] std::string sentence(std::size_t gone, std::size_t next) const {
        const bool same = !hostOf(gone).empty() && hostOf(gone) == hostOf(next);
        return fmt::format(
            "{} is asked until {} and {} from {} on: {}. Their requests are counted "
            "apart",
            visible(pathOf(traffic_.servers[gone])), toRfc3339(instant(seen_[gone].last), 0),
            visible(pathOf(traffic_.servers[next])), toRfc3339(instant(seen_[next].first), 0),
            same ? "the same server under another name, as the log of " + visible(hostOf(gone)) +
                       " has the requests of both"
                 : "the same server under another name, or another in its place");
    }

    const Traffic& traffic_;
    const Clocks& clocks_;
    Window span_;
    std::vector<Seen> seen_;
};

} // namespace

std::optional<std::string> alertsWithoutIncident(const Events& events, const Window& span) {
    std::vector<const Event*> fired;
    for (const Event& e : events.alerts)
        if (e.state == "firing" && span.contains(e.time)) fired.push_back(&e);
    if (fired.empty()) return {};
    const std::string first =
        fmt::format("{} at {}", visible(fired.front()->subject), toRfc3339(fired.front()->time, 0));
    return fired.size() == 1
               ? fmt::format("An alert fired ({}), yet what is logged of requests shows no "
                             "incident: the two do not agree, or the logs lack what it saw",
                             first)
               : fmt::format("{} alerts fired ({}, the last at {}), yet what is logged of requests "
                             "shows no incident: the two do not agree, or the logs lack what they "
                             "saw",
                             fired.size(), first, toRfc3339(fired.back()->time, 0));
}

Result<std::vector<std::string>>
serversDisagree(const Query& query, const std::vector<SourceInfo>& sources, const Traffic& traffic,
                const std::vector<Window>& windows, std::stop_token stop) {
    constexpr std::size_t kMost = 2'000'000; // requests that are looked at
    constexpr std::uint64_t kLeast = 20;
    std::vector<std::string> out;
    const auto logged = [&](SourceRole role) {
        return std::ranges::any_of(
            sources, [&](const SourceInfo& s) { return s.role == role && s.records > 0; });
    };
    if (!logged(SourceRole::Balancer) || !logged(SourceRole::Server)) return out;
    const std::vector<Window> all{traffic.span()};
    for (const Window& window : windows.empty() ? all : windows) {
        if (traffic.within(window).size() > kMost || out.size() >= kMostNotes) continue;
        const auto atServers = failedAtServers(query, window, stop);
        if (!atServers) return std::unexpected(atServers.error());
        const std::uint64_t here = failedAmong(traffic, window);
        if (*atServers < kLeast || here * 10 > *atServers) continue;
        out.push_back(fmt::format(
            "Servers logged {} failed requests from {} to {}, the balancer {}: it answered them "
            "otherwise, or one of the logs is not right",
            grouped(std::int64_t(*atServers)), toRfc3339(window.from, 0), toRfc3339(window.to, 0),
            here ? grouped(std::int64_t(here)) : "none"));
    }
    return out;
}

std::vector<std::string> renamedServers(const Traffic& traffic, const Clocks& clocks) {
    if (traffic.servers.size() < 3 || traffic.requests.empty()) return {};
    return Renamings(traffic, clocks).told();
}

} // namespace postlude::detail
