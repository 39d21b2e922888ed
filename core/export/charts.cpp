// SPDX-License-Identifier: GPL-3.0-or-later
// Which charts a report gets, with their data from the query; names and captions.
#include "core/export/chart.h"
#include "core/postmortem/wording.h"

#include <algorithm>
#include <array>

namespace postlude {

namespace {

using std::chrono::seconds;

constexpr std::array kKinds{ChartKind::Requests, ChartKind::Share, ChartKind::Errors,
                            ChartKind::Latency};
constexpr std::array<std::string_view, 4> kNames{"requests", "share", "errors", "latency"};
constexpr std::array<std::string_view, 4> kTitles{
    "Requests per server", "Share of traffic per server", "Errors per server", "Response time"};
// Enough to show a curve, few enough for a bucket to hold more than chance.
constexpr int kMostBuckets = 150;

Window incidentWindow(const Incident& incident, const Window& span) {
    const Instant end = incident.resolved.value_or(span.to);
    return {incident.impactStart, std::max(end, incident.impactStart + seconds{1})};
}

Window withMargin(const Window& incident, const Window& span) {
    const Duration margin = std::max<Duration>(incident.length() / 2, seconds{10});
    const Window wide{incident.from - margin, incident.to + margin};
    if (span.empty()) return wide;
    const Window inside{std::max(wide.from, span.from), std::min(wide.to, span.to)};
    return inside.empty() ? wide : inside;
}

Duration bucketFor(const Window& window) {
    constexpr std::array<int, 16> steps{1,   2,   5,   10,   15,   30,   60,    120,
                                        300, 600, 900, 1800, 3600, 7200, 21600, 86400};
    for (const int step : steps)
        if (window.length() <= seconds{step} * kMostBuckets) return seconds{step};
    return window.length() / kMostBuckets;
}

std::vector<std::size_t> coloursOf(const SeriesTable& table,
                                   const std::vector<ServerKey>& servers) {
    std::vector<std::size_t> colours;
    for (const Series& series : table.series)
        colours.push_back(
            static_cast<std::size_t>(std::ranges::find(servers, series.key) - servers.begin()));
    return colours;
}

/// All or nothing: boundaries of some servers alone would say something wrong.
std::vector<double> expectedOf(const SeriesTable& table, const std::vector<ServerReport>& reports) {
    std::vector<double> shares;
    double sum = 0;
    for (const Series& series : table.series) {
        if (series.key.server.empty()) {
            shares.push_back(0);
            continue;
        }
        const auto report = std::ranges::find(reports, series.key, &ServerReport::key);
        if (report == reports.end() || !report->expectedShareBefore) return {};
        shares.push_back(*report->expectedShareBefore);
        sum += shares.back();
    }
    // Several backends each share out their own traffic: their weights do not add up to one.
    return sum > 0.98 && sum < 1.02 ? shares : std::vector<double>{};
}

bool hasDurations(const SeriesTable& table) {
    return std::ranges::any_of(table.total.buckets,
                               [](const Bucket& b) { return b.p50 != kAbsent; });
}

} // namespace

std::string_view nameOf(ChartKind kind) {
    return kNames[static_cast<std::size_t>(kind)];
}

std::string_view titleOf(ChartKind kind) {
    return kTitles[static_cast<std::size_t>(kind)];
}

std::uint32_t serverColour(std::size_t index) {
    // Okabe and Ito, 2008; their black, which a dark surface would swallow, is grey.
    static constexpr std::array<std::uint32_t, 8> colours{0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7,
                                                          0x56B4E9, 0xD55E00, 0xF0E442, 0x8A8A8A};
    return colours[index % colours.size()];
}

Result<std::vector<Chart>> incidentCharts(const Query& query, const Analysis& analysis,
                                          const Postmortem& document, std::stop_token stop) {
    const Window span = query.span(ClockView::Corrected);
    const Incident* incident = incidentMeant(document, analysis);
    const Window shaded = incident ? incidentWindow(*incident, span) : Window{};
    const Window window = incident ? withMargin(shaded, span) : span;
    if (window.empty()) return std::vector<Chart>{};
    const Result<SeriesTable> table = query.series(
        {.window = window, .bucket = bucketFor(window), .group = GroupBy::Server}, stop);
    if (!table) return std::unexpected(table.error());
    const auto some = [](const Bucket& b) { return b.requests > 0; };
    if (std::ranges::none_of(table->total.buckets, some)) return std::vector<Chart>{};
    std::vector<Chart> charts;
    for (const ChartKind kind : kKinds) {
        if (kind == ChartKind::Latency && !hasDurations(*table)) continue;
        Chart chart;
        chart.kind = kind;
        chart.table = *table;
        chart.incident = shaded;
        chart.zone = document.summary.zone;
        chart.colours = coloursOf(*table, query.servers());
        if (kind == ChartKind::Share) chart.expectedShares = expectedOf(*table, analysis.servers);
        charts.push_back(std::move(chart));
    }
    return charts;
}

ChartPicture pictureOf(const Chart& chart) {
    const auto buckets = static_cast<std::int64_t>(chart.table.total.buckets.size());
    const Window window{chart.table.origin, chart.table.origin + chart.table.bucket * buckets};
    const Zone zone = Zone::named(chart.zone).value_or(Zone::utc());
    return {chart.kind, std::string(nameOf(chart.kind)),
            std::string(titleOf(chart.kind)) + ", " + spanText(window, zone)};
}

} // namespace postlude
