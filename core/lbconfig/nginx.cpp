// SPDX-License-Identifier: GPL-3.0-or-later
// nginx: upstreams are backends, server blocks are frontends; settings are inherited inwards.
#include "core/lbconfig/detail/tokens.h"

#include <algorithm>
#include <array>
#include <map>

namespace postlude::lbconfig {

namespace {

constexpr double kSecond = 1000;

void takeServerWord(const std::string& word, ConfigServer& server, bool& passive) {
    const auto value = [&](std::string_view key) {
        return word.starts_with(key) ? std::optional(word.substr(key.size())) : std::nullopt;
    };
    if (const auto v = value("weight=")) server.weight = numberFrom(*v).value_or(1);
    if (const auto v = value("max_conns="))
        if (const auto n = countFrom(*v); n && *n > 0) server.maxConnections = *n;
    if (const auto v = value("max_fails=")) {
        server.fall = numberFrom(*v);
        passive = server.fall != 0;
    }
    if (word == "backup") server.backup = true;
    if (word == "down" || word == "drain") server.disabled = true;
    if (word == "resolve" || word.starts_with("service=")) server.found = true;
}

ConfigServer serverOf(const Directive& d) {
    ConfigServer server;
    server.name = server.address = addressOf(d.words[1]);
    server.text = d.text;
    server.line = d.line;
    server.file = d.file;
    server.check = true; // failed requests take it out unless max_fails=0
    for (std::size_t i = 2; i < d.words.size(); ++i)
        takeServerWord(d.words[i], server, server.check);
    return server;
}

Balancing hashMeaning(const std::string& text) {
    for (const char* address : {"remote_addr", "realip"})
        if (text.find(address) != std::string::npos) return Balancing::Source;
    if (text.find("cookie") != std::string::npos) return Balancing::Cookie;
    return text.find("$http_") != std::string::npos ? Balancing::Header : Balancing::Uri;
}

void takeInto(const Directive& d, ConfigBackend& upstream) {
    static const std::map<std::string, Balancing> known{{"least_conn", Balancing::LeastConn},
                                                        {"ip_hash", Balancing::Source},
                                                        {"random", Balancing::Random},
                                                        {"least_time", Balancing::LeastConn},
                                                        {"sticky", Balancing::Cookie}};
    const std::string& name = d.words[0];
    if (name == "server" && d.words.size() > 1) {
        upstream.servers.push_back(serverOf(d));
        upstream.found |= upstream.servers.back().found;
    }
    if (name == "health_check" || name == "check") {
        upstream.health.active = true;
        upstream.health.text = d.text;
        upstream.health.line = d.line;
        upstream.health.file = d.file;
    }
    if (name.find("_by_lua") != std::string::npos) {
        upstream.found = true; // a program picks the server
        upstream.balancing = Balancing::Other;
    }
    const auto it = known.find(name);
    if (it == known.end() && name != "hash") return;
    upstream.algorithm = d.text;
    upstream.algorithmLine = d.line;
    upstream.algorithmFile = d.file;
    upstream.balancing = it != known.end() ? it->second : hashMeaning(d.text);
    upstream.consistent = !d.words.empty() && d.words.back() == "consistent";
}

/// What is set in http, server and location and holds further inside.
struct Settings {
    std::map<std::string, ConfigTime> times;
    RetryPolicy retry;
};

void takeSetting(const Directive& d, Settings& settings) {
    static const std::map<std::string, std::string> kTimes{
        {"connect_timeout", "connect"}, {"read_timeout", "server"}, {"send_timeout", "send"}};
    if (d.words.size() < 2) return;
    const auto line = d.words[0].find('_');
    const std::string kind = d.words[0].substr(0, line);
    if (line == std::string::npos || (kind != "proxy" && kind != "fastcgi" && kind != "grpc" &&
                                      kind != "uwsgi" && kind != "scgi"))
        return;
    const std::string what = d.words[0].substr(line + 1);
    if (const auto it = kTimes.find(what); it != kTimes.end())
        if (const auto ms = millisecondsFrom(d.words[1], kSecond))
            settings.times[it->second] = {*ms, d.text, d.place()};
    RetryPolicy& retry = settings.retry;
    if (what == "next_upstream") {
        retry.conditions = joined(d.words, 1);
        retry.place = d.place();
        const auto has = [&](const char* word) {
            return std::ranges::find(d.words, word) != d.words.end();
        };
        retry.afterSending = has("timeout") || has("http_500") || has("http_502") ||
                             has("http_503") || has("http_504") || has("non_idempotent");
        retry.otherServer = !has("off");
    }
    if (what == "next_upstream_tries")
        if (const auto n = countFrom(d.words[1])) // 0: no limit
            retry.retries =
                *n ? std::optional(ConfigCount{*n - 1, d.text, d.place()}) : std::nullopt;
    if (what == "next_upstream_timeout")
        if (const auto ms = millisecondsFrom(d.words[1], kSecond); ms && *ms > 0)
            retry.total = ConfigTime{*ms, d.text, d.place()};
}

class Reader {
public:
    explicit Reader(BalancerConfig& config)
        : config_(config) {}

