// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/unheard.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::detail {

namespace {

bool hasLogOf(const Scene& scene, SourceRole role) {
    return std::ranges::any_of(
        scene.sources, [&](const SourceInfo& s) { return s.role == role && s.records > 0; });
}

/// Nobody recorded a change of the balancer, and there are no two states of it to compare.
bool isBalancerUntold(const Scene& scene) {
    return scene.configs.steps.empty() &&
           std::ranges::none_of(scene.events.changes, [&](const Event& e) {
               return scene.topics.of(e) == Topic::Balancer;
           });
}

Verdict undecided(CauseKind kind, std::string_view what) {
    Verdict out;
    out.kind = kind;
    out.statement = what;
    return out;
}

Verdict balancer(const Scene& scene) {
    constexpr double kMoved = 0.1;
    Verdict out;
    out.kind = CauseKind::LbOther;
    out.statement = fmt::format(
        "Balancer's configuration: {}, so that whether it changed does not show; as it was before "
        "and while it lasted would tell",
        scene.configs.series.empty() ? "none is in the bundle, nor a record of its changes"
                                     : "one state of it alone is in the bundle");
    if (scene.shares.shifted > kMoved) {
        out.statement += fmt::format(". {} of the requests went to other servers than before, as a "
                                     "change of weights or algorithm would have it",
                                     percent(scene.shares.shifted));
        out.evidence.push_back(chartOf("share", scene.phases.during));
    }
    return out;
}

} // namespace

std::vector<Verdict> unheardOf(const Scene& scene, bool measured) {
    std::vector<Verdict> out;
    if (isBalancerUntold(scene)) out.push_back(balancer(scene));
    if (!hasLogOf(scene, SourceRole::Database))
        out.push_back(undecided(CauseKind::Database, "Database: no log of one is in the bundle"));
    if (scene.events.changes.empty())
        out.push_back(
            undecided(CauseKind::Deploy, "Deployment: no record of any is in the bundle"));
    if (!measured)
        out.push_back(undecided(
            CauseKind::HostResource,
            "Resources of a host: CPU, memory and disks over time are not in the bundle"));
    return out;
}

} // namespace postlude::detail
