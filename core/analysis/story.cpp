// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/story.h"
#include "core/analysis/changewords.h"
#include "core/analysis/detail/silence.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>

namespace postlude::detail {

namespace {

using Words = std::initializer_list<std::string_view>;

bool anyOf(std::string_view text, Words words) {
    return std::ranges::any_of(words, [&](std::string_view w) { return hasWord(text, w); });
}

bool guesses(std::string_view text) {
    return text.find('?') != std::string_view::npos ||
           anyOf(text, {"guess", "maybe", "could be", "might", "smells like", "suspect", "probably",
                        "i think", "right before", "looks like", "please check", "can you look",
                        "can you check"});
}

bool escalates(std::string_view text) {
    return anyOf(text, {"escalating", "escalate", "escalated", "paging", "handing over"}) ||
           (text.find("<@") != std::string_view::npos && anyOf(text, {"have a look", "take over"}));
}

bool acts(std::string_view text) {
    return anyOf(text,
                 {"restarting", "restarted",  "restart",   "rolling",  "reverting", "reverted",
                  "restoring",  "restored",   "reloaded",  "reload",   "rolled",    "backing out",
                  "backed out", "correcting", "corrected", "starting", "scaled",    "drained",
                  "purged",     "disabled",   "blocked"});
}

/// "rolled back" and "working on it" are work, not that it is done.
bool confirms(std::string_view text) {
    std::string said(text);
    for (const std::string_view work :
         {"rolled back", "rolling back", "roll back", "working on", "not back", "back in"})
        for (auto at = said.find(work); at != said.npos; at = said.find(work, at))
            said.erase(at, work.size());
    return anyOf(said, {"normal", "gone", "back", "working", "works", "fixed", "green", "recovered",
                        "healthy", "flat", "confirmed", "stable", "down again"});
}

/// Says that a suspicion is wrong.
bool denies(std::string_view text) {
    return anyOf(text, {"not us", "is fine", "are fine", "fine here", "looks healthy", "no drama",
                        "bored", "idle", "clean", "can't find", "not an attack", "did not hurt",
                        "no new networks", "no locks"});
}

bool isBot(const Event& e) {
    return e.message.starts_with("[FIRING") || e.message.starts_with("[RESOLVED") ||
           e.user.empty() || hasWord(lowerCase(e.user), "bot") ||
           lowerCase(e.user).ends_with("bot");
}

/// Words that only somebody who has found the cause would use: those of the changed directive.
std::set<std::string> tellTales(const Candidate* best) {
    std::set<std::string> out;
    if (!best || !best->difference) return out;
    const auto add = [&](const std::string& text) {
        std::string word;
        for (const char c : lowerCase(text) + " ") {
            const bool inside =
                (c >= 'a' && c <= 'z') || c == '_' || (c == '/' && !word.empty()) || c == '-';
            if (inside)
                word += c;
            else if (word.size() >= 5)
                out.insert(std::exchange(word, {}));
            else
                word.clear();
        }
    };
    add(best->difference->after + " " + best->difference->before);
    for (const char* common : {"server", "balancermember", "check", "http-check", "option", "route",
                               "retry", "default-server"})
        out.erase(common);
    return out;
}

class Teller {
public:
    Teller(const Scene& scene, const Candidate* best, Incident& incident)
        : scene_(scene)
        , best_(best)
        , incident_(incident)
        , tales_(tellTales(best)) {}

    void tell() {
        changes();
        impact();
        alerts();
        servers();
        for (const Event& e : scene_.events.chat)
            if (!isBot(e)) chat(e);
        std::ranges::stable_sort(incident_.story, {}, &StoryEntry::time);
    }

private:
    void add(Instant time, EntryKind kind, std::string statement, std::vector<Evidence> evidence) {
        incident_.story.push_back({time, kind, std::move(statement), std::move(evidence)});
    }

    bool refuted(CauseKind kind) const {
        return std::ranges::any_of(incident_.ruledOut,
                                   [&](const Verdict& v) { return v.kind == kind; });
    }

