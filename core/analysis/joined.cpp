// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/joined.h"

#include "core/analysis/detail/onset.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::detail {

namespace {

constexpr auto kEarly = std::chrono::seconds(20), kLate = std::chrono::seconds(10);
constexpr double kLeastScore = 0.5;

std::vector<Counts> countsOf(const Traffic& traffic, const Stretch& stretch, Duration bucket) {
    std::vector<Counts> out(std::size_t((stretch.lastBad - stretch.start) / bucket) + 1);
    for (const Request& r : traffic.within({stretch.start, stretch.lastBad})) {
        const auto i = std::size_t((instant(r.start) - stretch.start) / bucket);
        if (i >= out.size()) continue;
        ++out[i].requests;
        out[i].failed += r.failed ? 1 : 0;
        out[i].slow += traffic.isSlow(r) ? 1 : 0;
    }
    return out;
}

double badShare(const Segment& s) {
    return s.failedShare() + s.slowShare();
}

/// More bad requests, or more that failed instead of being slow.
std::optional<Rise> riseOf(const Segment& before, const Segment& after) {
    constexpr double kLeast = 0.03, kTimes = 1.3;
    const auto grew = [&](double a, double b) { return b > a + kLeast && b > a * kTimes; };
    if (before.requests < 20 || after.requests < 20) return {};
    Rise out;
    out.shareBefore = badShare(before);
    out.share = badShare(after);
    if (grew(out.shareBefore, out.share)) return out;
    out.shareBefore = before.failedShare();
    out.share = after.failedShare();
    out.failuresAlone = true;
    return grew(out.shareBefore, out.share) ? std::optional(out) : std::nullopt;
}

/// The first request from which it is worse, within three buckets of the border.
Instant borderOf(const Traffic& traffic, Instant about, Duration bucket) {
    std::vector<std::uint8_t> bad;
    std::vector<std::int64_t> at;
    for (const Request& r : traffic.within({about - 3 * bucket, about + 3 * bucket})) {
        bad.push_back(traffic.isBad(r) ? 1 : 0);
        at.push_back(r.start);
    }
    const std::size_t cut = bestSplit(bad).at;
    return cut < at.size() ? instant(at[cut]) : about;
}

/// That part of the incident as if it were one.
Scene partOf(const Scene& scene, const Stretch& stretch, const Phases& phases) {
    Scene out{scene.query,
              scene.sources,
              scene.traffic,
              scene.baseline,
              stretch,
              scene.clocks,
              scene.events,
              scene.topics,
              scene.configs,
              phases,
              scene.outages,
              scene.configsBefore,
              scene.configsDuring,
              {}};
    out.shares = findShares(out.traffic, phases, out.configsBefore, out.configsDuring, out.clocks,
                            out.outages);
    return out;
}

bool isNear(const Candidate& c, Instant at) {
    return c.cause.at && *c.cause.at >= at - kEarly && *c.cause.at <= at + kLate;
}

/// What servers do when too much is asked of them is no cause that comes from elsewhere, nor is
/// what people do because of the incident.
bool mayJoin(const Scene& scene, const Candidate& c) {
    const CauseKind kind = c.cause.kind;
    if (kind == CauseKind::OverloadCrash || kind == CauseKind::Unknown) return false;
    if (c.event && (isUndo(*c.event) || scene.topics.of(*c.event) == Topic::Restart)) return false;
    return c.cause.score >= kLeastScore;
}

class Finder {
public:
    Finder(const Scene& scene, std::vector<Candidate>& all, const Weigh& weigh)
        : scene_(scene)
        , all_(all)
        , weigh_(weigh) {}

    Result<std::vector<Candidate>> run() {
        const auto rises = risesWithin(scene_.traffic, scene_.stretch);
        if (rises.empty() || all_.empty()) return std::vector<Candidate>{};
        for (const Rise& rise : rises)
            if (auto done = weighAt(rise); !done) return std::unexpected(done.error());
        if (auto done = settleFirst(); !done) return std::unexpected(done.error());
        for (auto& [rise, found] : parts_)
            take(rise, found);
        return std::move(out_);
    }

private:
    /// The best of the whole may be one that came later only: then the part before that has one of
    /// its own, and shows nothing of it.
    Result<void> settleFirst() {
        const CauseKind kind = all_.front().cause.kind;
        const auto late = std::ranges::find_if(parts_, [&](const auto& part) {
            return part.first.at > scene_.start() + kEarly &&
                   std::ranges::any_of(part.second, [&](const Candidate& c) {
                       return mayJoin(scene_, c) && c.cause.kind == kind &&
                              isNear(c, part.first.at);
                   });
        });
        if (late == parts_.end()) return {};
        const Instant until = late->first.at;
        Stretch stretch = scene_.stretch;
        stretch.lastBad = until;
        stretch.resolved = until;
        const Phases phases{
            scene_.phases.before, {scene_.start(), until}, {until, scene_.phases.after.to}};
        auto found = weigh_(partOf(scene_, stretch, phases));
        if (!found) return std::unexpected(found.error());
        const auto first = std::ranges::find_if(*found, [&](const Candidate& c) {
            return c.cause.score >= kLeastScore && c.cause.kind != CauseKind::Unknown;
        });
        const bool there = std::ranges::any_of(
            *found, [&](const Candidate& c) { return c.cause.kind == kind && !isNear(c, until); });
        if (there || first == found->end() || first->cause.kind == kind) return {};
        std::erase_if(all_, [&](const Candidate& c) {
            return c.cause.kind == first->cause.kind && c.cause.culprit == first->cause.culprit;
        });
        all_.insert(all_.begin(), std::move(*first));
        return {};
    }

