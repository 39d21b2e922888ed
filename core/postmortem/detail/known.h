// SPDX-License-Identifier: GPL-3.0-or-later
// What the case has to say, made ready to be compared with what a document says.
#pragma once

#include "core/postmortem/claims.h"
#include "core/postmortem/detail/quantities.h"
#include "core/postmortem/wording.h"

#include <map>
#include <set>

namespace postlude::claims {

/// How far an instant that a person wrote may be off: to the minute where no seconds are written.
Duration toleranceOf(Instant stated);

/// Fills state, logs and by of a claim on an instant; `sure` widens what agrees.
void compareMoment(Claim& claim, Instant stated, Instant logs, const Window& sure,
                   const Zone& zone);

/// "2024-10-27 02:30:00 UTC+01:00": to the second; the offset stands for the zone in the hour that
/// its clocks show twice, so that it is read back as the same instant.
std::string secondText(Instant at, const Zone& zone);

/// The longer words of a text, in lower case, cut to their beginning.
std::set<std::string> wordsIn(std::string_view text);

/// What servers, hosts and services are called, here and in names of the same make: beside
/// "web-02" a "web-17" is one, too, though nobody has it.
class Names {
public:
    explicit Names(const Analysis& analysis);
    /// In lower case.
    [[nodiscard]] std::set<std::string> in(std::string_view text) const;

private:
    void add(std::string_view name);
    std::set<std::string> known_, shapes_;
};

/// A person's sentence, looked at once for all of its numbers.
struct Sentence {
    explicit Sentence(std::string_view sentence);
    std::string_view text; ///< of the document, which must outlive this
    std::string lower;
    std::vector<Quantity> quantities; ///< in order
    std::vector<bool> quoted;         ///< for each, whether it stands in what somebody said
    std::set<std::string> words;      ///< as wordsIn
};

/// A sentence of the analysis or of the draft, with its numbers.
struct Statement {
    std::string text;
    std::vector<Quantity> quantities;
    std::set<std::string> words; ///< as wordsIn
    std::set<std::string> names; ///< of servers, hosts and services
};

/// All that the analysis states, findable by what it says numbers aside.
class Statements {
public:
    explicit Statements(const Analysis& analysis);
    /// The sentence that says the same, with the fewest numbers that differ; null if none does.
    [[nodiscard]] const Statement* sameAs(std::string_view sentence,
                                          const std::vector<Quantity>& quantities) const;
    /// A sentence on the same matter that holds the number; null if none does. Where the person
    /// names a server or the like (`names`, as Names::in gives them), it must be about the same.
    [[nodiscard]] const Statement* supporting(const Quantity& q, const Sentence& sentence,
                                              const std::set<std::string>& names) const;
    [[nodiscard]] const Names& names() const { return names_; }

private:
    void add(std::string_view text);
    Names names_;
    std::vector<Statement> all_;
    std::map<std::string, std::vector<std::size_t>> byMask_;
};

/// What a number counts, by the words behind it: a status of 200 is no 200 clients.
enum class Counted : std::uint8_t { Other, People, Requests };
Counted countedIn(std::string_view text, const Quantity& q);

/// Binds a number in a person's sentence by the words around it. True if it could.
class ProseBinder {
public:
    /// `query` may be null: then the peak is not known.
    ProseBinder(const Postmortem& document, const Analysis& analysis, const Query* query);
    /// `index`: which number of the sentence. What is bound and has no data is not to be looked for
    /// in other sentences.
    [[nodiscard]] bool bind(Claim& claim, const Sentence& sentence, std::size_t index) const;

private:
    struct Words;
    static bool isPerson(const Words& words, const Quantity& q);
    bool bindPercent(Claim& claim, const Words& words, const Quantity& q) const;
    bool bindNumber(Claim& claim, const Words& words, const Quantity& q) const;
    bool bindLength(Claim& claim, const Words& words, const Quantity& q) const;
    bool bindTime(Claim& claim, const Words& words, const Quantity& q) const;
    bool bindPeak(Claim& claim, const Words& words, const Quantity& q) const;
    const Analysis& analysis_;
    const Incident* incident_;
    std::vector<std::set<std::string>> storyWords_; ///< of each entry of the story
    std::optional<double> peak_;                    ///< failed share of the worst ten seconds, 0…1
    Zone zone_;
};

/// Start, end, duration and shares of the summary.
void summaryClaims(const Postmortem& document, const Analysis& analysis, std::vector<Claim>& to);
/// The instants of the timeline, by their evidence or by what the analysis found.
void timelineClaims(const Postmortem& document, const Analysis& analysis, const Query* query,
                    std::vector<Claim>& to);
/// Contradictions within the document.
void orderClaims(const Postmortem& document, std::vector<Claim>& to);

} // namespace postlude::claims
