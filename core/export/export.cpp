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

/// What an export is made from, and who wants to hear of it.
struct Job {
    const Postmortem& document;
    const Query* query;
    const Analysis* analysis;
    const std::filesystem::path& file;
    const ExportOptions& options;
    const std::stop_token& stop;
    const ProgressSink& progress;

    [[nodiscard]] const Query* lines() const { return options.digests ? query : nullptr; }

    /// Tells what comes next, unless nobody wants it any more.
    [[nodiscard]] Result<void> begin(const char* stage) const {
        if (stop.stop_requested())
            return std::unexpected(Error{.kind = ErrorKind::Cancelled,
                                         .what = "the export was stopped",
                                         .place = {.source = file.string()}});
        Progress now;
        now.stage = stage;
        if (progress) progress(now);
        return {};
    }
};

/// The charts in the zone of the document.
Result<std::vector<Chart>> chartsFor(const Job& job) {
    if (!job.query || !job.analysis) return std::vector<Chart>{};
    Result<std::vector<Chart>> charts =
        incidentCharts(*job.query, *job.analysis, job.document, job.stop);
    if (!charts) return charts;
    for (Chart& chart : *charts)
        for (Series& series : chart.table.series)
            if (job.options.rename) series.name = job.options.rename(series.name);
    return charts;
}

Result<void> writePictures(const Job& job, const std::vector<Chart>& charts,
                           const std::filesystem::path& folder, ExportResult& result) {
    if (auto made = makeFolder(folder); !made) return made;
    for (const Chart& chart : charts) {
        if (auto wanted = job.begin("Drawing"); !wanted) return wanted;
        const std::filesystem::path stem = folder / nameOf(chart.kind);
        for (const char* ending : {".svg", ".png"}) {
            const std::filesystem::path picture = stem.string() + ending;
            const auto written =
                picture.extension() == ".svg" ? writeSvg(chart, picture) : writePng(chart, picture);
            if (!written) return written;
            result.pictures.push_back(picture);
        }
    }
    return {};
}

Result<ExportResult> writeMarkdown(const Job& job, const std::vector<Chart>& charts) {
    ExportResult result{job.file, {}};
    MarkdownOptions options;
    options.exact = true;
    options.form = job.options.form;
    options.stop = job.stop;
    if (!charts.empty()) {
        options.chartFolder = job.file.stem().string() + "_files";
        options.charts = picturesOf(charts);
        const auto folder = job.file.parent_path() / options.chartFolder;
        if (auto drawn = writePictures(job, charts, folder, result); !drawn)
            return std::unexpected(drawn.error());
    }
    // Last, so that a document that is there has its pictures.
    if (auto wanted = job.begin("Reading lines"); !wanted) return std::unexpected(wanted.error());
    const std::string text = toMarkdown(job.document, job.lines(), options);
    if (auto wanted = job.begin("Writing"); !wanted) return std::unexpected(wanted.error());
    if (auto written = writeWhole(job.file, text); !written)
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

/// HTML, PDF or OpenDocument.
Result<std::string> pagesOf(const Job& job, const std::string& ending,
                            const std::vector<Chart>& charts) {
    if (auto wanted = job.begin("Reading lines"); !wanted) return std::unexpected(wanted.error());
    const auto report = composeReport(job.document, job.lines(), picturesOf(charts),
                                      {false, job.options.form, job.stop});
    if (auto wanted = job.begin("Laying out"); !wanted) return std::unexpected(wanted.error());
    const std::string& title = job.document.title;
    std::string bytes = ending == ".html"  ? browserHtml(report, title, charts)
                        : ending == ".pdf" ? pdfOf(report, title, charts)
                                           : odtOf(report, title, charts);
    if (!bytes.empty()) return bytes;
    return std::unexpected(Error{.kind = ErrorKind::Write,
                                 .what = "could not be made",
                                 .place = {.source = job.file.string()},
                                 .remedy = "choose another kind of file"});
}

Result<ExportResult> writeBytes(const Job& job, const Result<std::string>& bytes) {
    if (!bytes) return std::unexpected(bytes.error());
    if (auto wanted = job.begin("Writing"); !wanted) return std::unexpected(wanted.error());
    if (auto written = writeWhole(job.file, *bytes); !written)
        return std::unexpected(written.error());
    return ExportResult{job.file, {}};
}

} // namespace

Result<ExportResult> exportPostmortem(const Postmortem& document, const Query* query,
                                      const Analysis* analysis, const std::filesystem::path& file,
                                      const ExportOptions& options, const std::stop_token& stop,
                                      const ProgressSink& progress) {
    const std::string ending = endingOf(file);
    const auto known = {".md", ".html", ".pdf", ".odt", ".json", ".csv"};
    if (std::ranges::find(known, ending) == known.end())
        return std::unexpected(Error{.kind = ErrorKind::Usage,
                                     .what = "no report can be written in this form",
                                     .place = {.source = file.string()},
                                     .remedy = "end the name with .md, .html, .pdf, .odt, .json "
                                               "or .csv"});
    const Job job{document, query, analysis, file, options, stop, progress};
    if (ending == ".json") return writeBytes(job, toJson(document));
    if (ending == ".csv") return writeBytes(job, tasksCsv(document));
    if (auto wanted = job.begin("Counting"); !wanted) return std::unexpected(wanted.error());
    const Result<std::vector<Chart>> charts = chartsFor(job);
    if (!charts) return std::unexpected(charts.error());
    if (ending == ".md") return writeMarkdown(job, *charts);
    return writeBytes(job, pagesOf(job, ending, *charts));
}

} // namespace postlude
