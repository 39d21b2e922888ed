// SPDX-License-Identifier: GPL-3.0-or-later
// Which server has which colour, and which source or line belongs to it.
#pragma once

#include "core/analysis/analysis.h"

#include <QColor>
#include <QString>

namespace postlude {

/// A value, made anew when servers or the analysis change.
class ServerIndex {
public:
    ServerIndex() = default;
    /// `analysis` may be null: then hosts are matched to servers by name alone.
    ServerIndex(std::vector<ServerKey> servers, std::vector<SourceInfo> sources,
                const Analysis* analysis);

    [[nodiscard]] const std::vector<ServerKey>& servers() const { return servers_; }
    [[nodiscard]] const std::vector<SourceInfo>& sources() const { return sources_; }
    [[nodiscard]] const SourceInfo* source(SourceId id) const;
    /// Neutral for what is no known server.
    [[nodiscard]] QColor colourOf(const ServerKey& key) const;
    [[nodiscard]] QColor colourOf(const SourceInfo& source) const;
    /// Of one line: its server's, else its source's.
    [[nodiscard]] QColor colourOf(const RecordRow& row) const;
    /// What a server is called, as the analysis calls it: by its host where that is known and is
    /// nobody else's, else as the balancer's log does.
    [[nodiscard]] QString nameOf(const ServerKey& key) const;
    /// What the log has for it where nameOf() says something else; else empty.
    [[nodiscard]] QString addressOf(const ServerKey& key) const;
    /// The server a source belongs to; empty for a balancer's or anything else.
    [[nodiscard]] QString serverOf(const SourceInfo& source) const;

private:
    [[nodiscard]] std::optional<std::size_t> find(const ServerKey& key) const;
    [[nodiscard]] std::optional<std::size_t> findSource(const SourceInfo& source) const;
    std::vector<ServerKey> servers_;
    std::vector<std::string> hosts_; ///< beside servers_
    std::vector<SourceInfo> sources_;
};

/// "haproxy", "web-02", "postgresql": a source in one word, for a narrow column.
QString shortName(const SourceInfo& source);
/// What a series of requests is called; those that reached no server too.
QString seriesName(const ServerKey& key);

} // namespace postlude
