// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/elidedbutton.h"

#include <QStyleOptionButton>
#include <QStylePainter>

namespace postlude {

ElidedButton::ElidedButton(const QStringList& texts, QWidget* parent)
    : QPushButton(texts.value(0), parent)
    , texts_(texts) {
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
    option.text = fitting(width() - around);
    painter.drawControl(QStyle::CE_PushButton, option);
}

QString ElidedButton::fitting(int room) const {
    for (const QString& text : texts_)
        if (fontMetrics().horizontalAdvance(text) <= room) return text;
    return fontMetrics().elidedText(texts_.value(texts_.size() - 1), Qt::ElideRight, room);
}

} // namespace postlude
