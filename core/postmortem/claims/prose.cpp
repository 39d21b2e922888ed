// SPDX-License-Identifier: GPL-3.0-or-later
// A person's sentence names what its number is about: "30 % of users", "detected after 4 min".
#include "core/base/text.h"
#include "core/postmortem/detail/known.h"
#include "core/postmortem/moments.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace postlude::claims {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool isWordByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// True if a word of the text (lower case) begins with one of the stems.
bool speaksOf(std::string_view text, std::initializer_list<std::string_view> stems) {
    for (const std::string_view stem : stems)
        for (std::size_t at = text.find(stem); at != std::string_view::npos;
             at = text.find(stem, at + 1))
            if (at == 0 || !isWordByte(text[at - 1])) return true;
    return false;
}

bool ofPeople(std::string_view t) {
    return speaksOf(t, {"user", "customer", "client", "visitor", "people", "viewer", "player",
                        "shopper", "subscriber", "nutzer", "kund", "besucher"});
}
bool ofRequests(std::string_view t) {
    return speaksOf(t, {"request", "call", "hits", "traffic", "anfrage"});
}
bool ofFailure(std::string_view t) {
    return speaksOf(t, {"fail", "error", "5xx", "unsuccessful", "fehl", "gescheitert", "scheiter"});
}
bool ofSlowness(std::string_view t) {
    return speaksOf(t, {"slow", "late", "delayed", "langsam", "spät"});
}
/// What is said of a part of the incident, or as a bound, is no claim on all of it.
bool ofPart(std::string_view t) {
    return speaksOf(t, {"peak",         "worst",  "at most",   "up to",     "at least",
                        "first minute", "minute", "more than", "less than", "over the last",
                        "before",       "after",  "usual",     "normal",    "cpu",
                        "memory",       "disk",   "höchst",    "target",    "budget",
                        "slo"});
}

bool isClauseEnd(std::string_view text, std::size_t at) {
    const auto here = text.substr(at);
    return here.starts_with(", ") || here.starts_with("; ") || here.starts_with(" and ") ||
           here.starts_with(" und ") || here.starts_with(" — ") || here.starts_with(" – ") ||
           here.starts_with("(") || here.starts_with(")");
}

double tolerance(const Quantity& q, bool about, double floor) {
    return std::max({q.unit / 2, floor, about ? q.value * 0.1 : 0.0}) + 1e-9;
}

/// A person may type more days than a Duration holds.
std::string lengthText(double value) {
    constexpr double day = 86400, most = 290 * 365 * day;
    return value < most ? spoken(fromSeconds(value)) : fmt::format("{:.0f} d", value / day);
}

} // namespace

Sentence::Sentence(std::string_view sentence)
    : text(sentence)
    , lower(claims::lower(sentence))
    , quantities(quantitiesIn(sentence)) {
    if (quantities.empty()) return;
    words = wordsIn(sentence);
    // What somebody said then is no claim of the document.
    bool open = false;
    std::size_t at = 0;
    for (const Quantity& q : quantities) {
        for (; at < q.at; ++at)
            if (text.substr(at).starts_with("“"))
                open = true;
            else if (text.substr(at).starts_with("”"))
                open = false;
        quoted.push_back(open);
    }
}

Counted countedIn(std::string_view text, const Quantity& q) {
    if (q.kind != Quantity::Kind::Number) return Counted::Other;
    std::string behind = claims::lower(text.substr(q.end(), 24));
    behind.resize(std::min(behind.size(), behind.find_first_not_of(" abcdefghijklmnopqrstuvwxyz")));
    return ofPeople(behind)     ? Counted::People
           : ofRequests(behind) ? Counted::Requests
                                : Counted::Other;
}

