// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/panel.h"

#include "ui/common/layouts.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/findings/cards.h"
#include "ui/findings/elidedbutton.h"
#include "ui/findings/foldgroup.h"
#include "ui/findings/hypothesislist.h"
#include "ui/findings/linesection.h"
#include "ui/findings/textlabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>
#include <map>

namespace postlude {

struct FindingsPanel::Parts {
    Session* session = nullptr;
    std::shared_ptr<const Analysis> analysis;
    QVBoxLayout* column = nullptr;
    TextLabel *findingsHead = nullptr, *hypothesesHead = nullptr, *state = nullptr,
              *notes = nullptr;
    QBoxLayout* head = nullptr;
    QWidget *chips = nullptr, *findings = nullptr;
    HypothesisList* hypotheses = nullptr;
    std::map<std::pair<std::size_t, FindingGroup>, bool> folded; ///< by the user
    struct Card {
        FoldGroup* group;
        FindingCard* card;
    };
    std::vector<Card> cards;           ///< one for each finding, in their order
    std::optional<std::size_t> marked; ///< of them
    QScrollArea* upper = nullptr;
    LineSection* line = nullptr;
    QVBoxLayout* below = nullptr;
    QScrollArea* lower = nullptr;
    QTimer toLine; ///< once its fields are there
};

namespace {

QWidget* makeBox(QWidget* parent, int spacing) {
    auto* box = new QWidget(parent);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing);
    return box;
}

Window windowOf(const Incident& incident, const Analysis& analysis) {
    return {incident.impactStart, incident.resolved.value_or(analysis.span.to)};
}

/// The incident with a fifth of its length on both sides.
Window around(const Window& window) {
    const Duration margin = window.length() / 5;
    return {window.from - margin, window.to + margin};
}

/// A panel that scrolls up and down within one half of `halves`.
QScrollArea* addScrolled(QSplitter* halves) {
    auto* scroll = new QScrollArea(halves);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* body = new QWidget;
    setRole(body, "panel");
    body->setAttribute(Qt::WA_StyledBackground);
    scroll->setWidget(body);
    return scroll;
}

} // namespace

FindingsPanel::FindingsPanel(QWidget* parent)
    : QWidget(parent)
    , parts_(std::make_unique<Parts>()) {
    setObjectName(QStringLiteral("findingsPanel"));
    Parts& p = *parts_;
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    // The line taken apart has a place of its own: however much was found, it is in sight.
    auto* halves = new QSplitter(Qt::Vertical, this);
    halves->setChildrenCollapsible(false);
    outer->addWidget(halves);
    p.upper = addScrolled(halves);
    QWidget* body = p.upper->widget();
    p.lower = addScrolled(halves);
    QWidget* below = p.lower->widget();
    constexpr int kFieldsMs = 150;
    p.toLine.setSingleShot(true);
    p.toLine.setInterval(kFieldsMs);
    connect(&p.toLine, &QTimer::timeout, this, &FindingsPanel::showFields);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    const int em = fontMetrics().height();
    p.column = new QVBoxLayout(body);
    p.column->setContentsMargins(em * 3 / 4, em * 2 / 3, em * 3 / 4, em);
    p.column->setSpacing(em / 3);
    const auto heading = [body](const QString& text) {
        auto* label = new TextLabel(text, body);
        setRole(label, "heading");
        return label;
    };
    p.findingsHead = heading(tr("Findings"));
    p.chips = makeBox(body, em / 5);
    p.head = new QBoxLayout(QBoxLayout::LeftToRight);
    p.head->addWidget(p.findingsHead, 1, Qt::AlignVCenter);
    p.head->addWidget(p.chips);
    p.state = new TextLabel({}, body);
    setRole(p.state, "muted");
    p.notes = new TextLabel({}, body);
    setRole(p.notes, "muted");
    p.findings = makeBox(body, 0);
    p.findings->setObjectName(QStringLiteral("findings"));
    p.hypothesesHead = heading(tr("Hypotheses"));
    p.hypotheses = new HypothesisList(body);
    p.line = new LineSection(below);
    p.below = new QVBoxLayout(below);
    p.below->setContentsMargins(p.column->contentsMargins());
    p.below->setSpacing(em / 2);
    p.below->addWidget(p.line);
    p.below->addStretch();
    p.column->addLayout(p.head);
    for (QWidget* widget : std::initializer_list<QWidget*>{p.state, p.findings, p.hypothesesHead,
                                                           p.hypotheses, p.notes})
        p.column->addWidget(widget);
    p.column->insertSpacing(p.column->indexOf(p.notes), em / 2);
    p.column->addStretch();
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, [this] { rebuild(); });
    rebuild();
}

FindingsPanel::~FindingsPanel() = default;

