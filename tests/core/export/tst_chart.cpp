// SPDX-License-Identifier: GPL-3.0-or-later
// Charts from a query's series, and whole exports of a document.
#include "core/export/detail/curves.h"
#include "core/export/export.h"
#include "core/export/print.h"
#include "core/postmortem/wording.h"
#include "tests/core/export/fakequery.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QPageRanges>
#include <QPainter>
#include <QPdfWriter>
#include <QPicture>
#include <QStringEncoder>
#include <QtTest>
#include <fstream>
#include <sstream>

using namespace postlude;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

Analysis analysisOf(const FakeQuery& query) {
    Analysis a;
    a.span = query.span(ClockView::Corrected);
    Incident i;
    i.impactStart = query.trouble.from;
    i.resolved = query.trouble.to;
    i.impact = {10318, 1944, 5774, 900, 759, 1940, {}};
    a.incidents = {i};
    for (const ServerKey& key : query.servers()) {
        ServerReport report;
        report.key = key;
        report.expectedShareBefore = 0.25;
        a.servers.push_back(report);
    }
    return a;
}

std::string contentOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string sha256(const char* text) {
    return QCryptographicHash::hash(QByteArray(text), QCryptographicHash::Sha256)
        .toHex()
        .toStdString();
}

std::vector<Chart> chartsOf(const FakeQuery& query) {
    return incidentCharts(query, analysisOf(query), {}, {}).value_or(std::vector<Chart>{});
}

/// Pixels of about this colour.
int countOf(const QImage& image, QColor colour) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor c = image.pixelColor(x, y);
            if (std::abs(c.red() - colour.red()) + std::abs(c.green() - colour.green()) +
                    std::abs(c.blue() - colour.blue()) <
                12)
                ++count;
        }
    return count;
}

std::size_t pagesIn(const std::string& pdf) {
    std::size_t pages = 0;
    for (std::size_t at = 0; (at = pdf.find("/Type /Page\n", at)) != std::string::npos; ++at)
        ++pages;
    return pages;
}

Postmortem documented(const FakeQuery& query) {
    Postmortem d = draftPostmortem(analysisOf(query), {}, "Traffic <Tango>");
    d.timeline.push_back(
        {query.trouble.from, "", EntryKind::Action, "looked", {{"lb/haproxy.log", 4, 6, "", {}}}});
    d.timeline.push_back(
        {query.trouble.to, "", EntryKind::Action, "mended", {{"lb/haproxy.cfg", 3, 3, "", {}}}});
    return d;
}

} // namespace

class TstChart : public QObject {
    Q_OBJECT
private slots:
    void init() { QVERIFY(folder_.isValid()); }

    /// The heaviest incident is not always the one that is written about.
    void theChartsAreOfTheIncidentThatTheDocumentTellsOf() {
        const FakeQuery query;
        Analysis analysis = analysisOf(query);
        Incident other = analysis.incidents.front();
        other.impact = {};
        other.impactStart += std::chrono::seconds{120};
        other.resolved = other.impactStart + std::chrono::seconds{20};
        analysis.incidents.push_back(other);
        Postmortem document;
        document.summary.zone = "Europe/Berlin";
        QCOMPARE(incidentCharts(query, analysis, document, {})->front().incident.from,
                 analysis.incidents.front().impactStart);
        document.summary.start = other.impactStart;
        const Chart chart = incidentCharts(query, analysis, document, {})->front();
        QCOMPARE(chart.incident.from, other.impactStart);
        QCOMPARE(chart.zone, "Europe/Berlin");
    }

    void fourChartsWithMarginInsideTheSpan() {
        const FakeQuery query;
        const auto charts = chartsOf(query);
        QCOMPARE(charts.size(), size_t(4));
        QCOMPARE(charts[1].expectedShares, (std::vector<double>{0.25, 0.25, 0.25, 0.25}));
        QVERIFY(charts[0].incident == query.trouble);
        QCOMPARE(charts[0].table.origin, query.begin + 10s); // half of 174 s before 97 s
        QCOMPARE(pictureOf(charts[1]).stem, std::string("share"));
        QCOMPARE(pictureOf(charts[1]).caption,
                 std::string("Share of traffic per server, 2024-01-15 09:57:50 – 10:03:40 UTC"));
    }

