// SPDX-License-Identifier: GPL-3.0-or-later
// Full-text search, from the pattern somebody types to the records it gives.
#include "core/case/store.h"
#include "core/query/detail/needles.h"
#include "core/query/detail/pattern.h"
#include "core/query/query.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <random>

using namespace postlude;

namespace {

enum class Keep : std::uint8_t { Blocks, File };

/// A case of one log, one record a line (or several lines, where they begin with a blank).
struct Log {
    QTemporaryDir dir;
    std::unique_ptr<Case> one;
    std::unique_ptr<Query> query;
    SourceId source{};
    std::filesystem::path file;

    explicit Log(const std::string& text, Keep keep = Keep::Blocks, std::size_t perSegment = 1000)
        : file(dir.filePath("app.log").toStdString()) {
        one = std::move(*Case::create(dir.filePath("x.postlude").toStdString()));
        SourceInfo info;
        info.path = "app.log";
        source = *one->store().addSource(info);
        fill(text, perSegment);
        if (keep == Keep::Blocks) {
            QVERIFY(one->store().appendText(source, text).has_value());
            QVERIFY(one->store().finishText(source).has_value());
        } else {
            std::ofstream(file, std::ios::binary) << text;
            QVERIFY(one->store().setFiles(source, {file}).has_value());
        }
        query = std::move(*openQuery(*one));
    }

    void fill(const std::string& text, std::size_t perSegment) const {
        SegmentBuilder builder;
        std::uint64_t line = 0;
        for (std::size_t at = 0; at < text.size();) {
            RecordPlace place{line + 1, 0, at, 0};
            do {
                at = std::min(text.find('\n', at), text.size() - 1) + 1;
                ++line;
                ++place.lines;
            } while (at < text.size() && text[at] == ' ');
            place.bytes = static_cast<std::uint32_t>(at - place.offset - 1);
            Record record;
            record.kind = RecordKind::Message;
            builder.add(record, instant(static_cast<std::int64_t>(line) * 1'000'000'000), place);
            if (builder.rows() == perSegment) save(builder);
        }
        if (!builder.empty()) save(builder);
    }

    void save(SegmentBuilder& builder) const {
        QVERIFY(one->store().appendSegment(source, builder.take(), {}).has_value());
    }

    [[nodiscard]] QString lines(const std::string& filter) const {
        const auto parsed = Filter::parse(filter);
        if (!parsed) return QString::fromStdString(describe(parsed.error()));
        const auto list = query->select({.window = {}, .filter = *parsed}, {});
        if (!list) return QString::fromStdString(describe(list.error()));
        QStringList found;
        for (const RecordId id : list->ids())
            found << QString::number(query->record(id)->line);
        return found.join(' ');
    }
};

std::string randomText(std::mt19937_64& random, std::size_t size, std::string_view letters) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i)
        text += letters[random() % letters.size()];
    return text;
}

} // namespace

