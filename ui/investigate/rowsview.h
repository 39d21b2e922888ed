// SPDX-License-Identifier: GPL-3.0-or-later
// A table whose rows are all of one height, however many there are: where a row stands is computed,
// where Qt's own table keeps a size for each (and counts pixels in 32 bits).
#pragma once

#include <QTableView>

namespace postlude {

class RowsView : public QTableView {
    Q_OBJECT
public:
    explicit RowsView(QWidget* parent = nullptr);
    void setModel(QAbstractItemModel* model) override;
    void setRowHeight(int pixels);

    // In the place of those of QTableView, which would ask the heads of the rows.
    [[nodiscard]] int rowHeight(int row) const;
    [[nodiscard]] int rowAt(int y) const; ///< −1 below the last one

    [[nodiscard]] QModelIndex indexAt(const QPoint& position) const override;
    [[nodiscard]] QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    [[nodiscard]] QModelIndex moveCursor(CursorAction action,
                                         Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    [[nodiscard]] int verticalOffset() const override { return 0; }

private:
    [[nodiscard]] int rows() const;
    [[nodiscard]] int wholeRows() const; ///< that are seen whole at once, at least one
    [[nodiscard]] QRect rowRect(int row) const;
    void paintRow(QPainter& painter, int row, const QRect& seen) const;
    int height_ = 24;
};

} // namespace postlude
