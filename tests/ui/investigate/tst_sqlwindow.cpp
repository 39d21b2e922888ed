// SPDX-License-Identifier: GPL-3.0-or-later
// Asking in SQL as a user does: keys in, rows out, a row leads to its line, a runaway is stopped.
#include "ui/common/theme.h"
#include "ui/investigate/sqlchart.h"
#include "ui/investigate/sqlwindow.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <fstream>

using namespace postlude;

namespace {

constexpr int kPatience = 60'000;

QPushButton* button(const QWidget& in, const QString& text) {
    const auto all = in.findChildren<QPushButton*>();
    for (QPushButton* each : all)
        if (each->text().remove(QLatin1Char('&')) == text) return each;
    return nullptr;
}

} // namespace

class TstSqlWindow : public QObject {
    Q_OBJECT
    QTemporaryDir room_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<SqlWindow> window_;

    QTableView* table() const {
        return window_->findChild<QTableView*>(QStringLiteral("sqlAnswer"));
    }
    QString told() const { return window_->findChild<QLabel*>(QStringLiteral("sqlTold"))->text(); }
    void type(const QString& question) const {
        auto* edit = window_->findChild<QPlainTextEdit*>(QStringLiteral("sqlQuestion"));
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(edit, question);
        QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    }
    bool answered() const {
        return QTest::qWaitFor(
            [this] { return button(*window_, QStringLiteral("Ask"))->isEnabled(); }, kPatience);
    }

    SqlDrawing drawn(const QString& question) {
        type(question);
        return answered() ? window_->findChild<SqlChart*>()->drawing() : SqlDrawing{};
    }

private Q_SLOTS:
    /// Instants along the axis, a line a level; names as bars; text alone is no chart.
    void anAnswerIsAChart() {
        const SqlDrawing times = drawn(QStringLiteral(
            "SELECT substr(time, 1, 16) AS minute, level, count(*) AS n FROM records "
            "GROUP BY 1, 2"));
        QCOMPARE(times.across, SqlDrawing::Times);
        QCOMPARE(times.lines.size(), std::size_t{2});
        QVERIFY(std::ranges::is_sorted(times.lines[0].points));
        const SqlDrawing names = drawn(
            QStringLiteral("SELECT level, count(*) AS n, max(line) FROM records GROUP BY level"));
        QCOMPARE(names.across, SqlDrawing::Names);
        QCOMPARE(names.lines.size(), std::size_t{2});
        QCOMPARE(names.names.size(), qsizetype(names.lines[0].points.size()));
        QVERIFY(drawn(QStringLiteral("SELECT 'a', 'b'")).lines.empty());
        auto* views = window_->findChild<QTabWidget*>(QStringLiteral("sqlViews"));
        QVERIFY(!views->isTabEnabled(1));
    }
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("postlude-tests"));
        QSettings().remove(QStringLiteral("sql"));
        ThemeWatcher::instance().apply();
        const auto file = std::filesystem::path(room_.filePath("shop.log").toStdString());
        std::ofstream(file) << "2024-01-15 09:57:40 INFO cart is empty\n"
                               "2024-01-15 09:57:41 ERROR <b>no</b> stock\n"
                               "2024-01-15 09:57:42 INFO cart is full\n";
        auto opened = Session::open({file});
        QVERIFY(opened);
        session_ = std::move(*opened);
        QVERIFY(QTest::qWaitFor(
            [this] { return session_->caseFile().importComplete() && !session_->busy(); },
            kPatience));
    }
    void cleanupTestCase() {
        window_.reset();
        session_.reset();
    }
    void init() {
        window_ = std::make_unique<SqlWindow>(*session_, nullptr);
        window_->show();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    }

    void rowsAreShownAsTheyAre() {
        const QAbstractItemModelTester tester(
            table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        type(QStringLiteral("SELECT level, message, NULL FROM records WHERE line = 2"));
        QVERIFY(answered());
        QCOMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(table()->model()->index(0, 1).data().toString(),
                 QStringLiteral("<b>no</b> stock"));
        QCOMPARE(table()->model()->index(0, 2).data().toString(), QStringLiteral("∅"));
        QVERIFY2(told().startsWith(QStringLiteral("1 row")), qPrintable(told()));
        button(*window_, QStringLiteral("Copy as CSV"))->click();
        QTRY_COMPARE(
            QGuiApplication::clipboard()->text(),
            QStringLiteral("\"level\",\"message\",\"NULL\"\n\"error\",\"<b>no</b> stock\",\n"));
    }

    void aRowLeadsToItsLine() {
        QSignalSpy asked(session_.get(), &Session::evidenceRequested);
        type(QStringLiteral("SELECT source, line FROM records ORDER BY line DESC"));
        QVERIFY(answered());
        table()->setFocus();
        table()->setCurrentIndex(table()->model()->index(1, 0));
        QTest::keyClick(table(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        const auto evidence = asked.front().front().value<Evidence>();
        QCOMPARE(evidence.source, std::string("shop.log"));
        QCOMPARE(evidence.firstLine, 2U);
    }

    void aFaultIsSaidAndTheCursorStandsThere() {
        type(QStringLiteral("SELECT nope FROM records"));
        QVERIFY(answered());
        QVERIFY2(told().contains(QStringLiteral("no such column: nope")), qPrintable(told()));
        auto* edit = window_->findChild<QPlainTextEdit*>(QStringLiteral("sqlQuestion"));
        QCOMPARE(edit->textCursor().position(), 7);
    }

    void aRunawayIsStopped() {
        type(QStringLiteral("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
                            "SELECT count(*) FROM c"));
        QPushButton* stop = button(*window_, QStringLiteral("Stop"));
        QVERIFY(stop->isEnabled());
        QTest::mouseClick(stop, Qt::LeftButton);
        QCOMPARE(told(), QStringLiteral("Stopped"));
        type(QStringLiteral("SELECT 1"));
        QVERIFY(answered());
        QCOMPARE(table()->model()->rowCount(), 1);
    }

    void tablesAreListedAndLastQuestionIsKept() {
        auto* tables = window_->findChild<QTreeWidget*>(QStringLiteral("sqlTables"));
        QVERIFY(QTest::qWaitFor([&] { return tables->topLevelItemCount() > 5; }, kPatience));
        QCOMPARE(tables->topLevelItem(0)->text(0), QStringLiteral("records"));
        type(QStringLiteral("SELECT 42"));
        QVERIFY(answered());
        init(); // closed and opened again
        QCOMPARE(window_->question(), QStringLiteral("SELECT 42"));
    }
};

QTEST_MAIN(TstSqlWindow)
#include "tst_sqlwindow.moc"
