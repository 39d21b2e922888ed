// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/events.h"

#include "core/analysis/detail/eachrecord.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>

namespace postlude::detail {

namespace {

constexpr std::size_t kMostRead = 300'000;
constexpr std::size_t kMostEvents = 20'000; ///< of each kind; more is noise, not a story

using Words = std::initializer_list<std::string_view>;

bool anyOf(std::string_view text, Words words) {
    return std::ranges::any_of(words, [&](std::string_view w) { return hasWord(text, w); });
}

bool wordChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// What an event is one of: who, and its words without numbers.
std::string sortOf(const Event& e) {
    std::string out =
        e.host + '\n' + e.backend + '\n' + e.server + '\n' + e.state + '\n' + e.subject;
    out += '\n';
    for (const char c : std::string_view(e.message).substr(0, 120))
        if (c < '0' || c > '9') out += c;
    return out;
}

class EventReader {
public:
    EventReader(const Query& query, const std::vector<SourceInfo>& sources, const Clocks& clocks)
        : query_(query)
        , clocks_(clocks) {
        for (const SourceInfo& s : sources)
            infos_[s.id] = &s;
    }

    Result<std::vector<Event>> read(const RecordsRequest& request, bool raw, std::stop_token stop) {
        const auto list = query_.select(request, stop);
        if (!list) return std::unexpected(list.error());
        std::vector<Event> out;
        const auto take = [&](const RecordRow& row) {
            if (auto e = eventOf(row, raw)) out.push_back(std::move(*e));
        };
        const std::size_t oneIn = oneInOf(list->size(), raw ? kMostEvents : kMostRead);
        if (auto r = eachRecord(query_, list->ids(oneIn), stop, take); !r)
            return std::unexpected(r.error());
        std::ranges::stable_sort(out, {}, &Event::time);
        return thinned(std::move(out), kMostEvents);
    }

    Result<std::vector<Event>> ofKind(RecordKind kind, bool raw, std::stop_token stop) {
        RecordsRequest request;
        request.kinds = 1U << unsigned(kind);
        request.clock = ClockView::Raw;
        return read(request, raw, stop);
    }

private:
    std::optional<Event> eventOf(const RecordRow& row, bool raw) {
        if (!row.timeRaw) return {};
        Event e;
        const auto info = infos_.find(row.source);
        if (info != infos_.end()) {
            e.evidence.source = info->second->path;
            const SourceRole role = info->second->role;
            const bool ofHost = role == SourceRole::Balancer || role == SourceRole::Server ||
                                role == SourceRole::Database || role == SourceRole::Other;
            if (ofHost) e.host = info->second->host;
        }
        e.evidence.firstLine = row.line;
        e.evidence.lastLine = row.line + std::max(1U, row.lines) - 1;
        e.time = *row.timeRaw;
        if (const Duration off = clocks_.offsetOf(e.host, e.time); off != Duration{})
            e.time =
                std::chrono::round<std::chrono::milliseconds>(e.time - off); // is known to that
        if (e.host.empty()) e.host = row[TextField::Host];
        e.kind = row.kind;
        e.user = row[TextField::User];
        e.process = row[TextField::Process];
        e.subject = row[TextField::Subject];
        e.state = row[TextField::State];
        e.message = row[TextField::Message];
        e.backend = row[TextField::Backend];
        e.server = row[TextField::Server];
        if (row[NumberField::End] != kAbsent) e.end = instant(row[NumberField::End]);
        if (raw)
            if (auto text = query_.rawText(row.id)) e.raw = std::move(*text);
        return e;
    }

