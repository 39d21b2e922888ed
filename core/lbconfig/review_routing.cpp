// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/detail/review.h"

#include "core/base/lowercase.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace postlude::lbconfig {

namespace {

using Match = RouteTest::Match;

/// True if a value that fits `narrow` (by its own match) always fits `wide`.
bool valueImplies(const RouteTest& narrow, const std::string& n, const RouteTest& wide,
                  const std::string& w) {
    switch (wide.match) {
    case Match::Exact:
        return narrow.match == Match::Exact && n == w;
    case Match::Prefix:
        return (narrow.match == Match::Exact || narrow.match == Match::Prefix) && n.starts_with(w);
    case Match::Suffix:
        return (narrow.match == Match::Exact || narrow.match == Match::Suffix) && n.ends_with(w);
    case Match::Inside:
        return narrow.match != Match::Other && n.find(w) != std::string::npos;
    case Match::Other:
        break;
    }
    return false;
}

/// True if whatever fits `narrow` fits `wide` too.
bool implies(const RouteTest& narrow, const RouteTest& wide) {
    if (narrow.what != wide.what) return false;
    if (narrow.not_ || wide.not_) return narrow == wide;
    if (wide.match == Match::Other || narrow.match == Match::Other) {
        RouteTest same = narrow;
        same.anyCase = wide.anyCase;
        return same == wide && (wide.anyCase || !narrow.anyCase);
    }
    if (narrow.anyCase && !wide.anyCase) return false;
    return !narrow.values.empty() && std::ranges::all_of(narrow.values, [&](const std::string& n) {
        const std::string text = wide.anyCase ? lowerCase(n) : n;
        return std::ranges::any_of(
            wide.values, [&](const std::string& w) { return valueImplies(narrow, text, wide, w); });
    });
}

using Tests = std::vector<RouteTest>;

/// One for each value of the tests: "path /a /b" is /a or /b. Long lists stay as they are.
std::vector<Tests> alternatives(const std::vector<Tests>& anyOf) {
    constexpr std::size_t kMost = 64;
    std::vector<Tests> out;
    for (const Tests& tests : anyOf) {
        std::vector<Tests> made{{}};
        for (const RouteTest& t : tests) {
            const bool whole = t.not_ || t.match == Match::Other || t.values.size() < 2 ||
                               made.size() * t.values.size() > kMost;
            std::vector<Tests> next;
            for (const Tests& m : made)
                for (std::size_t v = 0; v < (whole ? 1 : t.values.size()); ++v) {
                    next.push_back(m);
                    next.back().push_back(t);
                    if (!whole) next.back().back().values = {t.values[v]};
                }
            made = std::move(next);
        }
        out.insert(out.end(), made.begin(), made.end());
    }
    return out;
}

/// True if `earlier` takes every request that `later` is for, which is one of `cases`.
bool shadows(const RoutingRule& earlier, const RoutingRule& later,
             const std::vector<Tests>& cases) {
    if (earlier.always) return true;
    if (earlier.epoch != later.epoch || earlier.anyOf.empty() || later.anyOf.empty()) return false;
    return std::ranges::all_of(cases, [&](const auto& narrow) {
        return std::ranges::any_of(earlier.anyOf, [&](const auto& wide) {
            return std::ranges::all_of(wide, [&](const RouteTest& w) {
                return std::ranges::any_of(narrow,
                                           [&](const RouteTest& n) { return implies(n, w); });
            });
        });
    });
}

void unreachable(Report& report, const ConfigFrontend& frontend) {
    constexpr std::size_t kMost = 1000; // pairs grow with the square
    const auto& rules = frontend.rules;
    for (std::size_t i = 1; i < std::min(rules.size(), kMost); ++i) {
        const auto cases = alternatives(rules[i].anyOf);
        for (std::size_t k = 0; k < i; ++k) {
            if (!shadows(rules[k], rules[i], cases)) continue;
            const bool elsewhere = rules[k].place.file != rules[i].place.file;
            report.add(
                "rule-unreachable", rules[i].place,
                fmt::format("\"{}\" is never reached: \"{}\" in {}line {} takes all its "
                            "requests",
                            visible(rules[i].text), visible(rules[k].text),
                            elsewhere ? visible(report.config.fileOf(rules[k].place)) + ", " : "",
                            rules[k].place.line),
                rules[i].text);
            break;
        }
    }
}

/// The same for all ways to write an address: "*:80", "0.0.0.0:80", ":80" and nginx's "80" listen
/// at port 80 of every address.
std::string addressBound(std::string_view bind) {
    for (const std::string_view all : {"ipv4@", "*", "0.0.0.0"})
        if (bind.starts_with(all) &&
            (all.back() == '@' || bind.substr(all.size()).starts_with(':') ||
             bind.size() == all.size()))
            bind.remove_prefix(all.size());
    const bool port =
        !bind.empty() && bind.find_first_not_of("0123456789") == std::string_view::npos;
    return bind.empty() ? ":80" : (port ? ":" : "") + std::string(bind);
}

/// nginx: two servers of one name on one address; only the first is used.
void hostNames(Report& report) {
    std::map<std::pair<std::string, std::string>, const ConfigFrontend*> seen;
    for (const ConfigFrontend& f : report.config.frontends)
        for (const std::string& name : f.names)
            for (const std::string& bind :
                 f.binds.empty() ? std::vector<std::string>{"80"} : f.binds) {
                const auto [other, fresh] =
                    seen.try_emplace({lowerCase(name), addressBound(bind)}, &f);
                if (fresh || other->second == &f || name == "_" || name == "\"\"" || name.empty())
                    continue;
                report
                    .add("duplicate-name", f.place(),
                         fmt::format("{} on {} is also the server in line {}: this one is never "
                                     "asked",
                                     visible(name), visible(bind), other->second->line))
                    .severity = Severity::Warning;
                return;
            }
}

void binds(Report& report) {
    std::map<std::string, const ConfigFrontend*> seen, names;
    for (const ConfigFrontend& f : report.config.frontends) {
        const auto [named, fresh] = names.try_emplace(f.name, &f);
        if (!fresh && !f.name.empty() && mayCoexist(*named->second, f))
            report.add("duplicate-name", f.place(),
                       fmt::format("frontend {} is defined twice, the other in line {}",
                                   visible(f.name), named->second->line));
        for (const std::string& bind : f.binds) {
            const auto [other, first] = seen.try_emplace(addressBound(bind), &f);
            if (!first && other->second != &f && bind.find('$') == std::string::npos &&
                mayCoexist(*other->second, f))
                report
                    .add("duplicate-name", f.place(),
                         fmt::format("frontend {} listens on {} like {} in line {}: each gets a "
                                     "part of the connections",
                                     visible(f.name), visible(bind), visible(other->second->name),
                                     other->second->line))
                    .severity = Severity::Warning;
        }
    }
}

bool hasVariable(const std::string& text) {
    return text.find_first_of("$%{") != std::string::npos;
}

void missing(Report& report) {
    const BalancerConfig& config = report.config;
    if (config.incomplete || !config.missing.empty()) return; // it may be in what is not here
    for (const BackendUse& use : config.uses) {
        if (!use.mustExist || config.backend(use.backend) || hasVariable(use.backend)) continue;
        report
            .add("backend-missing", use.place,
                 fmt::format("{} is used here and defined nowhere", visible(use.backend)), use.text)
            .backend = use.backend;
    }
}

void unused(Report& report) {
    const BalancerConfig& config = report.config;
    if (config.incomplete || config.usesUnknown || config.frontends.empty()) return;
    std::set<std::string> used;
    for (const BackendUse& use : config.uses)
        used.insert(use.backend);
    for (const ConfigBackend& b : config.backends) {
        if (!b.named || used.contains(b.name) || (b.holdsTable && b.servers.empty())) continue;
        if (hasVariable(b.name)) continue;
        report.add("backend-unused", b.place(), b,
                   fmt::format("Nothing sends requests to {}", titleOf(config, b)));
    }
}

} // namespace

void reviewRouting(Report& report) {
    for (const ConfigFrontend& f : report.config.frontends)
        unreachable(report, f);
    missing(report);
    unused(report);
    if (report.config.dialect == ConfigDialect::Nginx) hostNames(report);
    if (report.config.dialect == ConfigDialect::HAProxy) binds(report);
}

} // namespace postlude::lbconfig
