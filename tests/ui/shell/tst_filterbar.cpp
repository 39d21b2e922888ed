// SPDX-License-Identifier: GPL-3.0-or-later
// The filter as somebody types it: valid or not, what may come next, what was used before.
#include "tests/support/openedin.h"
#include "tests/support/smallcase.h"
#include "ui/common/daytimes.h"
#include "ui/investigate/linesview.h"
#include "ui/shell/filterbar.h"
#include "ui/shell/filtercompleter.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QTest>

using namespace postlude;

class TstFilterBar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void tellsValidFromInvalid_data();
    void tellsValidFromInvalid();
    void saysPlaceAndRemedy();
    void tellsAFieldThatNoLineHas();
    void whatIsInForceIsSeenWhileAnotherIsTyped();
    void whatIsInForceIsNoLongerSaidOnceItIsCleared();
    void enterAndEscapeLeadToTheLines();
    void aFilterFromElsewhereIsSeenFromItsBeginning();
    void theOffersLeaveTheMessageInSight();
    void completesFieldsAndComparisons();
    void completesValuesOfTheData();
    void completesNamesThatNeedQuotationMarks();
    void enterAppliesWhatIsTyped();
    void aTimeOfDayIsOfTheDayInView();
    void goesThroughWhatWasUsed();
    void keepsSavedFilters();

private:
    void start();
    /// What is said to be in force; empty: nothing is.
    [[nodiscard]] QString force() const;
    std::unique_ptr<SmallCase> small_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<FilterBar> bar_;
};

void TstFilterBar::initTestCase() {
    small_ = std::make_unique<SmallCase>();
    std::ofstream odd(small_->bundle().toStdString() + "/shop.json");
    for (int i = 0; i < 20; ++i)
        odd << fmt::format(R"({{"time":"2024-01-15T09:58:{:02}Z","level":"info","msg":"sold",)"
                           R"("zeta word":"bob {}"}})"
                           "\n",
                           i, i % 2);
    odd.close();
    session_ = small_->open();
    QVERIFY(session_ != nullptr);
}

void TstFilterBar::cleanupTestCase() {
    bar_.reset();
    session_.reset();
}

void TstFilterBar::start() {
    bar_ = std::make_unique<FilterBar>();
    bar_->resize(600, 32);
    bar_->setSession(session_.get());
    bar_->show();
    bar_->activateWindow();
    bar_->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(bar_.get()));
}

void TstFilterBar::tellsValidFromInvalid_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("state");
    QTest::newRow("empty") << "" << "";
    QTest::newRow("blank") << "   " << "";
    QTest::newRow("test") << "status >= 500" << "yes";
    QTest::newRow("pretty operators")
        << QString::fromUtf8("status ≥ 500 and server = \"app1\"") << "yes";
    QTest::newRow("unfinished") << "status >=" << "no";
    QTest::newRow("open bracket") << "(status = 1" << "no";
}

void TstFilterBar::tellsValidFromInvalid() {
    QFETCH(QString, text);
    QFETCH(QString, state);
    FilterBar bar;
    bar.setText(text);
    QCOMPARE(bar.state(), state);
    QCOMPARE(bar.message().isEmpty(), state != QLatin1String("no"));
    if (state == QLatin1String("no"))
        QVERIFY2(bar.message().contains(QStringLiteral("column")), qPrintable(bar.message()));
}

void TstFilterBar::saysPlaceAndRemedy() {
    FilterBar bar;
    bar.setText(QStringLiteral("(status = 1"));
    QVERIFY2(bar.message().contains(QStringLiteral("column 1")), qPrintable(bar.message()));
    QVERIFY2(bar.message().contains(QStringLiteral("add a )")), qPrintable(bar.message()));
}