    void read() {
        for (const Directive& d : config_.directives) {
            if (d.words.empty()) continue;
            while (!open_.empty() && d.depth <= open_.back().depth)
                close();
            one(d);
            if (d.block) open(d);
        }
        while (!open_.empty())
            close();
        for (ConfigBackend& b : config_.backends)
            settle(b);
    }

private:
    enum class Kind : std::uint8_t { Other, Upstream, Server, Location, Map };
    struct Block {
        Kind kind = Kind::Other;
        std::uint16_t depth = 0;
        std::size_t index = 0; ///< of the backend or frontend
        Settings settings;
    };
    struct Pass {
        std::string to;
        std::uint16_t depth = 0;
    };

    static Kind kindOf(const Directive& d) {
        const std::string& name = d.words[0];
        if (name == "upstream" && d.words.size() > 1) return Kind::Upstream;
        if (name == "server" && d.words.size() == 1) return Kind::Server;
        if (name == "location" || name == "if" || name == "limit_except") return Kind::Location;
        if (name == "map" || name == "split_clients" || name == "geo") return Kind::Map;
        return Kind::Other;
    }

    void open(const Directive& d) {
        Block block;
        block.kind = kindOf(d);
        block.depth = d.depth;
        if (!open_.empty()) {
            block.settings = open_.back().settings;
            block.index = open_.back().index;
        }
        if (block.kind == Kind::Upstream) {
            block.index = config_.backends.size();
            config_.backends.emplace_back();
            config_.backends.back().name = d.words[1];
            config_.backends.back().line = d.line;
            config_.backends.back().file = d.file;
            config_.backends.back().http = !inStream(d);
        } else if (block.kind == Kind::Server) {
            block.index = config_.frontends.size();
            config_.frontends.emplace_back();
            config_.frontends.back().line = d.line;
            config_.frontends.back().file = d.file;
            config_.frontends.back().http = !inStream(d);
        }
        open_.push_back(std::move(block));
    }

    static bool inStream(const Directive& d) {
        return d.section == "stream" || d.section.starts_with("stream /");
    }

    /// Settings of a location, its own and those it has inherited, go to the upstream it uses.
    void close() {
        const Block& block = open_.back();
        for (const Pass& pass : passes_)
            if (pass.depth == block.depth) settings_[pass.to].push_back(block.settings);
        std::erase_if(passes_, [&](const Pass& pass) { return pass.depth == block.depth; });
        if (block.kind == Kind::Server) {
            auto& rules = config_.frontends[block.index].rules;
            for (auto* some : {&returns_, &plain_, &regular_}) {
                rules.insert(rules.end(), some->begin(), some->end());
                some->clear();
            }
        }
        open_.pop_back();
    }

