// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/felt.h"

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>

namespace postlude::detail {

namespace {

constexpr std::int64_t kRetry = std::int64_t{5} * 1'000'000'000;
constexpr std::uint64_t kMostAttempts = 2'000'000; ///< in memory; more are sampled by client
constexpr std::size_t kMostShapes = 5'000, kToldPaths = 20, kMostParts = 5;

bool isHexOrDash(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
}

bool isId(std::string_view part) {
    constexpr std::size_t kLongWord = 24;
    const bool digit = part.find_first_of("0123456789") != std::string_view::npos;
    return digit && (part.size() > kLongWord || std::ranges::all_of(part, isHexOrDash));
}

struct Attempt {
    std::uint64_t key = 0; ///< client and path
    std::int64_t start = 0, end = 0;
    std::uint32_t client = 0; ///< its hash
    bool failed = false;
};

struct Tally {
    std::uint64_t requests = 0, failed = 0, slow = 0;
};
using Shapes = std::map<std::string, Tally, std::less<>>;

void addTo(Shapes& shapes, std::string shape, const Tally& t) {
    if (shapes.size() >= kMostShapes && !shapes.contains(shape)) shape = "other";
    Tally& to = shapes[shape];
    to.requests += t.requests;
    to.failed += t.failed;
    to.slow += t.slow;
}

/// What chunks found, put together in their order, so that the limit falls on the same shapes.
class ShapesInOrder {
public:
    void take(std::size_t number, Shapes found) {
        waiting_.emplace(number, std::move(found));
        for (auto it = waiting_.begin(); it != waiting_.end() && it->first == next_;
             it = waiting_.erase(it), ++next_)
            for (const auto& [shape, t] : it->second)
                addTo(all_, shape, t);
    }
    [[nodiscard]] const Shapes& all() const { return all_; }

private:
    Shapes all_;
    std::size_t next_ = 0;
    std::map<std::size_t, Shapes> waiting_;
};

/// What one chunk adds.
class Chunk {
public:
    Chunk(const Query& query, const RequestChunk& chunk, std::int64_t slow, std::uint32_t oneIn)
        : query_(query)
        , c_(chunk)
        , slow_(slow)
        , oneIn_(oneIn) {}

    void read(std::vector<Attempt>& attempts, Tally& nameless, Shapes& shapes) {
        std::vector<std::uint64_t> paths{0}, clients{0};
        std::vector<Tally> tallies(1 + (c_.path.texts ? c_.path.texts->size() : 0));
        if (c_.path.texts)
            for (const std::string_view p : *c_.path.texts)
                paths.push_back(hashOf(p.substr(0, p.find('?'))));
        if (c_.clientText.texts)
            for (const std::string_view one : *c_.clientText.texts)
                clients.push_back(one.empty() || one == "-" ? 0 : hashOf(one) | 1U);
        for (std::size_t i = 0; i < c_.ids.size(); ++i) {
            const Attempt a = one(i, paths[c_.path.code(i)], clients[c_.clientText.code(i)]);
            Tally& t = tallies[c_.path.code(i)];
            ++t.requests;
            t.failed += a.failed ? 1 : 0;
            t.slow += !a.failed && a.end - a.start > slow_ ? 1 : 0;
            const std::uint64_t client = clients[c_.clientText.code(i)];
            if (client == 0)
                ++nameless.requests, nameless.failed += a.failed ? 1 : 0;
            else if (client / 2 % oneIn_ == 0)
                attempts.push_back(a);
        }
        for (std::size_t code = 1; c_.path.texts && code < tallies.size(); ++code)
            if (tallies[code].requests) add(shapes, (*c_.path.texts)[code - 1], tallies[code]);
    }

private:
    static std::uint64_t hashOf(std::string_view text) {
        return XXH3_64bits(text.data(), text.size());
    }

    static void add(Shapes& shapes, std::string_view path, const Tally& t) {
        addTo(shapes, pathShape(path), t);
    }

