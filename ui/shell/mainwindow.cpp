// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "ui/common/casefolder.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/page.h"
#include "ui/investigate/player.h"
#include "ui/investigate/stepper.h"
#include "ui/postmortem/page.h"
#include "ui/shell/commands.h"
#include "ui/shell/errorpage.h"
#include "ui/shell/filterbar.h"
#include "ui/shell/lastrun.h"
#include "ui/shell/opener.h"
#include "ui/shell/presskeys.h"
#include "ui/shell/progressstrip.h"
#include "ui/shell/recent.h"
#include "ui/shell/statusline.h"
#include "ui/shell/toolbar.h"
#include "ui/shell/tourplan.h"
#include "ui/shell/welcome.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QScreen>
#include <QSet>
#include <QSettings>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

namespace postlude {

namespace {

/// With its frame on the screen: what is below its edge cannot be reached by hand.
QSize usualSize(const QSize& screen) {
    const QSize frame(8, 40);
    return QSize(1440, 900).boundedTo(screen - frame);
}

using UnreadFiles = std::vector<std::pair<QString, QString>>;

/// What came of reading a bundle, by what the case itself says.
struct Outcome {
    std::uint64_t records = 0;
    UnreadFiles unread; ///< each source once, with the first thing that is wrong with it
};

Outcome outcomeOf(const Case& file) {
    Outcome outcome;
    QSet<QString> told;
    const auto add = [&](const QString& source, const QString& why) {
        if (source.isEmpty() || told.contains(source)) return;
        told.insert(source);
        outcome.unread.emplace_back(source, why);
    };
    if (const auto issues = file.issues())
        for (const ReadIssue& issue : *issues) {
            QString why = shown(issue.error.what);
            if (!issue.error.remedy.empty())
                why += QStringLiteral(" – ") + shown(issue.error.remedy);
            add(shown(issue.error.place.source), why);
        }
    const auto sources = file.sources();
    if (!sources) return outcome;
    for (const SourceInfo& source : *sources) {
        outcome.records += source.records;
        add(shown(source.path),
            !source.what.empty()
                ? MainWindow::tr("%1: no lines of a known log format").arg(shown(source.what))
            : source.lines > 0
                ? MainWindow::tr("no format fits its %1 lines", nullptr, counted(source.lines))
                      .arg(wholeCount(source.lines))
                : MainWindow::tr("holds no lines of text"));
    }
    return outcome;
}

/// The file that was begun for what could not be read, if nobody has written anything into it.
std::filesystem::path emptyCase(const Session& session) {
    const std::filesystem::path file = session.caseFile().file();
    const bool ours = file.parent_path() == std::filesystem::path(casesFolder().toStdString());
    const bool kept = !session.bookmarks().empty() || !session.hypotheses().empty();
    return ours && !kept ? file : std::filesystem::path();
}

std::vector<MainWindow*> mainWindows() {
    std::vector<MainWindow*> all;
    for (QWidget* window : QApplication::topLevelWidgets())
        if (auto* one = qobject_cast<MainWindow*>(window); one && one->isVisible())
            all.push_back(one);
    return all;
}

/// The numbers of windows tell their traces apart.
int nextNumber() {
    static int next = 0;
    return next++;
}

} // namespace

struct MainWindow::Parts : ShellParts {
    void build(MainWindow* of);
    void wire();
    void arrive(OpenedCase opened);
    void take(std::unique_ptr<Session> opened);
    bool mayDrop();
    void dropSession();
    void leaveFailed(const QPointer<Session>& failed, const Error& failure,
                     const UnreadFiles& files);
    void showError(const Error& error);
    void showFailure(const Error& error);
    void setTitle();
    void settleUndo();
    void offerEntry(Instant time, const QString& text, const Evidence& evidence);

    void settleHandbook();

