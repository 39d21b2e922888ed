// SPDX-License-Identifier: GPL-3.0-or-later
// A change is judged by what it does to shares, checks, limits and routes, and by the faults that
// were not there before.
#include "core/lbconfig/detail/review.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace postlude {

using namespace lbconfig;

namespace {

constexpr double kMoved = 0.05;     ///< part of the requests that change servers: worth a word
constexpr double kMovedMuch = 0.20; ///< … a grave one
constexpr double kShortened = 0.5;  ///< of a timeout

class Judge {
public:
    Judge(const BalancerConfig& before, const BalancerConfig& after)
        : before_(before)
        , after_(after)
        , report_(after) {}

    std::vector<ConfigFinding> run(const ObservedLoad* load) {
        const auto backends = partners(before_.backends, after_.backends);
        for (std::size_t i = 0; i < backends.size(); ++i)
            if (backends[i]) backend(*backends[i], after_.backends[i]);
        const auto frontends = partners(before_.frontends, after_.frontends);
        for (std::size_t i = 0; i < frontends.size(); ++i)
            if (frontends[i]) frontend(*frontends[i], after_.frontends[i]);
        limit(before_.maxConnections, after_.maxConnections, "The process", nullptr);
        addNew(load);
        return std::move(report_.findings);
    }

private:
    /// For each of `from` the same in the other: by name and its place among those of one name.
    template <class Thing>
    static std::vector<const Thing*> partners(const std::vector<Thing>& in,
                                              const std::vector<Thing>& from) {
        std::map<std::string_view, std::vector<const Thing*>> named;
        for (const Thing& other : in)
            named[other.name].push_back(&other);
        std::map<std::string_view, std::size_t> taken;
        std::vector<const Thing*> out;
        for (const Thing& one : from) {
            const auto it = named.find(one.name);
            const std::size_t nth = taken[one.name]++;
            out.push_back(it != named.end() && nth < it->second.size() ? it->second[nth] : nullptr);
        }
        return out;
    }

    /// The same for servers; one that was renamed is found by its address.
    static std::vector<const ConfigServer*> sameServers(const ConfigBackend& in,
                                                        const ConfigBackend& from) {
        std::map<std::string_view, const ConfigServer*> addressed;
        for (const ConfigServer& s : in.servers)
            addressed.try_emplace(s.address, &s);
        auto out = partners(in.servers, from.servers);
        for (std::size_t i = 0; i < out.size(); ++i)
            if (const auto it = addressed.find(from.servers[i].address);
                !out[i] && it != addressed.end())
                out[i] = it->second;
        return out;
    }

    ConfigFinding& add(std::string_view rule, const ConfigPlace& at, const ConfigBackend* backend,
                       std::string what, std::string text, std::string before,
                       std::uint64_t lineBefore) {
        ConfigFinding& f = report_.add(rule, at, std::move(what), std::move(text));
        if (backend) f.backend = backend->name;
        f.before = before.empty() ? "(not set)" : std::move(before);
        f.lineBefore = lineBefore;
        return f;
    }

    void backend(const ConfigBackend& was, const ConfigBackend& is) {
        algorithm(was, is);
        weights(was, is);
        servers(was, is);
        checks(was, is);
        retries(was, is);
        times(was.timeouts, is.timeouts, titleOf(after_, is), &is);
    }

    void algorithm(const ConfigBackend& was, const ConfigBackend& is) {
        if (was.balancing == is.balancing &&
            (was.algorithm == is.algorithm || !isHashing(is.balancing)))
            return;
        const ConfigPlace at =
            is.algorithmLine ? ConfigPlace{is.algorithmFile, is.algorithmLine} : is.place();
        auto& f = add("change-algorithm", at, &is,
                      fmt::format("{} now chooses servers by {}, before by {}", titleOf(after_, is),
                                  nameOf(is.balancing), nameOf(was.balancing)),
                      is.algorithm, was.algorithm, was.algorithmLine);
        if (is.balancing == Balancing::Source)
            f.why = "All who come through one NAT, proxy or CDN end up on one server, and sessions "
                    "and caches that live on another are missed";
        if (is.balancing == Balancing::First)
            f.why = "The first server gets everything until its limit is reached";
    }

