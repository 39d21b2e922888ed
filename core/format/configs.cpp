// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/configformats.h"

#include "core/base/text.h"
#include "core/format/detail/chars.h"

namespace postlude {

namespace {

struct Marker {
    std::string_view dialect, start;
};
// What begins lines (after white space) of one dialect and of no log.
constexpr Marker kMarkers[] = {{"haproxy", "frontend "},
                               {"haproxy", "backend "},
                               {"haproxy", "defaults"},
                               {"haproxy", "timeout connect"},
                               {"haproxy", "timeout client"},
                               {"haproxy", "timeout server"},
                               {"haproxy", "default_backend "},
                               {"haproxy", "option http"},
                               {"haproxy", "balance "},
                               {"haproxy", "bind "},
                               {"haproxy", "log global"},
                               {"haproxy", "global"},
                               {"haproxy", "mode http"},
                               {"haproxy", "mode tcp"},
                               {"haproxy", "stats socket"},
                               {"nginx", "http {"},
                               {"nginx", "server {"},
                               {"nginx", "upstream "},
                               {"nginx", "proxy_pass "},
                               {"nginx", "worker_processes "},
                               {"nginx", "log_format "},
                               {"nginx", "events {"},
                               {"nginx", "worker_connections "},
                               {"nginx", "access_log "},
                               {"nginx", "location "},
                               {"nginx", "server_name "},
                               {"nginx", "proxy_set_header "},
                               {"apache", "ServerRoot "},
                               {"apache", "LoadModule "},
                               {"apache", "<VirtualHost"},
                               {"apache", "ProxyPass "},
                               {"apache", "BalancerMember "},
                               {"apache", "<Proxy "},
                               {"apache", "LogFormat "},
                               {"apache", "CustomLog "},
                               {"apache", "DocumentRoot "},
                               {"apache", "ServerName "},
                               {"apache", "ErrorLog "},
                               {"apache", "ProxySet "},
                               {"caddy", "reverse_proxy "},
                               {"caddy", "lb_policy "},
                               {"caddy", "health_uri "},
                               {"caddy", "auto_https "},
                               {"caddy", "handle {"},
                               {"caddy", "handle_path "},
                               {"caddy", "file_server"},
                               {"caddy", "header_up "},
                               {"caddy", "output file "},
                               {"caddy", "admin "},
                               {"caddy", "encode "},
                               {"caddy", "lb_try_duration "},
                               {"postgresql", "log_line_prefix"},
                               {"postgresql", "log_min_duration_statement"},
                               {"postgresql", "log_timezone"},
                               {"postgresql", "logging_collector"},
                               {"postgresql", "listen_addresses"},
                               {"postgresql", "shared_buffers"},
                               {"postgresql", "max_wal_size"},
                               {"postgresql", "dynamic_shared_memory_type"},
                               {"postgresql", "default_text_search_config"},
                               {"postgresql", "data_directory"},
                               {"postgresql", "hba_file"},
                               {"squid", "http_access "},
                               {"squid", "http_port "},
                               {"squid", "cache_dir "},
                               {"squid", "cache_peer "},
                               {"squid", "refresh_pattern "},
                               {"squid", "coredump_dir "},
                               {"squid", "logformat "},
                               {"squid", "visible_hostname "},
                               {"squid", "cache_mem "},
                               {"envoy", "static_resources:"},
                               {"envoy", "listeners:"},
                               {"envoy", "filter_chains:"},
                               {"envoy", "access_log:"},
                               {"envoy", "text_format"},
                               {"envoy", "json_format:"},
                               {"envoy", "typed_config:"},
                               {"envoy", "\"@type\": type.googleapis.com/envoy"},
                               {"envoy", "'@type': type.googleapis.com/envoy"},
                               {"envoy", "stat_prefix:"},
                               {"envoy", "route_config:"},
                               {"envoy", "virtual_hosts:"},
                               {"envoy", "socket_address:"},
                               {"envoy", "port_value:"},
                               {"envoy", "connect_timeout:"},
                               {"envoy", "lb_policy:"},
                               {"envoy", "load_assignment:"},
                               {"envoy", "accessLogFile:"},
                               {"envoy", "accessLogFormat:"},
                               {"envoy", "accessLogEncoding:"}};
constexpr std::string_view kDialects[] = {"haproxy",    "nginx", "apache", "caddy",
                                          "postgresql", "squid", "envoy"};

std::string_view dialectOfPath(std::string_view path) {
    std::string name(path.substr(path.rfind('/') + 1));
    std::ranges::transform(name, name.begin(), lower);
    const auto has = [&](std::string_view part) { return name.find(part) != std::string::npos; };
    if (has("haproxy") && has("cfg")) return "haproxy";
    if (has("nginx") && has("conf")) return "nginx";
    if ((has("apache") || has("httpd")) && has("conf")) return "apache";
    if (name.starts_with("caddyfile")) return "caddy";
    if (has("postgresql") && has("conf")) return "postgresql";
    if (has("squid") && has("conf")) return "squid";
    if (has("envoy") && (has("yaml") || has("yml"))) return "envoy";
    return {};
}

} // namespace

std::string_view takeConfigLine(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::string configDialect(std::string_view text, std::string_view path) {
    int hits[std::size(kDialects)] = {};
    int lines = 0;
    while (!text.empty() && lines < 400) {
        const std::string_view line = trimmed(takeConfigLine(text));
        if (line.empty() || line.front() == '#') continue;
        ++lines;
        for (const Marker& marker : kMarkers)
            if (line.starts_with(marker.start))
                ++hits[std::ranges::find(kDialects, marker.dialect) - std::begin(kDialects)];
    }
    const auto* best = std::ranges::max_element(hits);
    const std::string_view byText = kDialects[best - std::begin(hits)];
    const std::string_view byPath = dialectOfPath(path);
    if (!byPath.empty() && hits[std::ranges::find(kDialects, byPath) - std::begin(kDialects)] > 0)
        return std::string(byPath);
    return *best >= 2 && *best * 8 >= lines ? std::string(byText) : std::string{};
}

std::vector<DefinedFormat> definedFormats(std::string_view config, std::string_view dialect) {
    if (dialect == "haproxy") return haproxyFormats(config);
    if (dialect == "nginx") return nginxFormats(config);
    if (dialect == "apache") return apacheFormats(config);
    if (dialect == "postgresql") return postgresFormats(config);
    if (dialect == "squid") return squidFormats(config);
    if (dialect == "envoy") return envoyFormats(config);
    return {};
}

} // namespace postlude
