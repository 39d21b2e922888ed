// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/marksbar.h"

#include <QPainter>

namespace postlude {

MarksBar::MarksBar(QWidget* parent)
    : QScrollBar(Qt::Vertical, parent) {
    setAccessibleName(tr("Place among the lines, with bookmarks and matches"));
}

void MarksBar::setMarks(std::vector<Mark> marks) {
    marks_ = std::move(marks);
    update();
}

void MarksBar::paintEvent(QPaintEvent* event) {
    QScrollBar::paintEvent(event);
    QPainter painter(this);
    for (const Mark& mark : marks_) {
        const int y = static_cast<int>(mark.place * (height() - 3));
        painter.fillRect(mark.wide ? QRect(1, y, width() - 2, 2)
                                   : QRect(width() / 2, y, width() / 2, 2),
                         mark.colour);
    }
}

} // namespace postlude
