// SPDX-License-Identifier: GPL-3.0-or-later
// The small forms of a report that Postlude wrote: texts, moments, spans, footnotes, rows.
#pragma once

#include "core/base/zone.h"
#include "core/postmortem/postmortem.h"

#include <string>
#include <string_view>
#include <vector>

namespace postlude::reading {

/// What was written as `markdown` by markdownEscaped; where somebody has put markup in since,
/// its plain text. Lines stay lines.
std::string ownText(std::string_view markdown);

/// "2024-01-15 09:59:17.434 UTC"; without a date it is a time on `day` (midnight, local).
std::optional<Instant> ownMoment(std::string_view text, const std::optional<Instant>& day);

struct OwnSpan {
    std::optional<Instant> start, end;
    std::string length = {}; ///< what stands in the brackets, if it is not from start to end
};
/// "2024-01-15 09:59:17 – 10:02:11 UTC (2 min 54 s)", "from …; the end is not known".
std::optional<OwnSpan> ownSpan(std::string_view text);

/// "2024-01-15 09:59:17 – 10:02:11 UTC", as exactSpanText writes it.
std::optional<Window> ownWindow(std::string_view text);

/// "lb/haproxy.log, lines 3–9, SHA-256 `…`", "Chart “Latency”, 2024-…".
std::optional<Evidence> ownEvidence(std::string_view markdown);
/// The digest in such a note; empty if it has none.
std::string ownDigest(std::string_view markdown);

/// What somebody wrote behind the digest.
std::string_view behindDigest(std::string_view markdown);

/// "Errors per server, 2024-01-15 09:57:50 – 10:03:40 UTC", of the chart with this title.
bool isOwnCaption(std::string_view title, std::string_view caption);

/// Numbers of the footnotes at the end of a text, which is made shorter by them.
std::vector<std::size_t> takeNotes(std::string_view& markdown);

/// Cells of a table's row, each still Markdown.
std::vector<std::string_view> ownCells(std::string_view row);

} // namespace postlude::reading
