// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/textlabel.h"

#include "ui/common/layouts.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QTextLayout>

namespace postlude {

namespace {

constexpr double kSpacing = 1.12;

} // namespace

TextLabel::TextLabel(const QString& text, QWidget* parent)
    : QLabel(text, parent) {
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

int TextLabel::heightForWidth(int width) const {
    QTextLayout layout(text(), font());
    return int(layOutText(layout, std::max(width, 20), kSpacing).height() + 1);
}

QSize TextLabel::sizeHint() const {
    const bool capitals = font().capitalization() == QFont::AllUppercase;
    const int one = fontMetrics().horizontalAdvance(capitals ? text().toUpper() : text()) + 4;
    const int wide = std::min(240, one);
    return {wide, heightForWidth(wide)};
}
QSize TextLabel::minimumSizeHint() const {
    return {60, fontMetrics().height()};
}

void TextLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    QTextLayout layout(text(), font());
    layOutText(layout, width(), kSpacing);
    layout.draw(&painter, {0, 0});
}

void TextLabel::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addAction(tr("Copy"), this, [this] { QGuiApplication::clipboard()->setText(text()); });
    menu.exec(event->globalPos());
}

} // namespace postlude
