// SPDX-License-Identifier: GPL-3.0-or-later
// The draft from an analysis, claims against it, and what is still to mend.
#include "core/postmortem/marks.h"
#include "core/postmortem/moments.h"
#include "core/postmortem/postmortem.h"
#include "core/postmortem/wording.h"

#include <QtTest>
#include <algorithm>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

Instant at(const char* text) {
    return *fromRfc3339(text);
}

Incident weightsIncident() {
    Incident i;
    i.impactStart = at("2024-01-15T09:59:17.434Z");
    i.impactStartInterval = {i.impactStart - 1s, i.impactStart + 1s};
    i.trigger = at("2024-01-15T09:59:16.011Z");
    i.detected = at("2024-01-15T09:59:35.062Z");
    i.mitigated = at("2024-01-15T10:02:08.012Z");
    i.resolved = at("2024-01-15T10:02:11.530Z");
    i.impact = {10318, 1944, 5774, 900, 759, 1940, {{"checkout", 812, 0.2}, {"static", 99, 0}}};
    i.worstServer = "web/web-02";
    Cause c;
    c.kind = CauseKind::LbWeights;
    c.culprit = "lb/haproxy.cfg.after:24";
    c.change = "weight 10 → weight 100";
    c.at = i.trigger;
    c.score = 0.9;
    c.statement = "A reload gave web-02 ten times its weight";
    i.causes = {c};
    i.ruledOut = {{CauseKind::Database,
                   "database p95 3.1 → 3.2 ms over 41 208 queries: unchanged",
                   {{"db/postgresql.log", 1, 166, "", {}}}}};
    i.story = {{*i.trigger,
                EntryKind::Trigger,
                "haproxy reloaded",
                {{"changes/deploys.log", 4, 4, "", {}}}},
               {*i.mitigated,
                EntryKind::Mitigation,
                "haproxy rolled back",
                {{"changes/deploys.log", 5, 5, "", {}}}}};
    return i;
}

Analysis analysis() {
    Analysis a;
    a.span = {at("2024-01-15T09:57:40Z"), at("2024-01-15T10:03:50Z")};
    ServerReport s;
    s.key = {"web", "web-02"};
    s.before = {1388, 0, 0.25, 140, 345, 400};
    s.during = {7100, 1900, 0.7, 2000, 2707, 3000};
    s.after = {1391, 0, 0.25, 140, 333, 400};
    s.expectedShareBefore = 0.25;
    a.servers = {s};
    a.incidents = {weightsIncident()};
    return a;
}

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

std::string all(const std::vector<std::string>& texts) {
    std::string joined;
    for (const std::string& t : texts)
        joined += t + "\n";
    return joined;
}

std::vector<std::string> faultsIn(const Postmortem& d) {
    std::vector<std::string> list;
    for (const Fault& f : faultsOf(d))
        list.push_back(f.part + ": " + f.what);
    return list;
}

} // namespace

class TstDraft : public QObject {
    Q_OBJECT
private slots:
    void nearlyAllIsNotAll() {
        QCOMPARE(percentText(1), "100 %");
        QCOMPARE(percentText(0.9999996), "99.999 %");
        QCOMPARE(percentText(0.9996), "99.960 %");
    }

    void instantsInSentencesAreInTheZone() {
        const Zone berlin = *Zone::named("Europe/Berlin");
        QCOMPARE(momentsIn("Taken back at 2024-01-15T10:02:11Z; “at 2024-01-15T10:02:11Z” it said, "
                           "x2024-01-15T10:02:11Z",
                           berlin, false),
                 "Taken back at 11:02:11 Europe/Berlin; “at 2024-01-15T10:02:11Z” it said, "
                 "x2024-01-15T10:02:11Z");
        QCOMPARE(momentsIn("2024-01-15T10:02:11.434Z.", Zone::utc(), true),
                 "2024-01-15 10:02:11 UTC.");
        QCOMPARE(momentsIn("“never closed 2024-01-15T10:02:11Z", berlin, false),
                 "“never closed 2024-01-15T10:02:11Z");
        Analysis told = analysis();
        told.incidents.front().causes.front().statement = "Taken back at 2024-01-15T10:02:11Z.";
        const Postmortem d = draftPostmortem(told, {}, "x");
        QVERIFY2(d.summary.rootCause.find("T10:02:11Z") == std::string::npos,
                 d.summary.rootCause.c_str());
    }

