// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/export.h"

#include "core/export/detail/files.h"
#include "core/export/detail/html.h"
#include "core/export/detail/paper.h"

#include <algorithm>

namespace postlude {

namespace {

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
                                     const Analysis* analysis, const ExportOptions& options) {
    if (!query || !analysis) return std::vector<Chart>{};
    Result<std::vector<Chart>> charts = incidentCharts(*query, *analysis, {});
    if (!charts) return charts;
    for (Chart& chart : *charts) {
        chart.zone = document.summary.zone;
        for (Series& series : chart.table.series)
            if (options.rename) series.name = options.rename(series.name);
    }
    return charts;
}

Result<ExportResult> writeMarkdown(const Postmortem& document, const Query* query,
                                   const std::vector<Chart>& charts, const Form* form,
                                   const std::filesystem::path& file) {
    ExportResult result{file, {}};
    MarkdownOptions options;
    options.exact = true;
    options.form = form;
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

std::string browserHtml(const Report& report, const std::string& title,
                        const std::vector<Chart>& charts) {
    return htmlOf(report, title, HtmlFor::Browser, [&](const ChartPicture& picture) {
        const QByteArray svg = QByteArray::fromStdString(chartSvg(chartOf(charts, picture)));
        return "data:image/svg+xml;base64," + svg.toBase64().toStdString();
    });
}

} // namespace

Result<ExportResult> exportPostmortem(const Postmortem& document, const Query* query,
                                      const Analysis* analysis, const std::filesystem::path& file,
                                      const ExportOptions& options) {
    const std::string ending = endingOf(file);
    const auto known = {".md", ".html", ".pdf", ".odt", ".json", ".csv"};
    if (std::ranges::find(known, ending) == known.end())
        return std::unexpected(Error{.kind = ErrorKind::Usage,
                                     .what = "no report can be written in this form",
                                     .place = {.source = file.string()},
                                     .remedy = "end the name with .md, .html, .pdf, .odt, .json "
                                               "or .csv"});
    std::string bytes;
    if (ending == ".json") {
        bytes = toJson(document);
    } else if (ending == ".csv") {
        bytes = tasksCsv(document);
    } else {
        const Result<std::vector<Chart>> charts = chartsFor(document, query, analysis, options);
        if (!charts) return std::unexpected(charts.error());
        const Query* lines = options.digests ? query : nullptr;
        if (ending == ".md") return writeMarkdown(document, lines, *charts, options.form, file);
        const auto report =
            composeReport(document, lines, picturesOf(*charts), {false, options.form});
        bytes = ending == ".html"  ? browserHtml(report, document.title, *charts)
                : ending == ".pdf" ? pdfOf(report, document.title, *charts)
                                   : odtOf(report, document.title, *charts);
        if (bytes.empty())
            return std::unexpected(Error{.kind = ErrorKind::Write,
                                         .what = "could not be made",
                                         .place = {.source = file.string()},
                                         .remedy = "choose another kind of file"});
    }
    if (auto written = writeWhole(file, bytes); !written) return std::unexpected(written.error());
    return ExportResult{file, {}};
}

} // namespace postlude
