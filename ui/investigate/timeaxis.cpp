// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/timeaxis.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/navigator.h"

#include <QPainter>

namespace postlude {

TimeAxis::TimeAxis(TimeNavigator& navigator, QWidget* parent)
    : QWidget(parent)
    , navigator_(navigator) {
    setObjectName(QStringLiteral("timeAxis"));
    setAccessibleName(tr("Time axis"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    navigator_.watch(this);
    connect(&navigator_, &TimeNavigator::hoverChanged, this, qOverload<>(&QWidget::update));
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void TimeAxis::setSession(Session* session) {
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    if (session_) {
        const auto redraw = qOverload<>(&QWidget::update);
        connect(&session_->selection(), &Selection::windowChanged, this, redraw);
        connect(&session_->selection(), &Selection::displayChanged, this, redraw);
    }
    update();
}

QSize TimeAxis::sizeHint() const {
    return {400, 2 * QFontMetrics(Theme::current().small()).height() + 6};
}

void TimeAxis::paintEvent(QPaintEvent*) {
    if (!session_ || session_->selection().bounds().empty()) return;
    QPainter painter(this);
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.small());
    const Zone& zone = session_->selection().zone();
    const TimeScale scale = TimeScale::across(width(), session_->selection().place().window);
    const int row = metrics.height();
    painter.setFont(theme.small());
    painter.setPen(theme.muted);
    const auto centred = [&](double x, int top, const QString& text) {
        const double wide = metrics.horizontalAdvance(text);
        const double left = std::clamp(x - wide / 2, 0.0, std::max(0.0, width() - wide));
        painter.drawText(QPointF(left, top + metrics.ascent()), text);
        return left + wide;
    };
    const QString name = QString::fromStdString(zone.name());
    const double zoneLeft = scale.right - metrics.horizontalAdvance(name);
    double dateEnd = -100;
    const int apart = metrics.horizontalAdvance(QStringLiteral("00:00:00")) + 14;
    for (const TimeTick& tick : ticksOf(scale, zone, apart)) {
        const double x = scale.x(tick.at);
        centred(x, 3, tick.label);
        const double half = metrics.horizontalAdvance(tick.date) / 2.0;
        if (!tick.date.isEmpty() && x - half > dateEnd + 8 && x + half < zoneLeft - 8)
            dateEnd = centred(x, 3 + row, tick.date);
    }
    painter.drawText(QPointF(zoneLeft, 3 + row + metrics.ascent()), name);
    paintTag(painter);
}

/// The mouse's moment, as a tag over the labels.
void TimeAxis::paintTag(QPainter& painter) const {
    const auto hovered = navigator_.hovered();
    if (!hovered) return;
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.small());
    const TimeScale scale = TimeScale::across(width(), session_->selection().place().window);
    const QString text = timeOfDay(session_->selection().zone(), *hovered);
    const double wide = metrics.horizontalAdvance(text) + 12;
    const double left =
        std::clamp(scale.x(*hovered) - wide / 2, 0.0, std::max(0.0, width() - wide));
    const QRectF place(left, 1, wide, metrics.height() + 4);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.chip);
    painter.drawRoundedRect(place, 4, 4);
    painter.setPen(theme.chipText);
    painter.drawText(place, Qt::AlignCenter, text);
}

} // namespace postlude
