// SPDX-License-Identifier: GPL-3.0-or-later
// Postmortems as people write them: no sentence is lost, and each is where a careful reader would
// put it.
#include "core/base/text.h"
#include "core/postmortem/reading.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QtTest>
#include <random>

using namespace postlude;

namespace {

constexpr int kDocuments = 1000;

/// All of a document's texts, one after the other, words parted by single blanks, without signs.
std::string wordsOf(std::string_view text) {
    std::string out = " ";
    for (const char c : text) {
        const bool sign =
            c > 0 && !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
        if (!sign)
            out += c;
        else if (out.back() != ' ')
            out += ' ';
    }
    return out.back() == ' ' ? out : out + ' ';
}

std::string allWords(const Postmortem& d) {
    std::string out;
    const auto add = [&](std::string_view text) { out += wordsOf(text); };
    const auto all = [&](const std::vector<std::string>& texts) {
        for (const std::string& text : texts)
            add(text);
    };
    const Summary& s = d.summary;
    for (const std::string* text :
         {&d.title, &d.severity, &d.owner, &s.durationText, &s.startText, &s.endText, &s.impact,
          &s.affectedShare, &s.rootCause, &s.trigger, &s.resolution})
        add(*text);
    for (const auto* texts :
         {&d.authors, &d.reviewers, &d.services, &s.other, &d.introduction, &d.rootCause,
          &d.resolution, &d.wentWell, &d.wentWrong, &d.gotLucky, &d.improvements, &d.conclusion})
        all(*texts);
    for (const TimelineEntry& entry : d.timeline)
        add(entry.timeText + " " + entry.text);
    for (const Task& t : d.tasks)
        add(t.text + " " + t.owner + " " + t.due + " " + t.status);
    for (const Kept& kept : d.kept)
        add(kept.markdown);
    return out;
}

/// Writes documents as people do, and remembers every sentence.
class Writer {
public:
    explicit Writer(unsigned seed)
        : random_(seed)
        , heading_(below(6))
        , bullet_(below(7))
        , indent_(below(8) == 0 ? "    " : "")
        , crlf_(below(6) == 0) {}

    std::vector<std::string> sentences;

    std::string write() {
        if (below(8) == 0) line("---\ntitle: \"" + sentence() + "\"\nlayout: post\n---");
        if (below(5) != 0) heading("Postmortem: " + sentence(), 1);
        if (below(3) == 0) line(sentence() + ". " + sentence() + "!");
        summary();
        timeline();
        if (below(6) == 0) unknown();
        cause();
        measures();
        if (below(3) == 0) lessons();
        if (below(3) == 0) line("\n" + sentence() + ".");
        std::string text;
        for (const char c : out_)
            text += c == '\n' && crlf_ ? std::string("\r\n") : std::string(1, c);
        return text;
    }

private:
    std::size_t below(std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
    }
    template <std::size_t n>
    std::string oneOf(const char* const (&texts)[n]) {
        return texts[below(n)];
    }

