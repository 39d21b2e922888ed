// SPDX-License-Identifier: GPL-3.0-or-later
// Counts and latencies of a segment's requests, in buckets of ten seconds, per backend and
// server. They are saved with the segment (table `series`), for SQL and for a first picture
// without touching columns. Health checks are in them, clock offsets are not taken out: core/query
// counts from the columns and can do both.
#pragma once

#include "core/case/store.h"

namespace postlude {

inline constexpr Duration kSeriesBucket = std::chrono::seconds{10};
/// What the table calls slow.
inline constexpr Duration kSeriesSlow = std::chrono::seconds{1};

/// By start, backend, server. Empty if the segment has no dated requests.
std::vector<SeriesRow> seriesOf(const Segment& segment);

/// All that is saved of what the builder holds; the builder is empty afterwards and keeps its
/// memory. Builders share nothing, so each thread can fill and encode its own.
EncodedSegment encodeWithSeries(SegmentBuilder& builder);

} // namespace postlude
