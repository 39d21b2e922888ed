// SPDX-License-Identifier: GPL-3.0-or-later
// Impact, burn rates and the course of clocks, on series made up for it.
#include "core/analysis/detail/burn.h"
#include "core/analysis/detail/drift.h"
#include "core/analysis/detail/felt.h"
#include "core/analysis/detail/volume.h"
#include "tests/core/analysis/simulated.h"

#include <QtTest>

using namespace postlude;
using namespace postlude::detail;
using postlude::test::Dice;
using postlude::test::SimRequest;
using postlude::test::Simulated;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

Instant at(std::int64_t second) {
    return instant(second * kSecond);
}

/// Counts a bucket with more variance than chance has, of requests and of failures.
Grid gridOf(std::size_t buckets, double perBucket, Dice& dice, std::int64_t width = 1) {
    Grid grid;
    grid.bucket = width * kSecond;
    for (std::size_t i = 0; i < buckets; ++i) {
        Counts c;
        c.requests = std::uint32_t(perBucket * (0.7 + 0.6 * dice()));
        grid.counts.push_back(c);
    }
    return grid;
}

Stretch stretch(std::int64_t from, std::int64_t to) {
    Stretch s;
    s.start = at(from);
    s.lastBad = at(to);
    return s;
}

/// A server's clock: offset at a time of the balancer's.
template <class Clock>
std::vector<TimedPair> pairsOf(double length, Dice& dice, Clock&& clock) {
    std::vector<TimedPair> out;
    for (double t = 0; t < length; t += 0.3 * dice()) {
        const double off = clock(t), below = 0.05 * dice(), above = 0.05 * dice();
        Bounds b{std::int64_t((off - below) * 1e9), std::int64_t((off + above) * 1e9)};
        if (dice() < 0.05) b = {b.from + 700'000'000, b.to + 700'000'000}; // wrong pair
        out.push_back({std::int64_t(t * 1e9), {b}});
    }
    return out;
}

