// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/marks.h"
#include "core/postmortem/redraft.h"
#include "core/postmortem/sensitive.h"

#include <QtTest>

using namespace postlude;

namespace {

const Evidence kLines{"lb/haproxy.log", 3, 9, "", {}};
const Evidence kOther{"web/error.log", 1, 1, "", {}};
const Evidence kChart{"", 0, 0, "errors", {}};

std::vector<std::string> labelsIn(std::string_view text) {
    std::vector<std::string> labels;
    for (const Mark& mark : marksIn(text))
        labels.emplace_back(mark.label);
    return labels;
}

} // namespace

class TstMarks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void marksAreLabelsInBrackets() {
        const std::vector<std::string> two{"e1", "e12"};
        QCOMPARE(labelsIn("a[^e1] b [^e12]."), two);
        for (const char* none : {"[^1]", "[^e]", "[^e0]", "[^e01]", "[e1]", "[^e1", "[^e1234567]",
                                 "[^E1]", "[^e1a]", "[^", ""})
            QVERIFY2(marksIn(none).empty(), none);
        QCOMPARE(markAt("x[^e3]", 1).end(), std::size_t(6));
        QCOMPARE(markAt("x[^e3]", 9).size, std::size_t(0));
        QCOMPARE(withoutMarks("All failed.[^e1] [^e2] Then [^e3] rest"),
                 std::string("All failed. Then rest"));
    }

    void evidenceHasOneLabel() {
        Postmortem d;
        QCOMPARE(labelFor(d, kLines), std::string("e1"));
        QCOMPARE(labelFor(d, kChart), std::string("e2"));
        QCOMPARE(labelFor(d, kLines), std::string("e1"));
        QCOMPARE(d.evidence.size(), std::size_t(2));
        QVERIFY(evidenceOf(d, "e2") && *evidenceOf(d, "e2") == kChart);
        QVERIFY(!evidenceOf(d, "e3"));
        std::string text = "All failed.";
        addMarks(d, text, {kLines, kChart});
        addMarks(d, text, {kChart});
        QCOMPARE(text, std::string("All failed.[^e1][^e2]"));
    }

    /// A mark that came with a text from elsewhere must not lead to what is added later.
    void newLabelsAreNotThoseOfStrayMarks() {
        Postmortem d;
        d.rootCause = {"copied from another document[^e4]"};
        QCOMPARE(labelFor(d, kLines), std::string("e5"));
    }

    void jsonKeepsThem() {
        Postmortem d;
        d.title = "t";
        d.summary.impact = "All failed.[^e2]";
        d.evidence = {{"e2", kLines}, {"e3", kChart}};
        const auto read = postmortemFromJson(toJson(d));
        QVERIFY(read && *read == d);
        const auto wrong = postmortemFromJson(R"({"title": "t", "evidence": [{"label": "x"}]})");
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().what, std::string("evidence[0].label is not a label such as e3"));
    }

    void aMarkThatLeadsNowhereIsToMend() {
        Postmortem d;
        d.rootCause = {"Weights[^e1] were wrong[^e2]"};
        d.evidence = {{"e1", kLines}};
        std::vector<std::string> told;
        for (const Fault& fault : faultsOf(d))
            if (fault.what.find("leads to no evidence") != std::string::npos)
                told.push_back(fault.place + ": " + fault.what.substr(0, 5));
        QCOMPARE(told, std::vector<std::string>{"root_cause[0]: [^e2]"});
    }

    void othersDoNotLearnWhoseLogsTheyAre() {
        Postmortem d;
        d.evidence = {{"e1", {"lb-7.internal.example/haproxy.log", 1, 2, "", {}}}};
        KnownNames known;
        known.hosts = {"lb-7.internal.example"};
        const SanitisedEdition edition = sanitised(d, known);
        QVERIFY(edition.document.evidence[0].evidence.source.find("lb-7") == std::string::npos);
    }

    /// The old draft's sentence, its label taken by somebody else's evidence in the new one.
    void aNewDraftsMarksLeadWhereTheyDid() {
        Postmortem base;
        base.rootCause = {"A changed.[^e1]", "B stayed.[^e2]"};
        base.evidence = {{"e1", kLines}, {"e2", kChart}};
        Postmortem current = base;
        current.summary.impact = "Mine.[^e3]";
        current.evidence.push_back({"e3", kOther});
        Postmortem fresh;
        fresh.rootCause = {"C is new.[^e1]", "B stayed.[^e2]", "D is new.[^e3]"};
        const Evidence news{"db/postgres.log", 5, 5, "", {}};
        fresh.evidence = {{"e1", news}, {"e2", kChart}, {"e3", kLines}};
        const Redraft r = redrafted(current, base, fresh);
        const std::vector<std::string> wanted{"C is new.[^e4]", "B stayed.[^e2]", "D is new.[^e1]"};
        QCOMPARE(r.document.rootCause, wanted);
        QCOMPARE(r.document.summary.impact, std::string("Mine.[^e3]"));
        const std::vector<MarkedEvidence> evidence{
            {"e1", kLines}, {"e2", kChart}, {"e3", kOther}, {"e4", news}};
        QVERIFY(r.document.evidence == evidence);
        // Where nothing is told anew, nothing is offered, whatever labels the new draft gives.
        Postmortem same;
        same.rootCause = {"A changed.[^e2]", "B stayed.[^e1]"};
        same.evidence = {{"e1", kChart}, {"e2", kLines}};
        QVERIFY(redrafted(current, base, same).taken.empty());
        QVERIFY(redrafted(current, base, same).document == current);
    }
};

QTEST_GUILESS_MAIN(TstMarks)
#include "tst_marks.moc"