    const int number = nextNumber();
    bool offersTour = false;
    Opener* opener = nullptr;
    std::vector<std::filesystem::path> asked; ///< what it opens
};

bool ShellParts::investigating() const {
    return pages->currentWidget() == investigate;
}

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent)
    , parts_(std::make_unique<Parts>()) {
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setMinimumSize(900, 560);
    parts_->build(this);
    parts_->wire();
    parts_->open = [this](const QStringList& files) {
        std::vector<std::filesystem::path> paths;
        for (const QString& file : files)
            paths.emplace_back(file.toStdString());
        openPaths(paths);
    };
    parts_->close = [this] {
        if (parts_->mayDrop()) parts_->dropSession();
    };
    parts_->setMode = [parts = parts_.get()](bool investigate) {
        if (!parts->session) return;
        parts->investigate->player().pause();
        if (!investigate)
            parts->pages->setCurrentWidget(parts->postmortem);
        else
            parts->pages->setCurrentWidget(parts->investigate);
        parts->tools->setInvestigating(investigate);
        parts->status->setInvestigating(investigate);
        parts->actions->settle(true, investigate);
        parts->settleUndo();
        if (investigate)
            parts->investigate->lines().setFocus(); // keys go through them at once
        else
            parts->postmortem->setFocus();
    };
    const auto ended = takeEndedRun();
    parts_->dropSession();
    if (ended) parts_->welcome->tellEnded(*ended);
    resize(usualSize(screen()->availableSize()));
    restoreGeometry(QSettings().value(QStringLiteral("window/geometry")).toByteArray());
}

MainWindow::~MainWindow() {
    parts_->dropSession();
}

void MainWindow::Parts::build(MainWindow* of) {
    window = of;
    actions = new Actions(of);
    opener = new Opener(of);
    new PressKeys(of);
    mayCloseAll = [] { return std::ranges::all_of(mainWindows(), &MainWindow::mayLeave); };
    quit = [] {
        const std::vector<MainWindow*> open = mainWindows();
        const std::vector<QPointer<MainWindow>> all(open.begin(), open.end());
        for (const QPointer<MainWindow>& each : all) // closing one may take others along
            if (each && !each->close()) return;
    };
    newWindow = [of] { Q_EMIT of->newWindowWanted(); };
    for (const auto add : {addFileMenu, addEditMenu, addViewMenu, addGoMenu, addIncidentMenu,
                           addPostmortemMenu, addHelpMenu})
        add(*this);
    auto* centre = new QWidget(of);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    tools = new ToolRow(centre);
    progress = new ProgressStrip(centre);
    pages = new QStackedWidget(centre);
    welcome = new WelcomePage(pages);
    error = new ErrorPage(pages);
    investigate = new InvestigatePage(pages);
    investigate->setObjectName(QStringLiteral("investigatePage"));
    postmortem = new PostmortemPage(pages);
    postmortem->setObjectName(QStringLiteral("postmortemPage"));
    for (QWidget* page : std::initializer_list<QWidget*>{welcome, error, investigate, postmortem})
        pages->addWidget(page);
    tools->takeDocumentTools(postmortem->head());
    column->addWidget(tools);
    column->addWidget(progress);
    column->addWidget(pages, 1);
    of->setCentralWidget(centre);
    status = new StatusLine(of);
    of->setStatusBar(status);
}

void MainWindow::Parts::wire() {
    connect(tools, &ToolRow::modeWanted, window, [this](bool mode) { setMode(mode); });
    connect(tools, &ToolRow::eventWanted, window,
            [this](int by) { investigate->stepper().laneEvent(by); });
    Player& player = investigate->player();
    connect(tools, &ToolRow::playWanted, &player, &Player::toggle);
    connect(tools, &ToolRow::speedWanted, &player, &Player::setSpeed);
    connect(&player, &Player::changed, window, [this] {
        tools->setPlaying(investigate->player().playing(), investigate->player().speed());
    });
    connect(tools, &ToolRow::paletteWanted, window,
            [this] { (*actions)[QStringLiteral("palette")]->trigger(); });
    connect(investigate, &InvestigatePage::told, status, &StatusLine::tell);
    connect(&tools->filter(), &FilterBar::told, status, &StatusLine::tell);
    connect(&tools->filter(), &FilterBar::left, &investigate->lines(),
            qOverload<>(&QWidget::setFocus));
    connect(investigate, &InvestigatePage::filterWanted, window,
            [this](const QString& filter) { tools->filter().use(filter); });
    connect(opener, &Opener::opened, window,
            [this](const std::shared_ptr<OpenedCase>& opened) { arrive(std::move(*opened)); });
    connect(opener, &Opener::failed, window, [this](const Error& failure) {
        tourWanted = false;
        showError(failure);
    });
    connect(opener, &Opener::changed, window, [this] {
        if (!opener->isBusy()) progress->showOpening({});
    });
    connect(progress, &ProgressStrip::openingCancelled, opener, &Opener::cancel);
    connect(welcome, &WelcomePage::openRequested, window,
            [this](const QStringList& paths) { open(paths); });
    connect(welcome, &WelcomePage::openFileRequested, window,
            [this] { (*actions)[QStringLiteral("openBundle")]->trigger(); });
    connect(welcome, &WelcomePage::openFolderRequested, window,
            [this] { (*actions)[QStringLiteral("openFolder")]->trigger(); });
    connect(error, &ErrorPage::backRequested, window, [this] { dropSession(); });
    connect(error, &ErrorPage::formatsRequested, window,
            [this] { (*actions)[QStringLiteral("formats")]->trigger(); });
    connect(error, &ErrorPage::openRequested, window,
            [this] { (*actions)[QStringLiteral("openBundle")]->trigger(); });
    connect(qApp, &QGuiApplication::focusWindowChanged, window, [this] { settleHandbook(); });
    connect(postmortem, &PostmortemPage::statusChanged, status, &StatusLine::setDocument);
    connect(postmortem, &PostmortemPage::undoChanged, window, [this] { settleUndo(); });
}

