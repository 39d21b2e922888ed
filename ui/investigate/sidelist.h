// SPDX-License-Identifier: GPL-3.0-or-later
// The lists of the left panel: a coloured square, a text, a muted note, a number at the right.
#pragma once

#include "ui/common/rowmodel.h"

#include <QColor>
#include <QListView>
#include <QStyledItemDelegate>

namespace postlude {

struct SideRow {
    QColor colour;                  ///< invalid: no square
    QString text, note, right, tip; ///< all plain
    QColor tone;                    ///< of the text; invalid: the theme's
    QString shortRight = {};        ///< instead of `right` where the text has no room beside it
    Qt::TextElideMode elide = Qt::ElideMiddle; ///< where there is no room: what differs stays
    bool operator==(const SideRow&) const = default;
};

class SideModel : public RowModel {
    Q_OBJECT
public:
    using RowModel::RowModel;
    void show(std::vector<SideRow> rows);
    [[nodiscard]] const std::vector<SideRow>& shownRows() const { return rows_; }

protected:
    [[nodiscard]] int columns() const override { return 1; }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    std::vector<SideRow> rows_;
};

/// What is drawn at the right of a row that is `width` wide.
QString rightOf(const SideRow& row, const QFontMetrics& metrics, int width);
/// What is drawn beside the text: a name that can be told from others is worth more than the exact
/// note and the number, which the tool tip has.
struct SideFit {
    QString note, right;
    bool operator==(const SideFit&) const = default;
};
SideFit fitOf(const SideRow& row, const QFontMetrics& metrics, int width);

class SideDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

/// As high as its rows; the panel around it scrolls.
class SideList : public QListView {
    Q_OBJECT
public:
    explicit SideList(const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] SideModel* rows() const { return model_; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

private:
    SideModel* model_;
};

} // namespace postlude
