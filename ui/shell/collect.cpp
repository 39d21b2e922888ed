// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/collect.h"

#include "ui/common/theme.h"
#include "ui/findings/textlabel.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSaveFile>

namespace postlude {

namespace {

const char* const kToCollect[] = {
    QT_TRANSLATE_NOOP("welcome", "the load balancer's logs, rotated parts too"),
    QT_TRANSLATE_NOOP("welcome", "its configuration before and after the last change"),
    QT_TRANSLATE_NOOP("welcome", "access and application logs of the servers behind it"),
    QT_TRANSLATE_NOOP("welcome", "the database's log"),
    QT_TRANSLATE_NOOP("welcome", "alerts, deploys and the log of changes"),
    QT_TRANSLATE_NOOP("welcome", "an export of the incident's chat"),
    QT_TRANSLATE_NOOP("welcome", "from half an hour before to half an hour after"),
};

} // namespace

CollectBox::CollectBox(QWidget* parent)
    : QWidget(parent)
    , heading_(new TextLabel(tr("What to collect"), this))
    , told_(new TextLabel(tr("The command gathers a host's logs, configurations and clock into one "
                             "archive. It changes nothing there and needs no root."),
                          this)) {
    setObjectName(QStringLiteral("collect"));
    const int em = fontMetrics().height();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(em / 4);
    setRole(heading_, "heading");
    column->addWidget(heading_);
    for (const char* item : kToCollect)
        column->addWidget(new TextLabel(QStringLiteral("·  ") + tr(item), this));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, em / 2, 0, em / 4);
    auto* copy = new QPushButton(tr("Copy the command"), this);
    copy->setObjectName(QStringLiteral("copyCommand"));
    auto* save = new QPushButton(tr("Save as a script…"), this);
    save->setObjectName(QStringLiteral("saveScript"));
    row->addWidget(copy);
    row->addWidget(save);
    row->addStretch();
    column->addLayout(row);
    setRole(told_, "muted");
    column->addWidget(told_);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(command());
        told_->setText(tr("Copied: paste it into a shell on each host, then open all the archives "
                          "together."));
    });
    connect(save, &QPushButton::clicked, this, &CollectBox::saveScript);
}

QByteArray CollectBox::script() {
    QFile file(QStringLiteral(":/postlude/collect/postlude-collect"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString CollectBox::command() {
    return QStringLiteral("sh -s -- -H 24 <<'END_OF_COLLECT'\n") + QString::fromUtf8(script()) +
           QStringLiteral("END_OF_COLLECT\n");
}

void CollectBox::saveScript() {
    const QString name = QFileDialog::getSaveFileName(window(), tr("Save as a script"),
                                                      QStringLiteral("postlude-collect.sh"));
    if (name.isEmpty()) return;
    QSaveFile file(name);
    const bool saved =
        file.open(QIODevice::WriteOnly) && file.write(script()) >= 0 && file.commit();
    if (saved) QFile::setPermissions(name, QFile::permissions(name) | QFile::ExeOwner);
    told_->setText(saved ? tr("Saved to %1").arg(name)
                         : tr("Could not write %1: %2").arg(name, file.errorString()));
}

} // namespace postlude
