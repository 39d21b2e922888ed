// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/detail/review.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace postlude {

using namespace lbconfig;

namespace lbconfig {

ConfigFinding& Report::add(std::string_view rule, const ConfigPlace& at, std::string what,
                           std::string text) {
    const ConfigRule* known = configRule(rule);
    ConfigFinding f;
    f.rule = rule;
    if (known) {
        f.severity = known->severity;
        f.why = known->why;
        f.remedy = known->remedy;
    }
    f.file = config.fileOf(at);
    f.line = at.line;
    f.what = std::move(what);
    f.text = std::move(text);
    return findings.emplace_back(std::move(f));
}

ConfigFinding& Report::add(std::string_view rule, const ConfigPlace& at,
                           const ConfigBackend& backend, std::string what, std::string text) {
    ConfigFinding& f = add(rule, at, std::move(what), std::move(text));
    f.backend = backend.name;
    return f;
}

std::string titleOf(const ConfigServer& server) {
    if (server.name == server.address || server.address.empty()) return visible(server.name);
    return fmt::format("{} ({})", visible(server.name), visible(server.address));
}

std::string titleOf(const BalancerConfig& config, const ConfigBackend& backend) {
    switch (config.dialect) {
    case ConfigDialect::Nginx:
        return "upstream " + visible(backend.name);
    case ConfigDialect::Apache:
        return "balancer " + visible(backend.name);
    case ConfigDialect::Caddy:
        return backend.name == "reverse_proxy" ? backend.name
                                               : "reverse_proxy " + visible(backend.name);
    default:
        return "backend " + visible(backend.name);
    }
}

std::string spokenMs(double ms) {
    if (ms < 1000) return fmt::format("{:g} ms", ms);
    if (ms < 120'000) return fmt::format("{:g} s", std::round(ms / 100) / 10);
    return fmt::format("{:g} min", std::round(ms / 6000) / 10);
}

std::string spokenShare(double share) {
    return fmt::format("{:g} %", std::round(share * 100));
}

void mergeSame(std::vector<ConfigFinding>& findings) {
    std::vector<ConfigFinding> out;
    std::map<std::string, std::pair<std::size_t, int>> seen; // where in `out`, how many more
    for (ConfigFinding& f : findings) {
        const std::string key = fmt::format("{}\n{}\n{}\n{}", f.rule, f.file, f.line, f.text);
        const bool inherited = f.server.empty() && !f.text.empty() && !f.backend.empty();
        const auto [it, fresh] = seen.try_emplace(key, out.size(), 0);
        if (!fresh && inherited)
            ++it->second.second;
        else
            out.push_back(std::move(f));
    }
    for (const auto& [key, place] : seen)
        if (place.second > 0)
            out[place.first].what += fmt::format(" (and {} more of this line)", place.second);
    findings = std::move(out);
}

bool isLocal(const std::string& address) {
    return address.starts_with("127.") || address.starts_with("localhost") ||
           address.starts_with("[::1]") || address.starts_with("unix") ||
           address.starts_with("/") || address.starts_with(":") || address.starts_with("abns@");
}

} // namespace lbconfig

namespace {

void reviewIncludes(Report& report) {
    for (const MissingInclude& m : report.config.missing)
        report.add("include-missing", m.place,
                   fmt::format("{} is included, but it is not here", visible(m.pattern)),
                   m.pattern);
}

} // namespace

std::vector<ConfigFinding> reviewConfig(const BalancerConfig& config, const ObservedLoad* load) {
    Report report(config);
    reviewIncludes(report);
    reviewServers(report);
    reviewChecks(report);
    reviewRouting(report);
    reviewLimits(report);
    reviewLoad(report, load);
    const auto order = [](const ConfigFinding& f) {
        return std::tie(f.file, f.line, f.rule, f.backend, f.server, f.what);
    };
    std::ranges::sort(report.findings, {}, order);
    const auto twice = std::ranges::unique(report.findings, {}, order);
    report.findings.erase(twice.begin(), twice.end());
    mergeSame(report.findings);
    return std::move(report.findings);
}

ConfigFinding syntaxFinding(const Error& error) {
    const ConfigRule* rule = configRule("syntax");
    ConfigFinding f;
    f.rule = rule->id;
    f.severity = rule->severity;
    f.why = rule->why;
    f.remedy = error.remedy.empty() ? std::string(rule->remedy) : error.remedy;
    f.file = error.place.source;
    f.line = error.place.line;
    f.what = error.what;
    if (const std::string_view what = error.what; what.starts_with("column ")) {
        const auto colon = what.find(": ");
        for (const char c : what.substr(7, colon == what.npos ? 0 : colon - 7))
            f.column = f.column * 10 + std::uint64_t(c - '0');
        if (colon != what.npos) f.what = what.substr(colon + 2);
    }
    return f;
}

} // namespace postlude
