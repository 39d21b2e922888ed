// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/elidedbutton.h"

#include <QStyleOptionButton>
#include <QStylePainter>

namespace postlude {

ElidedButton::ElidedButton(const QString& text, QWidget* parent)
    : QPushButton(text, parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize ElidedButton::minimumSizeHint() const {
    return {4 * fontMetrics().height(), QPushButton::minimumSizeHint().height()};
}

/// Its font may be another once it is styled.
void ElidedButton::showEvent(QShowEvent* event) {
    QPushButton::showEvent(event);
    updateGeometry();
}

void ElidedButton::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    const int around = QPushButton::sizeHint().width() - fontMetrics().horizontalAdvance(text());
    option.text = fontMetrics().elidedText(text(), Qt::ElideRight, width() - around);
    painter.drawControl(QStyle::CE_PushButton, option);
}

} // namespace postlude
