// SPDX-License-Identifier: GPL-3.0-or-later
// Programs whose messages are read wherever they are named, in a system log or a container's: there
// they may be so few that no sample holds them, and the one line that says why.
#include "core/format/detail/composed.h"

#include "core/format/detail/chars.h"

#include <algorithm>

namespace postlude {

namespace {

struct WellKnown {
    std::string_view name;
    std::array<std::string_view, 4> formats; ///< the first that reads a message counts
    bool lineByLine = false;                 ///< no entry of it is several lines
};

constexpr WellKnown kPrograms[] = {
    {"apache2", {"apache-error", "apache-error-bare", "apache-vhost-combined", "common"}},
    {"httpd", {"apache-error", "apache-error-bare", "apache-vhost-combined", "common"}},
    {"haproxy", {"haproxy-http", "haproxy-https", "haproxy-tcp"}, true},
    {"Keepalived", {"keepalived"}, true},
    {"Keepalived_healthcheckers", {"keepalived"}, true},
    {"Keepalived_vrrp", {"keepalived"}, true},
    {"kernel", {"kernel-ring"}, true},
    {"keepalived", {"keepalived"}, true},
    {"mariadbd", {"mysql-error"}},
    {"mongod", {"mongodb-json", "mongodb-text"}},
    {"mongos", {"mongodb-json", "mongodb-text"}},
    {"mysqld", {"mysql-error"}},
    {"nginx", {"nginx-error", "nginx-combined"}},
    {"patroni", {"patroni"}},
    {"pgbouncer", {"pgbouncer"}},
    {"php-fpm", {"php-fpm"}},
    {"postgres", {"postgresql"}},
    {"postgresql", {"postgresql"}},
    {"redis", {"redis"}, true},
    {"redis-sentinel", {"redis"}, true},
    {"redis-server", {"redis"}, true},
    {"twemproxy", {"twemproxy"}},
};

} // namespace

std::string_view knownProgram(std::string_view process) {
    process = process.substr(0, process.find('/')); // "httpd/shop": an instance of it
    // "web-haproxy-1" may be anything; "haproxy-1", "haproxy_2" is what compose calls its replicas.
    const std::size_t letters = process.find_last_not_of("0123456789");
    const bool numbered = letters != std::string_view::npos && letters > 0 &&
                          letters + 1 < process.size() &&
                          (process[letters] == '-' || process[letters] == '_');
    if (numbered) process = process.substr(0, letters);
    const auto it = std::ranges::find(kPrograms, process, &WellKnown::name);
    return it == std::end(kPrograms) ? std::string_view{} : it->name;
}

bool writesLineByLine(std::string_view known) {
    const auto it = std::ranges::find(kPrograms, known, &WellKnown::name);
    return it != std::end(kPrograms) && it->lineByLine;
}

FormatsByProcess formatsOfPrograms(const KnownFormats& all) {
    FormatsByProcess found;
    for (const WellKnown& program : kPrograms)
        for (const std::string_view name : program.formats)
            if (const auto it = std::ranges::find(all, name, &KnownFormat::name); it != all.end())
                found[std::string(program.name)].push_back(*it);
    return found;
}

} // namespace postlude
