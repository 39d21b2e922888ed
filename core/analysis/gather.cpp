// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the requests of all sources by all processors and brings them into one order, stretch
// after stretch, so that never more than the stretches that overlap are in memory unpacked.
#include "core/analysis/detail/traffic.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <mutex>
#include <queue>
#include <thread>
#include <unordered_map>

namespace postlude::detail {

namespace {

constexpr std::size_t kMostServices = 500;
constexpr std::size_t kMostServers = 60'000;
/// What is logged as longer is no duration but a fault, and adding it would leave the calendar.
constexpr std::int64_t kLongest = std::int64_t{100} * 366 * 86'400 * 1'000'000'000;

/// "/v2/offer/1?x" → "/v2"; "http://host/a/b" → "/a"; "*" stays.
std::string_view serviceOf(std::string_view path) {
    if (const auto scheme = path.find("://"); scheme != std::string_view::npos && scheme < 10) {
        path.remove_prefix(scheme + 3);
        const auto slash = path.find('/');
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash);
    }
    path = path.substr(0, path.find_first_of("?#;"));
    if (path.empty() || path[0] != '/') return path.empty() ? "/" : path;
    return path.substr(0, path.find('/', 1));
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

/// The requests of one stretch, by start. Server, service and client are numbers of its own lists.
struct Run {
    std::vector<Request> rows;
    std::vector<ServerKey> servers;
    std::vector<std::string> services;
    TextList clients;
    std::vector<Clients::Key> clientKeys;
    std::size_t at = 0;       ///< first row that is not merged yet
    std::uint64_t probes = 0; ///< left out
};

/// Makes a run of a chunk; works for one thread.
class Reader {
public:
    Reader(const Query& query, const RequestChunk& chunk)
        : query_(query)
        , c_(chunk) {}

    Run run() {
        Run out;
        out.servers = {{}};
        if (c_.clientText.texts) {
            out.clients = *c_.clientText.texts;
            out.clientKeys = Clients::keysOf(out.clients);
        }
        readServices(out);
        out.rows.reserve(c_.ids.size());
        for (std::size_t i = 0; i < c_.ids.size(); ++i) {
            if (c_.start[i] == kAbsent) continue;
            if (i < c_.probe.size() && c_.probe[i] != 0)
                ++out.probes;
            else
                out.rows.push_back(one(i, out));
        }
        const auto earlier = [](const Request& a, const Request& b) {
            return a.start != b.start ? a.start < b.start : a.end < b.end;
        };
        if (!std::ranges::is_sorted(out.rows, earlier)) std::ranges::stable_sort(out.rows, earlier);
        return out;
    }

private:
    static std::int64_t at(std::span<const std::int64_t> column, std::size_t i) {
        return i < column.size() ? column[i] : kAbsent;
    }
    static std::uint32_t code(std::span<const std::uint32_t> column, std::size_t i) {
        return i < column.size() ? column[i] : 0;
    }

