// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/evidence.h"
#include "core/base/text.h"
#include "core/export/detail/report.h"
#include "core/postmortem/wording.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude {

namespace {

std::string linesText(const Evidence& e) {
    if (e.firstLine == 0) return {};
    if (e.lastLine <= e.firstLine) return fmt::format(", line {}", e.firstLine);
    return fmt::format(", lines {}–{}", e.firstLine, e.lastLine);
}

Line chartLine(const Evidence& e, const Zone& zone, bool exact) {
    std::string title(trimmed(e.chart));
    for (const ChartKind kind :
         {ChartKind::Requests, ChartKind::Share, ChartKind::Errors, ChartKind::Latency})
        if (nameOf(kind) == e.chart) title = titleOf(kind);
    std::string text = "Chart “" + title + "”";
    if (e.window != Window{})
        text += ", " + (exact ? exactSpanText(e.window, zone) : spanText(e.window, zone));
    return {{.text = text}};
}

} // namespace

Line evidenceLine(const Evidence& e, const Query* query, const Zone& zone, bool exact) {
    if (!e.chart.empty()) return chartLine(e, zone, exact);
    const std::string where = std::string(trimmed(e.source)) + linesText(e);
    if (!query) return {{.text = where}};
    const Result<std::string> digest = digestOf(e, *query);
    if (!digest)
        return {{.text = where +
                         "; no digest, for the lines could not be read: " + digest.error().what}};
    return {{.text = where},
            {.kind = Span::Kind::Between, .text = ", SHA-256 "},
            {.kind = Span::Kind::Code, .text = *digest}};
}

} // namespace postlude
