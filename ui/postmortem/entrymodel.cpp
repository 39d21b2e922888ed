// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/entrymodel.h"

namespace postlude {

EntryModel::EntryModel(Document& document, QObject* parent)
    : QAbstractTableModel(parent)
    , document_(document) {
    connect(&document, &Document::changed, this, [this] { takeOver(); });
    connect(&document, &Document::accessChanged, this, [this] { rowsChanged(0, int(rows()) - 1); });
}

int EntryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows());
}

int EntryModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns();
}

QVariant EntryModel::data(const QModelIndex& index, int role) const {
    return checkIndex(index, CheckIndexOption::IndexIsValid)
               ? cell(index.row(), index.column(), role)
               : QVariant{};
}

bool EntryModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || document_.isReadOnly()) return false;
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !editable(index.column()))
        return false;
    return write(index.row(), index.column(), value.toString());
}

Qt::ItemFlags EntryModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    if (!document_.isReadOnly() && editable(index.column())) flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant EntryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
    return section >= 0 && section < columns() ? QVariant(title(section)) : QVariant{};
}

int EntryModel::addAfter(int row) {
    if (document_.isReadOnly() || !document_.isLoaded()) return -1;
    const std::size_t at = std::min(std::size_t(std::max(row + 1, 0)), rows());
    document_.edit("add " + noun(), [&](Postmortem& d) { insertInto(d, at); });
    return int(at);
}

void EntryModel::removeAt(std::vector<int> which) {
    std::sort(which.begin(), which.end(), std::greater<>());
    which.erase(std::unique(which.begin(), which.end()), which.end());
    document_.edit("remove " + noun(), [&](Postmortem& d) {
        for (const int row : which)
            if (row >= 0 && std::size_t(row) < rows()) removeFrom(d, std::size_t(row));
    });
}

int EntryModel::moveBy(int row, int by) {
    const int to = row + by;
    if (row < 0 || to < 0 || row >= rowCount() || to >= rowCount()) return row;
    if (document_.isReadOnly()) return row;
    document_.edit("move " + noun(),
                   [&](Postmortem& d) { swapIn(d, std::size_t(row), std::size_t(to)); });
    return to;
}

void EntryModel::rowsChanged(int first, int last) {
    if (last >= first && columns() > 0)
        Q_EMIT dataChanged(index(first, 0), index(last, columns() - 1));
}

} // namespace postlude
