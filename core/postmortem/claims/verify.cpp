// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/postmortem/detail/collector.h"
#include "core/postmortem/detail/known.h"
#include "core/postmortem/detail/stated.h"
#include "core/postmortem/detail/windows.h"
#include "core/postmortem/entrylinks.h"
#include "core/postmortem/evidence.h"
#include "core/postmortem/marks.h"
#include "core/postmortem/places.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude {

namespace {

using namespace claims;
using State = Claim::State;

/// True within a character of several bytes.
bool isContinuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

/// The words around a number, so that a reader knows which is meant.
std::string around(std::string_view sentence, const Quantity& q) {
    constexpr std::size_t room = 40;
    constexpr std::size_t longest = 40; // of a word: what is longer is cut
    const auto within = [&](std::size_t at) { return isContinuation(sentence[at]); };
    std::size_t from = q.at > room ? q.at - room : 0;
    std::size_t to = std::min(sentence.size(), q.end() + room);
    for (std::size_t n = 0; from > 0 && sentence[from - 1] != ' ' && (n < longest || within(from));
         ++n)
        --from;
    for (std::size_t n = 0;
         to < sentence.size() && sentence[to] != ' ' && (n < longest || within(to)); ++n)
        ++to;
    return (from > 0 ? "… " : "") + std::string(trimmed(sentence.substr(from, to - from))) +
           (to < sentence.size() ? " …" : "");
}

bool isShare(std::string_view place) {
    return place == "summary.affected_share" || place == "summary.failed_share" ||
           place == "summary.slow_share";
}

/// What is planned is no claim on the past.
bool isToldOfLogs(std::string_view place) {
    return !place.starts_with("tasks") && !place.starts_with("improvements") &&
           !place.starts_with("declined");
}

/// How much of a field is checked by what the field is: its share, or its length. What stands
/// behind is prose.
std::size_t checkedBytes(const PlacedText& text) {
    if (isShare(text.place)) {
        const auto share = statedShare(text.text);
        return share ? share->end : 0;
    }
    if (text.place != "summary.duration_text") return 0;
    const std::vector<Quantity> all = quantitiesIn(text.text);
    const auto length = std::ranges::find(all, Quantity::Kind::Length, &Quantity::kind);
    return length == all.end() ? 0 : length->end();
}

/// The times that are told with a duration are its start and end.
bool isChecked(const PlacedText& text, const Quantity& q) {
    using Kind = Quantity::Kind;
    return text.place == "summary.duration_text" &&
           (q.kind == Kind::TimeOfDay || q.kind == Kind::Moment || q.kind == Kind::Date);
}

/// The texts in something kept, each without its markup. Logs and the like are no prose.
std::vector<std::string> textsIn(const Kept& kept) {
    std::vector<std::string> texts;
    for (const reading::Block& block : reading::blocksOf(reading::linesOf(kept.markdown), 0)) {
        if (block.kind == reading::Block::Kind::Code || block.kind == reading::Block::Kind::Comment)
            continue;
        if (!block.text.empty()) texts.push_back(reading::plainText(block.text));
        for (const auto& row : block.rows)
            for (const std::string& cell : row)
                texts.push_back(reading::plainText(cell));
    }
    return texts;
}

class Prose {
public:
    Prose(const Postmortem& document, const Analysis& analysis, const Query* query)
        : document_(document)
        , statements_(analysis)
        , binder_(document, analysis, query)
        , windows_(query)
        , links_(document)
        , query_(query) {}

