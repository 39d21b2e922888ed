// SPDX-License-Identifier: GPL-3.0-or-later
// Measured values in the bundle: answers of Prometheus, tables of a dashboard.
#pragma once

#include "core/analysis/analysis.h"

namespace postlude {

/// One series of measured values, by time.
struct Metric {
    std::string name; ///< as logged, with its labels or its column
    std::string file; ///< of which table, without folder and suffix
    std::vector<Instant> times;
    std::vector<double> values;
    Evidence evidence; ///< its first to its last line
};

/// By name. At most some ten thousand series and a million values are read; the rest is left out.
/// Thread-safe as the query is. Errors: Cancelled and those of the query.
Result<std::vector<Metric>>
gatherMetrics(const Query& query, const std::vector<SourceInfo>& sources, std::stop_token stop);

} // namespace postlude
