// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/flowlayout.h"

#include <QLabel>
#include <algorithm>

namespace postlude {

namespace {

/// A label that may break would take some golden width by itself; it breaks only if it must.
QSize wished(const QLayoutItem& item) {
    QSize size = item.sizeHint();
    const auto* label = qobject_cast<const QLabel*>(const_cast<QLayoutItem&>(item).widget());
    if (label && label->wordWrap())
        size.setWidth(label->fontMetrics().horizontalAdvance(label->text()) +
                      label->fontMetrics().averageCharWidth());
    return size;
}

} // namespace

FlowLayout::FlowLayout(QWidget* parent)
    : QLayout(parent) {
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem* item) {
    items_.emplace_back(item);
}

int FlowLayout::count() const {
    return int(items_.size());
}

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? items_[std::size_t(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    if (index < 0 || index >= count()) return nullptr;
    QLayoutItem* item = items_[std::size_t(index)].release();
    items_.erase(items_.begin() + index);
    return item;
}

int FlowLayout::heightForWidth(int width) const {
    return arrange({0, 0, width, 0}, false);
}

/// All in one row, if there is room.
QSize FlowLayout::sizeHint() const {
    QSize whole;
    for (const auto& item : items_) {
        if (item->isEmpty()) continue;
        const QSize size = wished(*item);
        whole = {whole.width() + size.width() + spacing(), std::max(whole.height(), size.height())};
    }
    return whole;
}

QSize FlowLayout::minimumSize() const {
    QSize least;
    for (const auto& item : items_)
        if (!item->isEmpty()) least = least.expandedTo(item->minimumSize());
    return least;
}

/// In the middle of a room that is a little higher, such as that of a field beside it.
void FlowLayout::setGeometry(const QRect& room) {
    QLayout::setGeometry(room);
    const int needed = arrange(room, false);
    const int spare = room.height() - needed;
    arrange(spare > 0 && spare < 2 * needed ? room.translated(0, spare / 2) : room, true);
}

/// Gives the height that is needed.
int FlowLayout::arrange(const QRect& room, bool move) const {
    int x = room.x(), y = room.y(), row = 0;
    std::vector<std::pair<QLayoutItem*, QRect>> inRow;
    const auto endRow = [&] {
        for (const auto& [item, place] : inRow)
            if (move) item->setGeometry(place.translated(0, (row - place.height()) / 2));
        inRow.clear();
    };
    for (const auto& item : items_) {
        if (item->isEmpty()) continue;
        QSize size = wished(*item);
        if (x > room.x() && x + size.width() > room.x() + room.width()) {
            endRow();
            x = room.x();
            y += row + spacing() / 2;
            row = 0;
        }
        size.setWidth(std::min(size.width(), std::max(room.width(), 1)));
        if (item->hasHeightForWidth()) size.setHeight(item->heightForWidth(size.width()));
        inRow.emplace_back(&*item, QRect(QPoint(x, y), size));
        x += size.width() + spacing();
        row = std::max(row, size.height());
    }
    endRow();
    return y + row - room.y();
}

} // namespace postlude
