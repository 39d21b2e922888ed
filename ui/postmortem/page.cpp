// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/page.h"

#include "ui/common/theme.h"
#include "ui/postmortem/entrychooser.h"
#include "ui/postmortem/fields.h"
#include "ui/postmortem/historydialog.h"
#include "ui/postmortem/pageparts.h"
#include "ui/postmortem/spelling.h"

#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <utility>

namespace postlude {

PostmortemPage::PostmortemPage(QWidget* parent)
    : QWidget(parent)
    , parts_(std::make_unique<Parts>(this)) {
    Parts& p = *parts_;
    connect(&p.document, &Document::changed, this, &PostmortemPage::showState);
    connect(&p.document, &Document::analysisChanged, this, &PostmortemPage::showState);
    connect(&p.saver, &DocumentSaver::statusChanged, this,
            [this](const QString& text) { Q_EMIT statusChanged(text); });
    connect(&p.saver, &DocumentSaver::failed, this, [this](const Error& error) {
        say(tr("Not saved: %1").arg(QString::fromStdString(describe(error))), true);
    });
    connect(&Spelling::instance(), &Spelling::notKept, this, [this](const QString& why) {
        say(tr("The word is known until Postlude ends; the list of words was not written: %1")
                .arg(why),
            true);
    });
    connect(&p.document, &Document::refused, this, [this](const QString& why) { say(why, true); });
    connect(p.checks, &ChecksPane::refreshed, this, [this] {
        parts_->sections->setFaults(parts_->checks->faults());
        showState();
    });
    connect(p.checks, &ChecksPane::placeWanted, this,
            [this](const QString& place) { parts_->form->goTo(place.toStdString()); });
    connect(p.redraft, &QAction::triggered, this, &PostmortemPage::redraft);
    connect(p.takeOver, &QAction::triggered, this, &PostmortemPage::takeOver);
    connect(p.copy, &QAction::triggered, this, &PostmortemPage::copyDocument);
    connect(p.edition, &QAction::triggered, this, &PostmortemPage::exportEdition);
    connect(p.messageTake, &QPushButton::clicked, this, [this] {
        const auto take = std::exchange(parts_->taken, {});
        parts_->message->hide();
        if (take) take();
    });
    connect(p.finder, &ReplaceBar::shown, p.form, &FormPane::select);
    connect(p.finder, &ReplaceBar::lost, p.form, &FormPane::unselect);
    connect(p.finder, &ReplaceBar::closed, p.form, [this] {
        parts_->form->unselect();
        parts_->form->setFocus();
    });
    connect(p.history, &QPushButton::clicked, this, &PostmortemPage::showHistory);
    connect(p.exportButton, &QPushButton::clicked, this, &PostmortemPage::exportAs);
    connect(p.sections, &QListWidget::currentRowChanged, this, &PostmortemPage::goTo);
    connect(p.sections, &QListWidget::itemClicked, this, // also where one is already
            [this] { goTo(parts_->sections->currentRow()); });
    connect(p.form, &FormPane::scrolled, this, [this] {
        const int section = parts_->form->sectionAtTop();
        if (section == parts_->sections->currentRow()) return;
        const QSignalBlocker quiet(parts_->sections);
        parts_->sections->setCurrentRow(section);
        follow(section);
    });
    connect(&p.form->timeline(), &TimelineView::evidenceRequested, this, [this](const Evidence& e) {
        if (parts_->session) Q_EMIT parts_->session->evidenceRequested(e);
    });
    connect(p.tray, &EvidenceTray::entryWanted, this, [this](const EvidencePiece& piece) {
        const int row = parts_->timeline.addAt(piece.at, piece.text, piece.evidence);
        if (row >= 0) parts_->form->timeline().reveal(row);
    });
    connect(p.tray, &EvidenceTray::attachWanted, p.form, &FormPane::attach);
    connect(&p.document, &Document::entryAsked, this, &PostmortemPage::linkEntry);
    connect(&p.document, &Document::placeAsked, this,
            [this](const QString& place) { parts_->form->goTo(place.toStdString()); });
    connect(&p.document, &Document::evidenceAsked, this, &PostmortemPage::addEvidence);
    showState();
}

void PostmortemPage::goTo(int section) {
    parts_->form->scrollTo(section);
    follow(section);
}

/// The preview shows what is being written.
void PostmortemPage::follow(int section) {
    const auto& sections = parts_->form->sections();
    if (section < 0 || std::size_t(section) >= sections.size()) return;
    parts_->preview->follow(sections[std::size_t(section)].part);
}

PostmortemPage::~PostmortemPage() {
    saveNow();
}

void PostmortemPage::setSession(Session* session) {
    Parts& p = *parts_;
    if (p.session == session) return;
    saveNow();
    if (p.session) p.session->disconnect(this);
    p.session = session;
    p.document.close();
    p.document.setAnalysis(nullptr);
    p.aside.clear();
    p.exporting.clear();
    p.shown = DocumentId::First;
    if (session) p.shown = usualDocument(session->caseFile()).value_or(DocumentId::First);
    p.saver.setCase(session ? &session->caseFile() : nullptr, p.shown);
    p.document.setSession(session);
    p.preview->setSession(session);
    p.tray->setSession(session);
    p.checks->setSession(session);
    say({}, false);
    if (session) {
        p.document.setReadOnly(session->caseFile().mode() == OpenMode::ReadOnly);
        const auto arrived = [this] {
            parts_->document.setAnalysis(parts_->session->analysis());
            if (!parts_->document.isLoaded()) loadOrDraft();
        };
        connect(session, &Session::analysisChanged, this, arrived);
        connect(session, &Session::importFinished, this, &PostmortemPage::showState);
        p.document.setAnalysis(session->analysis());
        loadOrDraft();
        fillDocuments();
    }
    showState();
}

/// The newest revision; where there is none, a draft as soon as the analysis is there.
void PostmortemPage::loadOrDraft() {
    Parts& p = *parts_;
    const auto newest = newestRevision(p.session->caseFile(), p.shown);
    if (!newest) return say(QString::fromStdString(describe(newest.error())), true);
    if (!*newest) {
        if (p.session->analysis()) draft();
        return;
    }
    Result<Postmortem> document = postmortemFromJson((*newest)->json);
    if (!document) return say(QString::fromStdString(describe(document.error())), true);
    p.document.load(std::move(*document));
    p.saver.startFrom(*newest);
}

void PostmortemPage::showState() {
    Parts& p = *parts_;
    const bool loaded = p.document.isLoaded();
    p.pages->setCurrentWidget(loaded ? p.work : p.empty);
    p.headTools->setVisible(loaded);
    if (!p.session)
        p.empty->setText(tr("No case is open."));
    else if (p.session->busy())
        p.empty->setText(
            tr("The logs are being read.\nThe postmortem is drafted once they are analysed."));
    else
        p.empty->setText(tr("There is no analysis of these logs yet.\nThe postmortem is drafted "
                            "once there is one."));
    p.readOnly->setVisible(loaded && p.document.isReadOnly());
    const int mend = p.checks->toMend(), agree = p.checks->agreeing();
    p.mend->setText(mend == 0 ? tr("nothing to mend") : tr("%n to mend", nullptr, mend));
    setRole(p.mend, mend == 0 ? "good" : "bad");
    p.agree->setText(tr("%n agree with the logs", nullptr, agree));
    setRole(p.agree, agree == 0 ? "muted" : "good");
    p.views->setTabText(1, mend == 0 ? tr("Checks") : tr("Checks (%1)").arg(mend));
    p.redraft->setEnabled(loaded && p.session && p.session->analysis() && !p.document.isReadOnly());
    p.takeOver->setEnabled(p.session && !p.document.isReadOnly());
    p.edition->setEnabled(loaded);
    p.copy->setEnabled(loaded);
    Q_EMIT undoChanged(p.document.canUndo(), p.document.canRedo());
}

namespace {

std::vector<Evidence> stated(const Evidence& evidence) {
    if (evidence.source.empty() && evidence.chart.empty()) return {};
    return {evidence};
}

} // namespace

bool PostmortemPage::addEntry(Instant time, const QString& text, const Evidence& evidence) {
    const int row = parts_->timeline.addAt(time, text, stated(evidence));
    if (row >= 0) parts_->form->timeline().reveal(row);
    return row >= 0;
}

void PostmortemPage::takeEntry(Instant time, const QString& text, const Evidence& evidence) {
    TimelineEntry added;
    added.time = time;
    added.text = text.toStdString();
    added.evidence = stated(evidence);
    parts_->document.edit("take entry back", [&added](Postmortem& d) {
        const auto it = std::ranges::find(d.timeline, added);
        if (it != d.timeline.end()) d.timeline.erase(it);
    });
}

void PostmortemPage::addEvidence() {
    Parts& p = *parts_;
    if (!p.document.isLoaded() || p.document.isReadOnly()) return;
    const auto place = p.form->attachPlace();
    if (!place)
        return say(tr("Put the cursor into a text, or choose an entry of the timeline, first."),
                   true);
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("evidenceMenu"));
    p.tray->addPieces(menu, [&p](const EvidencePiece& piece) { p.form->attach(piece); });
    if (menu.isEmpty())
        return say(tr("There is no evidence yet: choose or bookmark a line in Investigate."), true);
    menu.setActiveAction(menu.actions().front());
    menu.exec(*place);
}

