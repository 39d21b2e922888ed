// SPDX-License-Identifier: GPL-3.0-or-later
// Find and replace over a whole document.
#include "core/postmortem/find.h"

#include <QTest>

using namespace postlude;

namespace {

Postmortem sample() {
    Postmortem d;
    d.title = "Web-02 leaned";
    d.summary.impact = "web-02 refused; ähnlich web-020 and Web-02";
    d.timeline.push_back({{}, {}, EntryKind::Action, "drained web-02", {}});
    d.rootCause = {"nothing", "web-02web-02"};
    d.tasks.emplace_back();
    d.tasks[0].text = "Watch WEB-02";
    return d;
}

class TestFind : public QObject {
    Q_OBJECT
private slots:
    void everyPlaceIsLookedThrough() {
        const auto found = findText(sample(), "WEB-02", {});
        QCOMPARE(found.size(), 8U);
        QCOMPARE(found.front(), (FoundText{"title", 0, 6}));
        QCOMPARE(found[2], (FoundText{"summary.impact", 25, 6})); // bytes: ä has two
        QCOMPARE(found.back(), (FoundText{"tasks[0]", 6, 6}));
        QVERIFY(findText(sample(), "", {}).empty());
    }
    void wordsMayBeWholeAndCaseMatter() {
        QCOMPARE(findText(sample(), "web-02", {.caseMatters = true}).size(), 5U);
        QCOMPARE(findText(sample(), "web-02", {.wholeWords = true}).size(), 5U);
    }
    void allAreReplacedAlsoByWhatHoldsThem() {
        Postmortem d = sample();
        const FindOptions options;
        QCOMPARE(replaceText(d, findText(d, "web-02", options), "web-02", "web-02 (old)", options),
                 8U);
        QCOMPARE(d.title, "web-02 (old) leaned");
        QCOMPARE(d.rootCause[1], "web-02 (old)web-02 (old)");
        QCOMPARE(d.tasks[0].text, "Watch web-02 (old)");
    }
    void questionsThatAreOpen() {
        Postmortem d;
        d.title = "Postmortem: [What is this called?]";
        d.summary.impact = "[core:error] came up. [Who saw it?] Nobody knows [yet].";
        const auto found = openQuestions(d);
        QCOMPARE(found.size(), std::size_t(2));
        QCOMPARE(found[0].place, "title");
        QCOMPARE(d.summary.impact.substr(found[1].at, found[1].size), "[Who saw it?]");
    }
    /// Going through the document anew for each place would take minutes.
    void manyPlacesTakeLinearTime() {
        Postmortem d;
        d.introduction.assign(60'000, "web-02");
        d.summary.impact.reserve(2'000'000);
        for (int i = 0; i < 200'000; ++i)
            d.summary.impact += "ä web-02 ";
        QCOMPARE(replaceText(d, findText(d, "web-02", {}), "web-02", "x", {}), 260'000U);
        QCOMPARE(d.introduction.back(), "x");
        QVERIFY(d.summary.impact.ends_with("ä x ä x "));
    }
    void whatHasChangedSinceIsLeft() {
        Postmortem d = sample();
        const auto found = findText(d, "web-02", {});
        d.timeline[0].text = "something else";
        QCOMPARE(replaceText(d, found, "web-02", "x", {}), 7U);
        QCOMPARE(d.timeline[0].text, "something else");
    }
};

} // namespace

QTEST_GUILESS_MAIN(TestFind)
#include "tst_find.moc"