/// What stands around a number, in lower case.
struct ProseBinder::Words {
    Words(const Sentence& sentence, std::size_t index)
        : words(&sentence.words) {
        // A sentence may be as long as the document; what stands far off is of something else.
        constexpr std::size_t room = 400;
        const Quantity& q = sentence.quantities[index];
        const std::string_view text = sentence.lower;
        const std::size_t least = q.at - std::min(q.at, room);
        const std::size_t most = std::min(text.size(), q.end() + room);
        whole = text.substr(least, most - least);
        std::size_t from = q.at;
        while (from > least && !isClauseEnd(text, from - 1))
            --from;
        std::size_t to = q.end();
        while (to < most && !isClauseEnd(text, to))
            ++to;
        clause = text.substr(from, to - from);
        before = text.substr(from, q.at - from);
        after = text.substr(q.end(), to - q.end());
        const std::string_view near =
            before.substr(before.size() - std::min<std::size_t>(before.size(), 14));
        about = speaksOf(near, {"about", "around", "approx", "roughly", "nearly", "almost", "some",
                                "circa", "ca.", "etwa", "rund"}) ||
                near.find('~') != std::string_view::npos;
        const auto first = std::ranges::lower_bound(sentence.quantities, from, {}, &Quantity::at);
        for (auto it = first; it != sentence.quantities.end() && it->end() <= to; ++it)
            others += it->kind == q.kind ? 1 : 0;
        part = ofPart(clause) || sentence.quoted[index];
    }
    std::string_view whole, clause, before, after;
    const std::set<std::string>* words; ///< of the whole sentence
    bool about = false;
    bool part = false;
    std::size_t others = 0; ///< numbers of its kind in the clause, itself included
};

namespace {

/// What a number may be about.
struct Candidate {
    const char* what;
    double value;
    std::string logs;
    const char* how = "";
    bool sure = true; ///< the words leave nothing else to be meant
};

/// Agrees if any does; differs only if there is but one, and that for sure.
bool settle(Claim& claim, const Quantity& q, const std::vector<Candidate>& candidates, double slack,
            const auto& difference) {
    for (const Candidate& c : candidates)
        if (std::abs(c.value - q.value) <= slack) {
            claim.state = Claim::State::Agrees;
            claim.what = c.what;
            claim.logs = c.logs;
            claim.how = c.how;
            return true;
        }
    if (candidates.size() != 1 || !candidates.front().sure) return false;
    const Candidate& c = candidates.front();
    claim.state = Claim::State::Differs;
    claim.what = c.what;
    claim.logs = c.logs;
    claim.how = c.how;
    claim.by = difference(q.value - c.value);
    return true;
}

/// The longest name of the list that the text holds as a word of its own; empty if none.
template <class List, class Name>
auto namedIn(std::string_view text, const List& list, Name name) {
    const typename List::value_type* best = nullptr;
    std::size_t longest = 2; // shorter names are words of the language, too
    for (const auto& item : list) {
        const std::string wanted = lower(name(item));
        const std::size_t at = text.find(wanted);
        if (wanted.size() <= longest || at == std::string_view::npos) continue;
        const bool whole =
            (at == 0 || !isWordByte(text[at - 1])) &&
            (at + wanted.size() >= text.size() || !isWordByte(text[at + wanted.size()]));
        if (!whole) continue;
        best = &item;
        longest = wanted.size();
    }
    return best;
}

std::optional<double> peakOf(const Incident& i, const Analysis& analysis, const Query& query) {
    SeriesRequest request;
    request.window = {i.impactStart, i.resolved.value_or(analysis.span.to)};
    if (request.window.empty() || request.window.length() > std::chrono::hours{48}) return {};
    request.group = GroupBy::None;
    const auto table = query.series(request, {});
    std::optional<double> peak;
    for (const Bucket& bucket : table ? table->total.buckets : std::vector<Bucket>{})
        if (bucket.requests >= 10)
            peak = std::max(peak.value_or(0), double(bucket.failed) / double(bucket.requests));
    return peak;
}

/// Whether a clause (lower case) tells of such an entry of the timeline.
bool tells(EntryKind kind, std::string_view clause) {
    switch (kind) {
    case EntryKind::Trigger:
        return speaksOf(clause, {"trigger", "deploy", "change", "rolled out", "rollout", "reload",
                                 "pushed", "release", "auslöse", "geändert"});
    case EntryKind::ImpactStart:
        return speaksOf(clause, {"began", "begin", "start", "onset", "begann"});
    case EntryKind::Detection:
        return speaksOf(clause, {"detect", "alert", "alarm", "paged", "pager", "notic", "bemerkt"});
    case EntryKind::Acknowledgement:
        return speaksOf(clause, {"acknowledg", "answered", "responded", "bestätigt"});
    case EntryKind::Identification:
        return speaksOf(clause, {"identif", "cause", "found", "understood", "ursache"});
    case EntryKind::Mitigation:
        return speaksOf(clause, {"mitigat", "rolled back", "rollback", "revert", "fix",
                                 "zurückgerollt", "zurückgenommen"});
    case EntryKind::Resolution:
        return speaksOf(clause, {"resolved", "restored", "recovered", "ended", "was over",
                                 "came back", "back to", "behoben"});
    default:
        return false;
    }
}

/// As wordsIn gives them: one word alone does not make two sentences of one matter.
bool shareWords(const std::set<std::string>& a, const std::set<std::string>& b) {
    return std::ranges::count_if(a, [&](const std::string& word) { return b.contains(word); }) >= 2;
}

std::string points(double by) {
    return fmt::format("{:.1f} points too {}", std::abs(by), by > 0 ? "high" : "low");
}
std::string countBy(double by) {
    return grouped(std::llround(std::abs(by))) + (by > 0 ? " too many" : " too few");
}
std::string lengthBy(double by) {
    return lengthText(std::abs(by)) + (by > 0 ? " too long" : " too short");
}

} // namespace

