// SPDX-License-Identifier: GPL-3.0-or-later
// Caddyfile: sites are frontends; each reverse_proxy is a backend, called by its matcher.
#include "core/lbconfig/detail/tokens.h"

#include <algorithm>
#include <map>

namespace postlude::lbconfig {

namespace {

constexpr double kSecond = 1000;

bool isMatcher(const std::string& word) {
    return !word.empty() && (word[0] == '/' || word[0] == '*' || word[0] == '@');
}

void addUpstream(const Directive& d, const std::string& word, ConfigBackend& backend) {
    ConfigServer server;
    server.name = server.address = addressOf(word);
    server.tls = word.starts_with("https://");
    server.text = d.text;
    server.line = d.line;
    server.file = d.file;
    backend.servers.push_back(std::move(server));
}

Balancing meaningOf(const std::string& policy) {
    static const std::map<std::string, Balancing> known{
        {"round_robin", Balancing::RoundRobin}, {"weighted_round_robin", Balancing::RoundRobin},
        {"least_conn", Balancing::LeastConn},   {"first", Balancing::First},
        {"ip_hash", Balancing::Source},         {"client_ip_hash", Balancing::Source},
        {"uri_hash", Balancing::Uri},           {"query", Balancing::Uri},
        {"header", Balancing::Header},          {"cookie", Balancing::Cookie},
        {"random", Balancing::Random},          {"random_choose", Balancing::Random}};
    const auto it = known.find(policy);
    return it == known.end() ? Balancing::Other : it->second;
}

void takePolicy(const Directive& d, ConfigBackend& backend) {
    backend.algorithm = joined(d.words, 1);
    backend.algorithmLine = d.line;
    backend.algorithmFile = d.file;
    backend.balancing = meaningOf(d.words[1]);
    backend.consistent = true; // rendezvous hashing
    if (d.words[1] != "weighted_round_robin") return;
    for (std::size_t i = 2; i < d.words.size() && i - 2 < backend.servers.size(); ++i)
        backend.servers[i - 2].weight = numberFrom(d.words[i]).value_or(1);
}

void takeHealth(const Directive& d, ConfigBackend& backend) {
    const std::string& name = d.words[0];
    if (name == "health_uri" || name == "health_path" || name == "health_port") {
        backend.health.active = backend.health.http = true;
        if (name != "health_port") backend.health.path = d.words[1];
        backend.health.text = d.text;
        backend.health.line = d.line;
        backend.health.file = d.file;
    }
    const auto port = countFrom(d.words[1]);
    const auto ms = millisecondsFrom(d.words[1], kSecond);
    for (ConfigServer& s : backend.servers) {
        if (name == "health_port" && port && *port < 65536) s.checkPort = std::uint16_t(*port);
        if (name == "health_interval" && ms) s.checkEveryMs = *ms;
        if (name == "health_fails") s.fall = numberFrom(d.words[1]);
    }
    if (name == "fail_duration") backend.health.passive = ms.value_or(1) > 0;
}

void takeRetry(const Directive& d, RetryPolicy& retry) {
    if (d.words[0] == "lb_retries")
        if (const auto n = countFrom(d.words[1]))
            retry.retries = ConfigCount{*n, d.text, d.place()};
    if (d.words[0] == "lb_try_duration")
        if (const auto ms = millisecondsFrom(d.words[1], kSecond); ms && *ms > 0)
            retry.total = ConfigTime{*ms, d.text, d.place()};
    if (d.words[0].starts_with("lb_retr") || d.words[0].starts_with("lb_try")) {
        retry.place = d.place();
        retry.otherServer = true;
    }
    if (d.words[0] == "lb_retry_match") {
        retry.conditions = joined(d.words, 1);
        retry.afterSending = true;
    }
}

void takeInto(const Directive& d, ConfigBackend& backend) {
    static const std::map<std::string, std::string> kTimes{{"dial_timeout", "connect"},
                                                           {"response_header_timeout", "server"},
                                                           {"read_timeout", "read"},
                                                           {"health_timeout", "check"}};
    const std::string& name = d.words[0];
    for (std::size_t i = 1; name == "to" && i < d.words.size(); ++i)
        addUpstream(d, d.words[i], backend);
    if (name == "dynamic") backend.found = true;
    if (d.words.size() < 2) return;
    if (name == "lb_policy") takePolicy(d, backend);
    takeHealth(d, backend);
    takeRetry(d, backend.retry);
    if (const auto it = kTimes.find(name); it != kTimes.end())
        if (const auto ms = millisecondsFrom(d.words[1], kSecond))
            backend.timeouts[it->second] = {*ms, d.text, d.place()};
}

/// "reverse_proxy [matcher] upstream… {"
ConfigBackend backendOf(const Directive& d) {
    ConfigBackend backend;
    backend.line = d.line;
    backend.file = d.file;
    backend.named = false;
    backend.balancing = Balancing::Random; // Caddy's default policy
    for (std::size_t i = 1; i < d.words.size(); ++i) {
        const std::string& word = d.words[i];
        if (i == 1 && isMatcher(word))
            backend.name = word;
        else
            addUpstream(d, word, backend);
    }
    return backend;
}

class Reader {
public:
    explicit Reader(BalancerConfig& config)
        : config_(config) {}