    /// Only what weights do among the servers of both; a server more or less is another matter.
    void weights(const ConfigBackend& was, const ConfigBackend& is) {
        const auto from = expectedShares(was), to = expectedShares(is);
        const auto same = sameServers(was, is);
        double moved = 0;
        const ConfigServer* worst = nullptr;
        const ConfigServer* worstBefore = nullptr;
        double most = 0, share = 0, shareBefore = 0;
        for (std::size_t i = 0; i < is.servers.size(); ++i) {
            const ConfigServer* old = same[i];
            if (!old || old->weight == is.servers[i].weight) continue;
            const double a = from[std::size_t(old - was.servers.data())], b = to[i];
            moved += std::abs(b - a);
            if (worst && std::abs(b - a) <= most) continue;
            worst = &is.servers[i];
            worstBefore = old;
            std::tie(most, share, shareBefore) = std::tuple(std::abs(b - a), b, a);
        }
        if (!worst || moved < kMoved) return;
        auto& f =
            add("change-weights", worst->place(), &is,
                fmt::format("{} of {} gets {} of the requests, before {} (weight {:g} → {:g})",
                            titleOf(*worst), titleOf(after_, is), spokenShare(share),
                            spokenShare(shareBefore), worstBefore->weight, worst->weight),
                worst->text, worstBefore->text, worstBefore->line);
        f.server = worst->name;
        if (most >= kMovedMuch) f.severity = Severity::Error;
    }

    void servers(const ConfigBackend& was, const ConfigBackend& is) {
        const auto same = sameServers(is, was);
        const auto shares = expectedShares(was);
        for (std::size_t i = 0; i < was.servers.size(); ++i) {
            const ConfigServer& old = was.servers[i];
            const ConfigServer* now = same[i];
            if (now) {
                server(*now, old, is);
                continue;
            }
            const double share = shares[i];
            const bool spare = old.backup;
            auto& f =
                add(spare ? "change-backup-removed" : "change-server-removed", is.place(), &is,
                    fmt::format("{} is no longer in {}{}", titleOf(old), titleOf(after_, is),
                                share > 0
                                    ? fmt::format("; it had {} of the requests", spokenShare(share))
                                    : ""),
                    {}, old.text, old.line);
            f.server = old.name;
            if (share >= 0.5) f.severity = Severity::Error;
        }
    }

    void server(const ConfigServer& is, const ConfigServer& was, const ConfigBackend& backend) {
        if (was.backup && !is.backup)
            add("change-backup-removed", is.place(), &backend,
                fmt::format("{} is no backup any more: it takes its share at all times",
                            titleOf(is)),
                is.text, was.text, was.line)
                .server = is.name;
        if (is.maxConnections && *is.maxConnections < was.maxConnections.value_or(~0ULL))
            add("change-limit", is.place(), &backend,
                fmt::format(
                    "{} may have {} connections, before {}", titleOf(is), *is.maxConnections,
                    was.maxConnections ? std::to_string(*was.maxConnections) : "any number"),
                is.text, was.text, was.line)
                .server = is.name;
    }

    void checks(const ConfigBackend& was, const ConfigBackend& is) {
        const HealthCheck &h = is.health, &o = was.health;
        const auto watched = [](const ConfigBackend& b) {
            return std::ranges::count_if(b.servers, &ConfigServer::check);
        };
        const bool none = watched(is) == 0 && watched(was) > 0 && !is.servers.empty();
        if (none || (o.active && !h.active && !h.passive)) {
            add("change-check-removed", h.line ? h.place() : is.place(), &is,
                fmt::format("The servers of {} are not checked any more", titleOf(after_, is)),
                h.text, o.text, o.line);
            return;
        }
        if (o.active && !h.active)
            add("change-check", is.place(), &is,
                fmt::format("{} is no longer asked whether it is well", titleOf(after_, is)),
                h.text, o.text, o.line);
        else if (h.active && (h.path != o.path || h.http != o.http))
            add("change-check", h.place(), &is,
                o.active ? fmt::format("The check of {} asks for {}, before for {}",
                                       titleOf(after_, is), asked(h), asked(o))
                         : fmt::format("{} is now checked, and asked for {}", titleOf(after_, is),
                                       asked(h)),
                h.text, o.text, o.line)
                .severity = o.active ? Severity::Warning : Severity::Note;
        ports(was, is);
    }

    static std::string asked(const HealthCheck& h) {
        return h.http && !h.path.empty() ? visible(h.path) : "a connection";
    }

    void ports(const ConfigBackend& was, const ConfigBackend& is) {
        const auto same = sameServers(was, is);
        for (std::size_t i = 0; i < is.servers.size(); ++i) {
            const ConfigServer& s = is.servers[i];
            const ConfigServer* old = same[i];
            if (!old || !s.check || old->checkPort == s.checkPort) continue;
            add("change-check", s.place(), &is,
                fmt::format("{} is checked at {}, before at {}", titleOf(s),
                            s.checkPort ? fmt::format("port {}", *s.checkPort) : "its own port",
                            old->checkPort ? fmt::format("port {}", *old->checkPort)
                                           : "its own port"),
                s.text, old->text, old->line)
                .server = s.name;
            return;
        }
    }

