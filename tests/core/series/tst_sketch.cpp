// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/series/series.h"
#include "core/series/sketch.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace postlude;

class TstSketch : public QObject {
    Q_OBJECT
private slots:
    void withinOnePercent_data() {
        QTest::addColumn<int>("shape");
        QTest::newRow("log-normal") << 0;
        QTest::newRow("heavy tail") << 1;
        QTest::newRow("two humps") << 2;
        QTest::newRow("tiny") << 3;
        QTest::newRow("huge") << 4;
    }
    void withinOnePercent() {
        QFETCH(const int, shape);
        std::mt19937_64 random(5);
        std::lognormal_distribution<double> logNormal(18, 1.5);
        std::uniform_real_distribution<double> uniform(1e-6, 1);
        std::vector<std::int64_t> values;
        Sketch sketch;
        for (int i = 0; i < 20'000; ++i) {
            double value = logNormal(random);
            if (shape == 1) value = 1e6 / uniform(random);
            if (shape == 2) value = i % 2 == 0 ? 1e6 + value / 1e6 : 5e9 + value;
            if (shape == 3) value = static_cast<double>(random() % 4);
            if (shape == 4) value = 9e18 * uniform(random);
            values.push_back(static_cast<std::int64_t>(value));
            sketch.add(values.back());
        }
        std::ranges::sort(values);
        for (const double q : {0.0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
            const auto exact = static_cast<double>(values[static_cast<std::size_t>(q * 19'999)]);
            const auto about = static_cast<double>(*sketch.quantile(q));
            QVERIFY2(std::abs(about - exact) <= exact * 0.0101 + 0.5,
                     qPrintable(QString("%1: %2 for %3").arg(q).arg(about).arg(exact)));
        }
    }

    /// Bins are looked up; around each bound the value must be where the logarithm says.
    void boundsOfBins() {
        const double gamma = (1 + Sketch::kError) / (1 - Sketch::kError);
        for (int bin = 1; bin < 2'190; ++bin) {
            const double bound = std::pow(gamma, bin);
            const double most = 9.2e18;
            if (bound > most) break;
            for (int off = -3; off <= 3; ++off) {
                const auto value = static_cast<std::int64_t>(bound) + off;
                if (value < 1) continue;
                const auto expected =
                    std::ceil(std::log(static_cast<double>(value)) * (1 / std::log(gamma)));
                Sketch sketch;
                sketch.add(value);
                const auto middle = 2 * std::pow(gamma, expected) / (gamma + 1);
                QCOMPARE(*sketch.quantile(0.5),
                         static_cast<std::int64_t>(std::min(std::round(middle), most)));
            }
        }
    }

    void mergedIsTheWhole() {
        std::mt19937_64 random(6);
        Sketch whole, merged;
        for (int part = 0; part < 7; ++part) {
            Sketch one;
            for (int i = 0; i < 500; ++i) {
                const auto value = static_cast<std::int64_t>(random() >> (1 + random() % 60));
                one.add(value);
                whole.add(value);
            }
            merged.merge(*Sketch::fromBytes(one.bytes()));
        }
        QCOMPARE(merged.count(), whole.count());
        QCOMPARE(merged.bytes(), whole.bytes());
        QVERIFY(whole.bytes().size() < 8'000);
    }

    void edges() {
        Sketch sketch;
        sketch.add(-1);
        QVERIFY(!sketch.quantile(0.5));
        sketch.add(0);
        QCOMPARE(*sketch.quantile(1), 0);
        sketch.add(std::numeric_limits<std::int64_t>::max());
        QVERIFY(*sketch.quantile(1) > 9'000'000'000'000'000'000);
        std::mt19937_64 random(9);
        const std::string good = sketch.bytes();
        for (int i = 0; i < 20'000; ++i) {
            std::string bad = good;
            for (char& c : bad)
                if (random() % 2 == 0) c = static_cast<char>(random());
            static_cast<void>(Sketch::fromBytes(bad));
        }
    }

    void segmentsAddUp() {
        SegmentBuilder builder;
        for (int i = 0; i < 100; ++i) {
            Record record;
            record.kind = i % 10 == 9 ? RecordKind::Message : RecordKind::Request;
            record[TextField::Server] = i % 2 == 0 ? "a" : "b";
            record[NumberField::Status] = i % 5 == 0 ? 503 : 200;
            record[NumberField::Duration] = i * 100'000'000LL;
            record[NumberField::BytesSent] = 10;
            builder.add(record, instant(i * 1'000'000'000LL), {});
        }
        std::uint64_t requests = 0, failed = 0, slow = 0, bytes = 0;
        for (const SeriesRow& row : seriesOf(builder.take())) {
            QCOMPARE(row.start % 10'000'000'000, 0);
            QCOMPARE(Sketch::fromBytes(row.durations)->count(), row.requests);
            requests += row.requests;
            failed += row.failed;
            slow += row.slow;
            bytes += row.bytes;
        }
        QCOMPARE(requests, 90U);
        QCOMPARE(failed, 20U);
        QCOMPARE(slow, 89U - 9 - 17); // from the 11th: less the messages, less the failures
        QCOMPARE(bytes, 900U);
    }
};

QTEST_GUILESS_MAIN(TstSketch)
#include "tst_sketch.moc"
