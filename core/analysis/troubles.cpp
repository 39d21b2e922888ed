// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/detail/troubles.h"

#include "core/analysis/detail/eachrecord.h"

#include <algorithm>
#include <array>
#include <map>

namespace postlude::detail {

namespace {

/// Kept short: the query looks for any of these; troubleIn() then says of what they speak. What
/// machines say is searched by itself: a few lines among many thousand of services that time out.
constexpr const char* kMachines =
    "message ~ \"(?i)no space left|disk quota|i/o error|input/output error|read-only file system|"
    "medium error|blocked for more than|throttled|too many open files|cannot allocate memory|"
    "table full|link is (down|not ready)|lost carrier|carrier lost|is unreachable|no route to "
    "host|name resolution|name or service not known|nxdomain|handshake|certificate|x509\"";
constexpr const char* kServices =
    "message ~ \"(?i)attempt to connect|"
    "(timed? ?out|refused|unavailable|reset by peer|no answer).*[a-z0-9-]+[.][a-z0-9-]+|"
    "[a-z0-9-]+[.][a-z0-9-]+.*(timed? ?out|refused|unavailable|reset by peer|no answer)\"";

using Words = std::initializer_list<std::string_view>;

bool contains(std::string_view text, Words words) {
    return std::ranges::any_of(
        words, [&](std::string_view w) { return text.find(w) != std::string_view::npos; });
}

bool isNameChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

/// "api.paylane.example:443", "10.0.0.7:5432"; not "4.12.0", "app.log" or "0.5".
bool isHostName(std::string_view word) {
    if (word.size() < 5 || word.size() > 120) return false;
    const auto colon = word.find(':');
    const std::string_view name = word.substr(0, colon);
    const auto dots = std::ranges::count(name, '.');
    if (dots == 0 || name.front() == '.' || name.back() == '.') return false;
    if (colon != std::string_view::npos) {
        const std::string_view port = word.substr(colon + 1);
        const bool digits = !port.empty() && port.find_first_not_of("0123456789") == port.npos;
        return digits && name.find_first_of("abcdefghijklmnopqrstuvwxyz") != name.npos
                   ? true
                   : dots == 3 && digits;
    }
    const std::string_view last = name.substr(name.rfind('.') + 1);
    const bool letters = last.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == last.npos;
    return dots >= 2 && letters && last.size() >= 2;
}

/// A balancer that waited for a server to take its connection: nobody refused it, so that what it
/// sent, or the answer, was lost on the way.
bool connectTimedOut(std::string_view text) {
    return contains(text, {"timed out", "timeout"}) &&
           contains(text, {"attempt to connect", "while connecting to", "dial tcp"});
}

/// What Apache has in brackets: the system's own words.
std::string errorOf(const RecordRow& row) {
    const auto it = std::ranges::find(row.extra, "error", [](const auto& e) { return e.first; });
    return it == row.extra.end() ? std::string() : it->second;
}

class Gatherer {
public:
    Gatherer(const Query& query, const std::vector<SourceInfo>& sources, const Clocks& clocks)
        : query_(query)
        , clocks_(clocks) {
        for (const SourceInfo& s : sources) {
            infos_[s.id] = &s;
            if (!s.host.empty()) own_.push_back(lowerCase(s.host));
        }
        for (const ServerKey& key : query.servers())
            own_.push_back(lowerCase(key.server));
    }

    Result<std::vector<Trouble>> run(std::stop_token stop) {
        if (auto r = search(kMachines, true, stop); !r) return std::unexpected(r.error());
        if (auto r = search(kServices, false, stop); !r) return std::unexpected(r.error());
        return results();
    }

private:
    Result<void> search(const char* words, bool ofMachines, const std::stop_token& stop) {
        constexpr std::size_t kMost = 100'000;
        RecordsRequest request;
        request.kinds =
            1U << unsigned(RecordKind::Message) | 1U << unsigned(RecordKind::ServerState);
        request.clock = ClockView::Raw;
        auto filter = Filter::parse(words);
        if (!filter) return std::unexpected(filter.error());
        request.filter = std::move(*filter);
        const auto list = query_.select(request, stop);
        if (!list) return std::unexpected(list.error());
        oneIn_ = oneInOf(list->size(), kMost); // evenly, so that the end shows too
        const auto read = [&](const RecordRow& row) { take(row, ofMachines); };
        return eachRecord(query_, list->ids(oneIn_), stop, read);
    }

