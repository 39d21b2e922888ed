// SPDX-License-Identifier: GPL-3.0-or-later
// Envoy: clusters are backends, listeners are frontends; YAML or JSON, bootstrap files and lists
// of resources.
#include "core/lbconfig/detail/document.h"

#include <algorithm>
#include <array>

namespace postlude::lbconfig {

namespace {

constexpr double kSecond = 1000;

std::string addressIn(const Node& node) {
    const Node& socket = node["socket_address"];
    if (const Node& pipe = node.at("pipe.path"); pipe.is()) return "unix:" + pipe.value;
    if (!socket.is()) return {};
    const std::string& port = socket["port_value"].value;
    return socket["address"].value + (port.empty() ? "" : ":" + port);
}

/// Of an entry of lb_endpoints.
std::optional<std::string> endpointAddress(const Node& node) {
    const std::string address = addressIn(node.at("endpoint.address"));
    return address.empty() ? std::nullopt : std::optional(address);
}

ConfigServer serverOf(const Node& node, bool backup) {
    ConfigServer server;
    server.address = endpointAddress(node).value_or("");
    server.name = server.address;
    server.weight = numberFrom(node["load_balancing_weight"].value).value_or(1);
    server.backup = backup;
    const std::string health = lowerCase(node["health_status"].value);
    server.disabled = health == "draining" || health == "unhealthy";
    if (const auto port = countFrom(node.at("endpoint.health_check_config.port_value").value);
        port && *port > 0 && *port < 65536)
        server.checkPort = std::uint16_t(*port);
    server.text = textOf(node);
    server.line = node.line;
    return server;
}

Balancing policyOf(const std::string& policy) {
    static const std::map<std::string, Balancing> known{{"", Balancing::RoundRobin},
                                                        {"round_robin", Balancing::RoundRobin},
                                                        {"least_request", Balancing::LeastConn},
                                                        {"random", Balancing::Random},
                                                        {"ring_hash", Balancing::Uri},
                                                        {"maglev", Balancing::Uri}};
    const auto it = known.find(lowerCase(policy));
    return it == known.end() ? Balancing::Other : it->second;
}

void takeTime(const Node& node, const std::string& key, const std::string& name,
              std::map<std::string, ConfigTime>& times) {
    const auto ms = millisecondsFrom(node.value, kSecond);
    if (!node.is() || !ms) return;
    const auto it = times.find(name); // of several routes the longest counts; 0 is none at all
    if (it == times.end() || *ms == 0 || (it->second.ms != 0 && it->second.ms < *ms))
        times[name] = {*ms, key + ": " + node.value, node.place()};
}

void takeHealth(const Node& cluster, ConfigBackend& backend) {
    backend.health.passive = cluster["outlier_detection"].is();
    for (const Node& check : cluster["health_checks"].children) {
        const Node& http = check["http_health_check"];
        backend.health.active = true;
        backend.health.http = http.is();
        backend.health.path = http["path"].value;
        backend.health.text = textOf(check);
        backend.health.line = http["path"].is() ? http["path"].line : check.line;
        takeTime(check["timeout"], "timeout", "check", backend.timeouts);
        const auto every = millisecondsFrom(check["interval"].value, kSecond);
        const auto port = countFrom(check["alt_port"].value);
        for (ConfigServer& s : backend.servers) {
            s.check = true;
            if (every) s.checkEveryMs = *every;
            s.fall = numberFrom(check["unhealthy_threshold"].value);
            if (port && *port > 0 && *port < 65536) s.checkPort = std::uint16_t(*port);
        }
    }
}

class Reader {
public:
    explicit Reader(BalancerConfig& config)
        : config_(config) {}

    void read(const Node& root) {
        if (root.kind == Node::Kind::List)
            for (const Node& document : root.children)
                read(document);
        const Node& fixed = root["static_resources"];
        for (const Node& cluster : fixed["clusters"].children)
            takeCluster(cluster);
        for (const Node& cluster : root["clusters"].children)
            takeCluster(cluster);
        for (const Node& listener : fixed["listeners"].children)
            takeListener(listener);
        for (const Node& resource : root["resources"].children)
            takeResource(resource);
        if (root.kind == Node::Kind::Map && !root["resources"].is()) usesIn(root, nullptr);
        if (root["dynamic_resources"].is()) config_.incomplete = true;
    }

