// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/sensitive.h"

#include "core/base/text.h"
#include "core/postmortem/detail/folded.h"
#include "core/postmortem/detail/personnames.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <re2/re2.h>
#include <set>

namespace postlude {

namespace {

using Kind = SensitiveKind;
using Taken = std::function<bool(std::string_view whole, std::size_t at, std::size_t size)>;

bool isWord(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-';
}

bool standsAlone(std::string_view text, std::size_t at, std::size_t size) {
    return (at == 0 || !isWord(text[at - 1])) &&
           (at + size >= text.size() || !isWord(text[at + size]));
}

/// Adds what the pattern's one group matches and `take` agrees to.
void addMatches(std::string_view text, Kind kind, const RE2& pattern, const Taken& take,
                std::vector<Sensitive>& to) {
    re2::StringPiece rest(text.data(), text.size());
    re2::StringPiece found;
    while (RE2::FindAndConsume(&rest, pattern, &found)) {
        const auto at = static_cast<std::size_t>(found.data() - text.data());
        if (found.size() > 0 && take(text, at, found.size()))
            to.push_back({kind, at, found.size()});
        if (rest.empty()) break;
        if (found.size() == 0) rest.remove_prefix(1);
    }
}

bool always(std::string_view, std::size_t, std::size_t) {
    return true;
}

void addSecrets(std::string_view text, std::vector<Sensitive>& to) {
    static const std::array<RE2, 6> patterns{
        RE2(R"((?s)(-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)))"),
        RE2(R"(\b((?:AKIA|ASIA)[0-9A-Z]{16}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|xox[abposr]-[\w-]{10,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|sk-[\w-]{16,}|AIza[\w-]{30,}))"),
        RE2(R"((?i)\b(?:bearer|basic)\s+([\w+/.~-]{12,}=*))"),
        RE2(R"((?i)(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|sessionid|sid)=["']?([^\s"'&,;]{4,}))"),
        RE2(R"((?i)\b(?:password|passwd|secret|token|api[_-]?key|access[_-]?key):\s*["']?([^\s"'&,;]*\d[^\s"'&,;]*))"),
        RE2(R"(://([^\s/:@]+:[^\s/@]+)@)")};
    for (const RE2& pattern : patterns)
        addMatches(text, Kind::Secret, pattern, always, to);
}

bool isAddress(std::string_view text, std::size_t at, std::size_t size) {
    const std::string written(text.substr(at, size));
    std::array<unsigned char, 16> bytes{};
    const bool six = written.find(':') != std::string::npos;
    if (inet_pton(six ? AF_INET6 : AF_INET, written.c_str(), bytes.data()) != 1) return false;
    if (six && (size < 4 || written.find_first_of("0123456789") == std::string::npos)) return false;
    const bool version = !six && at + size + 1 < text.size() && text[at + size] == '.' &&
                         text[at + size + 1] >= '0' && text[at + size + 1] <= '9';
    return !version && standsAlone(text, at, size);
}

/// "haproxy.cfg" and "release-train.2" are no hosts.
bool isHost(std::string_view text, std::size_t at, std::size_t size) {
    static const std::set<std::string, std::less<>> files{
        "cfg",  "conf", "log", "json", "txt",  "md",   "svg", "png",   "py",      "js",
        "yaml", "yml",  "gz",  "html", "css",  "sh",   "sql", "php",   "service", "rules",
        "csv",  "pdf",  "xml", "ini",  "toml", "lock", "zip", "after", "before",  "socket"};
    const std::string_view name = text.substr(at, size);
    if (files.contains(name.substr(name.rfind('.') + 1))) return false;
    const char before = at > 0 ? text[at - 1] : ' ';
    return before != '/' || (at > 1 && text[at - 2] == '/');
}

/// Names are met in any case: "WEB-02" in a heading, "kim" in the chat.
void addNames(std::string_view text, Kind kind, const std::vector<std::string>& names,
              std::vector<Sensitive>& to) {
    const std::string small = folded(text);
    for (const std::string& each : names) {
        const std::string name = folded(each);
        for (std::size_t at = name.empty() ? std::string::npos : small.find(name);
             at != std::string::npos; at = small.find(name, at + name.size()))
            if (standsAlone(text, at, name.size())) to.push_back({kind, at, name.size()});
    }
}

/// "Dana restarted it", said of Dana Fields.
void addPeople(std::string_view text, const std::vector<std::string>& people,
               std::vector<Sensitive>& to) {
    std::vector<std::string> words;
    for (const std::string& person : people)
        for (std::string& word : wordsOfName(person))
            words.push_back(std::move(word));
    std::vector<Sensitive> found;
    addNames(text, Kind::Person, words, found);
    for (const Sensitive& s : found) {
        const std::string_view word = text.substr(s.at, s.size);
        const char before = s.at > 0 ? text[s.at - 1] : ' ';
        const char behind = s.at + s.size < text.size() ? text[s.at + s.size] : ' ';
        const bool login = before == '=' || before == '@' || behind == '@';
        const std::string small = folded(word);
        if (login || small != word || !isAlsoAWord(small)) to.push_back(s);
    }
}

void addName(std::vector<std::string>& names, std::string_view name) {
    name = trimmed(name);
    const bool known = std::ranges::find(names, name) != names.end();
    const bool number = name.find_first_not_of("0123456789.:") == std::string_view::npos;
    if (name.size() >= 3 && !known && !number) names.emplace_back(name);
}

