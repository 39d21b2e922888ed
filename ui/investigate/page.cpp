// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/page.h"

#include "core/base/text.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/findings/panel.h"
#include "ui/investigate/chartstack.h"
#include "ui/investigate/comparewindow.h"
#include "ui/investigate/filestrip.h"
#include "ui/investigate/findbar.h"
#include "ui/investigate/gotoline.h"
#include "ui/investigate/heresection.h"
#include "ui/investigate/keptplace.h"
#include "ui/investigate/lanes.h"
#include "ui/investigate/linesstrip.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/messageswindow.h"
#include "ui/investigate/navigator.h"
#include "ui/investigate/outsidestrip.h"
#include "ui/investigate/overview.h"
#include "ui/investigate/player.h"
#include "ui/investigate/sourcespanel.h"
#include "ui/investigate/sqlwindow.h"
#include "ui/investigate/stepper.h"

#include <QJsonDocument>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

namespace postlude {

namespace {

constexpr const char* kPlaceNote = "investigate";
constexpr int kKeepMs = 3000;

/// Where events lie that may have led to what the logs count, or followed it; a change of last
/// month would leave nothing to see of an hour.
Window aroundOf(const std::vector<LaneEvent>& events, Window bounds) {
    const Duration far = std::max<Duration>(bounds.length(), std::chrono::hours{12});
    Window around = bounds;
    for (const LaneEvent& event : events) {
        if (event.from < bounds.from - far || event.from > bounds.to + far) continue;
        around.from = std::min(around.from, event.from);
        around.to = std::max(around.to, event.from + std::chrono::milliseconds{1});
    }
    if (around == bounds) return {};
    const Duration room = around.length() / 50; // not at the very edge
    if (around.from < bounds.from) around.from -= room;
    if (around.to > bounds.to) around.to += room;
    return around;
}

} // namespace

InvestigatePage::InvestigatePage(QWidget* parent)
    : QWidget(parent)
    , navigator_(new TimeNavigator(this))
    , stepper_(new Stepper(this))
    , player_(new Player(this)) {
    build();
    wire();
}

void InvestigatePage::build() {
    columns_ = new QSplitter(Qt::Horizontal, this);
    columns_->setChildrenCollapsible(false);
    columns_->setHandleWidth(1);
    sources_ = new SourcesPanel(columns_);
    columns_->addWidget(sources_);
    columns_->addWidget(buildCentre());
    findings_ = new FindingsPanel(columns_);
    findings_->setObjectName(QStringLiteral("findingsPanel"));
    here_ = new HereSection(findings_);
    findings_->addSection(here_);
    columns_->addWidget(findings_);
    settleMinimum();
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this,
            &InvestigatePage::settleMinimum);
    for (int i = 0; i < columns_->count(); ++i)
        columns_->setStretchFactor(i, 1); // all grow with the window, as they are to one another
    columns_->setSizes({215, 1010, 375});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(columns_);
    const QSettings settings;
    columns_->restoreState(settings.value(QStringLiteral("investigate/columns")).toByteArray());
    rows_->restoreState(settings.value(QStringLiteral("investigate/rows")).toByteArray());
}

/// In letters of the text size of the program: left a name, an offset and a count, right lines that
/// are worth reading. A small window leaves room for the charts all the same.
void InvestigatePage::settleMinimum() {
    const int letter = fontMetrics().averageCharWidth(), wide = width();
    const int left = std::clamp(wide / 6, 24 * letter, 27 * letter);
    const int right = std::clamp(wide / 4, 30 * letter, 40 * letter);
    sources_->setMinimumWidth(std::min(left, wide * 26 / 100));
    findings_->setMinimumWidth(std::min(right, wide * 30 / 100));
}

void InvestigatePage::resizeEvent(QResizeEvent* event) {
    settleMinimum();
    QWidget::resizeEvent(event);
}

