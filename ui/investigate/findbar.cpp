// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/findbar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace postlude {

FindBar::FindBar(QWidget* parent)
    : QWidget(parent)
    , text_(new QLineEdit(this))
    , told_(new QLabel(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 4, 10, 4);
    text_->setObjectName(QStringLiteral("findText"));
    text_->setPlaceholderText(tr("Find text in lines"));
    text_->setAccessibleName(tr("Find text in lines"));
    told_->setTextFormat(Qt::PlainText);
    told_->setProperty("role", QByteArray("muted"));
    auto* back = new QPushButton(tr("Previous"), this);
    auto* on = new QPushButton(tr("Next"), this);
    auto* close = new QPushButton(tr("Close"), this);
    close->setProperty("role", QByteArray("quiet"));
    row->addWidget(text_, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{back, on, told_, close})
        row->addWidget(widget);
    connect(back, &QPushButton::clicked, this, [this] { Q_EMIT stepWanted(-1); });
    connect(on, &QPushButton::clicked, this, [this] { Q_EMIT stepWanted(1); });
    connect(close, &QPushButton::clicked, this, &FindBar::closed);
    connect(text_, &QLineEdit::returnPressed, this, [this] {
        if (text_->text() == last_) return void(Q_EMIT stepWanted(1));
        last_ = text_->text();
        Q_EMIT findWanted(last_);
    });
    hide();
}

void FindBar::open() {
    show();
    text_->setFocus();
    text_->selectAll();
}

void FindBar::tell(const QString& text) {
    told_->setText(text);
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return void(Q_EMIT closed());
    QWidget::keyPressEvent(event);
}

} // namespace postlude
