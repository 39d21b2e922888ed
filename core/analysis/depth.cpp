// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/depth.h"

#include <algorithm>

namespace postlude::detail {

namespace {

constexpr double kWeight = 0.1;
constexpr double kFits = 0.5; // of place and shape, from which on another one explains anything
constexpr auto kClocks = std::chrono::seconds(2);

bool isBalancers(CauseKind kind) {
    return kind <= CauseKind::LbOther;
}

/// Can the one bring the other about? More work than a server or a database can do comes from
/// whoever sends it there; a database gets slower by what a release asks of it.
bool brings(CauseKind deeper, CauseKind kind) {
    const bool load = isBalancers(deeper) || deeper == CauseKind::ClientFlood;
    switch (kind) {
    case CauseKind::OverloadCrash:
        return load || deeper == CauseKind::Deploy || deeper == CauseKind::Database ||
               deeper == CauseKind::HostResource;
    case CauseKind::HostResource:
        return load || deeper == CauseKind::Deploy;
    case CauseKind::Database:
        return deeper == CauseKind::ClientFlood || deeper == CauseKind::Deploy;
    default:
        return false;
    }
}

double partOf(const Cause& cause, std::string_view name) {
    const auto it = std::ranges::find(cause.scores, name, &std::pair<std::string, double>::first);
    return it == cause.scores.end() ? 0 : it->second;
}

double explainedBy(const Cause& deeper, const Cause& cause) {
    if (!brings(deeper.kind, cause.kind) || partOf(deeper, "precedence") <= 0) return 0;
    if (deeper.at && cause.at && *deeper.at > *cause.at + kClocks) return 0;
    const double fits = std::min(partOf(deeper, "place"), partOf(deeper, "shape"));
    return fits < kFits ? 0 : fits;
}

} // namespace

void judgeDepth(std::vector<Candidate>& all) {
    for (Candidate& c : all) {
        double explained = 0;
        for (const Candidate& other : all)
            explained = std::max(explained, explainedBy(other.cause, c.cause));
        c.cause.scores.emplace_back("depth", 1 - explained);
        c.cause.score = std::max(0.0, c.cause.score - kWeight * explained);
    }
}

} // namespace postlude::detail
