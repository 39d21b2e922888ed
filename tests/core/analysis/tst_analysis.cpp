// SPDX-License-Identifier: GPL-3.0-or-later
// Whole analyses of made-up bundles: what went wrong is known, and must be found.
#include "core/analysis/analysis.h"
#include "core/analysis/joinedcause.h"
#include "tests/core/analysis/simulated.h"

#include <QtTest>

using namespace postlude;
using namespace postlude::test;

namespace {

constexpr double kOnset = 120, kFix = 240, kEnd = 400;

Analysis analysed(const Simulated& bundle) {
    auto a = analyse(bundle, {}, {}, {});
    if (!a) qFatal("%s", a.error().what.c_str());
    return *a;
}

std::string configWith(int weight) {
    std::string text = "defaults\n  mode http\nbackend pool\n  balance roundrobin\n";
    for (int s = 1; s <= 4; ++s)
        text += "  server a" + std::to_string(s) + " 10.9.0." + std::to_string(s) + ":80 weight " +
                std::to_string(s == 2 ? weight : 10) + "\n";
    return text;
}

/// Within the incident, requests that `hit` chooses fail or are slow.
template <class Hit>
void spoil(Simulated& bundle, Hit&& hit) {
    for (SimRequest& r : bundle.requests)
        if (r.at >= kOnset && r.at < kFix) hit(r);
}

void addConfigChange(Simulated& bundle) {
    bundle.addSource("lb/haproxy.cfg.before", "lb", SourceRole::Config, configWith(10));
    bundle.addSource("lb/haproxy.cfg.after", "lb", SourceRole::Config, configWith(100));
}

SourceId addChanges(Simulated& bundle) {
    return bundle.addSource("changes/log", "", SourceRole::Changes);
}

/// Statements of the database every four seconds, `slower` times as long in the incident.
void addDatabase(Simulated& bundle, double slower, Dice& dice) {
    const SourceId db = bundle.addSource("db/pg.log", "db1", SourceRole::Database);
    for (double t = 1; t < kEnd; t += 4) {
        const double ms = 300 * (0.8 + 0.4 * dice()) * (t >= kOnset && t < kFix ? slower : 1);
        bundle.addRecord(db, RecordKind::Message, t,
                         "duration: " + std::to_string(ms) + " ms  statement: SELECT 1");
    }
}

bool has(const std::vector<Verdict>& verdicts, CauseKind kind) {
    return std::ranges::any_of(verdicts, [&](const Verdict& v) { return v.kind == kind; });
}

QString told(const Analysis& a) {
    QString out;
    for (const auto& i : a.incidents) {
        out += QString::fromStdString(toRfc3339(i.impactStart)) + "\n";
        for (const auto& c : i.causes)
            out += QString("%1 %2 %3\n")
                       .arg(QString::fromStdString(std::string(nameOf(c.kind))))
                       .arg(c.score)
                       .arg(QString::fromStdString(c.statement));
        for (const auto& v : i.ruledOut)
            out += "out: " + QString::fromStdString(v.statement) + "\n";
        for (const auto& v : i.undecided)
            out += "undecided: " + QString::fromStdString(v.statement) + "\n";
    }
    for (const auto& n : a.notes)
        out += QString::fromStdString(n) + "\n";
    return out;
}

/// 76 % to a2, whose requests fail or are slow; a clock ahead, one behind.
Simulated overloaded(bool wholeSeconds) {
    Dice dice(11);
    Simulated b;
    b.offset = {0, 0.4, 37.2, -2.3, -3600};
    b.wholeSeconds = wholeSeconds;
    b.steady(0, kEnd, 60, dice);
    spoil(b, [&](SimRequest& r) {
        if (dice() < 0.68) r.server = 2;
        if (r.server != 2) return;
        if (dice() < 0.25)
            r.status = 503;
        else
            r.took = 1.5 + dice();
    });
    addConfigChange(b);
    addDatabase(b, 1, dice);
    const SourceId changes = addChanges(b);
    b.addRecord(changes, RecordKind::Change, 60,
                "deploy svc=shop hosts=app1 by=ci change=\"feature flag on\" status=ok",
                TextField::Process, "shop");
    b.addRecord(changes, RecordKind::Change, kOnset - 1, "reload, warm up", TextField::Process,
                "haproxy");
    b.addRecord(changes, RecordKind::Change, kFix - 1, "reload, revert", TextField::Process,
                "haproxy");
    const SourceId alerts = b.addSource("alerts.json", "", SourceRole::Alerts);
    b.addRecord(alerts, RecordKind::Alert, kOnset + 15, "5xx", TextField::State, "firing");
    const SourceId chat = b.addSource("chat.json", "", SourceRole::Chat);
    b.addRecord(chat, RecordKind::Chat, kOnset + 30, "looking into it", TextField::User, "ann");
    b.addRecord(chat, RecordKind::Chat, kOnset + 50, "maybe the database?", TextField::User, "ann");
    b.addRecord(chat, RecordKind::Chat, kOnset + 90, "weight 100 on a2!", TextField::User, "bob");
    b.addRecord(chat, RecordKind::Chat, kFix + 30, "all back to normal", TextField::User, "ann");
    return b;
}

} // namespace

