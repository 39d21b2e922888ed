// SPDX-License-Identifier: GPL-3.0-or-later
// What was exported as Markdown is read back to the letter, whatever stood in it.
#include "core/export/export.h"
#include "core/postmortem/reading.h"

#include <QtTest>
#include <random>

using namespace postlude;

namespace {

constexpr int kDocuments = 1000;

MarkdownOptions exactly(const Form* form = nullptr) {
    MarkdownOptions options;
    options.exact = true;
    options.form = form;
    return options;
}

/// A form of one's own: an unusual order, headings that others have, parts left out.
Form oddForm() {
    return *formFromJson(R"({"sections": [
        {"part": "timeline", "heading": "Issue summary"},
        {"part": "root_cause", "heading": "What went wrong"},
        {"part": "evidence"}, {"part": "charts"},
        {"part": "summary", "heading": "In short: *one* #"}]})",
                         "odd");
}

/// As people write them; to be broken.
const std::vector<std::string>& foreignTexts() {
    static const std::vector<std::string> texts{
        "# Broken balance\n\n## Summary\n- Impact: slow\n- Duration: March 5, 2024, 23:40 - 00:30 "
        "(WAT)\n\n## Glossary\n\n| a | b |\n|---|---|\n| c | d |\n\n## Timeline\n- 23:45: first "
        "*alert*\n\n> an aside\n\n```\nlog line\n```\n- 00:10: second\n\n## Measures\n- Tasks:\n  "
        "- [x] Compare weights (owner: Ada, due 2024-04-01)\n",
        "**Outage of the shop**\n\n**Issue Summary**\nFrom 10:00 to 11:00 UTC on 2024-01-15, 20% "
        "of "
        "users could not pay.\n\n**Timeline (UTC)**\n\n10:00 – deploy\n10:05 – alert, see "
        "<b>board</b>\n\n**Root cause**\nA `weight` of 100.\n\n**Corrective measures**\n1. "
        "Review\n2. "
        "Test\n",
        "---\ntitle: A pool\nauthor: Ada\n---\n\n### 10:00\n\nlogs here\n\n### 10:05\n\n    "
        "indented\n\nConclusion\n==========\n\nAll is well. [link](http://a.example/x)\n"};
    return texts;
}

/// The text with a few bytes, lines or pieces of markup changed, doubled, dropped or moved.
std::string broken(std::string text, unsigned seed) {
    static const std::vector<std::string> pieces{
        "\n",  "**",       "`",  "```\n", "- ",    "# ",    "|",    "\\",   "<!--",
        "-->", "[^1]",     "> ", "\t",    "\r",    "<",     "&lt;", "  ",   "1. ",
        "~~~", "\xC2\xA0", "“",  "” —",   "10:00", "---\n", "]",    "\x01", "* "};
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) {
        return n == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
    };
    for (std::size_t i = 1 + below(6); i > 0; --i) {
        const std::size_t at = below(text.size());
        switch (below(4)) {
        case 0:
            text.insert(at, pieces[below(pieces.size())]);
            break;
        case 1:
            text.erase(at, 1 + below(12));
            break;
        case 2:
            text.insert(below(text.size()), text.substr(at, below(60)));
            break;
        default:
            text[at] = static_cast<char>(below(128));
        }
    }
    return text;
}

/// Draws documents of every shape; the same for the same seed.
class Drawer {
public:
    explicit Drawer(unsigned seed)
        : random_(seed) {}

    std::size_t below(std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
    }
    bool maybe() { return below(2) == 0; }

