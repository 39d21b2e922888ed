// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/errorpage.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/shell/lastrun.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTreeWidget>

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
    , remedy_(new QLabel(this))
    , unread_(new QTreeWidget(this))
    , formats_(new QPushButton(tr("Formats…"), this)) {
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
    unread_->setObjectName(QStringLiteral("unreadFiles"));
    unread_->setAccessibleName(tr("Files that could not be read"));
    unread_->setHeaderLabels({tr("File"), tr("Why it was not read")});
    unread_->setRootIsDecorated(false);
    unread_->setMaximumWidth(900);
    unread_->setTextElideMode(Qt::ElideMiddle);
    unread_->header()->setStretchLastSection(true);
    column->addWidget(unread_);
    formats_->setObjectName(QStringLiteral("errorFormats"));
    formats_->setToolTip(tr("Which formats are known, and how to add one of your own"));
    auto* open = new QPushButton(tr("Open another bundle…"), this);
    auto* back = new QPushButton(tr("Back"), this);
    setRole(open, "primary");
    auto* row = new QHBoxLayout;
    auto* copy = new QPushButton(tr("Copy details"), this);
    copy->setObjectName(QStringLiteral("copyErrorDetails"));
    copy->setToolTip(tr("For a report: without names, paths or logs"));
    row->addWidget(open);
    row->addWidget(formats_);
    row->addWidget(copy);
    row->addWidget(back);
    row->addStretch();
    column->addSpacing(8);
    column->addLayout(row);
    column->addStretch(2);
    connect(open, &QPushButton::clicked, this, &ErrorPage::openRequested);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(errorDetails(error_)); });
    connect(formats_, &QPushButton::clicked, this, &ErrorPage::formatsRequested);
    connect(back, &QPushButton::clicked, this, &ErrorPage::backRequested);
}

void ErrorPage::show(const Error& error, const std::vector<std::pair<QString, QString>>& unread) {
    error_ = error;
    unread_->clear();
    for (const auto& [file, why] : unread) {
        auto* item = new QTreeWidgetItem(unread_, {file, why});
        item->setToolTip(0, plainTip(file));
        item->setToolTip(1, plainTip(why));
    }
    unread_->resizeColumnToContents(0);
    unread_->setColumnWidth(0, std::min(unread_->columnWidth(0), 420));
    unread_->setVisible(!unread.empty());
    const int row = fontMetrics().height() + 6;
    unread_->setFixedHeight(row * (std::min(12, static_cast<int>(unread.size())) + 2));
    formats_->setVisible(!unread.empty());
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