    /// Of every path of the chunk's dictionary.
    void readServices(Run& out) {
        serviceOf_ = {0};
        std::unordered_map<std::string_view, std::uint16_t> known;
        const auto add = [&](std::string_view path) {
            const std::string_view name = serviceOf(path);
            const auto [it, isNew] = known.try_emplace(name, 0);
            if (isNew) {
                it->second = std::uint16_t(std::min<std::size_t>(out.services.size(), 65'535));
                if (out.services.size() < 65'535) out.services.emplace_back(name);
            }
            return it->second;
        };
        const bool some = c_.path.texts != nullptr;
        const bool gaps = !some || c_.path.codes.empty() ||
                          std::ranges::find(c_.path.codes, 0U) != c_.path.codes.end();
        if (gaps) serviceOf_[0] = add("");
        if (!some) return;
        for (const std::string_view path : *c_.path.texts)
            serviceOf_.push_back(add(path));
    }

    Request one(std::size_t i, Run& out) {
        Request r;
        r.start = c_.start[i];
        const std::int64_t took = at(c_.duration, i);
        r.timed = took != kAbsent && took >= 0 && took <= kLongest;
        r.end = r.timed ? r.start + took : r.start;
        r.client = c_.clientText.code(i);
        r.server = server(code(c_.backend, i), code(c_.server, i), out);
        r.service = serviceOf_[c_.path.code(i)];
        const std::string& termination = terminated(code(c_.termination, i));
        r.failed = isFailure(at(c_.status, i), termination);
        if (termination.size() >= 2) r.died = termination[1];
        const std::int64_t connect = at(c_.connect, i);
        if (connect != kAbsent && connect >= 0)
            r.connectUs = std::int32_t(std::min<std::int64_t>(connect / 1000, 2'000'000'000));
        return r;
    }

    std::uint16_t server(std::uint32_t backend, std::uint32_t name, Run& out) {
        const auto key = std::uint64_t(backend) << 32U | name;
        if (key == lastServer_) return lastServerCode_;
        const auto [it, isNew] = serverOf_.try_emplace(key, 0);
        if (isNew) {
            ServerKey k{query_.name(TextField::Backend, backend),
                        query_.name(TextField::Server, name)};
            const bool none = k.server.empty() || k.server == "-" || k.server == "<NOSRV>";
            if (!none && out.servers.size() < kMostServers) {
                it->second = std::uint16_t(out.servers.size());
                out.servers.push_back(std::move(k));
            }
        }
        lastServer_ = key;
        return lastServerCode_ = it->second;
    }

    const std::string& terminated(std::uint32_t code) {
        if (code >= terminations_.size()) terminations_.resize(code + 1);
        auto& known = terminations_[code];
        if (!known) known = query_.name(TextField::Termination, code);
        return *known;
    }

    const Query& query_;
    const RequestChunk& c_;
    std::vector<std::uint16_t> serviceOf_; ///< by path
    std::unordered_map<std::uint64_t, std::uint16_t> serverOf_;
    std::uint64_t lastServer_ = ~std::uint64_t{0};
    std::uint16_t lastServerCode_ = 0;
    std::vector<std::optional<std::string>> terminations_;
};

/// Puts runs into one order as they come. Numbers are given run by run in their order, so that
/// they do not depend on which thread was faster.
class Merger {
public:
    explicit Merger(Traffic& traffic)
        : traffic_(traffic) {
        traffic_.servers = {{}};
        traffic_.services = {"other"};
    }

    /// Runs may come in any order.
    void take(Run run, const ChunkPlace& place) {
        const std::lock_guard hold(mutex_);
        waiting_.emplace(place.number, std::pair(std::move(run), place.later));
        for (auto it = waiting_.begin(); it != waiting_.end() && it->first == next_;
             it = waiting_.erase(it), ++next_) {
            renumber(it->second.first);
            traffic_.probes += it->second.first.probes;
            if (!it->second.first.rows.empty()) {
                open_.push_back(std::move(it->second.first));
                queue_.push(Cursor{open_.back().rows.front().start, next_, &open_.back()});
            }
            flush(it->second.second);
        }
    }

    void finish() {
        flush(std::numeric_limits<std::int64_t>::max());
        traffic_.requests.finish();
    }

private:
    struct Cursor {
        std::int64_t start;
        std::size_t number;
        Run* run;
        /// For a queue whose top is the earliest.
        bool operator<(const Cursor& other) const {
            return std::tie(other.start, other.number) < std::tie(start, number);
        }
    };

    void renumber(Run& run) {
        std::vector<std::uint16_t> servers, services;
        for (const ServerKey& k : run.servers)
            servers.push_back(servers.empty() ? std::uint16_t(0)
                                              : servers_(k, kMostServers, traffic_.servers));
        for (const std::string& s : run.services)
            services.push_back(services_(s, kMostServices, traffic_.services));
        const auto clients = traffic_.clients.codesOf(run.clients, run.clientKeys);
        for (Request& r : run.rows) {
            r.server = servers[r.server];
            r.service = services[r.service];
            if (r.client) r.client = clients[r.client - 1];
        }
        run.clients = {};
        run.clientKeys = {};
    }

    /// All that starts before `until` can have nothing before it any more.
    void flush(std::int64_t until) {
        while (!queue_.empty() && queue_.top().start < until) {
            Cursor cursor = queue_.top();
            queue_.pop();
            const std::int64_t next = queue_.empty() ? until : std::min(until, queue_.top().start);
            Run& run = *cursor.run;
            do
                traffic_.requests.push_back(run.rows[run.at++]);
            while (run.at < run.rows.size() && run.rows[run.at].start < next);
            if (run.at == run.rows.size())
                run.rows = {};
            else
                queue_.push({run.rows[run.at].start, cursor.number, cursor.run});
        }
        while (!open_.empty() && open_.front().rows.empty())
            open_.pop_front();
    }

    Traffic& traffic_;
    std::mutex mutex_;
    std::size_t next_ = 0;
    std::map<std::size_t, std::pair<Run, std::int64_t>> waiting_;
    std::deque<Run> open_;
    std::priority_queue<Cursor> queue_;
    Numbering<ServerKey> servers_;
    Numbering<std::string> services_;
};

/// Tells how many requests are read, from the thread that asked and ten times a second.
class Teller {
public:
    explicit Teller(const ProgressSink& progress)
        : progress_(progress) {}

    void add(std::uint64_t requests) {
        const std::uint64_t read = read_ += requests;
        const auto now = std::chrono::steady_clock::now();
        if (!progress_ || std::this_thread::get_id() != asking_ || now < next_) return;
        next_ = now + std::chrono::milliseconds(100);
        progress_({.stage = "Analysing", .source = "requests", .linesDone = read});
    }

private:
    const ProgressSink& progress_;
    std::atomic<std::uint64_t> read_ = 0;
    std::thread::id asking_ = std::this_thread::get_id();
    std::chrono::steady_clock::time_point next_;
};

} // namespace

Result<Traffic> gatherTraffic(const Query& query, std::optional<Duration> slow,
                              std::stop_token stop, const ProgressSink& progress) {
    Traffic traffic;
    Merger merger(traffic);
    RequestScan scan;
    scan.probes = true; // to be counted
    scan.columns = kDurationColumn | kConnectColumn | kStatusColumn | kServerColumns |
                   kTerminationColumn | kPathColumn | kClientTextColumn;
    Teller teller(progress);
    const auto take = [&](const RequestChunk& chunk, const ChunkPlace& place) {
        merger.take(Reader(query, chunk).run(), place);
        teller.add(chunk.ids.size());
    };
    const auto done = query.scanConcurrently(scan, take, stop);
    if (!done) return std::unexpected(done.error());
    merger.finish();
    traffic.requests.endsWith(stop);
    settleSpan(traffic);
    settleSlow(traffic, slow);
    return traffic;
}

} // namespace postlude::detail
