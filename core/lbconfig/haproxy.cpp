// SPDX-License-Identifier: GPL-3.0-or-later
// HAProxy: sections without end marks; `defaults` and `default-server` are inherited.
#include "core/lbconfig/detail/tokens.h"

#include <algorithm>
#include <array>
#include <map>

namespace postlude::lbconfig {

namespace {

constexpr std::array<std::string_view, 19> kSections{
    "global",   "defaults",  "frontend", "backend",     "listen", "peers",       "resolvers",
    "userlist", "program",   "mailers",  "cache",       "ring",   "http-errors", "log-forward",
    "fcgi-app", "crt-store", "traces",   "log-profile", "acme"};

bool opensSection(const Words& words) {
    return std::ranges::find(kSections, std::string_view(words.words[0])) != kSections.end();
}

/// What `defaults` hands on to the sections after it.
struct Defaults {
    std::string algorithm;
    std::uint64_t algorithmLine = 0;
    HealthCheck health;
    ConfigServer server;
};

Balancing meaningOf(const std::string& algorithm) {
    const std::string name = lowered(algorithm.substr(0, algorithm.find_first_of(" (")));
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

std::string joined(const std::vector<std::string>& words, std::size_t from) {
    std::string out;
    for (std::size_t i = from; i < words.size(); ++i)
        out += (out.empty() ? "" : " ") + words[i];
    return out;
}

/// Options after "server NAME ADDRESS" or "default-server".
void takeServerOptions(const Directive& d, std::size_t from, ConfigServer& server) {
    for (std::size_t i = from; i < d.words.size(); ++i) {
        const std::string& word = d.words[i];
        const std::string value = i + 1 < d.words.size() ? d.words[i + 1] : "";
        if (word == "check")
            server.check = true;
        else if (word == "no-check")
            server.check = false;
        else if (word == "backup")
            server.backup = true;
        else if (word == "disabled")
            server.disabled = true;
        else if (word == "enabled")
            server.disabled = false;
        else if (word == "weight")
            server.weight = numberFrom(value).value_or(server.weight);
        else if (word == "maxconn")
            if (const auto n = numberFrom(value)) server.maxConnections = std::uint64_t(*n);
    }
}

/// "option httpchk [METHOD] PATH", "http-check send … uri PATH", "option tcp-check" …
void takeHealth(const Directive& d, HealthCheck& health) {
    const auto& w = d.words;
    const auto set = [&](std::string path) { health = {true, std::move(path), d.text, d.line}; };
    if (w[0] == "option" && w.size() > 1 && w[1] == "httpchk") {
        set(w.size() == 3 ? w[2] : w.size() > 3 ? w[3] : "/");
    } else if (w[0] == "http-check" && w.size() > 1 && w[1] == "send") {
        const auto uri = std::ranges::find(w, "uri");
        if (uri != w.end() && uri + 1 != w.end()) set(*(uri + 1));
    } else if (w[0] == "option" && w.size() > 1 && w[1].ends_with("-check")) {
        set("");
    }
}

void takeInto(const Directive& d, ConfigBackend& backend, ConfigServer& model) {
    const auto& w = d.words;
    if (w[0] == "balance") {
        backend.algorithm = joined(w, 1);
        backend.algorithmLine = d.line;
    } else if (w[0] == "default-server") {
        takeServerOptions(d, 1, model);
    } else if (w[0] == "server" && w.size() > 2) {
        ConfigServer server = model;
        server.name = w[1];
        server.address = addressOf(w[2]);
        server.text = d.text;
        server.line = d.line;
        takeServerOptions(d, 3, server);
        backend.servers.push_back(std::move(server));
    } else {
        takeHealth(d, backend.health);
    }
}

void takeInto(const Directive& d, ConfigFrontend& frontend) {
    const auto& w = d.words;
    if (w.size() < 2) return;
    if (w[0] == "bind") frontend.binds.push_back(w[1]);
    if (w[0] == "default_backend" || w[0] == "use_backend") frontend.backends.push_back(w[1]);
}

class Reader {
public:
    explicit Reader(BalancerConfig& config)
        : config_(config) {}
    void read() {
        for (const Directive& d : config_.directives)
            if (!d.words.empty()) take(d);
        for (ConfigBackend& b : config_.backends)
            b.balancing = b.algorithm.empty() ? Balancing::RoundRobin : meaningOf(b.algorithm);
    }

private:
    void take(const Directive& d) {
        if (d.section == d.text) return open(d);
        if (kind_ == "defaults") {
            ConfigBackend scratch;
            scratch.health = defaults_.health;
            takeInto(d, scratch, defaults_.server);
            defaults_.health = scratch.health;
            if (!scratch.algorithm.empty()) {
                defaults_.algorithm = scratch.algorithm;
                defaults_.algorithmLine = d.line;
            }
        }
        if (kind_ == "frontend" || kind_ == "listen") takeInto(d, config_.frontends.back());
        if (kind_ == "backend" || kind_ == "listen") takeInto(d, config_.backends.back(), model_);
    }

    void open(const Directive& d) {
        kind_ = d.words[0];
        const std::string name = d.words.size() > 1 ? d.words[1] : "";
        if (kind_ == "defaults") defaults_ = {};
        if (kind_ == "frontend" || kind_ == "listen")
            config_.frontends.push_back({name, {}, {}, d.line});
        if (kind_ == "listen") config_.frontends.back().backends.push_back(name);
        if (kind_ != "backend" && kind_ != "listen") return;
        ConfigBackend backend;
        backend.name = name;
        backend.line = d.line;
        backend.algorithm = defaults_.algorithm;
        backend.algorithmLine = defaults_.algorithmLine;
        backend.health = defaults_.health;
        model_ = defaults_.server;
        config_.backends.push_back(std::move(backend));
    }

    BalancerConfig& config_;
    std::string kind_;
    Defaults defaults_;
    ConfigServer model_;
};

} // namespace

Result<std::vector<Directive>> haproxyDirectives(std::string_view text) {
    std::vector<Directive> out;
    std::string section;
    Lines lines(text);
    std::string_view line;
    while (lines.next(line)) {
        auto words = wordsOf(line, {}, lines.number());
        if (!words) return std::unexpected(words.error());
        if (words->words.empty()) continue;
        if (opensSection(*words)) section = words->text;
        out.push_back({section, std::move(words->words), std::move(words->text), lines.number()});
    }
    return out;
}

void interpretHaproxy(BalancerConfig& config) {
    Reader(config).read();
}

} // namespace postlude::lbconfig