void FindingsPanel::setSession(Session* session) {
    Parts& p = *parts_;
    if (p.session) {
        p.session->disconnect(this);
        p.session->selection().disconnect(this);
    }
    p.session = session;
    p.folded.clear();
    p.line->setSession(session);
    if (session) {
        connect(session, &Session::analysisChanged, this,
                [this] { showAnalysis(parts_->session->analysis()); });
        connect(session, &Session::progressed, this, &FindingsPanel::showState);
        connect(session, &Session::importFinished, this, &FindingsPanel::showState);
        connect(session, &Session::failed, this, &FindingsPanel::showState);
        connect(&session->selection(), &Selection::displayChanged, this, &FindingsPanel::rebuild);
        connect(&session->selection(), &Selection::recordChanged, &p.toLine,
                qOverload<>(&QTimer::start));
    }
    showAnalysis(session ? session->analysis() : nullptr);
}

void FindingsPanel::showAnalysis(std::shared_ptr<const Analysis> analysis) {
    parts_->marked.reset();
    parts_->analysis = std::move(analysis);
    rebuild();
}

void FindingsPanel::rebuild() {
    Parts& p = *parts_;
    for (TextLabel* head : {p.findingsHead, p.hypothesesHead})
        head->setFont(Theme::current().heading());
    p.findingsHead->setMinimumWidth(p.findingsHead->sizeHint().width()); // a word is not broken
    for (QWidget* box : {p.chips, p.findings})
        emptyLayout(*box->layout());
    p.cards.clear();
    if (p.analysis) {
        addChips();
        addFindings();
    }
    p.hypotheses->show(p.session, p.analysis);
    p.hypothesesHead->setVisible(p.session != nullptr || !p.hypotheses->isEmpty());
    showState();
}

void FindingsPanel::addChips() {
    Parts& p = *parts_;
    const Zone zone = p.session ? p.session->selection().zone() : Zone::utc();
    for (const Incident& incident : p.analysis->incidents) {
        const Window window = windowOf(incident, *p.analysis);
        const bool brief = window.length() < std::chrono::minutes{10};
        const auto time = [&](Instant t) {
            const QString text = QString::fromStdString(zone.timeOfDay(t, 0));
            return brief ? text : text.left(5);
        };
        const QString from = time(window.from), to = time(window.to);
        // Whoever subtracts what stands there gets the same.
        const auto second = [](Instant t) { return std::chrono::floor<std::chrono::seconds>(t); };
        const Duration lasted = brief && window.length() > std::chrono::minutes{1}
                                    ? Duration{second(window.to) - second(window.from)}
                                    : window.length();
        const QString length = QString::fromStdString(spoken(lasted));
        auto* chip = new ElidedButton({tr("incident %1 – %2 · %3").arg(from, to, length),
                                       QStringLiteral("%1 – %2 · %3").arg(from, to, length),
                                       QStringLiteral("%1 – %2").arg(from, to)},
                                      p.chips);
        setRole(chip, "chip");
        chip->setFont(Theme::current().small());
        chip->setToolTip(chip->text() + QLatin1Char('\n') + tr("Shows this window in every chart"));
        chip->setCursor(Qt::PointingHandCursor);
        p.chips->layout()->addWidget(chip);
        chip->ensurePolished(); // it is asked for its width at once
        connect(chip, &QPushButton::clicked, this, [this, window] {
            if (parts_->session) parts_->session->selection().setWindow(around(window));
        });
    }
    settleHead();
}

/// Group by group; the next incident begins with its onset.
void FindingsPanel::addFindings() {
    Parts& p = *parts_;
    std::size_t incident = 0;
    std::array<FoldGroup*, kFindingGroups> groups{};
    for (const Finding& finding : p.analysis->findings) {
        if (finding.title == "Onset") {
            groups = {};
            addIncidentHead(incident++);
        }
        FoldGroup*& group = groups[static_cast<std::size_t>(groupOf(finding))];
        if (!group) group = addGroup(groupOf(finding), incident);
        p.cards.push_back({group, makeCard(finding, group)});
        group->add(p.cards.back().card);
    }
    if (p.marked && *p.marked < p.cards.size()) p.cards[*p.marked].card->setMarked(true);
}

void FindingsPanel::addIncidentHead(std::size_t incident) {
    Parts& p = *parts_;
    if (p.analysis->incidents.size() < 2 || incident >= p.analysis->incidents.size()) return;
    const Zone zone = p.session ? p.session->selection().zone() : Zone::utc();
    const Instant start = p.analysis->incidents[incident].impactStart;
    auto* head = new TextLabel(
        tr("Incident at %1").arg(QString::fromStdString(zone.timeOfDay(start, 0))), p.findings);
    setRole(head, "muted");
    p.findings->layout()->addWidget(head);
}

