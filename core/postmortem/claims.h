// SPDX-License-Identifier: GPL-3.0-or-later
// Every number and instant of a document beside what the logs say of it.
#pragma once

#include "core/postmortem/reading.h"
#include "core/query/query.h"

namespace postlude {

struct Claim {
    enum class Kind : std::uint8_t {
        Value,    ///< a quantity that the case can be asked for
        Moment,   ///< an instant of the summary, the timeline or the prose
        Number,   ///< stands in a sentence that nothing in the case could be bound to
        Evidence, ///< lines a footnote names, by their digest
        Order     ///< what contradicts itself within the document
    } kind = Kind::Value;
    enum class State : std::uint8_t { Agrees, Differs, NoData } state = State::NoData;
    std::string place = {};  ///< as in Kept::after: "summary.start", "timeline[3]"; "kept[0]"
    std::string what = {};   ///< "Requests that failed"; of a number in prose the words around it
    std::string stated = {}; ///< as it stands in the document; empty: nothing is stated
    std::string logs = {};   ///< what the case says, in the form of the place; empty: nothing
    std::string by = {};     ///< "4.0 points too low", "74 s too late"; empty unless it differs
    std::string how = {};    ///< how the case's value comes about: "detected minus impact start"
    std::size_t at = 0, size = 0; ///< bytes of the place's text that say it; 0, 0: all of it
};
std::string_view nameOf(Claim::Kind kind);   ///< "value", "moment" …
std::string_view nameOf(Claim::State state); ///< "agrees", "differs", "no data"

/// All claims of a document in its order. `query` may be null: then the timeline's instants are
/// not compared with the lines that are their evidence. A number agrees if it is the case's as
/// finely as it is written; times as checkStart says. Prose is bound to what the analysis states
/// by its own sentences (numbers aside) and by what a person's sentence names; where it could be
/// about several things it never differs. A document that starts more than a day outside the logs
/// is of another incident: its start and end differ, and nothing else of it has data.
/// Deterministic. Errors: those of Query, Cancelled.
Result<std::vector<Claim>> claimsOf(const Postmortem& document, const Analysis& analysis,
                                    const Query* query, std::stop_token stop);

/// Whether the lines behind the footnotes of an exported report are those it was written from.
/// A note that names lines without their digest has no data.
std::vector<Claim> evidenceClaims(const std::vector<NotedEvidence>& notes, const Query& query);

/// Puts the logs' value where the claim stands. False if there is none, or if the document does
/// not say there any more what the claim says.
bool takeLogsValue(Postmortem& document, const Claim& claim);

/// How many claims there are of a state. Lines with a digest are no claim of the text: they are
/// counted by themselves.
std::size_t countOf(const std::vector<Claim>& claims, Claim::State state);
std::size_t evidenceCountOf(const std::vector<Claim>& claims, Claim::State state);

/// {"claims":[…],"agree":n,"differ":n,"no_data":n,"evidence":{"agree":n,"differ":n,"no_data":n}},
/// one object, indented by two; the first three without evidence.
std::string toJson(const std::vector<Claim>& claims);

} // namespace postlude
