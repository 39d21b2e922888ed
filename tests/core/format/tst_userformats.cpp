// SPDX-License-Identifier: GPL-3.0-or-later
// Formats that users write, in our files and in lnav's.
#include "core/format/userformats.h"

#include "core/format/catalogue.h"
#include "core/format/cells.h"
#include "core/format/detail/timepattern.h"
#include "tests/core/format/userformats.h"

#include <QTemporaryDir>
#include <QTest>

using namespace postlude;

namespace {

std::filesystem::path write(const QTemporaryDir& folder, const char* name, const QByteArray& text) {
    const QString path = folder.filePath(QString::fromLatin1(name));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) file.write(text);
    return path.toStdString();
}

/// The cells of one line, "name=text" in their order.
QString cellsOfLine(const Format& format, std::string_view line) {
    QStringList cells;
    Record record;
    const auto parser = format.parser();
    if (parser->parse(line, record) != LineVerdict::Record) return {};
    for (const auto& [name, text] : cellsOf(record))
        cells << QString::fromStdString(name + '=' + text);
    return cells.join(QLatin1Char('|'));
}

} // namespace

class TstUserFormats : public QObject {
    Q_OBJECT
private slots:
    void ownFormat() {
        const QTemporaryDir folder;
        const UserFormats user = readUserFormats(write(folder, "gate.json", kGate));
        QVERIFY2(user.errors.empty(), user.errors.empty() ? "" : describe(user.errors[0]).c_str());
        QCOMPARE(user.formats.size(), std::size_t{1});
        auto catalogue = Catalogue::builtIn();
        QVERIFY(catalogue->add(user.formats[0]).has_value());
        const Detection found = catalogue->detect(
            "2024-01-15T09:57:49Z gate 192.0.2.9 GET /z 200 3ms fast\n", true, "x.log");
        QCOMPARE(found.format ? found.format->name() : found.what, std::string("gate"));
        QCOMPARE(found.format->reader(), std::string("regex"));
        QVERIFY(!found.format->origin().empty());
        QVERIFY(!catalogue->add(user.formats[0]).has_value()); // there is one of that name
    }

