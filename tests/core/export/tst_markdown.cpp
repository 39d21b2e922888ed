// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever people or logs write, the exported Markdown has the same structure and says the same.
#include "core/base/text.h"
#include "core/export/export.h"

#include <QtTest>
#include <algorithm>
#include <md4c.h>
#include <random>

using namespace postlude;

namespace {

/// Each stretch of blanks as one: a line break in a text is a hard one in Markdown, or a blank.
std::string singleBlanks(const std::string& text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' || out.empty() || out.back() != ' ') out += c;
    return out;
}

/// What a reader of CommonMark and GFM sees: one item a block, span or stretch of text.
struct Seen {
    std::vector<std::string> events;
    std::string text;
    void flush() {
        if (!text.empty()) events.push_back("text " + singleBlanks(text));
        text.clear();
    }
    void mark(std::string event) {
        flush();
        events.push_back(std::move(event));
    }
};

std::string detailOf(MD_BLOCKTYPE type, void* detail) {
    if (type == MD_BLOCK_H) return std::to_string(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
    if (type == MD_BLOCK_TABLE)
        return std::to_string(static_cast<MD_BLOCK_TABLE_DETAIL*>(detail)->col_count);
    if (type == MD_BLOCK_LI) return static_cast<MD_BLOCK_LI_DETAIL*>(detail)->is_task ? "task" : "";
    return {};
}

int onText(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* to) {
    auto& seen = *static_cast<Seen*>(to);
    if (type == MD_TEXT_NORMAL || type == MD_TEXT_CODE)
        seen.text.append(text, size);
    else if (type == MD_TEXT_NULLCHAR)
        seen.text += "\uFFFD";
    else if (type == MD_TEXT_BR)
        seen.text += ' ';
    else
        seen.mark("texttype " + std::to_string(type) + " " + std::string(text, size));
    return 0;
}

std::vector<std::string> read(const std::string& markdown) {
    Seen seen;
    MD_PARSER parser{};
    parser.flags = MD_DIALECT_GITHUB;
    parser.enter_block = [](MD_BLOCKTYPE t, void* d, void* to) {
        static_cast<Seen*>(to)->mark("block " + std::to_string(t) + detailOf(t, d));
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE t, void*, void* to) {
        static_cast<Seen*>(to)->mark("end " + std::to_string(t));
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE t, void*, void* to) {
        static_cast<Seen*>(to)->mark("span " + std::to_string(t));
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE t, void*, void* to) {
        static_cast<Seen*>(to)->mark("unspan " + std::to_string(t));
        return 0;
    };
    parser.text = onText;
    if (md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &seen) != 0)
        return {"failed"};
    seen.flush();
    return seen.events;
}

/// A document whose every text is the next one that `next` gives.
template <class Next>
Postmortem filled(Next next) {
    Postmortem d;
    for (std::string* s : {&d.title, &d.severity, &d.owner, &d.summary.impact,
                           &d.summary.affectedShare, &d.summary.failedShare, &d.summary.slowShare,
                           &d.summary.rootCause, &d.summary.trigger, &d.summary.resolution})
        *s = next();
    for (auto* list : {&d.authors, &d.reviewers, &d.services})
        *list = {next()};
    for (auto* list : {&d.rootCause, &d.resolution, &d.wentWell, &d.wentWrong, &d.gotLucky,
                       &d.improvements, &d.introduction, &d.conclusion})
        *list = {next(), next()};
    for (int i = 0; i < 3; ++i) {
        TimelineEntry entry;
        if (i > 0) entry.time = instant(1'705'312'757'000'000'000 + i);
        entry.timeText = next();
        entry.text = next();
        // Each differs, for equal pieces of evidence share a note.
        const auto line = static_cast<std::uint64_t>(i) * 2 + 3;
        entry.evidence = {{next(), line, line + 1, "", {}}, {"", line, 0, next(), {}}};
        d.timeline.push_back(entry);
    }
    for (int i = 0; i < 2; ++i)
        d.tasks.push_back({next(), next(), next(), next(), next(), next(), next(), next()});
    return d;
}

std::string shown(const std::string& text) {
    std::string line = text;
    std::ranges::replace(line, '\n', ' ');
    std::ranges::replace(line, '\r', ' ');
    return singleBlanks(std::string(trimmed(visible(line))));
}

void replaceAll(std::string& in, const std::string& what, const std::string& with) {
    for (std::size_t at = in.find(what); at != std::string::npos;
         at = in.find(what, at + with.size()))
        in.replace(at, what.size(), with);
}

const std::vector<std::string> kPieces{"](javascript:alert(1))",
                                       "[x](http://evil)",
                                       "![i](x)",
                                       "|",
                                       "\\|",
                                       "\\\\|",
                                       "`",
                                       "```",
                                       "~~~",
                                       "~~",
                                       "~",
                                       "<script>",
                                       "</td>",
                                       "<!--",
                                       "<http://a>",
                                       "&lt;",
                                       "&#60;",
                                       "&amp",
                                       "&",
                                       "- [ ] ",
                                       "- ",
                                       "+ ",
                                       "* ",
                                       "1. ",
                                       "2) ",
                                       "123456789. ",
                                       "====",
                                       "---",
                                       "- - -",
                                       "***",
                                       "___",
                                       "_",
                                       "__a__",
                                       "a_b",
                                       "*a*",
                                       "**",
                                       "# ",
                                       "#",
                                       " ##",
                                       "> ",
                                       ">",
                                       "[^1]",
                                       "[^1]: x",
                                       "[a]: /b \"c\"",
                                       "\n",
                                       "\r\n",
                                       "\n\n",
                                       "\n    ",
                                       "\t",
                                       "    ",
                                       "  ",
                                       "\u202E",
                                       "\u200B",
                                       std::string(1, '\0'),
                                       "\x1b[31m",
                                       "\xff\xfe",
                                       "\u00A0",
                                       "\u2003",
                                       "\u2028",
                                       "https://example.org/a_b?c=d&e=f",
                                       "www.example.org",
                                       "WWW.x.y",
                                       "ftp://x",
                                       "me@example.org",
                                       "mailto:a@b.c",
                                       "$x$",
                                       "$$",
                                       ":--",
                                       "|---|---|",
                                       "\\",
                                       "\\*",
                                       "\\\n",
                                       "!",
                                       "ü",
                                       "日本",
                                       "“q”",
                                       "'",
                                       "\"",
                                       ":",
                                       "::",
                                       "{",
                                       "}",
                                       "(",
                                       ")",
                                       "=",
                                       "+",
                                       "-",
                                       ".",
                                       "word",
                                       "Ordinary prose.",
                                       "12",
                                       " ",
                                       "<",
                                       "=\n",
                                       "&copy;",
                                       "%",
                                       "\u0301",
                                       "😀"};

class Hostile {
public:
    explicit Hostile(unsigned seed)
        : random_(seed) {}
    std::string operator()() {
        std::string text;
        for (unsigned n = 1 + random_() % 6; n > 0; --n)
            text += kPieces[random_() % kPieces.size()];
        // A text of blanks alone is left out by the writer; that is not what is tested here.
        const QString wholly = QString::fromStdString(shown(text)).trimmed();
        return wholly.isEmpty() ? "x" + text + "x" : text;
    }

private:
    std::mt19937 random_;
};

MarkdownOptions pictures() {
    return {"r_files", {{ChartKind::Share, "share", "Share, 2024"}}};
}

} // namespace

