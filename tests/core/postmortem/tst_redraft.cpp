// SPDX-License-Identifier: GPL-3.0-or-later
// A draft anew leaves people's words alone; what stands in the way of a status; what changed.
#include "core/postmortem/redraft.h"

#include <QtTest>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

const Instant kStart = *fromRfc3339("2024-01-15T10:00:00Z");

Postmortem draft() {
    Postmortem d;
    d.title = "Postmortem: tango";
    d.summary.start = kStart;
    d.summary.impact = "10 of 100 requests failed.";
    d.timeline = {{kStart, "", EntryKind::ImpactStart, "it began", {}},
                  {kStart + 10min, "", EntryKind::Resolution, "it ended", {}}};
    d.rootCause = {"Weights.", "[What else?]"};
    d.tasks = {{"Check weights", "prevent", "", "", "", "", "open", "done"}};
    return d;
}

} // namespace

class TstRedraft : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatPeopleWroteStays() {
        Postmortem current = draft();
        current.summary.impact = "Shoppers could not pay.";
        current.timeline[0].text = "it began, said the shop";
        current.rootCause[1] = "Nobody reviewed it.";
        current.tasks[0].owner = "Ada";
        current.tasks.push_back({"Mine", "", "", "", "", "", "open", ""});
        Postmortem fresh = draft();
        fresh.summary.impact = "11 of 100 requests failed.";
        fresh.summary.end = kStart + 12min;
        fresh.timeline.insert(fresh.timeline.begin() + 1,
                              {kStart + 5min, "", EntryKind::Detection, "alert", {}});
        fresh.rootCause[0] = "Weights, and the health check.";
        const Redraft r = redrafted(current, draft(), fresh);
        QCOMPARE(r.document.summary.impact, current.summary.impact);
        QCOMPARE(r.document.summary.end, fresh.summary.end);
        QCOMPARE(r.document.timeline.size(), 3);
        QCOMPARE(r.document.timeline[0].text, "it began, said the shop");
        QCOMPARE(r.document.timeline[1].text, "alert");
        QCOMPARE(r.document.rootCause, (std::vector<std::string>{"Weights, and the health check.",
                                                                 "Nobody reviewed it."}));
        QCOMPARE(r.document.tasks, current.tasks);
        QCOMPARE(r.left.size(), 1);
        QVERIFY(r.left[0].starts_with("Impact stays"));
        QVERIFY(!r.taken.empty());
    }

    void whatWasDeletedDoesNotComeBack() {
        Postmortem current = draft();
        current.tasks.clear();
        current.timeline.pop_back();
        const Redraft r = redrafted(current, draft(), draft());
        QCOMPARE(r.document, current);
        QVERIFY(r.taken.empty() && r.left.empty());
    }

    void aStatusWantsWhatBelongsToIt() {
        Postmortem d = draft();
        QVERIFY(inTheWayOf(DocumentStatus::Draft, Postmortem{}, 3).empty());
        QCOMPARE(inTheWayOf(DocumentStatus::InReview, d, 0).size(), 2); // end, resolution
        d.summary.end = kStart + 10min;
        d.resolution = {"Rolled back."};
        QVERIFY(inTheWayOf(DocumentStatus::InReview, d, 5).empty());
        QCOMPARE(inTheWayOf(DocumentStatus::Reviewed, d, 1).size(), 3);
        d.rootCause.pop_back();
        d.reviewers = {"Grace"};
        QVERIFY(inTheWayOf(DocumentStatus::Reviewed, d, 0).empty());
        QCOMPARE(inTheWayOf(DocumentStatus::Closed, d, 0).size(), 1);
        d.tasks[0].owner = "Ada";
        d.tasks[0].due = "2024-02-01";
        QVERIFY(inTheWayOf(DocumentStatus::Closed, d, 0).empty());
    }

    void aDiffGivesBothTexts() {
        const std::string a = "a\nb\nc\nd\ne\n";
        const std::string b = "a\nB\nc\ne\nf\n";
        std::string before, after;
        int same = 0;
        for (const DiffLine& line : lineDiff(a, b)) {
            if (line.kind != DiffLine::Kind::Added) before += line.text + "\n";
            if (line.kind != DiffLine::Kind::Gone) after += line.text + "\n";
            same += line.kind == DiffLine::Kind::Same;
        }
        QCOMPARE(before, a);
        QCOMPARE(after, b);
        QCOMPARE(same, 3);
        QVERIFY(lineDiff("", "").empty());
    }

    /// One more footnote at the top gives all the others another number.
    void footnotesAreWhatTheySay() {
        const auto changed = [](const char* a, const char* b) {
            std::vector<std::string> lines;
            for (const DiffLine& line : documentDiff(a, b))
                if (line.kind != DiffLine::Kind::Same && !line.text.empty())
                    lines.push_back((line.kind == DiffLine::Kind::Gone ? "-" : "+") + line.text);
            return lines;
        };
        using Lines = std::vector<std::string>;
        const char* before = "- It rose.[^1][^2]\n- It fell.[^2]\n\n[^1]: lb.log, line 1\n\n"
                             "[^2]: lb.log, line 2\n";
        const char* after = "- Asked.[^1]\n- It rose.[^2][^3]\n- It fell.[^3]\n\n"
                            "[^1]: chat.txt, line 9\n\n[^2]: lb.log, line 1\n\n"
                            "[^3]: lb.log, line 2\n";
        QCOMPARE(changed(before, after), (Lines{"+- Asked.[^1]", "+[^1]: chat.txt, line 9"}));
        // Other evidence is a change; and what only looks like a number of a note is text.
        const char* other = "- It rose.[^1][^2]\n- It fell.[^1]\n\n[^1]: lb.log, line 1\n\n"
                            "[^2]: lb.log, line 2\n";
        QCOMPARE(changed(before, other), (Lines{"-- It fell.[^2]", "+- It fell.[^1]"}));
        QCOMPARE(changed("a \\[^1] [^7]\n[^1]: x\n", "a \\[^2] [^8]\n[^2]: x\n"),
                 (Lines{"-a \\[^1] [^7]", "+a \\[^2] [^8]"}));
    }
};

QTEST_GUILESS_MAIN(TstRedraft)
#include "tst_redraft.moc"