    void summaryHasTheNumbers() {
        const Postmortem d = draftPostmortem(analysis(), {}, "Traffic Tango");
        QCOMPARE(d.title, std::string("Postmortem: Traffic Tango"));
        QCOMPARE(durationText(d), std::string("2024-01-15 09:59:17 – 10:02:11 UTC (2 min 54 s)"));
        QCOMPARE(d.summary.affectedShare, std::string("84.3 % of clients"));
        QCOMPARE(d.summary.failedShare, std::string("18.8 % of requests"));
        QVERIFY(contains(d.summary.impact, "1\u202F944 of 10\u202F318 requests failed (18.8 %)"));
        QVERIFY(contains(d.summary.impact, "759 of 900 clients (84.3 %) were affected."));
        QCOMPARE(withoutMarks(d.summary.trigger),
                 std::string("At 09:59:16 UTC: haproxy reloaded."));
        QCOMPARE(withoutMarks(d.summary.rootCause),
                 std::string("A reload gave web-02 ten times its weight."));
        QVERIFY(contains(d.summary.resolution, "10:02:11 UTC, 2 min 54 s after the impact began."));
        QCOMPARE(d.services, std::vector<std::string>{"checkout"});
    }

    /// What is drafted leads to what shows it, and to nothing else.
    void sentencesLeadToTheirEvidence() {
        Analysis a = analysis();
        a.incidents.front().causes.front().evidence = {{"lb/haproxy.cfg", 30, 31, "", {}},
                                                       {"changes/deploys.log", 3, 3, "", {}}};
        const Postmortem d = draftPostmortem(a, {}, "x");
        const auto behind = [&](const std::string& text) {
            std::vector<Evidence> all;
            for (const Mark& mark : marksIn(text))
                all.push_back(*evidenceOf(d, mark.label));
            return all;
        };
        const Incident& i = a.incidents.front();
        QVERIFY(behind(d.summary.rootCause) == i.causes.front().evidence);
        QVERIFY(behind(d.rootCause.front()) == i.causes.front().evidence);
        const std::vector<Evidence> impact = behind(d.summary.impact);
        QCOMPARE(impact.size(), std::size_t(1));
        QCOMPARE(impact[0].chart, std::string("errors"));
        QVERIFY(behind(d.summary.resolution).back() == impact[0]);
        for (const auto* asked : {&d.wentWell, &d.wentWrong, &d.gotLucky, &d.improvements})
            for (const std::string& text : *asked)
                QVERIFY2(marksIn(text).empty(), text.c_str());
        for (const Fault& fault : faultsOf(d))
            QVERIFY2(fault.what.find("leads to no evidence") == std::string::npos,
                     fault.what.c_str());
    }

