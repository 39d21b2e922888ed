// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations of load balancers as a model, what differs between two snapshots of one, and
// the order in which snapshots were in force. Values and pure functions; thread-safe.
#pragma once

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/lbconfig/model.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postlude {

std::string_view nameOf(ConfigDialect dialect);
/// By name ("haproxy", "nginx", "apache", "caddy", "traefik", "envoy") or by a title that contains
/// one ("HAProxy configuration"), in any case.
std::optional<ConfigDialect> configDialectNamed(std::string_view text);
/// Judged by the content alone; empty if it looks like none of them.
std::optional<ConfigDialect> configDialectOf(std::string_view text);

/// What includes may name: the other files of a bundle or folder.
struct ConfigFiles {
    std::vector<std::string> paths; ///< with '/'
    /// The text of one of them; nothing if it cannot be read.
    std::function<std::optional<std::string>(std::size_t)> text;
};

/// Includes are resolved against `others`; without any they are left aside. For any text either a
/// model or an error. Error: NotUnderstood with file, line and offset, the column in its text.
Result<BalancerConfig> parseConfig(ConfigDialect dialect, std::string_view text, std::string path,
                                   const ConfigFiles& others = {});

/// Share of new requests per server (by the order of `servers`) while each was up for that part
/// of the time (0…1; empty: always): weights × time up under the algorithm. Backup servers count
/// where no other was up; `first` gives all to the first one. Under hashing it is what many keys
/// tend to, under fewest connections what equally fast servers get. All 0 if none was up.
std::vector<double> expectedShares(const ConfigBackend& backend,
                                   const std::vector<double>& up = {});

enum class DifferenceKind : std::uint8_t {
    Weights,
    Algorithm,
    Hashing,
    HealthCheck,
    ServerAdded,
    ServerRemoved,
    ServerOther,
    Other
};
std::string_view nameOf(DifferenceKind kind);

struct ConfigDifference {
    DifferenceKind kind = DifferenceKind::Other;
    std::string backend, server; ///< as far as it belongs to one
    std::string address;         ///< of the server
    std::string before, after;   ///< the directive as written; empty: was not there
    std::uint64_t lineBefore = 0, lineAfter = 0;
    double weightBefore = 0, weightAfter = 0; ///< of Weights
    std::string statement;                    ///< one plain sentence without a full stop
    bool operator==(const ConfigDifference&) const = default;
};

/// What changed, in the order of the newer file. Comments, blank lines and blanks do not count.
std::vector<ConfigDifference> differences(const BalancerConfig& before,
                                          const BalancerConfig& after);
/// True if `later` takes back what `earlier` did.
bool undoes(const ConfigDifference& later, const ConfigDifference& earlier);

/// Snapshots of one configuration file, oldest first.
struct SnapshotSeries {
    std::string stem;               ///< "lb/haproxy.cfg"
    std::vector<std::size_t> order; ///< indexes into the paths given
    /// By the name's own date, UTC assumed; else when it was changed, where that was told.
    std::vector<std::optional<Instant>> written;
    bool orderKnown = true;
    std::string why; ///< "by the dates in their names"
};
/// Groups paths by folder and stem and orders each group by what the names say, else by when each
/// was `changed` (as many as paths, or none). Where nothing tells, orderKnown is false and the
/// order is that of the names.
std::vector<SnapshotSeries> snapshotSeries(const std::vector<std::string>& paths,
                                           const std::vector<std::optional<Instant>>& changed = {});

/// When a comment at the head of a configuration says that it was written ("# Ansible managed:
/// modified on 2024-01-22 19:42:11", "# generated 2024-01-22T19:42:11+01:00"); UTC where no offset
/// stands behind it.
std::optional<Instant> statedTime(std::string_view text);

} // namespace postlude
