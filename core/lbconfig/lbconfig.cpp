// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/lbconfig.h"

#include "core/lbconfig/detail/tokens.h"

#include <algorithm>
#include <array>

namespace postlude {

using namespace lbconfig;

namespace {

constexpr std::array<std::string_view, 4> kDialects{"haproxy", "nginx", "apache", "caddy"};
constexpr std::array<std::string_view, 10> kBalancings{
    "round robin", "fewest connections", "client address", "URI",          "header",
    "cookie",      "first available",    "random",         "bytes served", "another rule"};

Result<std::vector<Directive>> directivesOf(ConfigDialect dialect, std::string_view text) {
    switch (dialect) {
    case ConfigDialect::HAProxy:
        return haproxyDirectives(text);
    case ConfigDialect::Nginx:
        return nginxDirectives(text);
    case ConfigDialect::Apache:
        return apacheDirectives(text);
    case ConfigDialect::Caddy:
        return caddyDirectives(text);
    }
    return std::vector<Directive>{};
}

} // namespace

std::string_view nameOf(ConfigDialect dialect) {
    return kDialects[static_cast<std::size_t>(dialect)];
}

std::optional<ConfigDialect> configDialectNamed(std::string_view text) {
    const std::string low = lowered(text);
    for (std::size_t i = 0; i < kDialects.size(); ++i)
        if (low.find(kDialects[i]) != std::string::npos) return static_cast<ConfigDialect>(i);
    if (low.find("httpd") != std::string::npos) return ConfigDialect::Apache;
    return {};
}

std::optional<ConfigDialect> configDialectOf(std::string_view text) {
    // Asked in the order of how hard the mark is to meet by chance.
    struct Mark {
        ConfigDialect dialect;
        std::string_view mark;
    };
    static constexpr Mark kMarks[] = {
        {ConfigDialect::Apache, "BalancerMember"}, {ConfigDialect::Apache, "<VirtualHost"},
        {ConfigDialect::Apache, "LoadModule "},    {ConfigDialect::Caddy, "reverse_proxy "},
        {ConfigDialect::Nginx, "proxy_pass "},     {ConfigDialect::Nginx, "upstream "},
        {ConfigDialect::HAProxy, "\nbackend "},    {ConfigDialect::HAProxy, "\nlisten "},
        {ConfigDialect::HAProxy, "\nfrontend "}};
    for (const Mark& m : kMarks)
        if (text.find(m.mark) != std::string_view::npos) return m.dialect;
    return {};
}

std::string_view nameOf(Balancing balancing) {
    return kBalancings[static_cast<std::size_t>(balancing)];
}

bool isHashing(Balancing balancing) {
    return balancing == Balancing::Source || balancing == Balancing::Uri ||
           balancing == Balancing::Header || balancing == Balancing::Cookie;
}

const ConfigBackend* BalancerConfig::backend(std::string_view name) const {
    const auto it = std::ranges::find(backends, name, &ConfigBackend::name);
    return it == backends.end() ? nullptr : &*it;
}

Result<BalancerConfig> parseConfig(ConfigDialect dialect, std::string_view text, std::string path) {
    BalancerConfig config;
    config.dialect = dialect;
    config.path = std::move(path);
    auto directives = directivesOf(dialect, text);
    if (!directives) {
        Error error = directives.error();
        error.place.source = config.path;
        return std::unexpected(std::move(error));
    }
    config.directives = std::move(*directives);
    switch (dialect) {
    case ConfigDialect::HAProxy:
        interpretHaproxy(config);
        break;
    case ConfigDialect::Nginx:
        interpretNginx(config);
        break;
    case ConfigDialect::Apache:
        interpretApache(config);
        break;
    case ConfigDialect::Caddy:
        interpretCaddy(config);
        break;
    }
    return config;
}

} // namespace postlude
