// SPDX-License-Identifier: GPL-3.0-or-later
// What a document says, beside what the case says.
#include "core/postmortem/claims.h"
#include "core/postmortem/detail/quantities.h"
#include "core/postmortem/wording.h"
#include "tests/core/export/fakequery.h"

#include <QtTest>
#include <algorithm>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

Instant at(const char* text) {
    return *fromRfc3339(text);
}

Analysis analysis() {
    Incident i;
    i.impactStart = at("2024-01-15T09:59:17.434Z");
    i.impactStartInterval = {i.impactStart - 1s, i.impactStart + 1s};
    i.detected = at("2024-01-15T09:59:35Z");
    i.mitigated = at("2024-01-15T10:02:08Z");
    i.resolved = at("2024-01-15T10:02:11.530Z");
    i.impact = {10318, 1944, 5774, 900, 759, 1940, {{"checkout", 812, 0.2}}};
    Cause c;
    c.change = "weight 10 → weight 100";
    c.statement = "Weight of web-02 changed from 10 to 100, 2.7 s before the onset";
    c.score = 0.9;
    i.causes = {c};
    Analysis a;
    a.span = {at("2024-01-15T09:57:40Z"), at("2024-01-15T10:03:50Z")};
    ServerReport s;
    s.key = {"web", "web-02"};
    s.before = {1388, 0, 0.25, 140, 345, 400};
    s.during = {7100, 1900, 0.7, 2000, 2707, 3000};
    a.servers = {s};
    a.incidents = {i};
    return a;
}

std::vector<Claim> claimsIn(const Postmortem& document) {
    return *claimsOf(document, analysis(), nullptr, {});
}

/// The claim on `stated` where a person wrote `sentence` into the impact.
Claim claimOn(const std::string& stated, const std::string& sentence) {
    Postmortem d;
    d.summary.impact = sentence;
    for (const Claim& claim : claimsIn(d))
        if (claim.stated == stated && claim.place == "summary.impact") return claim;
    return {.what = "not found"};
}

} // namespace