class TstAnalysis : public QObject {
    Q_OBJECT
private slots:
    void quietStaysQuiet_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 7; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void quietStaysQuiet() {
        QFETCH(int, seed);
        Dice dice{std::uint32_t(seed)};
        Simulated b;
        b.steady(0, 300, 10 + 10 * seed, dice);
        b.steady(100, 130, 40, dice); // a rush
        for (SimRequest& r : b.requests) {
            if (r.at >= 150 && r.at < 170 && dice() < 0.5) r.status = 404;   // a crawler
            if (dice() < 0.002) r.took = 1.2;                                // the odd slow one
            if (r.at >= 200 && r.at < 201.5 && dice() < 0.1) r.status = 502; // a server restarts
        }
        const Analysis a = analysed(b);
        QVERIFY2(a.incidents.empty(), qPrintable(told(a)));
        QCOMPARE(a.findings.front().title, std::string("Quiet"));
    }
    void weightsAreFound_data() {
        QTest::addColumn<bool>("wholeSeconds");
        QTest::newRow("millisecond stamps") << false;
        QTest::newRow("stamps of whole seconds") << true;
    }
    void weightsAreFound() {
        QFETCH(bool, wholeSeconds);
        const Simulated b = overloaded(wholeSeconds);
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        const Incident& i = a.incidents[0];
        QVERIFY2(std::abs(seconds(i.impactStart - Simulated::at(kOnset))) < 1, qPrintable(told(a)));
        QVERIFY(i.resolved && std::abs(seconds(*i.resolved - Simulated::at(kFix + 2))) < 2);
        QCOMPARE(i.causes[0].kind, CauseKind::LbWeights);
        QCOMPARE(i.causes[0].culprit, std::string("pool/a2"));
        QVERIFY(i.causes[0].change.find("weight 10 → server a2 10.9.0.2:80 weight 100") !=
                std::string::npos);
        QVERIFY(i.causes[0].score > 0.9);
        QVERIFY(std::ranges::find(i.causes[0].evidence,
                                  Evidence{"lb/haproxy.cfg.after", 6, 6, {}, {}}) !=
                i.causes[0].evidence.end());
        QCOMPARE(i.worstServer, std::string("pool/a2"));
        for (const CauseKind kind :
             {CauseKind::Database, CauseKind::ClientFlood, CauseKind::Deploy})
            QVERIFY2(has(i.ruledOut, kind), qPrintable(told(a)));
        // In words: the line itself is the evidence.
        QVERIFY2(told(a).contains("Deploy of shop on app1 by ci: “feature flag on” at"),
                 qPrintable(told(a)));
        QVERIFY(!told(a).contains("svc="));
        QVERIFY(has(i.undecided, CauseKind::Network)); // no connect times here
        checkCounts(b, i);
        checkStory(i);
        checkClocks(a, wholeSeconds);
        checkShares(a);
    }
    void oneServerDeployed() {
        Dice dice(5);
        Simulated b;
        b.steady(0, kEnd, 60, dice);
        spoil(b, [&](SimRequest& r) {
            if (r.server == 3 && dice() < 0.7) r.status = 500;
        });
        const SourceId changes = addChanges(b);
        b.addRecord(changes, RecordKind::Change, kOnset - 5, "release 2.0 to app3",
                    TextField::Process, "shop");
        b.addRecord(changes, RecordKind::Change, kFix - 1, "rollback of release 2.0 on app3",
                    TextField::Process, "shop");
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        const Incident& i = a.incidents[0];
        QVERIFY2(i.causes[0].kind == CauseKind::Deploy, qPrintable(told(a)));
        QCOMPARE(i.causes[0].culprit, std::string("app3"));
        QVERIFY(!has(i.ruledOut, CauseKind::Deploy) && has(i.ruledOut, CauseKind::ClientFlood));
        QVERIFY(i.mitigated == Simulated::at(kFix - 1));
    }
    void twoFaultsAreToldAsTwo_data() {
        QTest::addColumn<double>("joins");
        QTest::newRow("while the first lasts") << 180.0;
        QTest::newRow("soon after it was mended") << 275.0;
    }
    void twoFaultsAreToldAsTwo() {
        QFETCH(double, joins);
        Dice dice(21);
        Simulated b;
        b.steady(0, 500, 60, dice);
        spoil(b, [&](SimRequest& r) {
            if (dice() < 0.68) r.server = 2;
            if (r.server == 2 && dice() < 0.3) r.took = 1.5 + dice();
        });
        for (SimRequest& r : b.requests)
            if (r.at >= joins && r.at < joins + 90 && dice() < 0.6) r.status = 500;
        addConfigChange(b);
        const SourceId changes = addChanges(b);
        b.addRecord(changes, RecordKind::Change, kOnset - 1, "reload, warm up", TextField::Process,
                    "haproxy");
        b.addRecord(changes, RecordKind::Change, joins - 1, "release 2.0 to app1..4",
                    TextField::Process, "shop");
        b.addRecord(changes, RecordKind::Change, joins + 90, "rollback of release 2.0, app1..4",
                    TextField::Process, "shop");
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        const Incident& i = a.incidents[0];
        QVERIFY2(i.causes.size() >= 2 && i.causes[0].kind == CauseKind::LbWeights,
                 qPrintable(told(a)));
        QVERIFY2(i.causes[1].kind == CauseKind::Deploy && hasJoined(i.causes[1]),
                 qPrintable(told(a)));
        QVERIFY(!hasJoined(i.causes[0]));
        QVERIFY(i.causes[1].at == Simulated::at(joins - 1));
        // It has its place in the story, and is not ruled out in the same breath.
        QVERIFY(!has(i.ruledOut, CauseKind::Deploy));
        QVERIFY(std::ranges::any_of(i.story, [&](const StoryEntry& e) {
            return e.kind == EntryKind::Trigger && e.time == Simulated::at(joins - 1);
        }));
    }
    void commitsTellWhereSnapshotsAreMissing() {
        Dice dice(4);
        Simulated b;
        b.steady(0, kEnd, 60, dice);
        spoil(b, [&](SimRequest& r) {
            if (dice() < 0.68) r.server = 2;
            if (r.server == 2) r.took = 2 + dice();
        });
        const SourceId git = b.addSource("git.txt", "", SourceRole::Changes);
        const auto commit = [&](double when, const char* from, const char* to) {
            b.addRecord(git, RecordKind::Change, when,
                        std::string("commit 1\n    lb\n\n--- a/haproxy.cfg\n+++ b/haproxy.cfg\n@@ "
                                    "-1 +1 @@\n-  server a2 "
                                    "10.9.0.2:80 weight ") +
                            from + "\n+  server a2 10.9.0.2:80 weight " + to);
        };
        commit(10, "10", "100");
        commit(kFix - 20, "100", "10");
        const SourceId changes = addChanges(b);
        b.addRecord(changes, RecordKind::Change, kOnset - 1, "reload", TextField::Process,
                    "haproxy");
        b.addRecord(changes, RecordKind::Change, kFix, "reload", TextField::Process, "haproxy");
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        const Cause& c = a.incidents[0].causes[0];
        QVERIFY2(c.kind == CauseKind::LbWeights, qPrintable(told(a)));
        QCOMPARE(c.culprit, std::string("a2"));
        QCOMPARE(c.evidence[1].source, std::string("git.txt"));
        QCOMPARE(c.evidence[1].firstLine, 8U);
        QVERIFY(c.at == Simulated::at(kOnset - 1) &&
                a.incidents[0].mitigated == Simulated::at(kFix));
    }
    void slowDatabase() {
        Dice dice(6);
        Simulated b;
        b.steady(0, kEnd, 60, dice);
        spoil(b, [&](SimRequest& r) {
            if (dice() < 0.6) r.took = 1.2 + dice();
        });
        addDatabase(b, 8, dice);
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY2(a.incidents[0].causes[0].kind == CauseKind::Database, qPrintable(told(a)));
        QCOMPARE(a.incidents[0].causes[0].culprit, std::string("db1"));
        QVERIFY(!has(a.incidents[0].ruledOut, CauseKind::Database));
        QVERIFY(a.incidents[0].worstServer.empty());
    }
    void floodOfClients() {
        Dice dice(7);
        Simulated b;
        b.steady(0, kEnd, 40, dice);
        for (double t = kOnset; t < kFix; t += 0.005) {
            SimRequest r;
            r.at = t;
            r.took = 0.5 + dice();
            r.client = "203." + std::to_string(int(dice() * 200)) + "." +
                       std::to_string(int(dice() * 200)) + ".7";
            r.path = "/search?q=x";
            r.server = 1 + int(dice() * 4);
            r.status = dice() < 0.3 ? 503 : 200;
            b.requests.push_back(r);
        }
        std::ranges::sort(b.requests, {}, &SimRequest::at);
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY2(a.incidents[0].causes[0].kind == CauseKind::ClientFlood, qPrintable(told(a)));
        QCOMPARE(a.incidents[0].causes[0].culprit, std::string("/search"));
    }
    void withoutAnyLeadItSaysSo() {
        Dice dice(8);
        Simulated b;
        b.steady(0, kEnd, 60, dice);
        spoil(b, [&](SimRequest& r) {
            if (dice() < 0.3) r.status = 500;
        });
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QCOMPARE(a.incidents[0].causes[0].kind, CauseKind::Unknown);
        QVERIFY(!a.incidents[0].trigger && !a.incidents[0].detected);
    }
    /// Only the balancer's timers tell: a2 alone takes long to answer, and everything else is well.
    void aLoneSlowServerIsNamedByTheTimers_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("named");
        QTest::newRow("it alone is slow") << "" << true;
        QTest::newRow("the way to it is slow") << "connect" << false;
        QTest::newRow("it gets more requests") << "more" << false;
        QTest::newRow("all are slow") << "all" << false;
        QTest::newRow("no timers") << "none" << false;
    }
    void aLoneSlowServerIsNamedByTheTimers() {
        QFETCH(QString, what);
        QFETCH(bool, named);
        Dice dice(51);
        Simulated b;
        b.timers = what != "none";
        b.steady(0, kEnd, 60, dice);
        spoil(b, [&](SimRequest& r) {
            if (what == "more" && dice() < 0.4) r.server = 2;
            if (r.server != 2 && what != "all") return;
            r.took += 2;
            if (what == "connect") r.connect += 2;
        });
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        const Cause& first = a.incidents[0].causes[0];
        const bool lone = first.statement.contains("neither the network nor the load");
        QVERIFY2(lone == named, qPrintable(told(a)));
        if (!named) return;
        QCOMPARE(first.kind, CauseKind::HostResource);
        QVERIFY(first.statement.contains("2 itself: it took 2"));
    }
    void wavesAreOneIncidentAndLateOnesAnother() {
        Dice dice(9);
        Simulated b;
        b.steady(0, 1200, 40, dice);
        for (SimRequest& r : b.requests) {
            const bool wave = r.at >= 100 && r.at < 350 && std::fmod(r.at, 60) < 40;
            const bool again = r.at >= 800 && r.at < 900;
            if ((wave || again) && dice() < 0.3) r.status = 503;
        }
        const Analysis a = analysed(b);
        QVERIFY2(a.incidents.size() == 2, qPrintable(told(a)));
        QVERIFY(a.incidents[0].resolved < Simulated::at(360));
        QVERIFY(std::abs(seconds(a.incidents[1].impactStart - Simulated::at(800))) < 2);
    }
    /// What was mended before is compared with nothing: the second has a time before of its own.
    void theSecondIncidentHasItsOwnCause() {
        Dice dice(31);
        Simulated b;
        b.steady(0, 1400, 40, dice);
        for (SimRequest& r : b.requests) {
            if (r.at >= 120 && r.at < 240 && dice() < 0.6) r.server = 2; // weights, taken back
            if (r.at >= 120 && r.at < 240 && r.server == 2) r.took = 1.5 + dice();
            if (r.at >= 900 && r.at < 1050) r.took += 1.2; // the database
        }
        addConfigChange(b);
        b.addSource("lb/haproxy.cfg.mended", "lb", SourceRole::Config, configWith(10));
        const SourceId changes = addChanges(b);
        b.addRecord(changes, RecordKind::Change, 119, "reload, warm up", TextField::Process,
                    "haproxy");
        b.addRecord(changes, RecordKind::Change, 239, "reload, revert", TextField::Process,
                    "haproxy");
        const SourceId db = b.addSource("db/pg.log", "db1", SourceRole::Database);
        for (double t = 1; t < 1400; t += 4) {
            const double ms = 300 * (0.8 + 0.4 * dice()) * (t >= 900 && t < 1050 ? 5 : 1);
            b.addRecord(db, RecordKind::Message, t,
                        "duration: " + std::to_string(ms) + " ms  statement: SELECT 1");
        }
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 2U);
        QVERIFY2(a.incidents[0].causes[0].kind == CauseKind::LbWeights, qPrintable(told(a)));
        QVERIFY2(a.incidents[1].causes[0].kind == CauseKind::Database, qPrintable(told(a)));
    }
    void wavesOfSecondsAreOneIncident() {
        Dice dice(31);
        Simulated b;
        b.steady(0, 900, 60, dice);
        const auto inWave = [](double t) { return t > 300 && t < 600 && std::fmod(t, 60) < 5; };
        for (SimRequest& r : b.requests)
            if (inWave(r.at) && r.server == 2) r.took = 2;
        const Analysis a = analysed(b);
        QVERIFY2(a.incidents.size() == 1, qPrintable(told(a)));
        QVERIFY(std::abs(seconds(a.incidents[0].impactStart - Simulated::at(300))) < 1);
        QVERIFY(std::abs(seconds(*a.incidents[0].resolved - Simulated::at(546.9))) < 1.5);
    }
    void oneWaveOfSecondsIsNone() {
        Dice dice(32);
        Simulated b;
        b.steady(0, 900, 60, dice);
        for (SimRequest& r : b.requests)
            if (r.at > 300 && r.at < 305 && r.server == 2) r.took = 2;
        QVERIFY(analysed(b).incidents.empty());
    }
    void slowRiseBeginsWhereItBegins() {
        Dice dice(33);
        Simulated b;
        b.steady(0, 600, 100, dice);
        for (SimRequest& r : b.requests)
            if (r.at > 200 && r.at < 400 && dice() < std::min(1.0, (r.at - 200) / 60)) r.took = 2;
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        const double late = seconds(a.incidents[0].impactStart - Simulated::at(200));
        QVERIFY2(late > -0.5 && late < 6, qPrintable(QString::number(late)));
    }
    void endingInTheMiddleIsNotResolved() {
        Dice dice(10);
        Simulated b;
        b.steady(0, 200, 40, dice);
        for (SimRequest& r : b.requests)
            if (r.at >= 120 && dice() < 0.3) r.status = 503;
        const Analysis a = analysed(b);
        QCOMPARE(a.incidents.size(), 1U);
        QVERIFY(!a.incidents[0].resolved);
        QCOMPARE(a.findings.back().title, std::string("Not recovered"));
    }
    void sameCaseSameResult() {
        const Analysis a = analysed(overloaded(false)), b = analysed(overloaded(false));
        QCOMPARE(toJson(a, {}), toJson(b, {}));
    }
    void emptyAndHostile() {
        Simulated none;
        QVERIFY(analysed(none).incidents.empty());
        Simulated b;
        for (int i = 0; i < 100; ++i)
            b.requests.push_back({i * 1e6, 5e5, "", "\xff\n", i % 3, i % 2 ? 503 : -1});
        b.addSource("x.cfg", "", SourceRole::Config, "backend \"x\n");
        QVERIFY(!toJson(analysed(b), {}).empty());
    }

