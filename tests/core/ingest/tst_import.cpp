// SPDX-License-Identifier: GPL-3.0-or-later
// Bundles as they come: what is read, in which zone and year, and the same from every container.
#include "tests/core/bundle/makearchive.h"
#include "tests/core/ingest/imported.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace postlude;
using namespace postlude::test;
using namespace std::string_literals;

namespace {

const std::string kHaproxy =
    "Feb 14 10:00:00 lb-01 haproxy[3688]: 127.1.99.47:36901 [14/Feb/2024:10:00:00.143] www "
    "web/web-04 0/0/0/18/18 200 1187 - - ---- 5/5/4/0/0 0/0 \"GET /a HTTP/1.1\"\n"
    "Feb 14 10:00:01 lb-01 haproxy[3688]: 127.1.18.188:57695 [14/Feb/2024:10:00:01.057] www "
    "web/web-01 0/0/0/105/105 200 236 - - ---- 5/5/4/1/0 0/0 \"POST /b HTTP/1.1\"\n"
    "Feb 14 10:00:01 lb-01 haproxy[3688]: 127.3.4.17:37177 [14/Feb/2024:10:00:01.177] www "
    "web/web-01 0/0/0/18/18 200 5871 - - ---- 9/9/8/1/0 0/0 \"GET /c HTTP/1.1\"\n";

} // namespace

class TstImport : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    int cases_ = 0;
    std::unique_ptr<Case> case_;

    fs::path at(const std::string& name) { return fs::path(dir_.path().toStdString()) / name; }

    Result<ImportSummary> import(const std::vector<fs::path>& paths, const ImportOptions& o = {}) {
        case_.reset();
        case_ = std::move(*Case::create(at("case" + std::to_string(++cases_) + ".postlude")));
        return importBundle(paths, *case_, o, {}, {});
    }

    void writeBundle(const std::string& root) {
        writeFile(at(root + "/lb/haproxy.log"), kHaproxy);
        writeFile(at(root + "/lb/access.log"), accessLog(30, "-0500", 20));
        writeFile(at(root + "/lb/access.log.1"), accessLog(20, "-0500"));
        writeFile(at(root + "/web-01/access.log"), accessLog(5, "-0500"));
        writeFile(at(root + "/web-01/app.log"), appLog(20) + "  trace line\n" + appLog(1));
        writeFile(at(root + "/web-02/app.log"), appLog(10));
        writeFile(at(root + "/README.md"), "# What this is\n\nlogs\n");
    }

