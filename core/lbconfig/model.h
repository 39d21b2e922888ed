// SPDX-License-Identifier: GPL-3.0-or-later
// What a balancer's configuration says, whatever its dialect: frontends, backends, servers and
// their settings, each with the place where it stands. Values; thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postlude {

enum class ConfigDialect : std::uint8_t { HAProxy, Nginx, Apache, Caddy, Traefik, Envoy };

/// Where something stands: a file of BalancerConfig::files and a line of it (1-based; 0: nowhere,
/// it is the server's default).
struct ConfigPlace {
    std::uint32_t file = 0;
    std::uint64_t line = 0;
};

/// One instruction of a configuration, as written.
struct Directive {
    std::string section;            ///< "backend web_pool", "http / upstream app", "" at top level
    std::vector<std::string> words; ///< unquoted
    std::string text;               ///< as written, without indent, comment and end mark
    std::uint64_t line = 0;         ///< 1-based
    std::uint32_t file = 0;         ///< of BalancerConfig::files: where it is included from
    std::uint16_t depth = 0;        ///< how many blocks it is in
    bool block = false;             ///< those after it, as far as they are deeper, are inside it
    std::uint64_t branch = 0; ///< line of the ".if", ".elif" or ".else" it depends on; 0: none
    [[nodiscard]] ConfigPlace place() const { return {file, line}; }
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

/// A setting with a length of time, a count or a word, and where it stands.
struct ConfigTime {
    double ms = 0; ///< 0: switched off
    std::string text;
    ConfigPlace place;
};
struct ConfigCount {
    std::uint64_t value = 0;
    std::string text;
    ConfigPlace place;
};
struct ConfigWord {
    std::string value, text;
    ConfigPlace place;
};

struct ConfigServer {
    std::string name;    ///< HAProxy's name, Apache's route; else the address
    std::string address; ///< host:port, without a scheme
    double weight = 1;   ///< 0: takes nothing new
    bool check = false, backup = false, disabled = false;
    bool found = false; ///< stands for addresses that are looked up while it runs
    bool tls = false, checkTls = false;
    std::optional<std::uint16_t> checkPort; ///< if it is not the address's
    std::optional<std::uint64_t> maxConnections;
    std::optional<double> checkEveryMs, fall; ///< how often, and how many failures take it out
    std::string text;                         ///< the directive that defines it
    std::uint64_t line = 0;
    std::uint32_t file = 0;
    std::uint64_t branch = 0; ///< as of its directive
    [[nodiscard]] ConfigPlace place() const { return {file, line}; }
    /// True if it takes its share while all is well.
    [[nodiscard]] bool takesPart() const { return !backup && !disabled && weight > 0; }
};

struct HealthCheck {
    bool active = false;
    std::string path; ///< empty: a connection is enough
    std::string text; ///< the directive that says so
    std::uint64_t line = 0;
    std::uint32_t file = 0;
    bool passive = false; ///< failed requests take a server out for a while
    bool http = false;    ///< asks by HTTP
    bool noHost = false;  ///< HTTP/1.1 without the Host header that it demands
    bool host = false;    ///< a line of its own gives the Host header
    [[nodiscard]] ConfigPlace place() const { return {file, line}; }
};

/// What is done with a request that failed at one server.
struct RetryPolicy {
    std::optional<ConfigCount> retries; ///< beyond the first attempt; absent: the default
    std::string conditions;             ///< as written
    bool afterSending = false;          ///< also when the server has seen the request
    bool otherServer = false;           ///< may go to another server
    std::optional<ConfigTime> total;    ///< no further attempt after this
    ConfigPlace place;
};

struct ConfigBackend {
    std::string name;
    std::uint64_t line = 0;
    std::string algorithm; ///< as written; empty: the dialect's default
    Balancing balancing = Balancing::RoundRobin;
    std::uint64_t algorithmLine = 0;
    std::vector<ConfigServer> servers;
    HealthCheck health;
    std::uint32_t file = 0, algorithmFile = 0;
    bool consistent = false; ///< hashing that moves few keys when servers come and go
    bool http = true;        ///< false: bytes are passed on, not requests
    bool named = true;       ///< false: stands where it is used (Caddy's reverse_proxy)
    bool found = false;      ///< its servers are looked up while it runs
    bool holdsTable = false; ///< may be there for its table alone
    std::map<std::string, ConfigTime> timeouts; ///< "connect", "server", "queue", "check" …
    RetryPolicy retry;
    std::uint64_t branch = 0; ///< as of its directive
    [[nodiscard]] ConfigPlace place() const { return {file, line}; }
};

/// A test of a routing rule: the value of `what` compared with any of `values`.
struct RouteTest {
    enum class Match : std::uint8_t { Exact, Prefix, Suffix, Inside, Other } match = Match::Other;
    std::string what; ///< "path", "hdr(host)"
    std::vector<std::string> values;
    bool not_ = false, anyCase = false;
    bool operator==(const RouteTest&) const = default;
};

/// A rule among those of which the first that fits is taken.
struct RoutingRule {
    std::string text;
    ConfigPlace place;
    bool always = false; ///< no condition
    /// One of these, all tests of it; empty though not always: not understood.
    std::vector<std::vector<RouteTest>> anyOf;
    std::uint32_t epoch = 0; ///< rules of different ones may see a request that was rewritten
};

struct ConfigFrontend {
    std::string name;
    std::vector<std::string> binds, backends;
    std::uint64_t line = 0;
    std::uint32_t file = 0;
    bool http = true;
    std::vector<RoutingRule> rules;             ///< in the order in which they are tried
    std::map<std::string, ConfigTime> timeouts; ///< "client", "http-request" …
    std::optional<ConfigCount> maxConnections;
    std::vector<std::string> names; ///< host names it answers to
    std::uint64_t branch = 0;       ///< as of its directive
    [[nodiscard]] ConfigPlace place() const { return {file, line}; }
};

/// A directive that sends requests to a backend.
struct BackendUse {
    std::string backend;
    std::string text;
    ConfigPlace place;
    bool mustExist = true; ///< false: may as well be a host name
};

struct MissingInclude {
    std::string pattern;
    ConfigPlace place;
};

struct BalancerConfig {
    ConfigDialect dialect = ConfigDialect::HAProxy;
    std::string path;
    std::vector<Directive> directives; ///< in file order, included ones where they are included
    std::vector<ConfigFrontend> frontends;
    std::vector<ConfigBackend> backends;
    std::vector<std::string> files; ///< the first is `path`
    std::vector<BackendUse> uses;
    bool usesUnknown = false; ///< some targets follow from the request
    std::vector<MissingInclude> missing;
    bool incomplete = false;                   ///< some of what it includes is not here
    std::optional<ConfigCount> maxConnections; ///< of the whole process
    std::optional<ConfigWord> behindProxy;     ///< says that clients come through a proxy
    std::optional<ConfigWord> realAddress;     ///< puts the client's own address back
    [[nodiscard]] const ConfigBackend* backend(std::string_view name) const;
    [[nodiscard]] const std::string& fileOf(const ConfigPlace& at) const;
};

} // namespace postlude
