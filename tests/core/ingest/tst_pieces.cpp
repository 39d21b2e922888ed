// SPDX-License-Identifier: GPL-3.0-or-later
// A source that several threads read in pieces gives what one thread reads at once: whatever flows
// from line to line (records of many lines, years, column heads, what opens an entry), wherever it
// is cut.
#include "tests/core/bundle/makearchive.h"
#include "tests/core/ingest/imported.h"

#include <QTemporaryDir>
#include <QtTest>
#include <random>
#include <set>

using namespace postlude;
using namespace postlude::test;
using namespace std::string_literals;

namespace {

using Random = std::mt19937;

int upTo(Random& random, int most) {
    return std::uniform_int_distribution<int>(0, most)(random);
}

std::string clock(int i) {
    return fmt::format("{:02}:{:02}:{:02}", i / 3600 % 24, i / 60 % 60, i % 60);
}

/// Stack traces of any length, blank lines, lines of other programs with a time of their own.
std::string traces(Random& random, int records) {
    std::string text;
    for (int i = 0; i < records; ++i) {
        text += fmt::format("2024-02-14 {},250 ERROR    [311] app.views: failed {}\n", clock(i), i);
        const int lines = upTo(random, 9) == 0 ? upTo(random, 400) : upTo(random, 2);
        for (int n = 0; n < lines; ++n)
            text += upTo(random, 20) == 0 ? "\n"s : fmt::format("  File \"app.py\", line {}\n", n);
        if (upTo(random, 30) == 0)
            text += fmt::format("2024-02-14 {} something else speaks\n", clock(i));
    }
    return text;
}

/// Some days a record: several New Years, and stamps that go back.
std::string yearless(Random& random, int records) {
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::string text;
    int day = 0;
    for (int i = 0; i < records; ++i) {
        day += upTo(random, 40) == 0 ? upTo(random, 100) : 0;
        const int there = std::max(0, day - (upTo(random, 50) == 0 ? 2 : 0));
        text += fmt::format("{} {:2} {} web-01 systemd[1]: app.service: Started {}.\n",
                            months[there / 28 % 12], there % 28 + 1, clock(i), i);
    }
    return text;
}

/// Entries that begin lines before the one that makes them a record.
std::string opened(Random& random, int records) {
    std::string text;
    for (int i = 0; i < records; ++i) {
        if (upTo(random, 1) == 0) text += fmt::format("# Time: 2024-02-14T{}.000000Z\n", clock(i));
        text += "# User@Host: app[app] @ web-01 [192.0.2.7]  Id:    12\n"
                "# Query_time: 1.250000  Lock_time: 0.000010 Rows_sent: 1  Rows_examined: 9\n";
        text += fmt::format("SET timestamp={};\n", 1'707'904'800 + i);
        for (int n = upTo(random, 3); n >= 0; --n)
            text += fmt::format("SELECT {}\n", n);
    }
    return text;
}

/// With and without the head that syslog puts before a line, garbage, and lines too long to read.
std::string mixed(Random& random, int records) {
    std::string text;
    for (int i = 0; i < records; ++i) {
        const std::string line = fmt::format(
            "192.0.2.{}:4711 [14/Feb/2024:{}.{:03}] www app/web-0{} 0/0/1/{}/{} 200 {} - - ---- "
            "1/1/1/1/0 0/0 \"GET /item/{} HTTP/1.1\"\n",
            i % 250, clock(i), i % 1000, i % 3, i % 90, i % 90 + 1, i % 999, i);
        if (upTo(random, 3) != 0) text += "Feb 14 " + clock(i) + " lb-01 haproxy[71]: ";
        text += line;
        if (upTo(random, 25) == 0) text += "neither head nor tail\n";
        if (upTo(random, 300) == 0) text += std::string(1'100'000 + upTo(random, 9), 'x') + "\n";
    }
    return text;
}

std::string withCrLf(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c == '\n' ? "\r\n"s : std::string(1, c);
    return out;
}

/// With its byte order mark.
std::string asUtf16(const std::string& text) {
    std::string out = "\xFF\xFE";
    for (const char16_t c : QString::fromStdString(text).toStdU16String()) {
        out += static_cast<char>(c & 0xFF);
        out += static_cast<char>(c >> 8);
    }
    return out;
}

using Contents = std::map<std::string, std::vector<std::string>>;

/// "" if they are the same.
std::string difference(const Contents& found, const Contents& expected) {
    for (const auto& [path, records] : expected) {
        const auto own = found.find(path);
        if (own == found.end()) return path + " is missing";
        if (own->second == records) continue;
        const auto [a, b] = std::ranges::mismatch(own->second, records);
        const std::string one = a == own->second.end() ? "" : *a;
        const std::string other = b == records.end() ? "" : *b;
        const auto same = std::ranges::mismatch(one, other).in1 - one.begin();
        const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, same - 100));
        return fmt::format("{}, {}:\n{:.400}\nbut read at once\n{:.400}", path,
                           a - own->second.begin(), one.substr(from), other.substr(from));
    }
    return {};
}

} // namespace

