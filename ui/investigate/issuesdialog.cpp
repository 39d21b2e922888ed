// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/issuesdialog.h"

#include "ui/common/layouts.h"
#include "ui/common/plaintable.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace postlude {

IssuesModel::IssuesModel(std::vector<ReadIssue> issues, QObject* parent)
    : RowModel(parent) {
    const std::size_t count = issues.size();
    setRows(count, [&] { issues_ = std::move(issues); });
}

QVariant IssuesModel::cell(int row, int column, int role) const {
    const Error& error = issues_[static_cast<std::size_t>(row)].error;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    QString text;
    switch (column) {
    case 0:
        text = shown(error.place.source);
        break;
    case 1:
        text = error.place.line ? wholeCount(error.place.line) : QString{};
        break;
    default:
        text = shown(error.what);
        if (!error.remedy.empty()) text += QStringLiteral(" — ") + shown(error.remedy);
    }
    return role == Qt::ToolTipRole ? plainTip(text) : text;
}

QString IssuesModel::title(int column) const {
    return column == 0 ? tr("Source") : column == 1 ? tr("Line") : tr("Why it was not read");
}

IssuesDialog::IssuesDialog(Session& session, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("What could not be read"));
    const int em = fontMetrics().height();
    resizeWithin(*this, {52 * em, 29 * em});
    auto* column = new QVBoxLayout(this);
    auto issues = session.caseFile().issues();
    if (!issues) session.tellFault(issues.error());
    auto* model = new IssuesModel(issues ? std::move(*issues) : std::vector<ReadIssue>{}, this);
    QTableView* table = plainTable(model, windowTitle(), this);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setColumnWidth(0, 220);
    table->setColumnWidth(1, 80);
    column->addWidget(table);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace postlude
