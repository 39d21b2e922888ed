// SPDX-License-Identifier: GPL-3.0-or-later
// A postmortem that somebody wrote, as structure.
#pragma once

#include "core/postmortem/postmortem.h"

namespace postlude {

/// What was ambiguous, contradicts itself or could not be settled. Nothing is settled silently.
struct ReadingRemark {
    std::uint64_t line = 0; ///< 1-based; 0: of no line
    std::string text;       ///< a plain sentence without a full stop
    bool operator==(const ReadingRemark&) const = default;
};

/// A footnote of a report that Postlude wrote.
struct NotedEvidence {
    std::string label; ///< "3" of an entry's, "e3" of a sentence's
    Evidence evidence;
    std::string sha256; ///< of its lines, as the report says; empty: it says none
    bool operator==(const NotedEvidence&) const = default;
};

struct Reading {
    Postmortem document;
    std::vector<ReadingRemark> remarks;    ///< by line
    std::vector<NotedEvidence> notes = {}; ///< of our own reports, in their order
};

/// Reads Markdown or plain text, UTF-8 or UTF-16; what is neither is taken for Windows-1252, which
/// is remarked. Every sentence of it is in a part, without
/// markup, or in `kept` as it stood. Instants are given only where date and zone are written or
/// follow from the document; the texts of times are always as written; the zone of the summary is
/// empty where none is known. What toMarkdown wrote is read back exactly. Takes time linear in the
/// text; fetches nothing. Thread-safe. Errors: NotUnderstood (no text, nothing in it), TooLarge
/// (more than 64 MiB).
Result<Reading> readPostmortem(std::string_view text);

/// As readPostmortem; what is JSON is read as postmortemFromJson reads it, with its errors, and
/// never taken as prose.
Result<Reading> readDocument(std::string_view text);

/// cli.md's JSON, with what was remarked as "remarks": [{"line", "text"}].
std::string toJson(const Reading& reading);

} // namespace postlude
