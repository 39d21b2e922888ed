// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/linesview.h"

#include "core/base/freedmemory.h"
#include "ui/common/evidencedrag.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/findings/hypothesislist.h"
#include "ui/investigate/linesdelegate.h"
#include "ui/investigate/marksbar.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QScopedValueRollback>
#include <QScrollBar>

namespace postlude {

namespace {

constexpr std::size_t kMany = 1'000'000; ///< lines whose list took memory to make

QString slotName() {
    return QStringLiteral("lines");
}

} // namespace

LinesView::LinesView(QWidget* parent)
    : RowsView(parent)
    , model_(new LinesModel(this)) {
    setObjectName(QStringLiteral("linesView"));
    setAccessibleName(tr("Lines of all sources by time"));
    setModel(model_);
    setItemDelegate(new LinesDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    marks_ = new MarksBar(this);
    setVerticalScrollBar(marks_);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // the marks have their place
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setAccessibleName(tr("Heads of the columns"));
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    horizontalHeader()->setToolTip(tr("Right-click to choose columns and how times are written"));
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, &LinesView::headerMenu);
    horizontalHeader()->setMinimumSectionSize(20);
    empty_ = new QLabel(viewport());
    empty_->setTextFormat(Qt::PlainText);
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setProperty("role", QByteArray("muted"));
    empty_->setAttribute(Qt::WA_TransparentForMouseEvents);
    empty_->hide();
    reload_.setSingleShot(true);
    reload_.setInterval(120);
    connect(&reload_, &QTimer::timeout, this, &LinesView::load);
    connect(this, &QTableView::activated, this, &LinesView::opened);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, &LinesView::columnsTouched);
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, &LinesView::columnsTouched);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, &LinesView::style);
    resetColumns();
    arrangement_ = new Arrangement([this] { return arranged(); },
                                   [this](const QByteArray& state) { arrangeAs(state); }, this);
}

void LinesView::style() {
    horizontalHeader()->setFont(Theme::current().small());
    fitColumns();
    viewport()->update();
}

void LinesView::setSession(Session* session) {
    if (session_) disconnect(session_, nullptr, this, nullptr);
    if (session_) disconnect(&session_->selection(), nullptr, this, nullptr);
    session_ = session;
    arrangement_->setSession(session);
    matches_.reset();
    file_.reset();
    Q_EMIT fileChanged();
    landing_.reset();
    reading_ = false;
    model_->clear();
    empty_->hide();
    if (!session_) return;
    const auto soon = qOverload<>(&QTimer::start);
    Selection& selection = session_->selection();
    model_->setDisplay(selection.clock(), selection.zone());
    connect(&selection, &Selection::windowChanged, this, [this] {
        if (!file_) reload_.start();
    });
    connect(&selection, &Selection::filterChanged, this, &LinesView::load);
    connect(&selection, &Selection::momentChanged, this, &LinesView::follow);
    connect(&selection, &Selection::recordChanged, this, &LinesView::follow);
    connect(&selection, &Selection::displayChanged, this, [this] {
        model_->setDisplay(session_->selection().clock(), session_->selection().zone());
        fitDates();
        reload_.start();
    });
    connect(session_, &Session::dataChanged, &reload_, soon);
    connect(session_, &Session::bookmarksChanged, this, &LinesView::markBookmarks);
    markBookmarks();
    load();
}

void LinesView::setFile(std::optional<SourceId> source) {
    if (source == file_) return;
    file_ = source;
    setAccessibleName(file_ ? tr("Lines of one source as they were written")
                            : tr("Lines of all sources by time"));
    Q_EMIT fileChanged();
    load();
}

void LinesView::setServers(const ServerIndex& servers) {
    model_->setServers(servers);
}

