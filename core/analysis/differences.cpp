// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/differences.h"

#include "core/analysis/analysis.h"

#include <algorithm>

namespace postlude::detail {

namespace {

constexpr std::size_t kMostIncidents = 3, kMostTold = 10;

std::vector<Incident*> gravest(std::vector<Incident>& incidents) {
    std::vector<Incident*> out;
    out.reserve(incidents.size());
    for (Incident& i : incidents)
        out.push_back(&i);
    std::ranges::stable_sort(out, std::greater{},
                             [](const Incident* i) { return i->impact.failed + i->impact.slow; });
    out.resize(std::min(out.size(), kMostIncidents));
    return out;
}

} // namespace

Result<void> findDifferences(const Query& query, const Traffic& traffic,
                             std::vector<Incident>& incidents, std::stop_token stop) {
    for (Incident* i : gravest(incidents)) {
        CompareRequest request;
        request.window = {i->impactStart, i->resolved.value_or(traffic.span().to)};
        request.slow = Duration{traffic.slow};
        if (request.window.empty()) continue;
        auto found = compare(query, request, stop, {});
        if (!found) return std::unexpected(found.error());
        for (Difference& d : found->differences) {
            const bool server = std::ranges::any_of(
                d.values, [](const auto& value) { return value.first == "server"; });
            if (!server && i->differences.size() < kMostTold)
                i->differences.push_back(std::move(d));
        }
    }
    return {};
}

} // namespace postlude::detail