    void check(const PlacedText& text, std::vector<Claim>& to, const std::stop_token& stop) {
        const std::size_t checked = checkedBytes(text);
        const std::vector<PlacedWindow> windows = windowsIn(text.text);
        const std::vector<EntryLink> links = links_.in(text.text);
        for (const std::string_view written : reading::sentencesOf(text.text)) {
            const Sentence sentence(written);
            const std::vector<Quantity>& all = sentence.quantities;
            if (all.empty()) continue;
            const std::size_t offset = static_cast<std::size_t>(written.data() - text.text.data());
            const Statement* same = statements_.sameAs(written, all);
            const std::set<std::string> names = statements_.names().in(written);
            for (std::size_t i = 0; i < all.size() && !stop.stop_requested(); ++i) {
                const std::size_t at = offset + all[i].at;
                if (at < checked || isChecked(text, all[i]) || isWithin(links, at)) continue;
                const PlacedWindow* window = windowOf(windows, at);
                if (window && at >= window->open) continue; // it says itself what is counted
                Claim claim{.kind = Claim::Kind::Number,
                            .place = text.place,
                            .what = around(written, all[i]),
                            .stated = std::string(written.substr(all[i].at, all[i].size)),
                            .at = at,
                            .size = all[i].size};
                if (!window || !inWindow(claim, text.text, *window, all[i], stop))
                    settle(claim, sentence, i, same, names);
                to.push_back(std::move(claim));
            }
        }
    }

private:
    /// The time of an entry is compared there.
    static bool isWithin(const std::vector<EntryLink>& links, std::size_t at) {
        return std::ranges::any_of(
            links, [at](const EntryLink& l) { return at > l.at && at < l.at + l.size; });
    }

    static const PlacedWindow* windowOf(const std::vector<PlacedWindow>& windows, std::size_t at) {
        const auto it = std::ranges::find_if(
            windows, [at](const PlacedWindow& w) { return at >= w.from && at < w.close; });
        return it == windows.end() ? nullptr : &*it;
    }

    bool inWindow(Claim& claim, std::string_view text, const PlacedWindow& window, Quantity q,
                  const std::stop_token& stop) {
        q.at = claim.at - window.from;
        return windows_.bind(claim, text.substr(window.from, window.open - window.from), q,
                             window.chosen, stop);
    }

    void settle(Claim& claim, const Sentence& sentence, std::size_t i, const Statement* same,
                const std::set<std::string>& names) {
        const Quantity& q = sentence.quantities[i];
        if (same) return compare(claim, q, *same, i);
        Claim bound = claim;
        bound.kind = Claim::Kind::Value;
        const bool known = binder_.bind(bound, sentence, i);
        if (known && bound.state != State::NoData) {
            claim = std::move(bound);
        } else if (standsInEvidence(claim, sentence.text, q)) {
            claim.state = State::Agrees;
            claim.how = "stands in the lines that are its evidence";
        } else if (known) {
            claim = std::move(bound);
        } else if (const Statement* s = statements_.supporting(q, sentence, names)) {
            claim.state = State::Agrees;
            claim.how = "the analysis says: " + visible(s->text);
        }
    }

    static void compare(Claim& claim, const Quantity& stated, const Statement& same,
                        std::size_t i) {
        const Quantity& logs = same.quantities[i];
        claim.kind = Claim::Kind::Value;
        claim.logs = same.text.substr(logs.at, logs.size);
        claim.how = "as the analysis states it";
        claim.state = agree(stated, logs) ? State::Agrees : State::Differs;
        if (claim.state == State::Differs) claim.by = "it is " + claim.logs;
    }

    bool standsInEvidence(const Claim& claim, std::string_view sentence, const Quantity& q) {
        if (!query_) return false;
        std::vector<Evidence> evidence;
        if (claim.place.starts_with("timeline["))
            evidence = document_.timeline[std::stoul(claim.place.substr(9))].evidence;
        for (const Mark& mark : marksIn(sentence))
            if (const Evidence* behind = evidenceOf(document_, mark.label))
                evidence.push_back(*behind);
        if (evidence != evidence_) {
            numbers_.clear();
            for (const Evidence& e : evidence)
                addNumbersOf(e);
            evidence_ = std::move(evidence);
        }
        return std::ranges::any_of(numbers_, [&](const LoggedNumber& n) {
            return n.q.kind == q.kind && n.q.value == q.value && n.of == countedIn(sentence, q);
        });
    }

