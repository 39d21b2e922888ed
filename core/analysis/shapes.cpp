// SPDX-License-Identifier: GPL-3.0-or-later
// Ways of going wrong that have a name, each with the figures that show it.
#include "core/analysis/detail/fairness.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::detail {

namespace {

constexpr auto kLeadUp = std::chrono::seconds(60);

class Namer {
public:
    Namer(const Scene& scene, const Pool& pool, const BusiestKey& busiest, Fairness& out)
        : scene_(scene)
        , pool_(pool)
        , busiest_(busiest)
        , out_(out) {
        for (const Outage& o : scene.outages)
            if (std::ranges::any_of(pool.servers, [&](const PoolServer& s) { return is(o, s); }))
                outages_.push_back(&o);
    }

    void run() {
        cascade();
        allDown();
        for (const PoolServer& s : pool_.servers)
            sinkhole(s);
        hotspot();
        drains();
        flapping();
    }

private:
    static bool is(const Outage& o, const PoolServer& s) {
        return o.key.server == s.key.server &&
               (o.key.backend.empty() || s.key.backend.empty() || o.key.backend == s.key.backend);
    }

    void name(const char* shape, const std::string& sentence, const Event* event) {
        if (out_.shape.empty()) out_.shape = shape;
        if (!out_.statement.empty()) out_.statement += ". ";
        out_.statement += sentence;
        if (event) out_.evidence.push_back(event->evidence);
    }

    [[nodiscard]] std::string called(const PoolServer& s) const {
        return visible(scene_.nameOf(s.key));
    }

    [[nodiscard]] std::size_t outAt(Instant t) const {
        return std::size_t(std::ranges::count_if(pool_.servers, [&](const PoolServer& s) {
            return std::ranges::any_of(
                outages_, [&](const Outage* o) { return is(*o, s) && o->window.contains(t); });
        }));
    }

    /// Stretches in which no server was in use, within the incident and what led to it.
    void allDown() {
        const Window within{scene_.start() - kLeadUp, scene_.end() + std::chrono::seconds(5)};
        std::vector<Instant> edges;
        for (const Outage* o : outages_)
            for (const Instant t : {o->window.from, o->window.to})
                edges.push_back(std::clamp(t, within.from, within.to));
        std::ranges::sort(edges);
        Duration none{};
        Instant first{};
        for (std::size_t i = 1; i < edges.size(); ++i) {
            if (edges[i] == edges[i - 1] || outAt(edges[i - 1]) < pool_.servers.size()) continue;
            if (none == Duration{}) first = edges[i - 1];
            none += edges[i] - edges[i - 1];
        }
        if (none < std::chrono::seconds(1)) return;
        const Outage* last = nullptr; // whose fall left none
        for (const Outage* o : outages_)
            if (o->window.from <= first && (!last || o->window.from > last->window.from)) last = o;
        name("all-down",
             fmt::format("None of the {} servers was in use for {}, first at {}{}",
                         pool_.servers.size(),
                         spoken(Duration{std::chrono::round<std::chrono::seconds>(none)}),
                         toRfc3339(first, 0),
                         scene_.shares.unreached > 0
                             ? fmt::format("; {} of the requests during the incident reached no "
                                           "server",
                                           percent(scene_.shares.unreached))
                             : ""),
             last ? last->from : nullptr);
    }

    [[nodiscard]] double rate(const PoolServer& s, const Window& w) const {
        if (!s.traffic || w.empty()) return 0;
        const auto requests = scene_.traffic.within(w);
        const auto n = std::ranges::count_if(
            requests, [&](const Request& r) { return r.server == s.traffic; });
        return double(n) / seconds(w.length());
    }

    /// One goes down, another gets its load on top and goes down, too.
    void cascade() {
        std::vector<const Outage*> falls;
        for (const Outage* o : outages_) {
            const bool inside = o->window.from >= scene_.start() - kLeadUp &&
                                o->window.from <= scene_.end() && !o->wanted;
            const bool again =
                std::ranges::any_of(falls, [&](const Outage* f) { return f->key == o->key; });
            if (inside && !again) falls.push_back(o);
        }
        std::ranges::stable_sort(falls, {}, [](const Outage* o) { return o->window.from; });
        for (std::size_t i = 1; i < falls.size(); ++i)
            if (follows(*falls[i - 1], *falls[i], falls.size())) return;
    }

    bool follows(const Outage& first, const Outage& second, std::size_t fallen) {
        constexpr std::chrono::seconds kSoon{5}, kLate{600};
        const auto gap = second.window.from - first.window.from;
        if (gap < kSoon || gap > kLate) return false;
        const auto server =
            std::ranges::find_if(pool_.servers, [&](const PoolServer& s) { return is(second, s); });
        const double was = rate(*server, scene_.phases.before),
                     then = rate(*server, {first.window.from, second.window.from});
        if (was <= 0 || then < 1.2 * was) return false;
        std::size_t most = 0;
        for (const Outage* o : outages_)
            most = std::max(most, outAt(o->window.from));
        name("cascade",
             fmt::format("{} went down at {}; {} then got {:.1f} requests a second where it had "
                         "{:.1f} and went down {} later; {} of {} servers fell, {} at once at most",
                         visible(scene_.nameOf(first.key)), toRfc3339(first.window.from, 0),
                         called(*server), then, was,
                         spoken(Duration{std::chrono::round<std::chrono::seconds>(gap)}), fallen,
                         pool_.servers.size(), most),
             first.from);
        out_.evidence.push_back(second.from->evidence);
        return true;
    }

