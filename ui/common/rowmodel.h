// SPDX-License-Identifier: GPL-3.0-or-later
// Tables without bookkeeping: a concrete model says how many columns there are and what a cell
// holds; signals, bounds and indexes are settled here once.
#pragma once

#include <QAbstractTableModel>

namespace postlude {

/// Roles beyond Qt's own, the same in all our models.
enum RowRole : int {
    ColourRole = Qt::UserRole, ///< QColor of the square before the text; invalid: none
    NoteRole,                  ///< QString, muted, behind the text
    InstantRole,               ///< qint64, ns since the epoch
    ToneRole,                  ///< QColor of the text; invalid: the theme's
    MarkRole,                  ///< QColor of the bookmark that is here; invalid: none
};

/// A table whose number of rows only changes through setRows() and changed().
class RowModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final {
        return parent.isValid() ? 0 : rows_;
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const final {
        return parent.isValid() ? 0 : columns();
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const final {
        const bool ours = checkIndex(index, CheckIndexOption::IndexIsValid);
        return ours ? cell(index.row(), index.column(), role) : QVariant{};
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const final {
        if (orientation != Qt::Horizontal || section < 0 || section >= columns()) return {};
        if (role == Qt::DisplayRole) return title(section);
        if (role == Qt::TextAlignmentRole && isNumeric(section))
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    }

protected:
    [[nodiscard]] virtual int columns() const = 0;
    [[nodiscard]] virtual QVariant cell(int row, int column, int role) const = 0;
    [[nodiscard]] virtual QString title(int /*column*/) const { return {}; }
    /// Numbers stand at the right, and so does what is above them.
    [[nodiscard]] virtual bool isNumeric(int /*column*/) const { return false; }

    /// Exchanges what is behind the model: `swap` puts the new content in place.
    template <class Swap>
    void setRows(std::size_t rows, Swap swap) {
        beginResetModel();
        swap();
        rows_ = static_cast<int>(std::min<std::size_t>(rows, std::numeric_limits<int>::max()));
        endResetModel();
    }
    /// The content of every cell may be another; rows and columns stay.
    void changed() {
        if (rows_ > 0 && columns() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rows_ - 1, columns() - 1));
    }

private:
    int rows_ = 0;
};

} // namespace postlude
