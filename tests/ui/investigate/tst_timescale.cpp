// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/timescale.h"

#include <QTest>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

Window between(const char* from, const char* to) {
    return {*fromRfc3339(from), *fromRfc3339(to)};
}

QStringList labelsOf(const Window& window, const Zone& zone, int width) {
    QStringList labels;
    for (const TimeTick& tick : ticksOf({window, 0, double(width)}, zone))
        labels << (tick.date.isEmpty() ? tick.label : tick.label + QLatin1Char(' ') + tick.date);
    return labels;
}

} // namespace

class TstTimeScale : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pixelsAndMomentsAgree();
    void ticksAreRoundInTheZone_data();
    void ticksAreRoundInTheZone();
    void bucketsAreRound();
    void zoomKeepsThePointer();
};

void TstTimeScale::pixelsAndMomentsAgree() {
    const TimeScale scale =
        TimeScale::across(1000, between("2024-01-15T09:00:00Z", "2024-01-15T10:00:00Z"));
    QCOMPARE(scale.x(scale.window.from), double(plotLeft()));
    QCOMPARE(scale.x(scale.window.to), 1000.0 - kPlotRight);
    const Instant t = *fromRfc3339("2024-01-15T09:17:00Z");
    QVERIFY(std::chrono::abs(scale.at(scale.x(t)) - t) < 1us);
}

void TstTimeScale::ticksAreRoundInTheZone_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<int>("east");
    QTest::addColumn<QString>("labels");
    QTest::newRow("minutes") << "2024-01-15T09:57:40Z" << "2024-01-15T10:03:50Z" << 0
                             << "09:58 2024-01-15,09:59,10:00,10:01,10:02,10:03";
    QTest::newRow("over midnight")
        << "2023-11-10T23:50:00Z" << "2023-11-11T00:20:00Z" << 0
        << "23:50 2023-11-10,23:55,00:00 2023-11-11,00:05,00:10,00:15,00:20";
    QTest::newRow("half hours east")
        << "2024-01-15T00:00:00Z" << "2024-01-15T04:00:00Z" << 5 * 3600 + 1800
        << "05:30 2024-01-15,06:00,06:30,07:00,07:30,08:00,08:30,09:00,09:30";
    QTest::newRow("years") << "1970-01-01T00:00:00Z" << "2099-06-01T00:00:00Z" << 0
                           << "1980,2000,2020,2040,2060,2080";
    QTest::newRow("as near as it goes")
        << "2024-01-15T09:00:00Z" << "2024-01-15T09:00:00.001Z" << 0
        << "09:00:00.0000 2024-01-15,09:00:00.0002,09:00:00.0004,09:00:00.0006,09:00:00.0008,"
           "09:00:00.0010";
    QTest::newRow("seconds") << "2024-01-15T09:00:00Z" << "2024-01-15T09:00:20Z" << 0
                             << "09:00:00 2024-01-15,09:00:05,09:00:10,09:00:15,09:00:20";
}

void TstTimeScale::ticksAreRoundInTheZone() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(int, east);
    QFETCH(QString, labels);
    const Window window = between(from.toUtf8().constData(), to.toUtf8().constData());
    const int width = east != 0 ? 1000 : 500;
    QCOMPARE(labelsOf(window, Zone::fixed(east), width).join(QLatin1Char(',')), labels);
}

void TstTimeScale::bucketsAreRound() {
    QCOMPARE(bucketFor(6min + 10s, 950, 5).count(), Duration(2s).count());
    QCOMPARE(bucketFor(4h, 950, 5).count(), Duration(2min).count());
    QCOMPARE(bucketFor(10ms, 950, 5).count(), Duration(1ms).count());
}

void TstTimeScale::zoomKeepsThePointer() {
    const Window window = between("2024-01-15T09:00:00Z", "2024-01-15T10:00:00Z");
    const Instant pointer = *fromRfc3339("2024-01-15T09:15:00Z");
    const Window nearer = zoomed(window, pointer, 0.5);
    QCOMPARE(nearer.length().count(), Duration(30min).count());
    QCOMPARE(TimeScale::across(1000, nearer).x(pointer),
             TimeScale::across(1000, window).x(pointer));
}

QTEST_MAIN(TstTimeScale)
#include "tst_timescale.moc"
