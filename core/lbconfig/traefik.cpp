// SPDX-License-Identifier: GPL-3.0-or-later
// Traefik: routers are frontends, services are backends; YAML or TOML, static and dynamic parts.
#include "core/lbconfig/detail/document.h"

#include "core/base/text.h"

#include <algorithm>

namespace postlude::lbconfig {

namespace {

constexpr double kSecond = 1000;

void takeTime(const Node& node, const std::string& key, const std::string& name,
              std::map<std::string, ConfigTime>& times) {
    if (const auto ms = millisecondsFrom(node.value, kSecond); node.is() && ms)
        times[name] = {*ms, key + ": " + node.value, node.place()};
}

ConfigServer serverOf(const Node& node) {
    const Node& url = node["url"].is() ? node["url"] : node["address"];
    ConfigServer server;
    server.name = server.address = addressOf(url.value);
    server.weight = numberFrom(node["weight"].value).value_or(1);
    server.backup = false;
    server.tls = url.value.starts_with("https://");
    server.text = textOf(node);
    server.line = node.line;
    return server;
}

Balancing strategyOf(const std::string& strategy) {
    if (strategy == "p2c") return Balancing::LeastConn;
    if (strategy == "hrw") return Balancing::Source;
    if (strategy == "leasttime") return Balancing::LeastConn;
    return Balancing::RoundRobin;
}

void takeHealth(const Node& check, ConfigBackend& backend) {
    if (!check.is()) return;
    backend.health.active = true;
    backend.health.http = check["path"].is();
    backend.health.path = check["path"].value;
    backend.health.text = textOf(check);
    backend.health.line = check["path"].is() ? check["path"].line : check.line;
    const auto every = millisecondsFrom(check["interval"].value, kSecond);
    const auto port = countFrom(check["port"].value);
    for (ConfigServer& s : backend.servers) {
        s.check = true;
        if (every) s.checkEveryMs = *every;
        if (port && *port > 0 && *port < 65536) s.checkPort = std::uint16_t(*port);
    }
    takeTime(check["timeout"], "timeout", "check", backend.timeouts);
}

/// "app@file" is the "app" of this file; others stay as they are.
std::string ownName(const std::string& name) {
    return name.ends_with("@file") ? name.substr(0, name.size() - 5) : name;
}

class Reader {
public:
    Reader(BalancerConfig& config, const Node& root)
        : config_(config)
        , root_(root) {}

    void read() {
        for (const char* kind : {"http", "tcp", "udp"}) {
            const Node& part = root_[kind];
            services(part["services"], std::string_view(kind) == "http");
            routers(part["routers"], part["middlewares"]);
        }
        transports(root_.at("http.serversTransports"));
        transport(root_["serversTransport"], "");
        entryPoints();
        if (root_["providers"].is() && config_.backends.empty()) config_.incomplete = true;
    }

private:
    void services(const Node& all, bool http) {
        for (std::size_t i = 0; i < all.keys.size(); ++i) {
            const Node& node = all.children[i];
            ConfigBackend backend;
            backend.name = all.keys[i];
            backend.line = node.line;
            backend.http = http;
            if (node["loadBalancer"].is())
                balancer(node["loadBalancer"], backend);
            else
                combined(node, backend);
        }
    }

    void balancer(const Node& node, ConfigBackend& backend) {
        for (const Node& server : node["servers"].children)
            backend.servers.push_back(serverOf(server));
        takeHealth(node["healthCheck"], backend);
        const Node& strategy = node["strategy"];
        if (strategy.is()) {
            backend.algorithm = strategy.value;
            backend.algorithmLine = strategy.line;
            backend.balancing = strategyOf(lowerCase(strategy.value));
        }
        transportOf_[backend.name] = node["serversTransport"].value;
        config_.backends.push_back(std::move(backend));
    }

    /// Services made of services: the parts are used.
    void combined(const Node& node, ConfigBackend& backend) {
        for (const Node& part : node.at("weighted.services").children)
            use(part["name"], part["name"].value);
        for (const char* key : {"mirroring.service", "failover.service", "failover.fallback"})
            if (const Node& part = node.at(key); part.is()) use(part, part.value);
        for (const Node& part : node.at("mirroring.mirrors").children)
            use(part["name"], part["name"].value);
        backend.found = true; // its servers are those of its parts
        config_.backends.push_back(std::move(backend));
    }

    void use(const Node& node, const std::string& name) {
        const auto at = name.find('@'); // "app@docker": from another provider
        if (name.empty() || (at != std::string::npos && name.substr(at) != "@file")) return;
        config_.uses.push_back({name.substr(0, at), "service: " + name, node.place(), true});
    }

