// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/layouts.h"

#include <QLayout>
#include <QTextLayout>
#include <QWidget>

namespace postlude {

void emptyLayout(QLayout& layout) {
    while (QLayoutItem* item = layout.takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

QSizeF layOutText(QTextLayout& layout, double width, double spacing) {
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    double height = 0, widest = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height() * spacing;
        widest = std::max(widest, line.naturalTextWidth());
    }
    layout.endLayout();
    return {widest, height};
}

void resizeWithin(QWidget& window, const QSize& wanted) {
    const QWidget* parent = window.parentWidget();
    // Less by its title, above, and as much below: it is centred.
    const QSize title(0, 3 * window.fontMetrics().height());
    window.resize(parent ? wanted.boundedTo(parent->window()->size() - title) : wanted);
}

} // namespace postlude
