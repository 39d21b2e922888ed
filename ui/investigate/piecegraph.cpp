// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/piecegraph.h"

#include <cmath>

namespace postlude {

namespace {

constexpr double kPieceWidth = 32;
constexpr qsizetype kPiecePoints = 32;

QPointF between(const QPointF& a, const QPointF& b, double x) {
    return {x, a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x())};
}

} // namespace

QVector<QVector<QPointF>> cutAcross(const QVector<QPointF>& curve, double width, double from,
                                    double to) {
    QVector<QVector<QPointF>> pieces;
    if (curve.isEmpty()) return pieces;
    QVector<QPointF> piece{curve.front()};
    double edge = (std::floor(std::max(from, curve.front().x()) / width) + 1) * width;
    for (qsizetype i = 1; i < curve.size(); ++i) {
        const QPointF& next = curve[i];
        while (next.x() > edge && edge <= to) {
            const QPointF cut = between(curve[i - 1], next, edge);
            pieces << (piece << cut);
            piece = {cut};
            edge += width;
        }
        piece << next;
    }
    return pieces << piece;
}

void PieceGraph::drawFill(QCPPainter* painter, QVector<QPointF>* lines) const {
    const bool whole = painter->modes().testFlag(QCPPainter::pmVectorized) || mChannelFillGraph ||
                       std::ranges::any_of(*lines, [](const QPointF& point) {
                           return !std::isfinite(point.x()) || !std::isfinite(point.y());
                       });
    if (whole) return QCPGraph::drawFill(painter, lines);
    // With smooth edges the painter is moved by half a pixel; a cut lies between pixels then, too.
    const QPointF shift(painter->transform().dx(), 0);
    const QRectF seen = clipRect();
    QVector<QPointF> moved = *lines;
    for (QPointF& point : moved)
        point += shift;
    for (QVector<QPointF>& piece : cutAcross(moved, kPieceWidth, seen.left(), seen.right())) {
        for (QPointF& point : piece)
            point -= shift;
        QCPGraph::drawFill(painter, &piece);
    }
}

void PieceGraph::drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const {
    if (painter->modes().testFlag(QCPPainter::pmVectorized))
        return QCPGraph::drawLinePlot(painter, lines);
    for (qsizetype at = 0; at + 1 < lines.size(); at += kPiecePoints)
        QCPGraph::drawLinePlot(painter, lines.mid(at, kPiecePoints + 1));
}

} // namespace postlude
