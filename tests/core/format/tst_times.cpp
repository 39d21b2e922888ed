// SPDX-License-Identifier: GPL-3.0-or-later
// Time stamps as logs write them.
#include "core/format/detail/timestamp.h"

#include <QTest>

using namespace postlude;

class TstTimes : public QObject {
    Q_OBJECT
private slots:
    void stamp_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("local"); // empty: no time stamp
        QTest::addColumn<QString>("offset");
        QTest::addColumn<bool>("hasYear");
        const auto row = [](const char* text, const char* local, const char* offset = "",
                            bool hasYear = true) {
            QTest::newRow(text) << text << local << offset << hasYear;
        };
        row("15/Jan/2024:09:57:40.143", "2024-01-15T09:57:40.143000000Z");
        row("10/Nov/2023:23:56:20 +0000", "2023-11-10T23:56:20.000000000Z", "0");
        row("14/Feb/2024:09:57:50 -0530", "2024-02-14T09:57:50.000000000Z", "-19800");
        row("21/Nov/2026 06:07:21 UTC", "2026-11-21T06:07:21.000000000Z", "0");
        row("2024-01-15 09:57:47,890", "2024-01-15T09:57:47.890000000Z");
        row("2024-01-15T09:57:47.890123456Z", "2024-01-15T09:57:47.890123456Z", "0");
        row("2024-01-15T09:57:47+01:00", "2024-01-15T09:57:47.000000000Z", "3600");
        row("2024-02-14 08:47:40 -0500", "2024-02-14T08:47:40.000000000Z", "-18000");
        row("2024/01/15 10:01:27", "2024-01-15T10:01:27.000000000Z");
        row("Jan 15 09:57:40", "1972-01-15T09:57:40.000000000Z", "", false);
        row("Jan  5 09:57:40", "1972-01-05T09:57:40.000000000Z", "", false);
        row("Jan 5 09:57:40", "1972-01-05T09:57:40.000000000Z", "", false);
        row("Feb 29 23:59:60", "1972-03-01T00:00:00.000000000Z", "", false);
        row("Jan 15 2024 09:57:40", "2024-01-15T09:57:40.000000000Z");
        row("Wed Feb 14 09:59:20.016050 2024", "2024-02-14T09:59:20.016050000Z");
        row("Mon Jan 15 10:01:38 2024 +0000", "2024-01-15T10:01:38.000000000Z", "0");
        row("1705312776.262773", "2024-01-15T09:59:36.262773000Z", "0");
        row("1705312776262", "2024-01-15T09:59:36.262000000Z", "0");
        for (const char* bad :
             {"", "-", "2023-02-29 00:00:00", "2024-13-01 00:00:00", "15/Foo/2024:09:57:40",
              "2024-01-15 24:00:00", "9999999999999999999", "Jan 32 09:57:40",
              "15/Jan/2024:09:57:4", "Jan 15 2024 09:5"})
            row(bad, "");
    }

    void stamp() {
        QFETCH(QString, text);
        QFETCH(QString, local);
        QFETCH(QString, offset);
        QFETCH(bool, hasYear);
        TimeReader reader;
        WrittenTime time;
        const std::string bytes = text.toStdString();
        QCOMPARE(reader.whole(bytes, time), !local.isEmpty());
        if (local.isEmpty()) return;
        QCOMPARE(QString::fromStdString(toRfc3339(instant(time.local), 9)), local);
        QCOMPARE(time.offset ? QString::number(*time.offset) : QString{}, offset);
        QCOMPARE(time.hasYear, hasYear);
    }
};

QTEST_GUILESS_MAIN(TstTimes)
#include "tst_times.moc"