Impact feltIn(const Simulated& b) {
    Traffic traffic;
    traffic.slow = kSecond;
    Impact impact;
    const Window all{Simulated::at(-1), Simulated::at(10'000)};
    if (!addFelt(b, traffic, all, {}, impact)) qFatal("not read");
    return impact;
}

class TstImpact : public QObject {
    Q_OBJECT
private slots:
    void retriesAreFolded() {
        Simulated b;
        const auto add = [&](double t, const char* client, const char* path, int status) {
            b.requests.push_back({t, 0.1, client, path, 1, status});
        };
        add(1, "10.0.0.1", "/a", 503); // tries again and gets through
        add(3, "10.0.0.1", "/a?again=1", 503);
        add(7, "10.0.0.1", "/a", 200);
        add(1, "10.0.0.2", "/a", 503); // gives up, and comes back later
        add(20, "10.0.0.2", "/a", 200);
        add(30, "10.0.0.3", "/a/17", 503); // another path is no retry
        add(31, "10.0.0.3", "/a/18", 200);
        add(32, "10.0.0.3", "/a/18", 200); // nor is a second success
        add(40, "", "/b", 503);            // nobody to fold by
        add(41, "", "/b", 503);
        const Impact i = feltIn(b);
        QCOMPARE(i.operations, 8U);
        QCOMPARE(i.operationsFailed, 4U);
        QCOMPARE(i.clientsFailed, 2U);
        QCOMPARE(i.paths.size(), 3U);
        QCOMPARE(i.paths[0].shape, std::string("/a"));
        QCOMPARE(i.paths[0].failed, 3U);
    }
    void shapesOfPaths() {
        QCOMPARE(pathShape("/product/3f2/reviews?page=2"), std::string("/product/*/reviews"));
        QCOMPARE(pathShape("/v2/users/550e8400-e29b-41d4-a716-446655440000"),
                 std::string("/v2/users/*"));
        QCOMPARE(pathShape("/feed/added"), std::string("/feed/added"));
        QCOMPARE(pathShape("/1/2/3/4/5/6/7"), std::string("/*/*/*/*/*/…"));
        QCOMPARE(pathShape(""), std::string());
    }

    void missingRequests() {
        Dice dice(3);
        int wrong = 0;
        for (int round = 0; round < 200; ++round) {
            const Grid usual = gridOf(400, 20, dice);
            wrong += missingIn(usual, {at(300), at(360)}, {stretch(300, 360)}) ? 1 : 0;
        }
        QVERIFY2(wrong <= 2, "where nothing is missing, nothing is said");
        Grid grid = gridOf(400, 20, dice);
        std::uint64_t lost = 0;
        for (std::size_t i = 300; i < 360; ++i) {
            lost += grid.counts[i].requests / 2;
            grid.counts[i].requests -= grid.counts[i].requests / 2;
        }
        const auto m = missingIn(grid, {at(300), at(360)}, {stretch(300, 360)});
        QVERIFY(m && m->low <= double(lost) && double(lost) <= m->high && m->low > 0);
        QVERIFY(m->against.find("before") != std::string::npos);
        QVERIFY2(!missingIn(grid, {at(2), at(60)}, {stretch(2, 60)}), "nothing to compare with");
    }
    void missingAgainstTheSameTimeOfOtherDays() {
        Dice dice(4);
        Grid grid = gridOf(4 * 1440, 600, dice, 60);
        for (std::size_t i = 0; i < grid.counts.size(); ++i) // by night there is little to do
            grid.counts[i].requests /= i % 1440 < 720 ? 10 : 1;
        const auto begin = std::int64_t(3 * 1440) * 60; // the night begins, and all is well
        QVERIFY(!missingIn(grid, {at(begin), at(begin + 3600)}, {stretch(begin, begin + 3600)}));
        for (std::size_t i = 3 * 1440; i < 3 * 1440 + 60; ++i)
            grid.counts[i].requests /= 4;
        const auto m =
            missingIn(grid, {at(begin), at(begin + 3600)}, {stretch(begin, begin + 3600)});
        QVERIFY(m && m->against.find("days before") != std::string::npos);
        QVERIFY(std::abs(m->missing - 2700) < 300);
    }

    void excessHasTheTruthInItsInterval() {
        Dice dice(5);
        int inside = 0;
        constexpr int kRounds = 400;
        for (int round = 0; round < kRounds; ++round) {
            const auto failures = [&](int n, double share) {
                std::uint64_t k = 0;
                for (int i = 0; i < n; ++i)
                    k += dice() < share ? 1 : 0;
                return k;
            };
            const std::uint64_t more = failures(2000, 0.1), background = failures(2000, 0.01);
            const Excess e = excessOf(more + background, 2000, failures(3000, 0.01), 3000, 1);
            inside += e.low <= double(more) && double(more) <= e.high ? 1 : 0;
            const Excess wide = excessOf(more + background, 2000, 30, 3000, 9);
            const Excess narrow = excessOf(more + background, 2000, 30, 3000, 1);
            QVERIFY(wide.high - wide.low > narrow.high - narrow.low);
        }
        QVERIFY2(inside >= kRounds * 93 / 100, qPrintable(QString::number(inside)));
        QCOMPARE(excessOf(7, 10, 0, 0, 1).low, 0.0);
        QCOMPARE(excessOf(7, 10, 0, 0, 1).high, 7.0);
    }

    void burnRate() {
        Dice dice(6);
        Grid grid = gridOf(4 * 3600, 20, dice);
        for (std::size_t i = 2 * 3600; i < grid.counts.size(); ++i)
            grid.counts[i].failed = grid.counts[i].requests / 2;
        const auto alert = burnAlert(grid, {at(2 * 3600), at(4 * 3600)});
        QVERIFY(alert.has_value());
        // 1.44 % of an hour are 52 s, of which half fail: after 104 s.
        const double after = seconds(alert->at - at(2 * 3600));
        QVERIFY2(std::abs(after - 104) < 8, qPrintable(QString::number(after)));
        QVERIFY(alert->rule.find("14.4 times") != std::string::npos);
        QVERIFY(alert->rule.find("as far as") == std::string::npos);
        Grid calm = gridOf(3600, 20, dice);
        for (std::size_t i = 0; i < calm.counts.size(); i += 100)
            calm.counts[i].failed = 1;
        QVERIFY(!burnAlert(calm, {at(1800), at(3600)}));
        for (Counts& c : calm.counts)
            c.failed = c.requests / 3;
        QVERIFY2(!burnAlert(calm, {at(1800), at(3600)}), "it would have fired long before");
    }
    void burnRateOfShortLogs() {
        Dice dice(7);
        Grid grid = gridOf(300, 20, dice);
        for (std::size_t i = 90; i < 200; ++i)
            grid.counts[i].failed = grid.counts[i].requests / 2;
        const auto alert = burnAlert(grid, {at(90), at(200)});
        QVERIFY(alert && alert->at < at(105));
        QVERIFY(alert->rule.find("as far as the logs go back") != std::string::npos);
    }

    void steadyClock() {
        Dice dice(8);
        const auto parts = clockParts(pairsOf(3600, dice, [](double) { return -2.5; }));
        QCOMPARE(parts.size(), 1U);
        QCOMPARE(parts[0].drift, 0.0);
        QVERIFY(std::abs(double(parts[0].offset.middle) * 1e-9 + 2.5) < 0.005);
    }
    void driftingClock() {
        for (const double ppm : {-80.0, 40.0, 300.0}) {
            Dice dice(9);
            const auto parts =
                clockParts(pairsOf(3600, dice, [&](double t) { return 1 + ppm * 1e-6 * t; }));
            QCOMPARE(parts.size(), 1U);
            QVERIFY2(std::abs(parts[0].drift * 1e6 - ppm) <= parts[0].driftUncertainty * 1e6 + 0.5,
                     qPrintable(QString::number(parts[0].drift * 1e6)));
            QVERIFY(parts[0].driftUncertainty * 1e6 < 10);
        }
    }
    void clockThatIsSet() {
        Dice dice(10);
        const auto parts = clockParts(pairsOf(3600, dice, [](double t) {
            return t < 1500 ? 0.2 : t < 2500 ? -3 : 7200;
        }));
        QCOMPARE(parts.size(), 3U);
        const std::array<double, 3> truth{0.2, -3, 7200};
        for (std::size_t k = 0; k < 3; ++k)
            QVERIFY(std::abs(double(parts[k].offset.middle) * 1e-9 - truth[k]) < 0.01);
        QVERIFY(std::abs(double(parts[0].to) * 1e-9 - 1500) < 70);
        QVERIFY(clockParts({}).empty());
    }
    /// Whole seconds: every pair allows both offsets, and many tell them apart all the same.
    void coarseClockThatIsSetByLessThanItsUnit() {
        Dice dice(11);
        std::vector<TimedPair> pairs;
        for (double t = 0; t < 600; t += 0.1 * dice()) {
            const double off = t < 200 ? 0 : 0.45;
            const double stamp = std::floor(t + off);
            const double room = 0.02 * dice();
            pairs.push_back(
                {std::int64_t(t * 1e9),
                 {{std::int64_t((stamp - t - room) * 1e9), std::int64_t((stamp - t + 1) * 1e9)},
                  (stamp - t + 0.5) * 1e9,
                  room * 1e9}});
        }
        const auto parts = clockParts(pairs);
        QCOMPARE(parts.size(), 2U);
        QVERIFY(std::abs(double(parts[0].offset.middle) * 1e-9) < 0.05);
        QVERIFY(std::abs(double(parts[1].offset.middle) * 1e-9 - 0.45) < 0.05);
        QVERIFY(std::abs(double(parts[0].to) * 1e-9 - 200) < 20);
    }
};

} // namespace

QTEST_GUILESS_MAIN(TstImpact)
#include "tst_impact.moc"
