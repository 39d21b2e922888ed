// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/export.h"

#include "core/export/detail/files.h"
#include "core/export/detail/html.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QPageSize>
#include <QPdfWriter>
#include <QScreen>
#include <QTextDocument>
#include <QUrl>
#include <algorithm>

namespace postlude {

namespace {

// Sharp at 300 dots an inch on a page that is 18 cm wide inside its margins.
constexpr double kPaperScale = 2.5;

std::string endingOf(const std::filesystem::path& file) {
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return ending;
}

std::vector<ChartPicture> picturesOf(const std::vector<Chart>& charts) {
    std::vector<ChartPicture> pictures;
    for (const Chart& chart : charts)
        pictures.push_back(pictureOf(chart));
    return pictures;
}

const Chart& chartOf(const std::vector<Chart>& charts, const ChartPicture& picture) {
    return *std::ranges::find(charts, picture.kind, &Chart::kind);
}

/// The charts in the zone of the document.
Result<std::vector<Chart>> chartsFor(const Postmortem& document, const Query* query,
                                     const Analysis* analysis) {
    if (!query || !analysis) return std::vector<Chart>{};
    Result<std::vector<Chart>> charts = incidentCharts(*query, *analysis, {});
    if (charts)
        for (Chart& chart : *charts)
            chart.zone = document.summary.zone;
    return charts;
}

Result<ExportResult> writeMarkdown(const Postmortem& document, const Query* query,
                                   const std::vector<Chart>& charts,
                                   const std::filesystem::path& file) {
    ExportResult result{file, {}};
    MarkdownOptions options;
    options.exact = true;
    const std::string folder = file.stem().string() + "_files";
    if (!charts.empty()) {
        options.chartFolder = folder;
        options.charts = picturesOf(charts);
        if (auto made = makeFolder(file.parent_path() / folder); !made)
            return std::unexpected(made.error());
    }
    for (const Chart& chart : charts) {
        const std::filesystem::path stem = file.parent_path() / folder / nameOf(chart.kind);
        for (const char* ending : {".svg", ".png"}) {
            const std::filesystem::path picture = stem.string() + ending;
            const auto written =
                picture.extension() == ".svg" ? writeSvg(chart, picture) : writePng(chart, picture);
            if (!written) return std::unexpected(written.error());
            result.pictures.push_back(picture);
        }
    }
    // Last, so that a document that is there has its pictures.
    if (auto written = writeWhole(file, toMarkdown(document, query, options)); !written)
        return std::unexpected(written.error());
    return result;
}

std::string browserHtml(const Postmortem& document, const Query* query,
                        const std::vector<Chart>& charts) {
    return htmlOf(composeReport(document, query, picturesOf(charts)), document.title,
                  HtmlFor::Browser, [&](const ChartPicture& picture) {
                      const QByteArray svg =
                          QByteArray::fromStdString(chartSvg(chartOf(charts, picture)));
                      return "data:image/svg+xml;base64," + svg.toBase64().toStdString();
                  });
}

std::string pdf(const Postmortem& document, const Query* query, const std::vector<Chart>& charts) {
    QTextDocument text;
    QFont font;
    font.setFamilies({"Inter", "DejaVu Sans", "sans-serif"});
    font.setPointSizeF(9.5);
    text.setDefaultFont(font);
    for (const Chart& chart : charts)
        text.addResource(QTextDocument::ImageResource,
                         QUrl(QString::fromStdString(pictureOf(chart).stem)),
                         chartImage(chart, kPaperScale));
    const std::string html =
        htmlOf(composeReport(document, query, picturesOf(charts)), document.title, HtmlFor::Paper,
               [](const ChartPicture& p) { return p.stem; });
    text.setHtml(QString::fromStdString(html));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout::Millimeter);
    writer.setTitle(QString::fromStdString(document.title));
    writer.setCreator("Postlude");
    // With a page size of its own the document is printed as laid out, without further margins.
    const QSizeF millimetres = writer.pageLayout().paintRect(QPageLayout::Millimeter).size();
    text.setPageSize(millimetres / 25.4 * QGuiApplication::primaryScreen()->logicalDotsPerInchX());
    text.print(&writer);
    return bytes.toStdString();
}

} // namespace

Result<ExportResult> exportPostmortem(const Postmortem& document, const Query* query,
                                      const Analysis* analysis, const std::filesystem::path& file) {
    const std::string ending = endingOf(file);
    const bool known =
        ending == ".md" || ending == ".html" || ending == ".pdf" || ending == ".json";
    if (!known)
        return std::unexpected(Error{.kind = ErrorKind::Usage,
                                     .what = "no report can be written in this form",
                                     .place = {.source = file.string()},
                                     .remedy = "end the name with .md, .html, .pdf or .json"});
    std::string bytes;
    if (ending == ".json") {
        bytes = toJson(document);
    } else {
        const Result<std::vector<Chart>> charts = chartsFor(document, query, analysis);
        if (!charts) return std::unexpected(charts.error());
        if (ending == ".md") return writeMarkdown(document, query, *charts, file);
        bytes = ending == ".html" ? browserHtml(document, query, *charts)
                                  : pdf(document, query, *charts);
    }
    if (auto written = writeWhole(file, bytes); !written) return std::unexpected(written.error());
    return ExportResult{file, {}};
}

} // namespace postlude
