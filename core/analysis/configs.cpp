// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/configs.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace postlude::detail {

namespace {

/// "http://a:80" → "a:80".
std::string bareAddress(std::string_view text) {
    if (const auto scheme = text.find("://"); scheme != std::string_view::npos)
        text.remove_prefix(scheme + 3);
    return std::string(text.substr(0, text.find('/')));
}

std::optional<Snapshot> read(const Query& query, const SourceInfo& source,
                             std::vector<std::string>& notes) {
    const auto text = query.document(source.id);
    if (!text) {
        notes.push_back(
            fmt::format("{} could not be read: {}", visible(source.path), text.error().what));
        return {};
    }
    auto dialect = configDialectOf(*text);
    if (!dialect) dialect = configDialectNamed(source.what);
    if (!dialect) dialect = configDialectNamed(source.path);
    if (!dialect) return {};
    auto config = parseConfig(*dialect, *text, source.path);
    if (!config) {
        notes.push_back(fmt::format("{}, line {}: {}", visible(source.path),
                                    config.error().place.line, config.error().what));
        return {};
    }
    return Snapshot{source.path, std::move(*config), statedTime(*text)};
}

/// When the files were changed, as far as it can be believed: copies carry the time of copying,
/// which is the same for all or after the last line of the logs.
std::vector<std::optional<Instant>> fileTimes(const std::vector<SourceInfo>& sources,
                                              const std::vector<SourceInfo>& configs) {
    std::optional<Instant> end;
    for (const SourceInfo& s : sources)
        if (s.role != SourceRole::Config && s.last) end = std::max(end, s.last);
    std::vector<std::optional<Instant>> out;
    for (const SourceInfo& s : configs) {
        const bool shared = std::ranges::any_of(configs, [&](const SourceInfo& other) {
            return &other != &s && other.first && s.first &&
                   std::chrono::abs(*other.first - *s.first) <= std::chrono::seconds(2);
        });
        const bool believed = s.first && end && *s.first <= *end && !shared;
        out.push_back(believed ? s.first : std::nullopt);
    }
    return out;
}

void addSteps(ConfigHistory& history) {
    for (const auto& series : history.series) {
        for (std::size_t i = 1; i < series.size(); ++i) {
            if (series[i - 1].config.dialect != series[i].config.dialect) continue;
            ConfigStep step{&series[i - 1], &series[i], {}};
            step.differences = differences(series[i - 1].config, series[i].config);
            if (!step.differences.empty()) history.steps.push_back(std::move(step));
        }
    }
}

} // namespace

ConfigHistory gatherConfigs(const Query& query, const std::vector<SourceInfo>& sources) {
    ConfigHistory out;
    std::vector<Snapshot> snapshots;
    std::vector<std::string> paths;
    std::vector<SourceInfo> infos;
    for (const SourceInfo& s : sources) {
        if (s.role != SourceRole::Config) continue;
        auto snapshot = read(query, s, out.notes);
        if (!snapshot || snapshot->config.backends.empty()) continue;
        paths.push_back(s.path);
        infos.push_back(s);
        snapshots.push_back(std::move(*snapshot));
    }
    auto changed = fileTimes(sources, infos);
    for (std::size_t i = 0; i < snapshots.size(); ++i)
        if (snapshots[i].written) changed[i] = snapshots[i].written;
    for (const SnapshotSeries& series : snapshotSeries(paths, changed)) {
        std::vector<Snapshot> ordered;
        for (std::size_t k = 0; k < series.order.size(); ++k) {
            ordered.push_back(std::move(snapshots[series.order[k]]));
            ordered.back().written = series.written[k];
        }
        if (!series.orderKnown)
            out.notes.push_back(fmt::format("{}: the order of its snapshots is not certain, {}",
                                            visible(series.stem), series.why));
        out.series.push_back(std::move(ordered));
    }
    addSteps(out);
    return out;
}

ServerInConfig findServer(const BalancerConfig& config, const ServerKey& key) {
    const std::string address = bareAddress(key.server);
    ServerInConfig byAddress;
    for (const ConfigBackend& b : config.backends) {
        if (!key.backend.empty() && b.name != key.backend &&
            config.dialect == ConfigDialect::HAProxy)
            continue;
        for (const ConfigServer& s : b.servers) {
            if (s.name == key.server) return {&b, &s};
            if (s.address == address && !byAddress.server) byAddress = {&b, &s};
        }
    }
    return byAddress;
}

ServerIndex::ServerIndex(const std::vector<const BalancerConfig*>& configs) {
    for (const BalancerConfig* config : configs) {
        OfConfig& of = configs_.emplace_back();
        of.byBackend = config->dialect == ConfigDialect::HAProxy;
        for (const ConfigBackend& b : config->backends)
            for (const ConfigServer& s : b.servers)
                for (const std::string_view backend :
                     {std::string_view(b.name), std::string_view()}) {
                    of.names.try_emplace({backend, s.name}, ServerInConfig{&b, &s});
                    of.addresses.try_emplace({backend, s.address}, ServerInConfig{&b, &s});
                }
    }
}

ServerInConfig ServerIndex::find(const ServerKey& key) const {
    const std::string address = bareAddress(key.server);
    for (const OfConfig& of : configs_) {
        const std::string_view backend =
            of.byBackend ? std::string_view(key.backend) : std::string_view();
        if (const auto it = of.names.find({backend, key.server}); it != of.names.end())
            return it->second;
        if (const auto it = of.addresses.find({backend, address}); it != of.addresses.end())
            return it->second;
    }
    return {};
}

} // namespace postlude::detail
