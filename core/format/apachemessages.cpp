// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/apacheerror.h"

#include "core/format/detail/chars.h"

#include <algorithm>

namespace postlude {

namespace {

/// "AH01102: …"
void takeCode(Record& out) {
    std::string_view& message = out[TextField::Message];
    if (!message.starts_with("AH")) return;
    const std::size_t colon = message.find(": ");
    if (colon == std::string_view::npos || colon < 5 || colon > 8 ||
        !std::ranges::all_of(message.substr(2, colon - 2), isDigit))
        return;
    out.extra.emplace_back("code", message.substr(0, colon));
    message.remove_prefix(colon + 2);
}

/// "[remote 127.0.0.1:8080] " (the server that httpd asked) and what else is put in front of the
/// message: "[host www.example] ", "[unique aZ…] ".
void takeBrackets(Record& out) {
    std::string_view& message = out[TextField::Message];
    for (;;) {
        const std::size_t close = message.find("] ");
        const std::size_t blank = message.find(' ');
        if (!message.starts_with('[') || close == std::string_view::npos || blank > close) return;
        const std::string_view name = message.substr(1, blank - 1);
        const std::string_view value = message.substr(blank + 1, close - blank - 1);
        if (value.empty() || value.find_first_of(" [") != std::string_view::npos) return;
        if (name == "remote")
            out[TextField::Server] = value;
        else if (name == "host" || name == "vhost")
            out.extra.emplace_back("server_name", value);
        else if (name == "unique" || name == "unique_id")
            out[TextField::RequestId] = value;
        else
            return;
        message.remove_prefix(close + 2);
    }
}

struct Telling {
    std::string_view before; ///< what stands in front of a server's name
    bool needsPort;
};
constexpr Telling kServers[] = {{"disabling worker for (", false},
                                {"remote server ", false},
                                {"failed to make connection to backend: ", false},
                                {"attempt to connect to ", true},
                                {"failed to enable worker for (", false},
                                {"Error reading from remote server ", false}};

/// "127.0.0.1:8080", "[::1]:8080", "app1.example"
std::string_view serverAt(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && (isAlnum(text[end]) || std::string_view(".-_:[]").find(text[end]) !=
                                                           std::string_view::npos))
        ++end;
    while (end > 0 && (text[end - 1] == ':' || text[end - 1] == '.'))
        --end;
    return text.substr(0, end);
}

void findServer(Record& out) {
    const std::string_view message = out[TextField::Message];
    for (const Telling& telling : kServers) {
        const std::size_t at = message.find(telling.before);
        if (at == std::string_view::npos) continue;
        const std::string_view server = serverAt(message.substr(at + telling.before.size()));
        if (server.empty() || (telling.needsPort && server.find(':') == std::string_view::npos))
            continue;
        out[TextField::Server] = server;
        return;
    }
}

/// "balancer://app: All workers are in error state"
void findBalancer(Record& out) {
    constexpr std::string_view scheme = "balancer://";
    const std::string_view message = out[TextField::Message];
    const std::size_t at = message.find(scheme);
    if (at == std::string_view::npos || out.has(TextField::Backend)) return;
    const std::string_view name = serverAt(message.substr(at + scheme.size()));
    if (!name.empty()) out[TextField::Backend] = name;
}

struct Event {
    std::string_view begins, state;
};
constexpr Event kEvents[] = {{"ap_proxy_connect_backend disabling worker for", "down"},
                             {"SIGUSR1 received", "reload"},
                             {"SIGHUP received", "reload"},
                             {"Graceful restart requested", "reload"},
                             {"caught SIGTERM", "stop"},
                             {"caught SIGWINCH", "stop"}};

} // namespace

void readApacheMessage(Record& out) {
    takeBrackets(out);
    takeCode(out);
    findServer(out);
    findBalancer(out);
    for (const Event& event : kEvents) {
        if (!out[TextField::Message].starts_with(event.begins)) continue;
        out.kind = RecordKind::ServerState;
        out[TextField::State] = event.state;
    }
}

} // namespace postlude
