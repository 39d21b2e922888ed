// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/sqlwindow.h"

#include "ui/common/layouts.h"
#include "ui/common/plaintable.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/sqlchart.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QTextBlock>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <chrono>

namespace postlude {

namespace {

constexpr std::size_t kMostRows = 100'000; ///< that are kept to be shown
constexpr int kMostKept = 30;              ///< questions
constexpr int kMeasuredRows = 100;
constexpr int kWidestColumn = 480;

QString slot() {
    return QStringLiteral("sql");
}

QString historyKey() {
    return QStringLiteral("sql/history");
}

QString example() {
    return QStringLiteral("SELECT server, count(*) AS requests, sum(status >= 500) AS failed\n"
                          "FROM records\n"
                          "WHERE kind = 'request' AND server IS NOT NULL\n"
                          "GROUP BY server\n"
                          "ORDER BY failed DESC");
}

/// The analysis that the session has; questions do not start one.
Sql::Analyse known(std::shared_ptr<const Analysis> analysis) {
    return [analysis = std::move(analysis)]() -> Result<Analysis> {
        if (analysis) return *analysis;
        return std::unexpected(Error{
            ErrorKind::NotFound, "the analysis is not there yet", {}, "ask again when it is"});
    };
}

Result<SqlAnswer> answerTo(const std::string& question, const Case& of,
                           std::shared_ptr<const Analysis> analysis, std::stop_token stop) {
    const auto began = std::chrono::steady_clock::now();
    auto sql = Sql::open(of, known(std::move(analysis)));
    if (!sql) return std::unexpected(sql.error());
    SqlAnswer answer;
    SqlSink sink;
    sink.columns = [&](const std::vector<std::string>& names) { answer.names = names; };
    sink.row = [&](const std::vector<SqlValue>& row) {
        answer.cut = answer.rows.size() == kMostRows;
        if (!answer.cut) answer.rows.push_back(row);
        return !answer.cut;
    };
    if (auto done = (*sql)->ask(question, sink, std::move(stop)); !done)
        return std::unexpected(done.error());
    answer.took = std::chrono::steady_clock::now() - began;
    return answer;
}

} // namespace

SqlWindow::SqlWindow(Session& session, QWidget* parent)
    : QDialog(parent)
    , session_(session)
    , model_(new SqlModel(this)) {
    setObjectName(QStringLiteral("sqlWindow"));
    setWindowTitle(tr("Ask in SQL"));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    const int em = fontMetrics().height();
    resizeWithin(*this, {60 * em, 38 * em});
    auto* columns = new QSplitter(Qt::Horizontal, this);
    columns->setChildrenCollapsible(false);
    auto* rows = new QSplitter(Qt::Vertical, columns);
    rows->setChildrenCollapsible(false);
    columns->addWidget(buildSchema());
    columns->addWidget(rows);
    columns->setStretchFactor(1, 1);
    columns->setSizes({230, 770});
    rows->addWidget(buildQuestion());
    rows->addWidget(buildAnswer());
    rows->setStretchFactor(1, 1);
    rows->setSizes({170, 470});
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(columns);
    setTabOrder(edit_, table_);
    const QStringList kept = QSettings().value(historyKey()).toStringList();
    edit_->setPlainText(kept.isEmpty() ? example() : kept.front());
    edit_->setFocus();
    edit_->selectAll();
    setAsking(false);
    tell(tr("Ctrl+Enter asks. Double-click a row to go to its line."), "muted");
    loadSchema();
}

SqlWindow::~SqlWindow() {
    session_.drop(slot());
}

QString SqlWindow::question() const {
    return edit_->toPlainText();
}

QWidget* SqlWindow::buildSchema() {
    schema_ = new QTreeWidget(this);
    schema_->setObjectName(QStringLiteral("sqlTables"));
    schema_->setAccessibleName(tr("Tables and columns"));
    schema_->setHeaderHidden(true);
    schema_->setMinimumWidth(150);
    connect(schema_, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        edit_->insertPlainText(item->text(0));
        edit_->setFocus();
    });
    return schema_;
}