void LinesView::load() {
    if (!session_) return;
    const Selection& selection = session_->selection();
    RecordsRequest request;
    request.clock = selection.clock();
    if (file_) {
        request.sources = {*file_};
        request.fileOrder = true;
    }
    // With everything in view also what lies before and after the requests: changes, chat.
    if (!file_ && !selection.showsAll()) request.window = selection.place().window;
    if (auto filter = Filter::parse(selection.place().filter.toStdString());
        filter && !selection.place().filter.isEmpty())
        request.filter = *filter;
    heard_ = {};
    const auto query = session_->sharedQuery();
    session_->runTelling<Found>(
        slotName(), this,
        [query, request](std::stop_token stop, const FoundSink& tell) {
            auto list = query->select(request, stop, tell);
            if (list && list->size() > kMany) giveBackFreedMemory();
            return std::pair(query, std::move(list));
        },
        [this, query](const Found& found) { hear(query, found); },
        [this](std::pair<std::shared_ptr<Query>, Result<RecordList>> found) {
            take(std::move(found));
        });
}

/// Where somebody has scrolled to meanwhile, he stays.
void LinesView::hear(const std::shared_ptr<Query>& query, const Found& found) {
    const QScopedValueRollback<bool> guard(following_, true);
    const bool begins = heard_.all == 0;
    if (begins || found.first.size() != heard_.first.size()) {
        const int scrolled = verticalScrollBar()->value();
        model_->setLines(query, found.first, file_.has_value());
        fitDates();
        followWithoutScrolling();
        verticalScrollBar()->setValue(begins ? 0 : scrolled);
    }
    heard_ = found;
    empty_->setText(tr("No line is found yet."));
    empty_->setVisible(model_->rowCount() == 0);
    Q_EMIT searching(found);
}

void LinesView::take(std::pair<std::shared_ptr<Query>, Result<RecordList>> found) {
    const QScopedValueRollback<bool> guard(following_, true);
    heard_ = {};
    if (found.second) {
        model_->setLines(std::move(found.first), std::move(*found.second), file_.has_value());
        fitDates();
        const Zone& zone = session_->selection().zone();
        const Window window = session_->selection().place().window;
        empty_->setText(session_->busy() ? tr("Lines stand here as soon as they are read.")
                        : session_->selection().place().filter.isEmpty()
                            ? tr("No lines between %1 and %2")
                                  .arg(QString::fromStdString(zone.format(window.from, 0)),
                                       QString::fromStdString(zone.format(window.to, 0)))
                            : tr("No lines match the filter in this window."));
    } else if (found.second.error().kind != ErrorKind::Cancelled) {
        model_->clear();
        empty_->setText(QString::fromStdString(describe(found.second.error())));
    }
    empty_->setVisible(model_->rowCount() == 0);
    follow();
    showMarks();
    if (landing_) landOn(*landing_);
    Q_EMIT loaded();
}

void LinesView::setSearched(const QRegularExpression& pattern) {
    searched_ = pattern;
    viewport()->update();
}

void LinesView::stopSearch() {
    if (!session_ || heard_.all == 0) return;
    session_->drop(slotName());
    const Found found = std::exchange(heard_, {});
    if (model_->rowCount() == 0)
        empty_->setText(tr("No line was found before the search stopped."));
    Q_EMIT stopped(found);
}

bool LinesView::followWithoutScrolling() {
    if (!session_) return false;
    const Visit& place = session_->selection().place();
    const int row = model_->rowOf(place.record, place.moment);
    const auto here = model_->recordAt(row);
    session_->selection().setNearest(here);
    if (!here) return false;
    const QScopedValueRollback<bool> guard(following_, true);
    // A selected line that is not in the list must not seem to be the one that stands in its place.
    const bool own = !place.record || place.record == here;
    using Flag = QItemSelectionModel;
    selectionModel()->setCurrentIndex(model_->index(row, 0),
                                      own ? Flag::ClearAndSelect | Flag::Rows : Flag::Clear);
    return true;
}

void LinesView::follow() {
    if (!followWithoutScrolling()) return;
    const QRect seen = visualRect(currentIndex());
    if (!viewport()->rect().contains(seen.center())) scrollTo(currentIndex(), PositionAtCenter);
}

void LinesView::landOn(Instant moment) {
    landing_.reset();
    if (!session_) return;
    if (reload_.isActive()) {
        landing_ = moment;
        return;
    }
    const int row = model_->rowOf({}, moment);
    if (const auto record = model_->recordAt(row))
        session_->selection().select(*record, *model_->timeAt(row));
    else
        session_->selection().setMoment(moment);
}

