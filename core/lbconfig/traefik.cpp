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

/// Of "`a`, `b`"; none if it is anything else.
std::vector<std::string> quotedIn(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto comma = text.find(',');
        const std::string_view value = trimmed(text.substr(0, comma));
        if (value.size() < 2 || value.front() != '`' || value.find('`', 1) != value.size() - 1)
            return {};
        out.emplace_back(value.substr(1, value.size() - 2));
        text.remove_prefix(comma == text.npos ? text.size() : comma + 1);
    }
    return out;
}

/// Of "Host(`a`, `b`)"; none if it is not understood.
std::optional<RouteTest> matcherOf(std::string_view text) {
    using Match = RouteTest::Match;
    static const std::map<std::string_view, std::pair<std::string, Match>> kKnown{
        {"Host", {"host", Match::Exact}},
        {"Path", {"path", Match::Exact}},
        {"PathPrefix", {"path", Match::Prefix}},
        {"Method", {"method", Match::Exact}}};
    const auto open = text.find('(');
    if (open == text.npos || text.back() != ')') return {};
    const auto it = kKnown.find(trimmed(text.substr(0, open)));
    if (it == kKnown.end()) return {};
    RouteTest out;
    std::tie(out.what, out.match) = it->second;
    out.values = quotedIn(text.substr(open + 1, text.size() - open - 2));
    return out.values.empty() ? std::nullopt : std::optional(std::move(out));
}

/// Of a rule that asks for several things, one test each, and none for what fits every request;
/// any other is one test by its whole text.
std::vector<RouteTest> testsOf(const std::string& rule) {
    std::vector<RouteTest> out;
    std::string_view rest = rule;
    while (!rest.empty()) {
        const auto end = rest.find("&&");
        auto test = matcherOf(trimmed(rest.substr(0, end)));
        if (!test) {
            RouteTest whole;
            whole.match = RouteTest::Match::Exact;
            whole.what = "rule";
            whole.values = {rule};
            return {whole};
        }
        const bool fitsAll = test->match == RouteTest::Match::Prefix &&
                             std::ranges::find(test->values, "/") != test->values.end();
        if (!fitsAll) out.push_back(*std::move(test));
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 2);
    }
    return out;
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
            addRule(node, all.keys[i]);
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

    /// Routers of the same entry points see the same requests. Of two of the same priority and
    /// rule, which one is taken is chance.
    void addRule(const Node& node, const std::string& name) {
        const std::string rule = node["rule"].value;
        if (rule.empty()) return;
        const std::string at = textOf(node["entryPoints"]) + (node["tls"].is() ? ", TLS" : "");
        const auto epoch = std::uint32_t(epochs_.try_emplace(at, epochs_.size()).first->second);
        const auto stated = countFrom(node["priority"].value);
        const std::uint64_t priority = stated && *stated > 0 ? *stated : rule.size();
        rules_.emplace_back(
            priority,
            RoutingRule{name + ": " + rule, {0, node["rule"].line}, false, {testsOf(rule)}, epoch});
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
        if (rules_.empty() || config_.frontends.empty()) return;
        std::ranges::stable_sort(rules_, std::greater{}, &Ranked::first);
        for (Ranked& ranked : rules_)
            config_.frontends.front().rules.push_back(std::move(ranked.second));
    }

    BalancerConfig& config_;
    const Node& root_;
    std::map<std::string, std::string> transportOf_;      ///< by service
    using Ranked = std::pair<std::uint64_t, RoutingRule>; ///< by priority
    std::vector<Ranked> rules_;                           ///< of all routers
    std::map<std::string, std::size_t> epochs_;           ///< by entry points
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