void TstFilterBar::tellsAFieldThatNoLineHas() {
    QWidget window;
    window.resize(900, 200);
    FilterBar bar(&window);
    bar.setGeometry(10, 10, 300, 32);
    bar.setSession(session_.get());
    window.show();
    bar.setText(QStringLiteral("status = 503 and serve = "));
    QTRY_VERIFY_WITH_TIMEOUT(bar.message().contains(QStringLiteral("serve")), 20'000);
    QVERIFY2(bar.message().contains(QStringLiteral("column 18")), qPrintable(bar.message()));
    QVERIFY2(bar.message().contains(QStringLiteral("server")), qPrintable(bar.message()));
    QCOMPARE(bar.state(), QStringLiteral("no"));
    // Too long for the field: it stands below it.
    const auto* below = window.findChild<QLabel*>(QStringLiteral("filterMessage"));
    QVERIFY(below && below->isVisible());
    QVERIFY(below->geometry().top() >= bar.geometry().bottom());
    bar.setText(QStringLiteral("serve = app1")); // sound, but never true
    QCOMPARE(bar.state(), QStringLiteral("odd"));
    bar.setText(QStringLiteral("server = app1"));
    QCOMPARE(bar.state(), QStringLiteral("yes"));
    QVERIFY(!below->isVisible());
    bar.setSession(nullptr);
}

QString TstFilterBar::force() const {
    const auto* label = bar_->window()->findChild<QLabel*>(QStringLiteral("filterInForce"));
    return label->isVisible() ? label->text() : QString();
}

void TstFilterBar::whatIsInForceIsSeenWhileAnotherIsTyped() {
    start();
    QTest::keyClicks(bar_.get(), QStringLiteral("status >= 500 "));
    QCOMPARE(force(), QString());
    QTest::keyClick(bar_.get(), Qt::Key_Return);
    QCOMPARE(session_->selection().place().filter, QStringLiteral("status >= 500"));
    QCOMPARE(force(), QString());
    bar_->setFocus();
    QTest::keyClicks(bar_.get(), QStringLiteral("and server"));
    QVERIFY2(force().contains(QStringLiteral("status >= 500")), qPrintable(force()));
    QTest::keyClick(bar_.get(), Qt::Key_Escape); // the list
    QTest::keyClick(bar_.get(), Qt::Key_Escape);
    QCOMPARE(bar_->text(), QStringLiteral("status >= 500"));
    QCOMPARE(force(), QString());
    bar_->use({});
}

void TstFilterBar::whatIsInForceIsNoLongerSaidOnceItIsCleared() {
    for (const bool byHand : {true, false}) {
        start();
        bar_->use(QStringLiteral("status >= 500"));
        QTest::keyClicks(bar_.get(), QStringLiteral(" and server"));
        QVERIFY(!force().isEmpty());
        if (byHand)
            bar_->clear();
        else
            session_->selection().setFilter({});
        QCOMPARE(session_->selection().place().filter, QString());
        QCOMPARE(force(), QString());
    }
}

void TstFilterBar::aFilterFromElsewhereIsSeenFromItsBeginning() {
    QWidget window;
    FilterBar bar(&window);
    bar.resize(120, 32);
    bar.setSession(session_.get());
    bar.use(QStringLiteral("status >= 500 and server = \"app1\" and duration_ms > 100"));
    QCOMPARE(bar.cursorPosition(), 0);
    bar.use({});
}

/// What is typed behind it is a command again.
void TstFilterBar::enterAndEscapeLeadToTheLines() {
    MainWindow window;
    window.resize(1280, 800);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QVERIFY(openedIn(window, small_->bundle().toStdString()));
    auto& bar = *window.findChild<FilterBar*>();
    auto& lines = *window.findChild<LinesView*>();
    bar.setFocus();
    QTest::keyClicks(&bar, QStringLiteral("status >= "));
    QTest::keyClick(&bar, Qt::Key_Return);
    QVERIFY(bar.hasFocus()); // not finished
    QTest::keyClicks(&bar, QStringLiteral("500 "));
    QTest::keyClick(&bar, Qt::Key_Return);
    QVERIFY(lines.hasFocus());
    bar.setFocus();
    QTest::keyClicks(&bar, QStringLiteral("x"));
    QTest::keyClick(&bar, Qt::Key_Escape);
    QVERIFY(lines.hasFocus());
    QCOMPARE(bar.text(), QStringLiteral("status >= 500"));
}

/// What is wrong stands below the field where that has no room for it, and so does the list.
void TstFilterBar::theOffersLeaveTheMessageInSight() {
    QWidget window;
    window.resize(900, 600);
    FilterBar bar(&window);
    bar.setGeometry(10, 10, 260, 32);
    bar.setSession(session_.get());
    window.show();
    window.activateWindow();
    bar.setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClicks(&bar, QStringLiteral("status >= 500 and serv"));
    QTRY_VERIFY_WITH_TIMEOUT(bar.offers().isOpen(), 20'000);
    const auto* below = window.findChild<QLabel*>(QStringLiteral("filterMessage"));
    QTRY_VERIFY(below->isVisible());
    const QWidget* popup = bar.offers().popup();
    const QRect message(below->mapToGlobal(QPoint(0, 0)), below->size());
    const QRect list(popup->mapToGlobal(QPoint(0, 0)), popup->size());
    QVERIFY(!message.intersects(list));
    bar.setSession(nullptr);
}

void TstFilterBar::completesFieldsAndComparisons() {
    start();
    QTest::keyClicks(bar_.get(), QStringLiteral("stat"));
    QTRY_VERIFY(bar_->offers().isOpen());
    QVERIFY(bar_->offers().offered().contains(QStringLiteral("status")));
    QCOMPARE(bar_->offers().offered().front().left(4), QStringLiteral("stat"));
    QTest::keyClicks(bar_.get(), QStringLiteral("us"));
    QTest::keyClick(bar_.get(), Qt::Key_Tab);
    QCOMPARE(bar_->text().trimmed(), QStringLiteral("status"));
    bar_->clear();
    QTest::keyClicks(bar_.get(), QStringLiteral("serv"));
    QTRY_VERIFY(bar_->offers().isOpen());
    QTest::keyClick(bar_.get(), Qt::Key_Tab);
    QCOMPARE(bar_->text(), QStringLiteral("server "));
    QVERIFY(bar_->hasFocus());
    QTRY_VERIFY(bar_->offers().isOpen()); // comparisons
    QVERIFY(bar_->offers().offered().front().startsWith(QLatin1Char('=')));
}

void TstFilterBar::completesValuesOfTheData() {
    start();
    QTest::keyClicks(bar_.get(), QStringLiteral("server = "));
    QTRY_VERIFY_WITH_TIMEOUT(bar_->offers().isOpen(), 20'000);
    const QStringList servers{QStringLiteral("app1"), QStringLiteral("app2")};
    QTRY_COMPARE_WITH_TIMEOUT(bar_->offers().offered(), servers, 20'000); // the more frequent first
    QTest::keyClick(bar_.get(), Qt::Key_Tab);
    QCOMPARE(bar_->state(), QStringLiteral("yes"));
    QTest::keyClick(bar_.get(), Qt::Key_Return);
    QVERIFY(Filter::parse(session_->selection().place().filter.toStdString()).has_value());
    QVERIFY(session_->selection().place().filter.contains(QStringLiteral("app1")));
    // Numbers that no dictionary holds.
    bar_->clear();
    QTest::keyClicks(bar_.get(), QStringLiteral("status = "));
    QTRY_VERIFY_WITH_TIMEOUT(bar_->offers().offered().contains(QStringLiteral("503")), 20'000);
    QCOMPARE(bar_->offers().offered().front(), QStringLiteral("200"));
}

void TstFilterBar::completesNamesThatNeedQuotationMarks() {
    start();
    const QString name = QStringLiteral("zeta word");
    QTest::keyClicks(bar_.get(), QStringLiteral("zeta"));
    QTRY_VERIFY_WITH_TIMEOUT(bar_->offers().offered().contains(name), 20'000);
    QTest::keyClick(bar_.get(), Qt::Key_Tab);
    QCOMPARE(bar_->text(), QStringLiteral("\"zeta word\" "));
    QTRY_VERIFY(bar_->offers().isOpen()); // comparisons first
    QVERIFY(bar_->offers().offered().front().startsWith(QLatin1Char('=')));
    QTest::keyClicks(bar_.get(), QStringLiteral("= "));
    QTRY_VERIFY_WITH_TIMEOUT(bar_->offers().offered().contains(QStringLiteral("bob 1")), 20'000);
    QTest::keyClicks(bar_.get(), QStringLiteral("\"bob"));
    QTRY_VERIFY(bar_->offers().isOpen());
    QTest::keyClick(bar_.get(), Qt::Key_Tab);
    QVERIFY2(bar_->text().startsWith(QStringLiteral("\"zeta word\" = \"bob ")),
             qPrintable(bar_->text()));
    QCOMPARE(bar_->state(), QStringLiteral("yes"));
}

void TstFilterBar::enterAppliesWhatIsTyped() {
    start();
    QTest::keyClicks(bar_.get(), QStringLiteral("status = 50"));
    QTest::keyClick(bar_.get(), Qt::Key_Return);
    QCOMPARE(session_->selection().place().filter, QStringLiteral("status = 50"));
    QVERIFY(!bar_->offers().isOpen());
}

void TstFilterBar::aTimeOfDayIsOfTheDayInView() {
    const Window night{*fromRfc3339("2024-01-15T22:00:00Z"), *fromRfc3339("2024-01-16T03:00:00Z")};
    const auto dated = [&](const char* text) {
        return withDates(QString::fromLatin1(text), night, Zone::utc());
    };
    QCOMPARE(
        dated("time > 22:30 and time <= 1:15:30"),
        QStringLiteral("time > 2024-01-15T22:30:00.000Z and time <= 2024-01-16T01:15:30.000Z"));
    const QString text = QStringLiteral("\"time > 22:30\" and level = error");
    QCOMPARE(withDates(text, night, Zone::utc()), text);
    const Window days{night.from, night.to + std::chrono::hours{48}};
    QCOMPARE(withDates(QStringLiteral("time > 22:30"), days, Zone::utc()),
             QStringLiteral("time > 22:30"));

    start();
    const Window bounds = session_->selection().bounds();
    const std::string at = Zone::utc().timeOfDay(bounds.from + bounds.length() / 2, 0);
    bar_->setText(QStringLiteral("time > ") + QString::fromStdString(at));
    QCOMPARE(bar_->state(), QStringLiteral("yes"));
    QTest::keyClick(bar_.get(), Qt::Key_Return);
    QVERIFY(Filter::parse(session_->selection().place().filter.toStdString()).has_value());
    QVERIFY(bar_->text().startsWith(QStringLiteral("time > 20")));
    bar_->clear();
}

void TstFilterBar::goesThroughWhatWasUsed() {
    start();
    for (const char* filter : {"status = 200", "status = 503"})
        bar_->use(QLatin1String(filter));
    bar_->clear();
    QTest::keyClicks(bar_.get(), QStringLiteral("ser"));
    QTest::keyClick(bar_.get(), Qt::Key_Escape); // the list, not what is typed
    QTRY_VERIFY(!bar_->offers().isOpen());
    QCOMPARE(bar_->text(), QStringLiteral("ser"));
    QTest::keyClick(bar_.get(), Qt::Key_Up);
    QCOMPARE(bar_->text(), QStringLiteral("status = 503"));
    QTest::keyClick(bar_.get(), Qt::Key_Up);
    QCOMPARE(bar_->text(), QStringLiteral("status = 200"));
    QTest::keyClick(bar_.get(), Qt::Key_Down);
    QTest::keyClick(bar_.get(), Qt::Key_Down);
    QCOMPARE(bar_->text(), QStringLiteral("ser"));
    // Another window on the same case knows them.
    FilterBar other;
    other.setSession(session_.get());
    QCOMPARE(other.history().recent().front(), QStringLiteral("status = 503"));
    other.setSession(nullptr);
}

void TstFilterBar::keepsSavedFilters() {
    FilterHistory::save({QStringLiteral("bad ones"), QStringLiteral("status >= 500")});
    FilterHistory::save({QStringLiteral("bad ones"), QStringLiteral("status >= 400")});
    FilterHistory::save({QStringLiteral("app1"), QStringLiteral("server = app1")});
    const auto saved = FilterHistory::saved();
    QCOMPARE(saved.size(), std::size_t{2});
    QCOMPARE(saved.back().filter, QStringLiteral("status >= 400"));
    FilterHistory::remove(QStringLiteral("app1"));
    QCOMPARE(FilterHistory::saved().size(), std::size_t{1});
}

QTEST_MAIN(TstFilterBar)
#include "tst_filterbar.moc"
