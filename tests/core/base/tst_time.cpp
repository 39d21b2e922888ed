// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time.h"
#include "core/base/zone.h"

#include <QtTest>

using namespace postlude;

namespace {
Instant at(const char* text) {
    return *fromRfc3339(text);
}
} // namespace

class TstTime : public QObject {
    Q_OBJECT

private slots:
    void readsRfc3339_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc"); // empty: not understood
        const auto row = [](const char* text, const char* utc) {
            QTest::newRow(text) << QString(text) << QString(utc);
        };
        row("2024-01-15T09:59:16Z", "2024-01-15T09:59:16.000000000Z");
        row("2024-01-15 09:59:16,011", "2024-01-15T09:59:16.011000000Z");
        row("2024-01-15T09:59:16.123456789123Z", "2024-01-15T09:59:16.123456789Z");
        row("2024-02-14T10:00:00-05:00", "2024-02-14T15:00:00.000000000Z");
        row("2024-02-14T10:00:00.5+0530", "2024-02-14T04:30:00.500000000Z");
        row("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000000Z");
        row("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000000Z");
        row("2023-02-29T00:00:00Z", "");
        row("2024-13-01T00:00:00Z", "");
        row("2024-01-15T25:00:00Z", "");
        row("2024-01-15", "");
        row("2024-01-15T09:59:16Zx", "");
        row("9999-01-01T00:00:00Z", "");
        row("", "");
    }
    void readsRfc3339() {
        QFETCH(QString, text);
        QFETCH(QString, utc);
        const auto read = fromRfc3339(text.toStdString());
        QCOMPARE(read.has_value(), !utc.isEmpty());
        if (read) QCOMPARE(QString::fromStdString(toRfc3339(*read, 9)), utc);
    }

    void writesTruncatedNeverRounded() {
        const Instant t = at("2024-01-15T09:59:16.999999999Z");
        QCOMPARE(toRfc3339(t), std::string("2024-01-15T09:59:16.999Z"));
        QCOMPARE(toRfc3339(t, 0), std::string("2024-01-15T09:59:16Z"));
        QCOMPARE(toRfc3339(instant(-1), 9), std::string("1969-12-31T23:59:59.999999999Z"));
    }

    void speaks_data() {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("words");
        const auto row = [](double s, const char* words) { QTest::newRow(words) << s << words; };
        row(0.12, "120 ms");
        row(7.25, "7.2 s");
        row(74, "74 s");
        row(600, "10 min");
        row(625, "10 min 25 s");
        row(11700, "3 h 15 min");
        row(-74, "−74 s");
        row(3.0 * 86400, "3 d");
        row(119.7, "2 min");
        row(9.9999, "10 s");
    }
    void speaks() {
        QFETCH(double, seconds);
        QTEST(QString::fromStdString(spoken(fromSeconds(seconds))), "words");
    }

    void speaksOfTheLongest() {
        QVERIFY(spoken(Duration::min()).starts_with("−106751 d"));
        QCOMPARE(toRfc3339(Instant::min(), 9), "1677-09-21T00:12:43.145224192Z");
        QCOMPARE(toRfc3339(Instant::max(), 9), "2262-04-11T23:47:16.854775807Z");
        QCOMPARE(toRfc3339(instant(-1), 9), "1969-12-31T23:59:59.999999999Z");
        QCOMPARE(toRfc3339(instant(-86'400'000'000'000), 0), "1969-12-31T00:00:00Z");
        QVERIFY(spoken(Duration::max()).starts_with("106751 d"));
    }

    void knowsZones_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("winter"); // seconds east; 99: no such zone
        QTest::addColumn<int>("summer");
        const auto row = [](const char* name, int winter, int summer) {
            QTest::newRow(name) << QString(name) << winter << summer;
        };
        row("UTC", 0, 0);
        row("Z", 0, 0);
        row("UTC-5", -18000, -18000);
        row("UTC−05:00", -18000, -18000);
        row("+02:00", 7200, 7200);
        row("-0530", -19800, -19800);
        row("GMT+3", 10800, 10800);
        row("Europe/Berlin", 3600, 7200);
        row("America/New_York", -18000, -14400);
        row("Europe/Nowhere", 99, 99);
        row("+99:00", 99, 99);
        row("", 99, 99);
    }
    void knowsZones() {
        QFETCH(QString, name);
        QFETCH(int, winter);
        const auto zone = Zone::named(name.toStdString());
        QCOMPARE(zone.has_value(), winter != 99);
        if (!zone) return;
        QCOMPARE(zone->offsetAt(at("2024-01-15T12:00:00Z")), winter);
        QTEST(zone->offsetAt(at("2024-07-15T12:00:00Z")), "summer");
        // What a zone calls itself must lead back to it: sources keep only the name.
        QCOMPARE(Zone::named(zone->name())->offsetAt(at("2024-01-15T12:00:00Z")), winter);
    }

    void placesLocalTimes_data() {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("local");
        QTest::addColumn<QString>("utc");
        const auto row = [](const char* zone, const char* local, const char* utc) {
            QTest::newRow(local) << QString(zone) << QString(local) << QString(utc);
        };
        row("UTC-5", "2024-02-14T10:00:00Z", "2024-02-14T15:00:00.000Z");
        row("Europe/Berlin", "2024-07-01T12:00:00Z", "2024-07-01T10:00:00.000Z");
        row("Europe/Berlin", "2024-10-27T02:30:00Z", "2024-10-27T00:30:00.000Z"); // twice: first
        row("Europe/Berlin", "2024-10-27T03:30:00Z", "2024-10-27T02:30:00.000Z");
        row("Europe/Berlin", "2024-03-31T03:10:00Z", "2024-03-31T01:10:00.000Z");
        row("America/New_York", "2024-11-03T01:30:00Z", "2024-11-03T05:30:00.000Z");
    }
    void placesLocalTimes() {
        QFETCH(QString, zone);
        QFETCH(QString, local);
        const Instant read = at(local.toStdString().c_str());
        QTEST(QString::fromStdString(toRfc3339(Zone::named(zone.toStdString())->fromLocal(read))),
              "utc");
    }
};

QTEST_GUILESS_MAIN(TstTime)
#include "tst_time.moc"
