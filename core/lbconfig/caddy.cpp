// SPDX-License-Identifier: GPL-3.0-or-later
// Caddyfile: one directive a line, a '{' at its end opens a block, a '}' alone closes it.
#include "core/lbconfig/detail/tokens.h"

#include <map>

namespace postlude::lbconfig {

namespace {

constexpr WordRules kRules{
    .backslashEscapes = true, .singleQuotes = false, .backticks = true, .commentAnywhere = true};

std::string sectionText(const std::vector<std::string>& blocks) {
    std::string out;
    for (const auto& b : blocks)
        out += (out.empty() ? "" : " / ") + b;
    return out;
}

/// Joins lines that end in a backslash.
bool nextLogical(Lines& lines, std::string& out, std::uint64_t& number) {
    std::string_view line;
    if (!lines.next(line)) return false;
    number = lines.number();
    out = line;
    while (!out.empty() && out.back() == '\\' && lines.next(line)) {
        out.pop_back();
        out += line;
    }
    return true;
}

void addUpstream(const Directive& d, const std::string& word, ConfigBackend& backend) {
    ConfigServer server;
    server.name = server.address = addressOf(word);
    server.text = d.text;
    server.line = d.line;
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
    backend.algorithm = d.words[1];
    for (std::size_t i = 2; i < d.words.size(); ++i)
        backend.algorithm += " " + d.words[i];
    backend.algorithmLine = d.line;
    backend.balancing = meaningOf(d.words[1]);
    if (d.words[1] != "weighted_round_robin") return;
    for (std::size_t i = 2; i < d.words.size() && i - 2 < backend.servers.size(); ++i)
        backend.servers[i - 2].weight = numberFrom(d.words[i]).value_or(1);
}

void takeInto(const Directive& d, ConfigBackend& backend) {
    const std::string& name = d.words[0];
    if (name == "to" || name == "dynamic")
        for (std::size_t i = 1; name == "to" && i < d.words.size(); ++i)
            addUpstream(d, d.words[i], backend);
    if (d.words.size() < 2) return;
    if (name == "lb_policy") takePolicy(d, backend);
    if (name == "health_uri" || name == "health_path" || name == "health_port") {
        backend.health.active = true;
        if (name != "health_port") backend.health.path = d.words[1];
        backend.health.text = d.text;
        backend.health.line = d.line;
        for (ConfigServer& s : backend.servers)
            s.check = true;
    }
}

/// "reverse_proxy [matcher] upstream… {": matchers start with '/', '*' or '@'.
ConfigBackend backendOf(const Directive& d) {
    ConfigBackend backend;
    backend.line = d.line;
    backend.balancing = Balancing::Random; // Caddy's default policy
    for (std::size_t i = 1; i < d.words.size(); ++i) {
        const std::string& word = d.words[i];
        if (i == 1 && !word.empty() && (word[0] == '/' || word[0] == '*' || word[0] == '@'))
            backend.name = word;
        else
            addUpstream(d, word, backend);
    }
    if (backend.name.empty()) backend.name = "reverse_proxy";
    return backend;
}

/// What a block is called in the sections of its directives. Upstreams are left out, so that a
/// server added does not make every other line of the block look changed.
std::string labelOf(const std::vector<std::string>& words, const std::string& text) {
    if (words.empty()) return "global options";
    if (words[0] != "reverse_proxy") return text;
    const bool matcher = words.size() > 1 && std::string_view("/*@").find(words[1][0]) < 3;
    return matcher ? words[0] + " " + words[1] : words[0];
}

} // namespace

Result<std::vector<Directive>> caddyDirectives(std::string_view text) {
    std::vector<Directive> out;
    std::vector<std::string> blocks;
    Lines lines(text);
    std::string line;
    std::uint64_t number = 0;
    while (nextLogical(lines, line, number)) {
        auto words = wordsOf(line, kRules, number);
        if (!words) return std::unexpected(words.error());
        if (words->words.empty()) continue;
        if (words->words == std::vector<std::string>{"}"}) {
            if (blocks.empty()) return std::unexpected(notUnderstood("a '}' too many", number));
            blocks.pop_back();
            continue;
        }
        const bool opens = words->words.back() == "{";
        if (opens) {
            words->words.pop_back();
            words->text.pop_back();
            while (words->text.ends_with(' '))
                words->text.pop_back();
        }
        const std::string section = sectionText(blocks);
        if (opens) blocks.push_back(labelOf(words->words, words->text));
        if (!words->words.empty())
            out.push_back({section, std::move(words->words), std::move(words->text), number});
    }
    if (!blocks.empty()) return std::unexpected(notUnderstood("a block is not closed", number));
    return out;
}

void interpretCaddy(BalancerConfig& config) {
    std::string inside;
    for (const Directive& d : config.directives) {
        const std::string label = labelOf(d.words, d.text);
        const std::string inner = d.section.empty() ? label : d.section + " / " + label;
        if (d.section.empty() && d.words[0][0] != '(') {
            config.frontends.push_back({d.words[0], {}, {}, d.line});
        } else if (d.words[0] == "bind" && d.words.size() > 1 && !config.frontends.empty()) {
            config.frontends.back().binds.push_back(d.words[1]);
        } else if (d.words[0] == "reverse_proxy") {
            inside = inner;
            config.backends.push_back(backendOf(d));
            if (!config.frontends.empty())
                config.frontends.back().backends.push_back(config.backends.back().name);
        } else if (!inside.empty() && d.section == inside) {
            takeInto(d, config.backends.back());
        }
    }
}

} // namespace postlude::lbconfig
