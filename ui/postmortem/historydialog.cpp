// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/historydialog.h"

#include "core/base/text.h"
#include "core/base/zone.h"
#include "core/export/export.h"
#include "ui/common/theme.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace postlude {

HistoryDialog::HistoryDialog(std::vector<Revision> revisions, bool mayRestore, QWidget* parent)
    : QDialog(parent)
    , revisions_(std::move(revisions))
    , list_(new QListWidget(this))
    , text_(new QPlainTextEdit(this)) {
    setWindowTitle(tr("History of the postmortem"));
    resize(parent ? parent->size() * 0.7 : QSize(900, 600));
    std::ranges::sort(revisions_, std::greater<>(), &Revision::number);
    auto* column = new QVBoxLayout(this);
    auto* row = new QHBoxLayout;
    column->addLayout(row, 1);
    row->addWidget(list_, 2);
    row->addWidget(text_, 3);
    text_->setReadOnly(true);
    text_->setFont(Theme::current().mono());
    text_->setAccessibleName(tr("Text of the revision"));
    list_->setObjectName(QStringLiteral("revisions"));
    list_->setAccessibleName(tr("Revisions"));
    for (const Revision& revision : revisions_)
        list_->addItem(tr("%1 · %2 · %3")
                           .arg(revision.number)
                           .arg(QString::fromStdString(Zone::local().format(revision.saved, 0)),
                                QString::fromStdString(visible(revision.why))));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* restore = buttons->addButton(tr("Restore this revision"), QDialogButtonBox::ActionRole);
    auto* redraft =
        buttons->addButton(tr("Draft anew from the logs"), QDialogButtonBox::ActionRole);
    redraft->setToolTip(tr("As a new revision: what is written now stays in the history"));
    restore->setEnabled(mayRestore && !revisions_.empty());
    redraft->setEnabled(mayRestore);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(list_, &QListWidget::currentRowChanged, this, &HistoryDialog::showRevision);
    connect(restore, &QPushButton::clicked, this, [this] {
        if (list_->currentRow() < 0) return;
        Q_EMIT restoreRequested(revisions_[std::size_t(list_->currentRow())]);
        accept();
    });
    connect(redraft, &QPushButton::clicked, this, [this] {
        Q_EMIT redraftRequested();
        accept();
    });
    if (!revisions_.empty()) list_->setCurrentRow(0);
}

void HistoryDialog::showRevision(int row) {
    if (row < 0) return text_->clear();
    const Result<Postmortem> document = postmortemFromJson(revisions_[std::size_t(row)].json);
    text_->setPlainText(document ? QString::fromStdString(toMarkdown(*document, nullptr, {}))
                                 : QString::fromStdString(describe(document.error())));
}

} // namespace postlude
