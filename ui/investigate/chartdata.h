// SPDX-License-Identifier: GPL-3.0-or-later
// From series to what a chart paints; no widget in it.
#pragma once

#include "core/analysis/measured.h"
#include "core/query/field_series.h"
#include "ui/investigate/serverindex.h"

#include <QColor>
#include <QSet>
#include <QString>
#include <vector>

namespace postlude {

/// What a chart of the stack shows.
struct Plot {
    enum Kind : std::uint8_t {
        Requests, ///< per second and server
        Share,    ///< of traffic, with the share that the weights give
        Errors,   ///< share of failed requests per server
        Latency,  ///< percentiles of all
        Status,   ///< requests per second by class of status
        Slow,     ///< share of slow requests per server
        P95,      ///< per server
        Bytes,    ///< sent per second and server
        Clocks,   ///< how far each host's clock is off
        Field,    ///< any numeric field, or requests per second, by any group
        Metric,   ///< a series of measured values
    };
    Kind kind = Requests;
    QString of;                          ///< the field (empty: requests) or series
    FieldGroup group = FieldGroup::None; ///< of Field

    Plot() = default;
    Plot(Kind of_) // NOLINT: wherever a chart is asked for by its kind alone
        : kind(of_) {}
    static Plot field(const QString& name, FieldGroup group);
    static Plot metric(const QString& name);
    bool operator==(const Plot&) const = default;
};
inline constexpr int kPlots = 9; ///< that need nothing but their kind
QString titleOf(const Plot& plot);
QString titleOf(FieldGroup group); ///< "server", "client network"; empty for None
/// "requests": for layouts that are kept, and for object names.
QString idOf(const Plot& plot);
std::optional<Plot> plotNamed(const QString& id);

/// One line or area. `y` has one value a bucket, NaN where there is nothing to tell.
struct ChartLine {
    QString name;
    QColor colour;
    std::vector<double> y;
    /// How many requests a value is of, and how many of them it counts (failed, slow); empty where
    /// that means nothing.
    std::vector<std::uint32_t> of = {}, counted = {};
};

/// A horizontal dashed line from moment to moment.
struct ChartLevel {
    Window window;
    double y = 0;
};

struct ChartContent {
    Plot::Kind kind = Plot::Requests;
    QString unit; ///< of Field and Metric: "s", "/s", else written behind the number
    Instant origin{};
    Duration bucket{};
    std::vector<ChartLine> lines; ///< for areas: not yet stacked
    std::vector<ChartLevel> levels;
    bool stacked = false;
    bool filtered = false;
    QString why;        ///< why there is nothing to paint; empty where there is something
    bool whole = false; ///< of all traffic, though there is a filter

    [[nodiscard]] std::size_t buckets() const { return lines.empty() ? 0 : lines.front().y.size(); }
    [[nodiscard]] Instant middle(std::size_t i) const {
        return origin + bucket * static_cast<std::int64_t>(i) + bucket / 2;
    }
    /// The largest value (of the stack, where stacked) within the window.
    [[nodiscard]] double most(Window window) const;
    /// The smallest value if it is below 0, else 0.
    [[nodiscard]] double lowest(Window window) const;
    /// The smallest that is not 0, for logarithmic axes; 0 if there is none.
    [[nodiscard]] double least(Window window) const;
    /// The same without the lines of these names.
    [[nodiscard]] ChartContent without(const QSet<QString>& hidden) const;
    /// Times and values within the window as comma-separated lines, times in UTC.
    [[nodiscard]] std::string csv(Window window) const;
    /// "34 of 280", "280": the requests behind a value; empty where none are known.
    [[nodiscard]] QString countText(const ChartLine& line, std::size_t i) const;
    /// "312/s", "71 %", "36 ms".
    [[nodiscard]] QString format(double value) const;
    /// A round number at or above `value` at which the axis may end.
    [[nodiscard]] double axisTop(double value) const;
};

ChartContent requestsContent(const SeriesTable& table, const ServerIndex& servers);
/// `analysis` (may be null) gives the expected shares.
ChartContent shareContent(const SeriesTable& table, const ServerIndex& servers,
                          const Analysis* analysis);
ChartContent errorsContent(const SeriesTable& table, const ServerIndex& servers);
ChartContent statusContent(const SeriesTable& table); ///< of a table grouped by status class
ChartContent slowContent(const SeriesTable& table, const ServerIndex& servers);
ChartContent p95Content(const SeriesTable& table, const ServerIndex& servers); ///< seconds
ChartContent bytesContent(const SeriesTable& table, const ServerIndex& servers);
/// Seconds.
ChartContent latencyContent(const SeriesTable& table);
/// Quantiles where there is one group, else the 95th percentile of each; requests per second where
/// the plot has no field.
ChartContent fieldContent(const Plot& plot, const FieldSeries& series, const ServerIndex& servers);
/// The mean of each bucket, which is made as long as the values are apart.
ChartContent metricContent(const Metric& metric, Window window, Duration bucket);
/// Seconds; above 0 a clock is ahead.
ChartContent clocksContent(Window window, Duration bucket, const std::vector<SourceInfo>& sources);

} // namespace postlude