    /// Clocks of hosts are no finer; the sentence beside it says seconds.
    void timesAreToTheMillisecond() {
        Analysis a = analysis();
        Incident& i = a.incidents[0];
        i.impactStart += std::chrono::nanoseconds{123'456};
        i.story.front().time += std::chrono::nanoseconds{7};
        const Postmortem d = draftPostmortem(a, {}, "");
        constexpr std::chrono::milliseconds finest{1};
        QVERIFY(d.summary.start->time_since_epoch() % finest == Duration::zero());
        for (const TimelineEntry& entry : d.timeline)
            QVERIFY(!entry.time || entry.time->time_since_epoch() % finest == Duration::zero());
    }

    /// Whatever is measured from the start is as unsure as that is.
    void lengthsTellHowSureTheyAre() {
        Analysis a = analysis();
        Incident& i = a.incidents.at(0);
        i.impactStartInterval = {i.impactStart - std::chrono::seconds(12), i.impactStart};
        const auto text = all(draftPostmortem(a, {}, "x").resolution);
        QVERIFY(contains(text, "The impact start is known to ± 12 s, and so are these."));
        i.impactStartInterval = {i.impactStart, i.impactStart};
        QVERIFY(!contains(all(draftPostmortem(a, {}, "x").resolution), "known to"));
    }
    void bodyTellsCauseAndWhatItWasNot() {
        const Postmortem d = draftPostmortem(analysis(), {}, "x");
        const std::string cause = all(d.rootCause);
        QVERIFY(contains(cause, "web-02 took 25.0 % of the traffic before, 70.0 % during"));
        // Why not stands once, beside its evidence.
        QVERIFY(contains(d.timeline.back().text, "Ruled out: database p95"));
        QVERIFY(contains(cause, "end of the timeline: Database."));
        QVERIFY(!contains(cause, "database p95"));
        QVERIFY(contains(cause, "Contributing factor: ["));
        QVERIFY(contains(all(d.resolution), "Time to detect (detected minus impact start): 18 s."));
        QVERIFY(std::ranges::is_sorted(d.timeline.begin(), d.timeline.end() - 1, {},
                                       &TimelineEntry::time));
        std::vector<EntryKind> kinds;
        for (const TimelineEntry& e : d.timeline)
            kinds.push_back(e.kind);
        QCOMPARE(kinds, (std::vector{EntryKind::Trigger, EntryKind::ImpactStart,
                                     EntryKind::Detection, EntryKind::Mitigation,
                                     EntryKind::Resolution, EntryKind::MisleadingPath}));
        for (const char* type : {"prevent", "detect", "mitigate"})
            QVERIFY(std::ranges::count(d.tasks, type, &Task::type) == 1);
        QVERIFY(std::ranges::all_of(
            d.tasks, [](const Task& t) { return t.owner.empty() && t.due.empty(); }));
    }

    /// The span of the logs ends behind their last line, by a nanosecond.
    void windowsOfChartsAreToTheMillisecond() {
        Analysis a = analysis();
        a.incidents[0].story.clear();
        a.incidents[0].resolved.reset();
        a.span.to = at("2024-01-15T10:03:50.038000001Z");
        bool found = false;
        for (const TimelineEntry& entry : draftPostmortem(a, {}, "").timeline)
            for (const Evidence& e : entry.evidence) {
                if (e.chart.empty()) continue;
                found = true;
                QCOMPARE(e.window.to, at("2024-01-15T10:03:50.038Z"));
            }
        QVERIFY(found);
    }

    /// Among causes they would be read as such.
    void howItWasCountedStandsBesideTheNumbers() {
        Analysis a = analysis();
        a.notes = {"37 requests are left out: monitors and health checks"};
        const Postmortem d = draftPostmortem(a, {}, "x");
        QVERIFY(!contains(all(d.rootCause), "left out"));
        QCOMPARE(d.summary.other,
                 (std::vector<std::string>{"Note: 37 requests are left out: monitors and health "
                                           "checks."}));
    }

    /// What is written in a configuration is evidence, no sentence.
    void changedLinesStandBehindTheTriggerAndNotInIt() {
        Analysis a = analysis();
        Incident& i = a.incidents[0];
        Cause& c = i.causes.at(0);
        c.at = i.story.at(0).time;
        c.change = "server web-02 weight 10 → server web-02 weight 100";
        c.evidence = {{"lb/haproxy.cfg", 30, 30, "", {}}};
        i.story[0].kind = EntryKind::Trigger;
        const Postmortem d = draftPostmortem(a, {}, "x");
        QVERIFY2(d.summary.trigger.find(i.story[0].statement) != std::string::npos,
                 d.summary.trigger.c_str());
        QVERIFY(!contains(d.summary.trigger, "→"));
        QVERIFY(!contains(all(d.rootCause), "→"));
        const auto trigger =
            std::ranges::find(d.timeline, EntryKind::Trigger, &TimelineEntry::kind);
        QVERIFY(std::ranges::find(trigger->evidence, c.evidence[0]) != trigger->evidence.end());
    }

    void allIsSaidAsAll() {
        Analysis a = analysis();
        Impact& i = a.incidents[0].impact;
        i.failed = i.requests = 8978;
        i.slow = 0;
        i.clients = i.clientsAffected = 650;
        const std::string impact = draftPostmortem(a, {}, "x").summary.impact;
        QVERIFY2(contains(impact, "All 8\u202F978 requests failed."), impact.c_str());
        QVERIFY2(contains(impact, "All 650 clients were affected."), impact.c_str());
    }

    /// A handful of requests for something that nobody serves is no service that failed.
    void onlyWhatWasAskedForIsToldByPath() {
        Analysis a = analysis();
        a.incidents[0].impact.services = {{"/shop", 9000, 0.2}, {"/wp-login.php", 36, 1.0}};
        const std::string impact = draftPostmortem(a, {}, "x").summary.impact;
        QVERIFY2(contains(impact, "by the first part of the path: /shop (20.0 %"), impact.c_str());
        QVERIFY(!contains(impact, "wp-login"));
    }

    void whatIsNotKnownIsAsked() {
        Analysis a = analysis();
        Incident& i = a.incidents[0];
        i.causes.clear();
        i.resolved.reset();
        i.detected.reset();
        i.story.clear();
        i.trigger.reset();
        const Postmortem d = draftPostmortem(a, {}, "");
        QVERIFY(contains(d.title, "?]"));
        QVERIFY(contains(d.summary.rootCause, "?]"));
        QVERIFY(contains(d.summary.trigger, "?]"));
        QVERIFY(contains(d.summary.resolution, "[When did it end?]"));
        QVERIFY(!d.summary.end);
        QVERIFY(
            contains(draftPostmortem(Analysis{}, {}, "x").summary.impact, "No incident was found"));
    }

    void sharesAgree_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("state"); // against 18.84 %: 1 944 of 10 318
        const int agrees = 0, differs = 1, noData = 2;
        QTest::newRow("exact") << "18.8 % of requests" << agrees;
        QTest::newRow("comma") << "18,8%" << agrees;
        QTest::newRow("whole") << "19 %" << agrees;
        QTest::newRow("finer than whole") << "18.4 percent" << differs;
        QTest::newRow("a digit off") << "18.9 %" << differs;
        QTest::newRow("another whole") << "18 %" << differs;
        QTest::newRow("wrong") << "12 %" << differs;
        QTest::newRow("about") << "about 20% of all requests" << agrees;
        QTest::newRow("tilde") << "~ 17 %" << agrees;
        QTest::newRow("about, wrong") << "approximately 25 %" << differs;
        QTest::newRow("range") << "10–20 %" << agrees;
        QTest::newRow("range with signs") << "15% to 18%" << differs;
        QTest::newRow("fraction") << "1 944 of 10 318 requests" << agrees;
        QTest::newRow("grouped") << "1\u202F944 of 10\u202F318" << agrees;
        QTest::newRow("percent first") << "1 of 2 (18.8 %)" << agrees;
        QTest::newRow("all") << "all of them" << differs;
        QTest::newRow("words only") << "a lot" << noData;
        QTest::newRow("nothing") << "" << noData;
        QTest::newRow("no division by nothing") << "0 of 0" << noData;
        QTest::newRow("endless") << QString(100000, '9').append('%') << noData;
    }
    void sharesAgree() {
        QFETCH(QString, typed);
        QFETCH(int, state);
        Postmortem d;
        d.summary.failedShare = typed.toStdString();
        const ClaimCheck check = checkFailed(d, analysis());
        QCOMPARE(int(check.state), state);
        QCOMPARE(check.logs, std::string("18.8 % of requests"));
    }

