// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/series/probe.h"

#include <xxhash.h>

#include <algorithm>

namespace postlude {

namespace {

constexpr std::size_t kAgentMost = 256, kPathMost = 64;

constexpr std::string_view kAgents[] = {"blackbox exporter",
                                        "blackbox-exporter",
                                        "prometheus/",
                                        "kube-probe/",
                                        "elb-healthchecker",
                                        "googlehc/",
                                        "googlestackdrivermonitoring",
                                        "haproxy",
                                        "consul health check",
                                        "uptimerobot",
                                        "pingdom",
                                        "statuscake",
                                        "site24x7",
                                        "nagios",
                                        "check_http",
                                        "zabbix",
                                        "datadog",
                                        "newrelicpinger",
                                        "updown.io",
                                        "better uptime",
                                        "betterstack",
                                        "amazon-route53-health-check",
                                        "azure traffic manager",
                                        "edge health probe",
                                        "cloudflare-healthchecks",
                                        "cloudflare-traffic-manager",
                                        "envoy/hc",
                                        "traefik/health",
                                        "varnish/health",
                                        "victoriametrics",
                                        "vm_promscrape",
                                        "telegraf",
                                        "uptime-kuma",
                                        "freshping",
                                        "hetrixtools",
                                        "grafana-agent",
                                        "k6-synthetic"};

constexpr std::string_view kPaths[] = {
    "health",  "healthz",       "healthcheck", "health-check",  "health_check", "_health",
    "ready",   "readyz",        "readiness",   "live",          "livez",        "liveness",
    "metrics", "ping",          "status",      "server-status", "nginx_status", "stub_status",
    "haproxy", "haproxy-check", "up",          "alive",         "heartbeat",    "__health",
    "healthy", "actuator",      "lb-check",    "_status"};

/// ASCII letters made small, in memory of its own.
template <std::size_t most>
class Lowered {
public:
    explicit Lowered(std::string_view text)
        : size_(std::min(text.size(), most)) {
        for (std::size_t i = 0; i < size_; ++i)
            bytes_[i] =
                text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    }
    [[nodiscard]] std::string_view text() const { return {bytes_.data(), size_}; }

private:
    std::array<char, most> bytes_;
    std::size_t size_;
};

/// As isProberAgent(); the same agents come again and again.
bool isKnownProber(std::string_view agent) {
    struct Known {
        std::uint64_t hash = 0;
        bool prober = false;
    };
    thread_local std::array<Known, 4096> lately;
    const std::uint64_t hash = XXH3_64bits(agent.data() ? agent.data() : "", agent.size());
    Known& known = lately[hash % lately.size()];
    if (known.hash != hash) known = {hash, isProberAgent(agent)};
    return known.prober;
}

/// One a code of the column; 0 is absent.
std::vector<std::uint8_t> judged(const TextColumn& column, bool (*judge)(std::string_view)) {
    std::vector<std::uint8_t> passes{0};
    for (const std::string_view text : column.dictionary)
        passes.push_back(judge(text) ? 1 : 0);
    return passes;
}

void add(const TextColumn& column, bool (*judge)(std::string_view), std::vector<std::uint8_t>& to) {
    const auto passes = judged(column, judge);
    if (std::ranges::find(passes, 1) == passes.end()) return;
    for (std::size_t row = 0; row < column.codes.size(); ++row)
        to[row] |= passes[column.codes[row]];
}

} // namespace

bool isProberAgent(std::string_view userAgent) {
    const Lowered<kAgentMost> low(userAgent);
    return std::ranges::any_of(kAgents, [&](std::string_view agent) {
        return low.text().find(agent) != std::string_view::npos;
    });
}

bool isHealthPath(std::string_view path) {
    path = path.substr(0, path.find_first_of("?#;"));
    if (!path.starts_with('/') || path.size() > kPathMost) return false;
    const Lowered<kPathMost> low(path.substr(1));
    const std::string_view last = low.text().substr(low.text().rfind('/') + 1);
    return std::ranges::find(kPaths, last) != std::end(kPaths);
}

std::vector<std::uint8_t> mayBeProbes(const Segment& segment) {
    std::vector<std::uint8_t> rows(segment.rows, 0);
    add(segment.texts[static_cast<std::size_t>(TextField::UserAgent)], isKnownProber, rows);
    add(segment.texts[static_cast<std::size_t>(TextField::Path)], isHealthPath, rows);
    return rows;
}

} // namespace postlude