QWidget* SqlWindow::buildQuestion() {
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    edit_ = new QPlainTextEdit(box);
    edit_->setObjectName(QStringLiteral("sqlQuestion"));
    edit_->setAccessibleName(tr("Question in SQL"));
    edit_->setFont(Theme::current().mono());
    edit_->setTabChangesFocus(true);
    column->addWidget(edit_, 1);
    auto* buttons = new QHBoxLayout;
    ask_ = new QPushButton(tr("&Ask"), box);
    setRole(ask_, "primary");
    ask_->setDefault(true);
    stop_ = new QPushButton(tr("&Stop"), box);
    history_ = new QPushButton(tr("Asked &before"), box);
    told_ = new QLabel(box);
    told_->setObjectName(QStringLiteral("sqlTold"));
    told_->setTextFormat(Qt::PlainText);
    told_->setWordWrap(true);
    told_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    buttons->addWidget(ask_);
    buttons->addWidget(stop_);
    buttons->addWidget(history_);
    buttons->addWidget(told_, 1);
    column->addLayout(buttons);
    connect(ask_, &QPushButton::clicked, this, &SqlWindow::ask);
    connect(stop_, &QPushButton::clicked, this, &SqlWindow::stop);
    connect(history_, &QPushButton::clicked, this, &SqlWindow::showHistory);
    for (const char* keys : {"Ctrl+Return", "Ctrl+Enter"})
        connect(new QShortcut(QKeySequence(QLatin1String(keys)), this), &QShortcut::activated, this,
                &SqlWindow::ask);
    return box;
}

QWidget* SqlWindow::buildAnswer() {
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 4, 0, 0);
    table_ = plainTable(model_, tr("Answer"), box);
    table_->setObjectName(QStringLiteral("sqlAnswer"));
    chart_ = new SqlChart(box);
    views_ = new QTabWidget(box);
    views_->setObjectName(QStringLiteral("sqlViews"));
    views_->setAccessibleName(tr("Answer"));
    views_->setDocumentMode(true);
    views_->tabBar()->setDrawBase(false);
    views_->addTab(table_, tr("Table"));
    views_->addTab(chart_, tr("Chart"));
    column->addWidget(views_, 1);
    auto* buttons = new QHBoxLayout;
    auto* copied = new QPushButton(tr("&Copy as CSV"), box);
    save_ = new QPushButton(tr("Save as CS&V…"), box);
    auto* picture = new QPushButton(tr("Copy the c&hart"), box);
    picture->setAutoDefault(false);
    auto* closes = new QPushButton(tr("Close"), box);
    for (QPushButton* button : {copied, save_, closes, stop_, history_})
        button->setAutoDefault(false);
    buttons->addWidget(copied);
    buttons->addWidget(save_);
    buttons->addWidget(picture);
    buttons->addStretch();
    buttons->addWidget(closes);
    column->addLayout(buttons);
    connect(table_, &QTableView::activated, this,
            [this](const QModelIndex& index) { visit(index.row()); });
    connect(copied, &QPushButton::clicked, this, &SqlWindow::copy);
    connect(save_, &QPushButton::clicked, this, &SqlWindow::saveCsv);
    connect(picture, &QPushButton::clicked, this, &SqlWindow::copyChart);
    connect(closes, &QPushButton::clicked, this, &QDialog::close);
    return box;
}

void SqlWindow::loadSchema() {
    session_.run(
        QStringLiteral("sql.tables"), this,
        [&of = session_.caseFile()](const std::stop_token&) {
            auto sql = Sql::open(of, known(nullptr));
            return sql ? (*sql)->tables() : std::vector<SqlTable>{};
        },
        [this](const std::vector<SqlTable>& tables) {
            for (const SqlTable& table : tables) {
                auto* item = new QTreeWidgetItem(schema_, {QString::fromStdString(table.name)});
                item->setToolTip(0, plainTip(QString::fromStdString(table.what)));
                for (const SqlColumn& column : table.columns) {
                    auto* child = new QTreeWidgetItem(item, {QString::fromStdString(column.name)});
                    const std::string what =
                        column.type + (column.what.empty() ? "" : " · " + column.what);
                    child->setToolTip(0, plainTip(QString::fromStdString(what)));
                }
            }
            if (schema_->topLevelItemCount() > 0) schema_->topLevelItem(0)->setExpanded(true);
        });
}

void SqlWindow::ask() {
    const QString text = question();
    if (text.trimmed().isEmpty()) return tell(tr("Write a question first"), "warning");
    QSettings settings;
    QStringList kept = settings.value(historyKey()).toStringList();
    kept.removeAll(text);
    kept.prepend(text);
    settings.setValue(historyKey(), kept.mid(0, kMostKept));
    setAsking(true);
    tell(tr("Asking…"), "muted");
    session_.run(
        slot(), this,
        [question = text.toStdString(), &of = session_.caseFile(),
         analysis = session_.analysis()](std::stop_token stop) {
            auto answer = answerTo(question, of, analysis, std::move(stop));
            SqlDrawing drawing = answer ? drawingOf(*answer) : SqlDrawing{};
            return std::pair(std::move(answer), std::move(drawing));
        },
        [this](std::pair<Result<SqlAnswer>, SqlDrawing> done) {
            take(std::move(done.first), std::move(done.second));
        });
}

