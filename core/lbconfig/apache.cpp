// SPDX-License-Identifier: GPL-3.0-or-later
// Apache httpd: <Proxy balancer://…> are backends, virtual hosts are frontends.
#include "core/lbconfig/detail/tokens.h"

#include <algorithm>
#include <map>

namespace postlude::lbconfig {

namespace {

constexpr double kSecond = 1000;
using Parameters = std::map<std::string, std::string>;

Parameters parametersOf(const Directive& d, std::size_t from) {
    Parameters out;
    for (std::size_t i = from; i < d.words.size(); ++i) {
        const auto eq = d.words[i].find('=');
        if (eq != std::string::npos)
            out[lowerCase(d.words[i].substr(0, eq))] = d.words[i].substr(eq + 1);
    }
    return out;
}

Balancing meaningOf(const std::string& method) {
    if (method.empty() || method == "byrequests") return Balancing::RoundRobin;
    if (method == "bybusyness") return Balancing::LeastConn;
    if (method == "bytraffic") return Balancing::ByTraffic;
    return Balancing::Other;
}

/// "status=+D", "status=-H", several letters: D and S take it out, N lets it run dry.
void takeStatus(const std::string& status, ConfigServer& server) {
    bool on = true;
    for (const char c : lowerCase(status)) {
        if (c == '+' || c == '-') on = c == '+';
        if (c == 'h') server.backup = on;
        if (c == 'd' || c == 's' || c == 'n') server.disabled = on;
    }
}

ConfigServer memberOf(const Directive& d, std::size_t at) {
    auto parameters = parametersOf(d, at + 1);
    ConfigServer server;
    server.address = addressOf(d.words[at]);
    server.name = parameters["route"].empty() ? server.address : parameters["route"];
    server.weight = numberFrom(parameters["loadfactor"]).value_or(1);
    server.check = !parameters["hcmethod"].empty() || !parameters["hctemplate"].empty();
    takeStatus(parameters["status"], server);
    if (const auto n = countFrom(parameters["max"])) server.maxConnections = *n;
    if (const auto ms = millisecondsFrom(parameters["hcinterval"], kSecond))
        server.checkEveryMs = *ms;
    if (const auto n = numberFrom(parameters["hcfails"])) server.fall = *n;
    server.tls = lowerCase(d.words[at]).starts_with("https:");
    server.text = d.text;
    server.line = d.line;
    server.file = d.file;
    return server;
}

bool isBalancer(const std::string& word) {
    return lowerCase(word).starts_with("balancer://");
}

/// The balancer an address or a <Proxy> section is about; empty if it is another.
std::string balancerOf(const std::string& text) {
    const auto at = lowerCase(text).rfind("balancer://");
    if (at == std::string::npos) return {};
    const auto end = text.find_first_of("/\">' ", at + 11);
    return text.substr(at + 11, end == std::string::npos ? end : end - at - 11);
}

void takeTimes(const Parameters& parameters, const Directive& d, ConfigBackend& balancer) {
    static const std::map<std::string, std::string> kTimes{
        {"connectiontimeout", "connect"}, {"timeout", "server"}, {"ttl", "idle"}};
    for (const auto& [key, name] : kTimes)
        if (const auto it = parameters.find(key); it != parameters.end())
            if (const auto ms = millisecondsFrom(it->second, kSecond))
                balancer.timeouts[name] = {*ms, d.text, d.place()};
    if (const auto it = parameters.find("maxattempts"); it != parameters.end())
        if (const auto n = countFrom(it->second)) {
            balancer.retry.retries = ConfigCount{*n, d.text, d.place()};
            balancer.retry.place = d.place();
            balancer.retry.otherServer = true;
        }
}

void takeSettings(const Directive& d, std::size_t from, ConfigBackend& balancer) {
    const auto parameters = parametersOf(d, from);
    takeTimes(parameters, d, balancer);
    for (const auto& [key, value] : parameters) {
        if (key == "lbmethod") {
            balancer.algorithm = value;
            balancer.algorithmLine = d.line;
            balancer.algorithmFile = d.file;
            balancer.balancing = meaningOf(value);
        } else if (key == "hcuri" || key == "hcmethod" || key == "hctemplate") {
            balancer.health.active = true;
            balancer.health.http |= key == "hcuri" || lowerCase(value) != "tcp";
            if (key == "hcuri") balancer.health.path = value;
            balancer.health.text = d.text;
            balancer.health.line = d.line;
            balancer.health.file = d.file;
        }
    }
}

class Reader {
public:
    explicit Reader(BalancerConfig& config)
        : config_(config) {}