class TstPieces : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    int cases_ = 0;

    fs::path at(const std::string& name) { return fs::path(dir_.path().toStdString()) / name; }

    /// `format`: of x.log; "": to be detected.
    Contents read(const fs::path& bundle, const std::string& format, unsigned threads,
                  std::uint32_t lines) {
        const auto target = Case::create(at(fmt::format("case{}.postlude", ++cases_))).value();
        ImportOptions options;
        options.threads = threads;
        options.pieceLines = lines;
        if (!format.empty()) options.formats["x.log"] = format;
        const auto done = importBundle({bundle}, *target, options, {}, {});
        if (!done) return {{"failed", {describe(done.error())}}};
        Contents all = everythingOf(*target);
        for (const SourceInfo& s : done->sources)
            all["sources"].push_back(fmt::format(
                "{} {} {} {} {} {} {} {}", s.path, s.format, s.lines, s.records, s.unread, s.bytes,
                s.first ? toRfc3339(*s.first) : "-", s.last ? toRfc3339(*s.last) : "-"));
        const auto issues = target->issues().value(); // the summary has the first ones alone
        for (const ReadIssue& issue : issues)
            all["issues"].push_back(
                fmt::format("{} @{}", describe(issue.error), issue.error.place.offset));
        std::ranges::sort(all["issues"]); // sources are read side by side
        return all;
    }

    /// The same files, each packed by itself.
    fs::path packed(const fs::path& bundle) {
        const fs::path out = bundle.string() + "-packed";
        for (const auto& each : fs::recursive_directory_iterator(bundle)) {
            if (!each.is_regular_file()) continue;
            const std::string text = readFile(each.path());
            const char* ending = text.size() % 2 == 0 ? ".gz" : ".zst";
            const fs::path archive = out / (fs::relative(each.path(), bundle).string() + ending);
            makeArchive(archive, {{"x", text}});
            fs::last_write_time(archive, each.last_write_time()); // as gzip does
        }
        return out;
    }

