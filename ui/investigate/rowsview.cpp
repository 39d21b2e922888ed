// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/rowsview.h"

#include <QHeaderView>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>

namespace postlude {

RowsView::RowsView(QWidget* parent)
    : QTableView(parent) {
    verticalHeader()->hide();
    setVerticalScrollMode(ScrollPerItem);
}

/// The heads of the rows have no model: they would keep a size for each row.
void RowsView::setModel(QAbstractItemModel* next) {
    QTableView::setModel(next);
    verticalHeader()->setModel(nullptr);
    const auto layOut = [this] {
        updateGeometries(); // at once: where a row is may be asked before anything is painted
        viewport()->update();
    };
    connect(next, &QAbstractItemModel::rowsInserted, this, layOut);
    connect(next, &QAbstractItemModel::rowsRemoved, this, layOut);
    connect(next, &QAbstractItemModel::modelReset, this, layOut);
}

void RowsView::setRowHeight(int pixels) {
    if (pixels == height_) return;
    height_ = pixels;
    updateGeometries();
    viewport()->update();
}

int RowsView::rows() const {
    return model() ? model()->rowCount(rootIndex()) : 0;
}

int RowsView::wholeRows() const {
    return std::max(1, viewport()->height() / height_);
}

int RowsView::rowHeight(int row) const {
    return row >= 0 && row < rows() ? height_ : 0;
}

int RowsView::rowAt(int y) const {
    if (y < 0) return -1;
    const std::int64_t row = std::int64_t{verticalScrollBar()->value()} + y / height_;
    return row < rows() ? int(row) : -1;
}

/// Far from what is seen only that it is far matters.
QRect RowsView::rowRect(int row) const {
    constexpr std::int64_t kFar = 10'000'000;
    const std::int64_t top = (std::int64_t{row} - verticalScrollBar()->value()) * height_;
    return {0, int(std::clamp(top, -kFar, kFar)), viewport()->width(), height_};
}

QModelIndex RowsView::indexAt(const QPoint& position) const {
    const int row = rowAt(position.y()), column = columnAt(position.x());
    return row < 0 || column < 0 ? QModelIndex() : model()->index(row, column, rootIndex());
}

QRect RowsView::visualRect(const QModelIndex& index) const {
    if (!index.isValid() || isColumnHidden(index.column())) return {};
    const QRect row = rowRect(index.row());
    return {columnViewportPosition(index.column()), row.top(), columnWidth(index.column()),
            row.height()};
}

void RowsView::scrollTo(const QModelIndex& index, ScrollHint hint) {
    if (!index.isValid()) return;
    const int row = index.row(), whole = wholeRows(), first = verticalScrollBar()->value();
    const bool above = row < first, below = row >= first + whole;
    if (hint == PositionAtTop || (hint == EnsureVisible && above))
        verticalScrollBar()->setValue(row);
    else if (hint == PositionAtBottom || (hint == EnsureVisible && below))
        verticalScrollBar()->setValue(row - whole + 1);
    else if (hint == PositionAtCenter)
        verticalScrollBar()->setValue(row - (whole - 1) / 2);
    update(index);
}

/// Qt's own would take the bar for that of a table without rows: it is set anew, and nobody hears
/// of it in between.
void RowsView::updateGeometries() {
    QScrollBar* bar = verticalScrollBar();
    const int before = bar->value();
    {
        const QSignalBlocker quiet(bar);
        QTableView::updateGeometries();
        bar->setRange(0, std::max(0, rows() - wholeRows()));
        bar->setPageStep(wholeRows());
        bar->setValue(before);
    }
    if (bar->value() != before) viewport()->update();
}

void RowsView::scrollContentsBy(int dx, int dy) {
    QTableView::scrollContentsBy(dx, 0);
    const std::int64_t pixels = std::int64_t{dy} * height_;
    if (dy == 0) return;
    if (std::abs(pixels) < viewport()->height())
        viewport()->scroll(0, int(pixels));
    else
        viewport()->update();
}

QModelIndex RowsView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) {
    if (rows() == 0) return {};
    const QModelIndex now = currentIndex();
    const int last = rows() - 1, column = now.isValid() ? now.column() : columnAt(0);
    const auto to = [&](std::int64_t row) {
        return model()->index(int(std::clamp<std::int64_t>(row, 0, last)), std::max(0, column),
                              rootIndex());
    };
    if (!now.isValid()) return to(verticalScrollBar()->value());
    const std::int64_t row = now.row();
    const bool ends = modifiers.testFlag(Qt::ControlModifier);
    switch (action) {
    case MoveUp:
    case MovePrevious:
        return to(ends ? 0 : row - 1);
    case MoveDown:
    case MoveNext:
        return to(ends ? last : row + 1);
    case MovePageUp:
        return to(row - wholeRows());
    case MovePageDown:
        return to(row + wholeRows());
    case MoveHome:
        return to(ends ? 0 : row);
    case MoveEnd:
        return to(ends ? last : row);
    default:
        return now;
    }
}

QRegion RowsView::visualRegionForSelection(const QItemSelection& selection) const {
    QRegion region;
    const int first = verticalScrollBar()->value();
    const int last = std::min(rows() - 1, first + wholeRows() + 1);
    for (const QItemSelectionRange& range : selection)
        for (int row = std::max(first, range.top()); row <= std::min(last, range.bottom()); ++row)
            region += rowRect(row);
    return region;
}

void RowsView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    const QRect seen = event->rect();
    const int first = rowAt(std::max(0, seen.top())), last = rowAt(seen.bottom());
    if (first < 0) return;
    for (int row = first; row <= (last < 0 ? rows() - 1 : last); ++row)
        paintRow(painter, row, seen);
}

void RowsView::paintRow(QPainter& painter, int row, const QRect& seen) const {
    QStyleOptionViewItem usual;
    initViewItemOption(&usual);
    const QModelIndex current = currentIndex();
    const bool active = isActiveWindow() && hasFocus();
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        if (isColumnHidden(column)) continue;
        const QModelIndex index = model()->index(row, column, rootIndex());
        QStyleOptionViewItem option = usual;
        option.rect = visualRect(index);
        if (!option.rect.intersects(seen)) continue;
        if (selectionModel()->isSelected(index)) option.state |= QStyle::State_Selected;
        if (active && index == current) option.state |= QStyle::State_HasFocus;
        itemDelegateForIndex(index)->paint(&painter, option, index);
    }
}

} // namespace postlude
