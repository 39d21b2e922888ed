// SPDX-License-Identifier: GPL-3.0-or-later
// How much a number of the summary hangs on what was chosen to get it: where the impact is taken to
// begin, what was usual before, what counts as late.
#pragma once

#include "core/postmortem/postmortem.h"
#include "core/query/query.h"

namespace postlude {

/// Of "summary.start", "summary.affected_share", "summary.failed_share" or "summary.slow_share":
/// some plain sentences, a line each; empty where there is nothing to vary. Counts requests anew,
/// which takes as long as drawing a chart. Errors: those of Query, Cancelled.
Result<std::string> sensitivityOf(std::string_view place, const Postmortem& document,
                                  const Analysis& analysis, const Query& query,
                                  std::stop_token stop);

} // namespace postlude
