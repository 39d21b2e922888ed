// SPDX-License-Identifier: GPL-3.0-or-later
// What a careful reviewer would say of a balancer's configuration, and of a change to one.
// Pure functions; thread-safe. Every finding has a rule whose id never changes its meaning.
#pragma once

#include "core/lbconfig/lbconfig.h"

#include <span>

namespace postlude {

enum class Severity : std::uint8_t { Note, Warning, Error };
/// "note", "warning", "error", as SARIF calls them.
std::string_view nameOf(Severity severity);

/// What the rules look for. Texts are plain sentences without a full stop at the end of the title.
struct ConfigRule {
    std::string_view id;                   ///< "weights-apart": never renamed, never reused
    Severity severity = Severity::Warning; ///< a finding may be milder or graver
    std::string_view title;
    std::string_view why;    ///< what it leads to
    std::string_view remedy; ///< what to do
};
/// All rules, by id.
std::span<const ConfigRule> configRules();
/// Nothing if there is none of that id.
const ConfigRule* configRule(std::string_view id);

struct ConfigFinding {
    std::string rule;
    Severity severity = Severity::Warning;
    std::string file; ///< as the configuration calls it
    std::uint64_t line = 0;
    std::uint64_t column = 0;     ///< of a syntax error; else 0: the whole line
    std::string backend, server;  ///< as far as it belongs to one
    std::string what;             ///< this case of it; hostile text made visible
    std::string why, remedy;      ///< the rule's, or better ones
    std::string text;             ///< the directive, as written
    std::string before;           ///< of a change: the directive as it was; empty: was not there
    std::uint64_t lineBefore = 0; ///< … and where
    bool operator==(const ConfigFinding&) const = default;
};

/// What logs say of the load that a configuration meets. Absent: not known.
struct ObservedLoad {
    struct Server {
        std::string backend, server; ///< as the balancer's log names them
        double inFlight = 0;         ///< the most requests at once, averaged over a second
        std::uint64_t requests = 0;
        std::uint64_t queued = 0; ///< of them those that waited for a free connection
    };
    std::vector<Server> servers;
    double inFlight = 0; ///< of all
    std::uint64_t requests = 0, clients = 0;
    double largestClient = 0; ///< share of all requests that the busiest client address sent
    std::string from;         ///< "41 208 requests of lb-logs.tar.gz"
};

/// By file and line; the same input gives the same findings.
std::vector<ConfigFinding> reviewConfig(const BalancerConfig& config,
                                        const ObservedLoad* load = nullptr);
/// What the change made worse: faults that the older one did not have, and risks of the change
/// itself. Faults that stood before are left out.
std::vector<ConfigFinding> reviewChange(const BalancerConfig& before, const BalancerConfig& after,
                                        const ObservedLoad* load = nullptr);
/// The text cannot be taken apart: a finding that says where.
ConfigFinding syntaxFinding(const Error& error);

/// SARIF 2.1.0, one run. `files` are the artefacts looked at.
std::string toSarif(const std::vector<ConfigFinding>& findings,
                    const std::vector<std::string>& files, std::string_view version);

} // namespace postlude