/// Of "kestrel: “looking”" the one who said it.
std::string_view speakerOf(std::string_view text) {
    const std::size_t colon = text.find(": “");
    const std::string_view name = text.substr(0, colon == std::string_view::npos ? 0 : colon);
    return name.size() <= 40 && name.find(' ') == std::string_view::npos ? name
                                                                         : std::string_view();
}

/// Of "action=reload by=orbit" the one who did it.
void addActors(std::vector<std::string>& names, std::string_view text) {
    static const RE2 actor(R"((?:^|\s)(?:by|user|author)=([\w.@-]+))");
    re2::StringPiece rest(text.data(), text.size());
    std::string name;
    while (RE2::FindAndConsume(&rest, actor, &name))
        addName(names, name);
}

} // namespace

std::string_view nameOf(SensitiveKind kind) {
    switch (kind) {
    case Kind::Secret:
        return "secret";
    case Kind::Mail:
        return "e-mail address";
    case Kind::Address:
        return "address";
    case Kind::Person:
        return "person";
    case Kind::Host:
        return "host";
    case Kind::Path:
        return "path";
    case Kind::Service:
        return "service";
    }
    return {};
}

namespace {

void addServices(std::vector<std::string>& names, const Postmortem& document,
                 const Analysis* analysis) {
    for (const std::string& name : document.services)
        addName(names, name);
    if (!analysis) return;
    for (const ServerReport& server : analysis->servers)
        addName(names, server.key.backend);
    for (const Incident& incident : analysis->incidents)
        for (const ServiceImpact& service : incident.impact.services)
            addName(names, service.name);
}

} // namespace

KnownNames knownNames(const Postmortem& document, const std::vector<SourceInfo>& sources,
                      const Analysis* analysis) {
    KnownNames names;
    for (const SourceInfo& source : sources) {
        const bool machine = source.role == SourceRole::Balancer ||
                             source.role == SourceRole::Server ||
                             source.role == SourceRole::Database;
        if (machine) addName(names.hosts, source.host); // of a chat it is but a folder
    }
    for (const ServerReport& server : analysis ? analysis->servers : std::vector<ServerReport>{}) {
        addName(names.hosts, server.key.server.substr(0, server.key.server.find(':')));
        addName(names.hosts, server.host);
    }
    for (const HostClock& host : analysis ? analysis->hosts : std::vector<HostClock>{})
        addName(names.hosts, host.host);
    addServices(names.services, document, analysis);
    addName(names.people, document.owner);
    for (const auto* list : {&document.authors, &document.reviewers})
        for (const std::string& name : *list)
            addName(names.people, name);
    for (const Task& task : document.tasks)
        addName(names.people, task.owner);
    for (const TimelineEntry& entry : document.timeline) {
        addName(names.people, speakerOf(entry.text));
        addActors(names.people, entry.text);
    }
    // Programs act and speak, too: "by=web-02".
    std::erase_if(names.people, [&](const std::string& name) {
        return std::ranges::find(names.hosts, folded(name), folded) != names.hosts.end();
    });
    return names;
}

bool holdsSecret(std::string_view text) {
    std::vector<Sensitive> found;
    addSecrets(text, found);
    return !found.empty();
}

std::vector<Sensitive> sensitiveIn(std::string_view text, const KnownNames& known) {
    static const RE2 mail(R"(([\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+))");
    static const RE2 four(R"(((?:\d{1,3}\.){3}\d{1,3}))");
    static const RE2 six(R"(((?i:[0-9a-f]*:[0-9a-f:.]+)))");
    static const RE2 mention(R"((<@[A-Z0-9]+>))");
    static const RE2 host(R"(\b((?i:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}))\b)");
    static const RE2 path(
        R"(((?:/(?:etc|var|home|usr|opt|srv|root|tmp|mnt|run|proc|sys)(?:/[\w.@%+~-]+)+)|[A-Z]:\\[^\s"']+))");
    std::vector<Sensitive> all;
    addSecrets(text, all);
    addMatches(text, Kind::Mail, mail, always, all);
    addMatches(text, Kind::Address, four, isAddress, all);
    addMatches(text, Kind::Address, six, isAddress, all);
    addMatches(text, Kind::Path, path, always, all);
    addMatches(text, Kind::Host, host, isHost, all);
    addMatches(text, Kind::Person, mention, always, all);
    addNames(text, Kind::Host, known.hosts, all);
    addNames(text, Kind::Person, known.people, all);
    addPeople(text, known.people, all);
    addNames(text, Kind::Service, known.services, all);
    // Of what overlaps the graver kind stays, then the longer.
    std::ranges::stable_sort(all, [](const Sensitive& a, const Sensitive& b) {
        return a.kind != b.kind ? a.kind < b.kind : a.size > b.size;
    });
    std::set<std::pair<std::size_t, std::size_t>> taken; // begin, end
    std::vector<Sensitive> apart;
    for (const Sensitive& s : all) {
        const auto next = taken.lower_bound({s.at, 0});
        const bool clear = (next == taken.end() || next->first >= s.at + s.size) &&
                           (next == taken.begin() || std::prev(next)->second <= s.at);
        if (!clear) continue;
        taken.insert({s.at, s.at + s.size});
        apart.push_back(s);
    }
    std::ranges::sort(apart, {}, &Sensitive::at);
    return apart;
}

} // namespace postlude
