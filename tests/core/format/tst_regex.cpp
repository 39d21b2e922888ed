// SPDX-License-Identifier: GPL-3.0-or-later
// Regular expressions find what Perl's would, in bounded time, in any bytes.
#include "core/format/detail/regex.h"
#include "core/format/userformats.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace postlude;
using Verdict = RegexMatch::Verdict;

class TstRegex : public QObject {
    Q_OBJECT private Q_SLOTS : void groupsAreFoundByNumberAndName() {
        const auto regex =
            Regex::compile(R"((\d+)-(?<word>\w*)(?:!(?<mark>.))?(?P<rest>.*))", Regex::Fits::Whole);
        QVERIFY(regex);
        QCOMPARE(regex->names().size(), 3U);
        QCOMPARE(regex->names()[0], (std::pair<int, std::string>(2, "word")));
        QCOMPARE(regex->names()[2].second, std::string("rest"));
        RegexMatch match;
        QCOMPARE(match.find(*regex, "17-"), Verdict::Yes);
        QCOMPARE(match[1], std::string_view("17"));
        QVERIFY(match[2].data() != nullptr && match[2].empty()); // took part, with nothing
        QVERIFY(match[3].data() == nullptr);                     // took no part
        QVERIFY(match[99].data() == nullptr);
    }

    void wholeMeansWhole() {
        RegexMatch match;
        const auto whole = Regex::compile("ab+", Regex::Fits::Whole);
        QCOMPARE(match.find(*whole, "abb"), Verdict::Yes);
        QCOMPARE(match.find(*whole, "abbc"), Verdict::No);
        QCOMPARE(match.find(*whole, "xabb"), Verdict::No);
        const auto part = Regex::compile("ab+");
        QCOMPARE(match.find(*part, "xabbc"), Verdict::Yes);
        QCOMPARE(match[0], std::string_view("abb"));
        QCOMPARE(match.find(*part, {}), Verdict::No);
    }

    void howFarATextFits() {
        RegexMatch match;
        const auto regex = Regex::compile(R"(\d\d:\d\d \[\w+\])");
        QCOMPARE(match.begins(*regex, "09:5"), Verdict::Partly);
        QCOMPARE(match.begins(*regex, "09:5x"), Verdict::No);
        QCOMPARE(match.begins(*regex, "09:57 [app]"), Verdict::Yes);
    }

    void bytesThatAreNoTextAreMatched() {
        RegexMatch match;
        const auto regex = Regex::compile("(.+) end", Regex::Fits::Whole);
        const std::string bytes("\xFF\xFE\0\x80 end", 8);
        QCOMPARE(match.find(*regex, bytes), Verdict::Yes);
        QCOMPARE(match[1].size(), 4U);
        const auto utf = Regex::compile("(*UTF).* end");
        QCOMPARE(match.find(*utf, bytes), Verdict::No);
    }

    void workIsBounded() {
        RegexMatch match;
        const auto regex = Regex::compile("(?:a+)+(?:a+)+(?:b|c)", Regex::Fits::Whole);
        QVERIFY(regex);
        // Without a bound it would not end today.
        QCOMPARE(match.find(*regex, std::string(4'000, 'a')), Verdict::TooComplex);
        QCOMPARE(match.find(*regex, "aab"), Verdict::Yes);
        const auto deep = Regex::compile("(?:(a)|b)*c");
        QVERIFY(match.find(*deep, std::string(5'000'000, 'a')) != Verdict::Yes);
    }

    void faultsHaveAPlace_data() {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<int>("place");
        QTest::newRow("open group") << QByteArray("ab(c") << 5;
        QTest::newRow("open set") << QByteArray("a[b") << 4;
        QTest::newRow("nothing to repeat") << QByteArray("*a") << 1;
        QTest::newRow("no such escape") << QByteArray("ab\\L") << 5;
    }
    void faultsHaveAPlace() {
        QFETCH(QByteArray, pattern);
        QFETCH(int, place);
        const auto regex = Regex::compile(pattern.toStdString());
        QVERIFY(!regex);
        QVERIFY(regex.error().what.starts_with("the pattern is no regular expression: "));
        QVERIFY(std::abs(static_cast<int>(regex.error().place.offset) - place) <= 1);
    }

    void aPatternThatExplodesIsNamedAsTheReason() {
        QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "x.json";
        std::ofstream(file) << R"json({"name": "x", "title": "x", "reader": "regex",
            "patterns": [{"pattern": "(?:a+)+(?:a+)+(?<message>(?:b|c).*)"}], "samples": ["aab"]})json";
        const UserFormats user = readUserFormats(file);
        QCOMPARE(user.formats.size(), 1U);
        const auto parser = user.formats[0]->parser();
        Record record;
        QCOMPARE(parser->parse("xx", record), LineVerdict::Unread);
        QVERIFY(parser->fault().empty());
        QCOMPARE(parser->parse(std::string(4'000, 'a'), record), LineVerdict::Unread);
        QVERIFY(parser->fault().find("too many ways") != std::string_view::npos);
        QCOMPARE(parser->parse("aab", record), LineVerdict::Record);
        QVERIFY(parser->fault().empty());
    }
};

QTEST_GUILESS_MAIN(TstRegex)
#include "tst_regex.moc"