    void nothingToShowGivesNoCharts() {
        FakeQuery query;
        query.quiet = true;
        QVERIFY(incidentCharts(query, analysisOf(query), {}, {})->empty());
        QCOMPARE(incidentCharts(FakeQuery{}, Analysis{}, {}, {})->size(), size_t(4));
    }

    /// An empty ground would leave it to guess whether something is missing.
    void whereNobodyWasServedTheSharesSaySo() {
        auto charts = chartsOf(FakeQuery{});
        Chart& share = charts[1];
        const Curves whole = curvesOf(share);
        QVERIFY(whole.gaps.empty());
        for (Series& series : share.table.series)
            for (std::size_t b = 20; b < 60; ++b)
                if (!series.key.server.empty()) series.buckets[b] = {};
        for (std::size_t b = 50; b < 60; ++b)
            share.table.total.buckets[b].requests = 0;
        Curves curves = curvesOf(share);
        QCOMPARE(curves.gaps.size(), size_t(1));
        QCOMPARE(curves.gaps[0].first, size_t(20));
        QCOMPARE(curves.gaps[0].end, size_t(60));
        QCOMPARE(curves.gaps[0].why, std::string("no requests served"));
        QVERIFY(contains(chartSvg(share), "no requests served"));
        for (Bucket& bucket : share.table.total.buckets)
            bucket.requests = 0;
        curves = curvesOf(share);
        QCOMPARE(curves.gaps[0].why, std::string("no requests"));
    }

    /// A unit that is cut off names another one.
    void unitsAreWrittenInFullHoweverNarrow() {
        for (const Chart& chart : chartsOf(FakeQuery{}))
            for (const int width : {960, 560, 360}) {
                QPicture picture;
                QPainter painter(&picture);
                paintChart(painter, {width, 240}, chart);
                painter.end();
                const QByteArray recorded(picture.data(), qsizetype(picture.size()));
                const QByteArray unit = QStringEncoder(QStringEncoder::Utf16BE)(
                    QString::fromStdString(curvesOf(chart).unit));
                QVERIFY2(recorded.contains(unit), curvesOf(chart).unit.c_str());
            }
    }

    void picturesShowServersAndIncident() {
        const auto charts = chartsOf(FakeQuery{});
        for (const Chart& chart : charts) {
            const QImage image = chartImage(chart, 2);
            QCOMPARE(image.size(), QSize(1920, 600));
            if (chart.kind == ChartKind::Latency || chart.kind == ChartKind::Errors)
                QVERIFY(countOf(image, QColor(0xFD, 0xEC, 0xEA)) > 20000);
            if (chart.kind != ChartKind::Share) continue;
            const double blue = countOf(image, QColor(0x33, 0x8E, 0xC1));
            const double orange = countOf(image, QColor(0xEB, 0xB2, 0x33));
            QVERIFY2(orange > blue * 1.8, "web-02 took most of it");
        }
    }

    void oddDataIsPainted() {
        Chart chart;
        for (const ChartKind kind :
             {ChartKind::Requests, ChartKind::Share, ChartKind::Errors, ChartKind::Latency}) {
            chart.kind = kind;
            chartImage(chart, 1); // no buckets, no series
        }
        chart.table.bucket = 1s;
        chart.table.total.buckets.resize(3);
        for (int i = 0; i < 30; ++i)
            chart.table.series.push_back({"server with a rather long name " + std::to_string(i),
                                          {"b", "s"},
                                          std::vector<Bucket>(3)});
        chart.zone = "no such zone";
        QVERIFY(contains(chartSvg(chart), "<svg"));
    }

