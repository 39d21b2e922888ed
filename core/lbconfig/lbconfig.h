// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations of load balancers as a model, what differs between two snapshots of one, and
// the order in which snapshots were in force. Values and pure functions; thread-safe.
#pragma once

#include "core/base/error.h"
#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postlude {

enum class ConfigDialect : std::uint8_t { HAProxy, Nginx, Apache, Caddy };
std::string_view nameOf(ConfigDialect dialect);
/// By name ("haproxy", "nginx", "apache", "caddy") or by a title that contains one
/// ("HAProxy configuration"), in any case.
std::optional<ConfigDialect> configDialectNamed(std::string_view text);
/// Judged by the content alone; empty if it looks like none of them.
std::optional<ConfigDialect> configDialectOf(std::string_view text);

/// One instruction of a configuration, as written.
struct Directive {
    std::string section;            ///< "backend web_pool", "http / upstream app", "" at top level
    std::vector<std::string> words; ///< unquoted
    std::string text;               ///< as written, without indent, comment and end mark
    std::uint64_t line = 0;         ///< 1-based
};

/// How a backend picks a server.
enum class Balancing : std::uint8_t {
    RoundRobin,
    LeastConn,
    Source,
    Uri,
    Header,
    Cookie,
    First,
    Random,
    ByTraffic,
    Other
};
/// "round robin", "fewest connections", "client address" …
std::string_view nameOf(Balancing balancing);
/// True if the server follows from a key of the request (address, path, cookie).
bool isHashing(Balancing balancing);

struct ConfigServer {
    std::string name;    ///< HAProxy's name, Apache's route; else the address
    std::string address; ///< host:port, without a scheme
    double weight = 1;
    bool check = false, backup = false, disabled = false;
    std::optional<std::uint64_t> maxConnections;
    std::string text; ///< the directive that defines it
    std::uint64_t line = 0;
};

struct HealthCheck {
    bool active = false;
    std::string path; ///< empty: a connection is enough
    std::string text; ///< the directive that says so
    std::uint64_t line = 0;
};

struct ConfigBackend {
    std::string name;
    std::uint64_t line = 0;
    std::string algorithm; ///< as written; empty: the dialect's default
    Balancing balancing = Balancing::RoundRobin;
    std::uint64_t algorithmLine = 0;
    std::vector<ConfigServer> servers;
    HealthCheck health;
};

struct ConfigFrontend {
    std::string name;
    std::vector<std::string> binds, backends;
    std::uint64_t line = 0;
};

struct BalancerConfig {
    ConfigDialect dialect = ConfigDialect::HAProxy;
    std::string path;
    std::vector<Directive> directives; ///< in file order
    std::vector<ConfigFrontend> frontends;
    std::vector<ConfigBackend> backends;
    [[nodiscard]] const ConfigBackend* backend(std::string_view name) const;
};

/// Never follows includes. Error: NotUnderstood with the line (unclosed quote or block).
Result<BalancerConfig> parseConfig(ConfigDialect dialect, std::string_view text, std::string path);

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
    std::string stem;                            ///< "lb/haproxy.cfg"
    std::vector<std::size_t> order;              ///< indexes into the paths given
    std::vector<std::optional<Instant>> written; ///< by the name's own date, UTC assumed
    bool orderKnown = true;
    std::string why; ///< "by the dates in their names"
};
/// Groups paths by folder and stem and orders each group by what the names say. Where they say
/// nothing, orderKnown is false and the order is that of the names.
std::vector<SnapshotSeries> snapshotSeries(const std::vector<std::string>& paths);

} // namespace postlude
