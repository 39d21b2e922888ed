// SPDX-License-Identifier: GPL-3.0-or-later
// Questions in SQL: what they give, that narrowing by indexes never changes an answer, and that
// nothing but a question is taken.
#include "core/ingest/import.h"
#include "core/sql/sql.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <thread>

using namespace postlude;

namespace {

/// What was asked: "a|b", a line a row; or the error.
QString textOf(const SqlValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return QString::number(*whole);
    if (const auto* number = std::get_if<double>(&value)) return QString::number(*number);
    const auto* text = std::get_if<std::string>(&value);
    return text ? QString::fromStdString(*text) : QStringLiteral("∅");
}

struct AskedBundle {
    QTemporaryDir folder;
    std::unique_ptr<Case> one;
    std::unique_ptr<Sql> sql;
    int analysed = 0;

    AskedBundle() {
        std::filesystem::create_directories(at("b/lb"));
        std::filesystem::create_directories(at("b/web-01"));
        std::ofstream(at("b/lb/haproxy.log")) << balancer();
        std::ofstream(at("b/web-01/app.log"))
            << "2024-01-15 09:57:41,143 ERROR cart: <b>no</b> stock\n"
               "2024-01-15 09:57:43,900 INFO cart: |stock|\nof two lines\n";
        one = std::move(*Case::create(at("x.postlude")));
        if (!importBundle({at("b")}, *one, {}, {}, {})) qFatal("import");
        sql = std::move(*Sql::open(*one, [this]() -> Result<Analysis> {
            ++analysed;
            Analysis made;
            made.findings.push_back({"Onset",
                                     "It began",
                                     instant(1'705'312'661'000'000'000),
                                     Finding::Tone::Bad,
                                     {{"lb/haproxy.log", 2, 4, {}, {}}}});
            return made;
        }));
    }

    [[nodiscard]] std::string at(const char* name) const {
        return folder.filePath(QString::fromLatin1(name)).toStdString();
    }

    /// Six requests of two servers.
    static std::string balancer() {
        std::string text;
        for (int i = 0; i < 6; ++i) {
            const std::string n = std::to_string(i);
            text += "Jan 15 09:57:4" + n + " lb-01 haproxy[3688]: 192.0.2.4" + n + ":3690" + n +
                    " [15/Jan/2024:09:57:4" + n + ".143] www web_pool/web-0" +
                    std::to_string(1 + i % 2) + " 0/0/0/18/1" + n + (i < 5 ? " 200" : " 503") +
                    " 1187 - - ---- 5/5/4/0/0 0/0 \"GET /static/" + n + ".js HTTP/1.1\"\n";
        }
        return text;
    }

    QString ask(const std::string& query, std::stop_token stop = {}) {
        QStringList lines;
        SqlSink sink;
        sink.row = [&](const std::vector<SqlValue>& row) {
            QStringList cells;
            for (const SqlValue& value : row)
                cells << textOf(value);
            lines << cells.join('|');
            return true;
        };
        const auto done = sql->ask(query, sink, std::move(stop));
        if (!done) return "! " + QString::fromStdString(describe(done.error()));
        return lines.join('\n');
    }
};

} // namespace

