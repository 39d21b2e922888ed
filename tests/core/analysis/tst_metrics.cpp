// SPDX-License-Identifier: GPL-3.0-or-later
// Measured values: where a trouble begins, what moved and what did not.
#include "core/analysis/detail/metrics.h"
#include "core/analysis/detail/ranking.h"
#include "tests/core/analysis/simulated.h"

#include <QtTest>

using namespace postlude;
using namespace postlude::detail;
using namespace postlude::test;

namespace {

const std::vector<double> kVolume(8, 100);

/// A series that follows the impact 0 0 0 1 1 1 0 0 so far, with some noise.
std::vector<double> following(Dice& dice, double usual, double rise) {
    std::vector<double> out;
    for (int i = 0; i < 8; ++i)
        out.push_back(usual * (1 + 0.02 * dice()) + (i >= 3 && i < 6 ? rise : 0));
    return out;
}

Metric made(Dice& dice, double rise) {
    Metric m;
    for (int i = 0; i < 40; ++i) {
        m.times.push_back(Simulated::at(10.0 * i));
        m.values.push_back(5 + dice() + dice() + (i >= 20 && i < 30 ? rise : 0));
    }
    return m;
}

const Window kBefore{Simulated::at(0), Simulated::at(200)},
    kDuring{Simulated::at(200), Simulated::at(300)};

} // namespace

class TstMetrics : public QObject {
    Q_OBJECT
private slots:
    void theDeepestThatAccountsForItComesFirst() {
        for (std::uint32_t seed = 0; seed < 50; ++seed) {
            Dice dice(seed);
            const std::vector<Suspect> all{{"site", following(dice, 0.09, 0.05), kVolume, {1, 2}},
                                           {"shop", following(dice, 0.05, 0.05), kVolume, {3}},
                                           {"mail", following(dice, 0.05, 0.0), kVolume, {3}},
                                           {"database", following(dice, 0.02, 0.05), kVolume, {}},
                                           {"elsewhere", following(dice, 0.02, 0.5), kVolume, {}}};
            const auto ranked = rankOrigins(all, 0);
            QCOMPARE(all[ranked.front().suspect].name, std::string("database"));
            QCOMPARE(ranked.size(), 3U); // what the site does not depend on is no suspect
        }
    }
    void whoIsSlowByItselfIsNotExcused() {
        Dice dice(1);
        const std::vector<Suspect> all{{"site", following(dice, 0.09, 0.05), kVolume, {1}},
                                       {"shop", following(dice, 0.05, 0.05), kVolume, {2, 1}},
                                       {"database", following(dice, 0.02, 0.004), kVolume, {1}}};
        QCOMPARE(rankOrigins(all, 0).front().suspect, 1U);
    }
    void withoutVolumesTheDeepestThatAilsAlike() {
        Dice dice(2);
        std::vector<Suspect> all{{"site", following(dice, 0.09, 0.05), {}, {1}},
                                 {"load of web", following(dice, 1, 3), {}, {2}},
                                 {"load of db", following(dice, 1, 5), {}, {}}};
        QCOMPARE(rankOrigins(all, 0).front().suspect, 2U);
        all[2].level.assign(8, std::numeric_limits<double>::quiet_NaN());
        QCOMPARE(rankOrigins(all, 0).front().suspect, 1U);
        QVERIFY(rankOrigins({}, 0).empty());
    }
    void noiseDoesNotMove() {
        int moved = 0;
        for (std::uint32_t seed = 0; seed < 200; ++seed) {
            Dice dice(seed);
            moved +=
                shiftOf(made(dice, 0), kBefore, kDuring).outcome == MetricShift::Outcome::Changed
                    ? 1
                    : 0;
        }
        QCOMPARE(moved, 0);
    }
    void whatMovedIsTold() {
        Dice dice(7);
        const MetricShift s = shiftOf(made(dice, 30), kBefore, kDuring);
        QCOMPARE(s.outcome, MetricShift::Outcome::Changed);
        QCOMPARE(s.began, std::optional(Simulated::at(200)));
        QVERIFY(s.during > 30 && s.before < 8);
        const Metric few{"x", "y", {Simulated::at(1)}, {1}, {}};
        QCOMPARE(shiftOf(few, kBefore, kDuring).outcome, MetricShift::Outcome::Unclear);
    }
    /// Memory fills up on one machine before its requests fail; the others' stays.
    void aMachineThatRunsOutIsTheCause() {
        Dice dice(3);
        Simulated b;
        b.steady(0, 400, 60, dice);
        for (SimRequest& r : b.requests)
            if (r.at >= 160 && r.at < 280 && r.server == 2 && dice() < 0.6) r.status = 502;
        const SourceId table =
            b.addSource("metrics/swap_used_pct.csv", "", SourceRole::Other, {}, "csv-metrics");
        for (double t = 0; t < 400; t += 10) {
            std::vector<std::pair<std::string, std::string>> row;
            for (int s = 1; s <= 4; ++s) {
                const bool full = s == 2 && t >= 120 && t < 280;
                row.emplace_back("app" + std::to_string(s),
                                 std::to_string((full ? 80 : 10) + 2 * dice()));
            }
            b.addValues(table, t, std::move(row));
        }
        const auto a = analyse(b, {}, {}, {});
        QVERIFY(a && a->incidents.size() == 1);
        const Incident& i = a->incidents[0];
        QVERIFY2(i.causes.front().kind == CauseKind::HostResource, i.measured.statement.c_str());
        QCOMPARE(i.causes.front().culprit, std::string("app2"));
        QVERIFY2(i.measured.statement.starts_with("Of 4 measured series 1 moved"),
                 i.measured.statement.c_str());
    }
};

QTEST_GUILESS_MAIN(TstMetrics)
#include "tst_metrics.moc"