/// What the user has folded or unfolded stays so when findings are shown anew.
FoldGroup* FindingsPanel::addGroup(FindingGroup of, std::size_t incident) {
    Parts& p = *parts_;
    const auto key = std::pair(incident, of);
    auto* group = new FoldGroup(titleOf(of), p.findings);
    const auto known = p.folded.find(key);
    group->setOpen(known == p.folded.end() ? opensByItself(of) : known->second);
    p.findings->layout()->addWidget(group);
    connect(group, &FoldGroup::toggled, this,
            [this, key](bool open) { parts_->folded[key] = open; });
    return group;
}

FindingCard* FindingsPanel::makeCard(const Finding& finding, QWidget* parent) {
    Parts& p = *parts_;
    const Zone zone = p.session ? p.session->selection().zone() : Zone::utc();
    const QString time =
        finding.at ? QString::fromStdString(zone.timeOfDay(*finding.at, 0)) : QString();
    auto* card = new FindingCard(finding, time, parent);
    connect(card, &FindingCard::evidenceActivated, this, &FindingsPanel::showEvidence);
    if (finding.at)
        connect(card, &FindingCard::clicked, this, [this, at = *finding.at] { goTo(at); });
    return card;
}

void FindingsPanel::addSection(QWidget* section) {
    parts_->below->insertWidget(0, section);
}

/// Whoever selects a line wants to see it taken apart, however much changed at its moment.
void FindingsPanel::showFields() {
    Parts& p = *parts_;
    if (!p.session) return;
    QScrollBar* bar = p.lower->verticalScrollBar();
    if (!p.session->selection().place().record) return bar->setValue(0);
    const int top = p.line->y(), bottom = top + p.line->height();
    const int seen = p.lower->viewport()->height();
    if (bottom > bar->value() + seen || top < bar->value())
        bar->setValue(std::min(top, std::max(0, bottom - seen)));
    if (bottom - top > seen) bar->setValue(top);
}

void FindingsPanel::reveal(std::size_t index) {
    Parts& p = *parts_;
    if (index >= p.cards.size()) return;
    if (p.marked && *p.marked < p.cards.size()) p.cards[*p.marked].card->setMarked(false);
    p.marked = index;
    const Parts::Card& to = p.cards[index];
    to.card->setMarked(true);
    to.group->setOpen(true);
    QTimer::singleShot(0, to.card, [this, card = to.card] { // once it has its place
        parts_->upper->ensureWidgetVisible(card, 0, card->fontMetrics().height());
    });
}

void FindingsPanel::addHypothesis() {
    parts_->hypotheses->addOwn();
}

void FindingsPanel::showEvidence(const Evidence& evidence) {
    if (parts_->session) Q_EMIT parts_->session->evidenceRequested(evidence);
}

/// The moment, and the window with it if it lies outside.
void FindingsPanel::goTo(Instant at) {
    if (!parts_->session) return;
    Selection& selection = parts_->session->selection();
    const Window seen = selection.place().window;
    if (!seen.contains(at)) {
        const Duration half = seen.length() / 2;
        selection.setWindow({at - half, at + half});
    }
    selection.setMoment(at);
}

/// What stands where findings would be: why there are none, or what they lack.
void FindingsPanel::showState() {
    Parts& p = *parts_;
    QStringList text;
    if (!p.session && !p.analysis) {
        text << tr("Open a case to see what its logs say.");
    } else if (!p.analysis) {
        const bool busy = p.session->busy();
        const bool whole = p.session->caseFile().importComplete();
        text << (busy && !whole ? tr("The logs are being read …")
                 : busy         ? tr("The logs are being analysed …")
                 : whole        ? tr("There is no analysis of these logs.")
                                : tr("Reading was stopped before its end: there is no analysis."));
    } else {
        if (p.analysis->findings.empty()) text << tr("Nothing unusual was found in these logs.");
        if (p.session && !p.session->busy() && !p.session->caseFile().importComplete())
            text << tr("Reading was stopped before its end: this holds for what was read.");
    }
    p.state->setText(
        text.join(QStringLiteral("\n")).replace(QLatin1Char('\n'), QChar::LineSeparator));
    p.state->setVisible(!text.isEmpty());
    showNotes();
}

void FindingsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    settleHead();
}

/// With large text the chips stand below their heading instead of beside it.
void FindingsPanel::settleHead() {
    Parts& p = *parts_;
    const int wanted =
        p.findingsHead->minimumWidth() + p.chips->sizeHint().width() + 4 * fontMetrics().height();
    p.head->setDirection(wanted > width() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

/// What could not be judged stands last: it matters less than what could.
void FindingsPanel::showNotes() {
    QStringList text;
    if (parts_->analysis)
        for (const std::string& note : parts_->analysis->notes)
            text << shownWhole(note);
    parts_->notes->setText(text.join(QChar::LineSeparator));
    parts_->notes->setVisible(!text.isEmpty());
}

} // namespace postlude
