// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that show a list of the document. The bookkeeping is settled here once: a concrete model
// only says what a cell reads and what a written cell does.
#pragma once

#include "ui/postmortem/document.h"

#include <QAbstractTableModel>
#include <algorithm>

namespace postlude {

/// How the delegate paints a cell (CellRole).
enum class CellStyle : int { Plain, Mono, Chip, Link, Muted, Bad };
enum EntryRole : int {
    CellRole = Qt::UserRole, ///< int of CellStyle
    ChoicesRole,             ///< QStringList: what a cell may be; edited with a combo box
    OnlyChoicesRole,         ///< bool: nothing else may be typed
    WholeEditRole,           ///< bool: written when the editor closes, not with each letter
    SpelledRole,             ///< bool: prose, whose words are looked up
};

class EntryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit EntryModel(Document& document, QObject* parent);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const final;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const final;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) final;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const final;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const final;

    /// Adds an empty one below `row` (-1: first); gives its row, -1 if the document is read-only.
    int addAfter(int row);
    void removeAt(std::vector<int> rows);
    /// Moves one up or down; gives its new row.
    int moveBy(int row, int by);

protected:
    [[nodiscard]] virtual int columns() const = 0;
    [[nodiscard]] virtual QString title(int column) const = 0;
    [[nodiscard]] virtual std::size_t rows() const = 0;
    [[nodiscard]] virtual QVariant cell(int row, int column, int role) const = 0;
    virtual bool write(int row, int column, const QString& text) = 0;
    [[nodiscard]] virtual bool editable(int column) const = 0;
    virtual void insertInto(Postmortem& document, std::size_t at) const = 0;
    virtual void removeFrom(Postmortem& document, std::size_t at) const = 0;
    virtual void swapIn(Postmortem& document, std::size_t a, std::size_t b) const = 0;
    [[nodiscard]] virtual std::string noun() const = 0; ///< "entry", "task"
    /// Compares the shown rows with the document's and takes these over with the right signals.
    virtual void takeOver() = 0;

    /// For takeOver(): exchanges `shown` for `next`, telling views only what differs.
    template <class Row>
    void exchange(std::vector<Row>& shown, const std::vector<Row>& next);
    void rowsChanged(int first, int last);
    Document& document_;
};

template <class Row>
void EntryModel::exchange(std::vector<Row>& shown, const std::vector<Row>& next) {
    const std::size_t shorter = std::min(shown.size(), next.size());
    std::size_t head = 0, tail = 0;
    while (head < shorter && shown[head] == next[head])
        ++head;
    while (tail < shorter - head && shown[shown.size() - 1 - tail] == next[next.size() - 1 - tail])
        ++tail;
    const std::size_t oldMiddle = shown.size() - head - tail;
    const std::size_t newMiddle = next.size() - head - tail;
    const std::size_t same = std::min(oldMiddle, newMiddle);
    const auto at = [&](std::size_t i) { return static_cast<std::ptrdiff_t>(i); };
    const std::size_t cut = head + same;
    if (oldMiddle > newMiddle) {
        beginRemoveRows({}, int(cut), int(head + oldMiddle) - 1);
        shown.erase(shown.begin() + at(cut), shown.begin() + at(head + oldMiddle));
        endRemoveRows();
    } else if (newMiddle > oldMiddle) {
        beginInsertRows({}, int(cut), int(head + newMiddle) - 1);
        shown.insert(shown.begin() + at(cut), next.begin() + at(cut),
                     next.begin() + at(head + newMiddle));
        endInsertRows();
    }
    std::copy_n(next.begin() + at(head), same, shown.begin() + at(head));
    if (same > 0) rowsChanged(int(head), int(cut) - 1);
}

} // namespace postlude
