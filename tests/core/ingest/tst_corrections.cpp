// SPDX-License-Identifier: GPL-3.0-or-later
// What the user states about a source is kept in the case and holds for every later import.
#include "core/ingest/corrections.h"
#include "core/query/query.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace postlude;

class TstCorrections : public QObject {
    Q_OBJECT
    QTemporaryDir room_;
    std::unique_ptr<Case> case_;

    std::filesystem::path at(const char* name) const {
        return std::filesystem::path(room_.path().toStdString()) / name;
    }
    void write(const char* name, std::string_view text) const {
        std::ofstream(at(name), std::ios::binary) << text;
    }
    void read() const {
        const auto done = importBundle({at("app.log"), at("web.log")}, *case_, {}, {}, {});
        QVERIFY2(done, done ? "" : done.error().what.c_str());
    }
    SourceInfo source(const std::string& path) const {
        const auto all = case_->sources();
        for (const SourceInfo& info : *all)
            if (info.path == path) return info;
        return {};
    }
    std::optional<RecordId> firstRecord() const {
        const auto query = openQuery(*case_);
        const auto list = (*query)->select({}, {});
        return list && list->size() > 0 ? std::optional(list->id(0)) : std::nullopt;
    }

private Q_SLOTS:
    void init() {
        std::filesystem::remove(at("a.postlude"));
        write("app.log", "2024-01-15 09:57:40 INFO cart is empty\n"
                         "2024-01-15 09:57:41 ERROR no stock\n");
        write("web.log", "127.0.0.9 - - [15/Jan/2024:09:57:40 +0000] \"GET / HTTP/1.1\" 200 12 "
                         "\"-\" \"Probe\"\n");
        auto made = Case::create(at("a.postlude"));
        QVERIFY(made);
        case_ = std::move(*made);
        read();
    }
    void cleanup() { case_.reset(); }

    void aZoneMovesTheTimesOfThatSourceAlone() {
        const Instant before = *source("app.log").first, web = *source("web.log").first;
        Corrections stated;
        stated.sources["app.log"].zone = "+02:00";
        QVERIFY(correct(*case_, "app.log", stated));
        QVERIFY(!case_->importComplete());
        QCOMPARE(source("app.log").records, 0U);
        read();
        QVERIFY(case_->importComplete());
        QCOMPARE((before - *source("app.log").first).count(),
                 Duration(std::chrono::hours(2)).count());
        QCOMPARE((web - *source("web.log").first).count(), 0);
        QCOMPARE(source("app.log").records, 2U);
        QCOMPARE(source("web.log").records, 1U);
    }

    void aFormatOfOnesOwnHolds() {
        Corrections stated;
        stated.logFormats.emplace_back("apache", "%{%Y-%m-%d %H:%M:%S}t %{LEVEL}e %{X}i");
        stated.sources["app.log"].format = "apache:own:1";
        QVERIFY(correct(*case_, "app.log", stated));
        read();
        QCOMPARE(QString::fromStdString(source("app.log").format), QStringLiteral("apache:own:1"));
        QCOMPARE(source("app.log").records, 2U);
        QCOMPARE(source("app.log").unread, 0U);
    }

    void takingItBackReadsAsBefore() {
        const SourceInfo before = source("app.log");
        Corrections stated;
        stated.sources["app.log"] = {"time-message", "Asia/Tokyo", 2019};
        QVERIFY(correct(*case_, "app.log", stated));
        QVERIFY(correctionsOf(*case_) == stated);
        read();
        QVERIFY(correct(*case_, "app.log", {}));
        read();
        const SourceInfo after = source("app.log");
        QCOMPARE(after.format, before.format);
        QCOMPARE(after.zone, before.zone);
        QVERIFY(after.first == before.first);
        QCOMPARE(after.records, before.records);
    }

    void aBookmarkKeepsItsPlaceInTime() {
        const Instant when = *source("app.log").first;
        const auto record = firstRecord();
        QVERIFY(record);
        QVERIFY(case_->saveBookmark({0, when, record, "here"}));
        Corrections stated;
        stated.sources["app.log"].zone = "+01:00";
        stated.sources["web.log"].zone = "+01:00";
        QVERIFY(correct(*case_, "app.log", stated));
        QVERIFY(correct(*case_, "web.log", stated));
        const auto marks = case_->bookmarks();
        QCOMPARE(marks->size(), 1U);
        QVERIFY(marks->front().at == when);
        QVERIFY(!marks->front().record);
    }

    void noSuchSource() {
        const auto done = correct(*case_, "else.log", {});
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(TstCorrections)
#include "tst_corrections.moc"
