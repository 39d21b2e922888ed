// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/dropsides.h"

#include "ui/common/theme.h"

#include <QPainter>

namespace postlude {

DropSides::DropSides(QWidget* parent)
    : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Left: speaks for it. Right: speaks against it"));
}

void DropSides::setAgainst(bool against) {
    if (against == against_) return;
    against_ = against;
    update();
}

void DropSides::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setFont(theme.small());
    const QRect left(0, 0, width() / 2, height());
    const QRect right(width() / 2, 0, width() - width() / 2, height());
    const auto side = [&](const QRect& place, const QString& text, bool chosen) {
        painter.fillRect(place, chosen ? theme.accent : theme.raised);
        painter.setPen(chosen ? theme.accentText : theme.text);
        painter.drawText(place, Qt::AlignCenter | Qt::TextWordWrap, text);
    };
    side(left, tr("speaks for it"), !against_);
    side(right, tr("speaks against it"), against_);
    painter.setPen(theme.border);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace postlude