ProseBinder::ProseBinder(const Postmortem& document, const Analysis& analysis, const Query* query)
    : analysis_(analysis)
    , incident_(incidentMeant(document, analysis))
    , zone_(zoneOf(document)) {
    for (const StoryEntry& entry : incident_ ? incident_->story : std::vector<StoryEntry>{})
        storyWords_.push_back(wordsIn(entry.statement));
    if (query && incident_) peak_ = peakOf(*incident_, analysis, *query);
}

/// How high it went depends on how long one looks; so it is told beside, and never differs.
bool ProseBinder::bindPeak(Claim& claim, const Words& w, const Quantity& q) const {
    if (!peak_ || !speaksOf(w.clause, {"peak", "worst", "höchst", "spitze"})) return false;
    claim.what = "Requests that failed, at the peak";
    claim.logs = percentText(*peak_);
    claim.how = "failed of requests in the worst ten seconds";
    if (std::abs(*peak_ * 100 - q.value) <= tolerance(q, w.about, 1))
        claim.state = Claim::State::Agrees;
    return true;
}

/// "Jeder Fünfte": of people, where nothing else is named.
bool ProseBinder::isPerson(const Words& w, const Quantity& q) {
    return w.clause.substr(w.before.size(), q.size).starts_with("jede") && !ofRequests(w.clause);
}