    /// Words that occur nowhere else, with markup that does not part them.
    std::string sentence() {
        const int first = next_++;
        std::string plain = "S" + std::to_string(first);
        std::string written = plain;
        for (std::size_t i = 1 + below(6); i > 0; --i) {
            const std::string word = oneOf({"server", "balancer", "went", "slowly", "pool", "users",
                                            "dance", "the", "of", "ten", "misbehaved", "cache"});
            plain += " " + word;
            written += " " + (below(12) == 0   ? "**" + word + "**"
                              : below(12) == 0 ? "`" + word + "`"
                              : below(14) == 0 ? "_" + word + "_"
                                               : word);
        }
        sentences.push_back(plain);
        return written;
    }
    void line(const std::string& text) {
        std::string_view rest = text;
        while (true) {
            const std::size_t end = rest.find('\n');
            out_ += (rest.substr(0, end).empty() ? "" : indent_) +
                    std::string(rest.substr(0, end)) + "\n";
            if (end == std::string_view::npos) return;
            rest.remove_prefix(end + 1);
        }
    }
    void heading(const std::string& name, int level) {
        const std::string numbered =
            below(10) == 0 ? std::to_string(1 + below(5)) + ". " + name : name;
        switch (heading_) {
        case 0:
            return line("\n" + std::string(static_cast<std::size_t>(level), '#') + " " + numbered);
        case 1:
            return line("\n" + std::string(1 + below(4), '#') + " " + numbered +
                        ":"); // levels jump
        case 2:
            return line("\n**" + name + ":**");
        case 3:
            return line("\n" + name + (level == 1 && name.starts_with("Post") ? "\n" : ":"));
        case 4:
            return line("\n" + name + "\n" + std::string(12, level == 1 ? '=' : '-'));
        default:
            return line("\n**" + name + "**" + (below(2) ? "\n" : ""));
        }
    }
    std::string bullet() {
        switch (bullet_) {
        case 0:
            return "- ";
        case 1:
            return "* ";
        case 2:
            return "• ";
        case 3:
            return std::to_string(++number_) + ". ";
        case 4:
            return "– ";
        case 5:
            return "+ ";
        default:
            return "&nbsp;• ";
        }
    }
    std::string label(const char* name) {
        return below(2) == 0 ? "**" + std::string(name) + ":** " : std::string(name) + ": ";
    }
    std::string clock() {
        const std::size_t hour = 8 + below(4);
        const std::string two = std::to_string(10 + below(49));
        switch (below(7)) {
        case 0:
            return std::to_string(hour) + ":" + two + " AM";
        case 1:
            return (hour < 10 ? "0" : "") + std::to_string(hour) + ":" + two;
        case 2:
            return "[ " + std::to_string(hour) + ": " + two + " am PST ]";
        case 3:
            return (hour < 10 ? "0" : "") + std::to_string(hour) + two + " -";
        case 4:
            return std::to_string(hour) + "AM";
        case 5:
            return "ca. " + std::to_string(hour) + ":" + two;
        default:
            return "**" + std::to_string(hour) + ":" + two + " UTC**";
        }
    }
    void summary() {
        heading(oneOf({"Issue Summary", "Summary", "Incident summary", "TL;DR"}), 2);
        line(bullet() + label("Duration") + "January 15, 2024, 10:00 AM - 12:30 PM (UTC) - " +
             sentence());
        line(bullet() + label("Impact") + sentence());
        if (below(2)) line("  " + bullet() + sentence());
        line(bullet() + label("Root cause") + sentence());
        if (below(3) == 0) line("\n" + sentence() + ". " + sentence() + ".");
    }
    void timeline() {
        heading(
            oneOf({"Timeline", "Timeline of events", "Chronology", "Timeline (all times in UTC)"}),
            2);
        switch (below(4)) {
        case 0:
            line("\n| Time | Event | Who |\n|---|---|---|");
            for (std::size_t i = 1 + below(4); i > 0; --i)
                line("| " + clock() + " | " + sentence() + " | " + sentence() + " |");
            return;
        case 1:
            for (const char* field :
                 {"Detection", "Actions taken", "Misleading paths", "Escalation"}) {
                line(bullet() + "**" + field + ":**");
                for (std::size_t i = 1 + below(3); i > 0; --i)
                    line("    " + bullet() + sentence());
            }
            return;
        case 2:
            line("\n" + sentence() + " at 10:05 AM. " + sentence() + ". At 10:20 AM " + sentence() +
                 ".");
            return;
        default:
            for (std::size_t i = 1 + below(5); i > 0; --i) {
                line(bullet() + clock() + ": " + sentence());
                if (below(5) == 0) line("    " + bullet() + sentence());
            }
        }
    }
    void unknown() {
        heading("Glossary", 2);
        line(sentence() + ".");
        line("\n```\n" + sentence() + "\n```\n");
        line("| " + sentence() + " | b |\n|---|---|\n| " + sentence() + " | d |");
        line("\n> " + sentence() + "\n");
        line("![" + sentence() + "](https://pictures.example/x.png)");
        line("<!-- " + sentence() + " -->");
    }
    void cause() {
        heading(oneOf({"Root cause and resolution", "Root Cause & Resolution"}), 2);
        line("\n" + sentence() + ". " + sentence() + ".");
        line("To resolve " + sentence() + ".");
    }
    void measures() {
        heading(oneOf({"Corrective and preventative measures", "Preventive measures",
                       "Corrective measures"}),
                2);
        heading("Improvements", 3);
        for (std::size_t i = 1 + below(3); i > 0; --i)
            line(bullet() + sentence());
        heading(oneOf({"Tasks", "Action items", "TODO"}), 3);
        for (std::size_t i = 1 + below(3); i > 0; --i)
            line(below(2) ? "- [" + oneOf({" ", "x"}) + "] " + sentence() +
                                oneOf({"", " (done)", " (owner: Ada, due 2024-02-01)"})
                          : bullet() + sentence());
    }
    void lessons() {
        heading("Lessons learned", 2);
        if (below(2)) line(bullet() + sentence());
        heading("What went well", 3);
        line(bullet() + sentence());
        heading("What went wrong", 3);
        line(bullet() + sentence());
    }

