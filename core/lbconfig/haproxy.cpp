// SPDX-License-Identifier: GPL-3.0-or-later
// HAProxy: sections without end marks; `defaults` (the last one, or a named one that is asked for
// by `from`) and `default-server` are inherited.
#include "core/lbconfig/detail/haproxy.h"

#include <algorithm>
#include <array>
#include <map>

namespace postlude::lbconfig {

namespace {

constexpr std::array<std::string_view, 20> kSections{
    "global",   "defaults",  "frontend", "backend",     "listen", "peers",       "resolvers",
    "userlist", "program",   "mailers",  "cache",       "ring",   "http-errors", "log-forward",
    "fcgi-app", "crt-store", "traces",   "log-profile", "acme",   "stats-file"};

bool opensSection(const Words& words) {
    return std::ranges::find(kSections, std::string_view(words.words[0])) != kSections.end();
}

/// All that a proxy section may say; what `defaults` says is where the others begin.
struct Proxy {
    ConfigFrontend front;
    ConfigBackend back;
    ConfigServer server; ///< of `default-server`
};

Balancing meaningOf(const std::string& algorithm) {
    const std::string name = lowerCase(algorithm.substr(0, algorithm.find_first_of(" (")));
    static const std::map<std::string, Balancing> known{
        {"roundrobin", Balancing::RoundRobin}, {"static-rr", Balancing::RoundRobin},
        {"leastconn", Balancing::LeastConn},   {"first", Balancing::First},
        {"source", Balancing::Source},         {"uri", Balancing::Uri},
        {"url_param", Balancing::Uri},         {"hdr", Balancing::Header},
        {"hash", Balancing::Header},           {"rdp-cookie", Balancing::Cookie},
        {"random", Balancing::Random}};
    const auto it = known.find(name);
    return it == known.end() ? Balancing::Other : it->second;
}

/// "balance hash src" is as good as "balance source".
Balancing balancingOf(const ConfigBackend& backend) {
    if (backend.algorithm.empty()) return Balancing::RoundRobin;
    if (backend.algorithm.starts_with("hash src")) return Balancing::Source;
    return meaningOf(backend.algorithm);
}

void takeTime(const Directive& d, const std::string& name, const std::string& value,
              std::map<std::string, ConfigTime>& times) {
    if (const auto ms = millisecondsFrom(value, 1)) times[name] = {*ms, d.text, d.place()};
}

/// Words with a value behind them, as far as they mean something here.
void takeServerValue(const std::string& word, const std::string& value, ConfigServer& server) {
    if (word == "weight") server.weight = numberFrom(value).value_or(server.weight);
    if (word == "maxconn")
        if (const auto n = countFrom(value)) server.maxConnections = *n;
    if (word == "port")
        if (const auto n = countFrom(value); n && *n < 65536) server.checkPort = std::uint16_t(*n);
    if (word == "inter")
        if (const auto ms = millisecondsFrom(value, 1)) server.checkEveryMs = *ms;
    if (word == "fall")
        if (const auto n = numberFrom(value)) server.fall = *n;
    if (word == "resolvers") server.found = true;
}

/// Options after "server NAME ADDRESS" or "default-server".
void takeServerOptions(const Directive& d, std::size_t from, ConfigServer& server) {
    struct Switch {
        std::string_view word;
        bool ConfigServer::* what;
        bool to;
    };
    static constexpr std::array<Switch, 10> kSwitches{{{"check", &ConfigServer::check, true},
                                                       {"no-check", &ConfigServer::check, false},
                                                       {"backup", &ConfigServer::backup, true},
                                                       {"non-backup", &ConfigServer::backup, false},
                                                       {"disabled", &ConfigServer::disabled, true},
                                                       {"enabled", &ConfigServer::disabled, false},
                                                       {"ssl", &ConfigServer::tls, true},
                                                       {"no-ssl", &ConfigServer::tls, false},
                                                       {"check-ssl", &ConfigServer::checkTls, true},
                                                       {"track", &ConfigServer::check, true}}};
    for (std::size_t i = from; i < d.words.size(); ++i) {
        const auto it = std::ranges::find(kSwitches, std::string_view(d.words[i]), &Switch::word);
        if (it != kSwitches.end()) server.*(it->what) = it->to;
        if (i + 1 < d.words.size()) takeServerValue(d.words[i], d.words[i + 1], server);
        if (d.words[i] == "observe") server.check = true;
    }
}

/// "3" or "2-4" of server-template.
std::pair<std::uint64_t, std::uint64_t> rangeOf(const std::string& text) {
    constexpr std::uint64_t kMost = 1000; // more would only cost memory
    const auto dash = text.find('-');
    const std::uint64_t low =
        dash == std::string::npos ? 1 : countFrom(text.substr(0, dash)).value_or(1);
    const std::uint64_t high =
        countFrom(dash == std::string::npos ? text : text.substr(dash + 1)).value_or(low);
    return {low, std::min(high, low + kMost - 1)};
}

/// "option httpchk [METHOD] PATH", "http-check send … uri PATH", "option tcp-check" …
void takeHealth(const Directive& d, HealthCheck& health) {
    const auto& w = d.words;
    const auto set = [&](std::string path, bool http) {
        health.active = true;
        health.path = std::move(path);
        health.text = d.text;
        health.line = d.line;
        health.file = d.file;
        health.http = http;
    };
    if (w[0] == "option" && w.size() > 1 && w[1] == "httpchk") {
        set(w.size() == 3 ? w[2] : w.size() > 3 ? w[3] : "/", true);
        health.noHost = !health.host && w.size() > 4 && w[4].starts_with("HTTP/1.1") &&
                        lowerCase(d.text).find("host:") == std::string::npos;
    } else if (w[0] == "http-check" && w.size() > 1 && (w[1] == "send" || w[1] == "connect")) {
        const auto uri = std::ranges::find(w, "uri");
        if (uri != w.end() && uri + 1 != w.end()) set(*(uri + 1), true);
        const bool host = lowerCase(d.text).find(" host ") != std::string::npos;
        health.host = health.host || host;
        if (std::ranges::find(w, "HTTP/1.1") != w.end()) health.noHost = true;
        if (health.host) health.noHost = false;
    } else if (w[0] == "option" && w.size() > 1 && w[1].ends_with("-check")) {
        set("", false);
    }
}

void takeServers(const Directive& d, Proxy& proxy) {
    const auto& w = d.words;
    ConfigServer server = proxy.server;
    server.text = d.text;
    server.line = d.line;
    server.file = d.file;
    server.branch = d.branch;
    if (w[0] == "server" && w.size() > 2) {
        server.name = w[1];
        server.address = addressOf(w[2]);
        takeServerOptions(d, 3, server);
        proxy.back.servers.push_back(std::move(server));
    } else if (w[0] == "server-template" && w.size() > 3) {
        server.address = addressOf(w[3]);
        server.found = proxy.back.found = true;
        takeServerOptions(d, 4, server);
        const auto [low, high] = rangeOf(w[2]);
        for (std::uint64_t i = low; i <= high; ++i) {
            server.name = w[1] + std::to_string(i);
            proxy.back.servers.push_back(server);
        }
    }
}

/// Retries: "retries 3", "option redispatch", "retry-on response-timeout 503".
void takeRetries(const Directive& d, RetryPolicy& retry) {
    const auto& w = d.words;
    if (w[0] == "retries" && w.size() > 1)
        if (const auto n = countFrom(w[1])) retry.retries = {*n, d.text, d.place()};
    if (w[0] == "retry-on" || retry.conditions.empty()) retry.place = d.place();
    if (w[0] != "retry-on") return;
    retry.conditions = joined(w, 1);
    retry.afterSending = std::ranges::any_of(w, [](const std::string& word) {
        return word == "response-timeout" || word == "all-retryable-errors" || word == "500" ||
               word == "502" || word == "503" || word == "504" || word == "empty-response" ||
               word == "junk-response";
    });
}

void takeOption(const Directive& d, bool on, Proxy& proxy) {
    const std::string& what = d.words[1];
    if (!on) {
        if (what == "httpchk" || what.ends_with("-check")) proxy.back.health = {};
        if (what == "redispatch") proxy.back.retry.otherServer = false;
        return;
    }
    takeHealth(d, proxy.back.health);
    if (what == "redispatch") proxy.back.retry.otherServer = true;
}

void take(const Directive& d, Proxy& proxy) {
    const auto& w = d.words;
    if (w[0] == "no" && w.size() > 2 && w[1] == "option") {
        Directive bare = d;
        bare.words.erase(bare.words.begin());
        return takeOption(bare, false, proxy);
    }
    if (w[0].starts_with("server")) return takeServers(d, proxy);
    if (w[0] == "default-server") return takeServerOptions(d, 1, proxy.server);
    if (w[0] == "http-check") return takeHealth(d, proxy.back.health);
    if (w[0] == "retry-on") return takeRetries(d, proxy.back.retry);
    if (w[0] == "stick-table") proxy.back.holdsTable = true;
    if (w.size() < 2) return;
    if (w[0] == "option") return takeOption(d, true, proxy);
    if (w[0] == "retries") return takeRetries(d, proxy.back.retry);
    if (w[0] == "balance") {
        proxy.back.algorithm = joined(w, 1);
        proxy.back.algorithmLine = d.line;
        proxy.back.algorithmFile = d.file;
    } else if (w[0] == "hash-type") {
        proxy.back.consistent = w[1] == "consistent";
    } else if (w[0] == "mode") {
        proxy.back.http = proxy.front.http = w[1] == "http";
    } else if (w[0] == "bind") {
        proxy.front.binds.push_back(w[1]);
    } else if (w[0] == "maxconn") {
        if (const auto n = countFrom(w[1])) proxy.front.maxConnections = {*n, d.text, d.place()};
    } else if (w[0] == "timeout" && w.size() > 2) {
        const bool front = w[1] == "client" || w[1].starts_with("http-");
        takeTime(d, w[1], w[2], front ? proxy.front.timeouts : proxy.back.timeouts);
    } else if (w[0] == "contimeout" || w[0] == "srvtimeout" || w[0] == "clitimeout") {
        const bool front = w[0] == "clitimeout"; // before HAProxy 2.1
        takeTime(d,
                 w[0] == "contimeout" ? "connect"
                 : front              ? "client"
                                      : "server",
                 w[1], front ? proxy.front.timeouts : proxy.back.timeouts);
    } else if (w[0] == "dispatch" || w[0] == "use-fcgi-app") {
        proxy.back.found = true;
    }
}

/// What tells that connections come from a proxy, or that the client's address is put back.
void takeHints(const Directive& d, BalancerConfig& config) {
    const auto& w = d.words;
    const std::string low = lowerCase(d.text);
    const bool accepts = w[0] == "bind" && std::ranges::find(w, "accept-proxy") != w.end();
    const bool sets = low.find(" set-src ") != std::string::npos;
    if (accepts || sets) config.realAddress = ConfigWord{w[0], d.text, d.place()};
    const bool cdn = low.find("cf-connecting-ip") != std::string::npos ||
                     low.find("true-client-ip") != std::string::npos ||
                     low.find("hdr_ip(x-forwarded-for") != std::string::npos;
    if (cdn && !sets) config.behindProxy = ConfigWord{w[0], d.text, d.place()};
}

class Reader {
public:
    explicit Reader(BalancerConfig& config)
        : config_(config) {}
    void read() {
        for (const Directive& d : config_.directives)
            if (!d.words.empty()) one(d);
        close();
    }

private:
    void one(const Directive& d) {
        if (d.section == d.text) return open(d);
        if (kind_ == "global" && d.words[0] == "maxconn" && d.words.size() > 1)
            if (const auto n = countFrom(d.words[1]))
                config_.maxConnections = ConfigCount{*n, d.text, d.place()};
        if (!isProxy()) return;
        take(d, proxy_);
        rules_.take(d, config_);
        takeHints(d, config_);
    }