void SqlWindow::stop() {
    session_.drop(slot());
    setAsking(false);
    tell(tr("Stopped"), "muted");
}

void SqlWindow::take(Result<SqlAnswer> answer, SqlDrawing drawing) {
    setAsking(false);
    if (!answer) {
        const Error& error = answer.error();
        if (error.place.offset > 0) {
            QTextCursor cursor = edit_->textCursor();
            const QByteArray before =
                question().toUtf8().left(static_cast<qsizetype>(error.place.offset));
            cursor.setPosition(
                static_cast<int>(std::min(QString::fromUtf8(before).size(), question().size())));
            edit_->setTextCursor(cursor);
            edit_->setFocus();
        }
        return tell(QString::fromStdString(describe(error)), "bad");
    }
    const auto rows = static_cast<std::uint64_t>(answer->rows.size());
    const QString took = QString::fromStdString(spoken(answer->took));
    tell(answer->cut
             ? tr("The first %1 rows, in %2", nullptr, counted(rows)).arg(wholeCount(rows), took)
             : tr("%1 rows, in %2", nullptr, counted(rows)).arg(wholeCount(rows), took),
         "muted");
    chart_->show(std::move(drawing));
    views_->setTabEnabled(1, !chart_->drawing().lines.empty());
    views_->setTabToolTip(1, chart_->drawing().lines.empty()
                                 ? tr("A chart needs a column of numbers beside a time or a name")
                             : chart_->drawing().cut ? tr("The first ones only: there are more")
                                                     : QString());
    model_->show(std::move(*answer));
    table_->horizontalHeader()->setResizeContentsPrecision(kMeasuredRows);
    table_->horizontalHeader()->setAccessibleName(tr("Heads of the columns"));
    table_->resizeColumnsToContents();
    for (int i = 0; i < model_->columnCount(); ++i)
        if (table_->columnWidth(i) > kWidestColumn) table_->setColumnWidth(i, kWidestColumn);
}

void SqlWindow::tell(const QString& text, const char* role) {
    setRole(told_, role);
    told_->setText(text);
}

void SqlWindow::setAsking(bool asking) {
    ask_->setEnabled(!asking);
    stop_->setEnabled(asking);
    save_->setEnabled(!asking);
}

void SqlWindow::visit(int row) {
    const auto evidence = model_->evidenceOf(row);
    if (!evidence) return tell(tr("A row leads to its line if it has source and line"), "warning");
    if (evidence->source.empty())
        session_.selection().setMoment(evidence->window.from);
    else
        Q_EMIT session_.evidenceRequested(*evidence);
}

void SqlWindow::copy() {
    session_.run(
        QStringLiteral("sql.copy"), this,
        [answer = model_->answer()](const std::stop_token&) { return csvOf(*answer); },
        [this](const std::string& text) {
            QGuiApplication::clipboard()->setText(QString::fromStdString(text));
            tell(tr("Copied"), "muted");
        });
}

void SqlWindow::copyChart() {
    if (chart_->drawing().lines.empty())
        return tell(tr("A chart needs a column of numbers beside a time or a name"), "warning");
    QGuiApplication::clipboard()->setPixmap(chart_->toPixmap(chart_->width(), chart_->height(), 2));
    tell(tr("Copied"), "muted");
}

void SqlWindow::saveCsv() {
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the answer"), QStringLiteral("answer.csv"), tr("Comma-separated (*.csv)"));
    if (file.isEmpty()) return;
    session_.run(
        QStringLiteral("sql.save"), this,
        [file, answer = model_->answer()](const std::stop_token&) {
            QSaveFile out(file);
            const QByteArray text = QByteArray::fromStdString(csvOf(*answer));
            const bool done =
                out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.commit();
            return done ? QString() : out.errorString();
        },
        [this, name = shown(file.toStdString())](const QString& failure) {
            if (failure.isEmpty()) return tell(tr("Saved to %1").arg(name), "muted");
            tell(tr("Could not write %1: %2").arg(name, failure), "bad");
        });
}

void SqlWindow::showHistory() {
    QMenu menu(this);
    const QStringList kept = QSettings().value(historyKey()).toStringList();
    for (const QString& text : kept) {
        const QString line = shown(text.simplified().toStdString()).left(100);
        connect(menu.addAction(menuText(line)), &QAction::triggered, this, [this, text] {
            edit_->setPlainText(text);
            edit_->setFocus();
        });
    }
    if (kept.isEmpty()) menu.addAction(tr("Nothing yet"))->setEnabled(false);
    menu.exec(history_->mapToGlobal(QPoint(0, history_->height())));
}

} // namespace postlude