    Attempt one(std::size_t i, std::uint64_t path, std::uint64_t client) {
        const auto at = [&](std::span<const std::int64_t> column) {
            return i < column.size() ? column[i] : kAbsent;
        };
        Attempt a;
        a.start = a.end = c_.start[i];
        if (const std::int64_t took = at(c_.duration); took > 0 && took < 1'000'000 * kRetry)
            a.end += took;
        a.failed =
            isFailure(at(c_.status), terminated(i < c_.termination.size() ? c_.termination[i] : 0));
        a.client = std::uint32_t(client >> 32U);
        a.key = client * 0x9E37'79B9'7F4A'7C15U ^ path;
        return a;
    }

    const std::string& terminated(std::uint32_t code) {
        const auto [it, isNew] = terminations_.try_emplace(code);
        if (isNew) it->second = query_.name(TextField::Termination, code);
        return it->second;
    }

    const Query& query_;
    const RequestChunk& c_;
    std::int64_t slow_;
    std::uint32_t oneIn_;
    std::unordered_map<std::uint32_t, std::string> terminations_;
};

/// Attempts of one client for one path follow each other.
void fold(std::vector<Attempt>& all, Impact& out) {
    std::ranges::sort(all, [](const Attempt& a, const Attempt& b) {
        return std::tie(a.key, a.start, a.end, a.failed) <
               std::tie(b.key, b.start, b.end, b.failed);
    });
    std::set<std::uint32_t> clients; // who did not get through at least once
    const auto close = [&](const Attempt& last) {
        ++out.operations;
        if (!last.failed) return;
        ++out.operationsFailed;
        clients.insert(last.client);
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool again = i + 1 < all.size() && all[i].failed && all[i + 1].key == all[i].key &&
                           all[i + 1].start <= all[i].end + kRetry;
        if (!again) close(all[i]);
    }
    out.clientsFailed = clients.size();
}

void tellPaths(const Shapes& shapes, Impact& out) {
    for (const auto& [shape, t] : shapes)
        if (t.failed + t.slow > 0) out.paths.push_back({shape, t.requests, t.failed, t.slow});
    std::ranges::stable_sort(out.paths, [](const PathImpact& a, const PathImpact& b) {
        return std::pair(a.failed, a.slow) > std::pair(b.failed, b.slow);
    });
    if (out.paths.size() > kToldPaths) out.paths.resize(kToldPaths);
}

} // namespace

std::string pathShape(std::string_view path) {
    path = path.substr(0, path.find_first_of("?#;"));
    std::string out;
    std::size_t parts = 0;
    while (!path.empty() && parts < kMostParts) {
        const std::size_t from = path[0] == '/' ? 1 : 0;
        const std::size_t end = std::min(path.find('/', from), path.size());
        const std::string_view part = path.substr(from, end - from);
        out += path.substr(0, from);
        isId(part) ? out += '*' : out += part;
        path.remove_prefix(end);
        ++parts;
    }
    return path.empty() ? out : out + "/…";
}

Result<void> addFelt(const Query& query, const Traffic& traffic, const Window& window,
                     std::stop_token stop, Impact& impact) {
    impact.sampledOneIn = std::uint32_t(impact.requests / kMostAttempts + 1);
    RequestScan scan;
    scan.window = window;
    scan.columns =
        kDurationColumn | kStatusColumn | kTerminationColumn | kPathColumn | kClientTextColumn;
    std::mutex mutex;
    std::vector<Attempt> attempts;
    Tally nameless;
    ShapesInOrder shapes;
    const auto take = [&](const RequestChunk& chunk, const ChunkPlace& place) {
        std::vector<Attempt> more;
        Tally alone;
        Shapes found;
        Chunk(query, chunk, traffic.slow, impact.sampledOneIn).read(more, alone, found);
        const std::lock_guard hold(mutex);
        nameless.requests += alone.requests;
        nameless.failed += alone.failed;
        attempts.insert(attempts.end(), more.begin(), more.end());
        shapes.take(place.number, std::move(found));
    };
    if (auto done = query.scanConcurrently(scan, take, stop); !done) return done;
    fold(attempts, impact);
    impact.operations = impact.operations * impact.sampledOneIn + nameless.requests;
    impact.operationsFailed = impact.operationsFailed * impact.sampledOneIn + nameless.failed;
    impact.clientsFailed *= impact.sampledOneIn;
    tellPaths(shapes.all(), impact);
    return {};
}

} // namespace postlude::detail