    /// Fails fast, and so looks free to the balancer.
    void sinkhole(const PoolServer& s) {
        if (!s.report || s.report->during.requests < 50) return;
        const ServerPhase &is = s.report->during, &was = s.report->before;
        std::uint64_t others = 0, othersFailed = 0;
        for (const PoolServer& o : pool_.servers)
            if (&o != &s && o.report) {
                others += o.report->during.requests;
                othersFailed += o.report->during.failed;
            }
        if (pool_.config && isHashing(pool_.config->balancing))
            return; // draws nothing by being free
        const double failed = double(is.failed) / double(is.requests),
                     elsewhere = others ? double(othersFailed) / double(others) : 0;
        const double usual = pool_.known ? s.expected : 1.0 / double(pool_.servers.size());
        // Where the rest waits long, too much came to it: it fails because of that, not before.
        const bool crowded = is.p95Ms && was.p95Ms && *is.p95Ms > 2 * *was.p95Ms;
        const bool fast = is.p50Ms && was.p50Ms && *is.p50Ms < 0.5 * *was.p50Ms && !crowded;
        if (failed < 0.3 || failed < 3 * elsewhere || !fast || s.observed < kUneven * usual) return;
        name("sinkhole",
             fmt::format("{} draws requests and fails them fast: {} of them failed ({} elsewhere), "
                         "half within {:.0f} ms ({:.0f} ms before), and it got {} of the requests "
                         "where {} were expected",
                         called(s), percent(failed), percent(elsewhere), *is.p50Ms, *was.p50Ms,
                         percent(s.observed), percent(usual)),
             nullptr);
    }

    /// Keys are shared out as they should be, and some of them are heavy.
    void hotspot() {
        if (!pool_.config || !isHashing(pool_.config->balancing) || pool_.attempts < 400) return;
        const PoolServer* hot = nullptr;
        for (const PoolServer& s : pool_.servers)
            if (!hot || s.observed - s.expected > hot->observed - hot->expected) hot = &s;
        if (!pool_.configured || hot->observed < kHot * hot->expected ||
            hot->observed - hot->expected < 0.1)
            return;
        std::string text =
            fmt::format("Hashing by {} sends {} of the requests to {} where {} were expected",
                        postlude::nameOf(pool_.config->balancing), percent(hot->observed),
                        called(*hot), percent(hot->expected));
        if (busiest_.share >= 0.05)
            text += fmt::format("; {} alone sends {} of all, {} of it to {}",
                                visible(busiest_.name.substr(0, 120)), percent(busiest_.share),
                                percent(busiest_.onServer), called(pool_.servers[busiest_.server]));
        name("hotspot", text, nullptr);
    }

    /// Out of use by somebody's will while the others were too few: forgotten, or put back at last.
    void drains() {
        constexpr std::chrono::seconds kNear{30};
        for (const Outage* o : outages_) {
            const bool throughout =
                o->window.from <= scene_.start() && o->window.to >= scene_.end() - kNear;
            if (!o->wanted || !throughout) continue;
            name("drain",
                 fmt::format("{} of {} servers out of use at the onset: {} since {} ({}), {}",
                             outAt(scene_.start()), pool_.servers.size(),
                             visible(scene_.nameOf(o->key)), toRfc3339(o->from->time, 0),
                             visible(o->from->state),
                             o->ended ? "put back only at " + toRfc3339(o->window.to, 0)
                                      : std::string("and not put back before the logs end")),
                 o->from);
            return;
        }
    }

    /// Too much for it, so its checks fail; away it recovers, comes back, and so on.
    void flapping() {
        constexpr std::size_t kOften = 3;
        for (const PoolServer& s : pool_.servers) {
            std::size_t times = 0;
            Duration away{};
            const Outage* first = nullptr;
            for (const Outage* o : outages_) {
                const bool inside = is(*o, s) && !o->wanted &&
                                    o->window.from >= scene_.start() - kLeadUp &&
                                    o->window.from <= scene_.end();
                if (!inside) continue;
                if (!first) first = o;
                ++times;
                away += o->window.to - o->window.from;
            }
            if (times < kOften) continue;
            name("flapping",
                 fmt::format("{} went down {} times and came back, first at {}, away for {} in all",
                             called(s), times, toRfc3339(first->window.from, 0),
                             spoken(Duration{std::chrono::round<std::chrono::seconds>(away)})),
                 first->from);
            return;
        }
    }

    static constexpr double kUneven = 1.25, kHot = 1.5;
    const Scene& scene_;
    const Pool& pool_;
    const BusiestKey& busiest_;
    Fairness& out_;
    std::vector<const Outage*> outages_;
};

} // namespace

void nameShape(const Scene& scene, const Pool& pool, const BusiestKey& busiest,
               Fairness& fairness) {
    Namer(scene, pool, busiest, fairness).run();
}

} // namespace postlude::detail
