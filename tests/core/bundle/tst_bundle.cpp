// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/bundle.h"
#include "tests/core/bundle/makearchive.h"
#include "tests/support/asnobody.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

using namespace postlude;
using namespace postlude::test;
using namespace std::string_literals;

namespace {

using Texts = std::map<std::string, std::string>;

/// Source path → its parts' text, joined in order, each part ended with '|'.
Texts textsOf(Bundle& bundle) {
    Texts members;
    const auto visit = [&](const Member& m, std::string_view chunk, bool) -> Result<void> {
        members[m.path] += chunk;
        return {};
    };
    if (!bundle.unpack(visit, {}, {})) return {};
    Texts sources;
    for (const SourceFiles& source : bundle.sources())
        for (const Member& part : source.parts)
            sources[source.path] +=
                (part.file.empty() ? members[part.path] : readFile(part.file)) + "|";
    return sources;
}

Result<Bundle> opened(const fs::path& path, const BundleLimits& limits = {}) {
    return Bundle::open({path}, limits, {});
}

QByteArray shown(const Texts& texts) {
    QByteArray out;
    for (const auto& [path, text] : texts)
        out += QByteArray::fromStdString(path + "=" + text.substr(0, 60) + "\n");
    return out;
}

QByteArray shown(const Bundle& bundle) {
    QByteArray out;
    for (const Error& e : bundle.issues())
        out += QByteArray::fromStdString(describe(e)) + "\n";
    return out;
}

bool mentions(const Bundle& bundle, ErrorKind kind, const std::string& where) {
    return std::ranges::any_of(bundle.issues(), [&](const Error& e) {
        return e.kind == kind && e.place.source.find(where) != std::string::npos;
    });
}

/// Log lines with enough chance in them that cutting an archive cuts a member.
std::string noise(std::size_t bytes, unsigned seed = 7) {
    std::string text;
    for (std::uint64_t x = seed; text.size() < bytes;) {
        x = x * 6364136223846793005ULL + 1442695040888963407ULL;
        text += "2024-01-15T10:00:00Z web-01 GET /item/" + std::to_string(x >> 20U) + " 200\n";
    }
    text.resize(bytes);
    return text;
}

const std::vector<Entry> kSmall{{"bundle/lb/access.log", "new\n"},
                                {"bundle/lb/access.log.1", "old\n"},
                                {"bundle/lb/nginx.conf.2023-11-10", "conf a"},
                                {"bundle/lb/nginx.conf.2023-11-10.1", "conf b"},
                                {"bundle/web-01/app.log", "app\n"}};
const Texts kSmallTexts{{"lb/access.log", "old\n|new\n|"},
                        {"lb/nginx.conf.2023-11-10", "conf a|"},
                        {"lb/nginx.conf.2023-11-10.1", "conf b|"},
                        {"web-01/app.log", "app\n|"}};

} // namespace

class TstBundle : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    fs::path at(const std::string& name) { return fs::path(dir_.path().toStdString()) / name; }