QWidget* InvestigatePage::buildCentre() {
    auto* centre = new QWidget(columns_);
    centre->setObjectName(QStringLiteral("centre"));
    centre->setProperty("role", QByteArray("surface"));
    centre->setAttribute(Qt::WA_StyledBackground);
    centre->setMinimumWidth(420);
    rows_ = new QSplitter(Qt::Vertical, centre);
    rows_->setChildrenCollapsible(false);
    rows_->setHandleWidth(1);
    auto* upper = new QWidget(rows_);
    auto* charts = new QVBoxLayout(upper);
    charts->setContentsMargins(0, 8, 0, 4);
    charts->setSpacing(0);
    outside_ = new OutsideStrip(upper);
    overview_ = new Overview(upper);
    lanes_ = new Lanes(*navigator_, upper);
    charts_ = new ChartStack(*navigator_, upper);
    charts->addWidget(outside_);
    charts->addWidget(overview_);
    charts->addSpacing(2);
    charts->addWidget(lanes_);
    charts->addWidget(charts_, 1);
    auto* lower = new QWidget(rows_);
    auto* table = new QVBoxLayout(lower);
    table->setContentsMargins(0, 0, 0, 0);
    table->setSpacing(0);
    find_ = new FindBar(lower);
    lines_ = new LinesView(lower);
    file_ = new FileStrip(lower);
    strip_ = new LinesStrip(lower);
    table->addWidget(find_);
    table->addWidget(file_);
    table->addWidget(strip_);
    table->addWidget(lines_, 1);
    rows_->addWidget(upper);
    rows_->addWidget(lower);
    rows_->setStretchFactor(0, 2);
    rows_->setStretchFactor(1, 1);
    rows_->setSizes({585, 320});
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(10, 0, 13, 0);
    layout->addWidget(rows_);
    return centre;
}

void InvestigatePage::wire() {
    connect(navigator_, &TimeNavigator::clicked, this,
            [this](QWidget* where, Instant at, const QPoint&) {
                if (where != lanes_) lines_->landOn(at);
            });
    wireCharts();
    wireLines();
    connect(stepper_, &Stepper::told, find_, &FindBar::tell);
    connect(stepper_, &Stepper::told, this, &InvestigatePage::told);
    connect(stepper_, &Stepper::findingReached, findings_, &FindingsPanel::reveal);
    connect(lines_, &LinesView::searching, strip_, &LinesStrip::showProgress);
    connect(lines_, &LinesView::stopped, strip_, &LinesStrip::showStopped);
    connect(lines_, &LinesView::loaded, this, [this] {
        const RecordList& list = lines_->lines()->list();
        strip_->showMissing(list.missing);
        const Selection& selection = session_->selection();
        if (list.missing.empty() && !selection.place().filter.isEmpty())
            strip_->showPassed(list.size(), !lines_->file() && !selection.showsAll());
    });
    connect(lines_, &LinesView::fileChanged, this, &InvestigatePage::showFile);
    connect(file_, &FileStrip::leaveWanted, lines_, [this] { lines_->setFile({}); });
    connect(strip_, &LinesStrip::stopWanted, lines_, &LinesView::stopSearch);
    connect(stepper_, &Stepper::searching, find_, &FindBar::showProgress);
    connect(find_, &FindBar::findWanted, stepper_, &Stepper::find);
    connect(find_, &FindBar::findWanted, lines_,
            [this] { lines_->setSearched(find_->wanted().pattern()); });
    connect(find_, &FindBar::stopWanted, stepper_, &Stepper::stopFinding);
    connect(find_, &FindBar::stepWanted, stepper_, &Stepper::match);
    connect(find_, &FindBar::closed, this, &InvestigatePage::closeFind);
    connect(sources_, &SourcesPanel::told, this, &InvestigatePage::told);
    connect(sources_, &SourcesPanel::filterWanted, this, &InvestigatePage::filterWanted);
    connect(sources_, &SourcesPanel::bookmarkWanted, this, &InvestigatePage::visitBookmark);
    connect(lanes_, &Lanes::bookmarkWanted, this, &InvestigatePage::visitBookmark);
    connect(lanes_, &Lanes::filterWanted, this, &InvestigatePage::filterWanted);
}

void InvestigatePage::wireCharts() {
    connect(overview_, &Overview::silencesFound, charts_, &ChartStack::setSilences);
    connect(charts_, &ChartStack::told, this, &InvestigatePage::told);
    connect(charts_, &ChartStack::compareWanted, this, &InvestigatePage::openCompare);
    connect(charts_, &ChartStack::messagesWanted, this, &InvestigatePage::openMessages);
    connect(charts_, &ChartStack::offered, this,
            [this](const Evidence& evidence, const QString& title) {
                Q_EMIT session_->timelineEntryOffered(evidence.window.from, title, evidence);
            });
}

