// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/librarywindow.h"

#include "core/base/zone.h"
#include "core/postmortem/wording.h"
#include "ui/common/casefolder.h"
#include "ui/common/layouts.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/common/titles.h"
#include "ui/library/dotchart.h"

#include <QFileDialog>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTableWidget>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace postlude {

namespace {

enum Column : int {
    StartColumn,
    TitleColumn,
    StatusColumn,
    CauseColumn,
    CulpritColumn,
    DetectColumn,
    ResolveColumn,
    OpenColumn,
    Columns
};

QString spokenOr(const std::optional<Duration>& length) {
    return length ? QString::fromStdString(spoken(*length)) : QStringLiteral("–");
}

/// Sorts by the number behind the text.
class NumberItem : public QTableWidgetItem {
public:
    NumberItem(const QString& text, double number)
        : QTableWidgetItem(text)
        , number_(number) {}
    bool operator<(const QTableWidgetItem& other) const override {
        const auto* its = dynamic_cast<const NumberItem*>(&other);
        return its && number_ < its->number_;
    }

private:
    double number_;
};

/// In the words of the findings; what is no kind of ours stays as it is.
QString causeText(const std::string& id) {
    for (int i = 0; i <= static_cast<int>(CauseKind::Unknown); ++i) {
        const auto kind = static_cast<CauseKind>(i);
        if (nameOf(kind) == id) return causeTitle(kind);
    }
    return shown(id);
}

double secondsOr(const std::optional<Duration>& length) {
    return length ? seconds(*length) : -1;
}

} // namespace

LibraryWindow::LibraryWindow(QWidget* parent)
    : QDialog(parent, Qt::Window)
    , words_(new QLineEdit(this))
    , where_(new QLabel(this))
    , told_(new QLabel(this))
    , choose_(new QPushButton(tr("Folder…"), this))
    , cancel_(new QPushButton(tr("Cancel"), this))
    , open_(new QPushButton(tr("Open this case"), this))
    , progress_(new QProgressBar(this))
    , table_(new QTableWidget(0, Columns, this))
    , chart_(new DotChart(this))
    , again_(new QTreeWidget(this))
    , tasks_(new QTreeWidget(this)) {
    setWindowTitle(tr("Cases"));
    new QVBoxLayout(this);
    makeHead();
    makeBody();
    connect(&watcher_, &QFutureWatcherBase::finished, this, &LibraryWindow::finish);
    const int em = fontMetrics().height();
    resizeWithin(*this, {em * 66, em * 42});
}

LibraryWindow::~LibraryWindow() {
    stop_.request_stop();
    watcher_.waitForFinished();
}

void LibraryWindow::makeHead() {
    auto* row = new QHBoxLayout;
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    words_->setObjectName(QStringLiteral("libraryWords"));
    words_->setPlaceholderText(tr("Search in all postmortems"));
    words_->setAccessibleName(words_->placeholderText());
    words_->setClearButtonEnabled(true);
    where_->setTextFormat(Qt::PlainText);
    setRole(where_, "muted");
    told_->setTextFormat(Qt::PlainText);
    told_->setObjectName(QStringLiteral("libraryTold"));
    setRole(told_, "muted");
    setRole(open_, "primary");
    row->addWidget(words_, 2);
    row->addWidget(where_, 1);
    row->addWidget(progress_);
    row->addWidget(cancel_);
    row->addWidget(choose_);
    progress_->hide();
    cancel_->hide();
    connect(words_, &QLineEdit::textChanged, this, &LibraryWindow::fill);
    connect(choose_, &QPushButton::clicked, this, &LibraryWindow::askFolder);
    connect(cancel_, &QPushButton::clicked, this, [this] {
        next_ = false;
        stop_.request_stop();
    });
    connect(open_, &QPushButton::clicked, this, &LibraryWindow::openCurrent);
    for (QPushButton* button : {choose_, cancel_, open_})
        button->setAutoDefault(false);
}

