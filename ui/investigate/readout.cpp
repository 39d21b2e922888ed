// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/readout.h"

#include "ui/common/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>

namespace postlude {

namespace {

constexpr int kSquare = 9, kPad = 9, kGap = 14, kFromPointer = 16;
constexpr int kWidestName = 260;

} // namespace

Readout::Readout(QWidget* of)
    : QWidget(of)
    , of_(of) {
    setObjectName(QStringLiteral("chartReadout"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

Readout::Widths Readout::widths() const {
    const QFontMetrics metrics(Theme::current().small());
    Widths wide;
    for (const ReadoutRow& row : rows_) {
        wide.name = std::max(wide.name, std::min(kWidestName, metrics.horizontalAdvance(row.name)));
        wide.value = std::max(wide.value, metrics.horizontalAdvance(row.value));
        wide.count = std::max(wide.count, metrics.horizontalAdvance(row.count));
    }
    wide.row = metrics.height() + 3;
    wide.all = kSquare + 6 + wide.name + kGap + wide.value + (wide.count ? kGap + wide.count : 0);
    wide.all = std::max(wide.all, metrics.horizontalAdvance(head_)) + 2 * kPad;
    return wide;
}

void Readout::showAt(const QPoint& at, const QString& head, std::vector<ReadoutRow> rows) {
    head_ = head;
    rows_ = std::move(rows);
    // Over all panels: a low chart has not the room.
    if (parentWidget() != of_->window()) setParent(of_->window());
    const Widths wide = widths();
    const QSize size(wide.all, wide.row * (static_cast<int>(rows_.size()) + 1) + 2 * kPad - 3);
    const QRect room = parentWidget()->rect().adjusted(4, 4, -4, -4);
    const QPoint pointer = of_->mapTo(parentWidget(), at);
    QPoint corner = pointer + QPoint(kFromPointer, kFromPointer);
    if (corner.x() + size.width() > room.right())
        corner.setX(pointer.x() - kFromPointer - size.width());
    if (corner.y() + size.height() > room.bottom())
        corner.setY(pointer.y() - kFromPointer - size.height());
    setGeometry(QRect({std::max(room.left(), corner.x()), std::max(room.top(), corner.y())}, size));
    raise();
    show();
    update();
}

void Readout::showEvent(QShowEvent* event) {
    qApp->installEventFilter(this);
    QWidget::showEvent(event);
}

void Readout::hideEvent(QHideEvent* event) {
    qApp->removeEventFilter(this);
    QWidget::hideEvent(event);
}

/// Keys of shortcuts are never pressed anywhere: they are only asked for.
bool Readout::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const bool held = key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt;
        if (!held) hide();
    }
    return QWidget::eventFilter(watched, event);
}

void Readout::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.border);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setFont(theme.small());
    const QFontMetrics metrics(theme.small());
    const Widths wide = widths();
    int y = kPad;
    const auto text = [&](int x, int width, Qt::Alignment side, const QColor& colour,
                          const QString& what) {
        painter.setPen(colour);
        painter.drawText(QRect(x, y, width, wide.row), side | Qt::AlignVCenter, what);
    };
    text(kPad, width() - 2 * kPad, Qt::AlignLeft, theme.muted, head_);
    for (const ReadoutRow& row : rows_) {
        y += wide.row;
        painter.setPen(Qt::NoPen);
        painter.setBrush(row.colour);
        if (row.colour.isValid())
            painter.drawRoundedRect(QRectF(kPad, y + (wide.row - kSquare) / 2.0, kSquare, kSquare),
                                    2, 2);
        int x = kPad + kSquare + 6;
        text(x, wide.name + 2, Qt::AlignLeft, theme.text,
             metrics.elidedText(row.name, Qt::ElideLeft, wide.name));
        x += wide.name + kGap;
        text(x, wide.value + 2, Qt::AlignRight, theme.text, row.value);
        x += wide.value + kGap;
        text(x, wide.count + 2, Qt::AlignRight, theme.muted, row.count);
    }
}

} // namespace postlude