void PostmortemPage::linkEntry() {
    Parts& p = *parts_;
    if (!p.document.isLoaded() || p.document.isReadOnly()) return;
    GrowingText* text = p.form->writtenText();
    if (!text) return say(tr("Put the cursor into a text first."), true);
    EntryChooser chooser(p.document.now(), this);
    if (chooser.exec() != QDialog::Accepted) return;
    text->setFocus(Qt::OtherFocusReason);
    text->insertPlainText(chooser.link());
}

bool PostmortemPage::saveNow() {
    return parts_->saver.save();
}
void PostmortemPage::find(bool replacing) {
    if (!parts_->document.isLoaded()) return;
    QString words;
    const QWidget* field = QApplication::focusWidget();
    if (const auto* line = qobject_cast<const QLineEdit*>(field)) words = line->selectedText();
    if (const auto* text = qobject_cast<const QPlainTextEdit*>(field))
        words = text->textCursor().selectedText();
    parts_->finder->open(replacing, words.contains(QChar::ParagraphSeparator) ? QString() : words);
}

void PostmortemPage::findNext(int by) {
    parts_->finder->isVisible() ? parts_->finder->step(by) : find(false);
}

void PostmortemPage::undo() {
    parts_->document.undo();
}
void PostmortemPage::redo() {
    parts_->document.redo();
}
bool PostmortemPage::canUndo() const {
    return parts_->document.canUndo();
}
bool PostmortemPage::canRedo() const {
    return parts_->document.canRedo();
}
QString PostmortemPage::statusText() const {
    return parts_->saver.status();
}
QWidget* PostmortemPage::head() const {
    return parts_->headTools;
}

