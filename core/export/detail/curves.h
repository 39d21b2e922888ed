// SPDX-License-Identifier: GPL-3.0-or-later
// A chart's series as numbers ready to be drawn.
#pragma once

#include "core/export/chart.h"

#include <QColor>

namespace postlude {

struct Curve {
    std::string name;
    QColor colour;
    Qt::PenStyle style = Qt::SolidLine; ///< colour is never the only carrier
    std::vector<double> values;         ///< per bucket; NaN: nothing to draw there
};

/// Buckets in which nothing could be drawn, and why.
struct Gap {
    std::size_t first = 0, end = 0; ///< end: behind the last one
    std::string why;
};

struct Curves {
    bool stacked = false;
    std::string unit; ///< "requests per second", "%", "ms", "s"
    double top = 0;   ///< least upper end of the axis
    std::vector<Curve> curves;
    std::vector<double> expected; ///< heights of dashed lines
    std::vector<Gap> gaps = {};
};

Curves curvesOf(const Chart& chart);

} // namespace postlude