class TstSearch : public QObject {
    Q_OBJECT
private slots:
    void lines_data() {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QString>("lines");
        QTest::newRow("word") << QByteArray("\"Timeout\"") << "1 4";
        QTest::newRow("contains") << QByteArray("text contains timeout") << "1 4";
        QTest::newRow("letters as written") << QByteArray("text ~ \"Timeout\"") << "4";
        QTest::newRow("any case") << QByteArray("text ~ \"(?i)TIMEOUT\"") << "1 4";
        QTest::newRow("letters with relatives") << QByteArray("text ~ \"(?i)USER M\"") << "6";
        QTest::newRow("one of") << QByteArray("text ~ \"refused|reset\"") << "2 3";
        QTest::newRow("class") << QByteArray("text ~ \"port 80[89]\"") << "3";
        QTest::newRow("second line") << QByteArray("\"at Pool.java\"") << "4";
        QTest::newRow("line's begin") << QByteArray("text ~ \"^  at\"") << "4";
        QTest::newRow("line's end") << QByteArray("text ~ \"reset$\"") << "3";
        QTest::newRow("over lines") << QByteArray("text ~ \"(?s)Timeout.*Pool\"") << "4";
        QTest::newRow("not over records") << QByteArray("text ~ \"(?s)refused.*reset\"") << "";
        QTest::newRow("no required text") << QByteArray("text ~ \"\\\\d{4}\"") << "3";
        QTest::newRow("invalid UTF-8 around") << QByteArray("text ~ \"user .* left\"") << "6";
        QTest::newRow("invalid UTF-8 itself") << QByteArray("\"M\xfcller\"") << "6";
        QTest::newRow("UTF-8") << QByteArray("text ~ \"gr[üu]n\"") << "7";
        QTest::newRow("not") << QByteArray("not \"o\"") << "6";
        QTest::newRow("and a field") << QByteArray("line > 2 and \"timeout\"") << "4";
        QTest::newRow("or") << QByteArray("\"timeout\" or \"gr\xc3\xbcn\"") << "1 4 7";
        QTest::newRow("brackets") << QByteArray("text ~ \"[(]done\\\\)\"") << "7";
        QTest::newRow("nothing there") << QByteArray("\"nobody wrote this\"") << "";
        QTest::newRow("everything") << QByteArray("text contains \"\"") << "1 2 3 4 6 7";
        QTest::newRow("hostile") << QByteArray("text ~ \"^(.*o+)+!$\"") << "";
    }
    void lines() {
        QFETCH(const QByteArray, filter);
        QFETCH(const QString, lines);
        const std::string text =
            "timeout of app1\nconnection refused\nport 8080: connection reset\r\n"
            "Timeout\n  at Pool.java:12\nuser M\xfcller has left\n"
            "gr\xc3\xbcn (done)\n";
        for (const Keep keep : {Keep::Blocks, Keep::File}) {
            QCOMPARE(Log(text, keep).lines(filter.toStdString()), lines);
            QCOMPARE(Log(text, keep, 2).lines(filter.toStdString()), lines);
        }
    }

