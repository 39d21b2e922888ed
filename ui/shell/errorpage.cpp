// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/errorpage.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/shell/lastrun.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>

namespace postlude {

QString errorDetails(const Error& error) {
    static const QRegularExpression kNames(QStringLiteral("\\S*[/\\\\.\\d\"'“”]\\S*"));
    QString what = shown(error.what);
    if (!error.place.source.empty()) what.replace(shown(error.place.source), QStringLiteral("…"));
    what.replace(kNames, QStringLiteral("…"));
    const QString kind = QString::number(static_cast<int>(error.kind));
    return versions() + QStringLiteral("\n\nerror %1: %2\n").arg(kind, what);
}

namespace {

/// core's words, which may stand anywhere, as a sentence of its own.
QString sentence(const std::string& words) {
    QString text = shown(words);
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text + QLatin1Char('.');
}

} // namespace

ErrorPage::ErrorPage(QWidget* parent)
    : QWidget(parent)
    , what_(new QLabel(this))
    , where_(new QLabel(this))
    , remedy_(new QLabel(this)) {
    setObjectName(QStringLiteral("errorPage"));
    setRole(this, "surface");
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(60, 60, 60, 60);
    column->setSpacing(10);
    column->addStretch(1);
    setRole(where_, "muted");
    for (QLabel* label : {what_, where_, remedy_}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setMaximumWidth(680);
        column->addWidget(label);
    }
    auto* open = new QPushButton(tr("Open another bundle…"), this);
    auto* back = new QPushButton(tr("Back"), this);
    setRole(open, "primary");
    auto* row = new QHBoxLayout;
    auto* copy = new QPushButton(tr("Copy details"), this);
    copy->setObjectName(QStringLiteral("copyErrorDetails"));
    copy->setToolTip(tr("For a report: without names, paths or logs"));
    row->addWidget(open);
    row->addWidget(copy);
    row->addWidget(back);
    row->addStretch();
    column->addSpacing(8);
    column->addLayout(row);
    column->addStretch(2);
    connect(open, &QPushButton::clicked, this, &ErrorPage::openRequested);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(errorDetails(error_)); });
    connect(back, &QPushButton::clicked, this, &ErrorPage::backRequested);
}

void ErrorPage::show(const Error& error) {
    error_ = error;
    what_->setFont(Theme::current().title());
    what_->setText(sentence(error.what));
    QString place = shown(error.place.source);
    if (error.place.line > 0) place += tr(", line %1").arg(wholeCount(error.place.line));
    where_->setText(place);
    where_->setVisible(!place.isEmpty());
    remedy_->setText(sentence(error.remedy));
    remedy_->setVisible(!error.remedy.empty());
}

} // namespace postlude
