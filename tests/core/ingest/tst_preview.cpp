// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing a format before an import: candidates and why, tables with another format, zone and
// year; and that the import then does what the table showed.
#include "core/ingest/preview.h"
#include "tests/core/bundle/makearchive.h"
#include "tests/core/ingest/imported.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace postlude;
using namespace postlude::test;
using namespace std::string_literals;
namespace fs = std::filesystem;

namespace {

std::string timesOf(const Preview& table) {
    std::string all;
    for (const PreviewRow& row : table.rows)
        all += (row.at ? toRfc3339(*row.at) : "-"s) + '\n';
    return all;
}

const std::string kYearless = "Dec 31 23:59:58 lb-01 keepalived[7]: VRRP is up\n"
                              "Jan  1 00:00:01 lb-01 keepalived[7]: VRRP is down\n";

} // namespace

class TstPreview : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    fs::path at(const std::string& name) { return fs::path(dir_.path().toStdString()) / name; }

    Catalogue catalogue() {
        std::vector<Error> refused;
        return *catalogueFor({}, nullptr, refused);
    }

private slots:
    void candidatesSayWhy() {
        writeFile(at("a/app.log"), appLog(9) + "  trace line\n");
        const auto sample = sampleOf({at("a")}, "app.log", {});
        QVERIFY2(sample, sample ? "" : describe(sample.error()).c_str());
        QVERIFY(sample->whole);
        const FormatChoices found = formatChoices(catalogue(), *sample, "haproxy-tcp", 4);
        QVERIFY(found.list.size() > 1 && found.list.size() <= 4);
        QCOMPARE(found.list[0].format->name(), "haproxy-tcp"s); // what was named comes first
        QCOMPARE(found.list[0].why, "reads none of it"s);
        QVERIFY2(found.list[1].why.starts_with(
                     "reads all of the first 10 lines, 1 of which go on with the one before, "),
                 found.list[1].why.c_str());
        QVERIFY(found.list[1].score > 0.5);
        const Preview table = preview(*sample, {.format = found.list[1].format, .rows = 3});
        QCOMPARE(table.rows.size(), std::size_t{3});
        QCOMPARE(table.records, std::uint64_t{9});
        QCOMPARE(table.columns.front(), "kind"s);
        QCOMPARE(table.zoneless, std::uint64_t{9});
        QVERIFY(!sampleOf({at("a")}, "no.log", {}).has_value());
    }

    void zoneAndYearAsChosen() {
        writeFile(at("y.log"), kYearless);
        const auto sample = sampleOf({at("y.log")}, {}, {});
        ReadAs as{.format = formatChoices(catalogue(), *sample).list.at(0).format};
        as.year = 2019;
        Preview table = preview(*sample, as);
        QCOMPARE(table.yearless, std::uint64_t{2});
        QCOMPARE(timesOf(table), "2019-12-31T23:59:58.000Z\n2020-01-01T00:00:01.000Z\n"s);
        as.zone = Zone::named("Europe/Berlin");
        table = preview(*sample, as);
        QCOMPARE(timesOf(table), "2019-12-31T22:59:58.000Z\n2019-12-31T23:00:01.000Z\n"s);

        const auto made = Case::create(at("y.postlude"));
        ImportOptions options;
        options.years = {{"y.log", 2019}};
        options.zones = {{"y.log", "Europe/Berlin"}};
        QVERIFY(importBundle({at("y.log")}, **made, options, {}, {}).has_value());
        const SourceInfo known = (*made)->sources()->front();
        QCOMPARE(toRfc3339(*known.first), "2019-12-31T22:59:58.000Z"s);
        QCOMPARE(toRfc3339(*known.last), "2019-12-31T23:00:01.000Z"s);
        const auto again = sampleOf(**made, "y.log");
        QCOMPARE(again->text, kYearless);
        options.years = {{"no.log", 2019}};
        const auto other = Case::create(at("z.postlude"));
        QVERIFY(!importBundle({at("y.log")}, **other, options, {}, {}).has_value());
    }

    /// A log is not written before what it tells of: weeks ahead of the file's date are last
    /// year's.
    void yearIsNotBehindTheFile() {
        writeFile(at("n.log"), "Dec 15 04:15:13 lb-01 keepalived[7]: VRRP is up\n");
        const std::chrono::sys_seconds march =
            std::chrono::sys_days{std::chrono::year{2025} / 3 / 1};
        fs::last_write_time(at("n.log"), std::chrono::file_clock::from_sys(march));
        const auto sample = sampleOf({at("n.log")}, {}, {});
        ReadAs as{.format = formatChoices(catalogue(), *sample).list.at(0).format};
        QCOMPARE(timesOf(preview(*sample, as)), "2024-12-15T04:15:13.000Z\n"s);
        const std::chrono::sys_seconds autumn =
            std::chrono::sys_days{std::chrono::year{2025} / 10 / 1};
        fs::last_write_time(at("n.log"), std::chrono::file_clock::from_sys(autumn));
        QCOMPARE(timesOf(preview(*sampleOf({at("n.log")}, {}, {}), as)),
                 "2024-12-15T04:15:13.000Z\n"s);
        const auto made = Case::create(at("n.postlude"));
        QVERIFY(importBundle({at("n.log")}, **made, {}, {}, {}).has_value());
        QCOMPARE(toRfc3339(*(*made)->sources()->front().first), "2024-12-15T04:15:13.000Z"s);
    }

    /// kubectl and git say how long ago something was, when they were asked.
    void agesCountFromTheFile() {
        writeFile(at("events.txt"),
                  "LAST SEEN   TYPE      REASON      OBJECT           MESSAGE\n"
                  "61m         Normal    Scheduled   pod/web-5d8f-x   assigned to node-2\n"
                  "2m41s (x7 over 57m)   Warning   BackOff   pod/web-5d8f-x   restarting\n"
                  "<unknown>   Normal    Killing     pod/web-5d8f-x   Stopping container web\n");
        writeFile(at("log.txt"), "commit 92ad9a1a7105ad677a691b62e07b492ae55e0411\n"
                                 "Author: Ada <ada@shop.example>\n"
                                 "Date:   1 year, 2 months ago\n\n    raise web-02 weight\n");
        const std::chrono::sys_seconds noon =
            std::chrono::sys_days{std::chrono::year{2025} / 3 / 1} + std::chrono::hours{12};
        const auto timesIn = [&](const std::string& name) {
            fs::last_write_time(at(name), std::chrono::file_clock::from_sys(noon));
            const auto sample = sampleOf({at(name)}, {}, {});
            const ReadAs as{.format = formatChoices(catalogue(), *sample).list.at(0).format};
            return timesOf(preview(*sample, as));
        };
        QCOMPARE(timesIn("events.txt"), "2025-03-01T10:59:00.000Z\n2025-03-01T11:57:19.000Z\n-\n"s);
        QCOMPARE(timesIn("log.txt"), "2024-01-01T12:00:00.000Z\n"s);
        const auto made = Case::create(at("ages.postlude"));
        QVERIFY(importBundle({at("events.txt")}, **made, {}, {}, {}).has_value());
        QCOMPARE(toRfc3339(*(*made)->sources()->front().first), "2025-03-01T10:59:00.000Z"s);
    }

    void packedDocumentAndBinary() {
        const std::string json =
            R"([{"ts":"1705312667.000200","type":"message","user":"U1","text":"down?"}])";
        makeArchive(at("c.tar.gz"), {{"chat/2024-01-15.json", json}});
        const auto sample = sampleOf({at("c.tar.gz")}, {}, {});
        QVERIFY2(sample, sample ? "" : describe(sample.error()).c_str());
        const FormatChoices found = formatChoices(catalogue(), *sample);
        QCOMPARE(found.list.at(0).format->name(), "slack"s);
        QVERIFY(found.list[0].why.starts_with("finds 1 records"));
        QCOMPARE(timesOf(preview(*sample, {.format = found.list[0].format})),
                 "2024-01-15T09:57:47.000Z\n"s);
        writeFile(at("p.log"), "\x89PNG\r\n\x1a\n"s + std::string(99, '\0'));
        const auto picture = sampleOf({at("p.log")}, {}, {});
        const FormatChoices none = formatChoices(catalogue(), *picture);
        QVERIFY(none.list.empty());
        QCOMPARE(none.what, "PNG picture"s);
    }

    void formatsOfTheUser() {
        writeFile(at("f/gate.json"), R"json({"name": "gate", "title": "Gate", "reader": "regex",
            "patterns": [{"pattern": "(?<time>\\d+) gate (?<message>.*)"}],
            "samples": ["1705312667 gate shut"]})json");
        writeFile(at("f/torn.json"), "{");
        writeFile(at("g.log"), "1705312668 gate open\n");
        ImportOptions options;
        options.formatsFolder = at("f");
        const auto made = Case::create(at("g.postlude"));
        const auto done = importBundle({at("g.log")}, **made, options, {}, {});
        QVERIFY2(done, done ? "" : describe(done.error()).c_str());
        QCOMPARE(done->sources.front().format, "gate"s);
        QCOMPARE(done->issues.size(), std::size_t{1}); // torn.json is told, not fatal
        QVERIFY(done->issues[0].error.place.source.ends_with("torn.json"));
    }
};

QTEST_GUILESS_MAIN(TstPreview)
#include "tst_preview.moc"