private slots:
    void sameFromEveryContainer_data() {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"b.tar", "b.tar.gz", "b.tar.zst", "b.tar.xz", "b.tar.bz2", "b.zip", "b.7z"})
            QTest::newRow(name) << QString(name);
    }
    void sameFromEveryContainer() {
        QFETCH(QString, name);
        makeArchive(at(name.toStdString()), kSmall);
        auto bundle = opened(at(name.toStdString()));
        QVERIFY(bundle.has_value());
        QCOMPARE(shown(textsOf(*bundle)), shown(kSmallTexts));
        QCOMPARE(shown(*bundle), QByteArray());
        QVERIFY(bundle->sources().front().parts.front().modified.has_value());
    }

    void sameFromFolder() {
        for (const Entry& e : kSmall)
            writeFile(at("folder/" + e.path), e.text);
        for (const char* root : {"folder", "folder/bundle"}) {
            auto bundle = opened(at(root));
            QVERIFY(bundle.has_value());
            QCOMPARE(shown(textsOf(*bundle)), shown(kSmallTexts));
        }
    }

    void compressedPartsAndSingleFiles() {
        const std::string live = "live\n";
        writeFile(at("parts/lb/h.log"), live);
        makeArchive(at("parts/lb/h.log.2.gz"), {{"x", "second\n"}});
        makeArchive(at("parts/lb/h.log.3.zst"), {{"x", "third\n"}});
        makeArchive(at("parts/lb/h.log.4.xz"), {{"x", "fourth\n"}});
        writeFile(at("parts/lb/h.log.1"), "first\n");
        makeArchive(at("parts/lb/h.log.1.bz2"), {{"x", "first\n"}}); // caught while being packed
        auto bundle = opened(at("parts"));
        QVERIFY(bundle.has_value());
        QCOMPARE(shown(textsOf(*bundle)),
                 shown(Texts{{"lb/h.log", "fourth\n|third\n|second\n|first\n|live\n|"}}));
        QVERIFY(mentions(*bundle, ErrorKind::NotUnderstood, "h.log.1.bz2"));

        auto single = opened(at("parts/lb/h.log.2.gz"));
        QVERIFY(single.has_value());
        QCOMPARE(shown(textsOf(*single)), shown(Texts{{"h.log.2", "second\n|"}}));
    }

    void nestedArchives() {
        makeArchive(at("n/inner.tar.gz"), {{"web-01/app.log", "a\n"}, {"web-01/x/err.log", "e\n"}});
        makeArchive(at("n/inner.zip"), {{"db.log", "d\n"}});
        makeArchive(at("n/p.log.2.gz"), {{"x", "packed\n"}});
        makeArchive(at("outer.tar.zst"), {{"b/logs/one.tar.gz", readFile(at("n/inner.tar.gz"))},
                                          {"b/logs/two.zip", readFile(at("n/inner.zip"))},
                                          {"b/p.log.2.gz", readFile(at("n/p.log.2.gz"))}});
        auto bundle = opened(at("outer.tar.zst"));
        QVERIFY(bundle.has_value());
        QCOMPARE(shown(textsOf(*bundle)), shown(Texts{{"logs/one/app.log", "a\n|"},
                                                      {"logs/one/x/err.log", "e\n|"},
                                                      {"logs/two/db.log", "d\n|"},
                                                      {"p.log.2", "packed\n|"}}));
        BundleLimits flat;
        flat.depth = 1;
        auto shallow = opened(at("outer.tar.zst"), flat);
        QVERIFY(!shallow.has_value());
        QCOMPARE(shallow.error().kind, ErrorKind::TooLarge);
        QVERIFY(!shallow.error().remedy.empty());
    }

    void severalPathsKeepTheirNames() {
        writeFile(at("hosts/web-01/app.log"), "one\n");
        writeFile(at("hosts/extra.log"), "extra\n");
        makeArchive(at("hosts/web-02.tar.gz"), {{"logs/app.log", "two\n"}});
        auto bundle = Bundle::open({at("hosts/web-01"), at("hosts/web-02.tar.gz"),
                                    at("hosts/extra.log"), at("hosts/missing.log")},
                                   {}, {});
        QVERIFY(bundle.has_value());
        QCOMPARE(shown(textsOf(*bundle)), shown(Texts{{"extra.log", "extra\n|"},
                                                      {"web-01/app.log", "one\n|"},
                                                      {"web-02/app.log", "two\n|"}}));
        QVERIFY(mentions(*bundle, ErrorKind::NotFound, "missing.log"));
    }

    void hostileMembersAreLeftOut() {
        makeArchive(at("evil.tar"), {{"../../etc/cron.d/x", "* * * * * root true\n"},
                                     {"/etc/passwd", "root\n"},
                                     {"a/../../up.log", "up\n"},
                                     {"C:\\windows\\x.log", "c\n"},
                                     {"..\\..\\y.log", "y\n"},
                                     {"a/link", "", AE_IFLNK, "/etc/shadow"},
                                     {"a/hard", "", AE_IFREG, "/etc/shadow"},
                                     {"a/null", "", AE_IFCHR},
                                     {"a/pipe", "", AE_IFIFO},
                                     {"a/red\x1b[31m\u202E.log", "red\n"},
                                     {"a/good.log", "good\n"},
                                     {"b/__MACOSX/._good.log", "junk"}});
        auto bundle = opened(at("evil.tar"));
        QVERIFY(bundle.has_value());
        QCOMPARE(shown(textsOf(*bundle)),
                 shown(Texts{{"good.log", "good\n|"}, {"red␛[31m‹U+202E›.log", "red\n|"}}));
        for (const char* name : {"etc/cron.d/x", "/etc/passwd", "up.log", "x.log", "y.log",
                                 "a/link", "a/hard", "a/null", "a/pipe", "red"}) {
            QVERIFY2(mentions(*bundle, ErrorKind::NotUnderstood, name), name);
            QVERIFY2(mentions(*bundle, ErrorKind::NotUnderstood, "evil.tar"), name);
        }
    }

    void noOtherProgramIsStarted() {
        // For these beginnings libarchive would call lrzip, lzop and grzip.
        for (const std::string& magic : {"LRZI\0\6"s, "\x89LZO\0\r\n\x1a\n"s, "GRZipII\0\2\4:)"s}) {
            makeArchive(at("other.gz"), {{"x", magic + std::string(600, '\0')}});
            auto bundle = opened(at("other.gz"));
            QVERIFY(bundle.has_value());
            QVERIFY(textsOf(*bundle).at("other").starts_with(magic.substr(0, 4)));
            QVERIFY2(bundle->issues().empty(), shown(*bundle));
        }
    }

    void sameNamesAndRefusedMembersAreBounded() {
        std::vector<Entry> entries(20'000, {"same.log", "x"});
        makeArchive(at("same.tar"), entries);
        auto same = opened(at("same.tar"));
        QVERIFY(same.has_value());
        QCOMPARE(same->sources().size(), entries.size());
        QVERIFY(std::ranges::any_of(same->sources(), [](const SourceFiles& source) {
            return source.path == "20000-same.log";
        }));
        entries.assign(40, {"../up.log", "x"});
        entries.insert(entries.begin(), {"good.log", "x"});
        makeArchive(at("refused.tar"), entries);
        BundleLimits limits;
        limits.members = 20;
        auto refused = opened(at("refused.tar"), limits);
        QVERIFY(refused.has_value());
        QVERIFY2(mentions(*refused, ErrorKind::TooLarge, "refused.tar"), shown(*refused));
    }

    void timesBeyondAllLogsAreNone() {
        writeFile(at("late.log"), "x\n");
        const timespec late[2] = {{13'569'465'600, 0}, {13'569'465'600, 0}}; // the year 2400
        QCOMPARE(::utimensat(AT_FDCWD, at("late.log").c_str(), late, 0), 0);
        QVERIFY(!opened(at("late.log"))->sources()[0].parts[0].modified);
    }

    void linksInFoldersAreNotFollowed() {
        writeFile(at("outside.log"), "secret\n");
        writeFile(at("links/app.log"), "app\n");
        fs::create_symlink(at("outside.log"), at("links/out.log"));
        fs::create_directory_symlink(at(""), at("links/loop"));
        QCOMPARE(::mkfifo(at("links/pipe.log").c_str(), 0600), 0);
        auto bundle = opened(at("links"));
        QVERIFY(bundle.has_value());
        QCOMPARE(shown(textsOf(*bundle)), shown(Texts{{"app.log", "app\n|"}}));
        for (const char* name : {"out.log", "loop", "pipe.log"})
            QVERIFY2(mentions(*bundle, ErrorKind::NotUnderstood, name), name);
    }

    void damage_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("cut"); // else bytes in the middle are overwritten
        for (const char* name : {"d.tar.gz", "d.tar.zst", "d.tar.xz", "d.tar"})
            QTest::addRow("cut %s", name) << QString(name) << true;
        for (const char* name : {"d.tar.gz", "d.tar.zst", "d.zip"})
            QTest::addRow("overwritten %s", name) << QString(name) << false;
    }
    void damage() {
        QFETCH(QString, name);
        QFETCH(bool, cut);
        const fs::path file = at((cut ? "cut/" : "hit/") + name.toStdString());
        const std::string whole = "sound\n" + noise(400'000, 1);
        makeArchive(file, {{"b/first.log", whole}, {"b/second.log", noise(900'000, 2)}});
        std::string bytes = readFile(file);
        if (cut)
            bytes.resize(bytes.size() * 6 / 10);
        else
            bytes.replace(bytes.size() * 6 / 10, 3000, std::string(3000, '\x55'));
        writeFile(file, bytes);

        auto bundle = opened(file);
        QVERIFY(bundle.has_value());
        const Texts texts = textsOf(*bundle);
        QVERIFY(texts.at("first.log") == whole + "|");
        QVERIFY(texts.at("second.log").size() < 900'000);
        QVERIFY2(mentions(*bundle, ErrorKind::Damaged, "second.log"), shown(*bundle));
    }

    /// What was read stays, and that it is not what was packed is said.
    void wrongChecksum() {
        const std::string text = "one\ntwo\nthree\n";
        makeArchive(at("sum/s.log.gz"), {{"x", text}});
        makeArchive(at("sum/t.tar.gz"), {{"b/a.log", text}, {"b/c.log", text}});
        for (const char* name : {"s.log.gz", "t.tar.gz"}) {
            std::string bytes = readFile(at("sum") / name);
            bytes[bytes.size() - 8] = static_cast<char>(bytes[bytes.size() - 8] ^ 1);
            writeFile(at("sum") / name, bytes);
            auto bundle = opened(at("sum") / name);
            QVERIFY(bundle.has_value());
            for (const auto& [path, found] : textsOf(*bundle))
                QCOMPARE(found.substr(0, text.size()), text);
            QVERIFY2(mentions(*bundle, ErrorKind::Damaged, name), shown(*bundle));
        }
    }

    /// Parts one after the other are one file, and zeros behind them are nobody's.
    void gzipOfSeveralParts() {
        makeArchive(at("several/a.log.gz"), {{"x", "one\n"}});
        makeArchive(at("several/b.log.gz"), {{"x", "two\n"}});
        writeFile(at("several.log.gz"), readFile(at("several/a.log.gz")) +
                                            readFile(at("several/b.log.gz")) +
                                            std::string(9, '\0'));
        auto bundle = opened(at("several.log.gz"));
        QVERIFY(bundle.has_value());
        QCOMPARE(textsOf(*bundle).at("several.log"), "one\ntwo\n|");
        QVERIFY(bundle->issues().empty());
    }

    void damagedSingleFile() {
        makeArchive(at("s.log.gz"), {{"x", noise(500'000)}});
        std::string bytes = readFile(at("s.log.gz"));
        bytes.resize(bytes.size() / 2);
        writeFile(at("s.log.gz"), bytes);
        auto bundle = opened(at("s.log.gz"));
        QVERIFY(bundle.has_value());
        const auto size = textsOf(*bundle).at("s.log").size();
        QVERIFY(size > 100'000 && size < 400'000);
        QVERIFY2(mentions(*bundle, ErrorKind::Damaged, "s.log.gz"), shown(*bundle));
    }

    void bombs() {
        // 200 MB of zeros in some 200 KB, between two honest members.
        makeArchive(at("bomb.tar.gz"), {{"b/a.log", "before\n"},
                                        {"b/bomb.log", std::string(200'000'000, '\0')},
                                        {"b/c.log", "behind\n"}});
        auto bundle = opened(at("bomb.tar.gz"));
        QVERIFY(bundle.has_value());
        Texts texts = textsOf(*bundle);
        QCOMPARE(texts.at("a.log"), "before\n|"s);
        QCOMPARE(texts.at("c.log"), "behind\n|"s);
        QVERIFY(texts.at("bomb.log").size() < 180'000'000);
        QVERIFY2(mentions(*bundle, ErrorKind::TooLarge, "bomb.log"), shown(*bundle));

        BundleLimits limits;
        limits.unpackedBytes = 1'000'000;
        auto total = opened(at("bomb.tar.gz"), limits);
        QVERIFY(total.has_value());
        QCOMPARE(textsOf(*total).at("a.log"), "before\n|"s);
        QVERIFY2(mentions(*total, ErrorKind::TooLarge, "bomb.log"), shown(*total));

        std::vector<Entry> many;
        for (int i = 0; i < 50; ++i)
            many.push_back({"b/" + std::to_string(i) + ".log", "x"});
        makeArchive(at("many.tar"), many);
        limits = {};
        limits.members = 10;
        auto count = opened(at("many.tar"), limits);
        QVERIFY(count.has_value());
        QCOMPARE(textsOf(*count).size(), std::size_t{10});
        QVERIFY2(mentions(*count, ErrorKind::TooLarge, "many.tar"), shown(*count));

        for (const Entry& e : many)
            writeFile(at("many-files/" + e.path), e.text);
        auto files = opened(at("many-files"), limits);
        QVERIFY(files.has_value());
        QCOMPARE(files->sources().size(), std::size_t{10});
        QVERIFY2(mentions(*files, ErrorKind::TooLarge, "many-files"), shown(*files));
        limits.members = 50;
        QVERIFY(opened(at("many-files"), limits)->issues().empty());
    }

    void nothingToOpen_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, ErrorKind kind) {
            QTest::newRow(name) << QString(name) << static_cast<int>(kind);
        };
        row("empty", ErrorKind::NotFound);
        row("absent", ErrorKind::NotFound);
        row("fake.tar.gz", ErrorKind::NotUnderstood);
        row("stump.tar.gz", ErrorKind::Damaged);
        row("locked.log", ErrorKind::Permission);
    }
    void nothingToOpen() {
        QFETCH(QString, name);
        QFETCH(int, kind);
        fs::create_directories(at("empty"));
        writeFile(at("fake.tar.gz"), "\x01\x02\x03\x04\x05\x06\x07\x08 not an archive \0\0"s);
        makeArchive(at("stump.tar.gz"), {{"b/x.log", noise(1000)}});
        writeFile(at("stump.tar.gz"), readFile(at("stump.tar.gz")).substr(0, 30));
        writeFile(at("locked.log"), "x\n");
        ::chmod(at("locked.log").c_str(), 0);
        const AsNobody nobody(dir_.path().toStdString());
        const auto bundle = opened(at(name.toStdString()));
        QVERIFY(!bundle.has_value());
        QCOMPARE(static_cast<int>(bundle.error().kind), kind);
        QVERIFY(!bundle.error().remedy.empty());
        QVERIFY(describe(bundle.error()).find(name.toStdString()) != std::string::npos);
    }

    void stopsWhenAsked() {
        makeArchive(at("stop.tar.gz"), {{"b/a.log", noise(3'000'000)}, {"b/b.log", "x"}});
        auto bundle = opened(at("stop.tar.gz"));
        QVERIFY(bundle.has_value());
        std::stop_source stop;
        const auto visit = [&](const Member&, std::string_view, bool) -> Result<void> {
            stop.request_stop();
            return {};
        };
        const auto done = bundle->unpack(visit, stop.get_token(), {});
        QVERIFY(!done.has_value());
        QCOMPARE(done.error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TstBundle)
#include "tst_bundle.moc"
