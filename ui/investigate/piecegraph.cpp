// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/piecegraph.h"

#include <cmath>

namespace postlude {

namespace {

constexpr double kPieceWidth = 32;
constexpr qsizetype kPiecePoints = 32;
constexpr double kDot = 5; // pixels

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

QVector<QVector<QPointF>> unbroken(const QVector<QPointF>& curve) {
    QVector<QVector<QPointF>> parts;
    bool open = false;
    for (const QPointF& point : curve) {
        const bool value = std::isfinite(point.x()) && std::isfinite(point.y());
        if (value && !open) parts.emplace_back();
        if (value) parts.back() << point;
        open = value;
    }
    return parts;
}

void PieceGraph::drawFill(QCPPainter* painter, QVector<QPointF>* lines) const {
    if (mChannelFillGraph) return QCPGraph::drawFill(painter, lines);
    const bool whole = painter->modes().testFlag(QCPPainter::pmVectorized);
    // With smooth edges the painter is moved by half a pixel; a cut lies between pixels then, too.
    const QPointF shift(painter->transform().dx(), 0);
    const QRectF seen = clipRect();
    for (QVector<QPointF>& part : unbroken(*lines)) {
        if (part.size() == 1) {
            const double wide = std::max(
                kDot, std::abs(keyAxis()->coordToPixel(bucket_) - keyAxis()->coordToPixel(0)));
            const QPointF half(wide / 2, 0);
            part = {part.front() - half, part.front() + half};
        }
        if (whole) {
            QCPGraph::drawFill(painter, &part);
            continue;
        }
        for (QPointF& point : part)
            point += shift;
        for (QVector<QPointF>& piece : cutAcross(part, kPieceWidth, seen.left(), seen.right())) {
            for (QPointF& point : piece)
                point -= shift;
            QCPGraph::drawFill(painter, &piece);
        }
    }
}

/// A value between two gaps is a dot: it has no neighbour to draw a line to.
void PieceGraph::drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const {
    if (painter->modes().testFlag(QCPPainter::pmVectorized))
        QCPGraph::drawLinePlot(painter, lines);
    else
        for (qsizetype at = 0; at + 1 < lines.size(); at += kPiecePoints)
            QCPGraph::drawLinePlot(painter, lines.mid(at, kPiecePoints + 1));
    if (pen().style() == Qt::NoPen) return;
    painter->save();
    painter->setPen(Qt::NoPen);
    painter->setBrush(pen().color());
    for (const QVector<QPointF>& part : unbroken(lines))
        if (part.size() == 1) painter->drawEllipse(part.front(), kDot / 2, kDot / 2);
    painter->restore();
}

} // namespace postlude