    void read() {
        for (const Directive& d : config_.directives)
            if (!d.words.empty()) one(d);
        for (const Setting& setting : settings_)
            for (ConfigBackend& b : config_.backends)
                if (b.name == setting.backend) takeSettings(*setting.from, setting.at, b);
        for (ConfigBackend& b : config_.backends) {
            const bool any = std::ranges::any_of(b.servers, &ConfigServer::check);
            b.health.passive = true; // a connection refused takes a member out for `retry`
            for (ConfigServer& s : b.servers)
                s.check = s.check || (b.health.active && !any);
        }
    }

private:
    ConfigBackend& balancer(const std::string& name, const Directive& d) {
        for (ConfigBackend& b : config_.backends)
            if (b.name == name) return b;
        ConfigBackend& made = config_.backends.emplace_back();
        made.name = name;
        made.line = d.line;
        made.file = d.file;
        return made;
    }

    void one(const Directive& d) {
        const std::string word = lowerCase(d.words[0]);
        if (d.block && word == "virtualhost") openHost(d);
        if (!inHost_.empty() && !within(d)) inHost_.clear();
        if (d.block && word == "proxy" && d.words.size() > 1 && isBalancer(d.words[1]))
            balancer(balancerOf(d.words[1]), d);
        if (word == "balancermember") member(d);
        if (word == "proxyset") set(d);
        if (word == "proxypass" || word == "proxypassmatch") pass(d, word);
        if (word == "rewriterule" && d.words.size() > 2 && isBalancer(d.words[2]))
            use(balancerOf(d.words[2]), d);
        if (word == "servername" && !inHost_.empty() && d.words.size() > 1) {
            config_.frontends.back().name = d.words[1];
            config_.frontends.back().names.push_back(d.words[1]);
        }
        if (word.starts_with("remoteip") && d.words.size() > 1)
            config_.realAddress = ConfigWord{d.words[1], d.text, d.place()};
    }

    [[nodiscard]] bool within(const Directive& d) const {
        return d.section.starts_with(inHost_) || d.text == inHost_;
    }

    void openHost(const Directive& d) {
        inHost_ = d.text;
        ConfigFrontend& host = config_.frontends.emplace_back();
        host.binds.assign(d.words.begin() + 1, d.words.end());
        if (!host.binds.empty()) host.name = host.binds.front();
        host.line = d.line;
        host.file = d.file;
    }

    /// The frontend a ProxyPass belongs to: its virtual host, or all that is in none.
    ConfigFrontend& frontend(const Directive& d) {
        if (!inHost_.empty()) return config_.frontends.back();
        if (main_) return config_.frontends[*main_];
        main_ = config_.frontends.size();
        ConfigFrontend& made = config_.frontends.emplace_back();
        made.name = "main server";
        made.line = d.line;
        made.file = d.file;
        return made;
    }

    void member(const Directive& d) {
        const bool named = d.words.size() > 1 && isBalancer(d.words[1]);
        const std::string name = balancerOf(named ? d.words[1] : d.section);
        const std::size_t at = named ? 2 : 1;
        if (name.empty() || d.words.size() <= at) return;
        ConfigBackend& to = balancer(name, d);
        to.servers.push_back(memberOf(d, at));
        takeSettings(d, at + 1, to);
    }

    void set(const Directive& d) {
        const bool named = d.words.size() > 1 && isBalancer(d.words[1]);
        const std::string name = balancerOf(named ? d.words[1] : d.section);
        if (!name.empty()) takeSettings(d, 1, balancer(name, d));
    }

    void use(const std::string& name, const Directive& d) {
        if (name.find_first_of("$%") != std::string::npos)
            config_.usesUnknown = true;
        else
            config_.uses.push_back({name, d.text, d.place(), true});
    }

    /// "ProxyPass /path balancer://name/ …"; within <Location> without the path.
    void pass(const Directive& d, const std::string& word) {
        const bool inLocation = lowerCase(d.section).find("<location") != std::string::npos;
        const std::size_t at = inLocation ? 1 : 2;
        if (d.words.size() <= at) return;
        ConfigFrontend& host = frontend(d);
        if (!inLocation && word == "proxypass") addRule(d, host);
        if (!isBalancer(d.words[at])) return;
        const std::string target = balancerOf(d.words[at]);
        host.backends.push_back(target);
        use(target, d);
        settings_.push_back({target, &d, at + 1});
    }

    /// The first path that is the beginning of the request's, up to a '/'.
    static void addRule(const Directive& d, ConfigFrontend& host) {
        RoutingRule rule{d.text, d.place(), false, {}, 0};
        const std::string& path = d.words[1];
        RouteTest test;
        test.what = "path";
        test.match = RouteTest::Match::Prefix;
        test.values = {path.ends_with('/') ? path : path + "/"};
        if (path.starts_with('/')) rule.anyOf = {{test}};
        test.match = RouteTest::Match::Exact;
        test.values = {path};
        if (path.starts_with('/') && !path.ends_with('/')) rule.anyOf.push_back({test});
        host.rules.push_back(std::move(rule));
    }

    BalancerConfig& config_;
    std::string inHost_;
    std::optional<std::size_t> main_;
    struct Setting {
        std::string backend;
        const Directive* from = nullptr;
        std::size_t at = 0;
    };
    std::vector<Setting> settings_;
};

} // namespace

void interpretApache(BalancerConfig& config) {
    Reader(config).read();
}

} // namespace postlude::lbconfig
