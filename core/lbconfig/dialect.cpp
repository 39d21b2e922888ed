// SPDX-License-Identifier: GPL-3.0-or-later
// Which dialect a text is in, by the words that its lines begin with.
#include "core/lbconfig/detail/tokens.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>

namespace postlude {

using namespace lbconfig;

namespace {

constexpr std::size_t kLines = 2000; ///< looked at; comments and blank lines do not count

using Words = std::set<std::string_view>;

const Words& haproxyWords() {
    static const Words words{"global",
                             "defaults",
                             "frontend",
                             "backend",
                             "listen",
                             "bind",
                             "server",
                             "balance",
                             "use_backend",
                             "acl",
                             "option",
                             "timeout",
                             "mode",
                             "retries",
                             "maxconn",
                             "log",
                             "daemon",
                             "chroot",
                             "stats",
                             "http-request",
                             "default_backend",
                             "http-check",
                             "user",
                             "group",
                             "errorfile",
                             "cookie",
                             "default-server",
                             "http-response",
                             "tcp-request",
                             "redirect",
                             "server-template",
                             "stick-table",
                             "stick",
                             "description",
                             "nbthread",
                             "peers",
                             "resolvers"};
    return words;
}

const Words& nginxWords() {
    static const Words words{"upstream",
                             "server",
                             "location",
                             "proxy_pass",
                             "server_name",
                             "listen",
                             "http",
                             "events",
                             "stream",
                             "include",
                             "return",
                             "ssl_certificate",
                             "proxy_set_header",
                             "root",
                             "index",
                             "user",
                             "worker_processes",
                             "worker_connections",
                             "error_log",
                             "access_log",
                             "log_format",
                             "least_conn",
                             "ip_hash",
                             "keepalive",
                             "sendfile",
                             "gzip",
                             "map",
                             "if",
                             "rewrite",
                             "try_files",
                             "fastcgi_pass",
                             "uwsgi_pass",
                             "grpc_pass",
                             "proxy_read_timeout",
                             "proxy_connect_timeout",
                             "proxy_next_upstream",
                             "add_header",
                             "set",
                             "}",
                             "zone"};
    return words;
}

const Words& apacheWords() {
    static const Words words{"balancermember",
                             "proxypass",
                             "proxypassreverse",
                             "proxyset",
                             "loadmodule",
                             "servername",
                             "documentroot",
                             "rewriterule",
                             "rewritecond",
                             "customlog",
                             "serverroot",
                             "rewriteengine",
                             "proxypreservehost",
                             "proxyrequests",
                             "errorlog",
                             "listen",
                             "serveralias",
                             "sslengine",
                             "header",
                             "requestheader",
                             "include",
                             "includeoptional",
                             "require",
                             "logformat",
                             "serveradmin",
                             "timeout",
                             "proxytimeout",
                             "order",
                             "allow"};
    return words;
}

const Words& caddyWords() {
    static const Words words{"reverse_proxy",  "handle",      "handle_path", "tls",
                             "encode",         "file_server", "root",        "respond",
                             "import",         "lb_policy",   "health_uri",  "health_interval",
                             "health_timeout", "redir",       "log",         "header",
                             "bind",           "output",      "format",      "admin",
                             "transport",      "header_up",   "php_fastcgi", "auto_https",
                             "email",          "}",           "to",          "route",
                             "lb_try_duration"};
    return words;
}

struct Tally {
    std::size_t lines = 0, haproxy = 0, nginx = 0, apache = 0, caddy = 0;
    bool decides[4] = {}; ///< a word that only balancers of that dialect have was there
};

void countWord(std::string_view line, std::string_view first, const std::string& low, Tally& t) {
    const char last = line.back();
    const bool ended = last == ';' || last == '{' || last == '}';
    const bool opens = line.ends_with(" {") || line == "{";
    if (!ended && haproxyWords().contains(first)) ++t.haproxy;
    if (ended && nginxWords().contains(first.substr(0, first.find_first_of(";{")))) ++t.nginx;
    if (line.front() == '<' || apacheWords().contains(low)) ++t.apache;
    if (last != ';' && (caddyWords().contains(first) || opens)) ++t.caddy;
    const bool bare = line.find_first_of(";{") == std::string_view::npos;
    using enum ConfigDialect;
    const auto decide = [&](ConfigDialect d) { t.decides[static_cast<std::size_t>(d)] = true; };
    if (bare && (first == "frontend" || first == "backend" || first == "listen" ||
                 first == "defaults" || first == "use_backend"))
        decide(HAProxy);
    if ((first == "proxy_pass" && last == ';') || (first == "upstream" && last != ';') ||
        (first == "server_name" && last == ';') || (first == "location" && opens) ||
        (first == "http" && opens) || (first == "server" && last == '{'))
        decide(Nginx);
    if (low == "balancermember" || low == "proxypass" || low == "loadmodule" ||
        low == "<virtualhost" || low == "<proxy" || low == "<proxymatch")
        decide(Apache);
    if (first == "reverse_proxy" && last != ';') decide(Caddy);
}

Tally tallyOf(std::string_view text) {
    Tally out;
    Lines lines(text);
    std::string_view line;
    while (out.lines < kLines && lines.next(line)) {
        line = trimmed(line);
        if (line.empty() || line.front() == '#') continue;
        if (const auto comment = line.find(" #"); comment != std::string_view::npos)
            line = trimmed(line.substr(0, comment));
        ++out.lines;
        const std::string_view first = line.substr(0, line.find_first_of(" \t"));
        if (first.size() < 40) countWord(line, first, lowerCase(first), out);
    }
    return out;
}

bool has(std::string_view text, std::string_view what) {
    return text.find(what) != std::string_view::npos;
}

/// YAML, JSON or TOML of Envoy or Traefik: by keys that others do not have.
std::optional<ConfigDialect> documentDialect(std::string_view text) {
    const bool envoy = has(text, "static_resources") || has(text, "lb_endpoints") ||
                       has(text, "type.googleapis.com/envoy.config.");
    if (envoy && (has(text, "clusters") || has(text, "virtual_hosts") || has(text, "resources")))
        return ConfigDialect::Envoy;
    const bool yaml = has(text, "\n") && (has(text, "routers:") || has(text, "services:")) &&
                      (has(text, "loadBalancer:") || has(text, "rule:"));
    const bool toml =
        has(text, "[http.routers") || has(text, "[http.services") || has(text, "[entryPoints");
    const bool fixed = has(text, "entryPoints:") && has(text, "providers:");
    if ((yaml && (has(text, "http:") || has(text, "tcp:"))) || toml || fixed)
        return ConfigDialect::Traefik;
    return {};
}

} // namespace

std::optional<ConfigDialect> configDialectOf(std::string_view text) {
    const Tally t = tallyOf(text);
    const std::array<std::size_t, 4> hits{t.haproxy, t.nginx, t.apache, t.caddy};
    std::optional<ConfigDialect> best;
    for (std::size_t i = 0; i < hits.size(); ++i)
        if (t.decides[i] && hits[i] * 4 >= t.lines &&
            (!best || hits[i] > hits[static_cast<std::size_t>(*best)]))
            best = static_cast<ConfigDialect>(i);
    return best ? best : documentDialect(text);
}

} // namespace postlude
