// SPDX-License-Identifier: GPL-3.0-or-later
// What it was not: each suspicion is ruled out by equivalence, found to have changed, or left
// undecided with what is missing.
#pragma once

#include "core/analysis/detail/scene.h"

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

/// Ratio of means, `b` to `a`, with a 90 % interval by bootstrap (so each bound holds with
/// 95 %); always the same draws.
struct Ratio {
    double ratio = 1, low = 0, high = 0;
};
std::optional<Ratio> meanRatio(const std::vector<double>& a, const std::vector<double>& b);

} // namespace postlude::detail
