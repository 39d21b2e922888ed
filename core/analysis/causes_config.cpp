// SPDX-License-Identifier: GPL-3.0-or-later
// Causes in the balancer's configuration: each difference between two snapshots is weighed.
#include "core/analysis/detail/scene.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace postlude::detail {

namespace {

CauseKind kindOf(DifferenceKind kind) {
    switch (kind) {
    case DifferenceKind::Weights:
        return CauseKind::LbWeights;
    case DifferenceKind::Algorithm:
        return CauseKind::LbAlgorithm;
    case DifferenceKind::Hashing:
        return CauseKind::LbHashing;
    case DifferenceKind::HealthCheck:
        return CauseKind::LbHealthCheck;
    default:
        return CauseKind::LbOther;
    }
}

/// Words of four letters and more of a difference, for finding the change that speaks of it.
std::set<std::string> wordsOf(const ConfigDifference& d) {
    std::set<std::string> out;
    std::string word;
    for (const char c :
         lowerCase(d.before + " " + d.after + " " + d.statement + " " + d.server + " ")) {
        const bool inside = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        if (inside)
            word += c;
        else if (word.size() >= 4)
            out.insert(std::exchange(word, {}));
        else
            word.clear();
    }
    for (const char* common : {"changed", "from", "server", "setting", "balancer", "with"})
        out.erase(common);
    return out;
}

std::size_t agreement(const std::set<std::string>& words, const Event& event) {
    const std::string text = event.words();
    return std::size_t(
        std::ranges::count_if(words, [&](const auto& w) { return hasWord(text, w); }));
}

class Weigher {
public:
    explicit Weigher(const Scene& scene)
        : scene_(scene) {
        for (const Event& e : scene.events.changes)
            if (scene.topics.of(e) == Topic::Balancer) changes_.push_back(&e);
        if (!changes_.empty()) return;
        for (const Event& e : scene.events.states) // the balancer's own word for a reload
            if ((e.state == "reload" || e.state == "stop") && e.server.empty())
                changes_.push_back(&e);
    }

    std::vector<Candidate> run() {
        std::vector<Candidate> out;
        for (const ConfigStep& step : scene_.configs.steps) {
            if (takesBack(step)) continue;
            for (const ConfigDifference& d : step.differences)
                if (!overBefore(d)) out.push_back(weigh(step, d));
        }
        return out;
    }

private:
    /// True if the step undoes what an earlier one did: that is the cure.
    bool takesBack(const ConfigStep& step) const {
        for (const ConfigStep& earlier : scene_.configs.steps) {
            if (&earlier == &step) return false;
            for (const auto& a : step.differences)
                for (const auto& b : earlier.differences)
                    if (undoes(a, b)) return true;
        }
        return false;
    }

    /// Made and taken back before this incident began: that was another one.
    bool overBefore(const ConfigDifference& d) const {
        if (!undoneInFiles(d)) return false;
        const Event* brought = broughtBy(d);
        return brought && std::ranges::any_of(changes_, [&](const Event* e) {
                   return isUndo(*e) && e->time > brought->time && e->time < scene_.start();
               });
    }

    Candidate weigh(const ConfigStep& step, const ConfigDifference& d) const {
        Candidate c;
        c.step = &step;
        c.difference = &d;
        c.event = broughtBy(d);
        c.undoneBy = undoneBy(d, c.event);
        c.cause.kind = kindOf(d.kind);
        c.cause.change = visible(d.before) + " → " + visible(d.after);
        c.cause.culprit = culprit(step, d);
        c.cause.at = c.event ? c.event->time : changedAt(step);
        setScore(c.cause, scores(c));
        c.cause.statement = statement(c);
        addEvidence(c);
        return c;
    }

    /// When the newer file was changed, if nobody tells when it was brought in; not after it
    /// showed.
    std::optional<Instant> changedAt(const ConfigStep& step) const {
        const bool files = step.before != step.after;
        const auto latest = scene_.start() + std::chrono::seconds(5);
        const auto& at = step.after->written;
        return files && at && *at <= latest ? at : std::nullopt;
    }