    [[nodiscard]] bool isProxy() const {
        return kind_ == "defaults" || kind_ == "frontend" || kind_ == "backend" ||
               kind_ == "listen";
    }

    void open(const Directive& d) {
        close();
        kind_ = d.words[0];
        name_ = d.words.size() > 1 && d.words[1] != "from" ? d.words[1] : "";
        if (!isProxy()) return;
        const auto from = std::ranges::find(d.words, "from");
        const bool named = from != d.words.end() && from + 1 != d.words.end();
        proxy_ = kind_ == "defaults" ? Proxy{} : last_;
        if (named)
            if (const auto it = defaults_.find(*(from + 1)); it != defaults_.end())
                proxy_ = it->second;
        proxy_.front.name = proxy_.back.name = name_;
        proxy_.front.line = proxy_.back.line = d.line;
        proxy_.front.file = proxy_.back.file = d.file;
        proxy_.front.branch = proxy_.back.branch = d.branch;
        rules_ = {};
    }

    void close() {
        if (kind_ == "defaults") {
            last_ = proxy_;
            if (!name_.empty()) defaults_[name_] = proxy_;
        }
        if (kind_ == "frontend" || kind_ == "listen") {
            rules_.fill(proxy_.front);
            if (kind_ == "listen" && !proxy_.back.servers.empty())
                proxy_.front.backends.insert(proxy_.front.backends.begin(), name_);
            config_.frontends.push_back(proxy_.front);
        }
        if (kind_ != "backend" && kind_ != "listen") return;
        proxy_.back.balancing = balancingOf(proxy_.back);
        const bool onlyRoutes = kind_ == "listen" && proxy_.back.servers.empty();
        if (onlyRoutes) return;
        config_.backends.push_back(proxy_.back);
        if (kind_ == "listen")
            config_.uses.push_back({name_, "listen " + name_, proxy_.front.place(), true});
    }

