// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/silence.h"
#include "core/analysis/detail/story.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace postlude::detail {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr auto kShortest = std::chrono::seconds(20), kNoted = std::chrono::seconds(10);
constexpr double kLeastExpected = 50, kLeastNoted = 100;
constexpr int kMostNotes = 3;
constexpr std::size_t kMostPauses = 10;

std::vector<Window> gapsOf(const Traffic& traffic) {
    std::vector<Window> out;
    std::int64_t before = nanoseconds(traffic.span().from);
    for (const Request& r : traffic.all()) {
        const std::int64_t from = std::exchange(before, r.start);
        if (r.start - from >= Duration{kNoted}.count())
            out.push_back({instant(from), instant(r.start)});
    }
    return out;
}

/// How traffic went on one side of a gap.
struct Side {
    double perSecond = 0;
    Duration longest{}; ///< without a request
};

Side sideOf(const Traffic& traffic, const Window& w) {
    Side out;
    Instant before = w.from;
    std::size_t n = 0;
    for (const Request& r : traffic.within(w)) {
        out.longest = std::max(out.longest, Duration{instant(r.start) - before});
        before = instant(r.start);
        ++n;
    }
    out.perSecond = double(n) / std::max(1e-9, seconds(w.length()));
    return out;
}

class Judge {
public:
    Judge(const Query& query, const std::vector<SourceInfo>& sources, const Clocks& clocks,
          const Traffic& traffic)
        : query_(query)
        , sources_(sources)
        , clocks_(clocks)
        , traffic_(traffic) {}

    /// What was to be expected in the gap; 0 where traffic is not regular enough to say.
    [[nodiscard]] double expected(const Window& gap) const {
        const Duration length = gap.length();
        const auto reach = std::clamp<Duration>(3 * length, minutes(1), minutes(10));
        const Window span = traffic_.span();
        const Window left{std::max(span.from, Instant{gap.from - reach}), gap.from},
            right{gap.to, std::min(span.to, Instant{gap.to + reach})};
        const auto least = std::max<Duration>(std::chrono::seconds(30), length / 4);
        if (left.length() < std::min(least, reach) || right.length() < std::min(least, reach))
            return 0;
        const Side a = sideOf(traffic_, left), b = sideOf(traffic_, right);
        const double slow = std::min(a.perSecond, b.perSecond);
        const bool alike = std::max(a.perSecond, b.perSecond) <= 3 * slow;
        const bool steady = std::max(a.longest, b.longest) <= length / 4;
        return alike && steady ? slow * seconds(length) : 0;
    }

    /// Of a long gap: at the same time of another day requests came, and on none they did not.
    [[nodiscard]] bool isNoClosingTime(const Window& gap, double expected) const {
        const OtherDays days = otherDays(gap, expected);
        return days.silent == 0 && days.all > 0;
    }
    /// At the same time of another day there were hardly any either.
    [[nodiscard]] bool isClosingTime(const Window& gap, double expected) const {
        return otherDays(gap, expected).silent > 0;
    }

    /// What would have come at the pace of both sides.
    [[nodiscard]] double roughly(const Window& gap) const {
        const auto reach = std::clamp<Duration>(gap.length(), minutes(1), minutes(10));
        const Window span = traffic_.span();
        const Window left{std::max(span.from, Instant{gap.from - reach}), gap.from},
            right{gap.to, std::min(span.to, Instant{gap.to + reach})};
        const auto came = double(traffic_.within(left).size() + traffic_.within(right).size());
        const double known = seconds(left.length()) + seconds(right.length());
        return known > 0 ? came / known * seconds(gap.length()) : 0;
    }

    /// Requests that servers logged in it, though the balancer did not.
    Result<std::size_t> atServers(const Window& gap, std::stop_token stop) const {
        std::size_t out = 0;
        for (const SourceInfo& s : sources_) {
            if (s.role != SourceRole::Server || s.records == 0) continue;
            const Duration ahead = clocks_.offsetOf(s.host, gap.from);
            RequestScan scan;
            scan.scope = RequestScope::Servers;
            scan.clock = ClockView::Raw;
            scan.sources = {s.id};
            scan.window = {gap.from + ahead + std::chrono::seconds(2),
                           gap.to + ahead - std::chrono::seconds(2)};
            scan.columns = 0;
            const auto take = [&](const RequestChunk& c) { out += c.ids.size(); };
            if (auto r = query_.scanRequests(scan, take, stop); !r)
                return std::unexpected(r.error());
        }
        return out;
    }

private:
    struct OtherDays {
        int all = 0, silent = 0;
    };
    [[nodiscard]] OtherDays otherDays(const Window& gap, double expected) const {
        const Window span = traffic_.span();
        OtherDays out;
        for (int k = -7; k <= 7; ++k) {
            const Window then{gap.from + k * hours(24), gap.to + k * hours(24)};
            if (k == 0 || then.from < span.from || then.to > span.to) continue;
            ++out.all;
            if (double(traffic_.within(then).size()) < 0.3 * expected) ++out.silent;
        }
        return out;
    }

