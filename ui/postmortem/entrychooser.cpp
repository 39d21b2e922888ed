// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/entrychooser.h"

#include "core/postmortem/entrylinks.h"
#include "core/postmortem/wording.h"
#include "ui/common/layouts.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/common/titles.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace postlude {

EntryChooser::EntryChooser(const Postmortem& document, QWidget* parent)
    : QDialog(parent)
    , text_(new QLineEdit(this))
    , none_(new QLabel(tr("No entry with a time says that"), this))
    , list_(new QListWidget(this)) {
    setObjectName(QStringLiteral("entryChooser"));
    setWindowTitle(tr("Link to an entry"));
    EntryLinks links(document);
    const Zone zone = zoneOf(document);
    const bool dated = spansDays(document);
    for (std::size_t i = 0; i < document.timeline.size(); ++i) {
        const TimelineEntry& entry = document.timeline[i];
        if (!entry.time) continue;
        const QString time = QString::fromStdString(momentText(*entry.time, zone, dated));
        choices_.push_back(
            {QStringLiteral("%1  %2: %3").arg(time, kindTitle(entry.kind), shown(entry.text)),
             QString::fromStdString(links.textTo(i))});
    }
    text_->setPlaceholderText(tr("Its time, or a word of it"));
    text_->setAccessibleName(tr("Entry"));
    text_->installEventFilter(this);
    list_->setAccessibleName(tr("Entries"));
    list_->setUniformItemSizes(true);
    none_->setTextFormat(Qt::PlainText);
    setRole(none_, "muted");
    auto* column = new QVBoxLayout(this);
    column->addWidget(text_);
    column->addWidget(none_);
    column->addWidget(list_);
    connect(text_, &QLineEdit::textChanged, this, &EntryChooser::narrow);
    connect(text_, &QLineEdit::returnPressed, this, &EntryChooser::take);
    connect(list_, &QListWidget::itemClicked, this, &EntryChooser::take);
    const int em = fontMetrics().height();
    resizeWithin(*this, {40 * em, 24 * em});
    narrow({});
}

void EntryChooser::narrow(const QString& text) {
    list_->clear();
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        if (!choices_[i].shown.contains(text.trimmed(), Qt::CaseInsensitive)) continue;
        auto* item = new QListWidgetItem(choices_[i].shown, list_);
        item->setData(Qt::UserRole, int(i));
        item->setSizeHint({0, fontMetrics().height() * 3 / 2});
    }
    list_->setCurrentRow(0);
    none_->setVisible(list_->count() == 0);
}

void EntryChooser::take() {
    const QListWidgetItem* item = list_->currentItem();
    if (!item) return;
    link_ = choices_[std::size_t(item->data(Qt::UserRole).toInt())].link;
    accept();
}

/// Arrows move in the list while one types.
bool EntryChooser::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int by = key == Qt::Key_Down       ? 1
                       : key == Qt::Key_Up       ? -1
                       : key == Qt::Key_PageDown ? 10
                       : key == Qt::Key_PageUp   ? -10
                                                 : 0;
        if (by != 0 && list_->count() > 0) {
            list_->setCurrentRow(std::clamp(list_->currentRow() + by, 0, list_->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace postlude
