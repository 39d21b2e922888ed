// SPDX-License-Identifier: GPL-3.0-or-later
// Measured values in the bundle (query results of Prometheus, tables of a dashboard): which of them
// moved with the incident, which before it, which not at all.
#pragma once

#include "core/analysis/detail/scene.h"
#include "core/analysis/measured.h"

namespace postlude::detail {

/// A series against one incident.
struct MetricShift {
    enum class Outcome : std::uint8_t { Unchanged, Changed, Unclear } outcome = Outcome::Unclear;
    double before = 0, during = 0; ///< medians
    double spreads = 0;            ///< of the shift, in spreads of the time before
    std::optional<Instant> began;  ///< first of two values in a row outside of what was usual
    Duration step{};               ///< between two values
    std::vector<double> away;      ///< from what was usual, value by value, in spreads
};
MetricShift shiftOf(const Metric& metric, const Window& before, const Window& during);

/// What the measured values say of an incident.
struct MetricsSaid {
    std::string statement; ///< empty: there are none
    std::vector<Evidence> evidence;
    std::vector<Candidate> candidates; ///< machines whose values moved first
};
MetricsSaid judgeMetrics(const Scene& scene, const std::vector<Metric>& metrics);

} // namespace postlude::detail