    void take(const RecordRow& row, bool ofMachines) {
        const auto info = infos_.find(row.source);
        if (!row.timeRaw || info == infos_.end() || row.kind == RecordKind::Request) return;
        const SourceRole role = info->second->role;
        if (role == SourceRole::Changes || role == SourceRole::Chat || role == SourceRole::Alerts)
            return;
        const std::string text = lowerCase(row[TextField::Message]);
        auto kind = troubleIn(text);
        if (kind.has_value() != ofMachines) return; // the other search finds it
        std::string about;
        const bool passing = !kind && role == SourceRole::Balancer;
        if (passing && connectTimedOut(text + ' ' + lowerCase(errorOf(row)))) {
            add(row, *info->second, CauseKind::Network, {}, serviceIn(text));
            return;
        }
        if (!kind) {
            about = serviceIn(text);
            if (role == SourceRole::Balancer || role == SourceRole::Database || isOwn(about))
                return;
            kind = CauseKind::Upstream;
        }
        add(row, *info->second, *kind, std::move(about), {});
    }

    /// `server`: its address, where the line has it in its text alone.
    void add(const RecordRow& row, const SourceInfo& info, CauseKind kind, std::string about,
             const std::string& server) {
        const std::string& writer =
            info.host.empty() ? std::string(row[TextField::Host]) : info.host;
        std::string host =
            hostOf({std::string(row[TextField::Backend]), std::string(row[TextField::Server])});
        if (host.empty()) host = hostOf({{}, server});
        if (host.empty()) host = writer;
        Trouble& t = all_[{kind, host, about}];
        const Instant at = *row.timeRaw - clocks_.offsetOf(writer, *row.timeRaw);
        if (t.times.empty() || at < t.first) {
            t.kind = kind;
            t.host = host;
            t.about = std::move(about);
            t.words = row[TextField::Message];
            t.evidence = {info.path, row.line, row.line, {}, {}};
            t.first = at;
        }
        t.all = t.all && oneIn_ == 1;
        t.times.insert(t.times.end(), oneIn_, at);
    }

    std::string hostOf(const ServerKey& key) const {
        if (key.server.empty()) return {};
        if (const auto it = clocks_.hostOf.find(key); it != clocks_.hostOf.end()) return it->second;
        // A line may name the server alone: then it is that of any backend, if all agree.
        std::string host;
        for (const auto& [known, its] : clocks_.hostOf) {
            if (!key.backend.empty() || known.server != key.server) continue;
            if (!host.empty() && host != its) return key.server;
            host = its;
        }
        return host.empty() ? key.server : host;
    }

    /// Empty, or one of the bundle's own machines: that is not somebody else's service.
    [[nodiscard]] bool isOwn(const std::string& service) const {
        if (service.empty()) return true;
        const std::string name = service.substr(0, service.find(':'));
        return std::ranges::any_of(own_, [&](const std::string& own) {
            return own == service || own == name || own.substr(0, own.find(':')) == name ||
                   name.starts_with(own + ".");
        });
    }

    std::vector<Trouble> results() {
        std::vector<Trouble> out;
        for (auto& [key, trouble] : all_) {
            std::ranges::sort(trouble.times);
            out.push_back(std::move(trouble));
        }
        return out;
    }

    const Query& query_;
    const Clocks& clocks_;
    std::map<SourceId, const SourceInfo*> infos_;
    std::vector<std::string> own_;
    std::size_t oneIn_ = 1; ///< of so many lines found is read
    std::map<std::tuple<CauseKind, std::string, std::string>, Trouble> all_;
};

} // namespace

std::optional<CauseKind> troubleIn(std::string_view text) {
    if (contains(text,
                 {"no space left", "disk quota", "i/o error", "input/output error",
                  "read-only file system", "medium error", "blocked for more than", "throttled",
                  "too many open files", "cannot allocate memory", "table full"}))
        return CauseKind::HostResource;
    if (contains(text, {"link is down", "link is not ready", "lost carrier", "carrier lost",
                        "no route to host", "network is unreachable", "host is unreachable",
                        "name resolution", "name or service not known", "nxdomain"}))
        return CauseKind::Network;
    const bool tls = contains(text, {"handshake", "certificate", "x509"});
    if (tls && contains(text, {"fail", "expired", "verify error", "invalid", "unknown authority"}))
        return CauseKind::Network;
    return {};
}

std::string serviceIn(std::string_view text) {
    if (!contains(text, {"timeout", "timed out", "time out", "refused", "unavailable",
                         "reset by peer", "no answer"}))
        return {};
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && isNameChar(text[end]))
            ++end;
        std::string_view word = text.substr(i, end - i);
        while (!word.empty() && (word.back() == '.' || word.back() == ':' || word.back() == '-'))
            word.remove_suffix(1);
        if (isHostName(word)) return std::string(word);
        i = end + 1;
    }
    return {};
}

Result<std::vector<Trouble>> gatherTroubles(const Query& query,
                                            const std::vector<SourceInfo>& sources,
                                            const Clocks& clocks, std::stop_token stop) {
    return Gatherer(query, sources, clocks).run(std::move(stop));
}

} // namespace postlude::detail