void MainWindow::openPaths(const std::vector<std::filesystem::path>& paths) {
    parts_->asked = paths;
    parts_->progress->showOpening(bundleName(paths));
    parts_->opener->open(paths, parts_->session ? parts_->session->caseFile().file()
                                                : std::filesystem::path());
}

bool MainWindow::mayLeave() {
    return parts_->mayDrop();
}

/// Its key works in the windows beside a main one, too; of several main ones in those of each.
void MainWindow::Parts::settleHandbook() {
    const QWidget* active = QApplication::activeWindow();
    if (!active) return;
    while (active && active != window)
        active = active->parentWidget();
    (*actions)[QStringLiteral("handbook")]->setShortcutContext(active ? Qt::ApplicationShortcut
                                                                      : Qt::WindowShortcut);
}

bool MainWindow::isOpening() const {
    return parts_->opener->isBusy();
}

void MainWindow::setReading(ImportOptions options) {
    parts_->reading = std::move(options);
}

void MainWindow::offerTourOnce() {
    parts_->offersTour = true;
}

Session* MainWindow::session() const {
    return parts_->session.get();
}

void MainWindow::Parts::arrive(OpenedCase opened) {
    if (!opened.file) return status->tell(MainWindow::tr("This is open already"));
    if (!mayDrop()) return;
    if (asked.size() == 1) rememberRecent(QString::fromStdString(asked.front().string()));
    dropSession();
    take(Session::begin(std::move(opened), reading));
}

void MainWindow::Parts::take(std::unique_ptr<Session> opened) {
    session = std::move(opened);
    ledTo.reset();
    tools->setSession(session.get());
    progress->setSession(session.get());
    status->setSession(session.get());
    investigate->setSession(session.get());
    postmortem->setSession(session.get());
    const auto settleClock = [this] {
        (*actions)[QStringLiteral("rawClock")]->setChecked(session->selection().clock() ==
                                                           ClockView::Raw);
    };
    connect(&session->selection(), &Selection::displayChanged, window, settleClock);
    settleClock(); // of the place where one was the last time
    connect(session.get(), &Session::failed, window,
            [this](const Error& failure) { showFailure(failure); });
    connect(session.get(), &Session::told, status, &StatusLine::tell);
    connect(&session->changes(), &QUndoStack::indexChanged, window, [this] { settleUndo(); });
    connect(session.get(), &Session::evidenceRequested, window, [this](const Evidence& evidence) {
        const bool fromDocument = !investigating();
        setMode(true);
        investigate->showEvidence(evidence);
        ledTo = fromDocument ? std::optional(session->selection().place()) : std::nullopt;
    });
    connect(session.get(), &Session::timelineEntryOffered, window,
            [this](Instant time, const QString& text, const Evidence& evidence) {
                offerEntry(time, text, evidence);
            });
    markOpenCase(QString::fromStdString(session->caseFile().file().string()), session->title(),
                 number);
    setMode(true);
    setTitle();
    if (std::exchange(tourWanted, false)) return startTour(*this);
    if (offersTour) offerTour(*this);
}

/// One adds from Investigate, and takes back there: it is among what was changed there.
void MainWindow::Parts::offerEntry(Instant time, const QString& text, const Evidence& evidence) {
    if (!postmortem->addEntry(time, text, evidence))
        return status->tell(MainWindow::tr("There is no postmortem to add to yet"));
    session->change(
        MainWindow::tr("Add to the timeline"),
        [this, time, text, evidence, done = true]() mutable {
            if (!std::exchange(done, false)) postmortem->addEntry(time, text, evidence);
        },
        [this, time, text, evidence] { postmortem->takeEntry(time, text, evidence); });
    status->tell(MainWindow::tr("Added to the postmortem's timeline"));
}