    void changes() {
        if (best_ && best_->cause.at &&
            *best_->cause.at <= scene_.start() + std::chrono::seconds(5))
            incident_.trigger = best_->cause.at;
        if (best_ && best_->undoneBy) incident_.mitigated = best_->undoneBy->time;
        const Instant until =
            scene_.stretch.resolved.value_or(scene_.end()) + std::chrono::minutes(2);
        for (const Event& e : scene_.events.changes) {
            if (e.time > until || scene_.start() - e.time > std::chrono::hours(24)) continue;
            add(e.time, kindOf(e), visible(nameOf(e)), {e.evidence});
        }
        if (incident_.trigger && (!best_->event || best_->event->kind != RecordKind::Change))
            add(*incident_.trigger, EntryKind::Trigger, best_->cause.statement,
                best_->cause.evidence);
    }

    static std::string nameOf(const Event& e) {
        const std::string words = changeInWords(e.message.empty() ? e.raw : e.message);
        const std::string told = words.empty() ? e.told() : words;
        return e.user.empty() || told.find(e.user) != told.npos ? told : told + " (" + e.user + ")";
    }

    EntryKind kindOf(const Event& e) const {
        if (best_ && &e == best_->event) return EntryKind::Trigger;
        if (best_ && &e == best_->undoneBy) return EntryKind::Mitigation;
        if (e.time < scene_.start()) return EntryKind::LeadUp;
        const Topic topic = scene_.topics.of(e);
        const bool inVain =
            topic == Topic::Restart || (topic == Topic::Deploy && refuted(CauseKind::Deploy));
        const bool within = !incident_.mitigated || e.time < *incident_.mitigated;
        if (inVain && within && e.time < scene_.end()) return EntryKind::MisleadingPath;
        // What a program did by itself, of no matter that could be the cause, nobody did against
        // it.
        const bool apart = topic == Topic::Other || topic == Topic::Network;
        return apart && isByProgram(e.message.empty() ? e.raw : e.message) ? EntryKind::Observation
                                                                           : EntryKind::Action;
    }

    void silence() {
        add(scene_.start(), EntryKind::ImpactStart, "The last request before none was logged",
            {chartOf("requests", scene_.phases.during)});
        add(scene_.end(), EntryKind::Resolution, "Requests are logged again, as many as before",
            {chartOf("requests", scene_.phases.after)});
    }

    void impact() {
        if (isSilent(scene_)) return silence();
        const Impact& i = incident_.impact;
        std::string said =
            fmt::format("First request that failed or was slow; {} of {} requests "
                        "failed",
                        grouped(std::int64_t(i.failed)), grouped(std::int64_t(i.requests)));
        if (i.slow > 0)
            said += fmt::format(" and {} {} slow", grouped(std::int64_t(i.slow)),
                                i.slow == 1 ? "was" : "were");
        add(scene_.start(), EntryKind::ImpactStart, said + " until the end",
            {chartOf("errors", {scene_.start(), scene_.end()})});
        if (scene_.stretch.resolved)
            add(*scene_.stretch.resolved, EntryKind::Resolution,
                "The last bad request ended; rates are as before since",
                {chartOf("errors", scene_.phases.after)});
    }

    void alerts() {
        const Instant from = scene_.start() - std::chrono::seconds(2);
        std::set<std::string> told;
        for (const Event& e : scene_.events.alerts) {
            if (e.time < from || e.time > scene_.end()) continue;
            if (e.state != "firing" || !told.insert(e.subject + toRfc3339(e.time)).second) continue;
            const bool first = !incident_.detected;
            if (first) incident_.detected = e.time;
            add(e.time, first ? EntryKind::Detection : EntryKind::Observation,
                fmt::format("Alert {}: {}", visible(e.subject), visible(e.message.substr(0, 200))),
                {e.evidence});
        }
    }

    struct Flapping {
        std::string state;
        std::size_t changes = 0;
        const Event* last = nullptr;
    };

    /// The first changes of state of each server; a server that flaps is summed up.
    void servers() {
        constexpr std::size_t kTold = 3;
        std::map<std::string, Flapping> seen;
        for (const Event& e : scene_.events.states) {
            const bool inside = e.time >= scene_.start() - std::chrono::seconds(60) &&
                                e.time <= scene_.end() + std::chrono::seconds(60);
            if (!inside || e.server.empty() || (e.state != "down" && e.state != "up")) continue;
            Flapping& f = seen[called(e)];
            if (f.state == e.state) continue;
            f.state = e.state;
            f.last = &e;
            if (++f.changes <= kTold)
                add(e.time, EntryKind::Observation,
                    fmt::format("{} went {}", visible(called(e)), e.state), {e.evidence});
        }
        for (const auto& [name, f] : seen)
            if (f.changes > kTold)
                add(f.last->time, EntryKind::Observation,
                    fmt::format("{} went {}, after {} changes of its state", visible(name), f.state,
                                f.changes),
                    {f.last->evidence});
        deaths();
    }

