// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart does besides showing itself: being pressed, and being taken elsewhere as a picture
// or a table.
#include "ui/common/theme.h"
#include "ui/investigate/paint.h"
#include "ui/investigate/timechart.h"
#include "ui/investigate/timescale.h"

#include <QApplication>
#include <QBuffer>
#include <QContextMenuEvent>
#include <QSvgGenerator>

namespace postlude {

void TimeChart::mousePressEvent(QMouseEvent* event) {
    const QString name = nameAt(event->pos());
    if (event->button() != Qt::LeftButton) return event->ignore();
    if (name.isEmpty()) {
        if (event->pos().y() >= headHeight()) return event->ignore();
        pressed_ = event->pos(); // perhaps to be dragged
        return;
    }
    const bool alone = event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
    Q_EMIT legendPressed(name, alone);
}

void TimeChart::mouseMoveEvent(QMouseEvent* event) {
    pointer_ = event->pos();
    showReadout();
    if (!event->buttons().testFlag(Qt::LeftButton)) pressed_.reset();
    if (!pressed_) return event->ignore();
    if ((event->pos() - *pressed_).manhattanLength() < QApplication::startDragDistance()) return;
    pressed_.reset();
    Q_EMIT dragWanted();
}

void TimeChart::leaveEvent(QEvent* event) {
    pointer_.reset();
    showReadout();
    QCustomPlot::leaveEvent(event);
}

void TimeChart::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->pos().y() < headHeight() && nameAt(event->pos()).isEmpty()) Q_EMIT maximiseWanted();
}

void TimeChart::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT menuWanted(event->globalPos());
}

void TimeChart::paintPicture(QCPPainter& painter, QSize size) {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.small());
    painter.fillRect(QRect(QPoint(), size), theme.surface);
    toPainter(&painter, size.width(), size.height() - metrics.height() - 6);
    paintHead(painter, false);
    if (!session_ || session_->selection().bounds().empty()) return;
    paintScale(painter);
    const Zone& zone = session_->selection().zone();
    const TimeScale scale = TimeScale::across(size.width(), session_->selection().place().window);
    painter.setFont(theme.small());
    painter.setPen(theme.muted);
    const int apart = metrics.horizontalAdvance(QStringLiteral("00:00:00")) + 14;
    for (const TimeTick& tick : ticksOf(scale, zone, apart)) {
        const double wide = metrics.horizontalAdvance(tick.label);
        painter.drawText(
            QPointF(scale.x(tick.at) - wide / 2, size.height() - metrics.descent() - 2),
            tick.label);
    }
    const QString name = QString::fromStdString(zone.name());
    painter.drawText(QPointF(0, size.height() - metrics.descent() - 2), name);
}

QImage TimeChart::picture(double scale) {
    const QSize extent(width(), height() + QFontMetrics(Theme::current().small()).height() + 6);
    QImage image(extent * scale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    QCPPainter painter(&image);
    paintPicture(painter, extent);
    return image;
}

QByteArray TimeChart::svg() {
    const QSize extent(width(), height() + QFontMetrics(Theme::current().small()).height() + 6);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QSvgGenerator file;
        file.setOutputDevice(&buffer);
        file.setSize(extent);
        file.setViewBox(QRect(QPoint(), extent));
        file.setTitle(titleOf(kind_));
        QCPPainter painter;
        painter.begin(&file);
        painter.setMode(QCPPainter::pmVectorized);
        paintPicture(painter, extent);
    }
    return buffer.data();
}

std::string TimeChart::csv() const {
    return session_ ? seen_.csv(session_->selection().place().window) : std::string{};
}

} // namespace postlude
