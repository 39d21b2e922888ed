// SPDX-License-Identifier: GPL-3.0-or-later
// A curve or an area that is painted piece by piece. Qt's rasteriser looks through all edges of a
// row for each new one: of a jagged curve over a whole window that is most of a frame's time.
#pragma once

#include <qcustomplot.h>

namespace postlude {

class PieceGraph : public QCPGraph {
public:
    using QCPGraph::QCPGraph;
    /// How long a value holds, in keys: as wide is the area of one that has no neighbours.
    void setBucket(double length) { bucket_ = length; }

protected:
    void drawFill(QCPPainter* painter, QVector<QPointF>* lines) const override;
    void drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const override;

private:
    double bucket_ = 0;
};

/// What lies between gaps, which are points without a value.
QVector<QVector<QPointF>> unbroken(const QVector<QPointF>& curve);

/// Parts of a curve whose x never falls, cut at multiples of `width` from `from` to `to` (what lies
/// beyond is not seen): between pixels, so that areas below neighbouring parts leave no seam.
QVector<QVector<QPointF>> cutAcross(const QVector<QPointF>& curve, double width, double from,
                                    double to);

} // namespace postlude
