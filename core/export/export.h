// SPDX-License-Identifier: GPL-3.0-or-later
// The postmortem leaves the house: Markdown with charts beside it, HTML, PDF, JSON.
#pragma once

#include "core/base/progress.h"
#include "core/export/chart.h"
#include "core/postmortem/forms.h"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace postlude {

struct MarkdownOptions {
    std::string chartFolder; ///< relative to the document, "report_files"; empty: no pictures
    std::vector<ChartPicture> charts; ///< in the order to be shown
    /// Front matter, instants to the last digit, times as written: readPostmortem then gives the
    /// document back.
    bool exact = false;
    const Form* form = nullptr; ///< the template; null: the usual one
    std::stop_token stop = {};  ///< once it asks, the lines behind the footnotes are not read
};

struct ExportOptions {
    const Form* form = nullptr; ///< the template; null: the usual one
    bool digests = true;        ///< of the lines behind the footnotes
    /// What servers are called in the charts; empty: by their names.
    std::function<std::string(const std::string&)> rename = {};
};

/// CommonMark with GFM tables and footnotes; everything from logs and from people is escaped so
/// that nothing in it can become markup. Footnotes carry source, line range and SHA-256 of the
/// lines (taken from `query`; where the lines cannot be read, the footnote says so).
std::string toMarkdown(const Postmortem& document, const Query* query,
                       const MarkdownOptions& options);

/// The tasks as a table that GitHub's and Jira's importers take: a column each for title, body,
/// labels, assignee, priority, due date and status; no cell can be taken for a formula ("@ada"
/// stays a name).
std::string tasksCsv(const Postmortem& document);

struct ExportResult {
    std::filesystem::path document;
    std::vector<std::filesystem::path> pictures;
};

/// Writes `file` (.md, .html, .pdf, .odt, .json or .csv by its ending; the last holds the tasks,
/// for trackers to import); of Markdown the charts too, as SVG and
/// PNG into "<stem>_files" beside it (HTML, PDF and ODT carry them inside). Each file is written
/// whole under a temporary name first, then renamed: a full disk or a crash leaves what was there
/// before. `query` and `analysis` may be null: then there are no charts. On any thread. Errors:
/// Usage (unknown ending), Write, DiskFull, Permission, NotFound (no such folder), Cancelled (then
/// the document is as it was before) and those of Query::series.
/// Needs a QGuiApplication (any platform, "offscreen" will do) for the charts' fonts.
Result<ExportResult> exportPostmortem(const Postmortem& document, const Query* query,
                                      const Analysis* analysis, const std::filesystem::path& file,
                                      const ExportOptions& options = {},
                                      const std::stop_token& stop = {},
                                      const ProgressSink& progress = {});

} // namespace postlude