void PostmortemPage::showHistory() {
    Parts& p = *parts_;
    if (!p.session) return;
    saveNow();
    auto revisions = revisionListOf(p.session->caseFile(), p.shown);
    if (!revisions) return say(QString::fromStdString(describe(revisions.error())), true);
    HistoryDialog dialog(p.session->caseFile(), std::move(*revisions), !p.document.isReadOnly(),
                         this);
    connect(&dialog, &HistoryDialog::restoreRequested, this, [&](const Revision& revision) {
        const Result<Postmortem> old = postmortemFromJson(revision.json);
        if (!old) return say(QString::fromStdString(describe(old.error())), true);
        const std::string what = "restored revision " + std::to_string(revision.number);
        p.document.edit(what, [&](Postmortem& d) { d = *old; });
        p.saver.saveAs(what);
    });
    connect(&dialog, &HistoryDialog::redraftRequested, this, &PostmortemPage::redraft,
            Qt::QueuedConnection);
    dialog.exec();
}

/// A line under the head; it stays until the next or until it is closed.
void PostmortemPage::say(const QString& text, bool bad) {
    parts_->messageText->setText(text);
    setRole(parts_->messageText, bad ? "bad" : "good");
    parts_->message->setVisible(!text.isEmpty());
    parts_->messageTake->hide();
    parts_->taken = {};
}

/// A message with something that can be done about it.
void PostmortemPage::offer(const QString& text, const QString& button,
                           const std::function<void()>& take) {
    say(text, false);
    parts_->messageTake->setText(button);
    parts_->messageTake->show();
    parts_->taken = take;
}

} // namespace postlude
