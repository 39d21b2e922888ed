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

/// Of each record what kind, level and message the detected format finds.
QStringList recordsOf(const std::string& text) {
    QStringList all;
    const Detection found = catalogue().detect(text, true, "x.log");
    if (!found.format) return {QString::fromStdString(found.what)};
    const auto parser = found.format->parser();
    Record record;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const LineVerdict verdict = parser->parse(line, record);
        const auto asText = [](std::string_view t) {
            return QString::fromStdString(std::string(t));
        };
        if (verdict == LineVerdict::Record)
            all << asText(nameOf(record.kind)) + ' ' + asText(nameOf(record.level)) + ' ' +
                       asText(record[TextField::Message]);
        else if (verdict == LineVerdict::Continuation && !all.empty())
            all.back() += '|' + asText(parser->continued().value_or(line));
        else if (verdict == LineVerdict::Unread)
            all << "unread";
    }
    return all;
}

std::string syslog(int lines, const std::string& program, const std::string& message) {
    std::string text;
    for (int i = 0; i < lines; ++i)
        text += fmt::format("Nov 21 {:02}:{:02}:{:02} h {}[77]: {} {}\n", i / 3600, i / 60 % 60,
                            i % 60, program, message, i);
    return text;
}

/// `text` as JSON has it.
std::string docker(const std::string& text) {
    return "{\"log\":\"" + text +
           "\",\"stream\":\"stdout\",\"time\":\"2026-11-21T12:14:14.65Z\"}\n";
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

    /// Whether or not they are in what the format is judged by.
    void wellKnownProgramsInASystemLog_data() {
        QTest::addColumn<int>("others");
        QTest::newRow("some") << 40;
        QTest::newRow("behind the sample") << 6'000;
    }
    void wellKnownProgramsInASystemLog() {
        QFETCH(int, others);
        const std::string text =
            syslog(others, "systemd", "Started Session") +
            "Nov 21 12:30:00 h haproxy[9]: Server app/s1 is DOWN, reason: Layer4 timeout, check "
            "duration: 2001ms. 2 active and 1 backup servers left. 3 sessions active, 0 requeued, "
            "4 remaining in queue.\n"
            "Nov 21 12:30:01 h nginx[8]: 2026/11/21 12:30:01 [error] 12#12: *5 no live upstreams "
            "while connecting to upstream, client: 1.2.3.4, server: x, request: \"POST /y "
            "HTTP/1.1\", upstream: \"http://backend/y\", host: \"x\"\n"
            "Nov 21 12:30:02 h Keepalived_vrrp[123]: (VI_1) Entering BACKUP STATE\n"
            "Nov 21 12:30:03 h Keepalived_vrrp[123]: Receive advertisement timeout\n"
            "Nov 21 12:30:04 h postgres[56]: 2026-11-21 12:30:04.123 UTC [56] app@shop FATAL:  "
            "sorry, too many clients already\n";
        const QStringList records = recordsOf(text);
        QCOMPARE(records.size(), others + 5);
        QVERIFY2(records[others].startsWith("server_state alert Server app/s1 is DOWN"),
                 qPrintable(records[others]));
        QCOMPARE(records[others + 1],
                 "message error no live upstreams while connecting to upstream");
        QCOMPARE(records[others + 2], "server_state  (VI_1) Entering BACKUP STATE");
        QCOMPARE(records[others + 3], "message  Receive advertisement timeout");
        QCOMPARE(records[others + 4], "message critical sorry, too many clients already");
    }

    void aProgramOfItsOwnAmongRequests() {
        std::string text;
        for (int i = 0; i < 100; ++i)
            text += fmt::format("Nov 21 12:00:{:02} lb haproxy[9]: 192.0.2.7:{} [21/Nov/2026:12:00:"
                                "{:02}.123] www app/s1 0/0/1/5/6 200 512 - - ---- 5/5/4/0/0 0/0 "
                                "\"GET /i/{} HTTP/1.1\"\n",
                                i % 60, 40'000 + i, i % 60, i);
        for (int i = 0; i < 5; ++i)
            text += fmt::format("Nov 21 12:01:{:02} lb app[77]: {{\"level\":\"error\",\"ts\":"
                                "1795262400.5,\"msg\":\"no database {}\"}}\n",
                                i, i);
        const QStringList records = recordsOf(text);
        QCOMPARE(records.size(), 105);
        QCOMPARE(records.back(), "message error no database 4");
    }

    void entriesOfSeveralLinesInAContainer() {
        const std::string text = docker("2026-11-21 12:14:14.655 ERROR 1 --- [exec-1] c.e.Shop : "
                                        "boom\\n") +
                                 docker("java.lang.X: y\\n") + docker("\\u0009at a.b(C.java)\\n");
        QCOMPARE(recordsOf(text),
                 QStringList{"message error boom|java.lang.X: y|\tat a.b(C.java)"});
    }

    void partsOfLongLinesInAContainer() {
        const std::string cri =
            "2026-11-21T12:14:14.6Z stdout F "
            "{\"level\":\"info\",\"ts\":1795263254.6,\"msg\":\"a\"}\n"
            "2026-11-21T12:14:15.6Z stdout P {\"level\":\"info\",\"ts\":1795263255.6,\"msg\":\"b\n"
            "2026-11-21T12:14:15.7Z stderr F "
            "{\"level\":\"error\",\"ts\":1795263255.7,\"msg\":\"c\"}\n"
            "2026-11-21T12:14:15.8Z stdout F  d\"}\n";
        const QStringList expected{"message info a", "message error c", "message info b d"};
        QCOMPARE(recordsOf(cri), expected);

        const std::string half(16'384, 'x');
        const std::string text = docker("2026-11-21 12:14:14.655 ERROR [main] a.b.C - " + half) +
                                 docker("end\\n") +
                                 docker("2026-11-21 12:14:15.655 INFO [main] a.b.C - fine\\n");
        const QStringList records = recordsOf(text);
        QCOMPARE(records.size(), 2);
        QVERIFY(records[0].startsWith("message error xxx") && records[0].endsWith("xxxend"));
    }

    void severitiesInOtherLanguages() {
        const std::string text =
            "2026-11-21 12:14:14.655 CET [31] app@shop FEHLER:  Relation »x« existiert nicht\n"
            "2026-11-21 12:14:14.655 CET [31] app@shop ANWEISUNG:  SELECT 1\n\tFROM x\n"
            "2026-11-21 12:14:15.655 CET [31] app@shop WARNUNG:  langsam\n"
            "2026-11-21 12:14:16.655 CET [32] app@shop FATAL:  zu viele Verbindungen\n";
        const QStringList records = recordsOf(text);
        QCOMPARE(records.size(), 3);
        QVERIFY2(records[0].startsWith("message error Relation"), qPrintable(records[0]));
        QVERIFY2(records[0].endsWith("SELECT 1|\tFROM x"), qPrintable(records[0]));
        QCOMPARE(records[1], "message warning langsam");
        QCOMPARE(records[2], "message critical zu viele Verbindungen");
    }

    void anEntryWithAnotherPrefixContinuesNothing() {
        std::string text;
        for (int i = 0; i < 10; ++i)
            text +=
                fmt::format("2026-11-21 12:14:{:02}.655 UTC [31] app@shop ERROR:  no {}\n", i, i);
        text += "2026-11-21 12:15:00.655 UTC <31> what is this FATAL:  too many clients\n"
                "2026-11-21 12:15:01.655 UTC [31] app@shop psql x 10.0.0.1(5555) ERROR:  late\n";
        const QStringList records = recordsOf(text);
        QCOMPARE(records.size(), 12);
        QVERIFY2(!records[9].contains("FATAL"), qPrintable(records[9]));
        QCOMPARE(records[11], "message error late");
    }

    void whatIsOddInJson() {
        std::string text;
        for (int i = 0; i < 5; ++i)
            text += "{\"level\":\"\\u001b[31merror\\u001b[39m\",\"message\":\"cut "
                    "\\ud83d\\ude00 b\\ud800\",\"timestamp\":\"2026-11-21T12:14:14.655Z\"}\n";
        const QStringList records = recordsOf(text);
        QCOMPARE(records.size(), 5);
        QCOMPARE(records[0], QString::fromUtf8("message error cut 😀 b\xEF\xBF\xBD"));
    }

    void aFormatGivenByTheUserIsTaken() {
        Catalogue own = catalogue();
        QVERIFY(own.addDialect("apache-error", "own", "[%{cu}t] [%l] %M"));
        std::string text;
        for (int i = 0; i < 5; ++i)
            text += fmt::format("[2026-11-21 12:14:{:02}.655123] [error] AH00112: no {}\n", i, i);
        QCOMPARE(own.detect(text, true, "x.log").format->name(), "apache-error:own");
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
