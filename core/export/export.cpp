// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/export.h"

#include "core/export/detail/files.h"
#include "core/export/detail/html.h"
#include "core/export/detail/odt.h"
#include "core/export/detail/paper.h"
#include "core/export/print.h"

#include <algorithm>

namespace postlude {

namespace {

constexpr const char* kText = "text"; // no chart is called so

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

/// The names of the pictures.
Result<std::vector<std::string>> drawPictures(const Job& job, const std::vector<Chart>& charts,
                                              const Staging& staging) {
    std::vector<std::string> names;
    for (const Chart& chart : charts) {
        if (auto wanted = job.begin("Drawing"); !wanted) return std::unexpected(wanted.error());
        const std::string stem(nameOf(chart.kind));
        names.insert(names.end(), {stem + ".svg", stem + ".png"});
        if (auto drawn = writeSvg(chart, staging.of(stem + ".svg")); !drawn)
            return std::unexpected(drawn.error());
        if (auto drawn = writePng(chart, staging.of(stem + ".png")); !drawn)
            return std::unexpected(drawn.error());
    }
    return names;
}

/// An error names the report that was asked for, not what was made on the way.
std::unexpected<Error> notWritten(const Job& job, Error error) {
    error.place.source = job.file.string();
    return std::unexpected(std::move(error));
}

Result<ExportResult> writeMarkdown(const Job& job, const std::vector<Chart>& charts) {
    ExportResult result{job.file, {}};
    MarkdownOptions options;
    options.exact = true;
    options.form = job.options.form;
    options.stop = job.stop;
    const auto staging = Staging::beside(job.file);
    if (!staging) return std::unexpected(staging.error());
    auto pictures = drawPictures(job, charts, *staging);
    if (!pictures) return notWritten(job, pictures.error());
    if (!charts.empty()) {
        options.chartFolder = job.file.stem().string() + "_files";
        options.charts = picturesOf(charts);
    }
    if (auto wanted = job.begin("Reading lines"); !wanted) return std::unexpected(wanted.error());
    const std::string text = toMarkdown(job.document, job.lines(), options);
    if (auto wanted = job.begin("Writing"); !wanted) return std::unexpected(wanted.error());
    if (auto written = writeWhole(staging->of(kText), text); !written)
        return notWritten(job, written.error());
    // All of it is on the disk. The text last, so that one that is there has its pictures.
    const auto folder = job.file.parent_path() / options.chartFolder;
    if (!charts.empty())
        if (auto made = makeFolder(folder); !made) return std::unexpected(made.error());
    for (const std::string& picture : *pictures) {
        if (auto moved = staging->move(picture, folder / picture); !moved)
            return std::unexpected(moved.error());
        result.pictures.push_back(folder / picture);
    }
    if (auto moved = staging->move(kText, job.file); !moved) return std::unexpected(moved.error());
    return result;
}

std::string browserHtml(const Report& report, const std::string& title,
                        const std::vector<Chart>& charts) {
    return htmlOf(report, title, HtmlFor::Browser, [&](const ChartPicture& picture) {
        const QByteArray svg = QByteArray::fromStdString(chartSvg(chartOf(charts, picture)));
        return "data:image/svg+xml;base64," + svg.toBase64().toStdString();
    });
}

Result<Report> reportFor(const Job& job, const std::vector<Chart>& charts) {
    if (auto wanted = job.begin("Reading lines"); !wanted) return std::unexpected(wanted.error());
    auto report = composeReport(job.document, job.lines(), picturesOf(charts),
                                {false, job.options.form, job.stop});
    if (auto wanted = job.begin("Laying out"); !wanted) return std::unexpected(wanted.error());
    return report;
}

/// HTML, PDF or OpenDocument.
Result<std::string> pagesOf(const Job& job, const std::string& ending,
                            const std::vector<Chart>& charts) {
    const Result<Report> report = reportFor(job, charts);
    if (!report) return std::unexpected(report.error());
    const std::string& title = job.document.title;
    std::string bytes = ending == ".html"  ? browserHtml(*report, title, charts)
                        : ending == ".pdf" ? pdfOf(*report, title, charts)
                                           : odtOf(*report, title, charts);
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

struct PrintableReport::Parts {
    std::string title;
    Report report;
    std::vector<Chart> charts;
};

PrintableReport::PrintableReport(std::unique_ptr<const Parts> parts)
    : parts_(std::move(parts)) {}

PrintableReport::~PrintableReport() = default;

bool PrintableReport::printOn(QPagedPaintDevice& device, const std::stop_token& stop) const {
    return paintPages(device, parts_->report, parts_->title, parts_->charts, stop);
}

std::unique_ptr<LaidOutPages> laidOut(const std::shared_ptr<const PrintableReport>& report,
                                      const QPageLayout& paper) {
    const PrintableReport::Parts& p = *report->parts_;
    return layOut(report, p.report, p.title, p.charts, paper);
}

Result<std::shared_ptr<const PrintableReport>>
printableReport(const Postmortem& document, const Query* query, const Analysis* analysis,
                const ExportOptions& options, const std::stop_token& stop,
                const ProgressSink& progress) {
    const std::filesystem::path paper = "paper";
    const Job job{document, query, analysis, paper, options, stop, progress};
    if (auto wanted = job.begin("Counting"); !wanted) return std::unexpected(wanted.error());
    Result<std::vector<Chart>> charts = chartsFor(job);
    if (!charts) return std::unexpected(charts.error());
    Result<Report> report = reportFor(job, *charts);
    if (!report) return std::unexpected(report.error());
    using Parts = PrintableReport::Parts;
    return std::make_shared<const PrintableReport>(std::make_unique<const Parts>(
        Parts{document.title, std::move(*report), std::move(*charts)}));
}

} // namespace postlude