    void finish() {
        for (const auto& [name, key] : hashed_)
            for (ConfigBackend& b : config_.backends)
                if (b.name == name && isHashing(b.balancing)) b.balancing = key;
        for (const auto& [name, set] : routes_)
            for (ConfigBackend& b : config_.backends)
                if (b.name == name) {
                    b.timeouts.insert(set.timeouts.begin(), set.timeouts.end());
                    if (set.retry.place.line) b.retry = set.retry;
                }
    }

private:
    void takeResource(const Node& node) {
        const std::string type = node["@type"].value;
        if (type.ends_with(".Cluster")) takeCluster(node);
        if (type.ends_with(".Listener")) takeListener(node);
        if (type.ends_with(".RouteConfiguration")) {
            config_.frontends.emplace_back().name = node["name"].value;
            config_.frontends.back().line = node.line;
            takeHosts(node, config_.frontends.back());
            usesIn(node, &config_.frontends.back());
        }
        config_.incomplete = true; // the rest comes from elsewhere
    }

    void takeCluster(const Node& node) {
        ConfigBackend backend;
        backend.name = node["name"].value;
        backend.line = node.line;
        backend.algorithm = node["lb_policy"].value;
        backend.algorithmLine = node["lb_policy"].line;
        backend.balancing = policyOf(backend.algorithm);
        backend.consistent = true;
        const std::string type = lowerCase(node["type"].value);
        backend.found = type == "eds" || type == "original_dst" || type == "strict_dns" ||
                        type == "logical_dns" || node["cluster_type"].is();
        for (const Node& group : node.at("load_assignment.endpoints").children) {
            const bool backup = numberFrom(group["priority"].value).value_or(0) > 0;
            for (const Node& endpoint : group["lb_endpoints"].children)
                backend.servers.push_back(serverOf(endpoint, backup));
        }
        if (backend.servers.size() > 1 && type != "eds") backend.found = false;
        takeHealth(node, backend);
        takeTime(node["connect_timeout"], "connect_timeout", "connect", backend.timeouts);
        config_.backends.push_back(std::move(backend));
    }

    void takeListener(const Node& node) {
        ConfigFrontend front;
        front.name = node["name"].value;
        front.line = node.line;
        if (const std::string at = addressIn(node["address"]); !at.empty())
            front.binds.push_back(at);
        for (const Node& chain : node["filter_chains"].children)
            for (const Node& filter : chain["filters"].children)
                takeFilter(filter["typed_config"].is() ? filter["typed_config"] : filter["config"],
                           front);
        usesIn(node, &front);
        config_.frontends.push_back(std::move(front));
    }

    void takeFilter(const Node& filter, ConfigFrontend& front) {
        if (filter["rds"].is()) config_.usesUnknown = true;
        if (numberFrom(filter["xff_num_trusted_hops"].value).value_or(0) > 0)
            config_.realAddress =
                ConfigWord{filter["xff_num_trusted_hops"].value, "xff_num_trusted_hops",
                           filter["xff_num_trusted_hops"].place()};
        takeHosts(filter["route_config"], front);
    }

    void takeHosts(const Node& routes, ConfigFrontend& front) {
        std::uint32_t host = 0;
        for (const Node& virtualHost : routes["virtual_hosts"].children) {
            ++host;
            for (const Node& route : virtualHost["routes"].children)
                takeRoute(route, host, front);
        }
    }

