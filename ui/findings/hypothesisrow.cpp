// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/hypothesisrow.h"

#include "ui/common/evidencedrag.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/findings/cards.h"
#include "ui/findings/dropsides.h"
#include "ui/findings/elidedbutton.h"
#include "ui/findings/evidencetext.h"
#include "ui/findings/scorebars.h"
#include "ui/findings/textlabel.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace postlude {

namespace {

using State = HypothesisRow::State;

QString evidenceCount(std::size_t count) {
    return HypothesisRow::tr("%n evidence", nullptr, counted(count));
}

QString wordOf(State state) {
    switch (state) {
    case State::Likely:
        return HypothesisRow::tr("likely");
    case State::Possible:
        return HypothesisRow::tr("possible");
    case State::RuledOut:
        return HypothesisRow::tr("ruled out");
    case State::Undecided:
        return HypothesisRow::tr("undecided");
    default:
        return HypothesisRow::tr("open");
    }
}

QString wordOf(HypothesisStatus status) {
    switch (status) {
    case HypothesisStatus::Supported:
        return HypothesisRow::tr("supported");
    case HypothesisStatus::Confirmed:
        return HypothesisRow::tr("confirmed");
    case HypothesisStatus::RuledOut:
        return HypothesisRow::tr("ruled out");
    default:
        return HypothesisRow::tr("open");
    }
}

QPushButton* link(const QString& text, QWidget* parent) {
    auto* button = new ElidedButton({text}, parent);
    setRole(button, "link");
    button->setFont(Theme::current().small());
    button->setCursor(Qt::PointingHandCursor);
    button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    return button;
}

} // namespace

HypothesisRow::HypothesisRow(Content content, QWidget* parent)
    : QWidget(parent)
    , content_(std::move(content)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    details_ = makeDetails();
    column->addWidget(details_);
    details_->hide();
    setAcceptDrops(content_.editable);
}

QString HypothesisRow::verdict() const {
    const QString word =
        content_.own.status ? wordOf(*content_.own.status) : wordOf(content_.state);
    const std::size_t count = content_.evidence.size() + content_.own.exhibits.size();
    return count == 0 ? word : word + QStringLiteral(" · ") + evidenceCount(count);
}

const char* HypothesisRow::role() const {
    if (!content_.own.status)
        return content_.state == State::Likely     ? "bad"
               : content_.state == State::RuledOut ? "good"
                                                   : "muted";
    if (*content_.own.status == HypothesisStatus::Confirmed) return "bad";
    return *content_.own.status == HypothesisStatus::RuledOut ? "good" : "muted";
}

