// SPDX-License-Identifier: GPL-3.0-or-later
// The rules by what they look at. Each adds to the report what it finds.
#pragma once

#include "core/lbconfig/review.h"

namespace postlude::lbconfig {

class Report {
public:
    explicit Report(const BalancerConfig& config)
        : config(config) {}
    /// With the rule's severity, why and remedy; to be changed where this case differs.
    ConfigFinding& add(std::string_view rule, const ConfigPlace& at, std::string what,
                       std::string text = {});
    ConfigFinding& add(std::string_view rule, const ConfigPlace& at, const ConfigBackend& backend,
                       std::string what, std::string text = {});
    const BalancerConfig& config;
    std::vector<ConfigFinding> findings;
};

void reviewServers(Report& report);                        ///< weights, number, names, out of use
void reviewChecks(Report& report);                         ///< health checks
void reviewRouting(Report& report);                        ///< backends used, rules reached
void reviewLimits(Report& report);                         ///< timeouts, retries, limits
void reviewLoad(Report& report, const ObservedLoad* load); ///< against what logs say

/// False if both depend on conditions of which perhaps only one ever holds (".if", ".else").
template <class Part>
bool mayCoexist(const Part& a, const Part& b) {
    return a.branch == 0 || b.branch == 0 || a.branch == b.branch;
}

/// One finding for one line: what stands in `defaults` holds for many backends.
void mergeSame(std::vector<ConfigFinding>& findings);

/// "web-01 (127.0.0.1:80)", the name alone where both are the same.
std::string titleOf(const ConfigServer& server);
/// "backend web_pool", "reverse_proxy /api/*", as its dialect says.
std::string titleOf(const BalancerConfig& config, const ConfigBackend& backend);
/// "1.5 s", "200 ms".
std::string spokenMs(double ms);
/// "27 %".
std::string spokenShare(double share);
/// This machine itself, by its usual addresses.
bool isLocal(const std::string& address);

} // namespace postlude::lbconfig