    void timesAgree_data() {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<int>("state"); // impact start 09:59:17.434 ± 1 s
        QTest::newRow("exact") << QByteArray("2024-01-15T09:59:17Z") << 0;
        QTest::newRow("interval and two seconds") << QByteArray("2024-01-15T09:59:20.4Z") << 0;
        QTest::newRow("beyond") << QByteArray("2024-01-15T09:59:21Z") << 1;
        QTest::newRow("minute") << QByteArray("2024-01-15T10:00:00Z") << 0;
        QTest::newRow("wrong minute") << QByteArray("2024-01-15T10:01:00Z") << 1;
    }
    void timesAgree() {
        QFETCH(QByteArray, start);
        QFETCH(int, state);
        Postmortem d;
        d.summary.zone = "+02:00";
        QCOMPARE(int(checkStart(d, analysis()).state), int(ClaimCheck::State::NoData));
        d.summary.start = at(start.constData());
        const ClaimCheck check = checkStart(d, analysis());
        QCOMPARE(int(check.state), state);
        QCOMPARE(check.logs, std::string("2024-01-15 11:59:17 UTC+02:00"));
    }

    void ofSeveralIncidentsTheOneMeantIsChecked() {
        Analysis a = analysis();
        Incident later = weightsIncident();
        later.impactStart += 24h;
        later.impactStartInterval = {};
        later.resolved = *later.resolved + 24h;
        later.impact.clientsAffected = 90;
        a.incidents.push_back(later);
        Postmortem d;
        d.summary.start = later.impactStart;
        d.summary.end = *later.resolved + 1s;
        d.summary.affectedShare = "10 %";
        QCOMPARE(int(checkStart(d, a).state), 0);
        QCOMPARE(int(checkEnd(d, a).state), 0);
        QCOMPARE(int(checkAffected(d, a).state), 0);
        QCOMPARE(checkEnd(d, Analysis{}).logs, std::string());
    }