class TstSql : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answers_data() {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QString>("answer");
        QTest::newRow("groups") << QByteArray(
                                       "SELECT server, count(*), max(duration_ms) FROM records "
                                       "WHERE kind = 'request' GROUP BY server")
                                << "web-01|3|14\nweb-02|3|15";
        QTest::newRow("indexes") << QByteArray("SELECT path FROM records WHERE status >= 500")
                                 << "/static/5.js";
        QTest::newRow("an hour without seconds")
            << QByteArray("SELECT count(*) FROM records WHERE time >= '2024-01-15 09:57' "
                          "AND time < '2024-01-15T09:57:42.143'")
            << "3";
        QTest::newRow("times by moment, not by digits")
            << QByteArray("SELECT time FROM records WHERE time = '2024-01-15T09:57:42.143000Z'")
            << "2024-01-15T09:57:42.143Z";
        QTest::newRow("with another zone")
            << QByteArray("SELECT line FROM records WHERE time = '2024-01-15T10:57:42.143+01:00'")
            << "3";
        QTest::newRow("absent is null")
            << QByteArray("SELECT count(*) FROM records WHERE status IS NULL AND server IS NULL")
            << "2";
        QTest::newRow("the text itself")
            << QByteArray(
                   "SELECT lines, raw FROM records WHERE source = 'web-01/app.log' AND line = 2")
            << "2|2024-01-15 09:57:43,900 INFO cart: |stock|\nof two lines";
        QTest::newRow("other fields")
            << QByteArray("SELECT json_extract(fields, '$.feconn') FROM records WHERE line = 1 "
                          "AND status = 200")
            << "5";
        QTest::newRow("case does not matter where it is said")
            << QByteArray("SELECT count(*) FROM records WHERE server = 'WEB-01' COLLATE NOCASE")
            << "3";
        QTest::newRow("whose log")
            << QByteArray("SELECT DISTINCT host FROM records ORDER BY 1") << "lb-01\nweb-01";
        QTest::newRow("series") << QByteArray(
                                       "SELECT time, server, requests, failed, bytes FROM series "
                                       "WHERE bucket_s = 60 AND server = 'web-02'")
                                << "2024-01-15T09:57:00.000Z|web-02|3|1|3561";
        QTest::newRow("sources joined")
            << QByteArray(
                   "SELECT s.role, count(*) FROM records r JOIN sources s ON s.path = r.source "
                   "GROUP BY 1 ORDER BY 1")
            << "balancer|6\nserver|2";
        QTest::newRow("findings") << QByteArray("SELECT title, time, evidence FROM findings")
                                  << "Onset|2024-01-15T09:57:41.000Z|lb/haproxy.log:2-4";
        QTest::newRow("nothing") << QByteArray("SELECT 1 FROM records WHERE source = 'nowhere'")
                                 << "";
    }
    void answers() {
        QFETCH(QByteArray, query);
        QFETCH(QString, answer);
        QCOMPARE(AskedBundle().ask(query.toStdString()), answer);
    }

    /// `+column` keeps SQLite from handing a test to the table.
    void indexesChangeNoAnswer() {
        AskedBundle bundle;
        int asked = 0;
        for (const SqlTable& table : bundle.sql->tables()) {
            if (table.name != "records" && table.name != "series") continue;
            for (const SqlColumn& column : table.columns)
                for (const char* op : {"=", "<", "<=", ">", ">=", "IN"}) {
                    const std::string name = "\"" + column.name + "\"";
                    const std::string some = "(SELECT " + name + " FROM " + table.name + " WHERE " +
                                             name + " IS NOT NULL LIMIT 1 OFFSET 2)";
                    const std::string from = "SELECT count(*) FROM " + table.name + " WHERE ";
                    const std::string test = name + " " + op + " " + some;
                    QCOMPARE(bundle.ask(from + test), bundle.ask(from + "+" + test));
                    ++asked;
                }
        }
        QVERIFY(asked > 200);
    }

    /// Which tests reach the table, and that those with another collation do not.
    void indexesAreUsed() {
        AskedBundle bundle;
        const auto reach = [&](const std::string& test) {
            return bundle.ask("EXPLAIN QUERY PLAN SELECT 1 FROM records WHERE " + test)
                .section(QLatin1Char(':'), -1)
                .split(QLatin1Char(' '), Qt::SkipEmptyParts)
                .size();
        };
        QCOMPARE(reach("server = 'a' AND status >= 500 AND time < '2024-01-15'"), 3);
        QCOMPARE(reach("source = 'a' AND kind = 'request'"), 2);
        QCOMPARE(reach("server = 'a' COLLATE NOCASE AND host = 'a' AND line > 3"), 0);
    }

    void strangeValuesChangeNoAnswer_data() {
        QTest::addColumn<QByteArray>("test");
        for (const char* test : {"status >= '200'",
                                 "status > -5",
                                 "status < 200.5",
                                 "duration_ms <= 12.0000001",
                                 "duration_ms = 12",
                                 "duration_ms > -1",
                                 "server = ''",
                                 "server = NULL",
                                 "server = 3",
                                 "client_ip = '192.0.2.0/24'",
                                 "path = '\"'",
                                 "path = 'a' || char(10)",
                                 "time > 'soon'",
                                 "time > 5",
                                 "kind = 'nonsense'",
                                 "level = 'err'",
                                 "method = 'get'",
                                 "status = 1e300",
                                 "line >= 9223372036854775807",
                                 "bytes_sent = 1187.0"})
            QTest::newRow(test) << QByteArray(test);
    }
    void strangeValuesChangeNoAnswer() {
        QFETCH(QByteArray, test);
        AskedBundle bundle;
        const std::string from = "SELECT count(*) FROM records WHERE ";
        const QString one = bundle.ask(from + test.toStdString());
        QVERIFY2(!one.startsWith('!'), qPrintable(one));
        // Affinity is the column's, which "+" would take away.
        QCOMPARE(one, bundle.ask("SELECT count(*) FROM (SELECT * FROM records LIMIT -1) WHERE " +
                                 test.toStdString()));
    }

    void onlyQuestions_data() {
        QTest::addColumn<QByteArray>("query");
        for (const char* query :
             {"INSERT INTO records VALUES (1)", "DROP TABLE records", "CREATE TABLE t(x)",
              "CREATE TEMP TABLE t AS SELECT 1", "ATTACH 'x.db' AS y", "PRAGMA page_size",
              "SELECT load_extension('x')", "BEGIN", "VACUUM INTO 'x.db'", "SELECT 1; SELECT 2", "",
              "-- nothing", "SELECT", "SELECT nope FROM records", "SELECT * FROM nope",
              "SELECT * FROM sqlite_master; ", "\xff\xfe"})
            QTest::newRow(query) << QByteArray(query);
    }
    void onlyQuestions() {
        QFETCH(QByteArray, query);
        AskedBundle bundle;
        const QString answer = bundle.ask(query.toStdString());
        QVERIFY2(answer.startsWith('!') || answer.isEmpty(), qPrintable(answer));
        QCOMPARE(bundle.ask("SELECT count(*) FROM records"), QStringLiteral("8"));
    }

    void placeAndRemedyOfAnError() {
        AskedBundle bundle;
        const auto done = bundle.sql->ask("SELECT nope FROM records", {}, {});
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::NotUnderstood);
        QCOMPARE(done.error().place.offset, 7U);
        QVERIFY(done.error().remedy.find("duration_ms") != std::string::npos);
    }

    void runawayIsStopped() {
        AskedBundle bundle;
        std::stop_source stop;
        const std::jthread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
            stop.request_stop();
        });
        const QString answer = bundle.ask("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 "
                                          "FROM c) SELECT count(*) FROM c",
                                          stop.get_token());
        QVERIFY2(answer.contains("cancelled"), qPrintable(answer));
        QCOMPARE(bundle.ask("SELECT 1"), QStringLiteral("1"));
    }

    void whoHasEnoughIsLeftAlone() {
        AskedBundle bundle;
        int rows = 0;
        SqlSink sink;
        sink.row = [&](const std::vector<SqlValue>&) { return ++rows < 2; };
        QVERIFY(bundle.sql->ask("SELECT * FROM records", sink, {}).has_value());
        QCOMPARE(rows, 2);
    }

    void analysisIsMadeOnceAndOnlyWhenAsked() {
        AskedBundle bundle;
        bundle.ask("SELECT * FROM records, sources, series, issues");
        QCOMPARE(bundle.analysed, 0);
        bundle.ask("SELECT * FROM findings, causes");
        bundle.ask("SELECT * FROM timeline");
        QCOMPARE(bundle.analysed, 1);
    }
};

QTEST_GUILESS_MAIN(TstSql)
#include "tst_sql.moc"