    /// Markup, lists, times and names of parts, as if they were text.
    std::string line() {
        static const std::vector<std::string> pieces{
            "web-02",     "pool",        "*",          "**bold**",
            "_x_",        "`code`",      "#",          "## Timeline",
            "- item",     "1. first",    "|",          "\\",
            "\\|",        "<b>",         "&amp;",      "[^1]",
            "[x](y)",     "10:00 UTC",   "2024-01-15", "Action:",
            "Impact:",    "Root cause:", "“quoted”",   "—",
            "–",          "Détail",      "日本",       "http://a.example/b_c",
            "Draft",      "Task 1:",     "(done)",     "(Owner: Ada)",
            "[^e1]",      "so.[^e2]",    "[^e2](x)",   "no![^e1][^e3]",
            "[^e1]: a",   "\\[^e3]",     "[^e0]",      "[^e9]",
            "---",        "```",         "~",          "$",
            "!",          ".",           ":",          "…",
            "snake_case", "weight 100",  "> quote",    "a  b"};
        std::string text;
        const std::size_t n = 1 + below(5);
        for (std::size_t i = 0; i < n; ++i)
            text += (i ? " " : "") + pieces[below(pieces.size())];
        return text;
    }
    std::string text() { return maybe() || maybe() ? line() : line() + "\n" + line(); }
    std::string optionalLine() { return maybe() ? line() : std::string(); }
    std::vector<std::string> list(std::size_t most) {
        std::vector<std::string> items(below(most + 1));
        for (std::string& item : items)
            item = text();
        return items;
    }
    Instant instantNear() {
        static constexpr std::array<std::int64_t, 5> grains{1, 1'000, 1'000'000, 1'000'000'000,
                                                            60'000'000'000};
        const std::int64_t grain = grains[below(grains.size())];
        // Around the night in which Europe's clocks were put back.
        const std::int64_t at =
            1'698'537'600'000'000'000 + static_cast<std::int64_t>(below(200'000'000)) * 1'000'000;
        return instant(at / grain * grain);
    }
    std::optional<Instant> optionalInstant() {
        return maybe() ? std::optional(instantNear()) : std::nullopt;
    }

    Evidence evidence() {
        static const std::vector<std::string> charts{"requests", "share", "errors", "latency",
                                                     "of my own"};
        if (maybe()) {
            const std::uint64_t first = 1 + below(500);
            return {"logs/" + line(), first, first + below(3), "", {}};
        }
        Evidence e;
        e.chart = charts[below(charts.size())];
        const Instant from = instantNear();
        if (maybe()) e.window = {from, from + std::chrono::milliseconds{1 + below(100'000'000)}};
        return e;
    }
    TimelineEntry entry() {
        TimelineEntry e;
        e.time = optionalInstant();
        e.timeText = optionalLine();
        e.kind = static_cast<EntryKind>(below(14));
        e.text = text();
        for (std::size_t i = below(3); i > 0; --i)
            e.evidence.push_back(evidence());
        return e;
    }
    /// Behind the marks in the texts; some lead nowhere, and to some nothing leads.
    std::vector<MarkedEvidence> markedEvidence() {
        std::vector<MarkedEvidence> all;
        for (const char* label : {"e1", "e2", "e3", "e12"})
            if (maybe()) all.push_back({label, evidence()});
        return all;
    }
    Kept kept() {
        static const std::vector<std::string> places{
            "",           "title",        "timeline[0]",    "timeline",
            "root_cause", "timeline[7]",  "summary.impact", "root_cause[1]",
            "tasks[0]",   "conclusion[0]"};
        static const std::vector<std::string> pieces{"> quote",
                                                     "| a | b |\n|---|---|\n| c | d |",
                                                     "```\nlog\n```",
                                                     "```",
                                                     "<script>alert(1)</script>",
                                                     "![remote](https://pictures.example/x.png)",
                                                     "## Glossary\n\ntext",
                                                     "<!-- end kept 1 -->",
                                                     "  indented",
                                                     "a\n\n\nb",
                                                     "---"};
        return {places[below(places.size())], pieces[below(pieces.size())]};
    }
    Postmortem document() {
        static const std::vector<std::string> zones{"UTC", "Europe/Berlin", "UTC-5", "+05:30", ""};
        Postmortem d;
        d.title = below(9) == 0 ? "Postmortem" : optionalLine();
        d.severity = optionalLine();
        d.owner = optionalLine();
        d.status = static_cast<DocumentStatus>(below(4));
        for (auto* names : {&d.authors, &d.reviewers, &d.services})
            for (std::size_t i = below(3); i > 0; --i)
                names->push_back(maybe() ? "Ada, Countess" : "Grace " + std::to_string(i));
        Summary& s = d.summary;
        s.zone = zones[below(zones.size())];
        s.start = optionalInstant();
        s.end = optionalInstant();
        if (s.start && s.end && *s.end < *s.start) std::swap(s.start, s.end);
        for (std::string* field :
             {&s.impact, &s.affectedShare, &s.failedShare, &s.slowShare, &s.rootCause, &s.trigger,
              &s.resolution, &s.startText, &s.endText, &s.durationText})
            *field = maybe() ? text() : std::string();
        for (auto* texts :
             {&s.other, &d.rootCause, &d.resolution, &d.wentWell, &d.wentWrong, &d.gotLucky,
              &d.improvements, &d.declined, &d.introduction, &d.conclusion})
            *texts = list(3);
        for (std::size_t i = below(6); i > 0; --i)
            d.timeline.push_back(entry());
        for (std::size_t i = below(4); i > 0; --i)
            d.tasks.push_back({line(), optionalLine(), optionalLine(), optionalLine(),
                               optionalLine(), optionalLine(), optionalLine(), optionalLine()});
        for (std::size_t i = below(3); i > 0; --i)
            d.kept.push_back(kept());
        d.evidence = markedEvidence();
        return d;
    }

private:
    std::mt19937 random_;
};

std::string difference(const Postmortem& a, const Postmortem& b) {
    const QStringList left = QString::fromStdString(toJson(a)).split('\n');
    const QStringList right = QString::fromStdString(toJson(b)).split('\n');
    for (qsizetype i = 0; i < std::max(left.size(), right.size()); ++i)
        if (left.value(i) != right.value(i))
            return (left.value(i) + "\n" + right.value(i)).toStdString();
    return {};
}

} // namespace