class TstMarkdown : public QObject {
    Q_OBJECT
private slots:
    void aTaskGoesToATrackerUnderItsOwnersName() {
        Postmortem d;
        d.tasks.resize(3);
        d.tasks[0].owner = "@ada";
        d.tasks[1].owner = "@SUM(1+1)";
        d.tasks[2].owner = "=1+1";
        const std::string csv = tasksCsv(d);
        QVERIFY(csv.find(",\"@ada\",") != std::string::npos);
        QVERIFY(csv.find(",\"'@SUM(1+1)\",") != std::string::npos);
        QVERIFY(csv.find(",\"'=1+1\",") != std::string::npos);
    }

    /// Its comments are for the reader that is to give the document back.
    void whatWasKeptShowsWithoutComments() {
        Postmortem d;
        d.kept = {{"title", "> an aside"}};
        MarkdownOptions options;
        const std::string shown = toMarkdown(d, nullptr, options);
        QVERIFY(shown.find("> an aside\n") != std::string::npos);
        QVERIFY(shown.find("<!--") == std::string::npos);
        options.exact = true;
        QVERIFY(toMarkdown(d, nullptr, options).find("<!-- kept 1 after title -->") !=
                std::string::npos);
    }

    void hostileTextsChangeNeitherTextNorStructure() {
        for (unsigned seed = 0; seed < 120; ++seed) {
            std::vector<std::string> texts;
            Hostile hostile(seed);
            const Postmortem evil = filled([&] { return texts.emplace_back(hostile()); });
            std::size_t number = 0;
            const Postmortem tame = filled([&] { return "tame" + std::to_string(number++) + "x"; });
            std::vector<std::string> expected = read(toMarkdown(tame, nullptr, pictures()));
            for (std::string& event : expected)
                for (std::size_t i = 0; i < texts.size(); ++i)
                    replaceAll(event, "tame" + std::to_string(i) + "x", expectedFor(texts[i], i));
            const std::string markdown = toMarkdown(evil, nullptr, pictures());
            compare(read(markdown), expected, seed);
            if (QTest::currentTestFailed()) return;
        }
    }

    void aloneInAnyPlaceItStaysText() {
        for (unsigned seed = 0; seed < 5000; ++seed) {
            const std::string text = Hostile(seed + 100000)();
            const std::string escaped = markdownEscaped(text);
            const std::vector<std::string> expected{"block 0", "block 9", "text " + shown(text),
                                                    "end 9", "end 0"};
            compare(read(escaped), expected, seed);
            compare(read("para\n\n" + escaped + "\n\npara")[5], "text " + shown(text), seed);
            if (QTest::currentTestFailed()) return;
        }
    }