    void addNumbersOf(const Evidence& e) {
        constexpr std::uint64_t most = 50; // lines: an entry rests on few
        const std::vector<SourceInfo> sources = query_->sources();
        const auto source = std::ranges::find(sources, e.source, &SourceInfo::path);
        if (source == sources.end() || e.firstLine == 0 || e.lastLine < e.firstLine) return;
        // Counted, for the last line may be the greatest number there is.
        const std::uint64_t more = std::min(e.lastLine - e.firstLine, most);
        for (std::uint64_t i = 0; i <= more; ++i) {
            const auto id = query_->recordAtLine(source->id, e.firstLine + i);
            const auto text = id ? query_->rawText(*id) : Result<std::string>("");
            if (!text) continue;
            for (const Quantity& q : quantitiesIn(*text))
                numbers_.push_back({q, countedIn(*text, q)});
        }
    }

    const Postmortem& document_;
    Statements statements_;
    ProseBinder binder_;
    WindowBinder windows_;
    EntryLinks links_;
    const Query* query_;
    struct LoggedNumber {
        Quantity q;
        Counted of;
    };
    std::vector<Evidence> evidence_;    ///< behind the sentence looked at last
    std::vector<LoggedNumber> numbers_; ///< that stand in it
};

} // namespace

std::string_view nameOf(Claim::Kind kind) {
    switch (kind) {
    case Claim::Kind::Value:
        return "value";
    case Claim::Kind::Moment:
        return "moment";
    case Claim::Kind::Number:
        return "number";
    case Claim::Kind::Evidence:
        return "evidence";
    case Claim::Kind::Order:
        return "order";
    }
    return {};
}

std::string_view nameOf(Claim::State state) {
    return state == State::Agrees ? "agrees" : state == State::Differs ? "differs" : "no data";
}

Result<std::vector<Claim>> claimsOf(const Postmortem& document, const Analysis& analysis,
                                    const Query* query, std::stop_token stop) {
    std::vector<Claim> claims;
    summaryClaims(document, analysis, claims);
    timelineClaims(document, analysis, query, claims);
    orderClaims(document, claims);
    Prose prose(document, analysis, query);
    for (const PlacedText& text : proseOf(document)) {
        if (isToldOfLogs(text.place)) prose.check(text, claims, stop);
        if (stop.stop_requested()) return std::unexpected(Error{ErrorKind::Cancelled, "cancelled"});
    }
    for (std::size_t i = 0; i < document.kept.size(); ++i)
        for (const std::string& text : textsIn(document.kept[i])) {
            const std::size_t from = claims.size();
            prose.check({fmt::format("kept[{}]", i), text}, claims, stop);
            for (std::size_t c = from; c < claims.size(); ++c)
                claims[c].at = claims[c].size = 0; // of the text without its markup
            if (stop.stop_requested())
                return std::unexpected(Error{ErrorKind::Cancelled, "cancelled"});
        }
    return claims;
}

std::vector<Claim> evidenceClaims(const std::vector<NotedEvidence>& notes, const Query& query) {
    std::vector<Claim> claims;
    for (const NotedEvidence& note : notes) {
        const Evidence& e = note.evidence;
        if (!e.chart.empty() || e.firstLine == 0) continue; // nothing that had a digest
        Claim claim{.kind = Claim::Kind::Evidence,
                    .place = fmt::format("note[{}]", note.label),
                    .what =
                        fmt::format("{}, lines {}–{}", visible(e.source), e.firstLine, e.lastLine),
                    .stated = note.sha256,
                    .how = "SHA-256 of these lines"};
        const auto digest = digestOf(e, query);
        if (!digest) {
            claim.by = digest.error().what;
        } else {
            claim.logs = *digest;
            claim.state = note.sha256.empty()      ? State::NoData
                          : *digest == note.sha256 ? State::Agrees
                                                   : State::Differs;
            if (claim.state == State::NoData) claim.by = "the note has no digest of them";
            if (claim.state == State::Differs) claim.by = "these lines have changed";
        }
        claims.push_back(std::move(claim));
    }
    return claims;
}

} // namespace postlude