    void faultsSayWhatToMend() {
        const auto empty = faultsIn(Postmortem{});
        for (const char* expected :
             {"Summary: There is no title", "Summary: The start of the impact",
              "Impact: The impact", "Timeline: The timeline is empty",
              "Root cause and resolution: The root cause",
              "Corrective and preventative measures: There are no tasks"})
            QVERIFY2(std::ranges::any_of(
                         empty, [&](const std::string& f) { return f.starts_with(expected); }),
                     expected);
        const auto draft = faultsIn(draftPostmortem(analysis(), {}, "x"));
        for (const char* part : {"has no owner", "has no due date", "is open: answer it"})
            QVERIFY2(
                std::ranges::any_of(draft, [&](const std::string& f) { return contains(f, part); }),
                part);
    }

    void aWholeDocumentHasNoFaults() {
        Postmortem d;
        d.title = "t";
        d.summary = {at("2024-01-15T09:59:17Z"),
                     at("2024-01-15T10:00:17Z"),
                     "UTC",
                     "down",
                     "all",
                     "",
                     "",
                     "c",
                     "",
                     "r"};
        d.timeline = {{d.summary.start,
                       "",
                       EntryKind::Detection,
                       "alert [core:error] fired",
                       {{"a", 1, 1, "", {}}}}};
        d.rootCause = {"p", "Contributing factor: q"};
        d.resolution = {"p"};
        d.tasks = {{"Do it", "prevent", "me", "P1", "tomorrow", "", "open", "it is done"}};
        QCOMPARE(faultsIn(d), std::vector<std::string>{});
        d.timeline[0].evidence.clear();
        d.timeline[0].kind = EntryKind::Action;
        QCOMPARE(faultsIn(d),
                 (std::vector<std::string>{
                     "Timeline: There is no detection: say when and how the incident was noticed",
                     "Timeline: “alert [core:error] fired” has no evidence: add the lines or chart "
                     "that show it"}));
    }
};

QTEST_GUILESS_MAIN(TstDraft)
#include "tst_draft.moc"