    void ordinaryProseStaysReadable_data() {
        QTest::addColumn<QString>("prose");
        for (const char* prose :
             {"Errors rose at 09:59:17 - twice (18.8 %), said \"Ada\"; it's fixed.",
              "snake_case and lb/haproxy.cfg:24 = ok + more", "version 2.6.1, 10-20 % -> 30 %",
              "C:\\Users\\ada", "R&D & more", "issue #12!? yes", "-5 °C",
              "2024-01-15 09:59:17 – 10:02:11 UTC", "mod_proxy_balancer {a}"})
            QTest::newRow(prose) << QString::fromUtf8(prose);
    }
    void ordinaryProseStaysReadable() {
        QFETCH(QString, prose);
        QString plain = QString::fromStdString(markdownEscaped(prose.toStdString()));
        QCOMPARE(plain.replace("R\\&D", "R&D"), prose);
    }

    void markupIsEscaped_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("escaped");
        QTest::newRow("link") << "[a](b)" << "\\[a\\](b)";
        QTest::newRow("url") << "http://a.b" << "http\\://a.b";
        QTest::newRow("www") << "www.a.b" << "www\\.a.b";
        QTest::newRow("mail") << "a@b.c" << "a\\@b.c";
        QTest::newRow("list") << "- a" << "\\- a";
        QTest::newRow("number") << "1. a" << "1\\. a";
        QTest::newRow("heading") << "# a #" << "\\# a \\#";
        QTest::newRow("cell") << "a|b" << "a\\|b";
        QTest::newRow("html") << "<b>&lt;" << "\\<b>\\&lt;";
        QTest::newRow("lines") << " a\nb " << "a b";
    }
    void markupIsEscaped() {
        QFETCH(QString, text);
        QFETCH(QString, escaped);
        QCOMPARE(QString::fromStdString(markdownEscaped(text.toStdString())), escaped);
    }

    void daysAreShownWhereTheIncidentSpansThem() {
        Postmortem d;
        d.title = "Auth";
        d.summary.start = fromRfc3339("2023-11-10T23:58:00Z");
        d.summary.end = fromRfc3339("2023-11-11T00:02:00Z");
        d.timeline = {{d.summary.end, "", EntryKind::Resolution, "over", {}}};
        const std::string text = toMarkdown(d, nullptr, {});
        QVERIFY(
            text.find("- **Duration:** 2023-11-10 23:58:00 – 2023-11-11 00:02:00 UTC (4 min)\n") !=
            std::string::npos);
        QVERIFY(text.find("- **2023-11-11 00:02:00 UTC** — Resolution: over\n") !=
                std::string::npos);
        d.summary.zone = "Europe/Berlin"; // there both are on the eleventh
        QVERIFY(toMarkdown(d, nullptr, {}).find("- **01:02:00 Europe/Berlin** — Resolution") !=
                std::string::npos);
    }

    void sectionsHaveTheirNames() {
        const std::string text = toMarkdown(filled([] { return std::string("a"); }), nullptr, {});
        std::size_t at = 0;
        for (const char* heading :
             {"# a\n", "\n## Introduction\n", "\n## Issue summary\n", "\n## Timeline\n",
              "\n## Root cause and resolution\n", "\n## Corrective and preventative measures\n",
              "\n### Improvements\n", "\n### Tasks\n",
              "\n| Task | Type | Owner | Priority | Due | Tracker | Status | Done when |\n|---|",
              "\n## Lessons learned\n", "\n## Conclusion\n", "\n## Supporting evidence\n",
              "\n[^1]: a, lines 3–4\n"}) {
            at = text.find(heading, at);
            QVERIFY2(at != std::string::npos, heading);
        }
    }

private:
    /// A time's text is bold and so cannot begin or end with any white space.
    static std::string expectedFor(const std::string& text, std::size_t i) {
        const std::size_t firstTimeText = 10 + 3 + 16;
        const std::string line = shown(text);
        return i == firstTimeText ? QString::fromStdString(line).trimmed().toStdString() : line;
    }
    static void compare(const std::vector<std::string>& got,
                        const std::vector<std::string>& expected, unsigned seed) {
        for (std::size_t i = 0; i < std::min(got.size(), expected.size()); ++i)
            compare(got[i], expected[i], seed);
        QVERIFY2(got.size() == expected.size(), qPrintable(QString("seed %1: %2 events, not %3")
                                                               .arg(seed)
                                                               .arg(got.size())
                                                               .arg(expected.size())));
    }
    static void compare(const std::string& got, const std::string& expected, unsigned seed) {
        if (got != expected && !QTest::currentTestFailed())
            QFAIL(qPrintable(
                QString("seed %1:\n got      %2\n expected %3")
                    .arg(seed)
                    .arg(QString::fromStdString(got), QString::fromStdString(expected))));
    }
};

QTEST_GUILESS_MAIN(TstMarkdown)
#include "tst_markdown.moc"
