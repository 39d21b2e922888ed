// SPDX-License-Identifier: GPL-3.0-or-later
// A case opens where one was in it.
#include "ui/investigate/keptplace.h"

#include <QTest>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kStart = 1'705'312'660'000'000'000;
const Window kBulk{instant(kStart), instant(kStart) + 1h};
const Window kFar{instant(kStart) - 24h * 365, instant(kStart) - 24h * 365 + 1min};

QJsonObject keptOf(const std::function<void(Selection&)>& act) {
    Selection selection;
    selection.setBounds(kBulk);
    act(selection);
    return packPlace(selection);
}

} // namespace

class TstKeptPlace : public QObject {
    Q_OBJECT
private slots:
    void windowFilterAndLineComeBack() {
        const Window window{kBulk.from + 5min, kBulk.from + 6min};
        const QJsonObject kept = keptOf([&](Selection& s) {
            s.setWindow(window);
            s.setFilter(QStringLiteral("status >= 500"));
            s.select(RecordId{7}, window.from + 3s);
            s.setClock(ClockView::Raw);
        });
        Selection again;
        again.setBounds(kBulk);
        QVERIFY(restorePlace(kept, again));
        QVERIFY(again.place().window == window);
        QCOMPARE(again.place().filter, QStringLiteral("status >= 500"));
        QVERIFY(again.place().record == RecordId{7});
        QVERIFY(again.place().moment == window.from + 3s);
        QVERIFY(again.clock() == ClockView::Raw);
    }

    void allStaysAllWhereMoreIsRead() {
        const QJsonObject kept = keptOf([](Selection&) {});
        Selection again;
        again.setBounds({kBulk.from, kBulk.to + 1h});
        QVERIFY(restorePlace(kept, again));
        QVERIFY(again.showsAll());
    }

    /// Lines far outside of all others were looked at.
    void whatWasReachedFarOutsideComesBack() {
        const QJsonObject kept = keptOf([](Selection& s) {
            s.reach(kFar);
            s.setWindow(kFar);
        });
        Selection again;
        again.setBounds(kBulk);
        QVERIFY(restorePlace(kept, again));
        QVERIFY(again.place().window == kFar);
        again.showRecorded();
        QVERIFY(again.place().window == kBulk);
    }

    void whatIsNoLongerThereIsLeft() {
        const QJsonObject kept =
            keptOf([](Selection& s) { s.setWindow({kBulk.from, kBulk.from + 1min}); });
        Selection again;
        again.setBounds({kBulk.to, kBulk.to + 1h});
        QVERIFY(!restorePlace(kept, again));
        QVERIFY(again.showsAll());
    }

    void nothingIsReachedWhereThePlaceIsLeft() {
        const QJsonObject kept = keptOf([](Selection& s) {
            s.reach({kBulk.to + 2h, kBulk.to + 3h});
            s.setWindow({kBulk.from, kBulk.from + 1min});
        });
        Selection again;
        const Window later{kBulk.to, kBulk.to + 1h};
        again.setBounds(later);
        QVERIFY(!restorePlace(kept, again));
        QVERIFY(again.reached().empty());
        QVERIFY(again.bounds() == later);
        QVERIFY(again.place().window == later);
    }
};

QTEST_GUILESS_MAIN(TstKeptPlace)
#include "tst_keptplace.moc"