    void refusals_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("why");
        QTest::newRow("sample")
            << QByteArray("7ms fast") << QByteArray("7 s fast")
            << "gate: sample 2: it fits up to column 50, where “ s fast” begins";
        QTest::newRow("cut") << QByteArray("7ms fast") << QByteArray("7ms ")
                             << "gate: sample 2: it ends at column 53, where more should follow";
        QTest::newRow("expectation") << QByteArray("\"503\"") << QByteArray("\"200\"")
                                     << "gate: sample 1: column status is “503”, not “200”";
        QTest::newRow("time")
            << QByteArray("01-15T09:57:48") << QByteArray("31-15T09:57:48")
            << "gate: sample 2: “2024-31-15T09:57:48Z”, from column 1, is no time";
        QTest::newRow("no column")
            << QByteArray("<status>") << QByteArray("<stat>") << "gate: there is no column “stat”";
        QTest::newRow("no samples") << QByteArray("\"samples\"") << QByteArray("\"examples\"")
                                    << "gate: there are no “samples” in it";
        QTest::newRow("no reader") << QByteArray("\"regex\"") << QByteArray("\"rogex\"")
                                   << "gate: there is no reader “rogex”";
        QTest::newRow("no regex") << QByteArray("[A-Z]+)") << QByteArray("[A-Z+)")
                                  << "gate: the pattern is no regular expression: ";
        QTest::newRow("no json") << QByteArray("\"name\":") << QByteArray("\"name\";")
                                 << "no JSON: ";
    }

    void refusals() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, why);
        const QTemporaryDir folder;
        QByteArray text(kGate);
        QVERIFY(text.contains(from));
        write(folder, "a.json", text.replace(from, to));
        write(folder, "b.json", kLnavJson);
        const UserFormats user = readUserFolder(folder.path().toStdString());
        QCOMPARE(user.errors.size(), std::size_t{1});
        const QString what = QString::fromStdString(user.errors[0].what);
        QVERIFY2(what.startsWith(why), qPrintable(what));
        QVERIFY(user.errors[0].place.source.ends_with("a.json"));
        QCOMPARE(user.formats.size(), std::size_t{1}); // the other one still loads
    }

    void namesOfBuiltInsAreTaken() {
        const QTemporaryDir folder;
        write(folder, "a.json", QByteArray(kGate).replace("\"gate\"", "\"haproxy-http\""));
        auto catalogue = Catalogue::builtIn();
        const auto errors = catalogue->addUserFormats(folder.path().toStdString());
        QCOMPARE(errors.size(), std::size_t{1});
        QVERIFY(errors[0].what.find("built in") != std::string::npos);
        QVERIFY(catalogue->named("haproxy-http")->origin().empty());
    }

    void lnavText() {
        const QTemporaryDir folder;
        const UserFormats user = readUserFormats(write(folder, "mill.json", kLnav));
        QCOMPARE(user.errors.size(), std::size_t{1});
        QVERIFY(user.errors[0].what.starts_with("broken_log: “regex”, a: the pattern is no"));
        QCOMPARE(user.formats.size(), std::size_t{1});
        const Format& mill = *user.formats[0];
        QCOMPARE(mill.name(), std::string("mill_log"));
        QCOMPARE(cellsOfLine(mill,
                             "01/15/24 12:00:01 AM 192.0.2.7 GET /grind?corn=rye 503 12 1500 west"),
                 QStringLiteral("kind=request|time=2024-01-15T00:00:01.000|client_ip=192.0.2.7|"
                                "method=GET|path=/grind?corn=rye|time_raw=01/15/24 12:00:01 AM|"
                                "status=503|bytes_sent=12|duration_ms=1500|wheel=west"));
        QCOMPARE(cellsOfLine(mill, "01/15/24 09:57:47 PM W 7f3a water is low"),
                 QStringLiteral("kind=message|time=2024-01-15T21:57:47.000|level=warning|"
                                "request_id=7f3a|message=water is low|"
                                "time_raw=01/15/24 09:57:47 PM"));
        const auto parser = mill.parser();
        Record record;
        QVERIFY(parser->parse("01/15/24 09:57:47 PM E 7f3a stuck", record) == LineVerdict::Record);
        QVERIFY(parser->parse("  at wheel west", record) == LineVerdict::Continuation);
    }

    void lnavJson() {
        const QTemporaryDir folder;
        const UserFormats user = readUserFormats(write(folder, "brook.json", kLnavJson));
        QCOMPARE(user.formats.size(), std::size_t{1});
        QCOMPARE(
            cellsOfLine(
                *user.formats[0],
                R"({"at":1705312667890,"lvl":50,"msg":"dam broke","who":{"name":"otter","n":[1,2.5]},"ok":true})"),
            QStringLiteral("kind=message|time=2024-01-15T09:57:47.890Z|level=error|"
                           "message=dam broke|time_raw=1705312667890|who/name=otter|"
                           "who/n#=1|who/n#=2.5|ok=true"));
        QCOMPARE(cellsOfLine(*user.formats[0], R"({"msg":"no time"})"), QString());
    }

    void lnavClockAlone() {
        const QTemporaryDir folder;
        const UserFormats user = readUserFormats(write(folder, "calls.json", kLnavCalls));
        QVERIFY2(user.errors.empty(), user.errors.empty() ? "" : describe(user.errors[0]).c_str());
        QCOMPARE(
            cellsOfLine(*user.formats[0], "09:57:47.814 'open' 0.5"),
            QStringLiteral("kind=message|time_raw=09:57:47.814|duration_ms=500|quote='|call=open"));
        QCOMPARE(cellsOfLine(*user.formats[0], "09:57:47.814 'open\" 0.5"), QString());
    }

    void timePatterns_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("local");            // ns
        QTest::addColumn<int>("offset");              // -1: none
        const qint64 day = 1'705'276'800'000'000'000; // 2024-01-15
        const qint64 s = 1'000'000'000;
        QTest::newRow("clf") << "%d/%b/%Y:%H:%M:%S %z" << "15/Jan/2024:00:00:09 -0130"
                             << day + 9 * s << -5400;
        QTest::newRow("fraction by itself")
            << "%Y-%m-%d %H:%M:%S" << "2024-01-15 00:00:09,5" << day + 9 * s + s / 2 << -1;
        QTest::newRow("millis") << "%m%d %H:%M:%S.%L" << "0115 00:00:00.007"
                                << qint64{64'281'600} * s + 7'000'000 << -1;
        QTest::newRow("micros") << "%F %T.%f" << "2024-01-15 00:00:00.000007" << day + 7'000 << -1;
        QTest::newRow("nanos") << "%D %T.%N" << "01/15/24 00:00:00.000000007" << day + 7 << -1;
        QTest::newRow("epoch ms") << "%i" << "1705276800123" << day + 123'000'000 << 0;
        QTest::newRow("epoch s") << "%s.%f" << "1705276800.000001" << day + 1'000 << 0;
        QTest::newRow("12 h") << "%A, %e %B %Y %l:%M %p" << "Monday, 15 January 2024 1:30 PM"
                              << day + 48'600 * s << -1;
        QTest::newRow("midnight") << "%Y-%j %I %p" << "2024-015 12 am" << day << -1;
        QTest::newRow("zone") << "%Y-%m-%d %H:%M:%S %Z" << "2024-01-15 00:00:00 UTC" << day << 0;
        QTest::newRow("tai") << "%@" << "4000000065a4758a00000007" << day + 7 << 0;
    }

    void timePatterns() {
        QFETCH(QString, format);
        QFETCH(QString, text);
        QFETCH(qint64, local);
        QFETCH(int, offset);
        const auto pattern = TimePattern::compile(format.toStdString());
        QVERIFY(pattern.has_value());
        const std::string line = text.toStdString() + '|';
        std::string_view rest = line;
        WrittenTime time;
        QVERIFY(pattern->take(rest, time));
        QCOMPARE(rest, std::string_view("|"));
        QCOMPARE(qint64{time.local}, local);
        QCOMPARE(time.offset.value_or(-1), offset);
        QVERIFY(!TimePattern::compile("%Y-%E").has_value());
    }
};

QTEST_GUILESS_MAIN(TstUserFormats)
#include "tst_userformats.moc"
