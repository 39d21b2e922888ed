// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/paint.h"

#include "ui/common/theme.h"
#include "ui/investigate/navigator.h"

#include <QPainterPath>
#include <QPixmapCache>
#include <cmath>

namespace postlude {

Window incidentWindow(const Incident& incident, Window whole) {
    const Instant end = incident.resolved.value_or(incident.mitigated.value_or(whole.to));
    return {incident.impactStart, std::max(end, incident.impactStart)};
}

void paintIncidents(QPainter& painter, const QRectF& area, const TimeScale& scale,
                    const Analysis* analysis) {
    if (!analysis) return;
    for (const Incident& incident : analysis->incidents) {
        const Window window = incidentWindow(incident, analysis->span);
        const double from = std::max(area.left(), scale.x(window.from));
        const double to = std::min(area.right(), scale.x(window.to));
        if (to > from)
            painter.fillRect(QRectF(from, area.top(), to - from, area.height()),
                             Theme::current().badFill);
    }
}

void paintDiamond(QPainter& painter, QPointF centre, double radius, const QColor& colour) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current().surface, 1));
    painter.setBrush(colour);
    const QPointF points[] = {{centre.x(), centre.y() - radius},
                              {centre.x() + radius * 0.86, centre.y()},
                              {centre.x(), centre.y() + radius},
                              {centre.x() - radius * 0.86, centre.y()}};
    painter.drawConvexPolygon(points, 4);
    painter.restore();
}

namespace {

constexpr int kRim = 3; ///< around a haloed text, on each side

QPixmap haloed(const QFont& font, const QString& text, const QColor& colour, const QColor& rim,
               double ratio) {
    const QFontMetrics metrics(font);
    const QSize size(metrics.horizontalAdvance(text) + 2 * kRim, metrics.height() + 2 * kRim);
    QPixmap picture(size * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setFont(font);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF baseline(kRim, kRim + metrics.ascent());
    QPainterPath path;
    path.addText(baseline, font, text);
    painter.strokePath(path, QPen(rim, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setPen(colour);
    painter.drawText(baseline, text);
    return picture;
}

} // namespace

/// The rim takes as long as all else that moves in a pan: it is drawn once for each text.
void paintHaloed(QPainter& painter, QPointF baseline, const QString& text, const QColor& colour,
                 const QColor& rim) {
    const double ratio = painter.device()->devicePixelRatioF();
    const QString key = QStringLiteral("haloed %1 %2 %3 %4 %5")
                            .arg(painter.font().key(), colour.name(), rim.name())
                            .arg(ratio)
                            .arg(text);
    QPixmap picture;
    if (!QPixmapCache::find(key, &picture)) {
        picture = haloed(painter.font(), text, colour, rim, ratio);
        QPixmapCache::insert(key, picture);
    }
    const int ascent = QFontMetrics(painter.font()).ascent();
    painter.drawPixmap(QPointF(baseline.x() - kRim, baseline.y() - ascent - kRim), picture);
}

void paintCursor(QPainter& painter, const QRectF& area, const TimeScale& scale, Instant moment,
                 const TimeNavigator& navigator) {
    const Theme& theme = Theme::current();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (const auto band = navigator.band()) {
        QColor fill = theme.accent;
        fill.setAlphaF(0.18F);
        const double from = std::max(area.left(), scale.x(band->from));
        const double to = std::min(area.right(), scale.x(band->to));
        painter.fillRect(QRectF(from, area.top(), to - from, area.height()), fill);
    }
    const auto line = [&](Instant at, const QPen& pen) {
        const double x = std::round(scale.x(at));
        if (x < area.left() || x > area.right()) return;
        painter.setPen(pen);
        painter.drawLine(QLineF(x, area.top(), x, area.bottom() - 1));
    };
    if (const auto hovered = navigator.hovered()) line(*hovered, QPen(theme.muted, 1, Qt::DotLine));
    line(moment, QPen(theme.cursor, 1));
    painter.restore();
}

QColor overSurface(const QColor& colour, double alpha) {
    const QColor& under = Theme::current().surface;
    const auto mix = [alpha](int a, int b) {
        return static_cast<int>(std::lround(a * alpha + b * (1 - alpha)));
    };
    return {mix(colour.red(), under.red()), mix(colour.green(), under.green()),
            mix(colour.blue(), under.blue())};
}

} // namespace postlude
