// SPDX-License-Identifier: GPL-3.0-or-later
// Who got what, and whether chance alone gives that; shapes with a name; expected shares.
#include "core/analysis/detail/fairness.h"
#include "core/analysis/detail/pairs.h"
#include "core/analysis/detail/saved.h"
#include "tests/core/analysis/simulated.h"

#include <QtTest>

using namespace postlude;
using namespace postlude::detail;
using namespace postlude::test;

namespace {

constexpr double kOnset = 120, kFix = 240, kEnd = 400;

/// Clients of very different weight, each with one server for good, as sticky hashing has it.
Clusters sticky(std::uint32_t seed, std::size_t clients) {
    Dice dice(seed);
    Clusters out{4, std::vector<double>(4 * clients, 0)};
    for (std::size_t c = 0; c < clients; ++c)
        out.counts[4 * c + std::size_t(dice() * 4)] = std::floor(1 + 3 / (0.05 + dice()));
    return out;
}

const std::vector<double> kEven(4, 0.25);

Simulated quiet(std::uint32_t seed, const std::string& balance) {
    Dice dice(seed);
    Simulated b;
    b.steady(0, kEnd, 60, dice);
    std::string text = "defaults\n  mode http\nbackend pool\n  balance " + balance + "\n";
    for (int s = 1; s <= 4; ++s)
        text += "  server a" + std::to_string(s) + " 10.9.0." + std::to_string(s) + ":80 check\n";
    b.addSource("lb/haproxy.cfg", "lb", SourceRole::Config, text);
    return b;
}

template <class Hit>
void spoil(Simulated& bundle, Hit&& hit) {
    for (SimRequest& r : bundle.requests)
        if (r.at >= kOnset && r.at < kFix) hit(r);
}

Incident incidentOf(const Simulated& bundle) {
    auto a = analyse(bundle, {}, {}, {});
    if (!a || a->incidents.size() != 1) qFatal("not one incident");
    if (packed(*unpacked(packed(*a))) != packed(*a)) qFatal("does not come back");
    return a->incidents[0];
}

bool says(const Fairness& f, const char* text) {
    return f.statement.find(text) != std::string::npos;
}

} // namespace