    /// The last change whose words fit best; one that takes something back only if there is no
    /// other.
    const Event* broughtBy(const ConfigDifference& d) const {
        const auto words = wordsOf(d);
        const Event* best = nullptr;
        std::pair<bool, std::size_t> most;
        for (const Event* e : changes_) {
            if (e->time > scene_.start() + std::chrono::seconds(5)) break;
            const std::pair fits{!isUndo(*e), isUndo(*e) ? 0 : agreement(words, *e)};
            if (!best || fits >= most) best = e, most = fits;
        }
        return best;
    }

    /// The change after the start that says it takes something back; else, where a later
    /// snapshot shows the old directive again, the last change before all was well.
    const Event* undoneBy(const ConfigDifference& d, const Event* brought) const {
        const Event* last = nullptr;
        for (const Event* e : changes_) {
            if (e == brought || e->time < scene_.start()) continue;
            if (e->time > scene_.end() + std::chrono::seconds(5)) break;
            if (isUndo(*e)) return e;
            last = e;
        }
        return undoneInFiles(d) ? last : nullptr;
    }

    bool undoneInFiles(const ConfigDifference& d) const {
        return std::ranges::any_of(scene_.configs.steps, [&](const ConfigStep& s) {
            return std::ranges::any_of(s.differences,
                                       [&](const auto& other) { return undoes(other, d); });
        });
    }

    std::string culprit(const ConfigStep& step, const ConfigDifference& d) const {
        if (d.kind == DifferenceKind::Weights) return pathOf({d.backend, d.server});
        return d.lineAfter ? fmt::format("{}:{}", step.after->path, d.lineAfter)
                           : fmt::format("{}:{}", step.before->path, d.lineBefore);
    }

    Scores scores(const Candidate& c) const {
        Scores s;
        s.precedence = c.cause.at ? precedenceOf(*c.cause.at, scene_.start()) : 0.3;
        s.place = place(*c.difference);
        s.shape = shape(*c.difference);
        s.undo = undoScore(scene_, c.undoneBy ? std::optional(c.undoneBy->time) : std::nullopt);
        return s;
    }

    /// True of the server that the difference is about.
    static bool isOf(const ConfigDifference& d, const ServerKey& key) {
        return !d.address.empty() &&
               (key.server == d.server || key.server.find(d.address) != std::string::npos);
    }

    /// A commit shows the line alone: its backend is then the one that has such a server.
    std::string backendOf(const ConfigDifference& d) const {
        if (!d.backend.empty()) return d.backend;
        const auto& all = scene_.traffic.servers;
        const auto it =
            std::ranges::find_if(all, [&](const ServerKey& key) { return isOf(d, key); });
        return it == all.end() ? std::string() : it->backend;
    }

    /// Share of the bad requests that went to the backend touched, or reached no server.
    double place(const ConfigDifference& d) const {
        const std::string touched = backendOf(d);
        if (d.kind == DifferenceKind::Other && touched.empty()) return 0.3;
        std::uint64_t bad = 0, inside = 0;
        for (const Request& r : scene_.traffic.within(scene_.phases.during)) {
            if (!scene_.traffic.isBad(r)) continue;
            ++bad;
            const std::string& backend = scene_.traffic.servers[r.server].backend;
            inside += r.server == 0 || backend.empty() || backend == touched ||
                              backend.find("balancer") != std::string::npos
                          ? 1
                          : 0;
        }
        return bad ? double(inside) / double(bad) : 0;
    }

    double shape(const ConfigDifference& d) const {
        switch (d.kind) {
        case DifferenceKind::Weights:
            return weightShape(d);
        case DifferenceKind::Algorithm:
        case DifferenceKind::Hashing:
            return std::min(1.0, scene_.shares.shifted / 0.2);
        case DifferenceKind::HealthCheck:
            return healthShape();
        case DifferenceKind::ServerAdded:
        case DifferenceKind::ServerRemoved:
            return 0.5 * std::min(1.0, scene_.shares.shifted / 0.2);
        default:
            return 0.1;
        }
    }