    BalancerConfig& config_;
    std::string kind_, name_;
    std::map<std::string, Proxy> defaults_;
    Proxy last_, proxy_;
    HaproxyRules rules_;
};

} // namespace

namespace {

/// ".if", ".elif", ".else" and ".endif": which branch the lines that follow are in. Whether its
/// condition holds is known to HAProxy alone.
class Branches {
public:
    void take(const std::string& word, std::uint64_t line) {
        if (word == ".if") open_.push_back(line);
        if (open_.empty()) return;
        if (word == ".elif" || word == ".else") open_.back() = line;
        if (word == ".endif") open_.pop_back();
    }
    [[nodiscard]] std::uint64_t now() const { return open_.empty() ? 0 : open_.back(); }

private:
    std::vector<std::uint64_t> open_; ///< the innermost last
};

} // namespace

Result<std::vector<Directive>> haproxyDirectives(std::string_view text) {
    std::vector<Directive> out;
    std::string section;
    Branches branches;
    Lines lines(text);
    std::string_view line;
    while (lines.next(line)) {
        auto words = wordsOf(line, {}, lines.number());
        if (!words) {
            words.error().place.offset += lines.offset();
            return std::unexpected(words.error());
        }
        if (words->words.empty()) continue;
        if (words->words[0].starts_with('.')) {
            branches.take(words->words[0], lines.number());
            continue;
        }
        const bool opens = opensSection(*words);
        if (opens) section = words->text;
        out.push_back({section, std::move(words->words), std::move(words->text), lines.number(), 0,
                       static_cast<std::uint16_t>(opens || section.empty() ? 0 : 1), opens,
                       branches.now()});
    }
    return out;
}

void interpretHaproxy(BalancerConfig& config) {
    Reader(config).read();
}

} // namespace postlude::lbconfig