void InvestigatePage::wireLines() {
    connect(lines_, &LinesView::filterWanted, this, &InvestigatePage::filterWanted);
    connect(lines_, &LinesView::bookmarkWanted, this, &InvestigatePage::toggleBookmark);
    connect(lines_, &LinesView::offerWanted, this, &InvestigatePage::offerToPostmortem);
    connect(stepper_, &Stepper::matchesFound, lines_, &LinesView::setMatches);
    keep_.setSingleShot(true);
    keep_.setInterval(kKeepMs);
    connect(&keep_, &QTimer::timeout, this, &InvestigatePage::keepSoon);
}

QByteArray InvestigatePage::kept() const {
    const auto coded = [](const QByteArray& bytes) {
        return QString::fromLatin1(bytes.toBase64());
    };
    const QJsonObject o{{QStringLiteral("place"), packPlace(session_->selection())},
                        {QStringLiteral("charts"), charts_->layoutState()},
                        {QStringLiteral("chosenColumns"), coded(lines_->columnsState())},
                        {QStringLiteral("times"), static_cast<int>(lines_->lines()->times())},
                        {QStringLiteral("colourBy"), static_cast<int>(lines_->lines()->colourBy())},
                        {QStringLiteral("writtenRows"), lines_->writtenRows()},
                        {QStringLiteral("columns"), coded(columns_->saveState())},
                        {QStringLiteral("rows"), coded(rows_->saveState())}};
    return QJsonDocument(o).toJson(QJsonDocument::Compact);
}

/// Also while one works: a machine that stops takes no more than the last seconds.
void InvestigatePage::keepSoon() {
    if (!session_ || session_->caseFile().mode() == OpenMode::ReadOnly) return;
    session_->run(
        QStringLiteral("keep"), this,
        [&of = session_->caseFile(), text = kept().toStdString()](std::stop_token) {
            return of.setNote(kPlaceNote, text).has_value();
        },
        [](bool) {});
}

void InvestigatePage::restoreLayout(const QJsonObject& o) {
    charts_->restoreLayout(o[QStringLiteral("charts")].toObject());
    charts_->settle();
    const auto bytes = [&o](const char* name) {
        return QByteArray::fromBase64(o[QLatin1String(name)].toString().toLatin1());
    };
    lines_->restoreColumns(bytes("chosenColumns"));
    lines_->setTimes(
        static_cast<LinesModel::Times>(std::clamp(o[QStringLiteral("times")].toInt(), 0, 2)));
    lines_->lines()->setColourBy(static_cast<ColourBy>(
        std::clamp(o[QStringLiteral("colourBy")].toInt(), 0, kColourings - 1)));
    lines_->setWrittenRows(o[QStringLiteral("writtenRows")].toInt());
    lines_->settleColumns();
    if (o.isEmpty()) return;
    columns_->restoreState(bytes("columns"));
    rows_->restoreState(bytes("rows"));
}