    /// By how much the share of the server followed its weight; below 0: against it.
    double followed(const ConfigDifference& d) const {
        for (const ServerReport& s : scene_.shares.servers) {
            if (!isOf(d, s.key)) continue;
            const double moved = s.during.share - s.before.share;
            return d.weightAfter > d.weightBefore ? moved : -moved;
        }
        return 0;
    }

    double weightShape(const ConfigDifference& d) const {
        return std::clamp(followed(d) / 0.1, 0.0, 1.0);
    }

    /// Servers taken out by their checks: requests that reach none, or states that say so.
    double healthShape() const {
        std::set<std::string> down;
        for (const Event& e : scene_.events.states) {
            const bool inside =
                e.time >= scene_.start() - std::chrono::seconds(30) && e.time <= scene_.end();
            if (inside && e.state == "down") down.insert(e.server);
        }
        const double servers = double(std::max<std::size_t>(1, scene_.shares.servers.size()));
        return std::max(std::min(1.0, double(down.size()) / servers),
                        std::min(1.0, scene_.shares.unreached * 1.5));
    }

    std::string statement(const Candidate& c) const {
        const ConfigDifference& d = *c.difference;
        std::string out = d.statement;
        if (c.cause.at) out += ", " + distanceToOnset(*c.cause.at, scene_.start());
        out += "." + consequence(d);
        if (d.kind == DifferenceKind::Weights && followed(d) < -kAgainst)
            out += " Its share moved against that: either it was not this, or the configurations "
                   "are not in the order their names and times say.";
        if (c.undoneBy)
            out += fmt::format(
                " Taken back at {}{}.", toRfc3339(c.undoneBy->time, 0),
                scene_.stretch.resolved
                    ? fmt::format("; the last bad request ended {} later",
                                  spoken(std::max(Duration{}, Duration{*scene_.stretch.resolved -
                                                                       c.undoneBy->time})))
                    : "");
        return out;
    }

    std::string consequence(const ConfigDifference& d) const {
        if (d.kind == DifferenceKind::HealthCheck && scene_.shares.unreached > 0.05)
            return fmt::format(" {} of the requests during the incident reached no server.",
                               percent(scene_.shares.unreached));
        const std::size_t worst = scene_.shares.worst;
        if (worst >= scene_.shares.servers.size() || d.kind == DifferenceKind::Other) return {};
        const ServerReport& s = scene_.shares.servers[worst];
        const std::string name = scene_.nameOf(s.key);
        return fmt::format(" {} took {} of the requests, {} before{}.",
                           visible(name == s.key.server ? name : name + " (" + s.key.server + ")"),
                           percent(s.during.share), percent(s.before.share),
                           s.expectedShareDuring
                               ? "; " + percent(*s.expectedShareDuring) + " expected by weight"
                               : "");
    }

    void addEvidence(Candidate& c) const {
        const ConfigDifference& d = *c.difference;
        auto& evidence = c.cause.evidence;
        if (d.lineBefore)
            evidence.push_back({c.step->before->path, d.lineBefore, d.lineBefore, {}, {}});
        if (d.lineAfter)
            evidence.push_back({c.step->after->path, d.lineAfter, d.lineAfter, {}, {}});
        if (c.event) evidence.push_back(c.event->evidence);
        if (c.undoneBy) evidence.push_back(c.undoneBy->evidence);
        for (const Event& e : scene_.events.changes) // commits that hold the very line
            if (scene_.topics.of(e) == Topic::Commit && !d.after.empty() &&
                e.raw.find(d.after) != std::string::npos)
                evidence.push_back(e.evidence);
        evidence.push_back(chartOf(c.cause.kind == CauseKind::LbHealthCheck ? "errors" : "share",
                                   scene_.phases.during));
    }

    static constexpr double kAgainst = 0.05;
    const Scene& scene_;
    std::vector<const Event*> changes_;
};

} // namespace

std::vector<Candidate> configCandidates(const Scene& scene) {
    return Weigher(scene).run();
}

} // namespace postlude::detail
