// SPDX-License-Identifier: GPL-3.0-or-later
// The balancer's configuration, now and before.
#include "tests/support/simulator/writing.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace postlude::sim {

namespace {

const char* balanceOf(Algorithm a) {
    switch (a) {
    case Algorithm::RoundRobin:
        return "roundrobin";
    case Algorithm::LeastConn:
        return "leastconn";
    case Algorithm::Source:
        return "source";
    case Algorithm::Uri:
        return "uri";
    case Algorithm::RandomTwo:
        return "random(2)";
    case Algorithm::First:
        return "first";
    }
    return "";
}

const char* nginxOf(Algorithm a) {
    switch (a) {
    case Algorithm::LeastConn:
        return "        least_conn;\n";
    case Algorithm::Source:
        return "        ip_hash;\n";
    case Algorithm::Uri:
        return "        hash $request_uri consistent;\n";
    case Algorithm::RandomTwo:
        return "        random two least_conn;\n";
    default:
        return "";
    }
}

std::string haproxyText(const Site& site, const Setting& now) {
    const Balancer& b = site.s.balancer;
    std::string out =
        "global\n    log 127.0.0.1:514 local0 info\n    maxconn 20000\n    stats socket "
        "/run/haproxy/admin.sock mode 660 level admin\n\ndefaults\n    mode http\n    log global\n";
    out += b.kind == BalancerKind::HAProxyWithIds
               ? "    log-format \"%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %tsc "
                 "%ac/%fc/%bc/%sc/%rc %sq/%bq "
                 "%{+Q}r rid=%ID\"\n    unique-id-format %[uuid()]\n    unique-id-header "
                 "X-Request-ID\n"
               : "    option httplog\n";
    out +=
        fmt::format("    option dontlognull\n    option forwardfor\n    retries {}\n", b.retries);
    if (b.redispatch) out += "    option redispatch\n";
    out += fmt::format("    timeout connect {:.0f}s\n    timeout client 30s\n    timeout server "
                       "{:.0f}s\n    timeout "
                       "queue {:.0f}s\n\n",
                       b.connectTimeout, b.serverTimeout, b.queueTimeout);
    out += fmt::format("frontend www\n    bind {}:80\n    default_backend {}\n\nbackend {}\n",
                       site.balancerAddress(), site.pool(), site.pool());
    out += fmt::format("    balance {}\n    option httpchk GET {}\n    default-server check inter "
                       "{:.0f}s fall {} rise {}{}\n",
                       balanceOf(now.algorithm), now.checkRight ? "/healthz" : "/health/ready",
                       b.checkEvery, b.fall, b.rise,
                       b.serverMaxconn > 0 ? fmt::format(" maxconn {}", b.serverMaxconn) : "");
    for (std::size_t i = 0; i < site.s.servers.size(); ++i)
        out += fmt::format(
            "    server {} {} weight {}{}\n", site.s.servers[i].name, site.s.servers[i].address,
            now.byHand ? site.s.servers[i].weight : now.weights[i],
            site.tls() ? " ssl verify required ca-file /etc/ssl/internal-ca.pem" : "");
    return out;
}

std::string nginxText(const Site& site, const Setting& now) {
    const Balancer& b = site.s.balancer;
    std::string out =
        "user www-data;\nworker_processes auto;\nerror_log /var/log/nginx/error.log warn;\n"
        "events { worker_connections 8192; }\nhttp {\n";
    out += fmt::format(
        "    log_format lb '$remote_addr - $remote_user [$time_local] \"$request\" $status "
        "$body_bytes_sent '\n"
        "                  '\"$http_user_agent\" {}rid=$request_id upstream=\"$upstream_addr\" '\n"
        "                  'us=\"$upstream_status\" uct=\"$upstream_connect_time\" "
        "urt=\"$upstream_response_time\" rt=$request_time';\n",
        site.s.syslogIso ? "ms=$msec " : "");
    out += "    access_log /var/log/nginx/access.log lb;\n\n";
    out += fmt::format("    upstream {} {{\n        zone {} 64k;\n{}", site.pool(), site.pool(),
                       nginxOf(now.algorithm));
    for (std::size_t i = 0; i < site.s.servers.size(); ++i)
        out += fmt::format("        server {} weight={};\n", site.s.servers[i].address,
                           now.weights[i]);
    out += fmt::format(
        "    }}\n\n    server {{\n        listen {}:80;\n        server_name www.{}.example;\n"
        "        location / {{\n            proxy_pass {}://{};\n"
        "            proxy_set_header X-Request-ID $request_id;\n"
        "            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n"
        "            proxy_connect_timeout {:.0f}s;\n            proxy_read_timeout {:.0f}s;\n"
        "            proxy_next_upstream error timeout;\n            proxy_next_upstream_tries 3;\n"
        "        }}\n    }}\n}}\n",
        site.balancerAddress(), site.s.service, site.tls() ? "https" : "http", site.pool(),
        b.connectTimeout, b.serverTimeout);
    return out;
}

std::string apacheText(const Site& site, const Setting& now) {
    const Balancer& b = site.s.balancer;
    std::string out =
        "ServerRoot /etc/apache2\nPidFile /run/apache2.pid\nErrorLog /var/log/apache2/error.log\n"
        "LogFormat \"%a:%{remote}p [%{begin:%Y-%m-%dT%H:%M:%S}t.%{begin:msec_frac}t] \\\"%m %U%q "
        "%H\\\" %>s %B %D %{BALANCER_WORKER_NAME}e %{UNIQUE_ID}e \\\"%{User-Agent}i\\\"\" lb\n\n";
    out += fmt::format("<Proxy \"balancer://{}\">\n", site.pool());
    for (std::size_t i = 0; i < site.s.servers.size(); ++i)
        out += fmt::format("    BalancerMember \"{}://{}\" loadfactor={} retry=10 timeout={:.0f} "
                           "connectiontimeout={:.0f}\n",
                           site.tls() ? "https" : "http", site.s.servers[i].address, now.weights[i],
                           b.serverTimeout, b.connectTimeout);
    out += fmt::format("    ProxySet lbmethod={}\n</Proxy>\n\n",
                       now.algorithm == Algorithm::LeastConn ? "bybusyness" : "byrequests");
    out += fmt::format("<VirtualHost {}:80>\n    ServerName www.{}.example\n    CustomLog "
                       "/var/log/apache2/access.log lb\n{}    ProxyPass \"/\" "
                       "\"balancer://{}/\"\n</VirtualHost>\n",
                       site.balancerAddress(), site.s.service,
                       site.tls() ? "    SSLProxyEngine on\n    SSLProxyVerify require\n" : "",
                       site.pool());
    return out;
}

std::string caddyPolicy(const Site& site, const Setting& now) {
    switch (now.algorithm) {
    case Algorithm::LeastConn:
        return "least_conn";
    case Algorithm::Source:
        return "ip_hash";
    case Algorithm::Uri:
        return "uri_hash";
    case Algorithm::RandomTwo:
        return "random_choose 2";
    case Algorithm::First:
        return "first";
    case Algorithm::RoundRobin:
        break;
    }
    std::string out = "weighted_round_robin";
    for (std::size_t i = 0; i < site.s.servers.size(); ++i)
        out += " " + std::to_string(now.weights[i]);
    return out;
}

std::string caddyText(const Site& site, const Setting& now) {
    const Balancer& b = site.s.balancer;
    std::string out = fmt::format(
        "{{\n    admin localhost:2019\n    log {{\n        output file /var/log/caddy/caddy.log\n"
        "    }}\n}}\n\nhttp://www.{}.example {{\n    bind {}\n    log {{\n        output file "
        "/var/log/caddy/access.log\n    }}\n    reverse_proxy {{\n        to",
        site.s.service, site.balancerAddress());
    for (const Server& v : site.s.servers)
        out += (site.tls() ? " https://" : " ") + v.address;
    out += fmt::format("\n        lb_policy {}\n        lb_retries 2\n        fail_duration 10s\n"
                       "        header_down X-Upstream {{http.reverse_proxy.upstream.hostport}}\n"
                       "        transport http {{\n            dial_timeout {:.0f}s\n"
                       "            response_header_timeout {:.0f}s\n        }}\n    }}\n}}\n",
                       caddyPolicy(site, now), b.connectTimeout, b.serverTimeout);
    return out;
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        out.push_back(line);
    return out;
}

/// The configurations in files: what is done by hand is in none.
std::vector<const Setting*> inFiles(const Site& site) {
    std::vector<const Setting*> out;
    for (const Setting& s : site.settings) {
        if (s.byHand) continue;
        if (!out.empty() && configText(site, *out.back()) == configText(site, s)) continue;
        if (s.at > site.s.length) continue;
        out.push_back(&s);
    }
    return out;
}

std::string compact(const Site& site, double t) {
    std::string out;
    for (const char c : Stamp(site.balancerTime(t)).plain().substr(0, 16))
        if (c >= '0' && c <= '9') out += c;
    return out.substr(0, 8) + "T" + out.substr(8) + "Z";
}

} // namespace

