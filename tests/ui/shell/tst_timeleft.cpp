// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/progressstrip.h"

#include <QTest>

using namespace postlude;
using namespace std::chrono_literals;

class TstTimeLeft : public QObject {
    Q_OBJECT
private slots:
    /// It goes on at the pace of what is done.
    void isSaidInRoundNumbers() {
        QCOMPARE(timeLeft(10s, 2'000, 6'000), QStringLiteral("about 30 s left"));
        QCOMPARE(timeLeft(10s, 2'000, 6'100), QStringLiteral("about 35 s left"));
        QCOMPARE(timeLeft(10s, 8'000, 2'000), QStringLiteral("a few seconds left"));
        QCOMPARE(timeLeft(60s, 10'000, 20'500), QStringLiteral("about 3 min left"));
    }
    void isNotGuessedFromLittle() {
        QVERIFY(timeLeft(1s, 500, 500).isEmpty());
        QVERIFY(timeLeft(20s, 1, 1'000).isEmpty());
        QVERIFY(timeLeft(20s, 0, 0).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TstTimeLeft)
#include "tst_timeleft.moc"
