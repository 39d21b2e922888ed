// SPDX-License-Identifier: GPL-3.0-or-later
// What several widgets of the time axis paint alike.
#pragma once

#include "core/analysis/analysis.h"
#include "ui/investigate/timescale.h"

#include <QPainter>

namespace postlude {

class TimeNavigator;

/// From impact start to resolution (or mitigation, or the end of the data).
Window incidentWindow(const Incident& incident, Window whole);

/// The bands of all incidents; `analysis` may be null.
void paintIncidents(QPainter& painter, const QRectF& area, const TimeScale& scale,
                    const Analysis* analysis);
void paintDiamond(QPainter& painter, QPointF centre, double radius, const QColor& colour);
/// Text with a rim in `rim`, readable over anything.
void paintHaloed(QPainter& painter, QPointF baseline, const QString& text, const QColor& colour,
                 const QColor& rim);
/// The cursor, the mouse's moment and what a drag under way would select.
void paintCursor(QPainter& painter, const QRectF& area, const TimeScale& scale, Instant moment,
                 const TimeNavigator& navigator);
/// `colour` as it looks laid over the theme's surface.
QColor overSurface(const QColor& colour, double alpha);

} // namespace postlude