void InvestigatePage::setSession(Session* session) {
    if (session_ && session) setSession(nullptr);
    if (session_) session_->saveNote(kPlaceNote, kept());
    keep_.stop();
    delete sql_.data(); // they ask the session that goes
    delete compare_.data();
    delete messages_.data();
    if (session_) disconnect(session_, nullptr, this, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    const QJsonObject before =
        session ? QJsonDocument::fromJson(session->note(kPlaceNote)).object() : QJsonObject{};
    if (session) restorePlace(before[QStringLiteral("place")].toObject(), session->selection());
    navigator_->setSelection(session ? &session->selection() : nullptr);
    stepper_->setSession(session);
    player_->setSession(session);
    here_->setSession(session);
    sources_->setSession(session);
    outside_->setSession(session);
    overview_->setSession(session);
    lanes_->setSession(session);
    charts_->setSession(session);
    strip_->hide();
    lines_->setSession(session);
    findings_->setSession(session);
    closeFind();
    if (!session) return;
    restoreLayout(before);
    connect(session, &Session::dataChanged, this, &InvestigatePage::refreshIndex);
    connect(session, &Session::analysisChanged, this, &InvestigatePage::refreshIndex);
    connect(&session->selection(), &Selection::displayChanged, this, &InvestigatePage::loadEvents);
    for (const auto changed : {&Selection::windowChanged, &Selection::filterChanged,
                               &Selection::recordChanged, &Selection::displayChanged})
        connect(&session->selection(), changed, &keep_, qOverload<>(&QTimer::start));
    connect(&session->changes(), &QUndoStack::indexChanged, &keep_, qOverload<>(&QTimer::start));
    refreshIndex();
    lines_->setFocus();
}

void InvestigatePage::refreshIndex() {
    const ServerIndex index(session_->query().servers(), session_->query().sources(),
                            session_->analysis().get());
    sources_->setServers(index);
    charts_->setServers(index);
    lines_->setServers(index);
    loadEvents();
}

void InvestigatePage::loadEvents() {
    if (!session_) return;
    session_->run(
        QStringLiteral("events"), this,
        [query = session_->sharedQuery(), analysis = session_->analysis(),
         clock = session_->selection().clock()](std::stop_token stop) {
            return readEvents(*query, analysis.get(), clock, stop);
        },
        [this](Result<std::vector<LaneEvent>> events) {
            if (!events) return session_->tellFault(events.error());
            session_->selection().setAround(aroundOf(*events, session_->selection().bounds()));
            stepper_->setEvents(*events);
            lanes_->setEvents(std::move(*events));
        });
}

void InvestigatePage::toggleBookmark() {
    if (!session_) return;
    const Visit& place = session_->selection().place();
    const auto line = session_->selection().line();
    for (const Bookmark& bookmark : session_->bookmarks()) {
        const bool here =
            line ? bookmark.record == line : !bookmark.record && bookmark.at == place.moment;
        if (here) return session_->removeBookmark(bookmark.id);
    }
    Bookmark bookmark{0, place.moment, line, {}};
    if (line) {
        const int row = lines_->lines()->rowOf(line, place.moment);
        const QModelIndex text = lines_->lines()->index(std::max(0, row), LinesModel::Text);
        if (lines_->lines()->recordAt(row) == line) {
            bookmark.at = lines_->lines()->timeAt(row).value_or(place.moment);
            bookmark.note = text.data().toString().left(120).toStdString();
        }
    }
    if (bookmark.note.empty()) bookmark.note = tr("moment").toStdString();
    session_->saveBookmark(bookmark);
}

void InvestigatePage::bookmarkWindow() {
    if (!session_ || session_->selection().place().window.empty()) return;
    const Window window = session_->selection().place().window;
    const Bookmark bookmark{0, window.from, {}, tr("window").toStdString()};
    session_->saveBookmark(bookmark, BookmarkLook{0, window.to});
}

void InvestigatePage::bookmarkMoment() {
    if (!session_) return;
    session_->saveBookmark(
        {0, session_->selection().place().moment, {}, tr("moment").toStdString()});
}

void InvestigatePage::toggleFileOrder() {
    if (!session_) return;
    if (lines_->file()) return lines_->setFile({});
    // The line that is marked in the list: a filter may have left out the one selected before.
    const auto id = lines_->lines()->recordAt(lines_->currentIndex().row());
    const auto row =
        id ? session_->query().record(*id) : Result<RecordRow>(std::unexpected(Error{}));
    if (!row) return void(Q_EMIT told(tr("Select a line first")));
    lines_->setFile(row->source);
}

void InvestigatePage::showFile() {
    QString path;
    if (session_ && lines_->file())
        for (const SourceInfo& info : session_->query().sources())
            if (info.id == *lines_->file()) path = shown(info.path);
    file_->show(path);
}

void InvestigatePage::addHypothesis() {
    findings_->addHypothesis();
}

void InvestigatePage::openFind() {
    find_->open();
}

void InvestigatePage::closeFind() {
    find_->hide();
    find_->tell({});
    lines_->setMatches(nullptr);
    lines_->setSearched(SearchFor{}.pattern());
    lines_->setFocus();
}

void InvestigatePage::visitBookmark(std::int64_t id) {
    for (const Bookmark& bookmark : session_->bookmarks()) {
        if (bookmark.id != id) continue;
        if (const auto until = session_->lookOf(bookmark.id).until) {
            session_->selection().setWindow({bookmark.at, *until});
            session_->selection().setMoment(bookmark.at);
        } else if (bookmark.record)
            session_->selection().visit(*bookmark.record, bookmark.at);
        else
            session_->selection().setMoment(bookmark.at);
    }
}

void InvestigatePage::goToLine() {
    if (!session_) return;
    QString source;
    if (const auto record = session_->selection().line())
        if (const auto row = session_->query().record(*record))
            for (const SourceInfo& info : session_->query().sources())
                if (info.id == row->source) source = QString::fromStdString(info.path);
    GoToLineDialog dialog(session_->query().sources(), source, this);
    if (dialog.exec() == QDialog::Accepted) visitLine(dialog.source(), dialog.line());
}

void InvestigatePage::visitLine(const QString& path, std::uint64_t line) {
    const Query& query = session_->query();
    for (const SourceInfo& info : query.sources()) {
        if (info.path != path.toStdString()) continue;
        const auto id = query.recordAtLine(info.id, line);
        const auto row = id ? query.record(*id) : Result<RecordRow>(std::unexpected(id.error()));
        if (!row) return void(Q_EMIT told(QString::fromStdString(describe(row.error()))));
        const bool raw = session_->selection().clock() == ClockView::Raw;
        const auto time = raw ? row->timeRaw : row->time;
        session_->selection().visit(row->id, time.value_or(session_->selection().place().moment));
        return;
    }
    Q_EMIT told(tr("There is no source %1 in this case").arg(shown(path.toStdString())));
}

void InvestigatePage::showEvidence(const Evidence& evidence) {
    if (!session_) return;
    if (!evidence.source.empty())
        return visitLine(QString::fromStdString(evidence.source), evidence.firstLine);
    if (evidence.window.empty()) return;
    session_->selection().reach(evidence.window);
    session_->selection().setWindow(evidence.window);
    session_->selection().setMoment(evidence.window.from);
}

std::string InvestigatePage::selectedSource() {
    if (!session_ || !session_->selection().line()) {
        Q_EMIT told(tr("Select a line first"));
        return {};
    }
    if (const auto row = session_->query().record(*session_->selection().line()))
        for (const SourceInfo& info : session_->query().sources())
            if (info.id == row->source) return info.path;
    return {};
}

void InvestigatePage::showFormat() {
    if (const std::string path = selectedSource(); !path.empty()) sources_->showFormatOf(path);
}

void InvestigatePage::showClock() {
    if (const std::string path = selectedSource(); !path.empty()) sources_->showClockOf(path);
}

void InvestigatePage::openSql() {
    if (!session_) return;
    if (!sql_) {
        sql_ = new SqlWindow(*session_, this);
        sql_->setAttribute(Qt::WA_DeleteOnClose);
    }
    sql_->show();
    sql_->raise();
    sql_->activateWindow();
}

template <class Window>
void InvestigatePage::open(QPointer<Window>& window) {
    if (!session_) return;
    if (!window) {
        window = new Window(*session_, this);
        window->setAttribute(Qt::WA_DeleteOnClose);
        connect(window, &InsightWindow::filterWanted, this, &InvestigatePage::filterWanted);
    }
    window->show();
    window->raise();
    window->activateWindow();
    window->lookAtView();
}

void InvestigatePage::openCompare() {
    open(compare_);
}

void InvestigatePage::openMessages() {
    open(messages_);
}

void InvestigatePage::offerToPostmortem() {
    if (!session_ || !session_->selection().line()) {
        Q_EMIT told(tr("Select a line first"));
        return;
    }
    const auto row = session_->query().record(*session_->selection().line());
    if (!row) return;
    Evidence evidence;
    for (const SourceInfo& info : session_->query().sources())
        if (info.id == row->source) evidence.source = info.path;
    evidence.firstLine = row->line;
    evidence.lastLine = row->line + row->lines - 1;
    // A filter may hide the line: then the row nearest to it is another one.
    const int at = lines_->lines()->rowOf(row->id, session_->selection().place().moment);
    QString text = lines_->lines()->index(std::max(0, at), LinesModel::Text).data().toString();
    if (lines_->lines()->recordAt(at) != row->id) {
        const std::string_view said = (*row)[TextField::Message];
        const auto raw = said.empty() ? session_->query().rawText(row->id) : std::string(said);
        text = raw ? QString::fromStdString(visible(*raw)) : QString();
    }
    Q_EMIT session_->timelineEntryOffered(session_->selection().place().moment, text, evidence);
}

void InvestigatePage::saveLayout() const {
    QSettings settings;
    settings.setValue(QStringLiteral("investigate/columns"), columns_->saveState());
    settings.setValue(QStringLiteral("investigate/rows"), rows_->saveState());
}

} // namespace postlude
