// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/detail/curves.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace postlude {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
const QColor kNoServer(0xC4, 0xC8, 0xCE);

constexpr std::array kStyles{Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine};

Curve serverCurve(const Chart& chart, std::size_t i) {
    const Series& series = chart.table.series[i];
    Curve curve;
    const bool none = series.key.server.empty() && series.name.empty();
    curve.name = none ? "no server" : visible(series.name);
    const std::size_t colour = i < chart.colours.size() ? chart.colours[i] : i;
    curve.colour = series.key.server.empty() ? kNoServer : QColor::fromRgb(serverColour(colour));
    curve.style = kStyles[colour % kStyles.size()];
    curve.values.reserve(series.buckets.size());
    return curve;
}

Curves requestsOf(const Chart& chart) {
    Curves out{
        .stacked = true, .unit = "requests per second", .top = 1, .curves = {}, .expected = {}};
    const double length = std::max(seconds(chart.table.bucket), 1e-9);
    for (std::size_t i = 0; i < chart.table.series.size(); ++i) {
        Curve curve = serverCurve(chart, i);
        for (const Bucket& b : chart.table.series[i].buckets)
            curve.values.push_back(b.requests / length);
        out.curves.push_back(std::move(curve));
    }
    return out;
}

/// Requests that reached any server, per bucket.
std::vector<double> servedOf(const SeriesTable& table) {
    std::vector<double> served(table.total.buckets.size());
    for (const Series& series : table.series)
        for (std::size_t b = 0; b < std::min(served.size(), series.buckets.size()); ++b)
            if (!series.key.server.empty()) served[b] += series.buckets[b].requests;
    return served;
}

/// Where no server answered there are no shares: an empty ground would leave that to guess.
std::vector<Gap> gapsOf(const SeriesTable& table, const std::vector<double>& served) {
    std::vector<Gap> gaps;
    for (std::size_t b = 0; b < served.size(); ++b) {
        if (served[b] > 0) continue;
        if (gaps.empty() || gaps.back().end != b) gaps.push_back({b, b, "no requests"});
        gaps.back().end = b + 1;
        if (table.total.buckets[b].requests > 0) gaps.back().why = "no requests served";
    }
    return gaps;
}

Curves shareOf(const Chart& chart) {
    Curves out{.stacked = true,
               .unit = "% of requests that reached a server",
               .top = 100,
               .curves = {},
               .expected = {}};
    const std::vector<double> served = servedOf(chart.table);
    out.gaps = gapsOf(chart.table, served);
    double boundary = 0;
    for (std::size_t i = 0; i < chart.table.series.size(); ++i) {
        const Series& series = chart.table.series[i];
        if (series.key.server.empty()) continue;
        Curve curve = serverCurve(chart, i);
        for (std::size_t b = 0; b < series.buckets.size() && b < served.size(); ++b)
            curve.values.push_back(served[b] > 0 ? 100 * series.buckets[b].requests / served[b]
                                                 : kNone);
        out.curves.push_back(std::move(curve));
        if (i >= chart.expectedShares.size()) continue;
        boundary += 100 * chart.expectedShares[i];
        if (boundary < 99.5) out.expected.push_back(boundary);
    }
    return out;
}

Curves errorsOf(const Chart& chart) {
    Curves out{.stacked = false,
               .unit = "% of the server's requests failed",
               .top = 5,
               .curves = {},
               .expected = {}};
    for (std::size_t i = 0; i < chart.table.series.size(); ++i) {
        Curve curve = serverCurve(chart, i);
        for (const Bucket& b : chart.table.series[i].buckets)
            curve.values.push_back(b.requests ? 100.0 * b.failed / b.requests : kNone);
        out.curves.push_back(std::move(curve));
    }
    return out;
}

Curves latencyOf(const Chart& chart) {
    struct Percentile {
        const char* name;
        std::uint32_t colour;
        Qt::PenStyle style;
        std::int64_t Bucket::* value;
    };
    static const std::array<Percentile, 3> percentiles{
        {{"p50", 0x0072B2, Qt::SolidLine, &Bucket::p50},
         {"p95", 0xE69F00, Qt::DashLine, &Bucket::p95},
         {"p99", 0xD55E00, Qt::DotLine, &Bucket::p99}}};
    double most = 0;
    for (const Bucket& b : chart.table.total.buckets)
        if (b.p99 != kAbsent) most = std::max(most, static_cast<double>(b.p99));
    const bool inSeconds = most >= 2e9;
    Curves out{.stacked = false,
               .unit = inSeconds ? "seconds" : "milliseconds",
               .top = 0,
               .curves = {},
               .expected = {}};
    for (const Percentile& p : percentiles) {
        Curve curve{p.name, QColor::fromRgb(p.colour), p.style, {}};
        for (const Bucket& b : chart.table.total.buckets)
            curve.values.push_back(b.*p.value == kAbsent ? kNone
                                                         : static_cast<double>(b.*p.value) *
                                                               (inSeconds ? 1e-9 : 1e-6));
        out.curves.push_back(std::move(curve));
    }
    return out;
}

} // namespace

Curves curvesOf(const Chart& chart) {
    switch (chart.kind) {
    case ChartKind::Requests:
        return requestsOf(chart);
    case ChartKind::Share:
        return shareOf(chart);
    case ChartKind::Errors:
        return errorsOf(chart);
    case ChartKind::Latency:
        return latencyOf(chart);
    }
    return {};
}

} // namespace postlude