void LibraryWindow::makeBody() {
    table_->setObjectName(QStringLiteral("libraryTable"));
    table_->setAccessibleName(tr("Cases"));
    table_->setHorizontalHeaderLabels({tr("Start"), tr("Title"), tr("Status"), tr("Cause"),
                                       tr("Where"), tr("Detected after"), tr("Resolved after"),
                                       tr("Open tasks")});
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->verticalHeader()->hide();
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->setSortingEnabled(true);
    table_->sortByColumn(StartColumn, Qt::DescendingOrder); // the newest is what one looks for
    table_->horizontalHeader()->setSectionResizeMode(TitleColumn, QHeaderView::Stretch);
    table_->horizontalHeader()->setMinimumSectionSize(fontMetrics().height() * 6);
    table_->setTextElideMode(Qt::ElideMiddle); // names of one kind differ at their end
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(table_, &QWidget::customContextMenuRequested, this, &LibraryWindow::rowMenu);
    connect(table_, &QTableWidget::itemActivated, this, &LibraryWindow::openCurrent);
    connect(table_, &QTableWidget::itemSelectionChanged, this, [this] {
        const int row = table_->currentRow();
        const auto* item = row < 0 ? nullptr : table_->item(row, StartColumn);
        open_->setEnabled(item);
        chart_->setCurrent(
            item ? std::filesystem::path(item->data(Qt::UserRole).toString().toStdString())
                 : std::filesystem::path());
    });
    connect(chart_, &DotChart::picked, this, &LibraryWindow::select);
    auto* tabs = new QTabWidget(this);
    tabs->setDocumentMode(true);
    tabs->addTab(chart_, tr("Over time"));
    tabs->addTab(again_, tr("What recurs"));
    tabs->addTab(tasks_, tr("Open tasks"));
    again_->setObjectName(QStringLiteral("libraryRecurring"));
    again_->setHeaderLabels({tr("What"), tr("Times")});
    again_->setRootIsDecorated(false);
    tasks_->setObjectName(QStringLiteral("libraryTasks"));
    tasks_->setHeaderLabels({tr("Task"), tr("Owner"), tr("Due")});
    for (QTreeWidget* tree : {again_, tasks_})
        tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (QTreeWidget* tree : {again_, tasks_})
        tree->header()->setStretchLastSection(false);
    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(table_);
    split->addWidget(tabs);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addWidget(split, 1);
    auto* foot = new QHBoxLayout;
    foot->addWidget(told_, 1);
    foot->addWidget(open_);
    column->addLayout(foot);
    open_->setEnabled(false);
}

void LibraryWindow::askFolder() {
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("Folder of cases"), folder_.isEmpty() ? casesFolder() : folder_);
    if (!folder.isEmpty()) read(folder);
}

bool LibraryWindow::reading() const {
    return watcher_.isRunning();
}

void LibraryWindow::read(const QString& folder) {
    stop_.request_stop();
    folder_ = folder;
    where_->setText(shown(folder.toStdString()));
    where_->setToolTip(plainTip(folder));
    progress_->setRange(0, 0);
    progress_->show();
    cancel_->show();
    told_->setText(tr("Reading the cases …"));
    // One that runs looks between two cases whether it is to stop; the next begins when it has.
    if (reading()) return void(next_ = true);
    start();
}

void LibraryWindow::start() {
    stop_ = {};
    const auto tell = [this](const Progress& progress) {
        QMetaObject::invokeMethod(
            this,
            [this, progress] {
                progress_->setRange(0, 1000);
                if (progress.bytesTotal > 0)
                    progress_->setValue(int(1000 * progress.bytesDone / progress.bytesTotal));
                if (reading()) told_->setText(tr("Reading %1").arg(shown(progress.source)));
            },
            Qt::QueuedConnection);
    };
    watcher_.setFuture(QtConcurrent::run([path = folder_.toStdString(), stop = stop_.get_token(),
                                          tell] { return libraryOf(path, stop, tell); }));
}

void LibraryWindow::finish() {
    if (std::exchange(next_, false)) return start();
    progress_->hide();
    cancel_->hide();
    Result<std::vector<CaseOverview>> read = watcher_.result();
    if (!read) {
        told_->setText(read.error().kind == ErrorKind::Cancelled
                           ? tr("Cancelled. What was shown before is still shown.")
                           : shown(describe(read.error())));
        return;
    }
    cases_ = std::move(*read);
    fill();
}

void LibraryWindow::fill() {
    std::vector<CaseOverview> some;
    for (const CaseOverview& c : cases_)
        if (matches(c, words_->text().toStdString())) some.push_back(c);
    fillTable(some);
    fillDetails(some);
    std::size_t unread = 0;
    for (const CaseOverview& c : some)
        unread += c.fault.empty() ? 0 : 1;
    QString told =
        tr("%1 of %2 cases", nullptr, counted(cases_.size())).arg(some.size()).arg(cases_.size());
    if (unread > 0)
        told = tr("%1 of %2 cases; %3 could not be read", nullptr, counted(cases_.size()))
                   .arg(some.size())
                   .arg(cases_.size())
                   .arg(unread);
    told_->setText(told);
    chart_->setCases(std::move(some));
}