private:
    static void checkCounts(const Simulated& b, const Incident& i) {
        std::uint64_t requests = 0, failed = 0;
        for (const SimRequest& r : b.requests) {
            const Instant t = Simulated::at(r.at);
            if (t < i.impactStart || t >= *i.resolved) continue;
            ++requests;
            failed += r.status >= 500 ? 1 : 0;
        }
        QVERIFY(std::abs(double(requests) - double(i.impact.requests)) <= 1);
        QVERIFY(std::abs(double(failed) - double(i.impact.failed)) <= 1);
        QCOMPARE(i.impact.services.size(), 1U);
        QCOMPARE(i.impact.services[0].name, std::string("/api"));
    }
    static void checkStory(const Incident& i) {
        QVERIFY(i.trigger == Simulated::at(kOnset - 1) && i.detected == Simulated::at(kOnset + 15));
        QVERIFY(i.acknowledged == Simulated::at(kOnset + 30) &&
                i.identified == Simulated::at(kOnset + 90));
        QVERIFY(i.mitigated == Simulated::at(kFix - 1));
        QVERIFY(std::ranges::is_sorted(i.story, {}, &StoryEntry::time));
        const auto kinds = [&](EntryKind k) {
            return std::ranges::count(i.story, k, &StoryEntry::kind);
        };
        QCOMPARE(kinds(EntryKind::MisleadingPath), 1);
        QCOMPARE(kinds(EntryKind::Verification), 1);
        QCOMPARE(kinds(EntryKind::Trigger), 1);
        QCOMPARE(kinds(EntryKind::LeadUp), 1);
    }
    static void checkClocks(const Analysis& a, bool wholeSeconds) {
        const std::map<std::string, double> truth{
            {"app1", 0.4}, {"app2", 37.2}, {"app3", -2.3}, {"app4", -3600}};
        for (const HostClock& h : a.hosts) {
            const auto t = truth.find(h.host);
            if (t == truth.end()) continue;
            QVERIFY2(h.offset.has_value(), h.host.c_str());
            const double off = std::abs(seconds(*h.offset) - t->second);
            QVERIFY2(off <= (wholeSeconds ? 0.15 : 0.02),
                     qPrintable(QString("%1 %2").arg(h.host.c_str()).arg(off)));
            QVERIFY(off <= seconds(h.uncertainty) + 0.02);
            QCOMPARE(h.server, "a" + h.host.substr(3));
        }
        const auto db = std::ranges::find(a.hosts, std::string("db1"), &HostClock::host);
        QVERIFY(db != a.hosts.end() && !db->offset);
    }
    static void checkShares(const Analysis& a) {
        QCOMPARE(a.servers.size(), 4U);
        const auto s = std::ranges::find(a.servers, std::string("a2"),
                                         [](const auto& r) { return r.key.server; });
        QCOMPARE(s->host, std::string("app2"));
        QVERIFY(std::abs(s->before.share - 0.25) < 0.03 && std::abs(s->during.share - 0.76) < 0.03);
        QCOMPARE(s->weightDuring, std::optional<double>(100));
        QVERIFY(std::abs(*s->expectedShareDuring - 100.0 / 130) < 1e-9);
        QVERIFY(*s->during.p95Ms > 1000 && *s->before.p95Ms < 300);
    }
    /// More statements than are read: the rate is that of all, and nothing has changed.
    void aBusyDatabaseThatDidNotChangeIsNoCause() {
        Dice dice(63);
        Simulated b;
        b.steady(0, 3000, 40, dice);
        for (SimRequest& r : b.requests)
            if (r.at >= 2600 && r.at < 2800 && dice() < 0.3) r.status = 503;
        const SourceId db = b.addSource("db/pg.log", "db1", SourceRole::Database);
        for (double t = 0; t < 3000; t += 0.04)
            b.addRecord(db, RecordKind::Message, t,
                        "duration: " + std::to_string(5 + 5 * dice()) + " ms  statement: SELECT 1");
        const auto a = analyse(b, {}, {}, {});
        QVERIFY(a.has_value());
        QCOMPARE(a->incidents.size(), 1U);
        const Incident& i = a->incidents[0];
        QVERIFY2(has(i.ruledOut, CauseKind::Database), qPrintable(told(*a)));
        const auto verdict = std::ranges::find(i.ruledOut, CauseKind::Database, &Verdict::kind);
        QVERIFY2(verdict->statement.find("1500.0 → 1500.0 a minute") != std::string::npos,
                 verdict->statement.c_str());
    }
};

QTEST_GUILESS_MAIN(TstAnalysis)
#include "tst_analysis.moc"