void LinesView::step(int by) {
    const int row = std::clamp(currentIndex().row() + by, 0, std::max(0, model_->rowCount() - 1));
    if (model_->rowCount() > 0) setCurrentIndex(model_->index(row, 0));
}

void LinesView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    RowsView::currentChanged(current, previous);
    if (following_ || !session_ || !current.isValid()) return;
    const auto record = model_->recordAt(current.row());
    if (record) session_->selection().select(*record, *model_->timeAt(current.row()));
}

void LinesView::markBookmarks() {
    QHash<quint64, QColor> marked;
    for (const Bookmark& bookmark : session_->bookmarks())
        if (bookmark.record)
            marked.insert(static_cast<quint64>(*bookmark.record),
                          colourOf(session_->lookOf(bookmark.id)));
    model_->setMarked(std::move(marked));
    showMarks();
}

void LinesView::copyLine() {
    const auto record = model_->recordAt(currentIndex().row());
    if (!record || !session_) return;
    if (const auto raw = session_->query().rawText(*record))
        QApplication::clipboard()->setText(QString::fromStdString(validUtf8(*raw)));
}

/// The line as evidence, for a hypothesis it is dropped on.
void LinesView::startDrag(Qt::DropActions) {
    if (!session_) return;
    if (const auto evidence = selectedEvidence(*session_))
        dragEvidence(this, *evidence,
                     currentIndex().siblingAtColumn(LinesModel::Text).data().toString());
}

void LinesView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copyLine();
    const bool ends = event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
    if (ends && (event->modifiers() | Qt::KeypadModifier) == Qt::KeypadModifier) {
        // Of the list, not of the row, whose columns one does not go through.
        QKeyEvent whole(event->type(), event->key(), Qt::ControlModifier);
        return RowsView::keyPressEvent(&whole);
    }
    // Letters are commands here, not a search in the first column.
    if (!event->text().isEmpty() && event->text().front().isPrint()) return event->ignore();
    RowsView::keyPressEvent(event);
}

/// A frame does not wait for lines that have to be unpacked first: they come with a later one.
void LinesView::paintEvent(QPaintEvent* event) {
    model_->setPainting(session_ != nullptr);
    RowsView::paintEvent(event);
    model_->setPainting(false);
    if (!reading_) readWanted();
}

/// One after the other: who scrolls on and on would else never see a line.
void LinesView::readWanted() {
    if (model_->written()) { // a page ahead, so that who scrolls sees no empty line
        const int first = rowAt(0), last = rowAt(viewport()->height() - 1);
        const int page = 1 + viewport()->height() / std::max(1, rowHeight(0));
        if (first >= 0) model_->wantAlso(first - page, (last < 0 ? first : last) + page);
    }
    const LinesModel::Wanted wanted = model_->takeWanted();
    if (wanted.ids.empty()) return;
    reading_ = true;
    session_->run(
        slotName() + QStringLiteral(".read"), this,
        [query = model_->query(), ids = wanted.ids, written = model_->written()](std::stop_token) {
            LinesModel::Records records;
            for (const RecordId id : ids)
                records.push_back(LinesModel::read(*query, id, written));
            return records;
        },
        [this, wanted, lists = model_->listNumber()](const LinesModel::Records& records) {
            reading_ = false;
            model_->takeRecords(lists, wanted, records);
            viewport()->update();
        });
}

void LinesView::resizeEvent(QResizeEvent* event) {
    // The bar of the search, or what it tells, takes room: the line that was found stays in sight.
    const QRect before = visualRect(currentIndex());
    const bool seen =
        before.isValid() && before.top() >= 0 && before.top() < event->oldSize().height();
    RowsView::resizeEvent(event);
    if (seen && event->size().height() < event->oldSize().height())
        scrollTo(currentIndex(), EnsureVisible);
    showMarks();
    if (event->size().width() != event->oldSize().width() && !chosen_) fitColumns();
    empty_->setGeometry(viewport()->rect().adjusted(40, 0, -40, 0));
}

} // namespace postlude
