// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/historydialog.h"

#include "core/base/zone.h"
#include "core/export/export.h"
#include "core/postmortem/redraft.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextCursor>
#include <QVBoxLayout>

namespace postlude {

HistoryDialog::HistoryDialog(const Case& of, std::vector<RevisionInfo> revisions, bool mayRestore,
                             QWidget* parent)
    : QDialog(parent)
    , case_(of)
    , revisions_(std::move(revisions))
    , list_(new QListWidget(this))
    , text_(new QPlainTextEdit(this))
    , changes_(new QCheckBox(tr("Only what changed since the revision before"), this)) {
    setWindowTitle(tr("History of the postmortem"));
    resize(parent ? parent->size() * 0.85 : QSize(900, 600));
    std::ranges::sort(revisions_, std::greater<>(), &RevisionInfo::number);
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
    list_->setWordWrap(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (const RevisionInfo& revision : revisions_)
        list_->addItem(tr("%1 · %2 · %3")
                           .arg(revision.number)
                           .arg(QString::fromStdString(Zone::local().format(revision.saved, 0)),
                                shownWhole(revision.why)));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* restore = buttons->addButton(tr("Restore this revision"), QDialogButtonBox::ActionRole);
    auto* redraft =
        buttons->addButton(tr("Draft anew from the logs"), QDialogButtonBox::ActionRole);
    redraft->setToolTip(tr("Offers what is new; what people wrote stays"));
    restore->setObjectName(QStringLiteral("restoreRevision"));
    restore->setEnabled(false);
    redraft->setEnabled(mayRestore);
    changes_->setObjectName(QStringLiteral("onlyChanges"));
    changes_->setChecked(true);
    column->addWidget(changes_);
    connect(changes_, &QCheckBox::toggled, this, [this] { showRevision(list_->currentRow()); });
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(list_, &QListWidget::currentRowChanged, this, &HistoryDialog::showRevision);
    connect(list_, &QListWidget::currentRowChanged, restore, [restore, mayRestore](int at) {
        restore->setEnabled(mayRestore && at > 0); // the first is what stands there now
    });
    connect(restore, &QPushButton::clicked, this,
            [this] { HistoryDialog::restore(list_->currentRow()); });
    connect(redraft, &QPushButton::clicked, this, [this] {
        Q_EMIT redraftRequested();
        accept();
    });
    if (!revisions_.empty()) list_->setCurrentRow(0);
}

namespace {

/// Only what changed, with a line of what is around it.
void showChanges(QPlainTextEdit* to, const QString& before, const QString& after) {
    const Theme& theme = Theme::current();
    const auto lines = documentDiff(before.toStdString(), after.toStdString());
    QTextCursor cursor(to->document());
    const auto add = [&](const QString& text, const QColor& colour) {
        QTextCharFormat format;
        format.setForeground(colour);
        cursor.insertText(text + QLatin1Char('\n'), format);
    };
    const auto changed = [&](std::size_t i) {
        return i < lines.size() && lines[i].kind != DiffLine::Kind::Same;
    };
    bool gap = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const QString text = QString::fromStdString(lines[i].text);
        if (lines[i].kind == DiffLine::Kind::Added)
            add(QStringLiteral("+ ") + text, theme.good);
        else if (lines[i].kind == DiffLine::Kind::Gone)
            add(QStringLiteral("− ") + text, theme.bad);
        else if (!text.isEmpty() && (changed(i + 1) || (i > 0 && changed(i - 1))))
            add(QStringLiteral("  ") + text, theme.muted);
        else if (!gap && i > 0)
            add(QStringLiteral("  …"), theme.muted);
        gap = lines[i].kind == DiffLine::Kind::Same;
    }
    to->moveCursor(QTextCursor::Start);
}

} // namespace

void HistoryDialog::restore(int row) {
    if (row < 0) return;
    const auto revision = revisionNumbered(case_, revisions_[std::size_t(row)].number);
    if (!revision) return text_->setPlainText(QString::fromStdString(describe(revision.error())));
    Q_EMIT restoreRequested(*revision);
    accept();
}

QString HistoryDialog::markdownOf(std::size_t row) const {
    const auto revision = revisionNumbered(case_, revisions_[row].number);
    if (!revision) return QString::fromStdString(describe(revision.error()));
    const Result<Postmortem> document = postmortemFromJson(revision->json);
    return document ? QString::fromStdString(toMarkdown(*document, nullptr, {}))
                    : QString::fromStdString(describe(document.error()));
}

void HistoryDialog::showRevision(int row) {
    text_->clear();
    if (row < 0) return;
    const auto at = std::size_t(row);
    const QString now = markdownOf(at);
    if (!changes_->isChecked()) return text_->setPlainText(now);
    if (at + 1 == revisions_.size())
        return text_->setPlainText(tr("This is the first revision.") + QStringLiteral("\n\n") +
                                   now);
    showChanges(text_, markdownOf(at + 1), now);
}

} // namespace postlude
