// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/column.h"

#include <QTest>

#include <random>

using namespace postlude;

namespace {

using Numbers = std::vector<std::int64_t>;
constexpr std::int64_t kLow = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHigh = std::numeric_limits<std::int64_t>::max();

/// Columns of the shapes that logs have, and of those that only an attacker has.
Numbers shaped(int shape, std::size_t rows, std::mt19937_64& random) {
    Numbers values(rows);
    std::int64_t running = 1'705'312'660'011'000'000;
    for (std::size_t i = 0; i < rows; ++i) {
        running += static_cast<std::int64_t>(random() % 40'000'000) - 1'000'000;
        switch (shape) {
        case 0:
            values[i] = 200;
            break;
        case 1:
            values[i] = running;
            break;
        case 2:
            values[i] = static_cast<std::int64_t>(random() % 5) * 100 + 100;
            break;
        case 3:
            values[i] = random() % 3 == 0 ? kAbsent : static_cast<std::int64_t>(random() % 1000);
            break;
        case 4:
            values[i] = static_cast<std::int64_t>(random());
            break;
        case 5:
            values[i] = random() % 2 == 0 ? kLow + 1 : kHigh;
            break;
        case 6:
            values[i] = random() % 2 == 0 ? kLow : kHigh;
            break;
        case 7:
            values[i] = static_cast<std::int64_t>(i) + 1;
            break;
        case 8:
            values[i] = kAbsent;
            break;
        case 9:
            values[i] = random() % 4 == 0 ? kAbsent : running;
            break;
        case 10:
            values[i] = static_cast<std::int64_t>(i % 4096 == 0 ? random() : 7);
            break;
        default:
            values[i] = random() % 50 == 0 ? -1 : static_cast<std::int64_t>(random() % 20'000);
            break;
        }
    }
    return values;
}

Segment sample() {
    SegmentBuilder builder;
    Record record;
    record.kind = RecordKind::Request;
    record[TextField::Server] = "web-01";
    record[TextField::Path] = "";
    record[NumberField::Status] = 200;
    record.extra = {{"sq", "1"}, {"sq", "2"}};
    builder.add(record, instant(5'000), {1, 1, 0, 10});
    record.clear();
    record.level = Level::Error;
    record[TextField::Message] = "boom";
    builder.add(record, {}, {2, 1, 11, 4});
    builder.append("  at line 1", {2, 2, 11, 16});
    builder.append("  at line 2", {2, 3, 11, 28});
    record[TextField::Message] = "boom";
    builder.add(record, instant(7'000), {5, 1, 40, 4});
    return builder.take();
}

std::string textOf(const TextColumn& column, std::size_t row) {
    const std::uint32_t code = column.codes.at(row);
    return code == 0 ? "(absent)" : std::string(column.dictionary[code - 1]);
}

} // namespace

class TstSegment : public QObject {
    Q_OBJECT
private slots:
    void numbersComeBack_data() {
        QTest::addColumn<int>("shape");
        for (int shape = 0; shape < 12; ++shape)
            QTest::addRow("shape %d", shape) << shape;
    }
    void numbersComeBack() {
        QFETCH(const int, shape);
        std::mt19937_64 random(static_cast<unsigned>(shape) + 1);
        for (const std::size_t rows : {1U, 2U, 63U, 1000U, 5000U, 65'536U}) {
            const Numbers values = shaped(shape, rows, random);
            const auto back =
                decodeNumbers(encodeNumbers(values), static_cast<std::uint32_t>(rows));
            QVERIFY(back.has_value());
            QCOMPARE(*back, values);
        }
    }

    void sizesStaySmall_data() {
        QTest::addColumn<int>("shape");
        QTest::addColumn<double>("mostBitsARow");
        QTest::newRow("constant") << 0 << 0.01;
        QTest::newRow("line numbers") << 7 << 0.1;
        QTest::newRow("five statuses") << 2 << 3.2;
        QTest::newRow("times") << 1 << 33.0;
        QTest::newRow("random") << 4 << 66.0;
    }
    void sizesStaySmall() {
        QFETCH(const int, shape);
        QFETCH(const double, mostBitsARow);
        std::mt19937_64 random(7);
        const std::string bytes = encodeNumbers(shaped(shape, kSegmentRows, random));
        const double bits = static_cast<double>(bytes.size()) * 8 / kSegmentRows;
        QVERIFY2(bits <= mostBitsARow, qPrintable(QString::number(bits)));
    }

    void builderKeepsEverything() {
        const Segment segment = sample();
        QCOMPARE(segment.rows, 3U);
        QCOMPARE(segment.time, (Numbers{5'000, kAbsent, 7'000}));
        QCOMPARE(segment.lines, (Numbers{1, 3, 1}));
        QCOMPARE(segment.bytes, (Numbers{10, 28, 4}));
        const auto& message = segment.texts[static_cast<std::size_t>(TextField::Message)];
        QCOMPARE(textOf(message, 0), "(absent)");
        QCOMPARE(textOf(message, 1), "boom\n  at line 1\n  at line 2");
        QCOMPARE(textOf(message, 2), "boom");
        QCOMPARE(textOf(segment.texts[static_cast<std::size_t>(TextField::Path)], 0), "");
        QCOMPARE(textOf(segment.extra.at("sq"), 0), "1");
        QCOMPARE(textOf(segment.extra.at("fields"), 0), "sq=2");
        QVERIFY(segment.texts[static_cast<std::size_t>(TextField::Referrer)].codes.empty());
    }

    void whatFollowsATimeAloneIsTheMessage() {
        SegmentBuilder builder;
        Record record;
        record[TextField::Message] = "";
        builder.add(record, {}, {1, 1, 0, 20});
        builder.append("  began", {1, 2, 0, 28});
        builder.append("  and went on", {1, 3, 0, 42});
        const Segment segment = builder.take();
        QCOMPARE(textOf(segment.texts[static_cast<std::size_t>(TextField::Message)], 0),
                 "began\n  and went on");
    }

    void continuationIsBounded() {
        SegmentBuilder builder;
        Record record;
        builder.append("nobody to belong to", {});
        QVERIFY(builder.empty());
        record[TextField::Message] = "x";
        builder.add(record, {}, {1, 1, 0, 1});
        for (std::uint32_t i = 0; i < 3000; ++i)
            builder.append(std::string(100, 'y'), {1, i + 2, 0, 1 + 101 * (i + 1)});
        const Segment segment = builder.take();
        QVERIFY(segment.texts[static_cast<std::size_t>(TextField::Message)].dictionary[0].size() <
                70'000);
        QCOMPARE(segment.lines[0], 3001);
    }

    void manyNamesDoNotMakeManyColumns() {
        SegmentBuilder builder;
        for (int i = 0; i < 2000; ++i) {
            const std::string name = "field" + std::to_string(i);
            Record record;
            record.extra = {{name, "v"}};
            builder.add(record, {}, {});
        }
        const Segment segment = builder.take();
        QVERIFY(segment.extra.size() < 300);
        QCOMPARE(textOf(segment.extra.at("fields"), 1999), "field1999=v");
    }

    void segmentsComeBack() {
        const Segment segment = sample();
        Segment back;
        back.rows = segment.rows;
        for (const EncodedColumn& column : encode(segment))
            QVERIFY(decode(column, back).has_value());
        QCOMPARE(back.time, segment.time);
        QCOMPARE(back.kind, segment.kind);
        QCOMPARE(back.level, segment.level);
        for (std::size_t i = 0; i < kTextFields; ++i) {
            QCOMPARE(back.texts[i].dictionary, segment.texts[i].dictionary);
            QCOMPARE(back.texts[i].codes, segment.texts[i].codes);
        }
        QCOMPARE(back.numbers, segment.numbers);
        QCOMPARE(back.extra.at("sq").dictionary, segment.extra.at("sq").dictionary);
    }

    /// Whatever the bytes, decoding ends with values or with Damaged.
    void anyBytesAreSurvived() {
        std::mt19937_64 random(42);
        const std::vector<EncodedColumn> good = encode(sample());
        for (int round = 0; round < 40'000; ++round) {
            EncodedColumn column = good[random() % good.size()];
            if (round % 2 == 0) {
                column.blob.resize(random() % 40);
                for (char& c : column.blob)
                    c = static_cast<char>(random());
            } else if (!column.blob.empty()) {
                column.blob[random() % column.blob.size()] = static_cast<char>(random());
                if (random() % 4 == 0) column.blob.resize(random() % column.blob.size());
            }
            Segment to;
            to.rows = static_cast<std::uint32_t>(random() % 5);
            const auto decoded = decode(column, to);
            if (!decoded) QCOMPARE(decoded.error().kind, ErrorKind::Damaged);
        }
    }

    /// Texts that are kept as numbers come back letter by letter, and those that would not are kept
    /// as texts.
    void textsComeBack_data() {
        QTest::addColumn<QStringList>("texts");
        QTest::addColumn<bool>("small");
        const auto row = [](const char* name, bool small, const QStringList& texts) {
            QTest::newRow(name) << texts << small;
        };
        row("whole numbers", true, {"0", "17", "999999999999999999"});
        row("no whole numbers", false, {"007", "-1", "1e3", "", "18446744073709551616"});
        row("addresses", true, {"192.0.2.7", "0.0.0.0", "255.255.255.255"});
        row("no addresses", false, {"192.0.2.07", "192.0.2.256", "192.0.2", "192.0.2.7."});
        row("CLF", true, {"29/Feb/2024:23:59:59.999", "01/Mar/2024:00:00:00.000"});
        row("ISO with zone", true,
            {"2024-01-15T09:57:48,002+01:00", "1999-12-31T23:59:59,000+01:00"});
        row("syslog", true, {"Jan  5 09:57:48", "Jan 15 09:57:48", "Feb 29 00:00:00"});
        row("clock", true, {"09:57:48.123456789", "00:00:00.000000000"});
        // What is no stamp of one kind still is digits at the same places.
        row("leap second", true, {"2016-12-31 23:59:59", "2016-12-31 23:59:60"});
        row("no such day", true, {"2023-02-28 10:00:00", "2023-02-29 10:00:00"});
        row("two zones", true, {"2024-01-15T09:57:48+01:00", "2024-01-15T09:57:48+02:00"});
        row("padded otherwise", true, {"Jan 15 09:57:48", "Jan 05 09:57:48"});
        row("two ways", false, {"2024-01-15 09:57:48", "2024/01/15 09:57:48"});
        row("request ids", true,
            {"00000000000000009e3779b97f4a7c15", "ffffffffffffffffffffffffffffffff"});
        row("UUIDs", true,
            {"8f507cfc-0d7e-4697-b07a-ac58fc914c95", "00000000-0000-4000-8000-0123456789ab"});
        row("large digits", true,
            {"C0000207:1388_7F000001:0050_6740:000C", "C0000208:BEEF_7F000001:01BB_6741:FFFF"});
        row("a digit too few for whole bytes", true, {"Root=1-58337262a", "Root=2-0000000fe"});
        row("ids of two lengths", false, {"9e3779b97f4a7c15", "9e3779b97f4a7c1"});
        row("large and small digits", false, {"9e3779b97f4a7c15", "9E3779B97F4A7C15"});
        row("a letter that is no digit", false, {"9e3779b97f4a7c15", "9e3779b97f4a7c1g"});
        row("other marks between", false, {"9e3779b9-7f4a7c15", "9e3779b9_7f4a7c15"});
        row("far years", true, {"2024-01-15 09:57:48", "9999-12-31 09:57:48"});
    }
    void textsComeBack() {
        QFETCH(QStringList, texts);
        QFETCH(bool, small);
        TextColumn column;
        for (const QString& text : texts) {
            column.dictionary.push_back(text.toStdString());
            column.codes.push_back(static_cast<std::uint32_t>(column.dictionary.size()));
        }
        const auto rows = static_cast<std::uint32_t>(column.codes.size());
        const std::string bytes = encodeTexts(column);
        const auto back = decodeTexts(bytes, rows);
        QVERIFY(back.has_value());
        QVERIFY(back->dictionary == column.dictionary);
        QCOMPARE(back->codes, column.codes);
        const bool whole = bytes.find(texts.back().toStdString()) != std::string::npos;
        QCOMPARE(whole, !small);
    }

    /// A column in which texts hardly ever come twice, with gaps, through builder and codec; and
    /// the builder again, which keeps its memory.
    void distinctTexts() {
        SegmentBuilder builder;
        for (const std::uint32_t rows : {30'000U, 9'000U, 3U}) {
            Record record;
            for (std::uint32_t i = 0; i < rows; ++i) {
                record.clear();
                const std::string id = "id-" + std::to_string(i * 7919ULL % 100'003);
                const std::string count = std::to_string(i % 10);
                if (i % 11 != 3) record[TextField::RequestId] = id;
                if (i % 5 == 0) record.extra = {{"count", count}};
                builder.add(record, instant(i), {i + 1, 1, i, 5});
            }
            Segment to;
            to.rows = rows;
            to.firstLine = 1;
            for (const EncodedColumn& column : encode(builder.segment()))
                QVERIFY(decode(column, to).has_value());
            builder.clear();
            const auto& ids = to.texts[static_cast<std::size_t>(TextField::RequestId)];
            for (std::uint32_t i = 0; i < rows; ++i) {
                const std::string id = "id-" + std::to_string(i * 7919ULL % 100'003);
                QCOMPARE(textOf(ids, i), i % 11 != 3 ? id : "(absent)");
                QCOMPARE(textOf(to.extra.at("count"), i),
                         i % 5 == 0 ? std::to_string(i % 10) : "(absent)");
            }
        }
    }

    /// Short texts are remembered by their bytes: none may be taken for another, whatever its size.
    void shortTexts() {
        std::mt19937_64 random(21);
        SegmentBuilder builder;
        std::vector<std::string> texts;
        for (std::uint32_t i = 0; i < 6'000; ++i) {
            std::string& text = texts.emplace_back(random() % 10, 'a');
            for (char& c : text)
                c = "ab\0"[random() % 3];
            Record record;
            record[TextField::State] = text;
            builder.add(record, instant(i), {i + 1, 1, i, 5});
        }
        const Segment segment = builder.take();
        const TextColumn& states = segment.texts[static_cast<std::size_t>(TextField::State)];
        for (std::uint32_t i = 0; i < texts.size(); ++i)
            QCOMPARE(textOf(states, i), texts[i]);
    }

    void packedBytesDamagedAnywhere_data() {
        QTest::addColumn<bool>("hex");
        QTest::newRow("texts") << false;
        QTest::newRow("ids") << true;
    }
    void packedBytesDamagedAnywhere() {
        QFETCH(bool, hex);
        std::mt19937_64 random(3);
        TextColumn texts;
        for (std::uint32_t i = 0; i < 3000; ++i) {
            const QString text = hex ? QStringLiteral("id-%1").arg(random(), 16, 16, QChar(u'0'))
                                     : QStringLiteral("GET /item/%1").arg(i);
            texts.dictionary.push_back(text.toStdString());
            texts.codes.push_back(i % 17 == 0 ? 0 : i + 1);
        }
        const std::string good = encodeTexts(texts);
        QCOMPARE(decodeTexts(good, 3000)->codes, texts.codes);
        QVERIFY(decodeTexts(good, 3000)->dictionary == texts.dictionary);
        for (int round = 0; round < 3000; ++round) {
            std::string bad = good;
            bad[random() % bad.size()] ^= static_cast<char>(1 + random() % 255);
            if (const auto back = decodeTexts(bad, 3000))
                for (const std::uint32_t code : back->codes)
                    QVERIFY(code <= back->dictionary.size());
        }
    }
};

QTEST_GUILESS_MAIN(TstSegment)
#include "tst_segment.moc"
