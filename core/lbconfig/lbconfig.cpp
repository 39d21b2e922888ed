// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/lbconfig.h"

#include "core/lbconfig/detail/tokens.h"

#include <algorithm>
#include <array>

namespace postlude {

using namespace lbconfig;

namespace {

constexpr std::array<std::string_view, 6> kDialects{"haproxy", "nginx",   "apache",
                                                    "caddy",   "traefik", "envoy"};
constexpr std::size_t kLargest = 16U << 20U; ///< bytes of one file
constexpr std::array<std::string_view, 10> kBalancings{
    "round robin", "fewest connections", "client address", "URI",          "header",
    "cookie",      "first available",    "random",         "bytes served", "another rule"};

Result<void> interpret(BalancerConfig& config, std::string_view text) {
    switch (config.dialect) {
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
        expandSnippets(config);
        interpretCaddy(config);
        break;
    case ConfigDialect::Traefik:
        return readTraefik(config, text);
    case ConfigDialect::Envoy:
        return readEnvoy(config, text);
    }
    return {};
}

} // namespace

std::string_view nameOf(ConfigDialect dialect) {
    return kDialects[static_cast<std::size_t>(dialect)];
}

std::optional<ConfigDialect> configDialectNamed(std::string_view text) {
    const std::string low = lowerCase(text);
    for (std::size_t i = 0; i < kDialects.size(); ++i)
        if (low.find(kDialects[i]) != std::string::npos) return static_cast<ConfigDialect>(i);
    if (low.find("httpd") != std::string::npos) return ConfigDialect::Apache;
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

const std::string& BalancerConfig::fileOf(const ConfigPlace& at) const {
    return at.file < files.size() ? files[at.file] : path;
}

Result<BalancerConfig> parseConfig(ConfigDialect dialect, std::string_view text, std::string path,
                                   const ConfigFiles& others) {
    BalancerConfig config;
    config.dialect = dialect;
    config.path = std::move(path);
    if (text.size() > kLargest)
        return std::unexpected(Error{ErrorKind::TooLarge,
                                     "longer than any configuration is",
                                     {.source = config.path, .line = 0, .offset = kLargest},
                                     {}});
    if (auto read = readWithIncludes(config, text, others); !read)
        return std::unexpected(read.error());
    if (auto read = interpret(config, text); !read) {
        if (read.error().place.source.empty()) read.error().place.source = config.path;
        return std::unexpected(read.error());
    }
    return config;
}

} // namespace postlude