    std::string called(const Event& e) const {
        const std::string name = scene_.nameOf({e.backend, e.server});
        return name == e.server ? pathOf({e.backend, e.server}) : name + " (" + e.server + ")";
    }

    void deaths() {
        std::size_t told = 0;
        for (const Event& e : scene_.events.crashes) {
            if (e.time < scene_.start() || e.time > scene_.end()) continue;
            if (e.message.find("exited") == std::string::npos || ++told > 5) continue;
            add(e.time, EntryKind::Observation,
                fmt::format("{}: {}", visible(e.host), visible(e.told())), {e.evidence});
        }
    }

    void chat(const Event& e) {
        const Instant until =
            scene_.stretch.resolved.value_or(scene_.end()) + std::chrono::minutes(15);
        if (e.time < scene_.start() - std::chrono::minutes(5) || e.time > until) return;
        const EntryKind kind = kindOfChat(e, lowerCase(e.message));
        if (kind == EntryKind::Acknowledgement) incident_.acknowledged = e.time;
        if (kind == EntryKind::Identification) incident_.identified = e.time;
        add(e.time, kind,
            fmt::format("{}: “{}”", visible(e.user), visible(e.message.substr(0, 400))),
            {e.evidence});
    }

    EntryKind kindOfChat(const Event& e, const std::string& text) const {
        const bool started = e.time >= scene_.start();
        const bool over = scene_.stretch.resolved && e.time >= *scene_.stretch.resolved;
        if (over)
            return confirms(text) ? EntryKind::Verification
                   : acts(text)   ? EntryKind::Action
                                  : EntryKind::Communication;
        if (started && !incident_.acknowledged) return EntryKind::Acknowledgement;
        const auto told =
            std::ranges::count_if(tales_, [&](const auto& w) { return hasWord(text, w); });
        if (started && told > 0 && !incident_.identified && !incident_.mitigated.has_value())
            return EntryKind::Identification;
        if (started && told > 0 && !incident_.identified &&
            e.time <= *incident_.mitigated + std::chrono::seconds(5))
            return EntryKind::Identification;
        if (escalates(text)) return EntryKind::Escalation;
        if (denies(text)) return EntryKind::Communication;
        const auto suspicion = suspicionIn(text);
        if (suspicion && guesses(text))
            return refuted(*suspicion) ? EntryKind::MisleadingPath : EntryKind::Assumption;
        if (acts(text)) return EntryKind::Action;
        return EntryKind::Communication;
    }

    const Scene& scene_;
    const Candidate* best_;
    Incident& incident_;
    std::set<std::string> tales_;
};

} // namespace

std::optional<CauseKind> suspicionIn(std::string_view text) {
    if (anyOf(text, {"ddos", "flood", "stuffing", "attack", "crawler", "bot", "bots"}))
        return CauseKind::ClientFlood;
    if (anyOf(text, {"database", "postgres", "mysql", "db", "query", "queries", "migration"}))
        return CauseKind::Database;
    if (anyOf(text, {"firewall", "network", "dns", "certificate", "cdn"}))
        return CauseKind::Network;
    if (anyOf(text,
              {"third party", "third-party", "provider", "vendor", "status page", "upstream"}))
        return CauseKind::Upstream;
    if (anyOf(text, {"disk", "disks", "memory", "oom", "swap", "cpu", "out of space"}))
        return CauseKind::HostResource;
    if (anyOf(text,
              {"deploy", "deployed", "release", "rollout", "rolled out", "went out", "shipped",
               "canary", "feature flag", "diff", "build", "leak", "leaks", "leaking"}))
        return CauseKind::Deploy;
    return {};
}

void tellStory(const Scene& scene, const Candidate* best, Incident& incident) {
    Teller(scene, best, incident).tell();
}

} // namespace postlude::detail