class TstFairness : public QObject {
    Q_OBJECT
private slots:
    void fairStickyHashingRaisesNoAlarm() {
        int alarms = 0;
        for (std::uint32_t seed = 0; seed < 60; ++seed)
            alarms += drawClusters(sticky(seed, 300), kEven).p < 0.01 ? 1 : 0;
        QVERIFY2(alarms <= 2, qPrintable(QString::number(alarms)));
    }
    void unfairIsFound() {
        for (std::uint32_t seed = 0; seed < 10; ++seed) {
            Clusters c = sticky(seed, 600);
            for (std::size_t i = 0; i < c.size(); i += 3) // a third of the others' clients move
                for (std::size_t k = 1; k < 4; ++k)
                    c.counts[4 * i] += std::exchange(c.counts[4 * i + k], 0);
            const Draws d = drawClusters(c, kEven);
            QVERIFY(d.p < 0.01 && d.low > 0.1 && d.low < d.high);
        }
    }
    void measuresOfDistance() {
        QCOMPARE(totalVariation({0.7, 0.1, 0.1, 0.1}, kEven), 0.45);
        QCOMPARE(weightedJain(kEven, kEven), 1.0);
        QCOMPARE(weightedJain({1, 0, 0, 0}, kEven), 0.25);
        QVERIFY(std::abs(weightedJain({0.75, 0.25}, {0.75, 0.25}) - 1) < 1e-12);
    }
    void sinkhole() {
        Simulated b = quiet(3, "leastconn");
        Dice dice(4);
        spoil(b, [&](SimRequest& r) {
            if (dice() < 0.6) r.server = 2;
            if (r.server != 2) return;
            r.status = 503;
            r.took = 0.004;
        });
        const Fairness f = incidentOf(b).fairness.at(0);
        QCOMPARE(f.shape, std::string("sinkhole"));
        QCOMPARE(f.unfair, std::optional(true));
        QVERIFY2(says(f, "draws requests and fails them fast"), f.statement.c_str());
    }
    /// Its queue is full because of all that came to it: what it lets in waits long.
    void whoIsCrowdedIsNoSinkhole() {
        Simulated b = quiet(3, "leastconn");
        Dice dice(4);
        spoil(b, [&](SimRequest& r) {
            if (dice() < 0.6) r.server = 2;
            if (r.server != 2) return;
            const bool refused = dice() < 0.6;
            r.status = refused ? 503 : 200;
            r.took = refused ? 0.004 : 3;
        });
        const Fairness f = incidentOf(b).fairness.at(0);
        QVERIFY2(f.shape.empty(), f.statement.c_str());
        QCOMPARE(f.unfair, std::optional(true));
    }
    void whoIsDownIsExpectedNothing() {
        Simulated b = quiet(5, "roundrobin");
        Dice dice(6);
        spoil(b, [&](SimRequest& r) {
            if (r.server == 4) r.server = 1 + int(dice() * 3);
            if (dice() < 0.2) r.status = 503;
        });
        const SourceId log = SourceId(1);
        b.addState(log, kOnset, "a4", "down");
        b.addState(log, kFix, "a4", "up");
        const Incident i = incidentOf(b);
        QVERIFY2(i.fairness.at(0).distance < 0.05, i.fairness.at(0).statement.c_str());
        QCOMPARE(i.fairness.at(0).unfair, std::optional(false));
        QVERIFY(i.fairness.at(0).configured);
    }
    /// While the heavy one is away the others share all evenly, whatever their weights are.
    void whoIsAwayLeavesAllToTheOthers() {
        Dice dice(15);
        Simulated b;
        b.steady(0, kEnd, 60, dice);
        std::string text = "backend pool\n  balance roundrobin\n";
        for (int s = 1; s <= 4; ++s)
            text += "  server a" + std::to_string(s) + " 10.9.0." + std::to_string(s) +
                    ":80 weight " + (s == 1 ? "97" : "1") + "\n";
        b.addSource("lb/haproxy.cfg", "lb", SourceRole::Config, text);
        for (SimRequest& r : b.requests) {
            const bool away = r.at >= kOnset + 60 && r.at < kFix;
            r.server = !away && dice() < 0.97 ? 1 : 2 + int(dice() * 3);
            if (r.at >= kOnset && r.at < kFix && dice() < 0.2) r.status = 503;
        }
        b.addState(SourceId(1), kOnset + 60, "a1", "down");
        b.addState(SourceId(1), kFix, "a1", "up");
        const Fairness f = incidentOf(b).fairness.at(0);
        QVERIFY2(f.unfair == std::optional(false), f.statement.c_str());
    }
    void oneHeavyKeyIsAHotspot() {
        Simulated b = quiet(7, "source");
        Dice dice(8);
        for (SimRequest& r : b.requests) // by address from the first
            r.server = 1 + int(std::hash<std::string>{}(r.client) % 4);
        spoil(b, [&](SimRequest& r) {
            if (dice() < 0.5) r.client = "10.77.0.1", r.server = 3;
            if (r.server == 3 && dice() < 0.6) r.took = 2;
        });
        const Fairness f = incidentOf(b).fairness.at(0);
        QCOMPARE(f.counted, std::string("keys"));
        QCOMPARE(f.unfair, std::optional(false)); // the keys are where they should be
        QCOMPARE(f.shape, std::string("hotspot"));
        QVERIFY2(says(f, "10.77.0.1 alone sends"), f.statement.c_str());
    }
    void cascadeAndAllDown() {
        Simulated b = quiet(9, "roundrobin");
        Dice dice(10);
        spoil(b, [&](SimRequest& r) {
            const double since = r.at - kOnset;
            const int down = since < 20 ? 1 : since < 40 ? 2 : 4; // a1, then a2, then all
            if (down == 4) {
                r.server = 0;
                r.status = 503;
                return;
            }
            if (r.server <= down) r.server = down + 1 + int(dice() * (4 - down));
            if (dice() < 0.5) r.took = 2;
        });
        const SourceId log = SourceId(1);
        b.addState(log, kOnset, "a1", "down");
        b.addState(log, kOnset + 20, "a2", "down");
        b.addState(log, kOnset + 40, "a3", "down");
        b.addState(log, kOnset + 40, "a4", "down");
        for (const char* s : {"a1", "a2", "a3", "a4"})
            b.addState(log, kFix, s, "up");
        const Fairness f = incidentOf(b).fairness.at(0);
        QCOMPARE(f.shape, std::string("cascade")); // the first of what is told
        QVERIFY2(says(f, "None of the 4 servers was in use for 80 s") ||
                     says(f, "None of the 4 servers was in use for 1 min 20 s"),
                 f.statement.c_str());
        QVERIFY2(says(f, "and went down 20 s later"), f.statement.c_str());
    }
    void drainsAndFlapping() {
        Simulated b = quiet(21, "roundrobin");
        Dice dice(22);
        for (SimRequest& r : b.requests) {
            if (r.at >= 60 && r.at < kFix && r.server == 4) r.server = 1 + int(dice() * 3);
            if (r.at >= kOnset && r.at < kFix && dice() < 0.5) r.took = 2;
        }
        const SourceId log = SourceId(1);
        b.addState(log, 60, "a4", "drain");
        b.addState(log, kFix - 2, "a4", "up");
        for (const double t : {130.0, 160.0, 190.0, 220.0}) {
            b.addState(log, t, "a1", "down");
            b.addState(log, t + 1, "a1", "up");
        }
        const Fairness f = incidentOf(b).fairness.at(0);
        QCOMPARE(f.shape, std::string("drain"));
        QVERIFY2(says(f, "(drain), put back only at") && says(f, "went down 4 times and came back"),
                 f.statement.c_str());
    }
    void withoutConfigurationItIsComparedWithBefore() {
        Dice dice(12);
        Simulated b;
        b.steady(0, kEnd, 60, dice);
        spoil(b, [&](SimRequest& r) {
            if (dice() < 0.4) r.server = 1;
            if (r.server == 1 && dice() < 0.5) r.status = 500;
        });
        const Fairness f = incidentOf(b).fairness.at(0);
        QVERIFY(!f.configured && f.unfair == std::optional(true));
        QVERIFY2(says(f, "than before (no configuration)"), f.statement.c_str());
    }
    void tooFewAreNotJudged() {
        Dice dice(13);
        Simulated b;
        b.steady(0, kEnd, 2, dice);
        spoil(b, [&](SimRequest& r) { r.status = 500; });
        const Fairness f = incidentOf(b).fairness.at(0);
        QVERIFY(!f.unfair);
        QVERIFY2(says(f, "not judged"), f.statement.c_str());
    }
    /// Of many records some keys are read: were they chosen by path alone, a service with one path
    /// would have all or none.
    void samplesHoldSomeOfEveryPath() {
        Dice dice(61);
        Simulated b;
        b.steady(0, 600, 60, dice, 20'000);
        for (SimRequest& r : b.requests)
            r.path = "/rpc";
        SightingReader ours(b), theirs(b);
        QVERIFY(ours.read(RequestScope::Balancer, 5, {}).has_value());
        QVERIFY(theirs.read(RequestScope::Servers, 5, {}).has_value());
        const Sightings& lb = ours.bySource.at(SourceId(1));
        QVERIFY(lb.rows.size() > b.requests.size() / 10);
        BalancerIndex index(lb);
        const auto pairs = pairsOf(index, theirs.bySource.at(SourceId(2)), PairKey::Client);
        QVERIFY(pairs.size() >= 20);
    }
    void ratiosOfSmallSharesAreTold() {
        Clusters many{400, {}};
        std::vector<double> expected(400, 1.0 / 400);
        many.counts.assign(400, 100);
        many.counts[7] = 900;
        const auto observed = many.shares();
        QVERIFY(std::abs(mostTimes(observed, expected, 40'800).first - 8.82) < 0.01);
        QCOMPARE(mostTimes(observed, expected, 40'800).second, 7U);
        // Where hardly any are expected, chance alone gives many times as many.
        QVERIFY(mostTimes({0.99, 0.01}, {0.9999, 0.0001}, 300).first < 1.1);
    }
};

QTEST_GUILESS_MAIN(TstFairness)
#include "tst_fairness.moc"