    void faults_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<int>("at");
        QTest::newRow("open bracket") << "text ~ \"abc(d\"" << 8;
        QTest::newRow("open class") << "text ~ \"ab[cd\"" << 10;
        QTest::newRow("nothing to repeat") << "text ~ \"ab|*\"" << 11;
        QTest::newRow("behind an escape") << "text ~ \"a\\\"b[z-a]\"" << 13;
        QTest::newRow("look-ahead") << "text ~ \"a(?=b)\"" << 9;
        QTest::newRow("too large") << "text ~ \"((a{1000}){1000})\"" << 11;
    }
    void faults() {
        QFETCH(const QString, filter);
        QFETCH(const int, at);
        const auto parsed = Filter::parse(filter.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().kind, ErrorKind::NotUnderstood);
        QVERIFY(!parsed.error().remedy.empty());
        QCOMPARE(static_cast<int>(parsed.error().place.offset), at);
    }

    /// However many ways there are to match, the time is linear to the text.
    void hostilePatternsEnd() {
        const Log log(std::string(200'000, 'a') + "!\n");
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(log.lines("text ~ \"(a+)+$\""), "");
        QCOMPARE(log.lines("text ~ \"(a|a)*b\""), "");
        QCOMPARE(log.lines("text ~ \"(.*)*=(.*)*\""), "");
        QVERIFY(clock.elapsed() < 20'000);
    }

    void needlesAreFoundWhereverTheyStand() {
        std::mt19937_64 random(5);
        for (int i = 0; i < 3'000; ++i) {
            const bool anyCase = i % 2 == 0;
            const std::string text = randomText(random, random() % 300, "aAbB \n");
            std::string needle = randomText(random, 1 + random() % 4, "aAb");
            Needles needles({needle}, anyCase);
            if (i % 3 != 0) needles.tune(text);
            std::string in = text;
            if (anyCase)
                for (std::string* one : {&in, &needle})
                    std::ranges::transform(*one, one->begin(), ::tolower);
            const std::size_t from = random() % (text.size() + 1);
            QCOMPARE(needles.find(0, text, from), in.find(needle, from));
        }
    }

    /// What is said to be required is in every match, and where it is all there is, it is one.
    void requiredTextsAreRequired() {
        std::mt19937_64 random(9);
        const std::vector<std::string> patterns{
            "ab",           "a+b",     "a*bc",       "(?:ab|ba)c", "a[bc]a",    "a(b|c)?a",
            "(a|bc)(c|ab)", "^ab|ba$", "a{2}b",      "a{0,2}bc",   "(?i)aBc",   "(?i)a[bc]",
            "a.c",          "\\babc",  "(ab)+c",     "ab|",        "(a|b)(a|)", "a\\.b",
            "[^a]bc",       "[a-c]bb", "(abc|a)?bc", "a(?:b+)c",   "(ab){2}",   "a??b"};
        for (const std::string& text : patterns) {
            const auto pattern = Pattern::compile(text);
            QVERIFY2(pattern.has_value(), text.c_str());
            const Required& required = (*pattern)->required();
            if (required.texts.empty()) continue;
            const Needles needles(required.texts, required.anyCase);
            for (int i = 0; i < 400; ++i) {
                const std::string in = randomText(random, random() % 9, "abcABC.");
                bool holds = false;
                for (std::size_t n = 0; n < needles.count(); ++n)
                    holds = holds || needles.find(n, in, 0) != Needles::kNone;
                const bool matches = (*pattern)->matches(in);
                QVERIFY2(holds || !matches, (text + " in " + in).c_str());
                if (required.whole) QVERIFY2(matches || !holds, (text + " in " + in).c_str());
            }
        }
        const auto relatives = *Pattern::compile("(?i)task");
        QCOMPARE(relatives->required().texts.size(), 4U);
        QVERIFY(relatives->required().whole);
        for (const char* text : {"TASK", "ta\xc5\xbfk", "TAS\xe2\x84\xaa"})
            QVERIFY(relatives->matches(text));
        QVERIFY(Pattern::compile("web-0[24] .* 503").value()->required().texts.size() > 0);
    }

    /// Hits at the borders of blocks, stretches and segments, against a look at every line.
    void longTextsAreSearchedAsLineByLine() {
        std::mt19937_64 random(3);
        std::string text;
        std::vector<std::string> lines;
        while (text.size() < 2'600'000) {
            lines.push_back("line " + std::to_string(lines.size()) + " " +
                            randomText(random, random() % 200, "abcdefgh "));
            text += lines.back() + "\n";
        }
        for (const Keep keep : {Keep::Blocks, Keep::File}) {
            const Log log(text, keep, 4'096);
            for (const std::string word : {"abc", "e 1", "hgfe", "1 ", "zz"}) {
                QStringList expected;
                for (std::size_t i = 0; i < lines.size(); ++i)
                    if (lines[i].find(word) != std::string::npos)
                        expected << QString::number(i + 1);
                const auto filter = *Filter::parse("\"" + word + "\"");
                const auto list = *log.query->select({.window = {}, .filter = filter}, {});
                QCOMPARE(list.size(), static_cast<std::size_t>(expected.size()));
                QCOMPARE(log.query->count({.window = {}, .filter = filter}, {})->records,
                         list.size());
                if (list.size() > 0) {
                    QCOMPARE(QString::number(log.query->record(list.id(0))->line),
                             expected.front());
                    QCOMPARE(QString::number(log.query->record(list.id(list.size() - 1))->line),
                             expected.back());
                }
            }
        }
    }

    void changedFilesAreSaid() {
        const std::string text = "one\ntwo\nthree\n";
        const Log log(text, Keep::File);
        const auto filter = *Filter::parse("not \"two\"");
        QCOMPARE(log.query->select({.window = {}, .filter = filter}, {})->size(), 2U);
        const auto other = *Filter::parse("\"three\"");
        std::ofstream(log.file, std::ios::binary) << "One\ntwo\nthree\n";
        const auto changed = *log.query->select({.window = {}, .filter = other}, {});
        QCOMPARE(changed.size(), 0U);
        QCOMPARE(changed.missing.size(), 1U);
        QCOMPARE(changed.missing.front().kind, ErrorKind::Damaged);
        std::filesystem::remove(log.file);
        const auto gone = *log.query->count({.window = {}, .filter = other}, {});
        QCOMPARE(gone.records, 0U);
        QCOMPARE(gone.missing.front().kind, ErrorKind::NotFound);
        QCOMPARE(log.query->select({}, {})->size(), 3U);
    }

    void stops() {
        const Log log("one\ntwo\n");
        std::stop_source stop;
        stop.request_stop();
        const auto list = log.query->select({.window = {}, .filter = *Filter::parse("\"one\"")},
                                            stop.get_token());
        QCOMPARE(list.error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TstSearch)
#include "tst_search.moc"