std::string configText(const Site& site, const Setting& setting) {
    switch (site.s.balancer.kind) {
    case BalancerKind::Nginx:
        return nginxText(site, setting);
    case BalancerKind::Apache:
        return apacheText(site, setting);
    case BalancerKind::Caddy:
        return caddyText(site, setting);
    default:
        return haproxyText(site, setting);
    }
}

ChangedLine changedLine(const Site& site) {
    const auto files = inFiles(site);
    if (files.size() < 2) return {};
    const auto before = linesOf(configText(site, *files[0])),
               after = linesOf(configText(site, *files[1]));
    for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i)
        if (before[i] != after[i])
            return {int(i) + 1, before.size() == after.size() ? before[i] : "", after[i]};
    return {};
}

bool writeConfigs(const Site& site) {
    if (!site.s.configFiles) return true;
    const auto files = inFiles(site);
    const std::string name = site.configName();
    const auto folder = site.folder / "lb";
    const bool dated = site.s.seed % 2 == 0;
    if (files.size() == 1) return saveText(folder / name, configText(site, *files[0]));
    bool ok = saveText(folder / (dated ? name + "." + compact(site, -86400) : name + ".before"),
                       configText(site, *files[0]));
    ok &= saveText(folder / (dated ? name + "." + compact(site, files[1]->at) : name + ".after"),
                   configText(site, *files[1]));
    if (dated) ok &= saveText(folder / name, configText(site, *files.back()));
    return ok;
}

} // namespace postlude::sim