    const Query& query_;
    const std::vector<SourceInfo>& sources_;
    const Clocks& clocks_;
    const Traffic& traffic_;
};

bool isNear(const Window& gap, const std::vector<Stretch>& known) {
    return std::ranges::any_of(known, [&](const Stretch& s) {
        return gap.from <= s.lastBad + minutes(5) && gap.to >= s.start - minutes(5);
    });
}

Stretch stretchOf(const Window& gap) {
    Stretch out;
    out.start = gap.from + Duration{1}; // just after the last request before it
    out.startInterval = {out.start, out.start};
    out.resolved = out.lastBad = gap.to;
    return out;
}

std::string noteOf(const Window& gap, double expected, std::size_t atServers) {
    return fmt::format(
        "No request is logged for {} from {} on, where about {:.0f} were to be expected: {}",
        spoken(gap.length()), toRfc3339(gap.from, 0), expected,
        atServers ? fmt::format("the servers logged {} in the meantime, so that the balancer's log "
                                "has a gap",
                                grouped(std::int64_t(atServers)))
                  : "an outage in front of the balancer, or a gap in the log");
}

/// Whose change can keep requests from being logged at all.
bool isInFront(CauseKind kind) {
    switch (kind) {
    case CauseKind::LbWeights:
    case CauseKind::LbAlgorithm:
    case CauseKind::LbHashing:
    case CauseKind::LbHealthCheck:
    case CauseKind::LbOther:
    case CauseKind::Network:
        return true;
    default:
        return false;
    }
}

/// As far as the logs there are can tell.
std::string whereItEnded(const Scene& scene) {
    const auto heard = [&](SourceRole role) {
        return std::ranges::any_of(
            scene.sources, [&](const SourceInfo& s) { return s.role == role && s.records > 0; });
    };
    if (!heard(SourceRole::Balancer))
        return "none got as far as the servers whose logs are here; whether a balancer took them "
               "and what it answered does not show, for no balancer's log is here";
    return heard(SourceRole::Server)
               ? "the servers logged none either, so that none got as far as the balancer, or it "
                 "took none"
               : "none got as far as the balancer, it took none, or its log has a gap; no server's "
                 "log is there to tell which";
}

Candidate nobody(const Scene& scene) {
    Candidate c;
    c.cause.statement = fmt::format(
        "No request was logged for {}, though as many came just before as just after, and no "
        "change in the bundle accounts for it: {}.",
        spoken(scene.length()), whereItEnded(scene));
    c.cause.evidence = {chartOf("requests", scene.phases.during)};
    return c;
}

} // namespace

Result<Silences> findSilences(const Query& query, const std::vector<SourceInfo>& sources,
                              const Clocks& clocks, const Traffic& traffic,
                              const std::vector<Stretch>& known, std::stop_token stop) {
    Silences out;
    const Judge judge(query, sources, clocks, traffic);
    std::vector<std::pair<Window, double>> unsure; ///< and how many were roughly to be expected
    for (const Window& gap : gapsOf(traffic)) {
        const double expected = judge.expected(gap);
        const bool sure = gap.length() >= kShortest && expected >= kLeastExpected &&
                          !isNear(gap, known) &&
                          (gap.length() <= hours(1) || judge.isNoClosingTime(gap, expected));
        if (!sure) {
            const double roughly = judge.roughly(gap);
            const bool usual = gap.length() > hours(1) && judge.isClosingTime(gap, roughly);
            if (roughly >= kLeastNoted && !usual) unsure.emplace_back(gap, roughly);
            continue;
        }
        const auto atServers = judge.atServers(gap, stop);
        if (!atServers) return std::unexpected(atServers.error());
        if (double(*atServers) < 0.1 * expected)
            out.incidents.push_back(stretchOf(gap));
        else if (std::ssize(out.notes) < kMostNotes)
            out.notes.push_back(noteOf(gap, expected, *atServers));
    }
    if (unsure.size() > kMostPauses) return out; // traffic comes in bursts, and pauses are usual
    for (const auto& [gap, roughly] : unsure) {
        if (std::ssize(out.notes) >= kMostNotes) break;
        const auto atServers = judge.atServers(gap, stop);
        if (!atServers) return std::unexpected(atServers.error());
        out.notes.push_back(noteOf(gap, roughly, *atServers));
    }
    return out;
}

bool isSilent(const Scene& scene) {
    return scene.traffic.within(scene.phases.during).empty();
}

void weighSilence(const Scene& scene, Incident& incident) {
    constexpr double kLeastScore = 0.45;
    auto all = configCandidates(scene);
    std::ranges::move(changeCandidates(scene), std::back_inserter(all));
    std::erase_if(all, [](const Candidate& c) {
        return !isInFront(c.cause.kind) || c.cause.score < kLeastScore;
    });
    std::ranges::stable_sort(all, std::greater{}, [](const Candidate& c) { return c.cause.score; });
    all.push_back(nobody(scene));
    for (const Candidate& c : all)
        incident.causes.push_back(c.cause);
    tellStory(scene, &all.front(), incident);
}

} // namespace postlude::detail
