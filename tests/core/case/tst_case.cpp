// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/source_text.h"
#include "core/case/store.h"
#include "tests/support/asnobody.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fstream>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace postlude;

namespace {

std::filesystem::path in(const QTemporaryDir& dir, const char* name) {
    return std::filesystem::path(dir.path().toStdString()) / name;
}

void write(const std::filesystem::path& file, std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
}

void execute(const std::filesystem::path& file, const char* sql) {
    sqlite3* handle = nullptr;
    sqlite3_open(file.c_str(), &handle);
    QCOMPARE(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(handle);
}

SourceInfo source(const std::string& path) {
    SourceInfo info;
    info.path = path;
    info.host = "lb-01";
    info.role = SourceRole::Balancer;
    info.zone = "UTC";
    info.parts = {path + ".1", path};
    return info;
}

Segment segment(std::int64_t first, std::uint32_t rows) {
    SegmentBuilder builder;
    for (std::uint32_t i = 0; i < rows; ++i) {
        Record record;
        record.kind = RecordKind::Request;
        record[NumberField::Status] = 200;
        record[TextField::Path] = "/";
        builder.add(record, instant((first + i) * 1'000'000),
                    {static_cast<std::uint64_t>(first) + i + 1});
    }
    return builder.take();
}

/// Writes for ever, and tells the parent the number of each step that has returned.
[[noreturn]] void writeUntilKilled(const std::filesystem::path& file, int pipe) {
    auto made = Case::create(file);
    if (!made) _exit(1);
    auto& store = (*made)->store();
    const auto id = store.addSource(source("lb/haproxy.log"));
    for (std::int64_t step = 1;; ++step) {
        const std::uint64_t lines = static_cast<std::uint64_t>(step) * 500;
        const bool good =
            store.appendSegment(*id, segment((step - 1) * 500, 500),
                                {lines * 100, lines, 0, false}) &&
            store.appendText(*id, std::string(300'000, 'x')) &&
            (*made)->saveBookmark({0, instant(step), {}, "mark " + std::to_string(step)}) &&
            (*made)->savePostmortem("{\"step\":" + std::to_string(step) + "}", "typed");
        if (!good || ::write(pipe, &step, sizeof step) != sizeof step) _exit(2);
    }
}

/// The last step of which the child said that it is done.
std::int64_t runAndKill(const std::filesystem::path& file, int milliseconds) {
    int ends[2];
    if (::pipe(ends) != 0) return -1;
    const pid_t child = ::fork();
    if (child == 0) writeUntilKilled(file, ends[1]);
    ::close(ends[1]);
    QTest::qSleep(milliseconds);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    std::int64_t step = 0, last = 0;
    while (::read(ends[0], &step, sizeof step) == sizeof step)
        last = step;
    ::close(ends[0]);
    return last;
}

} // namespace

class TstCase : public QObject {
    Q_OBJECT
private slots:
    void wordsComeBack() {
        const QTemporaryDir dir;
        const auto file = in(dir, "a ?#%ü.postlude");
        {
            auto made = Case::create(file);
            QVERIFY(made.has_value());
            Case& one = **made;
            QVERIFY(!one.importComplete());
            QVERIFY(one.store().beginImport({"/b/one", "/b/two"}).has_value());
            QVERIFY(one.store().endImport().has_value());
            QCOMPARE(*one.saveBookmark({0, instant(20), recordId(3, 7), "later"}), 1);
            QCOMPARE(*one.saveBookmark({0, instant(10), {}, "sooner"}), 2);
            QCOMPARE(*one.saveBookmark({1, instant(30), {}, "moved"}), 1);
            QCOMPARE(*one.saveBookmark({0, instant(1), {}, "gone"}), 3);
            QVERIFY(one.removeBookmark(3).has_value());
            QCOMPARE(one.removeBookmark(3).error().kind, ErrorKind::NotFound);
            QCOMPARE(*one.saveBookmark({0, instant(40), {}, "number 3 is not used again"}), 4);
            QCOMPARE(*one.savePostmortem("{\"a\":1}", "draft"), 1);
            QCOMPARE(*one.savePostmortem("{\"a\":2}", "typed"), 2);
            QVERIFY(one.setNote("layout", "x'; DROP TABLE note; --").has_value());
        }
        auto opened = Case::open(file);
        QVERIFY(opened.has_value());
        Case& one = **opened;
        QVERIFY(one.importComplete());
        QCOMPARE(one.bundlePaths(), (std::vector<std::string>{"/b/one", "/b/two"}));
        const auto bookmarks = *one.bookmarks();
        QCOMPARE(bookmarks.size(), 3U);
        QCOMPARE(bookmarks[0].note, "sooner");
        QCOMPARE(bookmarks[1].note, "moved");
        QVERIFY(!bookmarks[1].record);
        QCOMPARE((*one.postmortem())->json, "{\"a\":2}");
        QCOMPARE(one.postmortemHistory()->size(), 2U);
        QCOMPARE(**one.note("layout"), "x'; DROP TABLE note; --");
        QVERIFY(!*one.note("other"));
        QCOMPARE(one.integrityFaults(), "");
    }

    void whatIsNoCase_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("kind");
        QTest::newRow("empty") << QByteArray() << static_cast<int>(ErrorKind::NotUnderstood);
        QTest::newRow("text") << QByteArray("hello, this is a log\n")
                              << static_cast<int>(ErrorKind::NotUnderstood);
        QTest::newRow("cut off") << QByteArray("SQLite format 3\0\x10", 17)
                                 << static_cast<int>(ErrorKind::Damaged);
    }
    void whatIsNoCase() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, kind);
        const QTemporaryDir dir;
        write(in(dir, "x"), bytes.toStdString());
        for (const OpenMode mode : {OpenMode::ReadOnly, OpenMode::ReadWrite}) {
            const auto opened = Case::open(in(dir, "x"), mode);
            QVERIFY(!opened.has_value());
            QCOMPARE(static_cast<int>(opened.error().kind), kind);
        }
        QCOMPARE(Case::open(in(dir, "nothing")).error().kind, ErrorKind::NotFound);
        QCOMPARE(Case::create(in(dir, "x")).error().kind, ErrorKind::Write);
        QCOMPARE(Case::create(in(dir, "no/x")).error().kind, ErrorKind::NotFound);
    }

