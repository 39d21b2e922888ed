// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/serverindex.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"

#include <QCoreApplication>
#include <algorithm>

namespace postlude {

ServerIndex::ServerIndex(std::vector<ServerKey> servers, std::vector<SourceInfo> sources,
                         const Analysis* analysis)
    : servers_(std::move(servers))
    , hosts_(servers_.size())
    , sources_(std::move(sources)) {
    if (!analysis) return;
    for (const ServerReport& report : analysis->servers)
        if (const auto at = find(report.key)) hosts_[*at] = report.host;
}

const SourceInfo* ServerIndex::source(SourceId id) const {
    const auto it = std::ranges::find(sources_, id, &SourceInfo::id);
    return it == sources_.end() ? nullptr : &*it;
}

std::optional<std::size_t> ServerIndex::find(const ServerKey& key) const {
    auto it = std::ranges::find(servers_, key);
    if (it == servers_.end() && !key.server.empty())
        it = std::ranges::find(servers_, key.server, &ServerKey::server);
    if (it == servers_.end()) return {};
    return static_cast<std::size_t>(it - servers_.begin());
}

std::optional<std::size_t> ServerIndex::findSource(const SourceInfo& source) const {
    if (source.role != SourceRole::Server || source.host.empty()) return {};
    for (std::size_t i = 0; i < servers_.size(); ++i)
        if (hosts_[i] == source.host || servers_[i].server == source.host) return i;
    return {};
}

QColor ServerIndex::colourOf(const ServerKey& key) const {
    const auto at = find(key);
    return at ? Theme::current().server(*at) : Theme::current().neutral;
}

QColor ServerIndex::colourOf(const SourceInfo& from) const {
    const auto at = findSource(from);
    return at ? Theme::current().server(*at) : Theme::current().neutral;
}

QColor ServerIndex::colourOf(const RecordRow& row) const {
    const ServerKey key{std::string(row[TextField::Backend]), std::string(row[TextField::Server])};
    if (!key.server.empty())
        if (const auto at = find(key)) return Theme::current().server(*at);
    const SourceInfo* from = source(row.source);
    return from ? colourOf(*from) : Theme::current().neutral;
}

QString ServerIndex::nameOf(const ServerKey& key) const {
    const auto at = key.server.empty() ? std::nullopt : find(key);
    if (!at || hosts_[*at].empty()) return seriesName(key);
    const auto sameHost = [&](std::size_t i) {
        return hosts_[i] == hosts_[*at] && servers_[i].server != servers_[*at].server;
    };
    for (std::size_t i = 0; i < servers_.size(); ++i)
        if (sameHost(i)) return seriesName(key);
    return shown(hosts_[*at]);
}

QString ServerIndex::addressOf(const ServerKey& key) const {
    const QString written = shown(key.server);
    return nameOf(key) == written || key.server.empty() ? QString{} : written;
}

QString ServerIndex::serverOf(const SourceInfo& from) const {
    if (const auto at = findSource(from)) return nameOf(servers_[*at]);
    const bool serves = from.role == SourceRole::Server || from.role == SourceRole::Database;
    return serves ? shown(from.host) : QString{};
}

QString shortName(const SourceInfo& source) {
    const std::string_view path = source.path;
    if (source.role == SourceRole::Server && !source.host.empty()) return shown(source.host);
    const std::string_view file = path.substr(path.rfind('/') + 1);
    const std::string_view name = file.substr(0, file.find('.', 1));
    const bool common = name == "access" || name == "error"; // as every web server calls them
    return common && !source.host.empty() ? shown(source.host + ' ' + std::string(name))
                                          : shown(name);
}

QString seriesName(const ServerKey& key) {
    if (key.server.empty()) return QCoreApplication::translate("postlude::TimeChart", "no server");
    return shown(key.server);
}

} // namespace postlude
