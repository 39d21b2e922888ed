// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/filestrip.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace postlude {

FileStrip::FileStrip(QWidget* parent)
    : QWidget(parent)
    , text_(new QLabel(this)) {
    setObjectName(QStringLiteral("fileStrip"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 4, 10, 4);
    text_->setTextFormat(Qt::PlainText);
    text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setRole(text_, "muted");
    auto* leave = new QPushButton(tr("All sources by time"), this);
    leave->setObjectName(QStringLiteral("leaveFile"));
    row->addWidget(text_, 1);
    row->addWidget(leave);
    connect(leave, &QPushButton::clicked, this, &FileStrip::leaveWanted);
    hide();
}

void FileStrip::show(const QString& source) {
    const QString text = tr("%1, line by line as it was written").arg(source);
    text_->setText(text);
    text_->setToolTip(plainTip(text));
    setVisible(!source.isEmpty());
}

} // namespace postlude