    void strangersAndSuccessors() {
        const QTemporaryDir dir;
        execute(in(dir, "other"), "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
        QCOMPARE(Case::open(in(dir, "other")).error().kind, ErrorKind::NotUnderstood);
        QVERIFY(Case::create(in(dir, "new")).has_value());
        execute(in(dir, "new"), "PRAGMA user_version=99");
        QCOMPARE(Case::open(in(dir, "new")).error().kind, ErrorKind::NewerVersion);
        execute(in(dir, "new"), "PRAGMA user_version=1");
        QCOMPARE(Case::open(in(dir, "new")).error().kind, ErrorKind::OlderVersion);
        execute(in(dir, "new"), "PRAGMA user_version=3; DROP TABLE segment");
        QCOMPARE(Case::open(in(dir, "new")).error().kind, ErrorKind::Damaged);
    }

    void oneWriterManyReaders() {
        const QTemporaryDir dir;
        const auto file = in(dir, "x");
        auto writer = Case::create(file);
        QCOMPARE(Case::open(file).error().kind, ErrorKind::Busy);
        auto reader = Case::open(file, OpenMode::ReadOnly);
        QVERIFY(reader.has_value());
        QVERIFY((*writer)->setNote("a", "b").has_value());
        QCOMPARE(**(*reader)->note("a"), "b");
        QCOMPARE((*reader)->setNote("a", "c").error().kind, ErrorKind::Permission);
        writer->reset();
        reader->reset();
        QVERIFY(Case::open(file).has_value());
        QVERIFY(!std::filesystem::exists(file.string() + "-lock"));
    }

    void leftoversOfADeletedCaseAreNotTakenIn() {
        const QTemporaryDir dir;
        const auto old = in(dir, "old.postlude"), fresh = in(dir, "fresh.postlude");
        {
            const auto one = std::move(*Case::create(old));
            QVERIFY(one->savePostmortem("{}", "typed").has_value());
            // As if the program had been killed here, and the case then deleted.
            std::filesystem::copy_file(old.string() + "-wal", fresh.string() + "-wal");
        }
        const auto one = std::move(*Case::create(fresh));
        QVERIFY(one->postmortemHistory()->empty());
        QCOMPARE(one->integrityFaults(), std::string());
    }

    void filesOfOthersBesideACaseStay() {
        const QTemporaryDir dir;
        const auto file = in(dir, "x");
        const auto path = [&](const char* ending) { return file.string() + ending; };
        for (const char* ending : {"-new", "-new-wal", "-new-berlin", "-new-7", "-lock"})
            write(path(ending), "mine");
        for (const char* ending : {"-wal", "-shm", "-journal"}) {
            write(path(ending), "a letter of mine");
            const auto refused = Case::create(file);
            QCOMPARE(refused.error().kind, ErrorKind::Write);
            QVERIFY(refused.error().place.source.ends_with(ending));
            QVERIFY(!std::filesystem::exists(file));
            QCOMPARE(std::filesystem::file_size(path(ending)), std::uintmax_t{16});
            std::filesystem::remove(path(ending));
        }
        QVERIFY(Case::create(file).has_value());
        for (const char* ending : {"-new", "-new-wal", "-new-berlin", "-new-7", "-lock"})
            QCOMPARE(std::filesystem::file_size(path(ending)), std::uintmax_t{4});
    }

    void whatAKilledCreationLeftGoes() {
        const QTemporaryDir dir;
        const auto file = in(dir, "x");
        QVERIFY(Case::create(in(dir, "whole")).has_value());
        std::filesystem::copy_file(in(dir, "whole"), file.string() + "-new-berlin");
        QVERIFY((*Case::open(file.string() + "-new-berlin"))->setNote("a", "b").has_value());
        std::filesystem::copy_file(in(dir, "whole"), file.string() + "-new-77");
        std::filesystem::resize_file(file.string() + "-new-77", 40'000);
        QVERIFY(Case::create(file).has_value());
        QVERIFY(!std::filesystem::exists(file.string() + "-new-77"));
        QVERIFY(std::filesystem::exists(file.string() + "-new-berlin"));
    }

    void readOnlyFolder() {
        const QTemporaryDir dir;
        std::filesystem::create_directory(in(dir, "ro"));
        const auto file = in(dir, "ro") / "x";
        QVERIFY((*Case::create(file))->setNote("a", "b").has_value());
        ::chmod(in(dir, "ro").c_str(), 0555);
        const test::AsNobody nobody(dir.path().toStdString());
        auto reader = Case::open(file, OpenMode::ReadOnly);
        const auto refused = Case::open(file);
        ::chmod(in(dir, "ro").c_str(), 0755);
        QVERIFY(reader.has_value());
        QCOMPARE(**(*reader)->note("a"), "b");
        QCOMPARE(refused.error().kind, ErrorKind::Permission);
    }

    void clocksBelongToHosts() {
        const QTemporaryDir dir;
        auto one = std::move(*Case::create(in(dir, "x")));
        const auto id = *one->store().addSource(source("a"));
        QVERIFY(one->setClock("lb-01", std::chrono::seconds{3}, std::chrono::milliseconds{5}, 12)
                    .has_value());
        SourceInfo info = source("a");
        info.id = id;
        info.what = "changed";
        QVERIFY(one->store().updateSource(info).has_value());
        QCOMPARE(*one->store().addSource(source("a")), id);
        QVERIFY(one->store().addSource(source("b")).has_value());
        const auto sources = *one->sources();
        QCOMPARE(sources.size(), 2U);
        QCOMPARE(sources[0].what, "changed");
        QCOMPARE(sources[0].parts.size(), 2U);
        QCOMPARE(sources[1].clockOffset->count(), 3'000'000'000);
        QCOMPARE(sources[1].clockPairs, 12U);
        QVERIFY(!sources[0].first);
    }

    void issuesComeBack() {
        const QTemporaryDir dir;
        auto one = std::move(*Case::create(in(dir, "x")));
        const ReadIssue issue{SourceId{4},
                              {ErrorKind::TooLarge, "endless line", {"a.log", 7, 99}, "cut it"}};
        QVERIFY(one->store().addIssues(std::vector(3, issue)).has_value());
        const auto issues = *one->issues(2);
        QCOMPARE(issues.size(), 2U);
        QCOMPARE(issues[1].source, SourceId{4});
        QCOMPARE(describe(issues[1].error), describe(issue.error));
        QCOMPARE(issues[1].error.place.offset, 99U);
    }

    void textFromBlocksThenFiles() {
        const QTemporaryDir dir;
        auto one = std::move(*Case::create(in(dir, "x")));
        auto& store = one->store();
        const auto id = *store.addSource(source("a"));
        std::string all;
        for (int i = 0; i < 400'000; ++i)
            all += std::to_string(i) + "\n";
        write(in(dir, "live"), "the live part\n");
        QVERIFY(store.setFiles(id, {in(dir, "live")}).has_value());
        for (std::size_t at = 0; at < all.size(); at += 777'777)
            QVERIFY(store.appendText(id, std::string_view(all).substr(at, 777'777)).has_value());
        QCOMPARE(*store.readText(id, 1'048'570, 20), all.substr(1'048'570, 20));
        QCOMPARE(*store.readText(id, all.size() - 10, 100),
                 all.substr(all.size() - 10) + "the live part\n");
        QVERIFY(!store.textComplete(id));
        QVERIFY(store.finishText(id).has_value());
        QVERIFY(store.textComplete(id));
        all += "the live part\n";
        QCOMPARE(*store.textSize(id), all.size());
        QCOMPARE(*store.readText(id, 0, 10'000'000), all);
        QCOMPARE(*store.readText(id, all.size() + 5, 10), "");
    }

    void changedFilesAreNoticed() {
        const QTemporaryDir dir;
        auto one = std::move(*Case::create(in(dir, "x")));
        auto& store = one->store();
        const auto id = *store.addSource(source("a"));
        const auto file = in(dir, "log");
        write(file, "first line\nsecond line\n");
        QVERIFY(store.setFiles(id, {file}).has_value());
        QCOMPARE(*store.readText(id, 6, 4), "line");
        write(file, "first line\nsecond line\nand a third since\n");
        QCOMPARE(*store.readText(id, 6, 100), "line\nsecond line\n");
        write(file, "first LINE\nsecond line\n");
        QCOMPARE(store.readText(id, 6, 4).error().kind, ErrorKind::Damaged);
        QCOMPARE(store.readText(id, 6, 4).error().what, "the file has changed since it was read");
        QCOMPARE((*store.staleness(id))->kind, ErrorKind::Damaged);
        std::filesystem::remove(file);
        QCOMPARE(store.readText(id, 6, 4).error().kind, ErrorKind::NotFound);
        QCOMPARE((*store.staleness(id))->kind, ErrorKind::NotFound);
        write(file, "first line\nsecond line\n");
        QVERIFY(!store.staleness(id)->has_value());
    }

    /// A byte in the middle, however long the file; another time of change alone is no change.
    void changesInTheMiddleAreNoticed() {
        const QTemporaryDir dir;
        auto one = std::move(*Case::create(in(dir, "x")));
        auto& store = one->store();
        const auto id = *store.addSource(source("a"));
        const auto file = in(dir, "log");
        std::string text(1'000'000, 'x');
        write(file, text);
        QVERIFY(store.setFiles(id, {file}).has_value());
        write(file, text);
        QVERIFY(!store.staleness(id)->has_value());
        text[500'000] = 'y';
        write(file, text);
        QVERIFY(store.staleness(id)->has_value());
        QCOMPARE(store.readText(id, 500'000, 1).error().kind, ErrorKind::Damaged);
        // Of a longer one samples are compared: what goes through it all is noticed.
        text.assign(5'000'000, 'x');
        write(file, text);
        QVERIFY(store.setFiles(id, {file}).has_value());
        for (std::size_t i = 100'000; i < text.size() - 100'000; i += 10'000)
            text[i] = 'y';
        write(file, text);
        QVERIFY(store.staleness(id)->has_value());
    }

    /// Written to, cut off or replaced while it is being read.
    void changesWhileReadingAreNoticed() {
        const QTemporaryDir dir;
        auto one = std::move(*Case::create(in(dir, "x")));
        auto& store = one->store();
        const auto id = *store.addSource(source("a"));
        const auto file = in(dir, "log");
        write(file, "one\ntwo\nthree\n");
        QVERIFY(store.setFiles(id, {file}).has_value());
        auto text = *SourceText::open(store, id);
        QCOMPARE(*text.read(0, 4), "one\n");
        QVERIFY(text.check().has_value());
        std::ofstream(file, std::ios::app) << "four\n";
        QVERIFY(text.check().has_value());
        write(file, "ONE\ntwo\nthree\nfour\n");
        QCOMPARE(text.check().error().kind, ErrorKind::Damaged);
        std::filesystem::resize_file(file, 2);
        QCOMPARE(text.read(4, 4).error().kind, ErrorKind::Damaged);
    }

    void interruptedTextBeginsAnew() {
        const QTemporaryDir dir;
        SourceId id{};
        {
            auto one = std::move(*Case::create(in(dir, "x")));
            id = *one->store().addSource(source("a"));
            QVERIFY(one->store().appendText(id, std::string(3'000'000, 'a')).has_value());
        }
        auto one = std::move(*Case::open(in(dir, "x")));
        QVERIFY(one->store().appendText(id, "new").has_value());
        QVERIFY(one->store().finishText(id).has_value());
        QCOMPARE(*one->store().readText(id, 0, 100), "new");
    }

    void onlyTheColumnsAskedFor() {
        const QTemporaryDir dir;
        auto one = std::move(*Case::create(in(dir, "x")));
        const auto id = *one->store().addSource(source("a"));
        const auto number = *one->store().appendSegment(id, segment(10, 100), {1000, 100, 2, true});
        const auto part = *one->store().readSegment(number, {"status"});
        QCOMPARE(part.numbers[static_cast<std::size_t>(NumberField::Status)].size(), 100U);
        QVERIFY(part.time.empty());
        const auto segments = *one->store().segments();
        QCOMPARE(segments.size(), 1U);
        QCOMPARE(segments[0].timeMin, 10'000'000);
        QCOMPARE(segments[0].timeMax, 109'000'000);
        QCOMPARE(segments[0].lastLine, 110U);
        QCOMPARE(segments[0].kinds, 1U << static_cast<unsigned>(RecordKind::Request));
        QVERIFY(one->store().segments(number)->empty());
        const auto sources = *one->sources();
        QCOMPARE(sources[0].records, 100U);
        QCOMPARE(sources[0].unread, 2U);
        QCOMPARE(nanoseconds(*sources[0].last), 109'000'000);
        QVERIFY(one->store().progressOf(id)->done);
        QCOMPARE(one->store().readSegment(99, {}).error().kind, ErrorKind::NotFound);
    }

    void segmentsAreKnownWithoutTheirColumns() {
        const QTemporaryDir dir;
        auto one = std::move(*Case::create(in(dir, "x")));
        const auto id = *one->store().addSource(source("a"));
        SegmentBuilder builder;
        for (std::int64_t i = 0; i < 1000; ++i) {
            Record record;
            record[NumberField::Status] = i % 2 == 0 ? 200 : 503;
            record[NumberField::Duration] = i * 1'000'000;
            record[TextField::Server] = i % 3 == 0 ? "web-01" : "web-02";
            const std::string path = "/" + std::to_string(i);
            record[TextField::Path] = path;
            if (i > 0) record[TextField::Backend] = "pool";
            builder.add(record, instant(i), {static_cast<std::uint64_t>(i) + 1});
        }
        EncodedSegment encoded = encodedSegment(builder.segment());
        encoded.moveLines(5000);
        encoded.series = {{0, "pool", "web-01", 7, 1, 0, 70, "x"}};
        const auto number = *one->store().appendSegment(id, encoded, {});
        const auto indexes = *one->store().segmentIndexes();
        QCOMPARE(indexes.size(), 1U);
        const SegmentIndex& index = indexes.at(number);
        const ColumnSummary& status = *index.find("status");
        QVERIFY(status.mayHold(500, 599) && status.mayHold(200, 200) && !status.gaps);
        QVERIFY(!status.mayHold(201, 499) && !status.mayHold(504, 599));
        QCOMPARE(index.find("duration_ms")->max, 999'000'000);
        QVERIFY(!index.find("duration_ms")->listed);
        QVERIFY(index.find("text:server")->mayHold("web-02"));
        QVERIFY(!index.find("text:server")->mayHold("web-03"));
        QVERIFY(index.find("text:path")->mayHold("/nowhere"));
        QVERIFY(index.find("text:backend")->gaps);
        QVERIFY(!index.find("text:referrer") && !index.find("retries"));
        QVERIFY(one->store().segmentIndexes(number)->empty());
        const auto series = *one->store().series(number);
        QCOMPARE(series.at(0).server, "web-01");
        QCOMPARE(series.at(0).bytes, 70U);
        QVERIFY(one->store().series(number + 1)->empty());
        QCOMPARE(one->store().readSegment(number, {"line"})->line.at(10), 5011);
        QCOMPARE(one->store().segments()->at(0).lastLine, 6000U);
    }

    void killedAtAnyMoment_data() {
        QTest::addColumn<int>("milliseconds");
        for (const int ms : {3, 9, 17, 29, 45, 66, 91, 130, 180, 260})
            QTest::addRow("%d ms", ms) << ms;
    }
    void killedAtAnyMoment() {
        QFETCH(const int, milliseconds);
        const QTemporaryDir dir;
        const auto file = in(dir, "x");
        const std::int64_t done = runAndKill(file, milliseconds);
        QVERIFY(done >= 0);
        const auto opened = Case::open(file);
        if (done == 0 && !opened) return; // killed while it was being made
        QVERIFY2(opened.has_value(), opened ? "" : describe(opened.error()).c_str());
        Case& one = **opened;
        QCOMPARE(one.integrityFaults(), "");
        if (done == 0) return;
        // Everything whose call returned is there; of the step under way, each call or nothing.
        const auto segments = *one.store().segments();
        const auto steps = static_cast<std::size_t>(done);
        QVERIFY(segments.size() == steps || segments.size() == steps + 1);
        QVERIFY(one.bookmarks()->size() >= steps && one.bookmarks()->size() <= steps + 1);
        QVERIFY((*one.postmortem())->number >= done);
        for (const SegmentInfo& info : segments)
            QCOMPARE(one.store().readSegment(info.number, {})->time.size(), 500U);
        const auto sources = *one.sources();
        QCOMPARE(sources[0].records, segments.size() * 500);
        QCOMPARE(one.store().progressOf(sources[0].id)->lines, segments.size() * 500);
    }
};

QTEST_GUILESS_MAIN(TstCase)
#include "tst_case.moc"
