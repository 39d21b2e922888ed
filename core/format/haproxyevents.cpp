// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/haproxyevents.h"

#include "core/format/detail/chars.h"
#include "core/format/detail/target.h"

namespace postlude {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != kNone;
}

bool state(Record& out, std::string_view name, Level level, std::string_view message) {
    out.kind = RecordKind::ServerState;
    out[TextField::State] = name;
    out[TextField::Message] = message;
    out.level = level;
    return true;
}

/// "backend/server", then whatever follows.
bool takeServer(std::string_view& text, Record& out) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    const std::size_t slash = word.find('/');
    if (slash == kNone || slash == 0 || slash + 1 == word.size()) return false;
    out[TextField::Backend] = word.substr(0, slash);
    out[TextField::Server] = word.substr(slash + 1);
    text.remove_prefix(end);
    return true;
}

bool readServer(std::string_view text, std::string_view message, Record& out) {
    if (!takeServer(text, out)) return false;
    const std::string_view head = text.substr(0, text.find(','));
    // "UP/DOWN", "UP (leaving forced maintenance)": the state is what it becomes.
    if (has(head, "aintenance") && !has(head, "leaving"))
        return state(out, "maint", Level::Warning, message);
    if (has(head, "drain") && !has(head, "leaving"))
        return state(out, "drain", Level::Warning, message);
    const std::size_t down = head.find("DOWN");
    const std::size_t up = std::min(head.find("UP"), head.find("READY"));
    if (up != kNone && up < down) return state(out, "up", Level::Notice, message);
    if (down != kNone) return state(out, "down", Level::Alert, message);
    if (has(head, "stopping") || has(head, "NOLB"))
        return state(out, "drain", Level::Warning, message);
    out.kind = RecordKind::Message;
    out[TextField::Message] = message;
    out.level = Level::Notice;
    return true;
}

/// "Proxy www stopped (cumulated conns …).", "Stopping backend web in 0 ms."
bool readProxy(std::string_view text, std::string_view message, Record& out) {
    static constexpr std::string_view verbs[] = {
        "Proxy ",         "Stopping proxy ", "Stopping backend ", "Stopping frontend ",
        "Pausing proxy ", "Enabling proxy ", "Starting proxy ",   "Stopping GLOBAL"};
    for (const std::string_view verb : verbs) {
        if (!text.starts_with(verb)) continue;
        std::string_view name = text.substr(verb.size());
        const std::string_view rest = name.substr(std::min(name.find(' '), name.size()));
        name = name.substr(0, name.size() - rest.size());
        const bool front =
            verb == "Stopping frontend " || (has(rest, " BE: 0)") && !has(rest, "FE: 0,"));
        if (!name.empty()) out[front ? TextField::Frontend : TextField::Backend] = name;
        const bool begins =
            has(rest, "started") || verb.starts_with("Enabl") || verb.starts_with("Start");
        if (verb == "Proxy " && !begins && !has(rest, "stopped") && !has(rest, "paused"))
            return false;
        return state(out, begins ? "start" : "stop", begins ? Level::Notice : Level::Warning,
                     message);
    }
    return false;
}

bool readReload(std::string_view text, std::string_view message, Record& out) {
    static constexpr std::string_view starts[] = {"Reexecuting Master",
                                                  "New worker",
                                                  "Loading success",
                                                  "Former worker",
                                                  "Current worker",
                                                  "haproxy version is",
                                                  "Configuration file is valid"};
    for (const std::string_view start : starts)
        if (text.starts_with(start)) return state(out, "reload", Level::Notice, message);
    return false;
}

/// "127.0.0.1:4242 [15/Jan/2024:09:57:40.143] www/1: SSL handshake failure"
bool readFailedConnection(std::string_view text, TimeReader& times, Record& out) {
    const std::size_t open = text.find(" [");
    const std::size_t close = text.find("] ");
    if (open == kNone || close == kNone || close < open || open > 60) return false;
    const std::string_view peer = text.substr(0, open);
    const std::size_t colon = peer.rfind(':');
    const std::string_view date = text.substr(open + 2, close - open - 2);
    std::string_view rest = text.substr(close + 2);
    const std::size_t end = rest.find(": ");
    const auto port =
        colon == kNone ? std::optional<std::int64_t>{} : readWhole(peer.substr(colon + 1));
    WrittenTime time;
    if (!port || *port < 0 || end == kNone || has(rest.substr(0, end), " ") ||
        !times.whole(date, time))
        return false;
    out.kind = RecordKind::Message;
    out.level = Level::Info;
    out.time = time;
    out[TextField::TimeRaw] = date;
    out[TextField::ClientIp] = peer.substr(0, colon);
    out[NumberField::ClientPort] = *port;
    out[TextField::Frontend] = rest.substr(0, rest.substr(0, end).find('/'));
    out[TextField::Message] = rest.substr(end + 2);
    return true;
}

/// "[WARNING]  (3688) : …" and "[WARNING] 014/095916 (3688) : …", as written to standard error.
std::string_view withoutStderrHead(std::string_view text) {
    if (!text.starts_with('[')) return text;
    const std::size_t colon = text.find(") : ");
    return colon == kNone || colon > 48 ? text : text.substr(colon + 4);
}

} // namespace

bool readHaproxyEvent(std::string_view message, TimeReader& times, Record& out) {
    const std::string_view text = withoutStderrHead(message);
    for (const std::string_view start : {"Server ", "Backup Server "})
        if (text.starts_with(start)) return readServer(text.substr(start.size()), text, out);
    for (const std::string_view start :
         {"Health check for server ", "Health check for backup server "}) {
        if (!text.starts_with(start)) continue;
        std::string_view rest = text.substr(start.size());
        if (!takeServer(rest, out)) return false;
        out.kind = RecordKind::Message;
        out.level = has(rest, "failed") ? Level::Warning : Level::Info;
        out[TextField::Message] = text;
        return true;
    }
    const std::size_t none = text.find(" has no server available!");
    if (none != kNone && (text.starts_with("backend ") || text.starts_with("proxy "))) {
        const std::size_t blank = text.find(' ');
        if (blank < none) out[TextField::Backend] = text.substr(blank + 1, none - blank - 1);
        return state(out, "no-server", Level::Emergency, text);
    }
    return readProxy(text, text, out) || readReload(text, text, out) ||
           readFailedConnection(text, times, out);
}

} // namespace postlude
