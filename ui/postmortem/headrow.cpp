// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/headrow.h"

#include <QEvent>
#include <QLabel>
#include <QLayout>
#include <algorithm>

namespace postlude {

HeadRow::HeadRow(QWidget* parent)
    : QWidget(parent) {}

void HeadRow::setSpare(const std::vector<QLabel*>& labels) {
    spare_ = labels;
    for (QLabel* label : spare_)
        label->setMinimumWidth(1); // the row itself may be narrower than they want
    settle();
}

bool HeadRow::event(QEvent* event) {
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) settle();
    return done;
}

void HeadRow::settle() {
    if (!layout()) return;
    const QMargins around = layout()->contentsMargins();
    int needed = around.left() + around.right();
    for (int i = 0; i < layout()->count(); ++i) {
        const QWidget* widget = layout()->itemAt(i)->widget();
        if (!widget) continue;
        const bool spare = std::ranges::find(spare_, widget) != spare_.end();
        if (spare || !widget->isHidden())
            needed += widget->sizeHint().width() + std::max(layout()->spacing(), 0);
    }
    for (QLabel* label : spare_) {
        const bool room = needed <= width();
        if (!room) needed -= label->sizeHint().width() + std::max(layout()->spacing(), 0);
        if (label->isHidden() == room) label->setVisible(room);
    }
}

} // namespace postlude