    void markdownComesWithPictures() {
        const FakeQuery query;
        const Analysis analysis = analysisOf(query);
        const fs::path file = path("my report.md");
        const auto result = exportPostmortem(documented(query), &query, &analysis, file);
        QVERIFY2(result.has_value(), result ? "" : describe(result.error()).c_str());
        QCOMPARE(result->pictures.size(), size_t(8));
        for (const fs::path& picture : result->pictures)
            QVERIFY(fs::file_size(picture) > 1000);
        QVERIFY(fs::exists(path("my report_files/share.svg")));
        const std::string text = contentOf(file);
        QVERIFY(contains(text, "](my%20report_files/share.svg)"));
        QVERIFY(contains(text, "- **Duration:** 2024-01-15 09:59:17 – 10:02:11 UTC (2 min 54 s)"));
        QVERIFY2(contains(text, "]: lb/haproxy.log, lines 4–6, SHA-256 `" +
                                    sha256("text of line 4\ntext of line 5\ntext of line 6") + "`"),
                 text.c_str());
        QVERIFY(contains(text, "]: lb/haproxy.cfg, line 3, SHA-256 `" +
                                   sha256("  server web-02 weight 100") + "`"));
        QVERIFY2(std::ranges::none_of(fs::directory_iterator(file.parent_path()),
                                      [](const auto& e) {
                                          return e.path().filename().string().starts_with(
                                              ".postlude");
                                      }),
                 "temporary files are gone");
    }

    void htmlIsWholeAndHarmless() {
        const FakeQuery query;
        const Analysis analysis = analysisOf(query);
        Postmortem d = documented(query);
        d.summary.impact = "<script>alert(1)</script>\" onload='x' &lt;";
        QVERIFY(exportPostmortem(d, &query, &analysis, path("r.html")));
        const std::string text = contentOf(path("r.html"));
        QVERIFY(contains(text, "<a id=\"ref-1\" href=\"#note-1\">"));
        QVERIFY(contains(text, "<a href=\"#ref-1\""));
        QCOMPARE(text.find("id=\"ref-1\""), text.rfind("id=\"ref-1\""));
        QVERIFY(contains(
            text, "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;lt;"));
        QVERIFY(!contains(text, "<script"));
        QVERIFY(contains(text, "data:image/svg+xml;base64,"));
        QVERIFY(contains(text, "max-width: 60rem")); // the style sheets are inside
        QVERIFY(!contains(text, "http://") && !contains(text, "https://"));
    }

    void linesOfATextStayLinesInHtml() {
        Postmortem d;
        d.summary.impact = "Logins failed.\n\nSo did <payments>.";
        QVERIFY(exportPostmortem(d, nullptr, nullptr, path("lines.html")));
        QVERIFY(contains(contentOf(path("lines.html")),
                         "Logins failed.<br>\nSo did &lt;payments&gt;.</li>"));
    }

    void pdfAndJson() {
        const FakeQuery query;
        const Analysis analysis = analysisOf(query);
        const Postmortem d = documented(query);
        QVERIFY(exportPostmortem(d, &query, &analysis, path("r.PDF")));
        const std::string pdf = contentOf(path("r.PDF"));
        QVERIFY(pdf.starts_with("%PDF-"));
        // Footnotes are jumps within the document, and a reader has its list of contents.
        QVERIFY(contains(pdf, "/Dest") && contains(pdf, "/Outlines"));
        QVERIFY(!contains(pdf, "/URI (#"));
        QVERIFY(exportPostmortem(d, nullptr, nullptr, path("r.json")));
        QVERIFY(*postmortemFromJson(contentOf(path("r.json"))) == d);
    }

