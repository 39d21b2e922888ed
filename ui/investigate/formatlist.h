// SPDX-License-Identifier: GPL-3.0-or-later
// All formats that Postlude knows, with samples: built in, the user's own, and those that the
// open case's configurations define.
#pragma once

#include "core/ingest/preview.h"
#include "ui/common/rowmodel.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QSortFilterProxyModel;
class QTableView;

namespace postlude {

class FormatsModel : public RowModel {
    Q_OBJECT
public:
    using RowModel::RowModel;
    void show(std::vector<std::shared_ptr<const Format>> formats);
    [[nodiscard]] const Format& at(int row) const {
        return *formats_[static_cast<std::size_t>(row)];
    }

protected:
    [[nodiscard]] int columns() const override { return 3; }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;
    [[nodiscard]] QString title(int column) const override;

private:
    std::vector<std::shared_ptr<const Format>> formats_;
};

class FormatList : public QDialog {
    Q_OBJECT
public:
    /// `file`: the open case or null; it is only read while the formats are gathered, and must
    /// outlive that (the dialog waits for it when it is closed).
    FormatList(ImportOptions options, const Case* file, QWidget* parent);
    ~FormatList() override;

private:
    struct Gathered {
        Result<Catalogue> catalogue;
        std::vector<Error> refused;
    };
    void take(Gathered gathered);
    void showFormat();

    FormatsModel* model_;
    QSortFilterProxyModel* filtered_;
    QTableView* table_;
    QPlainTextEdit* details_;
    QLabel* counts_;
    std::function<void()> wait_;
};

} // namespace postlude
