// SPDX-License-Identifier: GPL-3.0-or-later
// What it was not: each suspicion is ruled out by equivalence, found to have changed, or left
// undecided with what is missing.
#pragma once

#include "core/analysis/detail/troubles.h"

namespace postlude::detail {

struct Judgement {
    enum class Outcome : std::uint8_t { RuledOut, Undecided, Changed } outcome = Outcome::Undecided;
    Verdict verdict;
    std::optional<Candidate> cause; ///< where something changed that could be the cause
};

/// Slow statements of the database before and during.
Result<std::optional<Judgement>> judgeDatabase(const Scene& scene, std::stop_token stop);
Result<Judgement> judgeFlood(const Scene& scene);
/// Given all deployments and restarts weighed.
std::optional<Judgement> judgeDeploys(const Scene& scene, const std::vector<Candidate>& changes);
std::optional<Judgement> judgeNetwork(const Scene& scene, const std::vector<Candidate>& changes);

/// Somebody else's service, and what machines run out of: by their lines and by the servers that
/// stayed well. Undecided only where somebody suspects it.
std::optional<Judgement> judgeUpstream(const Scene& scene, const std::vector<Trouble>& troubles);
std::optional<Judgement> judgeHosts(const Scene& scene, const std::vector<Trouble>& troubles);

/// Servers that stayed well though they use the same database and services.
struct Healthy {
    std::vector<std::string> names;
    double before = 0, during = 0; ///< medians of p50, ms
    [[nodiscard]] bool unchanged() const {
        constexpr double kSame = 0.25; ///< a healthy server's median may move by this much
        return !names.empty() && before > 0 && during <= before * (1 + kSame);
    }
    [[nodiscard]] std::string list() const; ///< their names, made visible
};
Healthy healthyServers(const Scene& scene);

/// Ratio of means, `b` to `a`, with a 90 % interval by bootstrap (so each bound holds with
/// 95 %); always the same draws.
struct Ratio {
    double ratio = 1, low = 0, high = 0;
};
std::optional<Ratio> meanRatio(const std::vector<double>& a, const std::vector<double>& b);

} // namespace postlude::detail