    /// A time in brackets jumps to its entry: one link more than without.
    void aLinkToAnEntryJumpsInAPdf() {
        Postmortem d;
        d.title = "Outage";
        d.timeline = {
            {fromRfc3339("2024-01-15T10:02:07Z"), "", EntryKind::Mitigation, "reverted", {}}};
        const auto linksIn = [&](const std::string& text) {
            d.rootCause = {text};
            if (!exportPostmortem(d, nullptr, nullptr, path("link.pdf"))) return std::size_t(99);
            const std::string pdf = contentOf(path("link.pdf"));
            std::size_t links = 0;
            for (std::size_t at = pdf.find("/Subtype /Link"); at != std::string::npos;
                 at = pdf.find("/Subtype /Link", at + 1))
                ++links;
            return links;
        };
        QCOMPARE(linksIn("over since 10:02:07"), std::size_t(0));
        QCOMPARE(linksIn("over since [10:02:07]"), std::size_t(1));
        QCOMPARE(linksIn("over since [10:02:08]"), std::size_t(0));
    }

    /// On the paper that the printer has, and only the pages that were asked for.
    void printsOnAnyPaper() {
        const FakeQuery query;
        const Analysis analysis = analysisOf(query);
        const auto report = printableReport(documented(query), &query, &analysis);
        QVERIFY(report.has_value());
        const auto printed = [&](QPageSize::PageSizeId size, const QString& ranges) {
            QByteArray bytes;
            QBuffer buffer(&bytes);
            buffer.open(QIODevice::WriteOnly);
            QPdfWriter writer(&buffer);
            writer.setPageSize(QPageSize(size));
            writer.setPageRanges(QPageRanges::fromString(ranges));
            const bool done = (*report)->printOn(writer);
            buffer.close();
            return done ? pagesIn(bytes.toStdString()) : 0;
        };
        const std::size_t all = printed(QPageSize::A4, {});
        QVERIFY(all > 2);
        QVERIFY(printed(QPageSize::A6, {}) > all);
        QCOMPARE(printed(QPageSize::A4, QStringLiteral("2-3")), std::size_t{2});
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!printableReport(documented(query), &query, &analysis, {}, stop.get_token()));
    }

    void whatCannotBeWrittenSaysWhy() {
        QCOMPARE(int(exportPostmortem({}, nullptr, nullptr, path("r.docx")).error().kind),
                 int(ErrorKind::Usage));
        QVERIFY(contains(exportPostmortem({}, nullptr, nullptr, path("r")).error().remedy, ".md"));
        QCOMPARE(int(exportPostmortem({}, nullptr, nullptr, path("no/such/r.md")).error().kind),
                 int(ErrorKind::NotFound));
        QVERIFY(!exportPostmortem({}, nullptr, nullptr, "/proc/r.md"));
    }

    void isStoppedBeforeAnythingIsWritten() {
        const FakeQuery query;
        const Analysis analysis = analysisOf(query);
        for (const char* name : {"s.md", "s.html", "s.pdf", "s.odt", "s.json", "s.csv"}) {
            std::stop_source stop;
            QStringList stages;
            const auto done = exportPostmortem(documented(query), &query, &analysis, path(name), {},
                                               stop.get_token(), [&](const Progress& progress) {
                                                   stages << QString::fromStdString(progress.stage);
                                                   stop.request_stop(); // at the first word of it
                                               });
            if (stages.front() == QLatin1String("Writing")) continue; // too far to be stopped
            QVERIFY2(!done, name);
            QCOMPARE(int(done.error().kind), int(ErrorKind::Cancelled));
            QCOMPARE(stages.size(), 1);
            QVERIFY2(!fs::exists(path(name)), name);
        }
    }

    void whatWasThereStaysIfWritingFails() {
        // A folder in the way makes the rename fail after everything else went well.
        fs::create_directories(path("taken.md/full"));
        QVERIFY(!exportPostmortem({}, nullptr, nullptr, path("taken.md")));
        QVERIFY(fs::exists(path("taken.md/full")));
    }

private:
    [[nodiscard]] fs::path path(const char* name) const {
        return fs::path(folder_.path().toStdString()) / name;
    }
    QTemporaryDir folder_;
};

QTEST_MAIN(TstChart)
#include "tst_chart.moc"
