// SPDX-License-Identifier: GPL-3.0-or-later
// An import that is killed or cancelled goes on where it was, and ends with the same case.
#include "tests/core/bundle/makearchive.h"
#include "tests/core/ingest/imported.h"

#include <QTemporaryDir>
#include <QtTest>
#include <chrono>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace postlude;
using namespace postlude::test;
using namespace std::string_literals;

namespace {

using Records = std::map<std::string, std::vector<std::string>>;

/// What a case holds, apart from how it is cut into segments.
struct Contents {
    Records records;
    std::string sources;
    std::string issues;
    bool operator==(const Contents&) const = default;
};

Contents contentsOf(const Case& from, const ImportSummary& summary) {
    Contents all{recordsOf(from), {}, {}};
    for (const SourceInfo& s : summary.sources)
        all.sources += fmt::format("{} {} {} {} {} {} {}\n", s.path, s.format, s.zone, s.lines,
                                   s.records, s.unread, s.bytes);
    std::vector<std::string> issues;
    for (const ReadIssue& issue : summary.issues)
        issues.push_back(describe(issue.error));
    std::ranges::sort(issues);
    for (const std::string& issue : issues)
        all.issues += issue + "\n";
    return all;
}

} // namespace

class TstResume : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    fs::path at(const std::string& name) { return fs::path(dir_.path().toStdString()) / name; }

    Contents whole(const std::string& bundle, const std::string& name) {
        auto target = Case::create(at(name));
        const auto done = importBundle({at(bundle)}, **target, {}, {}, {});
        return done ? contentsOf(**target, *done) : Contents{};
    }

private slots:
    void initTestCase() {
        std::string log = accessLog(24'000);
        log.insert(log.find('\n', log.size() / 2) + 1, "garbage in the middle\nand more\n");
        const std::vector<Entry> entries{
            {"b/lb/access.log", log},
            {"b/lb/access.log.1", accessLog(12'000)},
            {"b/web-01/app.log", appLog(6'000) + "  trace\n" + appLog(5)},
            {"b/changes/deploys.log", "2024-02-14T10:00:00Z deploy svc=a host=b by=c status=ok\n"}};
        for (const Entry& e : entries)
            writeFile(at(e.path), e.text);
        makeArchive(at("b.tar.gz"), entries);
        for (const Entry& e : entries)
            makeArchive(at("each/" + e.path.substr(2) + ".gz"), {e});
    }

    void afterKill_data() {
        QTest::addColumn<QString>("bundle");
        QTest::newRow("folder") << QString("b");
        QTest::newRow("archive") << QString("b.tar.gz");
        QTest::newRow("packed one by one") << QString("each");
    }
    void afterKill() {
        QFETCH(QString, bundle);
        const std::string name = bundle.toStdString();
        const auto began = std::chrono::steady_clock::now();
        const Contents expected = whole(name, name + "-whole.postlude");
        const auto took = std::chrono::steady_clock::now() - began;
        QVERIFY(expected.records.at("lb/access.log").size() == 36'000);
        int resumed = 0;
        for (int moment = 1; moment <= 6; ++moment) {
            const fs::path file = at(name + std::to_string(moment) + ".postlude");
            const pid_t child = ::fork();
            if (child == 0) {
                auto target = Case::create(file);
                static_cast<void>(importBundle({at(name)}, **target, {}, {}, {}));
                ::_exit(0);
            }
            std::this_thread::sleep_for(took * moment / 7);
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            auto target = fs::exists(file) ? Case::open(file) : Case::create(file);
            QVERIFY2(target, target ? "" : describe(target.error()).c_str());
            QVERIFY((*target)->integrityFaults().empty());
            resumed += (*target)->importComplete() ? 0 : 1;
            const auto done = importBundle({at(name)}, **target, {}, {}, {});
            QVERIFY2(done, done ? "" : describe(done.error()).c_str());
            const Contents now = contentsOf(**target, *done);
            QCOMPARE(QByteArray::fromStdString(now.sources),
                     QByteArray::fromStdString(expected.sources));
            QCOMPARE(QByteArray::fromStdString(now.issues),
                     QByteArray::fromStdString(expected.issues));
            QVERIFY(now.records == expected.records);
        }
        QVERIFY(resumed > 0);
    }

    void afterCancel_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("plain") << QString("access.log");
        QTest::newRow("packed") << QString("access.log.gz");
    }
    void afterCancel() {
        QFETCH(QString, file);
        const std::string name = file.toStdString();
        const fs::path bundle = at("long") / name;
        // Long enough for several tellings, of which there are ten a second.
        if (name.ends_with(".gz"))
            makeArchive(bundle, {{"access.log", accessLog(700'000)}});
        else
            writeFile(bundle, accessLog(700'000));
        const Contents expected = whole("long/" + name, "whole-" + name);
        auto target = Case::create(at("cancelled-" + name));
        std::stop_source stop;
        std::chrono::steady_clock::time_point asked;
        const auto sink = [&](const Progress& p) {
            if (p.stage != "Reading" || p.linesDone < 5'000 || stop.stop_requested()) return;
            asked = std::chrono::steady_clock::now();
            stop.request_stop();
        };
        ImportOptions options;
        options.pieceLines = 1'000;
        const auto cancelled = importBundle({bundle}, **target, options, stop.get_token(), sink);
        const auto waited = std::chrono::steady_clock::now() - asked;
        QVERIFY(!cancelled.has_value());
        QVERIFY(cancelled.error().kind == ErrorKind::Cancelled);
        QVERIFY2(waited < std::chrono::milliseconds{1000}, "cancelling takes too long");
        QVERIFY((*target)->integrityFaults().empty());
        const auto done = importBundle({bundle}, **target, {}, {}, {});
        QVERIFY(done.has_value());
        QVERIFY(contentsOf(**target, *done) == expected);
        QVERIFY((*target)->importComplete());
    }
};

QTEST_GUILESS_MAIN(TstResume)
#include "tst_resume.moc"
