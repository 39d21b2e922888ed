// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/elidedbutton.h"

#include <QStyleOptionButton>
#include <QStylePainter>

namespace postlude {

QSize ElidedButton::minimumSizeHint() const {
    return {4 * fontMetrics().height(), QPushButton::minimumSizeHint().height()};
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