    std::mt19937 random_;
    std::size_t heading_, bullet_;
    std::string indent_;
    bool crlf_;
    int next_ = 100;
    int number_ = 0;
    std::string out_;
};

Reading read(std::string_view text) {
    auto reading = readPostmortem(text);
    return reading ? std::move(*reading) : Reading{};
}

std::string timeOf(
    std::string_view entry,
    std::string_view before = "## Issue summary\n- Duration: 2024-03-05, 08:00 - 12:30 (UTC)\n") {
    const Reading reading = read(std::string("# t\n\n") + std::string(before) + "## Timeline\n- " +
                                 std::string(entry) + "\n");
    if (reading.document.timeline.size() != 1 || !reading.document.timeline[0].time) return {};
    return toRfc3339(*reading.document.timeline[0].time, 0);
}

} // namespace

class TstReading : public QObject {
    Q_OBJECT
private slots:
    void noSentenceIsLost() {
        bool given = false;
        const int asked = qEnvironmentVariableIntValue("POSTLUDE_DOCUMENTS", &given);
        for (int seed = 0; seed < (given ? asked : kDocuments); ++seed) {
            Writer writer(static_cast<unsigned>(seed));
            const std::string text = writer.write();
            const auto reading = readPostmortem(text);
            QVERIFY(reading.has_value());
            const std::string words = allWords(reading->document);
            for (const std::string& sentence : writer.sentences)
                QVERIFY2(
                    words.find(" " + sentence + " ") != std::string::npos,
                    ("seed " + std::to_string(seed) + ", lost: " + sentence + "\n" + text).c_str());
            QVERIFY2(reading->document.summary.start == fromRfc3339("2024-01-15T10:00:00Z"),
                     ("seed " + std::to_string(seed) + "\n" + text).c_str());
            QVERIFY2(!reading->document.tasks.empty() && !reading->document.improvements.empty() &&
                         !reading->document.timeline.empty() &&
                         !reading->document.rootCause.empty() &&
                         !reading->document.resolution.empty(),
                     ("seed " + std::to_string(seed) + "\n" + text).c_str());
        }
    }