void LibraryWindow::fillTable(const std::vector<CaseOverview>& cases) {
    table_->setSortingEnabled(false);
    table_->setRowCount(int(cases.size()));
    for (int row = 0; row < int(cases.size()); ++row) {
        const CaseOverview& c = cases[std::size_t(row)];
        const auto set = [&](int column, QTableWidgetItem* item) {
            table_->setItem(row, column, item);
        };
        auto* start = new NumberItem(
            c.start ? QString::fromStdString(Zone::utc().format(*c.start, 0)) : QStringLiteral("–"),
            c.start ? double(nanoseconds(*c.start)) : 0);
        start->setData(Qt::UserRole, QString::fromStdString(c.file.string()));
        start->setFont(Theme::current().mono()); // days and hours stand below one another
        set(StartColumn, start);
        auto* title = new QTableWidgetItem(shown(c.fault.empty() ? c.title : c.fault));
        title->setToolTip(
            plainTip(title->text() + QLatin1Char('\n') + QString::fromStdString(c.file.string())));
        set(TitleColumn, title);
        set(StatusColumn,
            new QTableWidgetItem(c.status ? statusTitle(*c.status) : tr("not written")));
        for (const auto& [column, text] : {std::pair{CauseColumn, causeText(c.cause)},
                                           std::pair{CulpritColumn, shown(c.culprit)}}) {
            set(column, new QTableWidgetItem(text));
            table_->item(row, column)->setToolTip(plainTip(text));
        }
        set(DetectColumn, new NumberItem(spokenOr(c.toDetect), secondsOr(c.toDetect)));
        set(ResolveColumn, new NumberItem(spokenOr(c.toResolve), secondsOr(c.toResolve)));
        set(OpenColumn,
            new NumberItem(QString::number(c.openTasks.size()), double(c.openTasks.size())));
    }
    for (int row = 0; row < int(cases.size()); ++row)
        for (const int column : {DetectColumn, ResolveColumn, OpenColumn})
            table_->item(row, column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table_->setSortingEnabled(true);
    fitColumns();
}

/// The title has what the others leave, and a quarter at least: names can be read on pointing at
/// them, and give way first.
void LibraryWindow::fitColumns() {
    const int em = fontMetrics().height(), room = table_->viewport()->width();
    int others = 0;
    for (int column = 0; column < Columns; ++column) {
        if (column == TitleColumn) continue;
        table_->resizeColumnToContents(column);
        table_->setColumnWidth(column, std::min(11 * em, table_->columnWidth(column)));
        others += table_->columnWidth(column);
    }
    for (const int column : {CulpritColumn, CauseColumn, StatusColumn}) {
        const int lacking = std::max(room / 4 - (room - others), 0);
        const int given = std::clamp(table_->columnWidth(column) - 5 * em, 0, lacking);
        table_->setColumnWidth(column, table_->columnWidth(column) - given);
        others -= given;
    }
}

void LibraryWindow::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    QTimer::singleShot(0, this, &LibraryWindow::fitColumns); // the table has its width by then
}

void LibraryWindow::fillDetails(const std::vector<CaseOverview>& cases) {
    again_->clear();
    for (const Recurring& r : recurringIn(cases))
        new QTreeWidgetItem(again_,
                            {r.isCause ? tr("Cause: %1").arg(causeText(r.what)) : shown(r.what),
                             QString::number(r.times)});
    tasks_->clear();
    for (const CaseOverview& c : cases) {
        if (c.openTasks.empty()) continue;
        auto* group = new QTreeWidgetItem(tasks_, {shown(c.title)});
        for (const Task& task : c.openTasks)
            new QTreeWidgetItem(group, {shown(task.text), shown(task.owner), shown(task.due)});
    }
    tasks_->expandAll();
}

void LibraryWindow::select(const QString& file) {
    for (int row = 0; row < table_->rowCount(); ++row)
        if (table_->item(row, StartColumn)->data(Qt::UserRole).toString() == file)
            table_->setCurrentCell(row, StartColumn);
}

QString LibraryWindow::currentFile() const {
    const int row = table_->currentRow();
    return row < 0 ? QString() : table_->item(row, StartColumn)->data(Qt::UserRole).toString();
}

void LibraryWindow::openCurrent() {
    if (const QString file = currentFile(); !file.isEmpty()) Q_EMIT openRequested(file);
}

void LibraryWindow::rowMenu(const QPoint& at) {
    if (!table_->itemAt(at)) return;
    QMenu menu(this);
    connect(menu.addAction(tr("Open this case")), &QAction::triggered, this,
            &LibraryWindow::openCurrent);
    QAction* remove = menu.addAction(tr("Remove this case…"));
    remove->setShortcut(QKeySequence::Delete);
    connect(remove, &QAction::triggered, this, &LibraryWindow::removeCurrent);
    menu.exec(table_->viewport()->mapToGlobal(at));
}

void LibraryWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete && table_->hasFocus()) return removeCurrent();
    QDialog::keyPressEvent(event);
}

void LibraryWindow::removeCurrent() {
    const QString file = currentFile();
    if (file.isEmpty()) return;
    if (openCase_ && openCase_() == file)
        return told_->setText(tr("This case is open. Close it, then it can be removed."));
    QMessageBox box(
        QMessageBox::Question, tr("Remove this case"),
        tr("Remove the case “%1”?").arg(table_->item(table_->currentRow(), TitleColumn)->text()),
        QMessageBox::NoButton, this);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(tr("With its postmortem, bookmarks and findings. The file goes to the "
                              "trash, and can be taken from there again; the logs stay."));
    auto* yes = box.addButton(tr("Move to the trash"), QMessageBox::DestructiveRole);
    yes->setObjectName(QStringLiteral("removeCase"));
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    if (box.clickedButton() != yes) return;
    if (!QFile::moveToTrash(file))
        return told_->setText(
            tr("The file could not be moved to the trash: %1").arg(shown(file.toStdString())));
    for (const char* beside : {"-wal", "-shm"})
        QFile::remove(file + QLatin1String(beside));
    std::erase_if(cases_, [&file](const CaseOverview& c) {
        return QString::fromStdString(c.file.string()) == file;
    });
    fill();
    Q_EMIT removed(file);
}

} // namespace postlude
