// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/selection.h"

#include <QSignalSpy>
#include <QTest>

using namespace postlude;

namespace {

Instant at(int second) {
    return instant(second * 1'000'000'000LL);
}

Window between(int from, int to) {
    return {at(from), at(to)};
}

} // namespace

class TstSelection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGlidingPointerLeavesTheSelectedLine();
    void goesBackAndForth();
    void glidingMakesOneStep();
    void aNewStepForgetsTheWayForward();
    void staysWithinTheBounds();
    void followsGrowingBounds();
    void refusesInvalidFilters();
    void selectingBringsTheMomentIntoView();
    void evidenceIsReachedWhereverItLies();
    void allHoldsWhatLedUpToIt();
    void fromAllTheWayLeadsBack();
    void tellsOnlyChanges();
};

void TstSelection::goesBackAndForth() {
    Selection selection;
    selection.setBounds(between(0, 100));
    selection.setWindow(between(10, 20));
    selection.setFilter(QStringLiteral("status >= 500"));
    selection.select(RecordId{7}, at(15));
    QCOMPARE(selection.place().record, std::optional(RecordId{7}));
    selection.back();
    QVERIFY(!selection.place().record);
    QCOMPARE(selection.place().filter, QStringLiteral("status >= 500"));
    selection.back();
    QCOMPARE(selection.place().filter, QString());
    QVERIFY(selection.place().window == between(10, 20));
    selection.back();
    QVERIFY(selection.place().window == between(0, 100));
    QVERIFY(!selection.canGoBack());
    selection.back(); // nothing happens
    selection.forward();
    selection.forward();
    selection.forward();
    QCOMPARE(selection.place().record, std::optional(RecordId{7}));
    QVERIFY(selection.place().moment == at(15));
    QVERIFY(!selection.canGoForward());
}

void TstSelection::glidingMakesOneStep() {
    Selection selection;
    selection.setBounds(between(0, 100));
    for (int i = 1; i < 30; ++i)
        selection.glideWindow(between(i, 100 - i));
    QVERIFY(!selection.canGoBack());
    selection.commit();
    selection.commit();
    selection.back();
    QVERIFY(selection.place().window == between(0, 100));
    QVERIFY(!selection.canGoBack());
    selection.forward();
    QVERIFY(selection.place().window == between(29, 71));
}

void TstSelection::aNewStepForgetsTheWayForward() {
    Selection selection;
    selection.setBounds(between(0, 100));
    selection.setWindow(between(10, 20));
    selection.back();
    selection.setWindow(between(30, 40));
    QVERIFY(!selection.canGoForward());
    selection.back();
    QVERIFY(selection.place().window == between(0, 100));
}

void TstSelection::staysWithinTheBounds() {
    Selection selection;
    selection.setBounds(between(0, 100));
    selection.setWindow(between(-20, 10));
    QVERIFY(selection.place().window == between(0, 30));
    selection.setWindow(between(90, 120));
    QVERIFY(selection.place().window == between(70, 100));
    selection.setWindow(between(-500, 500));
    QVERIFY(selection.place().window == between(0, 100));
    selection.setWindow({at(50), at(50)});
    QVERIFY(selection.place().window.length() == std::chrono::milliseconds{1});
}

void TstSelection::followsGrowingBounds() {
    Selection selection;
    selection.setBounds(between(0, 100));
    selection.moveBounds(between(0, 200));
    QVERIFY(selection.showsAll());
    QVERIFY(!selection.canGoBack());
    selection.setWindow(between(50, 60));
    selection.moveBounds(between(0, 300));
    QVERIFY(selection.place().window == between(50, 60));
    QVERIFY(selection.canGoBack());
}

void TstSelection::refusesInvalidFilters() {
    Selection selection;
    selection.setFilter(QStringLiteral("status >= 500"));
    selection.setFilter(QStringLiteral("status >= ("));
    QCOMPARE(selection.place().filter, QStringLiteral("status >= 500"));
    selection.setFilter({});
    QCOMPARE(selection.place().filter, QString());
}