    const Query& query_;
    const Clocks& clocks_;
    std::map<SourceId, const SourceInfo*> infos_;
};

/// Messages that hold one of these are looked for by the query itself.
Result<std::vector<Event>> messagesWith(EventReader& reader, const char* filter,
                                        std::stop_token stop) {
    RecordsRequest request;
    request.kinds = 1U << unsigned(RecordKind::Message) | 1U << unsigned(RecordKind::ServerState);
    request.clock = ClockView::Raw;
    auto parsed = Filter::parse(filter);
    if (!parsed) return std::unexpected(parsed.error());
    request.filter = std::move(*parsed);
    return reader.read(request, false, stop);
}

constexpr const char* kCrash =
    "message ~ \"(?i)out of memory|oom-kill|memoryerror|outofmemoryerror|status=137|code=killed|"
    "segfault|core dumped|main process exited|exited on signal\"";
constexpr const char* kNoServer = "message ~ \"(?i)no server available|no live upstreams|"
                                  "no upstreams available|all workers are in error state\"";

} // namespace

std::vector<Event> thinned(std::vector<Event> events, std::size_t most) {
    if (events.size() <= most) return events;
    std::map<std::string, std::vector<std::size_t>> sorts;
    for (std::size_t i = 0; i < events.size(); ++i)
        sorts[sortOf(events[i])].push_back(i);
    // As many of each sort as there is room for, when those that need less leave theirs to others.
    std::vector<std::size_t> sizes;
    sizes.reserve(sorts.size());
    for (const auto& [sort, its] : sorts)
        sizes.push_back(its.size());
    std::ranges::sort(sizes);
    std::size_t room = most, quota = 1;
    for (std::size_t k = 0; k < sizes.size(); ++k) {
        quota = std::max<std::size_t>(1, room / (sizes.size() - k));
        room -= std::min(room, std::min(sizes[k], quota));
    }
    std::vector<std::size_t> kept;
    for (const auto& [sort, its] : sorts)
        for (std::size_t k = 0; k < std::min(quota, its.size()); ++k)
            kept.push_back(its[k * its.size() / std::min(quota, its.size())]);
    std::ranges::sort(kept);
    std::vector<Event> out;
    out.reserve(kept.size());
    for (const std::size_t i : kept)
        out.push_back(std::move(events[i]));
    return out;
}

std::string Event::told() const {
    const std::string& text = message.empty() ? raw : message;
    const std::string first = text.substr(0, std::min<std::size_t>(text.find('\n'), 240));
    const bool named = process.empty() || first.find(process) != std::string::npos;
    return named ? first : process + ": " + first;
}

std::string Event::words() const {
    return lowerCase(process + " " + subject + " " + message + " " + user + " " + raw);
}

Result<Events> gatherEvents(const Query& query, const std::vector<SourceInfo>& sources,
                            const Clocks& clocks, std::stop_token stop) {
    EventReader reader(query, sources, clocks);
    Events out;
    struct Kind {
        std::vector<Event>* into;
        RecordKind kind;
        bool raw;
    };
    const std::array<Kind, 4> kinds{{{&out.changes, RecordKind::Change, true},
                                     {&out.alerts, RecordKind::Alert, false},
                                     {&out.states, RecordKind::ServerState, false},
                                     {&out.chat, RecordKind::Chat, false}}};
    for (const Kind& k : kinds) {
        auto found = reader.ofKind(k.kind, k.raw, stop);
        if (!found) return std::unexpected(found.error());
        *k.into = std::move(*found);
    }
    auto crashes = messagesWith(reader, kCrash, stop);
    if (!crashes) return std::unexpected(crashes.error());
    out.crashes = std::move(*crashes);
    auto noServer = messagesWith(reader, kNoServer, stop);
    if (!noServer) return std::unexpected(noServer.error());
    out.noServer = std::move(*noServer);
    return out;
}

Topics::Topics(const std::vector<SourceInfo>& sources) {
    for (const SourceInfo& s : sources) {
        if (s.host.size() < 2) continue;
        if (s.role == SourceRole::Balancer) balancerHosts_.push_back(lowerCase(s.host));
        if (s.role == SourceRole::Database) databaseHosts_.push_back(lowerCase(s.host));
    }
}

Topic Topics::of(const Event& change) const {
    const std::string text = change.words();
    const auto names = [&](const std::vector<std::string>& hosts) {
        return std::ranges::any_of(hosts, [&](const auto& h) { return hasWord(text, h); });
    };
    const bool commit =
        hasWord(lowerCase(change.subject), "commit") || change.raw.starts_with("commit ");
    if (anyOf(text, {"haproxy", "haproxy.cfg", "nginx", "nginx.conf", "caddy", "caddyfile", "envoy",
                     "traefik", "balancer", "apache2.conf", "httpd.conf", "load-balancer"}) ||
        names(balancerHosts_))
        return commit ? Topic::Commit : Topic::Balancer;
    if (anyOf(text, {"migration", "schema", "index", "postgres", "postgresql", "mysql", "mariadb",
                     "database", "vacuum", "db"}) ||
        names(databaseHosts_))
        return Topic::Database;
    if (anyOf(text, {"firewall", "dns", "certificate", "cert", "cdn", "vpn", "router", "routing",
                     "switch", "network", "fw"}))
        return Topic::Network;
    if (commit) return Topic::Commit; // written, which does not yet mean rolled out
    if (anyOf(text, {"deploy", "deployed", "release", "rollout", "rolled", "canary", "flag",
                     "flags", "version", "build", "upgrade"}))
        return Topic::Deploy;
    if (anyOf(text, {"restart", "restarted", "reboot", "rebooted"})) return Topic::Restart;
    return Topic::Other;
}

bool isUndo(const Event& change) {
    return anyOf(change.words(),
                 {"revert", "reverted", "reverting", "rollback", "rolled back", "roll back",
                  "rolling back", "backed out", "back out", "backing out", "restore", "restored",
                  "restoring", "undone", "undo", "last known good"});
}

bool hasWord(std::string_view text, std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos && !word.empty();
         at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool left = at == 0 || !wordChar(text[at - 1]);
        const bool right = end >= text.size() || !wordChar(text[end]);
        if (left && right) return true;
    }
    return false;
}

bool mentionsHost(std::string_view text, std::string_view host) {
    if (host.empty()) return false;
    if (hasWord(text, host)) return true;
    // "web-01..web-04" or "auth-1..4": the number lies between both ends of one name.
    std::size_t digits = host.size();
    while (digits > 0 && host[digits - 1] >= '0' && host[digits - 1] <= '9')
        --digits;
    if (digits == host.size() || host.size() - digits > 6) return false;
    const std::string_view stem = host.substr(0, digits);
    const int number = std::stoi(std::string(host.substr(digits)));
    for (auto dots = text.find(".."); dots != std::string_view::npos;
         dots = text.find("..", dots + 2)) {
        const auto begin = text.substr(0, dots).find_last_of(" ,=:\t\n") + 1;
        std::string_view first = text.substr(begin, dots - begin);
        std::string_view last = text.substr(dots + 2);
        if (!first.starts_with(stem)) continue;
        first.remove_prefix(stem.size());
        if (last.starts_with(stem)) last.remove_prefix(stem.size());
        const int a = std::atoi(std::string(first.substr(0, 6)).c_str());
        const int b = std::atoi(std::string(last.substr(0, 6)).c_str());
        if (number >= a && number <= b) return true;
    }
    return false;
}

} // namespace postlude::detail
