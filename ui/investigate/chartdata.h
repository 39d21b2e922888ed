// SPDX-License-Identifier: GPL-3.0-or-later
// From series to what a chart paints; no widget in it.
#pragma once

#include "core/export/chart.h"
#include "ui/investigate/serverindex.h"

#include <QColor>
#include <QString>
#include <vector>

namespace postlude {

/// One line or area. `y` has one value a bucket, NaN where there is nothing to tell.
struct ChartLine {
    QString name;
    QColor colour;
    std::vector<double> y;
};

/// A horizontal dashed line from moment to moment.
struct ChartLevel {
    Window window;
    double y = 0;
};

struct ChartContent {
    ChartKind kind = ChartKind::Requests;
    Instant origin{};
    Duration bucket{};
    std::vector<ChartLine> lines; ///< for areas: not yet stacked
    std::vector<ChartLevel> levels;
    bool stacked = false;
    bool filtered = false;

    [[nodiscard]] std::size_t buckets() const { return lines.empty() ? 0 : lines.front().y.size(); }
    [[nodiscard]] Instant middle(std::size_t i) const {
        return origin + bucket * static_cast<std::int64_t>(i) + bucket / 2;
    }
    /// The largest value (of the stack, where stacked) within the window.
    [[nodiscard]] double most(Window window) const;
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
/// Seconds.
ChartContent latencyContent(const SeriesTable& table);

} // namespace postlude
