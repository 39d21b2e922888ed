// SPDX-License-Identifier: GPL-3.0-or-later
// What measured values say for and against: those that moved, ranked by how they go with the bad
// requests, how deep they are, and how early they were.
#include "core/analysis/detail/metrics.h"
#include "core/analysis/detail/ranking.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace postlude::detail {

namespace {

constexpr double kWith = 0.7; ///< correlation from which a series goes with the bad requests

/// A series that moved, and whose it is.
struct Moved {
    const Metric* metric = nullptr;
    MetricShift shift;
    std::string host;  ///< as people call it; empty: it names none
    bool deep = false; ///< of the database: servers ask it
    double score = 0, with = 0;
};

/// Words of what a machine can run out of.
bool isResource(std::string_view name) {
    for (const char* word : {"cpu", "load", "mem", "swap", "disk", "filesystem", "inode", "iowait",
                             "io_", "conn", "fds", "filefd", "throttl", "steal", "heap", "gc_"})
        if (name.find(word) != std::string_view::npos) return true;
    return false;
}

class Judge {
public:
    Judge(const Scene& scene, const std::vector<Metric>& metrics)
        : scene_(scene) {
        for (const Metric& m : metrics)
            take(m);
        rank();
    }

    MetricsSaid run() const {
        MetricsSaid out;
        if (moved_.empty() && unchanged_ == 0 && unclear_ == 0) return out;
        out.statement = told();
        for (std::size_t i = 0; i < std::min<std::size_t>(moved_.size(), 3); ++i)
            out.evidence.push_back(moved_[i].metric->evidence);
        for (const Moved& m : moved_)
            if (isCause(m) && out.candidates.empty()) out.candidates.push_back(candidate(m));
        return out;
    }

private:
    void take(const Metric& m) {
        MetricShift shift = shiftOf(m, scene_.phases.before, scene_.phases.during);
        if (shift.outcome == MetricShift::Outcome::Unclear) ++unclear_;
        if (shift.outcome == MetricShift::Outcome::Unchanged) ++unchanged_;
        if (shift.outcome != MetricShift::Outcome::Changed) return;
        Moved one;
        one.metric = &m;
        one.shift = std::move(shift);
        const std::string text = lowerCase(m.name + " " + m.file);
        for (const SourceInfo& s : scene_.sources)
            if (s.host.size() >= 2 && mentionsHost(text, lowerCase(s.host))) {
                one.host = s.host;
                one.deep = s.role == SourceRole::Database;
            }
        if (one.host.empty())
            if (const auto hosts = scene_.hostsIn(text); hosts.size() == 1) one.host = hosts[0];
        moved_.push_back(std::move(one));
    }

    /// The bad requests at each moment of a series, as shares over its step.
    [[nodiscard]] std::vector<double> impactAt(const Moved& m) const {
        std::vector<double> out;
        for (const Instant t : m.metric->times) {
            const Window w{t - m.shift.step, t};
            out.push_back(scene_.traffic.within(w).empty()
                              ? std::numeric_limits<double>::quiet_NaN()
                              : scene_.badShare(w));
        }
        return out;
    }

    /// By the general ranking, each series by itself against the requests at its own moments; the
    /// database's stand below those of the servers that ask it.
    void rank() {
        for (Moved& m : moved_) {
            auto away = m.shift.away;
            for (std::size_t i = 0; i < away.size(); ++i) {
                if (m.shift.spreads < 0) away[i] = -away[i];
                // Being early is told by precedence, and no want of agreement.
                const Instant t = m.metric->times[i];
                if (m.shift.began && t >= *m.shift.began && t < scene_.start())
                    away[i] = std::numeric_limits<double>::quiet_NaN();
            }
            m.with = correlation(impactAt(m), away);
            std::vector<Suspect> all{{"requests", impactAt(m), {}, {1}},
                                     {m.metric->name, std::move(away), {}, {}}};
            const auto origins = rankOrigins(all, 0);
            m.score = origins.empty() ? 0 : origins.front().score;
            const bool below = std::ranges::any_of(
                moved_, [&](const Moved& o) { return !m.deep && o.deep && o.with >= kWith; });
            if (below) m.score /= 2;
        }
        std::ranges::stable_sort(moved_, std::greater{}, &Moved::score);
    }

    [[nodiscard]] Duration lead(const Moved& m) const {
        return m.shift.began ? scene_.start() - *m.shift.began : Duration{};
    }

    [[nodiscard]] std::string told(const Moved& m) const {
        return fmt::format("“{}” {:.4g} → {:.4g}{}", visible(m.metric->name.substr(0, 120)),
                           m.shift.before, m.shift.during,
                           m.shift.began ? ", " + distanceToOnset(*m.shift.began, scene_.start())
                                         : "");
    }

    [[nodiscard]] std::string told() const {
        std::vector<std::string> most;
        for (std::size_t i = 0; i < std::min<std::size_t>(moved_.size(), 3); ++i)
            most.push_back(fmt::format("{} (correlation {:.2f})", told(moved_[i]), moved_[i].with));
        return fmt::format(
            "Of {} measured series {} moved by six spreads and more during the "
            "incident, {} stayed within 10 %{}{}",
            moved_.size() + unchanged_ + unclear_, moved_.size(), unchanged_,
            most.empty() ? "" : ". Most with the bad requests: ", fmt::join(most, "; "));
    }

    /// A machine that ran out of something and did so before anybody felt it. What moves with the
    /// requests may as well be their consequence.
    [[nodiscard]] bool isCause(const Moved& m) const {
        return !m.host.empty() && m.with >= kWith && m.shift.began &&
               isResource(lowerCase(m.metric->name + " " + m.metric->file)) &&
               lead(m) >= -m.shift.step;
    }

    [[nodiscard]] Candidate candidate(const Moved& m) const {
        Candidate c;
        c.cause.kind = CauseKind::HostResource;
        c.cause.culprit = m.host;
        c.cause.at = m.shift.began;
        const bool before = lead(m) > m.shift.step;
        const Scene::Split split = scene_.splitBy({m.host}, scene_.phases.during);
        const auto bad = split.bad + split.otherBad;
        Scores s;
        s.precedence = before ? precedenceOf(*m.shift.began, scene_.start()) : 0.5;
        s.place = m.deep ? 0.7 : bad ? double(split.bad) / double(bad) : 0;
        s.shape = m.score * (before ? 1 : 0.5);
        s.undo = 0.3;
        setScore(c.cause, s);
        c.cause.statement =
            fmt::format("{}: {}; it goes with the bad requests (correlation {:.2f}).{}",
                        titleOf(CauseKind::HostResource), told(m), m.with,
                        before ? "" : " It moved when they did, and may be their consequence.");
        c.cause.evidence = {m.metric->evidence};
        return c;
    }

    const Scene& scene_;
    std::vector<Moved> moved_;
    std::size_t unchanged_ = 0, unclear_ = 0;
};

} // namespace

MetricsSaid judgeMetrics(const Scene& scene, const std::vector<Metric>& metrics) {
    return Judge(scene, metrics).run();
}

} // namespace postlude::detail
