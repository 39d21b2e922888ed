// SPDX-License-Identifier: GPL-3.0-or-later
// The document the user hands in. A value: copy it, change it, compare it.
#pragma once

#include "core/analysis/analysis.h"

namespace postlude {

enum class DocumentStatus : std::uint8_t { Draft, InReview, Reviewed, Closed };
std::string_view nameOf(DocumentStatus status); ///< "Draft", "In review" …

struct TimelineEntry {
    std::optional<Instant> time;
    std::string timeText; ///< as written, where a person wrote it; else empty
    EntryKind kind = EntryKind::Action;
    std::string text;
    std::vector<Evidence> evidence;
    bool operator==(const TimelineEntry&) const = default;
};

struct Task {
    std::string text, type, owner, priority, due, tracker, status = "open", doneWhen;
    bool operator==(const Task&) const = default;
};

struct Summary {
    std::optional<Instant> start, end;
    std::string zone = "UTC";  ///< in which times are written
    std::string impact;        ///< prose
    std::string affectedShare; ///< "84.3 % of clients"
    std::string failedShare;   ///< "18.8 % of requests"
    std::string slowShare;     ///< "56.2 % of requests": answered late, without failing
    std::string rootCause, trigger, resolution;
    std::string startText = {}, endText = {}, durationText = {}; ///< as a person wrote them
    std::vector<std::string> other = {};                         ///< what else the summary says
    bool operator==(const Summary&) const = default;
};

/// What was read and has no part of its own, verbatim.
struct Kept {
    std::string
        after; ///< what it stood behind: "title", "timeline[3]", "summary.impact"; "": first
    std::string markdown;
    bool operator==(const Kept&) const = default;
};

/// What stands behind the marks of that label in texts: "[^e3]" (marks.h).
struct MarkedEvidence {
    std::string label; ///< "e3": e and a number from 1
    Evidence evidence;
    bool operator==(const MarkedEvidence&) const = default;
};

/// Texts are plain (no markup but the marks of evidence), paragraphs are items of a list. Every
/// text may be edited.
struct Postmortem {
    std::string title, severity, owner;
    DocumentStatus status = DocumentStatus::Draft;
    std::vector<std::string> authors, reviewers, services;
    Summary summary;
    std::vector<TimelineEntry> timeline;
    std::vector<std::string> rootCause, resolution;
    std::vector<std::string> wentWell, wentWrong, gotLucky;
    std::vector<std::string> improvements;
    std::vector<Task> tasks;
    std::vector<std::string> declined = {}; ///< what was not to be done, and why
    std::vector<std::string> introduction, conclusion;
    std::vector<Kept> kept; ///< in the order of the file
    std::string form = {};  ///< name of the template it is laid out by; "": the usual one
    std::vector<MarkedEvidence> evidence = {}; ///< of sentences; an entry has its own
    bool operator==(const Postmortem&) const = default;
};

/// cli.md's JSON plus what it leaves open (evidence, severity …); read back exactly.
std::string toJson(const Postmortem& document);
/// Keys that are not known are passed over. Errors: NotUnderstood, naming the value
/// ("timeline[3].time is not a time …") or, where it is no JSON at all, its line and byte.
Result<Postmortem> postmortemFromJson(std::string_view json);

/// A draft from the analysis, in plain blameless sentences. What is not known is an open
/// question in square brackets, never an invention. `name` is what the incident is called.
Postmortem draftPostmortem(const Analysis& analysis, const std::vector<SourceInfo>& sources,
                           const std::string& name);

/// What the logs say of a number or instant stated in the document. Times agree within two
/// seconds (the start also within the analysis' own interval), those without seconds within a
/// minute. Shares agree within half of the last digit written, after
/// "about", "~" and the like within 2.5 points; "10–20 %", "759 of 900" and "all" are understood.
/// Nothing stated is NoData with the logs' value; nothing in the logs is NoData without.
struct ClaimCheck {
    enum class State : std::uint8_t { Agrees, Differs, NoData } state = State::NoData;
    std::string logs; ///< the logs' value in the form of the field: "39.6 % of clients"
};
ClaimCheck checkStart(const Postmortem& document, const Analysis& analysis);
ClaimCheck checkEnd(const Postmortem& document, const Analysis& analysis);
ClaimCheck checkAffected(const Postmortem& document, const Analysis& analysis);
ClaimCheck checkFailed(const Postmortem& document, const Analysis& analysis);
ClaimCheck checkSlow(const Postmortem& document, const Analysis& analysis);

/// What is still to mend, part by part, with the remedy in the sentence.
struct Fault {
    std::string part; ///< "Summary", "Impact", "Timeline", "Root cause and resolution",
                      ///< "Corrective and preventative measures" or "Lessons learned"
    std::string what;
    std::string place = {}; ///< as in Kept::after, where it is one place; else empty
};
/// Also blaming words and hindsight (resources/review/words.json), secrets, holes in the timeline.
std::vector<Fault> faultsOf(const Postmortem& document);

} // namespace postlude
