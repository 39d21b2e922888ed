// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/cards.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/common/titles.h"
#include "ui/findings/elidedbutton.h"
#include "ui/findings/evidencetext.h"
#include "ui/findings/textlabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace postlude {

namespace {

constexpr std::size_t kLinksAtOnce = 3;

} // namespace

EvidenceLinks::EvidenceLinks(const std::vector<Evidence>& evidence, QWidget* parent)
    : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    std::vector<QPushButton*> rest;
    for (const Evidence& e : evidence) {
        auto* link = new ElidedButton({menuText(linkText(e))}, this);
        setRole(link, "link");
        link->setFont(Theme::current().small());
        link->setToolTip(plainTip(tr("Show %1").arg(fullText(e))));
        link->setCursor(Qt::PointingHandCursor);
        link->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        connect(link, &QPushButton::clicked, this, [this, e] { Q_EMIT activated(e); });
        column->addWidget(link);
        if (column->count() > int(kLinksAtOnce)) rest.push_back(link);
    }
    if (rest.size() < 2) return;
    auto* more = new QPushButton(tr("%1 more").arg(rest.size()), this);
    setRole(more, "link");
    more->setFont(Theme::current().small());
    column->addWidget(more, 0, Qt::AlignLeft);
    for (QPushButton* link : rest)
        link->hide();
    connect(more, &QPushButton::clicked, this, [more, rest] {
        more->hide();
        for (QPushButton* link : rest)
            link->show();
    });
}

Clickable::Clickable(QWidget* parent)
    : QFrame(parent) {
    setFocusPolicy(Qt::StrongFocus);
}

void Clickable::mouseReleaseEvent(QMouseEvent* event) {
    QFrame::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT clicked();
}

void Clickable::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space)
        Q_EMIT clicked();
    else
        QFrame::keyPressEvent(event);
}

void Clickable::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    if (!hasFocus()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Theme::current().accent);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -1.5), 4, 4);
}

FindingCard::FindingCard(const Finding& finding, const QString& time, QWidget* parent)
    : Clickable(parent)
    , tone_(finding.tone) {
    const Theme& theme = Theme::current();
    const int em = fontMetrics().height();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(em * 2 / 3, em / 2, em / 4, em / 2);
    column->setSpacing(em / 8);
    auto* head = new QHBoxLayout;
    auto* title = new TextLabel(findingTitle(finding.title), this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    head->addWidget(title, 1);
    if (!time.isEmpty()) {
        auto* when = new QLabel(time, this);
        when->setTextFormat(Qt::PlainText);
        when->setFont(theme.mono());
        head->addWidget(when, 0, Qt::AlignTop);
    }
    column->addLayout(head);
    column->addWidget(new TextLabel(shownWhole(finding.statement), this));
    if (!finding.evidence.empty()) {
        auto* links = new EvidenceLinks(finding.evidence, this);
        connect(links, &EvidenceLinks::activated, this, &FindingCard::evidenceActivated);
        column->addWidget(links);
    }
    setAccessibleName(findingTitle(finding.title) + QStringLiteral(", ") +
                      shownWhole(finding.statement));
    if (finding.at) {
        setCursor(Qt::PointingHandCursor);
        setToolTip(tr("Goes to this moment"));
    }
}

void FindingCard::setMarked(bool marked) {
    marked_ = marked;
    update();
}

void FindingCard::paintEvent(QPaintEvent* event) {
    Clickable::paintEvent(event);
    const Theme& theme = Theme::current();
    const int gap = fontMetrics().height() / 2;
    QPainter painter(this);
    if (marked_) {
        QColor tint = theme.accent;
        tint.setAlphaF(0.12F);
        painter.fillRect(rect(), tint);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone_ == Finding::Tone::Bad    ? theme.bad
                     : tone_ == Finding::Tone::Good ? theme.good
                                                    : theme.neutral);
    painter.drawRoundedRect(QRectF(1, gap, 3, height() - 2 * gap), 1.5, 1.5);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
}

} // namespace postlude
