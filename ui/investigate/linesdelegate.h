// SPDX-License-Identifier: GPL-3.0-or-later
// Paints one cell of the lines: plain text, a square of the server's colour, a thin line below.
#pragma once

#include <QStyledItemDelegate>

namespace postlude {

class LinesDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

} // namespace postlude
