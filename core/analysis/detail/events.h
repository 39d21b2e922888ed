// SPDX-License-Identifier: GPL-3.0-or-later
// What happened besides requests: changes, alerts, server states, chat, and lines of trouble.
#pragma once

#include "core/analysis/detail/clocks.h"
#include "core/base/lowercase.h"

namespace postlude::detail {

struct Event {
    Instant time{}; ///< by the balancer's clock, as far as the host's offset is known
    RecordKind kind = RecordKind::Message;
    std::string host, user, process, subject, state, message, backend, server;
    std::string raw; ///< the whole text, of changes only
    std::optional<Instant> end;
    Evidence evidence;
    /// Everything said, in lower case, for rules that look for words.
    [[nodiscard]] std::string words() const;
    /// The first line of what is said, with the system it is about; as logged.
    [[nodiscard]] std::string told() const;
};

struct Events {
    std::vector<Event> changes, alerts, states, chat; ///< each by time
    std::vector<Event> crashes;                       ///< out of memory, killed, exit 137, segfault
    std::vector<Event> noServer;                      ///< "backend x has no server available"
};

Result<Events> gatherEvents(const Query& query, const std::vector<SourceInfo>& sources,
                            const Clocks& clocks, std::stop_token stop);

/// At most so many, in their order: of each sort (who, and the words without numbers) some, so that
/// what comes once is not lost among what comes all the time.
std::vector<Event> thinned(std::vector<Event> events, std::size_t most);

/// What a change is about, by stated rules on its words.
enum class Topic : std::uint8_t { Balancer, Database, Network, Deploy, Restart, Commit, Other };
/// Hosts are the balancers' and databases' own names, found in the sources.
class Topics {
public:
    explicit Topics(const std::vector<SourceInfo>& sources);
    [[nodiscard]] Topic of(const Event& change) const;

private:
    std::vector<std::string> balancerHosts_, databaseHosts_;
};

/// "revert", "rollback", "backed out", "restored" …
bool isUndo(const Event& change);
/// True if `word` occurs in `text`, both lower case, not inside a longer word.
bool hasWord(std::string_view text, std::string_view word);
/// Names in a text: knows lists ("web-01,web-03") and ranges ("web-01..web-04", "auth-1..4").
bool mentionsHost(std::string_view text, std::string_view host);

} // namespace postlude::detail
