// SPDX-License-Identifier: GPL-3.0-or-later
// Excerpts of real logs (tests/golden/format/<case>/input, with the balancer's `config` where
// there is one): the format is found by itself and every record is as in `expected`. After a
// change that is meant, run with POSTLUDE_WRITE_GOLDEN=1 and read the difference.
#include "core/format/catalogue.h"

#include <QDir>
#include <QTest>
#include <fmt/format.h>

using namespace postlude;

namespace {

QByteArray slurp(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

std::string shownTime(const WrittenTime& time) {
    if (!time.known()) return "-";
    std::string text = toRfc3339(instant(time.local), 6);
    text.pop_back();
    if (time.offset) text += fmt::format(" {:+}", *time.offset);
    if (!time.hasYear) text += " (no year)";
    return time.isEnd ? text + " (end)" : text;
}

std::string shown(const Record& r) {
    std::string text = fmt::format("{} {}\n", nameOf(r.kind), shownTime(r.time));
    if (r.level != Level::None) text += fmt::format("  level: {}\n", nameOf(r.level));
    for (int i = 0; i < kTextFields; ++i)
        if (r.has(static_cast<TextField>(i)))
            text += fmt::format("  {}: {}\n", nameOf(static_cast<TextField>(i)),
                                r[static_cast<TextField>(i)]);
    for (int i = 0; i < kNumberFields; ++i) {
        const auto field = static_cast<NumberField>(i);
        if (!r.has(field)) continue;
        if (isDuration(field))
            text += fmt::format("  {}: {}\n", nameOf(field), double(r[field]) / 1e6);
        else
            text += fmt::format("  {}: {}\n", nameOf(field), r[field]);
    }
    for (const auto& [name, value] : r.extra)
        text += fmt::format("  + {}: {}\n", name, value);
    return text;
}

std::string readLines(const Format& format, std::string_view text) {
    std::string out;
    const auto parser = format.parser();
    Record record;
    std::uint64_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        static constexpr const char* verdicts[] = {"", "continuation", "opening", "blank",
                                                   "UNREAD"};
        const LineVerdict verdict = parser->parse(text.substr(0, end), record);
        out += fmt::format("{}: ", ++number);
        out += verdict == LineVerdict::Record
                   ? shown(record)
                   : std::string(verdicts[static_cast<int>(verdict)]) + '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string readWhole(const Format& format, std::string_view text) {
    std::string out;
    const auto done = format.readDocument(
        text,
        [&](const Record& record, const RecordPlace& place) {
            out += fmt::format("{}-{} at {}: {}", place.line, place.line + place.lines - 1,
                               place.offset, shown(record));
        },
        [&](const Error& error) { out += "UNREAD " + describe(error) + '\n'; });
    return done ? out : out + "ERROR " + describe(done.error()) + '\n';
}

} // namespace

class TstGolden : public QObject {
    Q_OBJECT
    std::string mixed_; ///< lines of several formats
private slots:
    void excerpt_data() {
        QTest::addColumn<QString>("folder");
        const QDir all(QStringLiteral(POSTLUDE_SOURCE_DIR "/tests/golden/format"));
        for (const QString& name : all.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::newRow(qPrintable(name)) << all.filePath(name);
    }

    void excerpt() {
        QFETCH(QString, folder);
        auto catalogue = Catalogue::builtIn();
        QVERIFY(catalogue.has_value());
        if (const QByteArray config = slurp(folder + "/config"); !config.isEmpty()) {
            const auto kind = catalogue->detect(config.toStdString(), true, "lb/config");
            QVERIFY(kind.isConfig);
            QVERIFY(catalogue->addFromConfig(config.toStdString(), "lb/config").empty());
        }
        const std::string input = slurp(folder + "/input").toStdString();
        const Detection found = catalogue->detect(input, true, "x/input");
        QVERIFY2(found.format != nullptr, found.what.c_str());
        std::string text = "format: " + found.format->name() + '\n';
        text += found.format->wholeDocument() ? readWhole(*found.format, input)
                                              : readLines(*found.format, input);
        const QString expected = folder + "/expected";
        if (qEnvironmentVariableIsSet("POSTLUDE_WRITE_GOLDEN")) {
            QFile file(expected);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text.c_str());
        }
        const QStringList is = QString::fromStdString(text).split('\n');
        const QStringList should = QString::fromUtf8(slurp(expected)).split('\n');
        for (int i = 0; i < std::min(is.size(), should.size()); ++i)
            QCOMPARE(is[i], should[i]);
        QCOMPARE(is.size(), should.size());
    }

    void leavingFormatsOutChangesNothing_data() { excerpt_data(); }
    void leavingFormatsOutChangesNothing() {
        QFETCH(QString, folder);
        const auto catalogue = Catalogue::builtIn();
        const std::string input = slurp(folder + "/input").toStdString();
        const auto crlf = QString::fromLatin1(slurp(folder + "/input")).replace("\n", "\r\n");
        const std::string first = input.substr(0, input.find('\n') + 1);
        mixed_ = (mixed_ + first).substr(0, 2'000);
        const std::vector<std::string> samples{input, crlf.toLatin1().toStdString(), first, mixed_};
        for (const std::string& sample : samples) {
            const Detection all = catalogue->detect(sample, true, "x", {}, Trial::All);
            const Detection likely = catalogue->detect(sample, true, "x");
            QCOMPARE(likely.what, all.what);
            QVERIFY2(likely.candidates == all.candidates, sample.substr(0, 2'000).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TstGolden)
#include "tst_golden.moc"
