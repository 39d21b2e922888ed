// SPDX-License-Identifier: GPL-3.0-or-later
// Which format a text is in where most of its lines are not what the format is known by.
#include "core/format/catalogue.h"

#include <QTest>
#include <fmt/format.h>

using namespace postlude;

namespace {

const Catalogue& catalogue() {
    static const Catalogue all = Catalogue::builtIn().value();
    return all;
}

std::string formatOf(std::string_view text) {
    const Detection found = catalogue().detect(text, true, "x.log");
    return found.format ? found.format->name() : "none: " + found.what;
}

std::string trace(int lines) {
    std::string text = "java.lang.IllegalStateException: no stock\n";
    for (int i = 0; i < lines; ++i)
        text += fmt::format("\tat com.acme.shop.Order{}.place(Order.java:{})\n", i % 7, i + 10);
    return text + "Caused by: java.sql.SQLException: pool is empty\n\t... 12 more\n";
}

/// One a second.
std::string log4j(int records) {
    std::string text;
    for (int i = 0; i < records; ++i)
        text += fmt::format("2024-02-14 10:{:02}:{:02},250 INFO  [worker-{}] com.acme.Stats - "
                            "served {}\n",
                            i / 60, i % 60, i % 4, i);
    return text;
}

} // namespace

class TstDetect : public QObject {
    Q_OBJECT
private slots:
    void deepTraces_data() {
        QTest::addColumn<int>("lines");
        for (const int lines : {40, 80, 150, 1'000})
            QTest::addRow("%d", lines) << lines;
    }
    void deepTraces() {
        QFETCH(int, lines);
        std::string text;
        for (int i = 0; i < 8; ++i)
            text += fmt::format("2024-02-14T10:{:02}:00.123+01:00 ERROR 123 --- [nio-8080-exec-1] "
                                "c.a.s.OrderController : order {} failed\n\n",
                                i, i) +
                    trace(lines);
        QCOMPARE(formatOf(text), "spring-boot");
    }

    void tracesAtTheFront() {
        const std::string one = "2024-02-14 09:59:59,001 ERROR [main] com.acme.Boot - no start\n";
        QCOMPARE(formatOf(one + trace(1'000) + log4j(50)), "log4j");
        QCOMPARE(formatOf(trace(1'000) + log4j(50)), "log4j");
    }

    void longStatements() {
        std::string text;
        for (int i = 0; i < 2; ++i) {
            text += fmt::format("# Time: 2024-02-14T10:00:0{}.123456Z\n"
                                "# User@Host: app[app] @ web1 [10.0.0.5]  Id:    42\n"
                                "# Query_time: 12.5  Lock_time: 0.000120 Rows_sent: 0  "
                                "Rows_examined: 0\nSET timestamp=1707904800;\n"
                                "INSERT INTO orders (id, name) VALUES\n",
                                i);
            for (int n = 0; n < 2'000; ++n)
                text += fmt::format("({}, 'name {}'),\n", n, n);
            text += "(1, 'x');\n";
        }
        QCOMPARE(formatOf(text), "mysql-slow");
    }

    void aTimeInAnyTextMakesNoLog() {
        std::string text = "2024-02-14 10:00:00 INFO what follows was copied\n";
        for (int i = 0; i < 200; ++i)
            text += fmt::format("    step {}: look at the other side\n", i);
        QVERIFY2(formatOf(text).starts_with("none"), formatOf(text).c_str());
    }
};

QTEST_GUILESS_MAIN(TstDetect)
#include "tst_detect.moc"
