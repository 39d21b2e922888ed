// SPDX-License-Identifier: GPL-3.0-or-later
// The balancer configurations in a file, a folder or an archive, with what they include.
#pragma once

#include "core/lbconfig/lbconfig.h"

#include <filesystem>
#include <stop_token>

namespace postlude {

struct ConfigsFound {
    std::vector<BalancerConfig> configs; ///< by path; of several snapshots of one the newest
    std::vector<std::string> stems;      ///< of each: its path without marks of a snapshot
    std::vector<Error> broken;           ///< look like configurations and cannot be taken apart
    std::string root;                    ///< what was named
    std::vector<std::string> looked;     ///< paths of all files that belong to any of them
};

/// A file is read whatever its name, and its folder gives what it includes; of a folder or
/// archive all that look like a balancer's configuration. Paths are as the user gave them, members
/// below. Errors: NotFound, Permission, Unreadable, Damaged, TooLarge; NotUnderstood if there is
/// no configuration.
Result<ConfigsFound> findConfigs(const std::filesystem::path& path, std::stop_token stop);

} // namespace postlude
