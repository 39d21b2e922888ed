// SPDX-License-Identifier: GPL-3.0-or-later
// What sets some requests apart from others: values of any field that are far more common among
// the bad than among the good, or in a window than in another.
#pragma once

#include "core/base/progress.h"
#include "core/query/query.h"

namespace postlude {

/// Which requests are looked at, and with which they are compared.
struct CompareRequest {
    Window window;
    /// Absent: the bad of `window` are compared with the good of it. Present: all of `window` with
    /// all of this one.
    std::optional<Window> other = {};
    /// What is bad; one that lets all pass (the default): failed, or slower than `slow`.
    Filter bad = {};
    Duration slow = std::chrono::seconds{1};
    RequestScope scope = RequestScope::Balancer;
    ClockView clock = ClockView::Corrected;
};

/// A value, or two of different fields together, that is over-represented.
struct Difference {
    std::vector<std::pair<std::string, std::string>> values; ///< field (cli.md's name) and value
    std::string filter;              ///< shows the requests that have it (core/query/filter.h)
    std::uint64_t with = 0, all = 0; ///< of those looked at
    std::uint64_t otherWith = 0, otherAll = 0; ///< of those compared with
    /// Bad against good: how much more likely a request is to be bad if it has the value. Window
    /// against window: how much more common the value is. With its 95 % interval, clients (not
    /// requests) taken as independent.
    double ratio = 0, low = 0, high = 0;
    double q = 1;          ///< share of false findings, were all as weak (Benjamini–Hochberg)
    std::string statement; ///< "path /checkout: 31 % of the bad, 2.0 % of the good"
    [[nodiscard]] double share() const { return all ? double(with) / double(all) : 0; }
    [[nodiscard]] double otherShare() const {
        return otherAll ? double(otherWith) / double(otherAll) : 0;
    }
};

struct Comparison {
    std::uint64_t looked = 0, others = 0; ///< requests on each side
    std::vector<std::string> fields;      ///< compared, the most different first
    std::vector<Difference> differences;  ///< field by field in that order; pairs last
    std::vector<std::string> notes;       ///< what could not be judged, and why
};

/// G-test with clients as clusters, so that one heavy client is no finding; q ≤ 0.01, ratio ≥ 3,
/// at least 1 % of those looked at. Numbers are parted at quantiles of those compared with.
/// Deterministic. Takes three passes over the requests; memory grows with the distinct values
/// alone, and is bounded. Errors: Cancelled and those of Query.
Result<Comparison> compare(const Query& query, const CompareRequest& request, std::stop_token stop,
                           const ProgressSink& progress);

} // namespace postlude