    void one(const Directive& d) {
        if (open_.empty()) return;
        Block& block = open_.back();
        if (block.kind == Kind::Upstream) return takeInto(d, config_.backends[block.index]);
        if (block.kind == Kind::Map) return takeMapped(d);
        takeSetting(d, block.settings);
        takeHint(d);
        if (frontend() && d.words.size() > 1) takeServerBlock(d, block);
    }

    ConfigFrontend* frontend() {
        for (const Block& b : open_)
            if (b.kind == Kind::Server) return &config_.frontends[b.index];
        return nullptr;
    }

    void takeServerBlock(const Directive& d, const Block& block) {
        ConfigFrontend& f = *frontend();
        const std::string& name = d.words[0];
        if (name == "server_name") {
            f.name = d.words[1];
            f.names.assign(d.words.begin() + 1, d.words.end());
        }
        if (name == "listen") f.binds.push_back(d.words[1]);
        if (block.kind == Kind::Server && name == "return")
            returns_.push_back({d.text, d.place(), true, {}, 0});
        if (block.kind == Kind::Server && name == "location") takeLocation(d);
        if (name.ends_with("_pass")) takePass(d, block, f);
    }

    /// Regular expressions are tried in order, the others by length; and none of them if the
    /// server answers itself.
    void takeLocation(const Directive& d) {
        static constexpr std::array<std::string_view, 5> kAnything{".", ".*", "^/", "^/.*", "/"};
        const std::string mark = d.words.size() > 2 ? d.words[1] : "";
        const std::string& pattern = d.words.size() > 2 ? d.words[2] : d.words[1];
        const bool regular = mark.starts_with('~');
        RoutingRule rule{d.text, d.place(), false, {}, 0};
        rule.always =
            regular && std::ranges::find(kAnything, std::string_view(pattern)) != kAnything.end();
        RouteTest test;
        test.match = RouteTest::Match::Exact;
        test.what = "location " + mark;
        test.values = {pattern};
        if (!rule.always) rule.anyOf = {{test}};
        (regular ? regular_ : plain_).push_back(std::move(rule));
    }

    void takePass(const Directive& d, const Block& block, ConfigFrontend& f) {
        const std::string target = addressOf(d.words[1]);
        if (target.find('$') != std::string::npos) {
            config_.usesUnknown = true;
            return;
        }
        f.backends.push_back(target);
        passes_.push_back({target, block.depth});
        config_.uses.push_back({target, d.text, d.place(), false});
    }

    /// The values of a map may be names of upstreams.
    void takeMapped(const Directive& d) {
        if (d.words.size() > 1)
            config_.uses.push_back({addressOf(d.words.back()), d.text, d.place(), false});
    }

    void takeHint(const Directive& d) {
        if (d.words.size() < 2) return;
        if (d.words[0] == "set_real_ip_from")
            config_.realAddress = ConfigWord{d.words[1], d.text, d.place()};
    }

    /// Of several places that use an upstream the one that tries longest counts.
    void settle(ConfigBackend& b) {
        b.health.passive =
            std::ranges::any_of(b.servers, [](const ConfigServer& s) { return s.check; });
        const auto it = settings_.find(b.name);
        if (it == settings_.end()) return;
        for (const Settings& s : it->second) {
            for (const auto& [name, time] : s.times)
                if (!b.timeouts.contains(name) || b.timeouts[name].ms < time.ms)
                    b.timeouts[name] = time;
            if (s.retry.place.line != 0 || s.retry.retries || s.retry.total) b.retry = s.retry;
        }
    }

    BalancerConfig& config_;
    std::vector<Block> open_;
    std::vector<Pass> passes_;                              ///< of the blocks that are open
    std::vector<RoutingRule> returns_, plain_, regular_;    ///< of the server that is open
    std::map<std::string, std::vector<Settings>> settings_; ///< by upstream
};

} // namespace

void interpretNginx(BalancerConfig& config) {
    Reader(config).read();
}

} // namespace postlude::lbconfig
