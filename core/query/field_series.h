// SPDX-License-Identifier: GPL-3.0-or-later
// Any numeric field of the records over time, or how many requests there are, by groups that the
// kept series do not know: read from the records themselves.
#pragma once

#include "core/query/query.h"

namespace postlude {

enum class FieldGroup : std::uint8_t { None, Server, Backend, Status, Path, Network, Host, Source };
inline constexpr int kFieldGroups = 8;

struct FieldSeriesRequest {
    Window window;
    Duration bucket = std::chrono::seconds{10};
    std::string field = {}; ///< as in filters; empty: requests are counted
    FieldGroup group = FieldGroup::None;
    Filter filter = {};
    ClockView clock = ClockView::Corrected;
    std::size_t most = 8; ///< groups; what the others have comes together as "others"
};

/// Values in the field's own unit, durations in seconds; NaN where there is none. Quantiles are
/// within 1 %.
struct FieldLine {
    std::string name; ///< of the group; empty: of the others, or of all
    ServerKey key;    ///< where grouped by server
    bool others = false;
    std::vector<std::uint32_t> counts;
    std::vector<double> p50, p95, p99;
};

/// Bucket i of each line covers [origin + i·bucket, + bucket).
struct FieldSeries {
    Instant origin{};
    Duration bucket{};
    std::vector<FieldLine> lines; ///< those with most records first, the others last
    bool cut = false;             ///< there were more records than are read: the rest is not in it
};

/// Requests as charts count them (RequestScope::Balancer, no probes). A field that requests do not
/// have is looked for in the other records, of which at most half a million are read; these have
/// no groups but Host and Source. Values below 0 and what is no number are left out. Thread-safe
/// as the query is. Errors: those of the query.
Result<FieldSeries> fieldSeries(const Query& query, const FieldSeriesRequest& request,
                                std::stop_token stop);

} // namespace postlude
