// SPDX-License-Identifier: GPL-3.0-or-later
// What could not be read, line by line, with the reason.
#pragma once

#include "ui/common/rowmodel.h"
#include "ui/common/session.h"

#include <QDialog>

namespace postlude {

class IssuesModel : public RowModel {
    Q_OBJECT
public:
    explicit IssuesModel(std::vector<ReadIssue> issues, QObject* parent = nullptr);

protected:
    [[nodiscard]] int columns() const override { return 3; }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;
    [[nodiscard]] QString title(int column) const override;

private:
    std::vector<ReadIssue> issues_;
};

class IssuesDialog : public QDialog {
    Q_OBJECT
public:
    IssuesDialog(Session& session, QWidget* parent);
};

} // namespace postlude
