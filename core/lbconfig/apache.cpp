// SPDX-License-Identifier: GPL-3.0-or-later
// Apache httpd: one directive a line ('\' continues it), <Section> … </Section>.
#include "core/lbconfig/detail/tokens.h"

#include "core/base/text.h"

#include <map>

namespace postlude::lbconfig {

namespace {

constexpr WordRules kRules{
    .backslashEscapes = false, .singleQuotes = true, .backticks = false, .commentAnywhere = false};

std::string sectionText(const std::vector<std::string>& blocks) {
    std::string out;
    for (const auto& b : blocks)
        out += (out.empty() ? "" : " / ") + b;
    return out;
}

std::map<std::string, std::string> parametersOf(const Directive& d, std::size_t from) {
    std::map<std::string, std::string> out;
    for (std::size_t i = from; i < d.words.size(); ++i) {
        const auto eq = d.words[i].find('=');
        if (eq != std::string::npos)
            out[lowered(d.words[i].substr(0, eq))] = d.words[i].substr(eq + 1);
    }
    return out;
}

Balancing meaningOf(const std::string& method) {
    if (method.empty() || method == "byrequests") return Balancing::RoundRobin;
    if (method == "bybusyness") return Balancing::LeastConn;
    if (method == "bytraffic") return Balancing::ByTraffic;
    return Balancing::Other;
}

ConfigServer memberOf(const Directive& d, std::size_t at) {
    const auto parameters = parametersOf(d, at + 1);
    const auto value = [&](const char* key) {
        const auto it = parameters.find(key);
        return it == parameters.end() ? std::string() : it->second;
    };
    ConfigServer server;
    server.address = addressOf(d.words[at]);
    server.name = value("route").empty() ? server.address : value("route");
    server.weight = numberFrom(value("loadfactor")).value_or(1);
    server.check = !value("hcmethod").empty();
    server.backup = value("status").find_first_of("Hh") != std::string::npos;
    server.disabled = value("status").find_first_of("Dd") != std::string::npos;
    if (const auto n = numberFrom(value("max"))) server.maxConnections = std::uint64_t(*n);
    server.text = d.text;
    server.line = d.line;
    return server;
}

ConfigBackend& balancerNamed(BalancerConfig& config, const std::string& name, std::uint64_t line) {
    for (ConfigBackend& b : config.backends)
        if (b.name == name) return b;
    config.backends.push_back({});
    config.backends.back().name = name;
    config.backends.back().line = line;
    return config.backends.back();
}

/// The balancer a <Proxy> section is about; empty if it is another section.
std::string balancerOf(const std::string& section) {
    const auto at = section.rfind("balancer://");
    if (at == std::string::npos) return {};
    const auto end = section.find_first_of("/\">' ", at + 11);
    return section.substr(at + 11, end == std::string::npos ? end : end - at - 11);
}

void takeSettings(const Directive& d, std::size_t from, ConfigBackend& balancer) {
    for (const auto& [key, value] : parametersOf(d, from)) {
        if (key == "lbmethod") {
            balancer.algorithm = value;
            balancer.algorithmLine = d.line;
            balancer.balancing = meaningOf(value);
        } else if (key == "hcuri" || key == "hcmethod") {
            balancer.health.active = true;
            if (key == "hcuri") balancer.health.path = value;
            balancer.health.text = d.text;
            balancer.health.line = d.line;
        }
    }
}

/// True if the word is a balancer's address rather than a member's.
bool isBalancer(const std::string& word) {
    return word.starts_with("balancer://");
}

void take(const Directive& d, BalancerConfig& config) {
    const std::string keyword = lowered(d.words[0]);
    std::string name = balancerOf(d.section);
    if (keyword == "balancermember" && d.words.size() > 1) {
        const bool named = isBalancer(d.words[1]);
        if (named) name = balancerOf(d.words[1] + "/");
        const std::size_t at = named ? 2 : 1;
        if (name.empty() || d.words.size() <= at) return;
        ConfigBackend& balancer = balancerNamed(config, name, d.line);
        balancer.servers.push_back(memberOf(d, at));
        takeSettings(d, at + 1, balancer);
    } else if (keyword == "proxyset") {
        if (d.words.size() > 1 && isBalancer(d.words[1])) name = balancerOf(d.words[1] + "/");
        if (!name.empty()) takeSettings(d, 1, balancerNamed(config, name, d.line));
    } else if (keyword == "proxypass" && d.words.size() > 2 && isBalancer(d.words[2])) {
        const std::string target = balancerOf(d.words[2] + "/");
        config.frontends.push_back({d.words[1], {}, {target}, d.line});
        takeSettings(d, 3, balancerNamed(config, target, d.line));
    }
}

/// Lines joined where a '\' ends them.
class Joined {
public:
    explicit Joined(std::string_view text)
        : lines_(text) {}
    bool next(std::string& out, std::uint64_t& number) {
        std::string_view line;
        if (!lines_.next(line)) return false;
        number = lines_.number();
        out = line;
        while (!out.empty() && out.back() == '\\' && lines_.next(line)) {
            out.pop_back();
            out += line;
        }
        return true;
    }

private:
    Lines lines_;
};

} // namespace

Result<std::vector<Directive>> apacheDirectives(std::string_view text) {
    std::vector<Directive> out;
    std::vector<std::string> blocks;
    Joined lines(text);
    std::string line;
    std::uint64_t number = 0;
    while (lines.next(line, number)) {
        std::string_view body = trimmed(line);
        if (body.starts_with("</")) {
            if (blocks.empty())
                return std::unexpected(notUnderstood("a section ends that was not begun", number));
            blocks.pop_back();
            continue;
        }
        const bool opens = body.starts_with('<') && body.ends_with('>');
        const std::string_view inner = opens ? body.substr(1, body.size() - 2) : body;
        auto words = wordsOf(inner, kRules, number);
        if (!words) return std::unexpected(words.error());
        if (words->words.empty()) continue;
        const std::string written(opens ? body : std::string_view(words->text));
        out.push_back({sectionText(blocks), std::move(words->words), written, number});
        if (opens) blocks.push_back(written);
    }
    if (!blocks.empty()) return std::unexpected(notUnderstood("a section is not closed", number));
    return out;
}

void interpretApache(BalancerConfig& config) {
    for (const Directive& d : config.directives)
        take(d, config);
}

} // namespace postlude::lbconfig
