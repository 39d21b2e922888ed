// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/hypothesislist.h"

#include "ui/common/layouts.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/common/titles.h"
#include "ui/findings/textlabel.h"

#include <QApplication>
#include <QInputDialog>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace postlude {

namespace {

using State = HypothesisRow::State;

QString titleOfCause(CauseKind kind, const std::string& culprit) {
    const QString title = causeTitle(kind);
    return culprit.empty() ? title : title + QStringLiteral(" · ") + shown(culprit);
}

/// Best cause first, then what was ruled out, then what nobody can tell.
std::vector<HypothesisRow::Content> hypothesesOf(const Incident& incident, std::size_t number) {
    std::vector<HypothesisRow::Content> all;
    for (const Cause& cause : incident.causes) {
        HypothesisRow::Content content;
        content.title = titleOfCause(cause.kind, cause.culprit);
        content.state = all.empty() ? State::Likely : State::Possible;
        content.statement = shown(cause.statement);
        content.scores = cause.scores;
        content.score = cause.score;
        content.evidence = cause.evidence;
        content.own.key = keyOf(number, cause.kind, cause.culprit);
        all.push_back(std::move(content));
    }
    const auto add = [&](const std::vector<Verdict>& verdicts, State state) {
        for (const Verdict& v : verdicts) {
            HypothesisRow::Content content;
            content.title = titleOfCause(v.kind, {});
            content.state = state;
            content.statement = shown(v.statement);
            content.evidence = v.evidence;
            content.own.key = keyOf(number, v.kind, "verdict");
            all.push_back(std::move(content));
        }
    };
    add(incident.ruledOut, State::RuledOut);
    add(incident.undecided, State::Undecided);
    return all;
}

} // namespace

std::optional<Evidence> selectedEvidence(Session& session) {
    const auto record = session.selection().line();
    const auto row =
        record ? session.query().record(*record) : Result<RecordRow>(std::unexpected(Error{}));
    if (!row) return {};
    Evidence evidence;
    for (const SourceInfo& info : session.query().sources())
        if (info.id == row->source) evidence.source = info.path;
    evidence.firstLine = row->line;
    evidence.lastLine = row->line + row->lines - 1;
    return evidence;
}

namespace {

QWidgetList controlsIn(const QWidget& list) {
    QWidgetList out;
    for (QWidget* one : list.findChildren<QWidget*>())
        if (one->focusPolicy() != Qt::NoFocus) out << one;
    return out;
}

} // namespace

HypothesisList::HypothesisList(QWidget* parent)
    : QWidget(parent)
    , column_(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("hypotheses"));
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(0);
}

void HypothesisList::show(Session* session, std::shared_ptr<const Analysis> analysis) {
    if (session != session_) {
        if (session_) session_->disconnect(this);
        open_.clear();
        session_ = session;
        // Later: the row whose button was pressed is among those that go.
        if (session_)
            connect(session_, &Session::hypothesesChanged, this, &HypothesisList::rebuild,
                    Qt::QueuedConnection);
    }
    analysis_ = std::move(analysis);
    rebuild();
}

void HypothesisList::rebuild() {
    // What is being pressed must not go away under the finger.
    constexpr int kSoonMs = 50;
    if (QGuiApplication::mouseButtons() != Qt::NoButton)
        return QTimer::singleShot(kSoonMs, this, &HypothesisList::rebuild);
    const int focused = focusedControl();
    emptyLayout(*column_);
    rows_ = 0;
    const std::size_t incidents = analysis_ ? analysis_->incidents.size() : 0;
    for (std::size_t i = 0; i < incidents; ++i) {
        if (incidents > 1) addHeadOf(analysis_->incidents[i]);
        for (HypothesisRow::Content& content : hypothesesOf(analysis_->incidents[i], i))
            addRow(std::move(content));
    }
    if (!session_) return;
    for (const Hypothesis& own : session_->hypotheses()) {
        if (!own.isOwn()) continue;
        HypothesisRow::Content content;
        content.title = shown(own.title);
        content.state = State::Own;
        content.own = own;
        addRow(std::move(content));
    }
    if (session_->caseFile().mode() == OpenMode::ReadOnly) return;
    auto* add = new QPushButton(tr("+ Another hypothesis…"), this);
    add->setObjectName(QStringLiteral("addHypothesis"));
    setRole(add, "link");
    add->setCursor(Qt::PointingHandCursor);
    column_->addWidget(add, 0, Qt::AlignLeft);
    connect(add, &QPushButton::clicked, this, &HypothesisList::addOwn);
    const auto controls = controlsIn(*this);
    if (focused >= 0 && !controls.empty())
        controls[std::min(focused, int(controls.size()) - 1)]->setFocus();
}

