// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/waves.h"
#include "core/analysis/detail/extent.h"

#include <algorithm>
#include <cmath>

namespace postlude::detail {

namespace {

constexpr Duration kReach = std::chrono::minutes(30);
constexpr Duration kLinger = std::chrono::seconds(20); ///< what was sent there is worked off

/// Nothing that was undone in between could have brought the second one, too: it would score too
/// little there to come first.
bool isSame(const Incident& a, const Incident& b) {
    if (a.causes.empty() || b.causes.empty()) return false;
    const Cause &first = a.causes.front(), &second = b.causes.front();
    return first.kind != CauseKind::Unknown && first.kind == second.kind && first.at &&
           first.at == second.at && first.culprit == second.culprit && *first.at <= b.impactStart;
}

/// When what comes first as its cause happened, if that was before it.
std::optional<Instant> causeBefore(const Incident& incident, const Stretch& stretch) {
    if (incident.causes.empty() || incident.causes.front().kind == CauseKind::Unknown) return {};
    const auto& at = incident.causes.front().at;
    return at && *at < stretch.start ? at : std::nullopt;
}

bool isBalancers(const Cause& cause) {
    return cause.kind == CauseKind::LbWeights || cause.kind == CauseKind::LbAlgorithm ||
           cause.kind == CauseKind::LbHashing || cause.kind == CauseKind::LbOther;
}

/// When the server that departed most gets again what it got before, by blocks of requests of its
/// backend; the window's beginning where it had not got much else, or nobody can tell.
Instant backAtUsual(const Scene& scene, const Window& after) {
    constexpr double kLeastShift = 0.15;
    constexpr std::size_t kBlock = 100;
    const Shares& shares = scene.shares;
    if (shares.worst >= shares.servers.size()) return after.from;
    const ServerReport& worst = shares.servers[shares.worst];
    if (std::abs(worst.during.share - worst.before.share) < kLeastShift) return after.from;
    const double between = (worst.during.share + worst.before.share) / 2;
    const auto& servers = scene.traffic.servers;
    std::size_t all = 0, own = 0;
    Instant block = after.from;
    for (const Request& r : scene.traffic.within(after)) {
        if (servers[r.server].backend != worst.key.backend) continue;
        if (all == 0) block = instant(r.start);
        ++all;
        own += servers[r.server] == worst.key ? 1 : 0;
        if (all < kBlock) continue;
        const double share = double(own) / double(all);
        if ((share > between) != (worst.during.share > between)) return block;
        all = own = 0;
    }
    return after.to; // not within it
}

/// When a deployment was rolled back; the window's beginning where that is not told.
Instant rolledBack(const Scene& scene, const Window& after) {
    for (const Event& e : scene.events.changes)
        if (after.contains(e.time) && isUndo(e) && scene.topics.of(e) == Topic::Deploy)
            return e.time;
    return after.from;
}

/// Until when what brought an incident went on behind its end; the window's beginning where nobody
/// can tell.
Instant overAt(const Scene& scene, const Cause& cause, const Window& after) {
    if (isBalancers(cause)) return backAtUsual(scene, after);
    if (cause.kind == CauseKind::Deploy) return rolledBack(scene, after);
    return after.from;
}

} // namespace

bool joinWaves(const std::vector<Incident>& incidents, std::vector<Stretch>& stretches) {
    std::vector<Stretch> out;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const Stretch& next = stretches[i];
        if (i > 0 && isSame(incidents[i - 1], incidents[i])) {
            Stretch& last = out.back();
            const Duration quiet = next.start - last.lastBad;
            const Duration bad = (last.lastBad - last.start) + (next.lastBad - next.start);
            if (quiet < bad) {
                last.resolved = next.resolved;
                last.lastBad = next.lastBad;
                continue;
            }
        }
        out.push_back(next);
    }
    const bool joined = out.size() < stretches.size();
    stretches = std::move(out);
    return joined;
}

bool takeHeralds(const std::vector<Incident>& incidents, const Traffic& traffic, Onsets& onsets) {
    bool taken = false;
    for (std::size_t i = 0; i < onsets.stretches.size(); ++i) {
        Stretch& s = onsets.stretches[i];
        const auto cause = causeBefore(incidents[i], s);
        if (!cause) continue;
        std::optional<Instant> begin = s.herald && *cause <= *s.herald ? s.herald : std::nullopt;
        const Instant well = i > 0 ? onsets.stretches[i - 1].lastBad : traffic.span().from;
        if (s.start - *cause <= kReach && *cause >= well)
            if (const auto rises = risesWithin({*cause, begin.value_or(s.start)}, traffic,
                                               onsets.grid, onsets.baseline))
                begin = rises->from;
        if (!begin) continue;
        s.start = s.startInterval.from = *begin;
        s.herald.reset();
        taken = true;
    }
    return taken;
}

bool takeTails(const std::vector<Incident>& incidents, const std::vector<Scene>& scenes,
               Onsets& onsets) {
    bool taken = false;
    for (std::size_t i = 0; i < onsets.stretches.size(); ++i) {
        Stretch& s = onsets.stretches[i];
        const Scene& scene = scenes[i];
        if (!s.resolved || incidents[i].causes.empty()) continue;
        Window after{*s.resolved, std::min(*s.resolved + kReach, scene.traffic.span().to)};
        if (i + 1 < onsets.stretches.size())
            after.to = std::min(after.to, onsets.stretches[i + 1].start);
        const Instant over = overAt(scene, incidents[i].causes.front(), after);
        if (over == after.from) continue;
        after.to = std::min(after.to, over + kLinger);
        const auto rises = risesWithin(after, scene.traffic, onsets.grid, onsets.baseline);
        if (!rises) continue;
        s.resolved = s.lastBad = rises->to;
        taken = true;
    }
    return taken;
}

} // namespace postlude::detail