class TstReadback : public QObject {
    Q_OBJECT
private slots:
    void whatWasExportedIsReadBackExactly() {
        bool given = false;
        const Form odd = oddForm();
        const int asked = qEnvironmentVariableIntValue("POSTLUDE_DOCUMENTS", &given);
        for (int seed = 0; seed < (given ? asked : kDocuments); ++seed) {
            Postmortem document = Drawer(static_cast<unsigned>(seed)).document();
            const auto which = static_cast<std::size_t>(seed) % (builtInForms().size() + 1);
            const Form form = which == 0 ? odd : builtInForms()[which - 1];
            if (which != 1) document.form = form.name;
            const std::string markdown = toMarkdown(document, nullptr, exactly(&form));
            const auto reading = readPostmortem(markdown);
            QVERIFY(reading.has_value());
            const std::string fault = difference(document, reading->document) + "\n" + markdown;
            QVERIFY2(reading->document == document,
                     ("seed " + std::to_string(seed) + ":\n" + fault).c_str());
            QVERIFY2(toMarkdown(reading->document, nullptr, exactly(&form)) == markdown,
                     "and written the same again");
        }
    }

    void whateverWasReadIsWrittenTheSameAgain() {
        bool given = false;
        const int asked = qEnvironmentVariableIntValue("POSTLUDE_DOCUMENTS", &given);
        for (int seed = 0; seed < (given ? asked : kDocuments); ++seed) {
            const auto& texts = foreignTexts();
            const std::string text = broken(texts[static_cast<std::size_t>(seed) % texts.size()],
                                            static_cast<unsigned>(seed));
            const auto first = readPostmortem(text);
            if (!first) continue;
            const std::string markdown = toMarkdown(first->document, nullptr, exactly());
            const auto second = readPostmortem(markdown);
            QVERIFY(second.has_value());
            const std::string again = toMarkdown(second->document, nullptr, exactly());
            if (again != markdown)
                QFAIL(("seed " + std::to_string(seed) + ":\n" +
                       difference(first->document, second->document) + "\n===\n" + text +
                       "\n===\n" + markdown + "\n===\n" + again)
                          .c_str());
        }
    }