    void timesAsPeopleWriteThem_data() {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* entry, const char* expected) {
            QTest::newRow(entry) << QByteArray(entry) << QByteArray(expected);
        };
        row("10:00 AM: x", "2024-03-05T10:00:00Z");
        row("**14:30 (UTC):** x", "2024-03-05T14:30:00Z");
        row("0900 - x", "2024-03-05T09:00:00Z");
        row("[ 4: 45 am PST ] x", "2024-03-05T12:45:00Z");
        row("6PM x", "2024-03-05T18:00:00Z");
        row("12:00 p.m. – x", "2024-03-05T12:00:00Z");
        row("12:10 am x", "2024-03-05T00:10:00Z");
        row("10.12:30 x", "2024-03-05T10:12:30Z");
        row("ca. 11:20 x", "2024-03-05T11:20:00Z");
        row("`09:10` x", "2024-03-05T09:10:00Z");
        row("x happened at 10:45 AM.", "2024-03-05T10:45:00Z");
        row("14:30 WAT - x", "2024-03-05T13:30:00Z");
        row("14:30 EAT - x", "2024-03-05T11:30:00Z");
        row("14:30 GMT+3 x", "2024-03-05T11:30:00Z");
        row("14:30 Pacific Time x", "2024-03-05T22:30:00Z");
        row("March 6th, 2024 02:00 UTC: x", "2024-03-06T02:00:00Z");
        row("Febuary 7, 2024, 1:00 PM x", "2024-02-07T13:00:00Z");
        row("06/May/2022 10:00 x", "2022-05-06T10:00:00Z");
        row("03, 14, 2024 08:15 CAT x", "2024-03-14T06:15:00Z");
        row("10:00 (March 9, 2024): x", "2024-03-09T10:00:00Z");
        row("March 8, 10:00: x", "2024-03-08T10:00:00Z");
        row("--:-- x", "");
        row("10:00 CST: x", "");
        row("04-12-2022 10:00 x", "");
        row("ratio 3:1 of 192.0.2.1:8080", "");
        row("25:71 x", "");
        row("29/Feb/2024:10:15:00 +0000 x", "2024-02-29T10:15:00Z");
        row("29/Feb/2024:10:15:00 +0100 x", "2024-02-29T09:15:00Z");
        row("14:30 Uhr: x", "2024-03-05T14:30:00Z");
    }
    void timesAsPeopleWriteThem() {
        QFETCH(QByteArray, entry);
        QFETCH(QByteArray, expected);
        QCOMPARE(timeOf(entry.toStdString()), expected.toStdString());
    }

    void withoutDateOrZoneThereIsNoInstant() {
        QCOMPARE(timeOf("10:00 x", "## Issue summary\n- Duration: 10:00 - 11:00 UTC\n"),
                 std::string());
        QCOMPARE(timeOf("10:00 x", "## Issue summary\n- Duration: March 5, 2024, 10:00 - 11:00\n"),
                 std::string());
        const Reading reading =
            read("# t\n## Issue summary\n- Duration: March 5, 2024, 10:00 - 11:00\n");
        QVERIFY(!reading.document.summary.start &&
                reading.document.summary.startText == "March 5, 2024, 10:00");
        QCOMPARE(reading.document.summary.zone, std::string());
        QVERIFY(!reading.remarks.empty());
    }

    void nightsGoOn() {
        const Reading reading =
            read("# t\n## Timeline (UTC) – March 5, 2024\n- 23:50 a\n- 00:10 b\n- 03:00 c\n");
        QCOMPARE(reading.document.timeline.size(), std::size_t(3));
        QCOMPARE(toRfc3339(*reading.document.timeline[2].time, 0),
                 std::string("2024-03-06T03:00:00Z"));
    }

    /// Clocks of several zones are compared by their instants.
    void zonesAreMixed_data() {
        QTest::addColumn<QByteArray>("entries");
        QTest::addColumn<QByteArray>("expected"); // of the last entry
        const auto row = [](const char* entries, const char* expected) {
            QTest::newRow(entries) << QByteArray(entries) << QByteArray(expected);
        };
        row("- 10:05 PST a\n- 18:10 UTC b\n- 10:15 PST c\n", "2024-01-15T18:15:00Z");
        row("- 17:00 PST a\n- 01:10 UTC b\n", "2024-01-16T01:10:00Z");
        row("- 23:30 UTC a\n- 00:40 CET b\n- 23:45 UTC c\n", "2024-01-15T23:45:00Z");
        row("- 23:30 UTC a\n- 00:40 CET b\n- 00:10 UTC c\n", "2024-01-16T00:10:00Z");
    }
    void zonesAreMixed() {
        QFETCH(QByteArray, entries);
        QFETCH(QByteArray, expected);
        const Reading reading =
            read("# t\n## Timeline – January 15, 2024\n" + entries.toStdString());
        QCOMPARE(toRfc3339(*reading.document.timeline.back().time, 0), expected.toStdString());
        for (const ReadingRemark& remark : reading.remarks)
            QVERIFY2(!remark.text.contains("earlier"), remark.text.c_str());
    }

    void theEndMayBeInAnotherZone() {
        const Reading west = read("# t\n## Summary\n- Date: 2024-01-15\n- Start: 18:00 UTC\n- End: "
                                  "11:00 PST\n");
        QCOMPARE(toRfc3339(*west.document.summary.end, 0), "2024-01-15T19:00:00Z");
        const Reading east = read("# t\n## Summary\n- Date: 2024-01-15\n- Start: 17:00 PST\n- End: "
                                  "02:00 UTC\n");
        QCOMPARE(toRfc3339(*east.document.summary.end, 0), "2024-01-16T02:00:00Z");
        QVERIFY(std::ranges::any_of(east.remarks, [](const ReadingRemark& remark) {
            return remark.text.ends_with("taken to be on 2024-01-16");
        }));
    }

    void lengthsAreChecked_data() {
        QTest::addColumn<QByteArray>("duration");
        QTest::addColumn<bool>("contradicts");
        const auto row = [](const char* duration, bool contradicts) {
            QTest::newRow(duration) << QByteArray(duration) << contradicts;
        };
        row("2 hours, 2024-01-15 10:00 - 12:00 UTC", false);
        row("2 hours, from 2014-01-15 10:00 UTC to 2024-01-15 12:00 UTC", true);
        row("3 hours, 2024-10-27 01:30 - 03:30 Europe/Berlin", false); // clocks are set back
        row("2 hours, 2024-01-15 10:00 UTC - 04:00 PST", false);
        std::string endless = "2024-01-15 10:00 - 12:00 UTC,";
        for (int i = 0; i < 600; ++i)
            endless += " 9999 hours";
        row(endless.c_str(), true);
    }
    void lengthsAreChecked() {
        QFETCH(QByteArray, duration);
        const Reading reading =
            read("# t\n## Summary\n- Duration: " + duration.toStdString() + "\n");
        QVERIFY(reading.document.summary.end.has_value());
        QTEST(std::ranges::any_of(reading.remarks,
                                  [](const ReadingRemark& remark) {
                                      return remark.text.starts_with("the stated length");
                                  }),
              "contradicts");
    }

    void contradictionsAreSaidAndKept() {
        const Reading reading =
            read("# Outage of March 6, 2024\n## Issue summary\n- Duration: 1 hour, March 5, 2024, "
                 "10:00 - 12:00 UTC\n"
                 "## Timeline\n- Detection: 09:00 UTC alert\n- 11:30 UTC: service restored\n");
        QCOMPARE(reading.document.title, std::string("Outage of March 6, 2024"));
        QStringList said;
        for (const ReadingRemark& remark : reading.remarks)
            said << QString::number(remark.line) + ": " + QString::fromStdString(remark.text);
        const QString all = said.join('\n');
        for (const char* part :
             {"1: 2024-03-06 is not a day", "3: the stated length", "5: this detection is before",
              "6: this entry tells the end 30 min before"})
            QVERIFY2(all.contains(part), qPrintable(all));
    }

    void tasksHaveTheirFields() {
        const Reading reading =
            read("# t\n## Tasks\n- [x] Lint configs - Owner: Ada - Due: 2024-04-01\n#Task 2: "
                 "Review (Owner: Grace, due March 1, 2024)\n- Alert (in progress)\n  - Owner: "
                 "Mia\n  - Ticket: OPS-7\n- **Docs:** write [P1]\n");
        const std::vector<Task>& tasks = reading.document.tasks;
        QCOMPARE(tasks.size(), std::size_t(4));
        QVERIFY(tasks[0] == (Task{"Lint configs", "", "Ada", "", "2024-04-01", "", "done", ""}));
        QVERIFY(tasks[1] == (Task{"Review", "", "Grace", "", "March 1, 2024", "", "open", ""}));
        QVERIFY(tasks[2] == (Task{"Alert", "", "Mia", "", "", "OPS-7", "in progress", ""}));
        QVERIFY(tasks[3] == (Task{"Docs: write", "", "", "P1", "", "", "open", ""}));
    }

    void aTypeAloneGroupsTheTasksBelowIt() {
        const Reading reading = read(
            "# t\n## Action items\n- Prevent:\n  - add a quota (owner: Lee; due: 2024-03-15; "
            "KAF-9)\n  - alert on lag\n    for every group\n- Detect:\n  - [ ] dashboards\n- Write "
            "this down:\n  - the quota\n");
        const std::vector<Task>& tasks = reading.document.tasks;
        QCOMPARE(tasks.size(), std::size_t(4));
        QVERIFY(tasks[0] ==
                (Task{"add a quota", "Prevent", "Lee", "", "2024-03-15", "KAF-9", "open", ""}));
        QCOMPARE(tasks[1].type, "Prevent");
        QVERIFY(tasks[2] == (Task{"dashboards", "Detect", "", "", "", "", "open", ""}));
        QCOMPARE(tasks[3].text + "|" + tasks[3].type, "Write this down:\nthe quota|");
    }

    void aShareIsOfUsersOnlyBesidePeople() {
        const auto shareIn = [](const std::string& impact) {
            return read("# t\n## Impact\n" + impact + "\n").document.summary.affectedShare;
        };
        QCOMPARE(shareIn("Customers saw errors.\n- Notifications out of SLA: 2.1 %"), "");
        QCOMPARE(shareIn("34% of requests of our users failed; 12 % of customers left."),
                 "12 % of customers");
        QCOMPARE(shareIn("Of all clients about 20 % got no page."), "about 20 %");
    }

    void sentencesThatGiveWorkAreTasks() {
        const Reading reading =
            read("# t\n## What we do now\nMaria will add a check by Friday. The web team should "
                 "drill it "
                 "twice. Monitoring will be watched. We decided against a second region.\n"
                 "- Nodes are drained first\n- Ada – watch the disks – 2024-03-01\n");
        const std::vector<Task>& tasks = reading.document.tasks;
        QCOMPARE(tasks.size(), std::size_t(5));
        QCOMPARE(tasks[0].text, "Maria will add a check by Friday.");
        QCOMPARE(tasks[0].owner + "|" + tasks[0].due, "Maria|Friday");
        QCOMPARE(tasks[1].owner, "web team");
        QCOMPARE(tasks[2].owner, "");
        QCOMPARE(tasks[4].text + "|" + tasks[4].owner + "|" + tasks[4].due,
                 "watch the disks|Ada|2024-03-01");
        QCOMPARE(reading.document.declined,
                 std::vector<std::string>{"We decided against a second region."});
    }

    void startAndEndAreFoundInProse() {
        const auto summaryOf = [](const std::string& told) {
            const Summary s = read("# t\n## Summary\n" + told + "\n").document.summary;
            return s.start && s.end ? toRfc3339(*s.start) + " " + toRfc3339(*s.end) : std::string();
        };
        const std::string day = "2024-06-12T";
        QCOMPARE(summaryOf("On 12 June 2024 between 14:02 and 15:40 UTC nobody could log in."),
                 day + "14:02:00.000Z " + day + "15:40:00.000Z");
        QCOMPARE(summaryOf("On 12 June 2024, from 9:15 until noon (UTC), pages were slow."),
                 day + "09:15:00.000Z " + day + "12:00:00.000Z");
        QCOMPARE(summaryOf("Am 12.6.2024 ging zwischen 7:55 und 9:10 Uhr (MESZ) nichts."),
                 day + "05:55:00.000Z " + day + "07:10:00.000Z");
        QCOMPARE(summaryOf("On 12 June 2024 it lasted from 4 in the morning to 9 o'clock UTC."),
                 day + "04:00:00.000Z " + day + "09:00:00.000Z");
    }

    /// "It had been so since 11:49 pm", told after midnight, is no day later.
    void whatIsToldAfterMidnightMayBeOfTheEvening() {
        const Reading reading =
            read("At 11:50 pm on 30 Nov 2023 (UTC) mail stopped. We were paged at 12:25 a.m. and "
                 "looked. The disk had failed at 11:49 pm. At 1:32 a.m. we moved on.");
        QCOMPARE(reading.document.timeline.size(), std::size_t(4));
        QCOMPARE(toRfc3339(*reading.document.timeline[2].time), "2023-11-30T23:49:00.000Z");
        QCOMPARE(toRfc3339(*reading.document.timeline[3].time), "2023-12-01T01:32:00.000Z");
    }

    void whatDidNotGoSoWellIsALesson() {
        const Reading reading = read("# t\n## Lessons\n### What Went Well?\n- calm\n### What "
                                     "Didn't Go So Well?\n- stale runbook\n");
        QCOMPARE(reading.document.wentWrong, std::vector<std::string>{"stale runbook"});
        QVERIFY(reading.document.kept.empty());
    }

    void tasksKeepTheirText() {
        const Reading reading =
            read("# t\n## Tasks\n- Stop using eval()\n- [x] Replace the disk (status: deferred)\n"
                 "- Call them (status: blocked by vendor) (status: waiting)\n- [x] Lint (done)\n");
        const std::vector<Task>& tasks = reading.document.tasks;
        QCOMPARE(tasks.size(), std::size_t(4));
        QCOMPARE(tasks[0].text, "Stop using eval()");
        QCOMPARE(tasks[1].text + "|" + tasks[1].status, "Replace the disk (status: deferred)|done");
        QCOMPARE(tasks[2].text + "|" + tasks[2].status,
                 "Call them (status: blocked by vendor)|waiting");
        QCOMPARE(tasks[3].text + "|" + tasks[3].status, "Lint|done");
    }

    void columnsWithoutAKnownNameKeepTheirHead() {
        const Reading two =
            read("# t\n## Timeline\n| Time (UTC) | Frankfurt | Oregon |\n|---|---|---|\n"
                 "| 10:00 | slow | fine |\n");
        QCOMPARE(two.document.timeline.at(0).text, "Frankfurt: slow – Oregon: fine");
        const Reading one =
            read("# t\n## Timeline\n| Time (UTC) | Whatever |\n|---|---|\n| 10:00 | slow |\n");
        QCOMPARE(one.document.timeline.at(0).text, "slow");
    }

    void jsonIsNeverTakenAsProse() {
        const auto read = readDocument("\xEF\xBB\xBF{\"title\": \"t\", \"timeline\": []}");
        QVERIFY(read && read->document.title == "t");
        for (const char* json :
             {"{\"title\": \"x\", \"timeline\": [{\"time\": \"nonsense\"}]}",
              "{\"name\": \"a-package\", \"version\": \"1.0\"}", "{}", "{\n \"title\": \"cut"})
            QVERIFY2(!readDocument(json), json);
        QVERIFY(readDocument("{{ page.title }}\n\n# t\n"));
    }

    void whatIsNoUtf8IsReadAsWindows1252() {
        const Reading reading = read("# D\xE9j\xE0 vu\n\n## Summary\n\nZ\xFCrich \x96 \x84"
                                     "done\x93\n");
        QCOMPARE(reading.document.title, "Déjà vu");
        QCOMPARE(reading.document.summary.other, std::vector<std::string>{"Zürich – „done“"});
        QVERIFY(!reading.remarks.empty());
        QCOMPARE(reading.remarks.front().text, "it is no UTF-8, and was read as Windows-1252");
        const Reading cut = read("# Déjà vu à Zürich\xC3\n\ntext\n");
        QCOMPARE(cut.document.title, "Déjà vu à Zürich\uFFFD");
        QCOMPARE(cut.remarks.front().text, "some bytes are no UTF-8, and were replaced");
        QVERIFY(read("# Déjà vu\n\ntext\n").remarks.empty());
    }

    /// As people of different houses write them: bold lines over nested lists, German tables,
    /// prose.
    void documentsOfDifferentManners_data() {
        QTest::addColumn<QString>("file");
        const QDir folder(QStringLiteral(POSTLUDE_SOURCE_DIR "/tests/golden/postmortem"));
        for (const QString& name :
             folder.entryList({QStringLiteral("*.md"), QStringLiteral("*.txt")}))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    void documentsOfDifferentManners() {
        QFETCH(QString, file);
        const auto content = [](const QString& path) {
            QFile in(path);
            return in.open(QIODevice::ReadOnly) ? in.readAll().toStdString() : std::string();
        };
        const auto reading = readPostmortem(content(file));
        QVERIFY(reading.has_value());
        QCOMPARE(toJson(*reading), content(file.section(u'.', 0, -2) + ".json"));
    }

    void fieldsOfTheTimelineGiveKinds() {
        const Reading reading = read(
            "# t\n# Timeline:\n# Detection:\nTime: March 5, 2024, 14:45 UTC\nDetection Method: the "
            "pager sang\n# Escalation:\nEscalated to: the night shift\nTime: 15:30 UTC\n# Root "
            "Cause and Resolution:\n# Root Cause:\nA weight.\n# Resolution:\nAnother weight.\n");
        const Postmortem& d = reading.document;
        QCOMPARE(d.timeline.size(), std::size_t(2));
        QVERIFY(d.timeline[0].kind == EntryKind::Detection &&
                d.timeline[0].text == "the pager sang" && d.timeline[0].time);
        QVERIFY(d.timeline[1].kind == EntryKind::Escalation &&
                d.timeline[1].text == "the night shift" && d.timeline[1].time);
        QVERIFY(d.rootCause == std::vector<std::string>{"A weight."} &&
                d.resolution == std::vector<std::string>{"Another weight."});
    }

    /// Sections under names of their own, lines without bullets, times as they are spoken.
    void otherMannersAreReadToo() {
        const Reading one = read(
            "**Checkout outage of 12 March 2024**\n\n**Impact**\nFrom 3pm CET until 4:25pm CET 22% "
            "could not pay.\n\n**How it went & what we tried**\n\n3pm CET — config pushed\naround "
            "3:20pm CET — suspected the provider\n3.45pm CET — called the network team\n\n**Action "
            "items**\n\n1. Add a canary (Mara, by 2024-04-01)\n2. @lee watch the share (P1)\n");
        const Postmortem& d = one.document;
        QCOMPARE(toRfc3339(*d.summary.start, 0), "2024-03-12T14:00:00Z");
        QCOMPARE(toRfc3339(*d.summary.end, 0), "2024-03-12T15:25:00Z");
        QCOMPARE(d.timeline.size(), 3U);
        QCOMPARE(toRfc3339(*d.timeline[1].time, 0), "2024-03-12T14:20:00Z");
        QCOMPARE(d.timeline[1].timeText, "around 3:20pm CET");
        QCOMPARE(d.tasks[0].owner + d.tasks[0].due, "Mara2024-04-01");
        QCOMPARE(d.tasks[0].text, "Add a canary");
        QCOMPARE(d.tasks[1].owner + d.tasks[1].priority, "@leeP1");
        const Reading fields =
            read("# Uploads slow\n\n*Author: R. Okafor · Date: 2024-02-29*\n\n"
                 "## What went down (times in UTC)\n- 14:05 it broke\n- 14:11 alert\n");
        QCOMPARE(fields.document.authors, std::vector<std::string>{"R. Okafor"});
        QCOMPARE(toRfc3339(*fields.document.timeline[1].time, 0), "2024-02-29T14:11:00Z");
        const Reading german = read("Störungsbericht\n\nZusammenfassung\nAm 13.12.2023 gestört.\n\n"
                                    "Zeitlicher Ablauf (MEZ)\n9.15 Uhr: Zertifikat abgelaufen\nca. "
                                    "9:35 Uhr: Verdacht auf Datenbank\n\nUrsache\nEs lief ab.\n");
        QCOMPARE(german.document.timeline.size(), 2U);
        QCOMPARE(toRfc3339(*german.document.timeline[0].time, 0), "2023-12-13T08:15:00Z");
        QCOMPARE(int(german.document.timeline[1].kind), int(EntryKind::Assumption));
        QCOMPARE(german.document.rootCause, std::vector<std::string>{"Es lief ab."});
    }
    void aSecondPostmortemIsKept() {
        const std::string one = "# First\n## Summary\n- Impact: slow\n## Timeline\n- 10:00 a\n";
        const Reading reading =
            read(one + "\n# Second\n## Summary\n- Impact: gone\n## Timeline\n- 11:00 b\n");
        QCOMPARE(reading.document.title, std::string("First"));
        QCOMPARE(reading.document.timeline.size(), std::size_t(1));
        QCOMPARE(reading.document.kept.size(), std::size_t(1));
        QVERIFY(reading.document.kept[0].markdown.starts_with("# Second"));
        QVERIFY(!reading.remarks.empty());
    }

    void whatIsNoPostmortemIsRefusedOrRead() {
        QVERIFY(!readPostmortem(""));
        QVERIFY(!readPostmortem(" \n\t\n"));
        QVERIFY(!readPostmortem(std::string(1000, '\0')));
        QVERIFY(!readPostmortem("\x89PNG\r\n\x1a\n" + std::string(400, '\x02')));
        QVERIFY(!readPostmortem(std::string((std::size_t{64} << 20U) + 1, 'a')));
        QVERIFY(read("# a\n# b\n# c\n").document.title == "a");
        QVERIFY(read("just a line").document.title == "just a line");
        QVERIFY(read("\xFF\xFEh\0i\0" + std::string()).document.title.size() <= 2);
    }

    void whatIsBigTakesLinearTime() {
        const auto many = [](std::string_view piece, std::size_t bytes) {
            std::string text;
            while (text.size() < bytes)
                text += piece;
            return text;
        };
        constexpr std::size_t some = std::size_t{2} << 20U;
        constexpr int kLongMs = 300'000; // what takes squares of its length takes hours
        for (const char* piece :
             {"[", "*a_", "```\n~~~~\n", "<!-- \n", "- \n", "# Timeline\n10:00\n", "| a |\n",
              "10:00 ", "(", "<!-- kept 1 -->\n", "> > ", "Impact:\n", "&nbsp;", "a\n---\n", "\r",
              "# Summary\n", "04-05-2024\n", "Time: 10:00 UTC\n"}) {
            const std::string text = many(piece, some);
            QElapsedTimer timer;
            timer.start();
            readPostmortem(text);
            readPostmortem("---\npostlude: 1\n---\n" + text);
            QVERIFY2(timer.elapsed() < kLongMs, piece);
        }
    }
};

QTEST_GUILESS_MAIN(TstReading)
#include "tst_reading.moc"