    Result<void> weighAt(const Rise& rise) {
        Stretch stretch = scene_.stretch;
        stretch.start = rise.at;
        stretch.startInterval = {rise.at, rise.at};
        const Phases phases{rise.before, {rise.at, scene_.phases.during.to}, scene_.phases.after};
        auto found = weigh_(partOf(scene_, stretch, phases));
        if (!found) return std::unexpected(found.error());
        parts_.emplace_back(rise, std::move(*found));
        return {};
    }

    void take(const Rise& rise, std::vector<Candidate>& found) {
        const auto best = std::ranges::find_if(found, [&](const Candidate& c) {
            return mayJoin(scene_, c) && isNear(c, rise.at) && isOther(c);
        });
        if (best == found.end()) return;
        best->cause.scores.emplace_back("rise", rise.share - rise.shareBefore);
        best->cause.statement +=
            fmt::format(" It joined {}: from then on {} of the requests {}, {} just before.",
                        distanceToOnset(rise.at, scene_.start()), percent(rise.share),
                        rise.failuresAlone ? "failed" : "went badly", percent(rise.shareBefore));
        best->cause.evidence.push_back(chartOf("errors", {rise.before.from, scene_.end()}));
        out_.push_back(std::move(*best));
    }

    [[nodiscard]] bool isOther(const Candidate& c) const {
        const auto same = [&](const Candidate& o) { return o.cause.kind == c.cause.kind; };
        return !same(all_.front()) && std::ranges::none_of(out_, same);
    }

    const Scene& scene_;
    std::vector<Candidate>& all_;
    const Weigh& weigh_;
    std::vector<std::pair<Rise, std::vector<Candidate>>> parts_; ///< from each rise on
    std::vector<Candidate> out_;
};

/// The entry of the change itself, or one of its own.
void tell(const Candidate& c, Incident& incident) {
    const auto entryOf = [&](const Event* e) {
        return std::ranges::find_if(incident.story, [&](const StoryEntry& s) {
            return e && s.time == e->time && s.evidence == std::vector{e->evidence};
        });
    };
    if (const auto undone = entryOf(c.undoneBy); undone != incident.story.end())
        undone->kind = EntryKind::Mitigation;
    if (const auto change = entryOf(c.event); change != incident.story.end()) {
        change->kind = EntryKind::Trigger;
        return;
    }
    const StoryEntry entry{*c.cause.at, EntryKind::Trigger, c.cause.statement, c.cause.evidence};
    incident.story.insert(
        std::ranges::upper_bound(incident.story, entry.time, {}, &StoryEntry::time), entry);
}

} // namespace

std::vector<Rise> risesWithin(const Traffic& traffic, const Stretch& stretch) {
    constexpr std::int64_t kBuckets = 300;
    constexpr std::size_t kMost = 8;
    const Duration length = stretch.lastBad - stretch.start;
    if (length < kEarly) return {};
    const Duration bucket = std::max<Duration>(std::chrono::seconds(2), length / kBuckets);
    const auto parts = keenSegments(countsOf(traffic, stretch, bucket));
    std::vector<Rise> out;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const Segment &was = parts[i - 1], &is = parts[i];
        const Instant about = stretch.start + bucket * std::int64_t(is.from);
        auto rise = riseOf(was, is);
        if (!rise || about < stretch.start + std::chrono::seconds(10)) continue;
        const Instant at = borderOf(traffic, about, bucket);
        const Instant least = at - std::chrono::seconds(30);
        const Instant from = std::min(least, stretch.start + bucket * std::int64_t(was.from));
        rise->at = at;
        rise->before = {from, at};
        out.push_back(*rise);
    }
    const auto bySize = [](const Rise& r) { return r.shareBefore - r.share; };
    std::ranges::stable_sort(out, {}, bySize);
    out.resize(std::min(out.size(), kMost));
    std::ranges::stable_sort(out, {}, &Rise::at);
    return out;
}

Result<std::vector<Candidate>> findJoined(const Scene& scene, std::vector<Candidate>& all,
                                          const Weigh& weigh) {
    return Finder(scene, all, weigh).run();
}

void addJoined(const std::vector<Candidate>& joined, Incident& incident) {
    std::size_t behind = 1;
    for (const Candidate& c : joined) {
        const auto isSame = [&](const auto& other) { return other.kind == c.cause.kind; };
        std::erase_if(incident.causes, isSame);
        std::erase_if(incident.ruledOut, isSame);
        std::erase_if(incident.undecided, isSame);
        behind = std::min(behind, incident.causes.size());
        incident.causes.insert(incident.causes.begin() + std::ptrdiff_t(behind++), c.cause);
        tell(c, incident);
    }
}

} // namespace postlude::detail
