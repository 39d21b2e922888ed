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

struct Curves {
    bool stacked = false;
    std::string unit; ///< "requests per second", "%", "ms", "s"
    double top = 0;   ///< least upper end of the axis
    std::vector<Curve> curves;
    std::vector<double> expected; ///< heights of dashed lines
};

Curves curvesOf(const Chart& chart);

} // namespace postlude
