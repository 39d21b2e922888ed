// SPDX-License-Identifier: GPL-3.0-or-later
// From when to when: incidents that cover most of a log, that begin and end in weak bursts, and
// what is no incident, for it was always so.
#include "core/analysis/analysis.h"
#include "tests/core/analysis/simulated.h"

#include <QtTest>

using namespace postlude;
using namespace postlude::test;

namespace {

Analysis analysed(const Simulated& bundle, const AnalysisOptions& options = {}) {
    auto a = analyse(bundle, options, {}, {});
    if (!a) qFatal("%s", a.error().what.c_str());
    return *a;
}

/// Requests until `end`; `share(t)` of those at t are slow.
template <class Share>
Simulated slowing(double end, double perSecond, std::uint32_t seed, const Share& share) {
    Dice dice(seed);
    Simulated b;
    b.steady(0, end, perSecond, dice);
    for (SimRequest& r : b.requests)
        if (dice() < share(r.at)) r.took = 2;
    return b;
}

double off(std::optional<Instant> found, double wanted) {
    return found ? std::abs(seconds(*found - Simulated::at(wanted))) : 1e9;
}

bool says(const Analysis& a, const std::string& words) {
    return std::ranges::any_of(
        a.notes, [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

} // namespace

class TstOnset : public QObject {
    Q_OBJECT
private slots:
    /// Less than a quarter is quiet, and the rest is bad alike.
    void mostOfTheLogMayBeBad() {
        Dice dice(41);
        Simulated b;
        b.steady(0, 1500, 50, dice);
        for (SimRequest& r : b.requests)
            if (r.at >= 120 && dice() < 0.1) r.status = 500;
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(off(a.incidents[0].impactStart, 120) < 2);
        QVERIFY(!a.incidents[0].resolved);
    }
    void weakBurstsAreItsBeginningAndItsEnd() {
        const Simulated b = slowing(900, 40, 42, [](double t) {
            const bool burst = std::fmod(t, 12) < 4;
            if (t >= 200 && t < 270) return burst ? 0.12 : 0.003;
            if (t >= 270 && t < 330) return 0.5;
            if (t >= 330 && t < 400) return burst ? 0.08 : 0.003;
            return 0.003;
        });
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(off(a.incidents[0].impactStart, 204) < 6); // 204: the first burst
        QVERIFY(off(a.incidents[0].resolved, 400) < 12);
    }
    /// Bursts from the 40th second on and much worse later: the log does not begin badly.
    void aGoodBeginningIsNoPartOfIt() {
        const Simulated b = slowing(420, 25, 43, [](double t) {
            if (t >= 40 && t < 44) return 0.6;
            if (t >= 44 && t < 80) return 0.06;
            return t >= 80 && t < 250 ? 0.9 : 0.001;
        });
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(off(a.incidents[0].impactStart, 40) < 3);
        QVERIFY(off(a.incidents[0].resolved, 252) < 3);
    }
    void chanceIsNoEdge() {
        const Simulated b = slowing(1200, 50, 44, [](double t) {
            return t >= 600 && t < 700 ? 0.3 : 0.01; // 1 % are always slow
        });
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(off(a.incidents[0].impactStart, 600) < 2);
        QVERIFY(off(a.incidents[0].resolved, 702) < 4);
    }
    /// It begins the incident only where what brought that had happened before it.
    void aSingleBurstBeforeIsChanceUnlessTheCauseWasThere_data() {
        QTest::addColumn<double>("changed");
        QTest::addColumn<double>("begins");
        QTest::newRow("the change came first") << 294.0 << 300.0;
        QTest::newRow("the burst came first") << 324.0 << 325.0;
    }
    void aSingleBurstBeforeIsChanceUnlessTheCauseWasThere() {
        QFETCH(double, changed);
        QFETCH(double, begins);
        Simulated b = slowing(700, 40, 47, [](double t) {
            if (t >= 300 && t < 302) return 0.3;
            return t >= 325 && t < 500 ? 0.4 : 0.001;
        });
        const SourceId lb = b.sources()[0].id;
        for (const char* server : {"a1", "a2", "a3"})
            b.addState(lb, changed, server, "drain");
        for (SimRequest& r : b.requests)
            if (r.at >= changed) r.server = 4;
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(off(a.incidents[0].impactStart, begins) < 2);
    }
    /// Well for two minutes in between: without the change nobody would take it for one.
    void aBurstLongBeforeBeginsWhatAChangeBrought() {
        Simulated b = slowing(900, 40, 48, [](double t) {
            if (t >= 300 && t < 303) return 0.06;
            return t >= 430 && t < 600 ? 0.4 : 0.001;
        });
        const SourceId lb = b.sources()[0].id;
        for (const char* server : {"a1", "a2", "a3"})
            b.addState(lb, 294, server, "drain");
        for (SimRequest& r : b.requests)
            if (r.at >= 294) r.server = 4;
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(off(a.incidents[0].impactStart, 300) < 2);
    }
    void whatComesBackEndsItAsLongAsTheTrafficGoesWhereItWasSent_data() {
        QTest::addColumn<double>("restored");
        QTest::addColumn<double>("ends");
        QTest::newRow("they stay out") << 640.0 << 565.0;
        QTest::newRow("they came back before") << 440.0 << 402.0;
    }
    void whatComesBackEndsItAsLongAsTheTrafficGoesWhereItWasSent() {
        QFETCH(double, restored);
        QFETCH(double, ends);
        Simulated b = slowing(900, 40, 49, [](double t) {
            const bool burst = (t >= 520 && t < 523) || (t >= 560 && t < 563);
            return burst ? 0.06 : t >= 300 && t < 400 ? 0.4 : 0.001;
        });
        const SourceId lb = b.sources()[0].id;
        for (const auto& [when, state] : {std::pair{299.0, "drain"}, {restored, "up"}})
            for (const char* server : {"a1", "a2", "a3"})
                b.addState(lb, when, server, state);
        for (SimRequest& r : b.requests)
            if (r.at >= 299 && r.at < restored) r.server = 4;
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY2(off(a.incidents[0].resolved, ends) < 4,
                 qPrintable(QString::number(off(a.incidents[0].resolved, ends))));
    }
    void whatComesBackEndsItUntilTheDeploymentIsRolledBack() {
        Dice dice(50);
        Simulated b;
        b.steady(0, 900, 40, dice);
        for (SimRequest& r : b.requests) {
            const bool burst = (r.at >= 520 && r.at < 523) || (r.at >= 560 && r.at < 563);
            const bool bad = r.at >= 300 && r.at < 400;
            if (r.server == 3 && dice() < (burst ? 0.25 : bad ? 0.9 : 0.001)) r.took = 2;
        }
        const SourceId changes = b.addSource("changes.log", "", SourceRole::Changes);
        b.addRecord(changes, RecordKind::Change, 298, "release 2.0 to app3", TextField::Process,
                    "deploy");
        b.addRecord(changes, RecordKind::Change, 564, "rollback of release 2.0 on app3",
                    TextField::Process, "deploy");
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY2(off(a.incidents[0].resolved, 565) < 4,
                 qPrintable(QString::number(off(a.incidents[0].resolved, 565))));
    }
    /// One request a second, of which one server of four fails all.
    void fewRequestsTellOfAServerThatFailsThemAll() {
        Simulated b;
        for (int i = 0; i < 400; ++i) {
            SimRequest r;
            r.at = i;
            r.client = "10.0.0." + std::to_string(i % 200);
            r.server = 1 + i % 4;
            if (r.server == 1 && i >= 104 && i < 250) r.status = 503;
            b.requests.push_back(r);
        }
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(off(a.incidents[0].impactStart, 104) < 5);
        QVERIFY(off(a.incidents[0].resolved, 248) < 5);
        QVERIFY(std::ranges::none_of(a.incidents[0].story, [](const StoryEntry& e) {
            return e.kind == EntryKind::Detection; // nobody was told
        }));
    }
    /// With five quiet minutes in between, but the servers that were taken out stayed out.
    void wavesOfOneChangeAreOneIncident() {
        const auto wave = [](double t) {
            return (t >= 300 && t < 900) || (t >= 1220 && t < 1900) ? 0.4 : 0.001;
        };
        Simulated b = slowing(2400, 20, 45, wave);
        const SourceId lb = b.sources()[0].id;
        for (const auto& [when, state] : {std::pair{299.0, "drain"}, {1899.0, "up"}})
            for (const char* server : {"a1", "a2", "a3"})
                b.addState(lb, when, server, state);
        for (SimRequest& r : b.requests)
            if (r.at >= 299 && r.at < 1899) r.server = 4;
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(off(a.incidents[0].impactStart, 300) < 2);
        QVERIFY(off(a.incidents[0].resolved, 1902) < 4);
    }
    /// What climbs for minutes has no instant at which it began; what jumps has.
    void whatClimbsBeginsWithinAnInterval() {
        const auto from = [](const Analysis& a) {
            const Window& w = a.incidents.at(0).impactStartInterval;
            return std::pair(seconds(w.from - Simulated::at(0)), seconds(w.to - Simulated::at(0)));
        };
        const auto climbing = from(analysed(slowing(3600, 30, 48, [](double t) {
            return t < 1200 || t > 3000 ? 0.002 : std::min(0.4, (t - 1200) / 600 * 0.4);
        })));
        QVERIFY2(climbing.first < 1200 && climbing.second > 1200, "within");
        QVERIFY(climbing.first > 1100 && climbing.second < 1260);
        const auto jumping =
            from(analysed(slowing(3600, 30, 49, [](double t) { return t < 1200 ? 0.002 : 0.4; })));
        QVERIFY(jumping.first > 1198 && jumping.second < 1202);
    }
    void wavesAreToldOneByOne() {
        const auto share = [](double t) {
            return t >= 400 && t < 1000 && std::fmod(t - 400, 200) < 60 ? 0.3 : 0.002;
        };
        const Analysis a = analysed(slowing(1800, 40, 50, share));
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(says(a, "came in 3 waves"));
        const Analysis one = analysed(
            slowing(1800, 40, 50, [](double t) { return t >= 400 && t < 1000 ? 0.3 : 0.002; }));
        QVERIFY(!says(one, "waves"));
    }
    /// In the evening fewer come by themselves.
    void aTrendIsNoLoss_data() {
        QTest::addColumn<double>("lost");
        QTest::newRow("trend alone") << 0.0;
        QTest::newRow("a third does not come") << 0.35;
    }
    void aTrendIsNoLoss() {
        QFETCH(const double, lost);
        Dice dice(52);
        Simulated b = slowing(14'400, 12, 53, [](double) { return 0.001; });
        std::erase_if(b.requests, [&](const SimRequest& r) {
            const bool during = r.at >= 7200 && r.at < 9000;
            return dice() < r.at / 20'000 || (during && dice() < lost);
        });
        for (SimRequest& r : b.requests)
            if (r.at >= 7200 && r.at < 9000 && dice() < 0.2) r.status = 503;
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QCOMPARE(a.incidents[0].impact.missing.has_value(), lost > 0);
    }
    /// Too weak beside all the rest to part the whole log by, and yet no chance.
    void aSingleRiseThatLastsIsAnIncident_data() {
        QTest::addColumn<double>("length");
        QTest::addColumn<int>("incidents");
        QTest::newRow("lasting") << 50.0 << 1;
        QTest::newRow("short") << 8.0 << 0;
    }
    void aSingleRiseThatLastsIsAnIncident() {
        QFETCH(const double, length);
        QFETCH(const int, incidents);
        const Analysis a = analysed(slowing(
            3600, 25, 47, [&](double t) { return t >= 400 && t < 400 + length ? 0.06 : 0.004; }));
        QCOMPARE(int(a.incidents.size()), incidents);
        if (incidents == 0) return;
        QVERIFY(off(a.incidents[0].impactStart, 400) < 5);
        QVERIFY(off(a.incidents[0].resolved, 450) < 5);
    }
    /// Slow from the first line to the last, but for two minutes: nobody can say that it is not
    /// always so. Failures are none of it, and neither is what somebody said is too slow.
    void whatIsAlwaysSlowIsNoIncident() {
        const auto share = [](double t) { return t >= 300 && t < 420 ? 0.002 : 0.3; };
        Simulated b = slowing(900, 40, 46, share);
        const Analysis usual = analysed(b);
        QVERIFY(usual.incidents.empty());
        QVERIFY(says(usual, "whether that is usual cannot be said"));
        const Analysis stated = analysed(b, {std::chrono::seconds(1)});
        QCOMPARE(stated.incidents.size(), 1U);
        QVERIFY(!says(stated, "whether that is usual cannot be said"));
        for (SimRequest& r : b.requests)
            if (r.took >= 2) r.took = 0.1, r.status = 503;
        QCOMPARE(analysed(b).incidents.size(), 1U);
    }
    /// One line with a wrong year would make every stretch of time months long.
    void aLoneWrongDateHidesNothing() {
        Dice dice(51);
        Simulated b;
        b.steady(0, 1800, 20, dice);
        for (SimRequest& r : b.requests)
            if (r.at >= 900 && r.at < 1200 && dice() < 0.4) r.status = 503;
        SimRequest stray = b.requests.front();
        stray.at = -2.5e8; // eight years before
        b.requests.insert(b.requests.begin(), stray);
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(off(a.incidents[0].impactStart, 900) < 2);
        QVERIFY(off(a.incidents[0].resolved, 1200) < 3);
        QVERIFY(says(a, "1 request more than a day from all others is left out"));
    }
    /// Errors that were usual for the last hour are no part of what came then, though the night
    /// was quieter.
    void whatWasUsualLatelyIsNoBeginning() {
        const Simulated b = slowing(9000, 100, 52, [](double t) {
            if (t >= 7200 && t < 7800) return 0.25;
            return t >= 4500 ? 0.009 : 0.001;
        });
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(off(a.incidents[0].impactStart, 7200) < 3);
        QVERIFY(off(a.incidents[0].resolved, 7802) < 5);
    }
    /// It began at some time while nothing was logged: the interval says so.
    void aHoleInTheLogIsNoOnset() {
        Simulated b =
            slowing(3600, 30, 53, [](double t) { return t >= 1800 && t < 2700 ? 0.4 : 0.001; });
        std::erase_if(b.requests, [](const SimRequest& r) { return r.at > 1500 && r.at < 2100; });
        const Analysis a = analysed(b);
        QVERIFY(!a.incidents.empty());
        const Incident& i = a.incidents.back();
        QVERIFY(off(i.impactStart, 2100) < 2);
        QVERIFY(i.impactStartInterval.from < Simulated::at(1800));
        QVERIFY(i.impactStartInterval.to >= i.impactStart);
    }
    /// A log that begins badly has nothing to compare with, and says so.
    void whatHasNoBeforeIsNotCompared() {
        const Simulated b = slowing(900, 40, 54, [](double t) { return t < 700 ? 0.4 : 0.001; });
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        for (const Finding& f : a.findings)
            QVERIFY2(f.statement.find("rose from") == std::string::npos, f.statement.c_str());
        for (const Cause& c : a.incidents[0].causes)
            QVERIFY2(c.statement.find("departed most") == std::string::npos, c.statement.c_str());
    }
};

QTEST_GUILESS_MAIN(TstOnset)
#include "tst_onset.moc"
