// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/sensitivity.h"

#include "core/base/text.h"
#include "core/postmortem/detail/known.h"
#include "core/postmortem/wording.h"

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace postlude {

namespace {

using namespace std::chrono_literals;

constexpr std::array<Duration, 4> kLimits{500ms, 1s, 2s, 5s};
constexpr int kParts = 10; ///< of the length, by which the start is moved

struct Counted {
    std::uint64_t requests = 0, failed = 0, slow = 0;
    [[nodiscard]] std::string share(std::uint64_t of) const {
        return percentText(requests ? double(of) / double(requests) : 0);
    }
};

Result<Counted> counted(const Query& query, Window window, Duration slow,
                        const std::stop_token& stop) {
    SeriesRequest request;
    request.window = window;
    request.group = GroupBy::None;
    request.bucket = 24h; // buckets lie on a grid of their own; all of them are added up
    request.slow = slow;
    const auto table = query.series(request, stop);
    if (!table) return std::unexpected(table.error());
    Counted sum;
    for (const Bucket& bucket : table->total.buckets) {
        sum.requests += bucket.requests;
        sum.failed += bucket.failed;
        sum.slow += bucket.slow;
    }
    return sum;
}

void addLine(std::string& text, const std::string& line) {
    text += (text.empty() ? "" : "\n") + line;
}

std::string whole(double number) {
    return grouped(std::int64_t(std::llround(number)));
}

Window windowOf(const Incident& incident, const Analysis& analysis) {
    return {incident.impactStart, incident.resolved.value_or(analysis.span.to)};
}

std::string ofStart(const Incident& incident, const Zone& zone) {
    const Window sure = incident.impactStartInterval;
    if (sure.empty()) return {};
    return fmt::format(
        "By the baseline before it, the impact may have begun anywhere from {} to {}.",
        zone.timeOfDay(sure.from, 3), zone.timeOfDay(sure.to, 3));
}

std::string ofAffected(const Impact& impact) {
    if (impact.clients == 0) return {};
    std::string text = "Counted are clients with a request that failed or came late.";
    if (impact.operations > 0 && impact.sampledOneIn == 1)
        addLine(text,
                fmt::format("Only those with an operation that failed in the end: {} ({}).",
                            whole(double(impact.clientsFailed)),
                            percentText(double(impact.clientsFailed) / double(impact.clients))));
    if (!impact.clientIs.empty()) addLine(text, visible(impact.clientIs) + ".");
    return text;
}

Result<std::string> ofFailed(const Incident& incident, Window window, const Query& query,
                             const std::stop_token& stop) {
    std::string text;
    const Impact& i = incident.impact;
    if (i.requests > 0)
        addLine(text, fmt::format("Beyond the usual rate of failures: {} to {} of {} ({} to {}).",
                                  whole(i.excessLow), whole(i.excessHigh), whole(double(i.failed)),
                                  percentText(i.excessLow / double(i.requests)),
                                  percentText(i.excessHigh / double(i.requests))));
    const Duration by = window.length() / kParts;
    for (const Duration moved : {Duration{-by}, by}) {
        const auto sum = counted(query, {window.from + moved, window.to}, 1s, stop);
        if (!sum) return std::unexpected(sum.error());
        addLine(text, fmt::format("Had it begun {} {}: {}.", spoken(by),
                                  moved < Duration::zero() ? "earlier" : "later",
                                  sum->share(sum->failed)));
    }
    return text;
}

Result<std::string> ofSlow(Window window, const Query& query, const std::stop_token& stop) {
    std::string text = "Share of requests, start to end, that were answered without failing after";
    for (const Duration limit : kLimits) {
        const auto sum = counted(query, window, limit, stop);
        if (!sum) return std::unexpected(sum.error());
        addLine(text, fmt::format("more than {}: {}", spoken(limit), sum->share(sum->slow)));
    }
    return text;
}

} // namespace

Result<std::string> sensitivityOf(std::string_view place, const Postmortem& document,
                                  const Analysis& analysis, const Query& query,
                                  std::stop_token stop) {
    const Incident* incident = incidentMeant(document, analysis);
    if (!incident) return std::string();
    const Window window = windowOf(*incident, analysis);
    if (place == "summary.start") return ofStart(*incident, zoneOf(document));
    if (place == "summary.affected_share") return ofAffected(incident->impact);
    if (window.empty() || incident->impact.requests == 0) return std::string();
    if (place == "summary.failed_share") return ofFailed(*incident, window, query, stop);
    if (place == "summary.slow_share") return ofSlow(window, query, stop);
    return std::string();
}

} // namespace postlude