    void aMarkThatSomebodyBrokeKeepsItsPlace() {
        Postmortem document;
        document.title = "Outage";
        document.kept = {{"title", "> an aside"}};
        std::string markdown = toMarkdown(document, nullptr, exactly());
        markdown.replace(markdown.find("after title"), 11, "after ti~tle");
        const auto reading = readPostmortem(markdown);
        QVERIFY(reading->document == document);
        markdown = toMarkdown(document, nullptr, exactly());
        markdown.replace(markdown.find("timezone: UTC"), 13, "timezone: \\+");
        const auto once = readPostmortem(markdown);
        const std::string again = toMarkdown(once->document, nullptr, exactly());
        QVERIFY(readPostmortem(again)->document == once->document);
    }

    void onlyTheEditDiffers() {
        Postmortem document = Drawer(7).document();
        document.title = "Outage";
        document.summary = {};
        document.summary.start = instant(1'705'312'757'434'000'000);
        document.summary.end = *document.summary.start + std::chrono::minutes{3};
        document.summary.impact = "Half of all logins failed";
        document.timeline = {{document.summary.start, "", EntryKind::Detection, "alert", {}}};
        document.kept.clear();
        const std::string markdown = toMarkdown(document, nullptr, exactly());
        const auto edited = [&](const char* what, const char* with) {
            std::string text = markdown;
            const std::size_t at = text.find(what);
            return readPostmortem(text.replace(at, std::strlen(what), with))->document;
        };
        Postmortem expected = document;
        expected.summary.impact = "Some logins failed";
        QVERIFY(edited("Half of all logins", "Some logins") == expected);

        expected = document;
        expected.timeline.push_back({instant(1'705'312'860'000'000'000),
                                     "10:01 UTC",
                                     EntryKind::Mitigation,
                                     "rolled back",
                                     {}});
        const Postmortem more = edited("Detection: alert\n",
                                       "Detection: alert\n- 10:01 UTC – Mitigation: rolled back\n");
        QVERIFY2(more == expected, difference(expected, more).c_str());

        expected = document;
        expected.kept = {{"timeline[0]", "A note of mine."}};
        const Postmortem noted =
            edited("Detection: alert\n", "Detection: alert\n\nA note of mine.\n");
        QVERIFY2(noted == expected, difference(expected, noted).c_str());
    }

    /// The length in brackets follows from start and end; another one is what somebody says.
    void aLengthThatSomebodyChangedIsTheirWord() {
        Postmortem document;
        document.title = "Outage";
        document.summary.start = instant(1'705'312'757'434'000'000);
        document.summary.end = *document.summary.start + std::chrono::seconds{173};
        const std::string markdown = toMarkdown(document, nullptr, exactly());
        const std::string written = "(2 min 53 s)";
        QVERIFY(markdown.find(written) != std::string::npos);
        for (const std::string said :
             {"12 min 53 s", "2 min 53 s, though support says two hours; see INC-12"}) {
            std::string text = markdown;
            text.replace(text.find(written), written.size(), "(" + said + ")");
            const Postmortem read = readPostmortem(text)->document;
            QCOMPARE(read.summary.durationText, said);
            QVERIFY(read.summary.start == document.summary.start);
            QVERIFY(readPostmortem(toMarkdown(read, nullptr, exactly()))->document == read);
        }
    }

    /// Beside a footnote, in the caption of a chart, or where a footnote's mark is gone.
    void wordsAddedToOurOwnLinesAreKept() {
        Postmortem document;
        document.title = "Outage";
        const Instant at = instant(1'705'312'757'434'000'000);
        document.summary.start = at;
        document.timeline = {{at, "", EntryKind::Action, "first", {{"lb.log", 3, 3, "", {}}}},
                             {at, "", EntryKind::Action, "second", {{"lb.log", 5, 5, "", {}}}}};
        MarkdownOptions options = exactly();
        options.chartFolder = "r_files";
        options.charts = {
            {ChartKind::Errors, "errors", "Errors per server, 2024-01-15 09:57:50 – 10:03:40 UTC"}};
        const std::string markdown = toMarkdown(document, nullptr, options);
        QVERIFY(readPostmortem(markdown)->document == document);
        const auto keptOf = [&](const std::string& what, const std::string& with) {
            std::string text = markdown;
            text.replace(text.find(what), what.size(), with);
            const Postmortem read = readPostmortem(text)->document;
            const auto again = readPostmortem(toMarkdown(read, nullptr, exactly()));
            return read.kept.size() == 1 && again->document == read ? read.kept[0].markdown : "";
        };
        QCOMPARE(keptOf("lb.log, line 3", "lb.log, line 3, SHA-256 `00ff` – checked by Mara"),
                 "– checked by Mara");
        QCOMPARE(keptOf("10:03:40 UTC*", "10:03:40 UTC; note the 37 errors*"),
                 "*Errors per server, 2024-01-15 09:57:50 – 10:03:40 UTC; note the 37 errors*");
        QCOMPARE(keptOf("second[^2]", "second"), "[^2]: lb.log, line 5");
        QCOMPARE(keptOf("[^2]: lb.log", "[^1]: other.log, line 7\n[^2]: lb.log"),
                 "[^1]: other.log, line 7");
    }