bool ProseBinder::bindPercent(Claim& claim, const Words& w, const Quantity& q) const {
    if (bindPeak(claim, w, q)) return true;
    const Impact& i = incident_->impact;
    std::vector<Candidate> candidates;
    const auto add = [&](const char* what, double share, const char* how, bool sure) {
        candidates.push_back({what, share * 100, percentText(share), how, sure && !w.part});
    };
    const auto* server =
        namedIn(w.whole, analysis_.servers, [](const ServerReport& s) { return s.key.server; });
    const auto* service =
        namedIn(w.whole, i.services, [](const ServiceImpact& s) { return s.name; });
    if (server) {
        const ServerPhase& during = server->during;
        const bool shared = speaksOf(w.clause, {"traffic", "request", "load", "took", "got",
                                                "received", "share", "verkehr", "anfrage"});
        if ((ofFailure(w.clause) || speaksOf(w.clause, {"bad"})) && during.requests > 0)
            add("Share of the server's requests that failed",
                double(during.failed) / double(during.requests), "failed of requests, during",
                false);
        else
            add("Share of the server during the incident", during.share,
                "requests of the server of all, during", shared && w.others == 1);
        if (speaksOf(w.whole, {"before", "usual", "normal", "vorher"})) {
            candidates.back().sure = false;
            add("Share of the server before", server->before.share, "", false);
        }
        if (speaksOf(w.whole, {"after", "later", "nachher", "danach"}))
            add("Share of the server after", server->after.share, "", false);
    } else if (service) {
        add("Share of the service's requests that failed", service->failedShare,
            "failed of its requests", ofFailure(w.clause) && w.others == 1);
    } else if ((ofPeople(w.clause) || isPerson(w, q)) && !ofRequests(w.after.substr(0, 20)) &&
               i.clients > 0) {
        add("Users affected", i.affectedShare(), "clients with a bad request of all clients",
            w.others == 1);
    } else if (i.requests > 0) {
        const bool failed = ofFailure(w.clause), slow = ofSlowness(w.clause);
        const bool all = ofRequests(w.clause) && w.others == 1;
        if (!slow)
            add("Requests that failed", i.failedShare(), "failed of requests", failed && all);
        if (!failed) add("Requests that were slow", i.slowShare(), "late of requests", slow && all);
        if (!failed && !slow) add("Users affected", i.affectedShare(), "", false);
    }
    return settle(claim, q, candidates, tolerance(q, w.about, 0), points);
}

bool ProseBinder::bindNumber(Claim& claim, const Words& w, const Quantity& q) const {
    const Impact& i = incident_->impact;
    std::vector<Candidate> candidates;
    const auto add = [&](const char* what, std::uint64_t n, bool sure) {
        candidates.push_back({what, double(n), grouped(std::int64_t(n)), "", sure && !w.part});
    };
    const std::string_view behind = w.after.substr(0, 40);
    const bool share = behind.starts_with(" of ");
    const bool total = w.before.ends_with(" of ") || w.before.ends_with(" of the ");
    // "18.8 % of requests (1 944 of 10 314)"
    const bool counted =
        total || (share && behind.size() > 4 && behind[4] >= '0' && behind[4] <= '9');
    const bool ofField = counted && claim.place == "summary.failed_share";
    const bool people = ofPeople(share ? behind.substr(4) : behind) ||
                        (counted && claim.place == "summary.affected_share");
    if (!people && !ofField && !ofRequests(behind)) return false;
    if (namedIn(w.whole, analysis_.servers, [](const ServerReport& s) { return s.key.server; }))
        return false;
    const bool failed = ofFailure(w.clause) || ofField, slow = ofSlowness(w.clause);
    if (people && !total)
        add("Clients affected", i.clientsAffected,
            speaksOf(w.clause, {"affected", "impacted"}) ||
                claim.place == "summary.affected_share");
    if (people && (total || !share)) add("Clients", i.clients, total);
    if (!people && total) add("Requests", i.requests, failed || slow);
    if (!people && !total && !slow) add("Requests that failed", i.failed, failed);
    if (!people && !total && !failed) add("Requests that were slow", i.slow, slow);
    if (!people && !total && !failed && !slow) add("Requests", i.requests, false);
    return settle(claim, q, candidates, tolerance(q, w.about, 0), countBy);
}