    void retries(const ConfigBackend& was, const ConfigBackend& is) {
        const auto count = [](const RetryPolicy& r) {
            return r.retries ? std::int64_t(std::min<std::uint64_t>(r.retries->value, 1000)) : -1;
        };
        const bool more =
            is.retry.retries && was.retry.retries && count(is.retry) > count(was.retry);
        const bool later = is.retry.afterSending && !was.retry.afterSending;
        if (!more && !later) return;
        const ConfigPlace at = is.retry.place.line ? is.retry.place : is.place();
        add("change-retries", at, &is,
            later ? fmt::format("{} now repeats requests that a server has seen (\"{}\")",
                                titleOf(after_, is), visible(is.retry.conditions))
                  : fmt::format("{} repeats a request up to {} times, before {}",
                                titleOf(after_, is), count(is.retry), count(was.retry)),
            more ? is.retry.retries->text : is.retry.conditions,
            more ? was.retry.retries->text : was.retry.conditions, was.retry.place.line);
    }

    void times(const std::map<std::string, ConfigTime>& was,
               const std::map<std::string, ConfigTime>& is, const std::string& whose,
               const ConfigBackend* backend) {
        for (const auto& [name, time] : is) {
            const auto old = was.find(name);
            if (old == was.end() || time.ms <= 0 || old->second.ms <= 0) continue;
            if (time.ms > kShortened * old->second.ms) continue;
            add("change-timeout", time.place, backend,
                fmt::format("{} waits {} ({}), before {}", whose, spokenMs(time.ms), name,
                            spokenMs(old->second.ms)),
                time.text, old->second.text, old->second.place.line);
        }
    }

    void limit(const std::optional<ConfigCount>& was, const std::optional<ConfigCount>& is,
               const std::string& whose, const ConfigBackend* backend) {
        if (!was || !is || is->value >= was->value) return;
        add("change-limit", is->place, backend,
            fmt::format("{} may have {} connections, before {}", whose, is->value, was->value),
            is->text, was->text, was->place.line);
    }

    void frontend(const ConfigFrontend& was, const ConfigFrontend& is) {
        const std::string whose = "frontend " + visible(is.name);
        times(was.timeouts, is.timeouts, whose, nullptr);
        limit(was.maxConnections, is.maxConnections, whose, nullptr);
        if (was.backends == is.backends) return;
        const std::set<std::string> old(was.backends.begin(), was.backends.end());
        const std::set<std::string> now(is.backends.begin(), is.backends.end());
        std::string gone, fresh;
        for (const std::string& b : old)
            if (!now.contains(b)) gone += (gone.empty() ? "" : ", ") + visible(b);
        for (const std::string& b : now)
            if (!old.contains(b)) fresh += (fresh.empty() ? "" : ", ") + visible(b);
        if (gone.empty()) return; // one more to choose from, or another order
        add("change-routing", is.place(), nullptr,
            fmt::format("{} sends nothing to {} any more{}", whose, gone,
                        fresh.empty() ? "" : ", but to " + fresh),
            fresh, gone, was.line);
    }

    /// Faults that the older one did not have.
    void addNew(const ObservedLoad* load) {
        std::multiset<std::string> old;
        for (const ConfigFinding& f : reviewConfig(before_, load))
            old.insert(identity(f));
        for (ConfigFinding& f : reviewConfig(after_, load)) {
            if (const auto it = old.find(identity(f)); it != old.end()) {
                old.erase(it);
                continue;
            }
            report_.findings.push_back(std::move(f));
        }
    }

    /// What is wrong with what, wherever it stands.
    static std::string identity(const ConfigFinding& f) {
        const bool placed = f.backend.empty() && f.server.empty();
        return f.rule + "\n" + f.backend + "\n" + f.server + "\n" + (placed ? f.text : "");
    }

    const BalancerConfig& before_;
    const BalancerConfig& after_;
    Report report_;
};

} // namespace

std::vector<ConfigFinding> reviewChange(const BalancerConfig& before, const BalancerConfig& after,
                                        const ObservedLoad* load) {
    if (before.dialect != after.dialect) return reviewConfig(after, load);
    auto found = Judge(before, after).run(load);
    mergeSame(found);
    // Grave ones first: they are what a pipeline stops for.
    std::ranges::stable_sort(found, [](const ConfigFinding& a, const ConfigFinding& b) {
        return std::tuple(-int(a.severity), std::string_view(a.file), a.line,
                          std::string_view(a.rule)) < std::tuple(-int(b.severity),
                                                                 std::string_view(b.file), b.line,
                                                                 std::string_view(b.rule));
    });
    return found;
}

} // namespace postlude