/// What cannot be saved is not thrown away without a question.
bool MainWindow::Parts::mayDrop() {
    if (!session) return true;
    if (QWidget* field = window->focusWidget()) field->clearFocus(); // what is in it counts
    if (!postmortem->finishExport()) {
        setMode(false); // where it is said why
        return false;
    }
    if (session->caseFile().mode() == OpenMode::ReadOnly || postmortem->saveNow()) return true;
    QMessageBox box(QMessageBox::Warning, MainWindow::tr("Not saved"),
                    MainWindow::tr("The postmortem could not be saved. If the case is closed now, "
                                   "what was written since it was saved last is lost."),
                    QMessageBox::NoButton, window);
    box.setInformativeText(MainWindow::tr("Make room on the disk, or export it to another one."));
    auto* anyway =
        box.addButton(MainWindow::tr("Close all the same"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(MainWindow::tr("Stay"), QMessageBox::RejectRole));
    box.exec();
    return box.clickedButton() == anyway;
}

void MainWindow::Parts::dropSession() {
    if (QWidget* field = session ? window->focusWidget() : nullptr) field->clearFocus();
    if (session) postmortem->saveNow();
    tools->setSession(nullptr);
    progress->setSession(nullptr);
    status->setSession(nullptr);
    investigate->setSession(nullptr);
    postmortem->setSession(nullptr);
    session.reset();
    unmarkOpenCase(number);
    welcome->setRecent(recentPaths());
    pages->setCurrentWidget(welcome);
    tools->setInvestigating(true);
    actions->settle(false, true);
    setTitle();
}

void MainWindow::Parts::settleUndo() {
    const bool here = session && investigating();
    const bool writing = session && !investigating();
    (*actions)[QStringLiteral("undo")]->setEnabled((writing && postmortem->canUndo()) ||
                                                   (here && session->changes().canUndo()));
    (*actions)[QStringLiteral("redo")]->setEnabled((writing && postmortem->canRedo()) ||
                                                   (here && session->changes().canRedo()));
}

void MainWindow::Parts::setTitle() {
    window->setWindowTitle(session ? session->title() : QString{});
}

void MainWindow::Parts::showError(const Error& failure) {
    // A case that is open stays open; what could not be opened is said beside it.
    if (session) return status->tell(QString::fromStdString(describe(failure)));
    error->show(failure);
    pages->setCurrentWidget(error);
}

/// Reading failed: if nothing at all was read there is nothing to investigate. What there is, is
/// looked for behind the window.
void MainWindow::Parts::showFailure(const Error& failure) {
    status->tell(QString::fromStdString(describe(failure)));
    Error told = failure;
    if (told.place.source.empty()) told.place.source = session->title().toStdString();
    session->run(
        QStringLiteral("shell.outcome"), window,
        [file = &session->caseFile()](std::stop_token) { return outcomeOf(*file); },
        [this, failed = QPointer<Session>(session.get()), told](const Outcome& outcome) {
            if (outcome.records == 0) leaveFailed(failed, told, outcome.unread);
        });
}

/// Not from within the session's own call: a dialog that is open may still use the session.
void MainWindow::Parts::leaveFailed(const QPointer<Session>& failed, const Error& failure,
                                    const UnreadFiles& files) {
    QTimer::singleShot(QApplication::activeModalWidget() ? 200 : 0, window,
                       [this, failed, failure, files] {
                           if (!failed || failed != session.get()) return;
                           if (QApplication::activeModalWidget())
                               return leaveFailed(failed, failure, files);
                           // Nothing that fails on the way is told again.
                           disconnect(session.get(), &Session::failed, window, nullptr);
                           const auto made = emptyCase(*session);
                           dropSession();
                           if (!made.empty()) opener->discard(made);
                           error->show(failure, files);
                           pages->setCurrentWidget(error);
                       });
}

std::filesystem::path MainWindow::leave() {
    QSettings().setValue(QStringLiteral("window/geometry"), saveGeometry());
    parts_->investigate->saveLayout();
    std::filesystem::path open;
    if (parts_->session) open = parts_->session->caseFile().file();
    parts_->dropSession();
    return open;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!parts_->mayDrop()) return event->ignore();
    leave();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    QStringList files;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) files << url.toLocalFile();
    if (!files.isEmpty()) parts_->open(files);
}

} // namespace postlude
