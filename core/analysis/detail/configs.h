// SPDX-License-Identifier: GPL-3.0-or-later
// The balancer's configurations over time: snapshots in order and the steps between them.
#pragma once

#include "core/analysis/detail/events.h"
#include "core/lbconfig/lbconfig.h"

#include <list>

namespace postlude::detail {

struct Snapshot {
    std::string path;
    BalancerConfig config;
    std::optional<Instant> written; ///< by its name, its head or its file's time
};

/// From one snapshot to the next.
struct ConfigStep {
    const Snapshot* before = nullptr;
    const Snapshot* after = nullptr;
    std::vector<ConfigDifference> differences;
};

struct ConfigHistory {
    std::vector<std::vector<Snapshot>> series; ///< each oldest first
    std::vector<ConfigStep> steps;             ///< point into `series`
    std::vector<std::string> notes;
    std::list<Snapshot> committed; ///< stand-ins of commits: where their lines are, no model
    ConfigHistory() = default;
    ConfigHistory(ConfigHistory&&) = default; ///< pointers into vectors survive a move
    ConfigHistory& operator=(ConfigHistory&&) = default;
    ConfigHistory(const ConfigHistory&) = delete;
    ConfigHistory& operator=(const ConfigHistory&) = delete;
    ~ConfigHistory() = default;
};

/// Snapshots that cannot be read are named in the notes.
ConfigHistory gatherConfigs(const Query& query, const std::vector<SourceInfo>& sources);

/// Where the snapshots give no step: takes the steps from the diffs of commits.
void addCommitSteps(ConfigHistory& history, const Events& events);

/// The server of a configuration that a balancer's log calls `key`: by name, else by address.
struct ServerInConfig {
    const ConfigBackend* backend = nullptr;
    const ConfigServer* server = nullptr;
};
ServerInConfig findServer(const BalancerConfig& config, const ServerKey& key);

/// The same for many servers, in the first of several balancers' configurations that has one.
/// Refers to them.
class ServerIndex {
public:
    explicit ServerIndex(const std::vector<const BalancerConfig*>& configs);
    [[nodiscard]] ServerInConfig find(const ServerKey& key) const;

private:
    /// By backend ("": any) and what the server is called. The first one counts.
    using Names = std::map<std::pair<std::string_view, std::string_view>, ServerInConfig>;
    struct OfConfig {
        bool byBackend = false; ///< a log's backend is that of the configuration
        Names names, addresses;
    };
    std::vector<OfConfig> configs_;
};

} // namespace postlude::detail