class TstClaims : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDraftAgreesInEverything() {
        const Postmortem drafted = draftPostmortem(analysis(), {}, "tango");
        const std::vector<Claim> claims = claimsIn(drafted);
        QVERIFY(claims.size() > 20);
        for (const Claim& c : claims)
            QVERIFY2(c.state == Claim::State::Agrees, (c.place + ": " + c.what).c_str());
    }

    void aNumberChangedInADraftDiffers() {
        Postmortem d = draftPostmortem(analysis(), {}, "tango");
        std::string& impact = d.summary.impact;
        impact.replace(impact.find("18.8 %"), 6, "28.8 %");
        const std::vector<Claim> claims = claimsIn(d);
        const auto differs = [](const Claim& c) { return c.state == Claim::State::Differs; };
        QCOMPARE(std::ranges::count_if(claims, differs), 1);
        const Claim wrong = *std::ranges::find_if(claims, differs);
        QCOMPARE(wrong.stated, "28.8 %");
        QCOMPARE(wrong.logs, "18.8 %");
        QVERIFY(takeLogsValue(d, wrong));
        QCOMPARE(d, draftPostmortem(analysis(), {}, "tango"));
        QVERIFY2(!takeLogsValue(d, wrong), "what is not said any more is not replaced");
    }

    void whatAPersonTyped_data() {
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("stated");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("logs");
        const auto row = [](const char* sentence, const char* stated, const char* state,
                            const char* logs) {
            QTest::newRow(sentence) << sentence << stated << state << logs;
        };
        row("About 19 % of requests failed.", "19 %", "agrees", "18.8 %");
        row("40 % of all requests failed.", "40 %", "differs", "18.8 %");
        row("19.2 % of all requests failed.", "19.2 %", "differs", "18.8 %");
        row("Roughly 85% of our users were hit.", "85%", "agrees", "84.3 %");
        row("Half, 50% of users, were hit.", "50%", "differs", "84.3 %");
        row("2,100 requests failed.", "2,100", "differs", "1\u202F944");
        row("1944 of 10,318 requests failed.", "10,318", "agrees", "10\u202F318");
        row("It was detected after 18 seconds.", "18 seconds", "agrees", "18 s");
        row("It was detected after 25 minutes.", "25 minutes", "differs", "18 s");
        row("The outage lasted 3 minutes.", "3 minutes", "agrees", "2 min 54 s");
        row("The outage lasted 2 hours.", "2 hours", "differs", "2 min 54 s");
        row("The incident began at 09:59.", "09:59", "agrees", "09:59:17 UTC");
        row("The incident began at 09:12.", "09:12", "differs", "09:59:17 UTC");
        row("Service was restored at 10:02:11.", "10:02:11", "agrees", "10:02:11 UTC");
        row("Service was restored at 09:59:35.", "09:59:35", "no data", "");
        row("An alert fired at 09:59:35.", "09:59:35", "agrees", "09:59:35 UTC");
        row("The phone rang at 09:59:35.", "09:59:35", "no data", "");
        row("The cause was found at 09:59:35.", "09:59:35", "no data", "");
        row("The incident began at 09:59 am.", "09:59 am", "agrees", "09:59:17 UTC");
        row("The incident began at 12:30 am.", "12:30 am", "differs", "09:59:17 UTC");
        row("The outage lasted 200000 days.", "200000 days", "differs", "2 min 54 s");
        row("The outage lasted 999999999999999 days.", "999999999999999 days", "differs",
            "2 min 54 s");
        row("Half of all users could not log in.", "Half", "differs", "84.3 %");
        row("About a fifth of the requests failed.", "a fifth", "agrees", "18.8 %");
        row("Two thirds of requests failed.", "Two thirds", "differs", "18.8 %");
        row("Ein Fünftel der Anfragen scheiterte.", "Ein Fünftel", "agrees", "18.8 %");
        row("Die Hälfte aller Anfragen scheiterte.", "Die Hälfte", "differs", "18.8 %");
        row("Drei Viertel unserer Nutzer waren betroffen.", "Drei Viertel", "differs", "84.3 %");
        row("About one in five requests failed.", "one in five", "agrees", "18.8 %");
        row("1 in 5 requests failed.", "1 in 5", "agrees", "18.8 %");
        row("Every second request failed.", "Every second", "differs", "18.8 %");
        row("Every fifth request failed.", "Every fifth", "agrees", "18.8 %");
        row("Three out of ten requests failed.", "Three out of ten", "differs", "18.8 %");
        row("One in ten users was affected.", "One in ten", "differs", "84.3 %");
        row("Jeder Fünfte war betroffen.", "Jeder Fünfte", "differs", "84.3 %");
        row("Jede fünfte Anfrage scheiterte.", "Jede fünfte", "agrees", "18.8 %");
        row("Jeder zweite Nutzer war betroffen.", "Jeder zweite", "differs", "84.3 %");
        row("Zwei von zehn Anfragen scheiterten.", "Zwei von zehn", "agrees", "18.8 %");
        row("web-02 took 70 % of the traffic.", "70 %", "agrees", "70.0 %");
        row("web-02 took 90 % of the traffic.", "90 %", "differs", "70.0 %");
        row("The weight was changed from 10 to 100.", "100", "agrees", "");
        row("The weight of web-02 was changed from 10 to 100.", "100", "agrees", "");
        row("The weight of web-03 was changed from 10 to 100.", "100", "no data", "");
        row("The weight of checkout was changed from 10 to 100.", "100", "no data", "");
        row("Each pod has 16 threads.", "16", "no data", "");
        row("CPU was at 95 %.", "95 %", "no data", "");
        row("Support said “40 % of requests failed”.", "40 %", "no data", "");
        row("At peak 40 % of requests failed.", "40 %", "no data", "");
    }
    void whatAPersonTyped() {
        QFETCH(QString, sentence);
        QFETCH(QString, stated);
        QFETCH(QString, state);
        QFETCH(QString, logs);
        const Claim claim = claimOn(stated.toStdString(), sentence.toStdString());
        QCOMPARE(std::string(nameOf(claim.state)), state.toStdString());
        QCOMPARE(claim.logs, logs.toStdString());
        if (claim.state == Claim::State::Differs) QVERIFY(!claim.by.empty());
    }

    void wordsThatAreNoShareOfWhatIsLogged() {
        for (const char* text :
             {"Half of the team was asleep.", "It took a quarter of an hour.",
              "A third person came.", "behalf of all users", "Half an hour later users complained",
              "a thirdparty of clients", "Every second counts.", "Every second requests came in.",
              "Every other day clients call.", "one in the morning users left",
              "Jede Sekunde zählt.", "Jede zweite Woche.", "One in five servers was down.",
              "in one in three zones", "Everyone in ten user groups", "none in ten requests"})
            QVERIFY2(claims::quantitiesIn(text).empty(), text);
    }

    void namesAreNoNumbers() {
        QCOMPARE(claims::quantitiesIn("web-02 5xx 4.11.2 192.0.2.1:80 /24 p95 INC-2291").size(), 0);
        QCOMPARE(
            claims::quantitiesIn("2 min 53 s, 1\u202F944 of 10,318 (18.8 %) at 09:59:17").size(),
            5);
    }

    void whatNobodyWouldWriteIsStillTold() {
        QCOMPARE(claimOn("200000 days", "The outage lasted 200000 days.").by, "200000 d too long");
    }

    void halfPastTwelveAtNight() {
        QCOMPARE(claims::quantitiesIn("12:30 am").front().value, 1800.0);
        QCOMPARE(claims::quantitiesIn("12:30 pm").front().value, 45000.0);
        QCOMPARE(claims::quantitiesIn("1:30 am").front().value, 5400.0);
    }

    void contradictionsAreNamed() {
        Postmortem d = draftPostmortem(analysis(), {}, "tango");
        for (TimelineEntry& e : d.timeline)
            if (e.kind == EntryKind::Detection) e.time = at("2024-01-15T09:40:00Z");
        d.summary.durationText = "2 hours";
        QStringList named;
        for (const Claim& c : claimsIn(d))
            if (c.kind == Claim::Kind::Order) named << QString::fromStdString(c.what);
        QVERIFY(named.contains("It was detected before the impact began"));
        QVERIFY(named.contains("The duration is not from start to end"));
        QVERIFY(named.contains("It stands behind an entry that is later"));
    }

    void aStatedLengthIsComparedToTheSecond() {
        const auto claimed = [](const char* length) {
            Postmortem d;
            d.summary.durationText = length;
            for (const Claim& claim : claimsIn(d))
                if (claim.place == "summary.duration_text") return claim;
            return Claim{.what = "not found"};
        };
        QVERIFY(claimed("2 min 54 s").state == Claim::State::Agrees);
        QVERIFY(claimed("about 3 minutes, says support").state == Claim::State::Agrees);
        QVERIFY(claimed("2 min 14 s").state == Claim::State::Differs);
        QCOMPARE(claimed("2 days 3 hours").by, "2 d 2 h too long");
    }

    /// The line is "text of line 200"; that is no 200 clients, and no 200 %.
    void aLineSupportsWhatItCounts() {
        const FakeQuery query;
        const auto stateOf = [&](const char* text) {
            Postmortem d;
            d.timeline = {
                {{}, "", EntryKind::Action, text, {{"lb/haproxy.log", 200, 200, "", {}}}}};
            const auto claims = *claimsOf(d, analysis(), &query, {});
            return claims.back().state;
        };
        QVERIFY(stateOf("it said 200 again") == Claim::State::Agrees);
        QVERIFY(stateOf("200 clients left") == Claim::State::NoData);
        QVERIFY(stateOf("load was at 200 %") == Claim::State::NoData);
    }

    /// As an entry's do, the lines behind a sentence support what it says; its mark is no number of
    /// its own, and parts no sentence from what the analysis states.
    void linesBehindASentenceSupportIt() {
        const FakeQuery query;
        const auto stateOf = [&](const std::string& text) {
            Postmortem d;
            d.evidence = {{"e1", {"lb/haproxy.log", 200, 200, "", {}}}};
            d.rootCause = {text};
            const auto claims = *claimsOf(d, analysis(), &query, {});
            return claims.back().state;
        };
        QVERIFY(stateOf("It said 200 again.[^e1]") == Claim::State::Agrees);
        QVERIFY(stateOf("It said 200 again.") == Claim::State::NoData);
        QVERIFY(stateOf("It was calm.[^e1] It said 200 again.") == Claim::State::NoData);
        Postmortem d = draftPostmortem(analysis(), {}, "tango");
        const std::vector<Claim> claims = *claimsOf(d, analysis(), nullptr, {});
        std::string text = d.summary.impact;
        const std::size_t stop = text.find(". ");
        QVERIFY(stop != std::string::npos);
        d.summary.impact = text.insert(stop + 1, "[^e77]");
        const std::vector<Claim> marked = *claimsOf(d, analysis(), nullptr, {});
        QCOMPARE(marked.size(), claims.size());
        for (std::size_t i = 0; i < claims.size(); ++i)
            QVERIFY2(marked[i].state == claims[i].state, claims[i].what.c_str());
    }

    void aNoteWithoutItsDigestHasNoData() {
        const FakeQuery query;
        const std::vector<Claim> claims = evidenceClaims(
            {{"1", {"lb/haproxy.log", 3, 4, "", {}}, ""}, {"2", {"", 0, 0, "errors", {}}, ""}},
            query);
        QCOMPARE(claims.size(), 1);
        QVERIFY(claims.front().state == Claim::State::NoData);
        QCOMPARE(claims.front().by, "the note has no digest of them");
    }

    /// A number that nothing is compared with is at least listed.
    void noNumberIsPassedOver() {
        Postmortem d;
        d.summary.failedShare = "18.8 % of requests (9 999 of 10 318)";
        d.summary.affectedShare = "84 % of clients, 7 of them twice";
        d.summary.durationText = "2 min 54 s, though 500 users say 2 hours";
        d.kept = {{"title", "## Customer view\n\n98 % of 55 000 customers lost their carts between "
                            "09:10 and 11:50 UTC.\n\n```\n77 lines of a log\n```\n"}};
        QStringList told;
        for (const Claim& c : claimsIn(d))
            if (c.size > 0 || c.place == "kept[0]")
                told << QString("%1 %2").arg(nameOf(c.state).data(), c.stated.c_str());
        QCOMPARE(told.join(", "), "no data 500, no data 2 hours, no data 7, differs 9 999, "
                                  "agrees 10 318, differs 98 %, differs 55 000, no data 09:10, "
                                  "no data 11:50");
        for (const Claim& c : claimsIn(d))
            if (c.place == "kept[0]")
                QVERIFY2(!takeLogsValue(d, c), "what was kept as it stood has no field");
    }

    void anInstantIsTakenFromTheLogs() {
        Postmortem d;
        d.summary.start = at("2024-01-15T09:12:00Z");
        const std::vector<Claim> claims = claimsIn(d);
        const auto start = std::ranges::find(claims, "summary.start", &Claim::place);
        QVERIFY(start != claims.end());
        QVERIFY(start->state == Claim::State::Differs);
        QCOMPARE(start->by, "47 min 17 s too early");
        QVERIFY(takeLogsValue(d, *start));
        QCOMPARE(d.summary.start, at("2024-01-15T09:59:17Z"));
    }

    /// 02:30 comes twice that night; the logs mean the second.
    void theHourThatComesTwiceIsTakenRightly() {
        Analysis a = analysis();
        Incident& incident = a.incidents.front();
        incident.impactStart = at("2024-10-27T01:30:00Z");
        incident.impactStartInterval = {};
        incident.resolved = {};
        a.span = {at("2024-10-27T00:00:00Z"), at("2024-10-27T03:00:00Z")};
        Postmortem d;
        d.summary.zone = "Europe/Berlin";
        d.summary.start = at("2024-10-27T00:30:00Z");
        const std::vector<Claim> claims = *claimsOf(d, a, nullptr, {});
        const auto start = std::ranges::find(claims, "summary.start", &Claim::place);
        QVERIFY(start != claims.end() && start->stated != start->logs);
        QVERIFY(takeLogsValue(d, *start));
        QCOMPARE(d.summary.start, incident.impactStart);
    }

    /// That it is of another time is said, and what the logs have instead.
    void aDocumentOfAnotherTimeDiffersInItsTimesAlone() {
        Postmortem d;
        d.summary.start = at("2023-11-10T14:30:00Z");
        d.summary.affectedShare = "20 %";
        const std::vector<Claim> claims = claimsIn(d);
        QCOMPARE(claims.front().what, "None of the times of this document lies within these logs");
        QCOMPARE(claims.front().by, "they are from 2024-01-15 09:57:40 – 10:03:50 UTC");
        for (const Claim& c : claims)
            QVERIFY2((c.state == Claim::State::Differs) ==
                         (c.place == "summary" || c.place == "summary.start"),
                     c.place.c_str());
        QCOMPARE(checkStart(d, analysis()).logs, "2024-01-15 09:59:17 UTC");
        QVERIFY(!checkAffected(d, analysis()).logs.empty());
        d.timeline = {{at("2024-01-15T10:00:00Z"), {}, EntryKind::Action, "One of its times.", {}}};
        QVERIFY(!isOfOtherTimes(d, analysis()));
    }

    /// What the window counts, too; the lines behind footnotes are none of the text's claims.
    void linesOfEvidenceAreCountedByThemselves() {
        const std::vector<Claim> claims{
            {.kind = Claim::Kind::Value, .state = Claim::State::Agrees},
            {.kind = Claim::Kind::Evidence, .state = Claim::State::Agrees},
            {.kind = Claim::Kind::Evidence, .state = Claim::State::Differs}};
        QCOMPARE(countOf(claims, Claim::State::Agrees), 1);
        QCOMPARE(countOf(claims, Claim::State::Differs), 0);
        QCOMPARE(evidenceCountOf(claims, Claim::State::Agrees), 1);
        QVERIFY(toJson(claims).find("\"agree\": 1,\n  \"differ\": 0") != std::string::npos);
    }

    void aLengthIsNeverNegative() {
        Postmortem d;
        d.summary.zone = "UTC";
        d.summary.start = at("2024-01-15T10:00:00Z");
        d.summary.end = at("2024-01-15T09:50:42Z");
        QCOMPARE(durationText(d),
                 "2024-01-15 10:00:00 – 09:50:42 UTC (the end is before the start)");
    }

    void manyNumbersTakeLinearTime() {
        Postmortem d;
        for (int i = 0; i < 10'000; ++i)
            d.rootCause.push_back("About 3 of 7 requests failed (40 %) at 10:00 after 5 minutes.");
        QCOMPARE(claimsIn(d).size(), 50'000 + 4);
    }

    void oneSentenceOfManyNumbersTakesLinearTime() {
        Postmortem d;
        std::string& sentence = d.rootCause.emplace_back("It was");
        for (int i = 0; i < 20'000; ++i)
            sentence += " 3 of 7 and 40 % at 10:00";
        QCOMPARE(claimsIn(d).size(), 80'000 + 4);
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY(!claimsOf(d, analysis(), nullptr, stopped.get_token()));
    }
};

QTEST_GUILESS_MAIN(TstClaims)
#include "tst_claims.moc"
