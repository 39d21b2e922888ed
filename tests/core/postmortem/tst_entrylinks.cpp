// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/export.h"
#include "core/postmortem/claims.h"
#include "core/postmortem/entrylinks.h"
#include "core/postmortem/reading.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace postlude;

namespace {

Postmortem document(const std::string& text) {
    Postmortem d;
    d.title = "Outage";
    d.summary.zone = "Europe/Berlin";
    d.timeline = {
        {fromRfc3339("2024-01-15T10:02:07.116Z"), "", EntryKind::Mitigation, "reverted", {}},
        {fromRfc3339("2024-01-15T10:02:07.900Z"), "", EntryKind::Action, "told", {}},
        {fromRfc3339("2024-01-16T10:02:07.116Z"), "", EntryKind::Action, "checked", {}},
        {{}, "", EntryKind::Detection, "an alert", {}}};
    d.rootCause = {text};
    return d;
}

std::vector<std::size_t> entriesIn(const Postmortem& d, std::string_view text) {
    std::vector<std::size_t> entries;
    for (const EntryLink& link : EntryLinks(d).in(text))
        entries.push_back(link.entry);
    return entries;
}

} // namespace

class TstEntryLinks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void timesInTheDocumentsZoneLead() {
        const Postmortem d = document({});
        const std::vector<std::size_t> all{0, 0, 1, 2, 2};
        QCOMPARE(entriesIn(d, "[11:02:07], [11:02:07.116] [11:02:07.900][2024-01-16 11:02:07] "
                              "[2024-01-16 11:02:07.116]"),
                 all);
        for (const char* none : {"[10:02:07]", "[11:02]", "(11:02:07)", "[11:02:07", "[^11:02:07]",
                                 "[[What at 11:02:07?]]", "11:02:07", ""})
            QVERIFY2(entriesIn(d, none).empty(), none);
        const std::vector<std::size_t> inner{0};
        QCOMPARE(entriesIn(d, "[see [11:02:07]]"), inner);
    }

    void aLinkIsAsShortAsLeads() {
        const Postmortem d = document({});
        EntryLinks links(d);
        const std::vector<std::string> texts{"[11:02:07]", "[11:02:07.900]",
                                             "[2024-01-16 11:02:07]", "", ""};
        for (std::size_t i = 0; i < texts.size(); ++i) {
            QCOMPARE(links.textTo(i), texts[i]);
            if (texts[i].empty()) continue;
            QCOMPARE(links.in(texts[i]).size(), std::size_t(1));
            QCOMPARE(links.in(texts[i])[0].entry, i);
        }
    }

    /// Text in Markdown, where items of lists have no names.
    void writtenFormsLeadThere() {
        const Postmortem d = document("Over since [11:02:07], not [11:02:08]");
        MarkdownOptions options;
        options.exact = true;
        const std::string markdown = toMarkdown(d, nullptr, options);
        QVERIFY(markdown.find("since \\[11:02:07\\], not \\[11:02:08\\]") != std::string::npos);
        QVERIFY(readPostmortem(markdown)->document == d);
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("report.html"));
        QVERIFY(exportPostmortem(d, nullptr, nullptr, file.toStdString()));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const std::string html = written.readAll().toStdString();
        QVERIFY(html.find("since <a href=\"#entry-1\">11:02:07</a>, not [11:02:08]") !=
                std::string::npos);
        const std::size_t anchor = html.find("<a id=\"entry-1\"></a>");
        QVERIFY(anchor != std::string::npos && html.find("reverted") > anchor);
        QVERIFY(html.find("entry-2") == std::string::npos);
    }

    /// The time is the entry's, and compared there: "over" here is no claim on the end.
    void aLinkIsNoClaim() {
        Analysis analysis;
        Incident incident;
        incident.impactStart = *fromRfc3339("2024-01-15T09:59:17Z");
        incident.resolved = fromRfc3339("2024-01-15T10:30:00Z");
        analysis.incidents = {incident};
        analysis.span = {*fromRfc3339("2024-01-15T09:00:00Z"),
                         *fromRfc3339("2024-01-17T11:00:00Z")};
        const auto claimsIn = [&](const std::string& text) {
            const std::vector<Claim> claims = *claimsOf(document(text), analysis, nullptr, {});
            return std::ranges::count_if(
                claims, [](const Claim& claim) { return claim.place.starts_with("root_cause"); });
        };
        QCOMPARE(claimsIn("It was over at 11:02:07."), 1);
        QCOMPARE(claimsIn("It was over at [11:02:07]."), 0);
        QCOMPARE(claimsIn("It was over at [11:02:08]."), 1);
    }
};

QTEST_GUILESS_MAIN(TstEntryLinks)
#include "tst_entrylinks.moc"
