// SPDX-License-Identifier: GPL-3.0-or-later
// What people call the parts of a postmortem, its kinds of entries and the zones; the table is
// resources/reading/names.json. Everything here is thread-safe.
#pragma once

#include "core/base/zone.h"
#include "core/postmortem/postmortem.h"

#include <optional>
#include <string>
#include <string_view>

namespace postlude::reading {

enum class Name : std::uint8_t {
    Title,
    Introduction,
    Summary,
    Timeline,
    Cause,
    Measures,
    Lessons,
    Conclusion, // sections
    Impact,
    Duration,
    DurationAsWritten,
    Start,
    End,
    RootCause,
    Trigger,
    Resolution, // fields
    Improvements,
    Tasks,
    Well,
    Wrong,
    Lucky,
    LeadUp,
    Detection,
    Acknowledgement,
    Assumption,
    Action,
    MisleadingPath,
    Escalation, // kinds
    Communication,
    Identification,
    Mitigation,
    Verification,
    Observation,
    Time,
    Date,
    Event,
    Kind,
    Status,
    Severity,
    Owner,
    Authors,
    Reviewers,
    Services, // columns and
    AffectedShare,
    FailedShare,
    SlowShare,
    Due,
    Tracker,
    DoneWhen, // lesser fields
    Declined  // what is not to be done
};

/// The kind of entry that a field of the timeline of this name holds.
std::optional<EntryKind> kindOf(Name name);

/// "Root Cause & Resolution:" → "root cause and resolution"; a number before it is left off.
std::string wordsOf(std::string_view text);

/// The part that is called exactly so, numbers, case and punctuation aside.
std::optional<Name> namedExactly(std::string_view text);
/// The part that a heading of more words means: "How the timeline unfolded".
std::optional<Name> namedWithin(std::string_view text);
/// What the words of a timeline's entry say of its kind; Action if nothing.
EntryKind kindFromWords(std::string_view text);
/// True if the sentence begins as one that tells how it ended.
bool tellsResolution(std::string_view sentence);
/// The same of the cause, and of what is to be done.
bool tellsCause(std::string_view sentence);
bool tellsMeasures(std::string_view sentence);
/// True if it says what is not to be done, or what was suffered.
bool tellsDeclined(std::string_view sentence);
bool tellsSuffering(std::string_view sentence);
/// True of words that begin sentences and cannot be given work: "We", "Monitoring".
bool isNobody(std::string_view word);
/// Bytes of "will", "needs to" at the start of `text`, a blank behind it; else 0.
std::size_t chargeAt(std::string_view text);

/// A zone written at the start of `text`.
struct WrittenZone {
    std::size_t size = 0; ///< bytes of it
    std::string name;     ///< as Zone::named takes it; empty: more than one is called so
};
std::optional<WrittenZone> zoneAt(std::string_view text);

} // namespace postlude::reading
