// SPDX-License-Identifier: GPL-3.0-or-later
// Stretches in which the balancer logged nothing although traffic was regular before and after.
#pragma once

#include "core/analysis/detail/scene.h"

namespace postlude::detail {

struct Silences {
    std::vector<Stretch> incidents; ///< by start
    std::vector<std::string> notes; ///< gaps that may as well be gaps of the log, or quiet hours
};

/// A gap of twenty seconds in which fifty requests and more were to be expected is an incident, if
/// on both sides came as many and never stayed away a quarter as long. Not if servers logged
/// requests in it (then the log has a hole), nor near one of `known`. Of more than an hour another
/// day must say that it was no closing time. Errors are those of the query.
Result<Silences> findSilences(const Query& query, const std::vector<SourceInfo>& sources,
                              const Clocks& clocks, const Traffic& traffic,
                              const std::vector<Stretch>& known, std::stop_token stop);

/// True of an incident in which nothing was logged.
bool isSilent(const Scene& scene);
/// Causes of such a one: what was changed in front of the servers just before it, or unknown.
void weighSilence(const Scene& scene, Incident& incident);

} // namespace postlude::detail