QWidget* HypothesisRow::makeHead() {
    const int em = fontMetrics().height();
    auto* line = new Clickable(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(2, em / 5, 2, em / 5);
    const bool full = content_.own.status ? *content_.own.status == HypothesisStatus::Confirmed
                                          : content_.state == State::Likely;
    auto* sign = new QLabel(full ? QStringLiteral("●") : QStringLiteral("○"), line);
    auto* title = new TextLabel(content_.title, line);
    auto* state = new TextLabel(verdict(), line); // in two lines where there is no room for one
    state->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    setRole(state, role());
    row->addWidget(sign, 0, Qt::AlignTop);
    row->addWidget(title, 1);
    row->addWidget(state, 0, Qt::AlignTop);
    line->setAccessibleName(content_.title + QStringLiteral(", ") + verdict());
    line->setCursor(Qt::PointingHandCursor);
    QString tip = content_.statement;
    if (!content_.own.note.empty()) tip += QLatin1Char('\n') + shown(content_.own.note);
    line->setToolTip(plainTip(tip.trimmed()));
    connect(line, &Clickable::clicked, this, [this] {
        setOpen(!isOpen());
        Q_EMIT toggled(isOpen());
    });
    return line;
}

QWidget* HypothesisRow::makeDetails() {
    const int em = fontMetrics().height();
    auto* details = new QWidget(this);
    auto* column = new QVBoxLayout(details);
    column->setContentsMargins(em, 0, 0, em / 2);
    column->setSpacing(em / 5);
    addAnalysis(*column);
    addExhibits(*column);
    addEditing(*column);
    return details;
}

void HypothesisRow::addAnalysis(QVBoxLayout& column) {
    if (!content_.statement.isEmpty()) column.addWidget(new TextLabel(content_.statement, this));
    if (content_.score > 0) {
        auto* label = new TextLabel(tr("Score %1 %").arg(content_.score * 100, 0, 'f', 0), this);
        label->setFont(Theme::current().small());
        setRole(label, "muted");
        column.addWidget(label);
        column.addWidget(new ScoreBars(content_.scores, this));
    }
    auto* links = new EvidenceLinks(content_.evidence, this);
    connect(links, &EvidenceLinks::activated, this, &HypothesisRow::evidenceActivated);
    column.addWidget(links);
}

void HypothesisRow::addExhibits(QVBoxLayout& column) {
    for (std::size_t i = 0; i < content_.own.exhibits.size(); ++i) {
        const Exhibit& exhibit = content_.own.exhibits[i];
        auto* row = new QHBoxLayout;
        row->setContentsMargins(0, 0, 0, 0);
        const QString side = exhibit.against ? tr("against: %1") : tr("for: %1");
        auto* go = link(menuText(side.arg(linkText(exhibit.evidence))), this);
        go->setToolTip(plainTip(tr("Show %1").arg(fullText(exhibit.evidence))));
        auto* away = link(QStringLiteral("✕"), this);
        away->setAccessibleName(tr("Take %1 away").arg(linkText(exhibit.evidence)));
        away->setToolTip(tr("Takes it away"));
        away->setVisible(content_.editable);
        row->addWidget(go);
        row->addWidget(away);
        row->addStretch();
        column.addLayout(row);
        connect(go, &QPushButton::clicked, this,
                [this, e = exhibit.evidence] { Q_EMIT evidenceActivated(e); });
        connect(away, &QPushButton::clicked, this, [this, i] {
            Hypothesis now = content_.own;
            now.exhibits.erase(now.exhibits.begin() + static_cast<std::ptrdiff_t>(i));
            Q_EMIT changed(now);
        });
    }
}

void HypothesisRow::addEditing(QVBoxLayout& column) {
    if (!content_.editable) {
        if (!content_.own.note.empty())
            column.addWidget(new TextLabel(shown(content_.own.note), this));
        return;
    }
    auto* status = new QComboBox(this);
    status->setAccessibleName(tr("Your verdict"));
    status->addItem(content_.own.isOwn() ? tr("Your verdict: open") : tr("As the analysis says"));
    for (const auto one : {HypothesisStatus::Open, HypothesisStatus::Supported,
                           HypothesisStatus::Confirmed, HypothesisStatus::RuledOut})
        status->addItem(tr("Your verdict: %1").arg(wordOf(one)), static_cast<int>(one));
    if (content_.own.isOwn()) status->removeItem(1);
    if (content_.own.status)
        status->setCurrentIndex(
            std::max(0, status->findData(static_cast<int>(*content_.own.status))));
    connect(status, &QComboBox::activated, this, [this, status] {
        Hypothesis now = content_.own;
        const QVariant chosen = status->currentData();
        now.status = chosen.isValid() ? std::optional(static_cast<HypothesisStatus>(chosen.toInt()))
                                      : std::nullopt;
        Q_EMIT changed(now);
    });
    column.addWidget(status);
    auto* note = new QLineEdit(QString::fromStdString(content_.own.note), this);
    note->setPlaceholderText(tr("Your note"));
    note->setAccessibleName(tr("Your note"));
    connect(note, &QLineEdit::editingFinished, this, [this, note] {
        Hypothesis now = content_.own;
        now.note = note->text().toStdString();
        if (now.note == content_.own.note) return;
        content_.own.note = now.note; // what is clicked next keeps it
        Q_EMIT changed(now);
    });
    column.addWidget(note);
    auto* row = new QHBoxLayout;
    auto* adds = link(tr("Selected line speaks for it"), this);
    auto* against = link(tr("against it"), this);
    row->addWidget(adds);
    row->addWidget(against);
    row->addStretch();
    connect(adds, &QPushButton::clicked, this,
            [this] { Q_EMIT exhibitWanted(content_.own, false); });
    connect(against, &QPushButton::clicked, this,
            [this] { Q_EMIT exhibitWanted(content_.own, true); });
    if (content_.own.isOwn()) {
        auto* remove = link(tr("Remove"), this);
        row->addWidget(remove);
        connect(remove, &QPushButton::clicked, this,
                [this] { Q_EMIT removeWanted(content_.own.key); });
    }
    column.addLayout(row);
}

bool HypothesisRow::isOpen() const {
    return !details_->isHidden();
}

void HypothesisRow::setOpen(bool open) {
    details_->setVisible(open);
}

void HypothesisRow::dragEnterEvent(QDragEnterEvent* event) {
    if (!content_.editable || !evidenceIn(event->mimeData())) return;
    if (!sides_) sides_ = new DropSides(this);
    sides_->setGeometry(rect());
    sides_->show();
    sides_->raise();
    event->acceptProposedAction();
}

void HypothesisRow::dragMoveEvent(QDragMoveEvent* event) {
    if (sides_) sides_->setAgainst(isAgainst(event->position().toPoint()));
    event->acceptProposedAction();
}

void HypothesisRow::dragLeaveEvent(QDragLeaveEvent*) {
    if (sides_) sides_->hide();
}

void HypothesisRow::dropEvent(QDropEvent* event) {
    if (sides_) sides_->hide();
    const auto evidence = evidenceIn(event->mimeData());
    if (!evidence || !content_.editable) return;
    event->acceptProposedAction();
    Q_EMIT dropped(content_.own, *evidence, isAgainst(event->position().toPoint()));
}

} // namespace postlude