bool ProseBinder::bindLength(Claim& claim, const Words& w, const Quantity& q) const {
    const Incident& i = *incident_;
    std::vector<Candidate> candidates;
    const auto add = [&](const char* what, const std::optional<Instant>& to, const char* how) {
        if (!to) return;
        const double value = seconds(*to - i.impactStart);
        candidates.push_back({what, value, lengthText(value), how, w.others == 1});
    };
    const std::string_view b = w.before;
    const bool within = speaksOf(b, {"after", "within", "in ", "took", "time to", "nach"});
    if (speaksOf(b, {"time to detect", "ttd", "mttd"}) ||
        (within && speaksOf(b, {"detected", "noticed", "alerted", "bemerkt"})))
        add("Time to detect", i.detected, "detected minus impact start");
    else if (speaksOf(b, {"time to acknowledge", "tta", "mtta"}))
        add("Time to acknowledge", i.acknowledged, "acknowledged minus impact start");
    else if (speaksOf(b, {"time to mitigate", "ttm", "mttm"}))
        add("Time to mitigate", i.mitigated, "mitigated minus impact start");
    else if (speaksOf(b, {"time to resolve", "time to recover", "ttr", "mttr"}))
        add("Time to resolve", i.resolved, "resolved minus impact start");
    else if (speaksOf(b, {"impact start is known to"}))
        add("Uncertainty of the impact start", i.impactStart + uncertaintyOfStart(i),
            "the farther end of its interval minus impact start");
    else if (speaksOf(b, {"lasted", "duration", "outage of", "dauerte", "down for", "downtime"}))
        add("Duration", i.resolved, "end minus start of the impact");
    return settle(claim, q, candidates, tolerance(q, w.about, 2), lengthBy);
}

bool ProseBinder::bindTime(Claim& claim, const Words& w, const Quantity& q) const {
    const Incident& i = *incident_;
    const Zone zone =
        w.after.starts_with(" utc") || q.kind == Quantity::Kind::Moment ? Zone::utc() : zone_;
    const double slack = q.unit >= 60 ? 60 : 2;
    const auto ofDay = [&](Instant at) {
        const auto local = (at + std::chrono::seconds{zone.offsetAt(at)}).time_since_epoch();
        const bool whole = q.kind == Quantity::Kind::Moment;
        return seconds(whole ? at.time_since_epoch() : local % std::chrono::hours{24});
    };
    std::vector<Candidate> candidates;
    const auto add = [&](const char* what, const std::optional<Instant>& at, bool sure) {
        if (at) candidates.push_back({what, ofDay(*at), momentText(*at, zone, false), "", sure});
    };
    const auto tooLate = [](double by) {
        return lengthText(std::abs(by)) + (by > 0 ? " too late" : " too early");
    };
    const bool incident =
        speaksOf(w.clause, {"impact", "incident", "outage", "störung", "ausfall"});
    const bool single = w.others == 1;
    if (tells(EntryKind::ImpactStart, w.clause))
        add("Start of the impact", i.impactStart, incident && single);
    else if (tells(EntryKind::Resolution, w.clause))
        add("End of the impact", i.resolved, incident && single);
    const bool ends = !candidates.empty();
    if (settle(claim, q, candidates, slack, tooLate)) return true;
    // An instant speaks only for what it is an instant of.
    candidates.clear();
    for (const auto& [kind, at] :
         {std::pair(EntryKind::Trigger, i.trigger), std::pair(EntryKind::Detection, i.detected),
          std::pair(EntryKind::Acknowledgement, i.acknowledged),
          std::pair(EntryKind::Identification, i.identified),
          std::pair(EntryKind::Mitigation, i.mitigated)})
        if (tells(kind, w.clause)) add("An instant of the incident", at, false);
    for (std::size_t e = 0; e < i.story.size() && !ends; ++e)
        if (tells(i.story[e].kind, w.clause) || shareWords(storyWords_[e], *w.words))
            add("An instant of the incident", i.story[e].time, false);
    // Where a start or an end is told, no other sentence can make it right.
    return settle(claim, q, candidates, slack, tooLate) || ends;
}

bool ProseBinder::bind(Claim& claim, const Sentence& sentence, std::size_t index) const {
    if (!incident_) return false;
    const Quantity& q = sentence.quantities[index];
    const Words words(sentence, index);
    switch (q.kind) {
    case Quantity::Kind::Percent:
        return bindPercent(claim, words, q);
    case Quantity::Kind::Number:
        return bindNumber(claim, words, q);
    case Quantity::Kind::Length:
        return bindLength(claim, words, q);
    case Quantity::Kind::TimeOfDay:
    case Quantity::Kind::Moment:
        claim.kind = Claim::Kind::Moment;
        return bindTime(claim, words, q);
    case Quantity::Kind::Date:
        return false;
    }
    return false;
}

} // namespace postlude::claims