    void read() {
        for (const Directive& d : config_.directives) {
            if (d.words.empty()) continue;
            while (!open_.empty() && d.depth <= open_.back().depth)
                open_.pop_back();
            if (proxy_ && d.depth <= proxyDepth_) finish();
            one(d);
            if (d.block) open_.push_back({d.depth, matcherOf(d)});
        }
        finish();
    }

private:
    struct Block {
        std::uint16_t depth = 0;
        std::string matcher;
    };

    static std::string matcherOf(const Directive& d) {
        const std::string& name = d.words[0];
        const bool routes = name == "handle" || name == "handle_path" || name == "route";
        return routes && d.words.size() > 1 && isMatcher(d.words[1]) ? d.words[1] : "";
    }

    void one(const Directive& d) {
        const std::string& name = d.words[0];
        if (proxy_) return takeInto(d, *proxy_);
        if (d.depth == 0 && name[0] != '(' && (d.block || config_.frontends.empty()))
            return openSite(d);
        if (name == "trusted_proxies")
            config_.behindProxy = ConfigWord{joined(d.words, 1), d.text, d.place()};
        if (config_.frontends.empty()) return;
        ConfigFrontend& site = config_.frontends.back();
        if (name == "bind" && d.words.size() > 1) site.binds.push_back(d.words[1]);
        if (name == "reverse_proxy") openProxy(d, site);
        if ((name == "handle" || name == "handle_path") && d.depth == 1) addRule(d, site);
    }

    void openSite(const Directive& d) {
        ConfigFrontend& site = config_.frontends.emplace_back();
        for (std::string word : d.words) {
            while (word.ends_with(','))
                word.pop_back();
            if (!word.empty()) site.names.push_back(word);
        }
        site.name = site.names.empty() ? d.text : site.names.front();
        site.line = d.line;
        site.file = d.file;
    }

    void openProxy(const Directive& d, ConfigFrontend& site) {
        proxy_ = backendOf(d);
        proxyDepth_ = d.depth;
        for (const Block& b : open_)
            if (proxy_->name.empty()) proxy_->name = b.matcher;
        if (proxy_->name.empty()) proxy_->name = "reverse_proxy";
        site.backends.push_back(proxy_->name);
        addRule(d, site);
    }

    /// Of two with the same matcher in the same block the first answers.
    void addRule(const Directive& d, ConfigFrontend& site) const {
        RoutingRule rule{d.text, d.place(), false, {}, 0};
        RouteTest test;
        test.match = RouteTest::Match::Exact;
        test.what = d.words[0] + " in " + std::to_string(open_.empty() ? 0 : open_.size());
        for (const Block& b : open_)
            test.what += " " + b.matcher;
        test.values = {d.words.size() > 1 && isMatcher(d.words[1]) ? d.words[1] : "*"};
        // Within `route` and unnamed blocks the matcher of the block is what tells them apart.
        if (open_.size() <= 1) rule.anyOf = {{test}};
        site.rules.push_back(std::move(rule));
    }

    void finish() {
        if (!proxy_) return;
        for (ConfigServer& s : proxy_->servers)
            s.check = proxy_->health.active;
        if (proxy_->algorithm.starts_with("client_ip_hash") && config_.behindProxy)
            config_.realAddress = config_.behindProxy;
        config_.backends.push_back(*std::move(proxy_));
        proxy_.reset();
    }

    BalancerConfig& config_;
    std::vector<Block> open_;
    std::optional<ConfigBackend> proxy_;
    std::uint16_t proxyDepth_ = 0;
};

} // namespace

void interpretCaddy(BalancerConfig& config) {
    Reader(config).read();
}

} // namespace postlude::lbconfig