    /// The first that matches is taken; headers and the like are not understood, but compared.
    void takeRoute(const Node& node, std::uint32_t host, ConfigFrontend& front) {
        const Node& match = node["match"];
        RoutingRule rule{
            "match " + textOf(match), match.is() ? match.place() : node.place(), false, {}, host};
        std::vector<RouteTest> tests;
        for (std::size_t i = 0; i < match.keys.size(); ++i) {
            RouteTest test;
            const std::string& key = match.keys[i];
            const bool path = key == "prefix" || key == "path";
            test.what = path ? "path" : key;
            test.match = key == "prefix" ? RouteTest::Match::Prefix
                         : key == "path" ? RouteTest::Match::Exact
                                         : RouteTest::Match::Other;
            test.values = {path ? match.children[i].value : textOf(match.children[i])};
            tests.push_back(std::move(test));
        }
        if (!tests.empty()) rule.anyOf = {tests};
        front.rules.push_back(std::move(rule));
        takeAction(node["route"]);
    }

    void takeAction(const Node& route) {
        if (route["cluster_header"].is()) config_.usesUnknown = true;
        std::vector<std::string> clusters{route["cluster"].value};
        for (const Node& c : route.at("weighted_clusters.clusters").children)
            clusters.push_back(c["name"].value);
        for (const std::string& name : clusters) {
            if (name.empty()) continue;
            Settings& set = routes_[name];
            takeTime(route["timeout"], "timeout", "server", set.timeouts);
            takeRetry(route["retry_policy"], set.retry);
            for (const Node& hash : route["hash_policy"].children)
                hashed_[name] = hash["cookie"].is()                  ? Balancing::Cookie
                                : hash["header"].is()                ? Balancing::Header
                                : hash["connection_properties"].is() ? Balancing::Source
                                                                     : Balancing::Uri;
        }
    }

    static void takeRetry(const Node& node, RetryPolicy& retry) {
        if (!node.is()) return;
        const auto count = countFrom(node["num_retries"].value);
        if (retry.retries && count.value_or(1) < retry.retries->value) return;
        retry.place = node.place();
        retry.conditions = textOf(node);
        retry.retries = ConfigCount{count.value_or(1), retry.conditions, retry.place};
        const std::string on = node["retry_on"].value;
        retry.afterSending = on.find("5xx") != std::string::npos ||
                             on.find("gateway-error") != std::string::npos ||
                             on.find("reset") != std::string::npos ||
                             on.find("retriable-status-codes") != std::string::npos;
        retry.otherServer = true;
    }

    /// Whatever names a cluster, in routes, filters and access logs.
    void usesIn(const Node& node, ConfigFrontend* front) {
        static constexpr std::array<std::string_view, 2> kKeys{"cluster", "cluster_name"};
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const Node& child = node.children[i];
            const bool named =
                node.kind == Node::Kind::Map && child.kind == Node::Kind::Value &&
                std::ranges::find(kKeys, std::string_view(node.keys[i])) != kKeys.end();
            const std::string_view key =
                node.kind == Node::Kind::Map ? std::string_view(node.keys[i]) : std::string_view();
            if (named) use(child, node.keys[i], front);
            if (key == "weighted_clusters")
                for (const Node& c : child["clusters"].children)
                    use(c["name"], "name", front);
            if (key != "load_assignment" && key != "listeners" && key != "node")
                usesIn(child, front);
        }
    }

    void use(const Node& node, const std::string& key, ConfigFrontend* front) {
        if (node.value.empty()) return;
        config_.uses.push_back({node.value, key + ": " + node.value, node.place(), true});
        if (front) front->backends.push_back(node.value);
    }

    struct Settings {
        std::map<std::string, ConfigTime> timeouts;
        RetryPolicy retry;
    };
    BalancerConfig& config_;
    std::map<std::string, Settings> routes_;  ///< by cluster
    std::map<std::string, Balancing> hashed_; ///< by cluster
};

} // namespace

Result<void> readEnvoy(BalancerConfig& config, std::string_view text) {
    auto tree = yamlTree(text); // JSON is YAML
    if (!tree) return std::unexpected(tree.error());
    config.directives = directivesOf(*tree, {endpointAddress});
    Reader reader(config);
    reader.read(*tree);
    reader.finish();
    return {};
}

} // namespace postlude::lbconfig