/// Which of the controls has the focus, by Tab's order; −1: none.
int HypothesisList::focusedControl() const {
    return int(controlsIn(*this).indexOf(QApplication::focusWidget()));
}

void HypothesisList::addHeadOf(const Incident& incident) {
    const Zone zone = session_ ? session_->selection().zone() : Zone::utc();
    auto* of =
        new TextLabel(tr("Incident at %1").arg(timeOfDay(zone, incident.impactStart, 0)), this);
    setRole(of, "muted");
    column_->addWidget(of);
}

void HypothesisList::addRow(HypothesisRow::Content content) {
    content.editable = session_ && session_->caseFile().mode() != OpenMode::ReadOnly;
    if (session_)
        if (const Hypothesis* own = hypothesisOf(session_->hypotheses(), content.own.key))
            content.own = *own;
    const QString key = QString::fromStdString(content.own.key);
    auto* row = new HypothesisRow(std::move(content), this);
    row->setOpen(open_.contains(key));
    column_->addWidget(row);
    ++rows_;
    if (!added_.empty() && added_ == key.toStdString()) {
        added_.clear();
        // Once it has its place.
        QTimer::singleShot(0, row, [this, row] { reveal(row); });
    }
    connect(row, &HypothesisRow::toggled, this, [this, key](bool open) {
        if (open)
            open_.insert(key);
        else
            open_.remove(key);
    });
    connect(row, &HypothesisRow::evidenceActivated, this, [this](const Evidence& evidence) {
        if (session_) Q_EMIT session_->evidenceRequested(evidence);
    });
    connect(row, &HypothesisRow::changed, this, [this](const Hypothesis& now) {
        if (session_) session_->saveHypothesis(now);
    });
    connect(row, &HypothesisRow::exhibitWanted, this, &HypothesisList::attachSelected);
    connect(row, &HypothesisRow::dropped, this, &HypothesisList::attach);
    connect(row, &HypothesisRow::removeWanted, this, [this](const std::string& gone) {
        if (session_) session_->removeHypothesis(gone);
    });
}

void HypothesisList::attachSelected(const Hypothesis& to, bool against) {
    if (!session_) return;
    const auto evidence = selectedEvidence(*session_);
    if (!evidence) return void(Q_EMIT session_->told(tr("Select a line first")));
    attach(to, *evidence, against);
}

/// What was dropped is to be seen: its hypothesis unfolds.
void HypothesisList::attach(Hypothesis to, const Evidence& evidence, bool against) {
    if (!session_) return;
    std::erase_if(to.exhibits, [&](const Exhibit& e) { return e.evidence == evidence; });
    to.exhibits.push_back({evidence, against});
    open_.insert(QString::fromStdString(to.key));
    session_->saveHypothesis(to);
}

/// What was added is looked at next: it is in sight and has the keys.
void HypothesisList::reveal(HypothesisRow* row) {
    for (QWidget* up = parentWidget(); up; up = up->parentWidget())
        if (auto* scroll = qobject_cast<QScrollArea*>(up)) {
            scroll->widget()->layout()->activate();
            scroll->ensureWidgetVisible(row, 0, row->fontMetrics().height());
        }
    const QWidgetList controls = controlsIn(*row);
    if (!controls.empty()) controls.front()->setFocus();
}

void HypothesisList::addOwn() {
    if (!session_) return;
    QInputDialog ask(this);
    ask.setWindowTitle(tr("Another hypothesis"));
    ask.setLabelText(tr("What may have caused it?"));
    ask.resize(30 * fontMetrics().height(), ask.sizeHint().height()); // a sentence has room
    const bool given = ask.exec() == QDialog::Accepted;
    const QString title = ask.textValue().trimmed();
    if (!given || title.isEmpty()) return;
    Hypothesis own;
    own.key = newKey(session_->hypotheses());
    own.title = title.toStdString();
    open_.insert(QString::fromStdString(own.key));
    added_ = own.key;
    session_->saveHypothesis(own);
    Q_EMIT session_->told(tr("Hypothesis added: %1").arg(shown(own.title)));
}

} // namespace postlude