void TstSelection::selectingBringsTheMomentIntoView() {
    Selection selection;
    selection.setBounds(between(0, 100));
    selection.setWindow(between(10, 20));
    selection.select(RecordId{1}, at(80));
    QVERIFY(selection.place().window == between(75, 85));
    // What lies outside of everything shown does not move the window.
    selection.select(RecordId{2}, at(500));
    QVERIFY(selection.place().window == between(75, 85));
}

/// Evidence from before the requests: the window moves there, and back again.
void TstSelection::evidenceIsReachedWhereverItLies() {
    Selection selection;
    selection.setBounds(between(0, 100));
    selection.visit(RecordId{1}, at(-60));
    QVERIFY(selection.place().window.contains(at(-60)));
    QVERIFY(selection.place().window.length() >= between(0, 100).length());
    QVERIFY(selection.place().record == RecordId{1});
    selection.moveBounds(between(0, 110)); // more was read
    QVERIFY(selection.bounds().contains(at(-60)));
    selection.back();
    QVERIFY(selection.place().window == between(0, 100));
}

void TstSelection::allHoldsWhatLedUpToIt() {
    Selection selection;
    selection.setBounds(between(0, 100));
    selection.setAround(between(-20, 100));
    QVERIFY(selection.place().window == between(0, 100)); // not before it is asked for
    selection.showAll();
    QVERIFY(selection.place().window == between(-20, 100));
    QVERIFY(selection.showsAll());
}

/// All once more is what was recorded; and the way back leads through both.
void TstSelection::fromAllTheWayLeadsBack() {
    Selection selection;
    selection.setBounds(between(0, 100));
    selection.setAround(between(-20, 100));
    selection.setWindow(between(40, 50));
    selection.showAll();
    selection.back();
    QVERIFY(selection.place().window == between(40, 50));
    selection.forward();
    QVERIFY(selection.place().window == between(-20, 100));
    const QSignalSpy bounds(&selection, &Selection::boundsChanged);
    selection.showAll();
    QVERIFY(selection.bounds() == between(0, 100));
    QVERIFY(selection.place().window == between(0, 100));
    QCOMPARE(bounds.count(), 1);
    selection.showAll();
    QVERIFY(selection.place().window == between(-20, 100));
    selection.showAll();
    selection.back(); // to a window that the bounds hold no more
    QVERIFY(selection.place().window == between(-20, 100));
    QVERIFY(selection.showsAll());
    selection.back();
    QVERIFY(selection.place().window == between(0, 100));
}

void TstSelection::tellsOnlyChanges() {
    Selection selection;
    selection.setBounds(between(0, 100));
    QSignalSpy moments(&selection, &Selection::momentChanged);
    QSignalSpy windows(&selection, &Selection::windowChanged);
    QSignalSpy display(&selection, &Selection::displayChanged);
    selection.setMoment(at(5));
    selection.setMoment(at(5));
    selection.setWindow(between(0, 100));
    selection.setZone(Zone::utc());
    selection.setClock(ClockView::Raw);
    selection.setClock(ClockView::Raw);
    QCOMPARE(moments.count(), 1);
    QCOMPARE(windows.count(), 0);
    QCOMPARE(display.count(), 1);
}

void TstSelection::aGlidingPointerLeavesTheSelectedLine() {
    Selection selection;
    const Instant from = *fromRfc3339("2024-01-15T10:00:00Z");
    selection.setBounds({from, from + std::chrono::hours{1}});
    const Instant at = from + std::chrono::minutes{5};
    selection.select(RecordId{7}, at);
    selection.peek(from + std::chrono::minutes{9});
    selection.setNearest(RecordId{20});
    QVERIFY(!selection.place().record);
    QCOMPARE(selection.line(), std::optional(RecordId{20}));
    selection.endPeek();
    QCOMPARE(selection.line(), std::optional(RecordId{7}));
    QVERIFY(selection.place().moment == at);
    // What is chosen meanwhile stays.
    selection.peek(from + std::chrono::minutes{9});
    selection.select(RecordId{30}, from + std::chrono::minutes{9});
    selection.endPeek();
    QCOMPARE(selection.line(), std::optional(RecordId{30}));
    selection.peek(from);
    selection.setMoment(from + std::chrono::minutes{1});
    selection.endPeek();
    QVERIFY(!selection.line());
}

QTEST_GUILESS_MAIN(TstSelection)
#include "tst_selection.moc"
