// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/waves.h"

namespace postlude::detail {

namespace {

/// Nothing that was undone in between could have brought the second one, too: it would score too
/// little there to come first.
bool isSame(const Incident& a, const Incident& b) {
    if (a.causes.empty() || b.causes.empty()) return false;
    const Cause &first = a.causes.front(), &second = b.causes.front();
    return first.kind != CauseKind::Unknown && first.kind == second.kind && first.at &&
           first.at == second.at && first.culprit == second.culprit && *first.at <= b.impactStart;
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

bool takeHeralds(const std::vector<Incident>& incidents, std::vector<Stretch>& stretches) {
    bool taken = false;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        Stretch& s = stretches[i];
        const auto& causes = incidents[i].causes;
        if (!s.herald || causes.empty() || causes.front().kind == CauseKind::Unknown) continue;
        const auto& at = causes.front().at;
        if (!at || *at > *s.herald) continue;
        s.start = s.startInterval.from = *s.herald;
        s.herald.reset();
        taken = true;
    }
    return taken;
}

} // namespace postlude::detail
