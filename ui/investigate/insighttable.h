// SPDX-License-Identifier: GPL-3.0-or-later
// A table of things found in a window: texts, and shares drawn as bars. Each row is a filter.
#pragma once

#include "ui/common/rowmodel.h"

#include <QStyledItemDelegate>
#include <QTableView>
#include <optional>
#include <vector>

namespace postlude {

struct InsightCell {
    QString text;
    std::optional<double> bar = {}; ///< 0…1, drawn behind the text
    bool number = false;
    const char* tone = ""; ///< "bad", "warning", "muted", or none
};

struct InsightRow {
    std::vector<InsightCell> cells;
    QString filter; ///< shows the lines; may be empty
    QString tip;
};

class InsightModel : public RowModel {
    Q_OBJECT
public:
    explicit InsightModel(QStringList titles, QObject* parent = nullptr);
    void show(std::vector<InsightRow> rows);
    void setTitles(const QStringList& titles); ///< as many as there were
    [[nodiscard]] const InsightRow& at(int row) const {
        return rows_[static_cast<std::size_t>(row)];
    }

protected:
    [[nodiscard]] int columns() const override { return static_cast<int>(titles_.size()); }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;
    [[nodiscard]] QString title(int column) const override { return titles_[column]; }
    [[nodiscard]] bool isNumeric(int column) const override;

private:
    QStringList titles_;
    std::vector<InsightRow> rows_;
};

/// Enter, a click or the menu of a row gives its filter.
class InsightTable : public QTableView {
    Q_OBJECT
public:
    InsightTable(const QString& name, const QStringList& titles, QWidget* parent);
    void show(std::vector<InsightRow> rows);
    [[nodiscard]] InsightModel& rows() const { return *model_; }

Q_SIGNALS:
    /// Only the lines with it, or only those without.
    void filterWanted(const QString& filter, bool only);
    void chosen(int row);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    InsightModel* model_;
};

} // namespace postlude