    /// Behind the same lines may stand an entry, two sentences and nothing at all.
    void evidenceOfSentencesIsReadBack() {
        const Evidence lines{"lb.log", 3, 9, "", {}};
        const Evidence chart{"", 0, 0, "errors", {}};
        Postmortem document;
        document.title = "Outage";
        document.evidence = {{"e1", lines}, {"e2", chart}, {"e7", lines}, {"e8", chart}};
        document.summary.impact = "All failed.[^e2] Some twice![^e1] See [^e9] and [^e7]: both";
        document.rootCause = {"One[^e1]\ntwo\n[^e2] three[^e2](x)", "[^e1]: and [^e1]"};
        document.timeline = {{instant(1'705'312'757'434'000'000),
                              "",
                              EntryKind::Action,
                              "first[^e2]",
                              {lines, chart}}};
        const std::string markdown = toMarkdown(document, nullptr, exactly());
        QVERIFY(readPostmortem(markdown)->document == document);
        QVERIFY(QString::fromStdString(markdown).contains(
            "All failed.[^e2] Some twice\\![^e1] See \\[^e9\\] and [^e7]\\: both"));
        for (const char* note : {"\n[^e1]: lb.log, lines 3–9\n", "\n[^e8]: Chart “Errors per "
                                                                 "server”\n"})
            QVERIFY2(markdown.find(note) != std::string::npos, note);
        // For those who only read, the same evidence is one footnote.
        MarkdownOptions options;
        const QString read = QString::fromStdString(toMarkdown(document, nullptr, options));
        QVERIFY(read.contains("All failed.[^1] Some twice\\![^2] See \\[^e9\\] and [^2]\\: both"));
        QVERIFY(read.contains("first[^1][^2][^1]\n"));
        QVERIFY(!read.contains("[^3]"));
    }

    void whatHasNoPartComesBackInItsPlace() {
        const std::string foreign = "# Broken balance\n\n## Summary\n- Impact: slow\n\n## "
                                    "Glossary\n\n| a | b |\n|---|---|\n| c | d |\n\n"
                                    "## Timeline\n- 10:00 UTC: first\n\n> an aside\n\n```\nlog "
                                    "line\n```\n- 10:05 UTC: second\n";
        const auto reading = readPostmortem(foreign);
        QVERIFY(reading.has_value());
        const std::string again = toMarkdown(reading->document, nullptr, exactly());
        std::size_t from = 0;
        for (const char* part : {"Broken balance", "slow", "## Glossary", "| c | d |", "first",
                                 "log line", "second"}) {
            const std::size_t at = again.find(part, from);
            QVERIFY2(at != std::string::npos, part);
            from = at;
        }
        QVERIFY(readPostmortem(again)->document == reading->document);
    }

    void nothingKeptCanLoadOrSwallowInAnExport() {
        Postmortem document;
        document.kept = {
            {"title", "<script>x</script>\n![p](https://remote.example/p.png)\n<!-- open"}};
        const std::string markdown = toMarkdown(document, nullptr, exactly());
        QVERIFY(markdown.find("```\n<script>") != std::string::npos);
        QVERIFY(readPostmortem(markdown)->document == document);
    }
};

QTEST_GUILESS_MAIN(TstReadback)
#include "tst_readback.moc"
