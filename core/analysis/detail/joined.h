// SPDX-License-Identifier: GPL-3.0-or-later
// Several causes in one incident: where bad requests rise once more while it lasts, something else
// may have joined that has nothing to do with what began it.
#pragma once

#include "core/analysis/detail/scene.h"

#include <functional>

namespace postlude::detail {

/// From `at` on clearly more requests went badly than in the stretch before it.
struct Rise {
    Instant at{};
    Window before; ///< the stretch of one rate that ends with it
    /// Of bad requests, until the next change; of failed ones where those alone rose.
    double shareBefore = 0, share = 0;
    bool failuresAlone = false;
};
/// By time; the greatest few. The incident's own beginning is none.
std::vector<Rise> risesWithin(const Traffic& traffic, const Stretch& stretch);

/// Weighs causes for a part of an incident as if it were one.
using Weigh = std::function<Result<std::vector<Candidate>>(const Scene& part)>;

/// What joined later, by time: of another kind than what began it, at a rise, and no mere
/// consequence of being overloaded. Its scores have a further part, "rise": the bad requests that
/// came with it, as a share of all. Where `all` begins with a cause that came only at a rise,
/// what began the incident is put in front of it. Errors are those of `weigh`.
Result<std::vector<Candidate>> findJoined(const Scene& scene, std::vector<Candidate>& all,
                                          const Weigh& weigh);

/// Puts them behind the first cause and into the story; what was ruled out of their kinds no longer
/// is.
void addJoined(const std::vector<Candidate>& joined, Incident& incident);

} // namespace postlude::detail
