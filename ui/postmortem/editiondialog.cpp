// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/editiondialog.h"

#include "ui/common/layouts.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace postlude {

namespace {

QString kindText(SensitiveKind kind) {
    switch (kind) {
    case SensitiveKind::Secret:
        return EditionDialog::tr("secret");
    case SensitiveKind::Mail:
        return EditionDialog::tr("e-mail address");
    case SensitiveKind::Address:
        return EditionDialog::tr("network address");
    case SensitiveKind::Person:
        return EditionDialog::tr("person");
    case SensitiveKind::Host:
        return EditionDialog::tr("host");
    case SensitiveKind::Path:
        return EditionDialog::tr("path");
    case SensitiveKind::Service:
        return EditionDialog::tr("service");
    }
    return {};
}

} // namespace

EditionDialog::EditionDialog(const std::vector<Replacement>& replaced, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Edition for others"));
    const int em = fontMetrics().height();
    resizeWithin(*this, {em * 44, em * 28});
    auto* column = new QVBoxLayout(this);
    auto* lead = new QLabel(
        replaced.empty()
            ? tr("Nothing was found that would have to be replaced.")
            : tr("In this edition the same thing has the same placeholder everywhere, also in the "
                 "charts. The document itself stays as it is."),
        this);
    lead->setWordWrap(true);
    auto* table = new QTableWidget(int(replaced.size()), 4, this);
    table->setObjectName(QStringLiteral("replacements"));
    table->setAccessibleName(tr("What is replaced"));
    table->setHorizontalHeaderLabels({tr("Found"), tr("Kind"), tr("Becomes"), tr("Times")});
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int row = 0; row < int(replaced.size()); ++row) {
        const Replacement& r = replaced[std::size_t(row)];
        const QStringList cells{shownWhole(r.found), kindText(r.kind), shownWhole(r.with),
                                QString::number(r.times)};
        for (int c = 0; c < int(cells.size()); ++c)
            table->setItem(row, c, new QTableWidgetItem(cells.at(c)));
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto* write = buttons->addButton(tr("Write the edition…"), QDialogButtonBox::AcceptRole);
    write->setObjectName(QStringLiteral("writeEdition"));
    setRole(write, "primary");
    column->addWidget(lead);
    column->addWidget(table, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace postlude