    void routers(const Node& all, const Node& middlewares) {
        for (std::size_t i = 0; i < all.keys.size(); ++i) {
            const Node& node = all.children[i];
            ConfigFrontend front;
            front.name = all.keys[i];
            front.line = node.line;
            const std::string written = node["service"].value;
            const std::string service = ownName(written);
            if (!service.empty()) {
                front.backends.push_back(service);
                use(node["service"], written);
            }
            for (const Node& name : node["middlewares"].children)
                retryOf(middlewares[name.value.substr(0, name.value.find('@'))], service);
            sameRule(node, all.keys[i]);
            config_.frontends.push_back(std::move(front));
        }
    }

    void retryOf(const Node& middleware, const std::string& service) {
        const Node& attempts = middleware.at("retry.attempts");
        const auto count = countFrom(attempts.value);
        if (!count || *count == 0) return;
        for (ConfigBackend& b : config_.backends) {
            if (b.name != service) continue;
            b.retry.retries =
                ConfigCount{*count - 1, "attempts: " + attempts.value, attempts.place()};
            b.retry.place = attempts.place();
        }
    }

    /// Two routers of the same rule, priority and entry points: which one is taken is chance.
    void sameRule(const Node& node, const std::string& name) {
        const std::string rule = node["rule"].value;
        if (rule.empty()) return;
        RoutingRule entry{name + ": " + rule, {0, node["rule"].line}, false, {}, 0};
        RouteTest test;
        test.match = RouteTest::Match::Exact;
        test.what = "rule, priority " + node["priority"].value + ", at " +
                    textOf(node["entryPoints"]) + (node["tls"].is() ? ", TLS" : "");
        test.values = {rule};
        entry.anyOf = {{test}};
        rules_.push_back(std::move(entry));
    }

    void transports(const Node& all) {
        for (std::size_t i = 0; i < all.keys.size(); ++i)
            transport(all.children[i], all.keys[i]);
    }

    void transport(const Node& node, const std::string& name) {
        const Node& times = node["forwardingTimeouts"];
        if (!times.is()) return;
        for (ConfigBackend& b : config_.backends) {
            const std::string used = transportOf_[b.name];
            if (used.substr(0, used.find('@')) != name) continue;
            takeTime(times["dialTimeout"], "dialTimeout", "connect", b.timeouts);
            // Without a limit is the default here.
            if (const Node& wait = times["responseHeaderTimeout"];
                wait.value != "0" && wait.value != "0s")
                takeTime(wait, "responseHeaderTimeout", "server", b.timeouts);
        }
    }

    void entryPoints() {
        const Node& all = root_["entryPoints"];
        for (std::size_t i = 0; i < all.keys.size(); ++i) {
            const Node& node = all.children[i];
            ConfigFrontend front;
            front.name = "entry point " + all.keys[i];
            front.line = node.line;
            if (node["address"].is()) front.binds.push_back(node["address"].value);
            config_.frontends.push_back(std::move(front));
            const Node& trusted = node.at("forwardedHeaders.trustedIPs");
            if (trusted.is())
                config_.behindProxy =
                    ConfigWord{textOf(trusted), "trustedIPs: " + textOf(trusted), trusted.place()};
        }
        if (!rules_.empty() && !config_.frontends.empty()) config_.frontends.front().rules = rules_;
    }

    BalancerConfig& config_;
    const Node& root_;
    std::map<std::string, std::string> transportOf_; ///< by service
    std::vector<RoutingRule> rules_;                 ///< of all routers
};

/// "[section]" or "key = value" where YAML would have "key:".
bool looksLikeToml(std::string_view text) {
    Lines lines(text);
    std::string_view line;
    while (lines.next(line)) {
        line = trimmed(line);
        if (line.empty() || line.front() == '#') continue;
        const auto equals = line.find('='), colon = line.find(':');
        return line.front() == '[' || (equals != line.npos && equals < colon);
    }
    return false;
}

} // namespace

Result<void> readTraefik(BalancerConfig& config, std::string_view text) {
    auto tree = looksLikeToml(text) ? tomlTree(text) : yamlTree(text);
    if (!tree) return std::unexpected(tree.error());
    const Flattening how{[](const Node& node) -> std::optional<std::string> {
        const bool server = node.kind == Node::Kind::Map && node.keys.size() <= 4 &&
                            (node["url"].is() || (node["address"].is() && !node["transport"].is() &&
                                                  !node["http"].is() && node.keys.size() == 1));
        if (!server) return {};
        return addressOf(node["url"].is() ? node["url"].value : node["address"].value);
    }};
    config.directives = directivesOf(*tree, how);
    Reader(config, *tree).read();
    return {};
}

} // namespace postlude::lbconfig