private slots:
    /// A log that goes on in another format is seen through, packed or not.
    void packedThatChanges() {
        const std::string log = accessLog(15'000);
        const fs::path bundle = at("changes");
        writeFile(bundle / "x.log", log + appLog(20'000));
        makeArchive(at("changes-rotated/x.log.1.gz"), {{"x", log}});
        writeFile(at("changes-rotated/x.log"), appLog(20'000));
        const Contents expected = read(bundle, {}, 2, 0);
        QVERIFY(expected.at("sources").front().find('+') != std::string::npos);
        QCOMPARE(difference(read(packed(bundle), {}, 2, 0), expected), ""s);
        const Contents rotated = read(at("changes-rotated"), {}, 2, 0);
        QCOMPARE(rotated.at("x.log").size(), expected.at("x.log").size());
    }

    void asIfReadAtOnce_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("records");
        Random random(7);
        const auto row = [](const char* name, const char* format, const std::string& text,
                            int records) {
            QTest::newRow(name) << QString(format) << QByteArray::fromStdString(text) << records;
        };
        row("stack traces", "python-app", traces(random, 1'200), 1'200);
        row("CRLF", "python-app", withCrLf(traces(random, 900)), 900);
        row("no line break at the end", "python-app", traces(random, 300) + "last words", 300);
        row("one endless record", "python-app",
            traces(random, 1) + traces(random, 1) + std::string(300'000, '\n') + "  end\n", 2);
        row("years", "journal", yearless(random, 4'000), 4'000);
        row("openings", "mysql-slow", opened(random, 1'500), 1'500);
        row("mixed", "haproxy-http", mixed(random, 3'000), 3'000);
    }
    void asIfReadAtOnce() {
        QFETCH(QString, format);
        QFETCH(QByteArray, text);
        QFETCH(int, records);
        const fs::path bundle = at(fmt::format("bundle{}", cases_));
        writeFile(bundle / "x.log", text.toStdString());
        const Contents expected = read(bundle, format.toStdString(), 1, kSegmentRows);
        QCOMPARE(static_cast<int>(expected.contains("x.log") ? expected.at("x.log").size() : 0),
                 records);
        for (const auto& [threads, lines] : {std::pair{2U, 1U}, {4U, 7U}, {1U, 100U}, {2U, 0U}}) {
            if (lines == 1 && text.size() > 500'000) continue;
            const std::string differs =
                difference(read(bundle, format.toStdString(), threads, lines), expected);
            QVERIFY2(differs.empty(), differs.c_str());
        }
    }

    /// Every format there is an excerpt of, repeated, with other line breaks and encodings, and one
    /// behind the other.
    void goldensAsIfReadAtOnce() {
        const fs::path goldens = POSTLUDE_SOURCE_DIR "/tests/golden/format";
        const fs::path bundle = at("goldens");
        std::string before;
        const std::set<fs::path> all{fs::directory_iterator(goldens), fs::directory_iterator{}};
        for (const fs::path& each : all) { // which comes behind which must not be chance
            const std::string name = each.filename().string();
            std::string text = readFile(each / "input");
            if (!text.ends_with('\n')) text += '\n';
            std::string more;
            while (more.size() < 3'000 || more.size() < 4 * text.size())
                more += text;
            writeFile(bundle / name / "x.log", more);
            writeFile(bundle / name / "crlf.log", withCrLf(more));
            writeFile(bundle / name / "change.log", before + more + before + more);
            writeFile(bundle / name / "mark.log", "\xEF\xBB\xBF" + more);
            if (more.size() % 3 == 0) writeFile(bundle / name / "wide.log", asUtf16(more));
            if (fs::exists(each / "config"))
                fs::copy_file(each / "config", bundle / name / "lb.cfg");
            before = std::move(more);
        }
        const Contents expected = read(bundle, {}, 1, kSegmentRows);
        QVERIFY(expected.size() > 200);
        const std::string unpacked = difference(read(packed(bundle), {}, 2, 100), expected);
        QVERIFY2(unpacked.empty(), unpacked.c_str());
        for (const auto& [threads, lines] : {std::pair{2U, 1U}, {4U, 7U}}) {
            const std::string differs = difference(read(bundle, {}, threads, lines), expected);
            QVERIFY2(differs.empty(), differs.c_str());
        }
    }

    /// A writer is at work: what comes later is not half read, and what goes is said.
    void whileItGrowsAndShrinks() {
        const std::string log = accessLog(20'000);
        const fs::path file = at("live") / "access.log";
        writeFile(file, log.substr(0, log.size() - 30));
        for (const bool shrinks : {false, true}) {
            const auto target = Case::create(at(fmt::format("live{}.postlude", shrinks))).value();
            bool done = false;
            const auto sink = [&](const Progress& now) {
                if (now.source.empty() || std::exchange(done, true)) return;
                if (shrinks)
                    fs::resize_file(file, log.size() / 2);
                else
                    writeFile(file, log + accessLog(5));
            };
            ImportOptions options;
            options.threads = 1;
            const auto summary = importBundle({at("live")}, *target, options, {}, sink);
            QVERIFY(summary.has_value());
            QVERIFY(done);
            const auto records = recordsOf(*target).at("access.log");
            const auto whole = static_cast<std::size_t>(std::count(
                log.begin(), log.begin() + static_cast<std::ptrdiff_t>(log.size() / 2), '\n'));
            QCOMPARE(records.size(), shrinks ? whole : std::size_t{19'999});
            QCOMPARE(issuesOf(*summary).find("truncated") != std::string::npos, shrinks);
        }
    }
};

QTEST_GUILESS_MAIN(TstPieces)
#include "tst_pieces.moc"
