// SPDX-License-Identifier: GPL-3.0-or-later
// Bad input: whatever a bundle holds, the rest is read, and what is wrong is said.
#include "tests/core/bundle/makearchive.h"
#include "tests/core/ingest/imported.h"
#include "tests/support/asnobody.h"

#include <QStringEncoder>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace postlude;
using namespace postlude::test;
using namespace std::string_literals;

class TstBadInput : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    int cases_ = 0;
    std::unique_ptr<Case> case_;

    fs::path at(const std::string& name) { return fs::path(dir_.path().toStdString()) / name; }

    Result<ImportSummary> import(const fs::path& path) {
        case_.reset();
        case_ = std::move(*Case::create(at("case" + std::to_string(++cases_) + ".postlude")));
        return importBundle({path}, *case_, {}, {}, {});
    }

private slots:
    void nothingReadable_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, ErrorKind kind) {
            QTest::newRow(name) << QString(name) << static_cast<int>(kind);
        };
        row("absent", ErrorKind::NotFound);
        row("empty", ErrorKind::NotFound);
        row("not.tar.gz", ErrorKind::NotUnderstood);
        row("no-logs", ErrorKind::NotUnderstood);
        row("picture.png", ErrorKind::NotUnderstood);
    }
    void nothingReadable() {
        QFETCH(QString, name);
        fs::create_directories(at("empty"));
        writeFile(at("not.tar.gz"), "\1\2\3\4\5\6 no archive \0\0\0"s);
        writeFile(at("picture.png"), "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s);
        writeFile(at("no-logs/readme.md"), "# Title\n\nSome words.\n");
        writeFile(at("no-logs/zeros.bin"), std::string(5000, '\0'));
        const auto done = import(at(name.toStdString()));
        QVERIFY(!done.has_value());
        QTEST(static_cast<int>(done.error().kind), "kind");
        QVERIFY(!done.error().remedy.empty());
        QVERIFY(case_->integrityFaults().empty());
    }

    void texts_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("records");
        QTest::addColumn<int>("lines");
        QTest::addColumn<QByteArray>("unread"); ///< "line@offset" of each unread line
        const auto row = [](const char* name, const std::string& text, int records, int lines,
                            const char* unread) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << records << lines
                                << QByteArray(unread);
        };
        const std::string log = accessLog(20);
        const QString wide = QString::fromStdString(log);
        QStringEncoder little(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
        QStringEncoder big(QStringConverter::Utf16BE, QStringConverter::Flag::WriteBom);
        const std::string first = log.substr(0, log.find('\n') + 1);
        std::string crlf;
        for (const char c : log)
            crlf += c == '\n' ? "\r\n"s : std::string(1, c);
        row("sound", log, 20, 20, "");
        row("CRLF", crlf, 20, 20, "");
        row("no line break at the end", log.substr(0, log.size() - 1), 20, 20, "");
        row("empty lines", "\n\r\n" + log + "\n\n", 20, 24, "");
        row("byte order mark", "\xef\xbb\xbf" + log, 20, 20, "");
        row("UTF-16 LE", QByteArray(little.encode(wide)).toStdString(), 20, 20, "");
        row("UTF-16 BE", QByteArray(big.encode(wide)).toStdString(), 20, 20, "");
        row("invalid UTF-8",
            log + "127.0.0.1 - - [14/Feb/2024:10:01:00 +0000] \"GET /\xff\xc0 HTTP/1.1\""
                  " 200 1 \"-\" \"-\"\n",
            21, 21, "");
        row("a run of NULs", log + std::string(30, '\0') + "\n" + first, 21, 22, "21@1861");
        row("strange head", "starting up\nno time here\n" + log, 20, 22, "1@0 2@12");
        row("half a line", first.substr(0, 40) + "\n" + log, 20, 21, "1@0");
        row("endless line", first + std::string(3'000'000, 'x') + "\n" + log, 21, 22, "2@92");
        row("endless last line", log + std::string(3'000'000, 'x'), 20, 21, "21@1861");
    }
    void texts() {
        QFETCH(QByteArray, text);
        QFETCH(int, records);
        QFETCH(int, lines);
        const fs::path root = at("text" + std::to_string(cases_));
        writeFile(root / "web-01/access.log", text.toStdString());
        writeFile(root / "web-02/access.log", accessLog(3)); // never disturbed
        const auto done = import(root);
        QVERIFY2(done, done ? "" : describe(done.error()).c_str());
        const SourceInfo* source = sourceNamed(*done, "web-01/access.log");
        QCOMPARE(static_cast<int>(source->records), records);
        QCOMPARE(static_cast<int>(source->lines), lines);
        QCOMPARE(sourceNamed(*done, "web-02/access.log")->records, std::uint64_t{3});
        QByteArray unread;
        for (const ReadIssue& issue : done->issues) {
            QCOMPARE(issue.error.place.source, "web-01/access.log"s);
            QVERIFY(!issue.error.what.empty());
            unread += QByteArray::number(static_cast<qulonglong>(issue.error.place.line)) + "@" +
                      QByteArray::number(static_cast<qulonglong>(issue.error.place.offset)) + " ";
        }
        QTEST(unread.trimmed(), "unread");
        QCOMPARE(source->unread, std::uint64_t(unread.count('@')));
        // Every record stands in the kept text where its place says.
        const auto all = recordsOf(*case_);
        for (const std::string& record : all.at("web-01/access.log")) {
            const auto offset = std::stoull(record.substr(record.find('@') + 1));
            const std::string there = case_->store().readText(source->id, offset, 7).value();
            QVERIFY2(there.starts_with("127.0.0"), record.c_str());
        }
    }

    void manyUnreadLinesAreCountedAndTheFirstKept() {
        std::string text = accessLog(1000);
        for (int i = 0; i < 300; ++i)
            text += "garbage " + std::to_string(i) + "\n";
        writeFile(at("many/web-01/access.log"), text);
        const auto done = import(at("many"));
        QVERIFY(done.has_value());
        QCOMPARE(done->unread, std::uint64_t{300});
        QCOMPARE(done->issues.size(), std::size_t{100});
        QCOMPARE(done->issues.front().error.place.line, std::uint64_t{1001});
    }

    void damagedArchivesGiveWhatIsBefore_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"cut.tar.gz", "cut.tar.zst", "cut.log.gz"})
            QTest::newRow(name) << QString(name);
    }
    void damagedArchivesGiveWhatIsBefore() {
        QFETCH(QString, name);
        const fs::path file = at(name.toStdString());
        const bool single = name == "cut.log.gz";
        std::vector<Entry> entries;
        if (!single) entries.push_back({"b/web-01/access.log", accessLog(2000)});
        entries.push_back({"b/web-02/access.log", accessLog(20'000)});
        makeArchive(file, entries);
        writeFile(file, readFile(file).substr(0, fs::file_size(file) / 2));
        const auto done = import(file);
        QVERIFY2(done, done ? "" : describe(done.error()).c_str());
        const SourceInfo& cut = done->sources.back();
        if (!single) QCOMPARE(done->sources.front().records, std::uint64_t{2000});
        QVERIFY(cut.records > 1000 && cut.records < 20'000);
        const std::string issues = issuesOf(*done);
        QVERIFY2(issues.find("truncated") != std::string::npos, issues.c_str());
        QVERIFY2(issues.find(name.toStdString()) != std::string::npos, issues.c_str());
    }

    void hostileArchive() {
        makeArchive(at("hostile.tar.gz"), {{"b/web-01/access.log", accessLog(10)},
                                           {"../../../tmp/evil.log", accessLog(10)},
                                           {"b/link.log", "", AE_IFLNK, "/etc/passwd"},
                                           {"b/bomb.log", std::string(150'000'000, 'A')}});
        const auto done = import(at("hostile.tar.gz"));
        QVERIFY2(done, done ? "" : describe(done.error()).c_str());
        QCOMPARE(done->records, std::uint64_t{10});
        const std::string issues = issuesOf(*done);
        for (const char* name : {"evil.log", "link.log", "bomb.log"})
            QVERIFY2(issues.find(name) != std::string::npos, issues.c_str());
        QVERIFY(!fs::exists("/tmp/evil.log"));
    }

    void filesThatMayNotBeRead() {
        writeFile(at("locked/web-01/access.log"), accessLog(10));
        writeFile(at("locked/web-02/access.log"), accessLog(10));
        fs::permissions(at("locked/web-02/access.log"), fs::perms::none);
        const AsNobody nobody(dir_.path().toStdString());
        const auto done = import(at("locked"));
        QVERIFY(done.has_value());
        QCOMPARE(done->records, std::uint64_t{10});
        QVERIFY(done->issues.front().error.kind == ErrorKind::Permission);
    }

    /// The disk is full: a limit on the size of files stands in for it, in a process of its own.
    void aFullDiskLeavesTheCaseWhole() {
        writeFile(at("full/web-01/access.log"), accessLog(150'000));
        makeArchive(at("full.tar.gz"), {{"b/web-01/access.log", accessLog(100'000)}});
        for (const char* bundle : {"full", "full.tar.gz"}) {
            const fs::path file = at(bundle + ".postlude"s);
            const pid_t child = ::fork();
            if (child == 0) {
                const rlimit limit{600'000, 600'000};
                ::signal(SIGXFSZ, SIG_IGN);
                ::setrlimit(RLIMIT_FSIZE, &limit);
                auto target = Case::create(file);
                const auto done = target ? importBundle({at(bundle)}, **target, {}, {}, {})
                                         : std::unexpected(target.error());
                const bool told = !done && (done.error().kind == ErrorKind::DiskFull ||
                                            done.error().kind == ErrorKind::Write);
                ::_exit(told ? 0 : 1);
            }
            int status = 0;
            ::waitpid(child, &status, 0);
            QCOMPARE(WEXITSTATUS(status), 0);
            auto target = Case::open(file);
            QVERIFY2(target, target ? "" : describe(target.error()).c_str());
            QVERIFY((*target)->integrityFaults().empty());
            QVERIFY(!(*target)->importComplete());
            // With room again, it goes on to the end.
            const auto done = importBundle({at(bundle)}, **target, {}, {}, {});
            QVERIFY2(done, done ? "" : describe(done.error()).c_str());
            QCOMPARE(done->records, std::uint64_t(bundle == "full"s ? 150'000 : 100'000));
        }
    }
};

QTEST_GUILESS_MAIN(TstBadInput)
#include "tst_badinput.moc"
