// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of any field, by any group, of measured values and of clocks: asked for by keys, filled
// from the case, kept with its layout.
#include "tests/support/smallcase.h"
#include "ui/common/theme.h"
#include "ui/investigate/anotherchart.h"
#include "ui/investigate/chartstack.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/page.h"

#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QTest>
#include <cmath>

using namespace postlude;

class TstOwnChart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();
    void isAskedForByKeys();
    void showsAFieldByServer();
    void countsByPathAndKeepsTheRest();
    void narrowsWithTheFilter();
    void showsMeasuredValues();
    void showsClocksOnBothSidesOfZero();
    void comesBackWithTheLayout();
    void whatIsArrangedCanBeTakenBack();
    void columnsCanBeTakenBack();

private:
    [[nodiscard]] ChartStack& stack() const { return page_->charts(); }
    const ChartContent& filled(const Plot& plot);
    std::unique_ptr<SmallCase> small_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<InvestigatePage> page_;
};

void TstOwnChart::initTestCase() {
    small_ = std::make_unique<SmallCase>();
    session_ = small_->open();
    QVERIFY(session_ != nullptr);
    page_ = std::make_unique<InvestigatePage>();
    page_->resize(1400, 900);
    page_->setSession(session_.get());
    page_->show();
    QTRY_VERIFY_WITH_TIMEOUT(stack().chart(Plot::Requests)->content().buckets() > 10, 20'000);
}

void TstOwnChart::cleanupTestCase() {
    page_->setSession(nullptr);
    page_.reset();
    session_.reset();
}

void TstOwnChart::cleanup() {
    session_->selection().setFilter({});
    stack().reset();
}

const ChartContent& TstOwnChart::filled(const Plot& plot) {
    static const ChartContent none;
    stack().add(plot);
    TimeChart* chart = stack().chart(plot);
    if (!QTest::qWaitFor([&] { return chart->content().buckets() > 0; }, 20'000)) return none;
    return chart->content();
}

void TstOwnChart::isAskedForByKeys() {
    QTimer::singleShot(0, this, [] {
        auto* dialog = qobject_cast<AnotherChartDialog*>(QApplication::activeModalWidget());
        QVERIFY(dialog != nullptr);
        auto* list = dialog->findChild<QListWidget*>(QStringLiteral("anotherList"));
        const auto has = [list](const QString& text) {
            return !list->findItems(text, Qt::MatchContains).isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(has(QStringLiteral("pool_busy")), 20'000);
        QVERIFY(has(QStringLiteral("queue_ms")));
        auto* find = dialog->findChild<QLineEdit*>(QStringLiteral("anotherFind"));
        QTest::keyClicks(find, QStringLiteral("queue_ms"));
        QCOMPARE(list->count(), 1);
        auto* group = dialog->findChild<QComboBox*>(QStringLiteral("anotherGroup"));
        QTest::keyClick(group, Qt::Key_Down); // by server
        QTest::keyClick(find, Qt::Key_Return);
    });
    stack().openAnother();
    QVERIFY(stack().chart(Plot::field(QStringLiteral("queue_ms"), FieldGroup::Server)) != nullptr);
}

void TstOwnChart::showsAFieldByServer() {
    const auto& alone = filled(Plot::field(QStringLiteral("queue_ms"), FieldGroup::None));
    QCOMPARE(alone.lines.size(), std::size_t{3});
    double highest = 0;
    for (const double y : alone.lines[2].y)
        if (!std::isnan(y)) highest = std::max(highest, y);
    // At most 6 ms were written; of the few requests of a bucket the 99th percentile is one less.
    QVERIFY2(highest > 0.0045 && highest < 0.0062, qPrintable(QString::number(highest)));
    const auto& both = filled(Plot::field(QStringLiteral("queue_ms"), FieldGroup::Server));
    QCOMPARE(both.lines.size(), std::size_t{2});
    QCOMPARE(both.lines[0].name, QStringLiteral("app1"));
    QCOMPARE(both.lines[0].colour, Theme::current().server(0));
    QCOMPARE(both.format(0.0052), QString::fromUtf8("5 ms"));
}

void TstOwnChart::countsByPathAndKeepsTheRest() {
    const auto& paths = filled(Plot::field({}, FieldGroup::Path));
    QCOMPARE(paths.lines.size(), std::size_t{9}); // eight and the others
    QVERIFY(paths.stacked);
    double all = 0;
    for (const ChartLine& line : paths.lines)
        for (const double y : line.y)
            all += y * seconds(paths.bucket);
    QCOMPARE(std::lround(all), long{SmallCase::kRequests});
    const auto& networks = filled(Plot::field({}, FieldGroup::Network));
    QCOMPARE(networks.lines.size(), std::size_t{1});
    QCOMPARE(networks.lines[0].name, QStringLiteral("192.0.2.0/24"));
    const auto& statuses = filled(Plot::field({}, FieldGroup::Status));
    QCOMPARE(statuses.lines.size(), std::size_t{2});
    QCOMPARE(statuses.lines[1].name, QStringLiteral("503"));
}

void TstOwnChart::narrowsWithTheFilter() {
    const Plot plot = Plot::field({}, FieldGroup::Status);
    QCOMPARE(filled(plot).lines.size(), std::size_t{2});
    session_->selection().setFilter(QStringLiteral("status >= 500"));
    QTRY_COMPARE_WITH_TIMEOUT(stack().chart(plot)->content().lines.size(), std::size_t{1}, 20'000);
}

void TstOwnChart::showsMeasuredValues() {
    const Plot plot = Plot::metric(QStringLiteral("pool_busy{instance=\"app1\"}"));
    const auto& busy = filled(plot);
    QCOMPARE(busy.lines.size(), std::size_t{1});
    std::vector<double> values;
    for (const double y : busy.lines[0].y)
        if (!std::isnan(y)) values.push_back(y);
    QVERIFY(values.size() >= 15);
    QVERIFY(std::ranges::is_sorted(values)); // as they were measured
    QCOMPARE(values.back(), 57.0);
}

void TstOwnChart::showsClocksOnBothSidesOfZero() {
    std::vector<SourceInfo> sources(2);
    sources[0].host = "a", sources[0].clockOffset = std::chrono::seconds{37};
    sources[1].host = "b", sources[1].clockOffset = -std::chrono::seconds{180};
    const Instant from = *fromRfc3339("2024-01-15T10:00:00Z");
    const Window hour{from, from + std::chrono::hours{1}};
    const auto clocks = clocksContent(hour, std::chrono::minutes{1}, sources);
    QCOMPARE(clocks.lines.size(), std::size_t{2});
    QCOMPARE(clocks.buckets(), std::size_t{60});
    QCOMPARE(clocks.most(hour), 37.0);
    QCOMPARE(clocks.lowest(hour), -180.0);
    stack().add(Plot::Clocks); // of a case whose clocks are right
    for (const ChartLine& line : stack().chart(Plot::Clocks)->content().lines)
        QVERIFY(std::ranges::all_of(line.y, [](double y) { return std::abs(y) < 1; }));
}

void TstOwnChart::comesBackWithTheLayout() {
    const Plot plot = Plot::field(QStringLiteral("queue_ms"), FieldGroup::Backend);
    stack().add(plot);
    const QJsonObject kept = stack().layoutState();
    stack().reset();
    QVERIFY(!stack().chart(plot));
    stack().restoreLayout(kept);
    QVERIFY(stack().chart(plot) != nullptr);
    QCOMPARE(plotNamed(idOf(plot)), std::optional(plot));
    const Plot metric = Plot::metric(QStringLiteral("a:b{c=\"d\"}"));
    QCOMPARE(plotNamed(idOf(metric)), std::optional(metric));
}

void TstOwnChart::whatIsArrangedCanBeTakenBack() {
    QUndoStack& changes = session_->changes();
    changes.clear();
    const std::vector<Plot> before = stack().plots();
    stack().add(Plot::Bytes);
    stack().move(Plot::Bytes, -1);
    stack().remove(Plot::Share);
    const std::vector<Plot> after = stack().plots();
    QCOMPARE(changes.count(), 3);
    for (int i = 0; i < 3; ++i)
        changes.undo();
    QVERIFY(stack().plots() == before);
    for (int i = 0; i < 3; ++i)
        changes.redo();
    QVERIFY(stack().plots() == after);
    // A case that is opened afterwards has nothing to take back of it.
    stack().restoreLayout({});
    stack().settle();
    QCOMPARE(changes.count(), 3);
}

void TstOwnChart::columnsCanBeTakenBack() {
    LinesView& lines = page_->lines();
    QUndoStack& changes = session_->changes();
    changes.clear();
    const auto choose = [&](const QString& column) {
        QTimer::singleShot(0, this, [column] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(menu != nullptr);
            for (QAction* action : menu->actions())
                if (action->text() == column) action->trigger();
            menu->close();
        });
        Q_EMIT lines.horizontalHeader()->customContextMenuRequested({5, 5});
    };
    const QString status = lines.model()->headerData(LinesModel::Status, Qt::Horizontal).toString();
    QVERIFY(!lines.isColumnHidden(LinesModel::Status));
    choose(status);
    QVERIFY(lines.isColumnHidden(LinesModel::Status));
    choose(QStringLiteral("Times since the line before"));
    QVERIFY(lines.lines()->times() == LinesModel::Times::SincePrevious);
    QCOMPARE(changes.count(), 2);
    changes.undo();
    QVERIFY(lines.lines()->times() == LinesModel::Times::Absolute);
    changes.undo();
    QVERIFY(!lines.isColumnHidden(LinesModel::Status));
    changes.redo();
    QVERIFY(lines.isColumnHidden(LinesModel::Status));
    changes.undo();
}

QTEST_MAIN(TstOwnChart)
#include "tst_ownchart.moc"