private slots:
    void folderAndArchivesGiveTheSame_data() {
        QTest::addColumn<QString>("archive");
        for (const char* name : {"b.tar.gz", "b.tar.zst", "b.zip", "b.7z"})
            QTest::newRow(name) << QString(name);
    }
    void folderAndArchivesGiveTheSame() {
        QFETCH(QString, archive);
        writeBundle("b");
        std::vector<Entry> entries;
        for (const auto& file : fs::recursive_directory_iterator(at("b")))
            if (file.is_regular_file())
                entries.push_back(
                    {fs::relative(file.path(), at("")).string(), readFile(file.path())});
        // The live part comes first, as in most archives, but must be read last.
        std::ranges::sort(entries, {}, &Entry::path);
        makeArchive(at(archive.toStdString()), entries);

        const auto fromFolder = import({at("b")});
        QVERIFY2(fromFolder, fromFolder ? "" : describe(fromFolder.error()).c_str());
        const auto records = recordsOf(*case_);
        const auto fromArchive = import({at(archive.toStdString())});
        QVERIFY2(fromArchive, fromArchive ? "" : describe(fromArchive.error()).c_str());
        QVERIFY(recordsOf(*case_) == records);
        QCOMPARE(fromArchive->records, fromFolder->records);
        QCOMPARE(records.at("lb/access.log").size(), std::size_t{50});
        QVERIFY(records.at("lb/access.log").front().find("/item/0") != std::string::npos);
        for (std::size_t i = 0; i < fromFolder->sources.size(); ++i) {
            QCOMPARE(fromArchive->sources[i].path, fromFolder->sources[i].path);
            QCOMPARE(fromArchive->sources[i].zoneFrom, fromFolder->sources[i].zoneFrom);
            QCOMPARE(fromArchive->sources[i].lines, fromFolder->sources[i].lines);
        }
        QCOMPARE(sourceNamed(*fromFolder, "lb/access.log")->parts,
                 (std::vector<std::string>{"lb/access.log.1", "lb/access.log"}));
    }

    void rolesHostsAndZones() {
        writeBundle("z");
        const auto done = import({at("z")});
        QVERIFY(done.has_value());
        struct Row {
            const char* path;
            const char* host;
            SourceRole role;
            const char* zone;
            const char* zoneFrom; ///< its beginning
            const char* first;
        };
        const Row rows[] = {
            {"lb/haproxy.log", "lb-01", SourceRole::Balancer, "UTC−05:00", "as lb/access.log",
             "2024-02-14T15:00:00.143Z"},
            {"web-01/access.log", "web-01", SourceRole::Server, "UTC−05:00", "written",
             "2024-02-14T15:00:00.000Z"},
            {"web-01/app.log", "web-01", SourceRole::Server, "UTC−05:00", "as web-01/access.log",
             "2024-02-14T15:00:00.250Z"},
            {"web-02/app.log", "web-02", SourceRole::Server, "UTC−05:00", "guessed: most",
             "2024-02-14T15:00:00.250Z"},
        };
        for (const Row& row : rows) {
            const SourceInfo* source = sourceNamed(*done, row.path);
            QVERIFY2(source, row.path);
            QCOMPARE(source->host, std::string(row.host));
            QVERIFY2(source->role == row.role, row.path);
            QCOMPARE(source->zone, std::string(row.zone));
            QVERIFY2(source->zoneFrom.starts_with(row.zoneFrom), source->zoneFrom.c_str());
            QCOMPARE(toRfc3339(*source->first), std::string(row.first));
        }
        QVERIFY(sourceNamed(*done, "README.md")->role == SourceRole::Document);
        QCOMPARE(sourceNamed(*done, "web-01/app.log")->lines, std::uint64_t{22});
        QCOMPARE(sourceNamed(*done, "web-01/app.log")->records, std::uint64_t{21});
        QCOMPARE(done->unread, std::uint64_t{0});
    }

    void aProgramThatWritesUtcSaysNothingOfItsMachinesZone() {
        const std::string utc =
            "{\"time\":\"2024-02-14T08:00:00.100Z\",\"level\":\"info\",\"msg\":\"a\"}\n"
            "{\"time\":\"2024-02-14T08:00:21.300Z\",\"level\":\"info\",\"msg\":\"b\"}\n";
        const auto system = [](const char* time) {
            return fmt::format("Feb 14 {} web-01 systemd[1]: Started cron.service.\n", time);
        };
        writeFile(at("l/web-01/events.jsonl"), utc);
        writeFile(at("l/web-01/app.log"), appLog(20)); // from 10:00:00 on, two hours east of UTC
        writeFile(at("l/web-01/syslog"), system("09:10:00") + system("10:00:09"));
        writeFile(at("l/web-02/events.jsonl"), utc);
        writeFile(at("l/web-02/app.log"), "2024-02-14 06:01:00,250 INFO [311] app: old\n"
                                          "2024-02-14 08:00:10,250 INFO [311] app: new\n");
        const auto done = import({at("l")});
        QVERIFY(done.has_value());
        QCOMPARE(sourceNamed(*done, "web-01/app.log")->zone, "UTC+02:00"s);
        QVERIFY(sourceNamed(*done, "web-01/app.log")->zoneFrom.starts_with("guessed"));
        // Its stamps fit no other log, but those of one machine that name no zone are in the same.
        QCOMPARE(sourceNamed(*done, "web-01/syslog")->zone, "UTC+02:00"s);
        // It begins a whole number of hours before, but as UTC it is of the same time.
        QCOMPARE(sourceNamed(*done, "web-02/app.log")->zone, "UTC"s);
    }

    void linesThatGoOnAreNotMixedUp() {
        writeFile(at("g/job.log"), "Running with gitlab-runner 17.5.0 (14fc2fc7)\n"
                                   "section_start:1795244402:get_sources\n"
                                   "fetching\nchanges\n"
                                   "section_end:1795244409:get_sources\n");
        QVERIFY(import({at("g")}).has_value());
        const auto records = recordsOf(*case_).at("job.log");
        QCOMPARE(records.size(), std::size_t{3});
        QCOMPARE(records[1], "2+3@45 2026-11-21T07:00:02.000Z change fetching\nchanges"s);
    }

    void withoutAnyOffsetItIsUtc() {
        writeFile(at("u/web-01/app.log"), appLog(10));
        const auto done = import({at("u")});
        QVERIFY(done.has_value());
        QCOMPARE(done->sources.front().zoneFrom, "guessed: UTC"s);
        QCOMPARE(toRfc3339(*done->sources.front().first), "2024-02-14T10:00:00.250Z"s);
    }

    void whatTheUserSaysWins() {
        writeBundle("s");
        ImportOptions options;
        options.zones = {{"web-02/app.log", "Europe/Berlin"}};
        options.since = fromRfc3339("2024-02-14T09:00:03Z");
        options.until = fromRfc3339("2024-02-14T09:00:05Z");
        const auto done = import({at("s")}, options);
        QVERIFY2(done, done ? "" : describe(done.error()).c_str());
        const SourceInfo* app = sourceNamed(*done, "web-02/app.log");
        QCOMPARE(app->zone, "Europe/Berlin"s);
        QCOMPARE(app->zoneFrom, "stated by the user"s);
        QCOMPARE(app->lines, std::uint64_t{10});
        std::string kept;
        const auto records = recordsOf(*case_);
        for (const std::string& record : records.at("web-02/app.log"))
            kept += record + "\n";
        const auto begin = [](int line) { return appLog(line - 1).size(); };
        QCOMPARE(kept, fmt::format("4+1@{} 2024-02-14T09:00:03.250Z message served 3\n"
                                   "5+1@{} 2024-02-14T09:00:04.250Z message served 4\n",
                                   begin(4), begin(5)));
        std::array<ImportOptions, 4> wrong;
        wrong[0].zones = {{"web-02/app.log", "Mars/Olympus"}};
        wrong[1].zones = {{"no/such.log", "UTC"}};
        wrong[2].formats = {{"web-02/app.log", "no-such"}};
        wrong[3].formats = {{"no/such.log", "python-app"}};
        for (const ImportOptions& each : wrong) {
            const auto refused = import({at("s")}, each);
            QVERIFY(!refused.has_value());
            QVERIFY(refused.error().kind == ErrorKind::Usage);
        }
    }

    void yearsComeFromNeighboursAndRollOver() {
        std::string journal;
        for (const char* stamp : {"Dec 31 23:59:58", "Dec 31 23:59:59", "Jan  1 00:00:00",
                                  "Jan  1 00:00:01", "Dec 31 23:59:59"})
            journal += std::string(stamp) + " web-01 systemd[1]: app.service: Started the app.\n";
        writeFile(at("y/web-01/journal.log"), journal);
        writeFile(at("y/web-01/app.log"), "2023-12-31 23:59:58,000 INFO     [1] app: up\n"
                                          "2024-01-01 00:00:01,000 INFO     [1] app: up\n");
        const auto done = import({at("y")});
        QVERIFY(done.has_value());
        std::string stamps;
        const auto records = recordsOf(*case_);
        for (const std::string& record : records.at("web-01/journal.log"))
            stamps += record.substr(record.find(' ') + 1, 19) + " ";
        QCOMPARE(stamps, "2023-12-31T23:59:58 2023-12-31T23:59:59 2024-01-01T00:00:00 "
                         "2024-01-01T00:00:01 2023-12-31T23:59:59 "s);
    }

    void theBundlesOwnFormatsAreKnown() {
        writeFile(at("own/lb/nginx.conf.2024"),
                  "events {}\nhttp {\n  log_format own '$remote_addr|$time_iso8601|$status|"
                  "$request_time|$upstream_addr|$request';\n"
                  "  upstream app { server 127.0.0.1:81; server 127.0.0.1:82; }\n}\n");
        std::string log;
        for (int i = 0; i < 20; ++i)
            log += fmt::format("127.0.0.9|2024-02-14T10:00:{:02}+01:00|200|2.000|127.0.0.1:8{}|"
                               "GET /p{} HTTP/1.1\n",
                               i, i % 2 + 1, i);
        writeFile(at("own/lb/edge.log"), log);
        const auto done = import({at("own")});
        QVERIFY2(done, done ? "" : describe(done.error()).c_str());
        const SourceInfo* source = sourceNamed(*done, "lb/edge.log");
        QCOMPARE(source->records, std::uint64_t{20});
        QVERIFY(source->role == SourceRole::Balancer);
        QVERIFY(sourceNamed(*done, "lb/nginx.conf.2024")->role == SourceRole::Config);
        // nginx writes when a request ends; it is placed at its start, two seconds earlier
        QCOMPARE(toRfc3339(*source->first), "2024-02-14T08:59:58.000Z"s);
    }

    void idsOfAChatAreToldByItsListsOfNames() {
        writeFile(at("c/users.json"),
                  R"([{"id":"U7","name":"aotter","profile":{"display_name":"Ada"}},)"
                  R"({"id":"U8","name":"grace","profile":{"display_name":""}}])");
        writeFile(at("c/channels.json"), R"([{"id":"C1","name":"ops","members":["U7"]}])");
        writeFile(
            at("c/web/2024-01-15.json"),
            R"([{"type":"message","user":"U7","ts":"1705312789.062706",)"
            R"("text":"<@U8> &lt;look&gt; at <https://g.example/d|the chart> in <#C1>, <@U9>"},)"
            R"({"type":"message","user":"U8","ts":"1705312790.000100","text":"<!here> a < b"}])");
        QVERIFY(import({at("c")}).has_value());
        const auto rows = rowsOf(*case_, [](const Segment& s, std::size_t i) {
            return textAt(s.texts[static_cast<int>(TextField::User)], i) + ": " +
                   textAt(s.texts[static_cast<int>(TextField::Message)], i);
        });
        const std::vector<std::string> expected{
            "Ada: @grace <look> at the chart (https://g.example/d) in #ops, <@U9>",
            "grace: @here a < b"};
        QVERIFY(rows.at("web/2024-01-15.json") == expected);
        QCOMPARE(rows.size(), std::size_t{1});
    }

    void configurationsHaveTheTimeOfTheirFile() {
        writeBundle("snapshots");
        const fs::path config = at("snapshots/lb/haproxy.cfg");
        writeFile(config, "global\ndefaults\n mode http\nbackend web\n server a 192.0.2.1:80\n");
        const std::chrono::sys_time<std::chrono::nanoseconds> morning =
            std::chrono::sys_days(std::chrono::year(2024) / 2 / 13) + std::chrono::hours(9);
        const auto changed = std::chrono::file_clock::from_sys(morning);
        fs::last_write_time(config, changed);
        const auto done = import({at("snapshots")});
        QVERIFY(done);
        const SourceInfo* source = sourceNamed(*done, "lb/haproxy.cfg");
        QVERIFY(source && source->role == SourceRole::Config && source->first);
        QCOMPARE(toRfc3339(*source->first, 0), "2024-02-13T09:00:00Z"s);
    }
    /// However the log is cut for the threads that read it.
    void theHourThatClocksShowTwice_data() {
        QTest::addColumn<unsigned>("lines");
        QTest::newRow("at once") << 0U;
        QTest::newRow("by the hundred") << 100U;
        QTest::newRow("by seven") << 7U;
    }
    void theHourThatClocksShowTwice() {
        QFETCH(unsigned, lines);
        std::string log;
        for (int i = 0; i < 1'440; ++i) { // every ten seconds from 23:30Z to 03:30Z
            const int clock = 5'400 + i * 10 - (i >= 540 ? 3'600 : 0);
            log +=
                fmt::format("2026-10-25 {:02}:{:02}:{:02},000 INFO     [311] app.stats: tock {}\n",
                            clock / 3600, clock / 60 % 60, clock % 60, i);
            if (i == 300) // late, not the second time
                log += "2026-10-25 02:05:00,000 INFO     [311] app.stats: late\n";
        }
        const std::string root = "twice" + std::to_string(lines);
        writeFile(at(root + "/app.log"), log);
        ImportOptions options;
        options.zones = {{"app.log", "Europe/Berlin"}};
        options.pieceLines = lines;
        QVERIFY(import({at(root)}, options));
        auto records = recordsOf(*case_)["app.log"];
        QCOMPARE(records.size(), std::size_t{1'441});
        records.erase(records.begin() + 301);
        for (int i = 0; i < 1'440; ++i) {
            const Instant at = instant(1'792'884'600'000'000'000 + i * 10'000'000'000LL);
            const std::string& record = records[static_cast<std::size_t>(i)];
            QVERIFY2(record.find(toRfc3339(at)) != std::string::npos, record.c_str());
        }
    }

    void partsWithoutABreakAtTheirEnd() {
        const std::string older = accessLog(3), newer = accessLog(3, "+0000", 3);
        const std::string cut = older.substr(0, older.size() - 1);
        writeFile(at("parts/plain/x.log.1"), cut);
        writeFile(at("parts/plain/x.log"), newer);
        makeArchive(at("parts/packed/x.log.1.gz"), {{"x", cut}});
        writeFile(at("parts/packed/x.log"), newer);
        writeFile(at("parts/whole/x.log"), older + newer);
        const auto done = import({at("parts")});
        QVERIFY(done);
        QCOMPARE(issuesOf(*done), ""s);
        const auto records = recordsOf(*case_);
        QCOMPARE(records.at("whole/x.log").size(), 6U);
        QCOMPARE(records.at("plain/x.log"), records.at("whole/x.log"));
        QCOMPARE(records.at("packed/x.log"), records.at("whole/x.log"));
    }

    void aLeapDaySaysTheYear() {
        writeFile(at("leap/syslog"), "Feb 28 23:59:58 h app[1]: a\n"
                                     "Feb 29 12:00:00 h app[1]: b\n"
                                     "Mar  1 00:00:00 h app[1]: c\n");
        const std::chrono::sys_time<std::chrono::nanoseconds> later =
            std::chrono::sys_days(std::chrono::year(2026) / 11 / 21);
        fs::last_write_time(at("leap/syslog"), std::chrono::file_clock::from_sys(later));
        QVERIFY(import({at("leap")}));
        const auto records = recordsOf(*case_)["syslog"];
        QCOMPARE(records.size(), 3U);
        QVERIFY2(records[0].find("2024-02-28T23:59:58") != std::string::npos, records[0].c_str());
        QVERIFY2(records[1].find("2024-02-29T12:00:00") != std::string::npos, records[1].c_str());
        QVERIFY2(records[2].find("2024-03-01T00:00:00") != std::string::npos, records[2].c_str());
    }

    /// As a crash leaves it, or a file that was cut back while it was written.
    void runsOfNuls_data() {
        QTest::addColumn<int>("before");
        QTest::newRow("at the front") << 0;
        QTest::newRow("in the middle") << 10;
    }
    void runsOfNuls() {
        QFETCH(int, before);
        const std::string root = "nuls" + std::to_string(before);
        writeFile(at(root + "/app.log"), appLog(before) + std::string(4'096, '\0') + appLog(30));
        const auto done = import({at(root)});
        QVERIFY(done);
        QCOMPARE(recordsOf(*case_)["app.log"].size(), static_cast<std::size_t>(before + 30));
        QCOMPARE(issuesOf(*done), ""s);
    }

    void progressOnlyGrows() {
        writeFile(at("p/web-01/access.log"), accessLog(40'000));
        Progress last;
        bool grew = true;
        case_ = std::move(*Case::create(at("progress.postlude")));
        const auto done = importBundle({at("p")}, *case_, {}, {}, [&](const Progress& now) {
            grew = grew && now.bytesDone >= last.bytesDone && now.linesDone >= last.linesDone &&
                   now.bytesTotal >= last.bytesTotal;
            last = now;
        });
        QVERIFY(done.has_value());
        QVERIFY(grew);
        QCOMPARE(last.stage, "Reading"s);
        QVERIFY(case_->importComplete());
    }
};

QTEST_GUILESS_MAIN(TstImport)
#include "tst_import.moc"
