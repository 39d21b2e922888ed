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

bool plain(Record& out, Level level, std::string_view message) {
    out.kind = RecordKind::Message;
    out[TextField::Message] = message;
    out.level = level;
    return true;
}

bool readServer(std::string_view text, std::string_view message, Record& out) {
    if (!takeServer(text, out)) return false;
    readHaproxyDetails(text, out);
    const std::string_view head = text.substr(0, std::min(text.find(','), text.find(". ")));
    // "UP/DOWN", "UP (leaving forced maintenance)": the state is what it becomes.
    if (has(head, "aintenance") && !has(head, "leaving"))
        return state(out, "maint", Level::Warning, message);
    if (has(head, "/DRAIN") || (has(head, "drain") && !has(head, "leaving")))
        return state(out, "drain", Level::Warning, message);
    const std::size_t down = head.find("DOWN");
    const std::size_t up = std::min(head.find("UP"), head.find("READY"));
    if (up != kNone && up < down) return state(out, "up", Level::Notice, message);
    if (down != kNone) return state(out, "down", Level::Alert, message);
    if (has(head, "stopping") || has(head, "NOLB"))
        return state(out, "drain", Level::Warning, message);
    return plain(out, Level::Notice, message);
}

/// "Proxy www stopped (cumulated conns …).", "Stopping backend web in 0 ms."
bool readProxy(std::string_view text, std::string_view message, Record& out) {
    static constexpr std::string_view verbs[] = {
        "Proxy ",          "Stopping proxy ",    "Stopping backend ", "Stopping frontend ",
        "Pausing proxy ",  "Pausing frontend ",  "Enabling proxy ",   "Enabling frontend ",
        "Starting proxy ", "Resuming frontend ", "Stopping GLOBAL"};
    for (const std::string_view verb : verbs) {
        if (!text.starts_with(verb)) continue;
        std::string_view name = text.substr(verb.size());
        const std::string_view rest = name.substr(std::min(name.find(' '), name.size()));
        name = name.substr(0, name.size() - rest.size());
        if (name.ends_with('.') || name.ends_with(':')) name.remove_suffix(1);
        const bool front = has(verb, "frontend") ||
                           (has(rest, " BE: 0)") && !has(rest, "FE: 0,")) ||
                           (has(rest, "BE: 0 conns") && !has(rest, "FE: 0 conns"));
        if (!name.empty()) out[front ? TextField::Frontend : TextField::Backend] = name;
        const bool begins = has(rest, "started") || has(rest, "resumed") ||
                            verb.starts_with("Enabl") || verb.starts_with("Start") ||
                            verb.starts_with("Resum");
        const bool paused = has(rest, "paused") || verb.starts_with("Paus");
        if (has(rest, "cannot ")) return plain(out, Level::Alert, message);
        if (verb == "Proxy " && !begins && !paused && !has(rest, "stopped"))
            return plain(out, Level::Warning, message); // "Proxy www reached process FD limit …"
        return state(out,
                     begins   ? "start"
                     : paused ? "pause"
                              : "stop",
                     begins ? Level::Notice : Level::Warning, message);
    }
    return false;
}

/// Master and workers; a worker that was killed is no reload.
bool readReload(std::string_view text, Record& out) {
    static constexpr std::string_view starts[] = {
        "Reexecuting Master", "Reloading HAProxy",
        "New worker",         "Loading success",
        "Former worker",      "Initializing new worker",
        "haproxy version is", "Configuration file is valid"};
    for (const std::string_view start : starts)
        if (text.starts_with(start)) return state(out, "reload", Level::Notice, text);
    if (text.starts_with("Current worker"))
        return state(out, "reload", has(text, "(Exit)") ? Level::Warning : Level::Alert, text);
    for (const std::string_view start : {"exit-on-failure:", "All workers exited", "Exiting Master",
                                         "Soft-stop running for too long"})
        if (text.starts_with(start)) return state(out, "stop", Level::Alert, text);
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
    if (!port || *port < 0 || end == kNone || has(peer, " ") || has(rest.substr(0, end), " ") ||
        !times.whole(date, time))
        return false;
    out.kind = RecordKind::Message;
    out.level = Level::Info;
    out.time = time;
    out[TextField::TimeRaw] = date;
    out[TextField::ClientIp] = peer.substr(0, colon);
    out[NumberField::ClientPort] = *port;
    const std::string_view proxy = rest.substr(0, end);
    const std::size_t slash = std::min(proxy.rfind('/'), end);
    const std::string_view frontend = proxy.substr(0, slash);
    out[TextField::Frontend] =
        frontend.substr(0, frontend.size() - (frontend.ends_with('~') ? 1 : 0));
    if (slash < end) out.extra.emplace_back("bind_name", proxy.substr(slash + 1));
    out[TextField::Message] = rest.substr(end + 2);
    return true;
}

/// "Connect from 192.0.2.7:33313 to 192.0.2.1:80 (www/HTTP)", of proxies that log no more.
bool readConnect(std::string_view text, Record& out) {
    constexpr std::string_view start = "Connect from ";
    if (!text.starts_with(start)) return false;
    std::string_view rest = text.substr(start.size());
    const std::size_t to = rest.find(" to ");
    const std::size_t open = rest.find(" (");
    if (to == kNone || open == kNone || open < to || !rest.ends_with(')')) return false;
    const std::string_view peer = rest.substr(0, to);
    const std::size_t colon = peer.rfind(':');
    const auto port =
        colon == kNone ? std::optional<std::int64_t>{} : readWhole(peer.substr(colon + 1));
    if (!port || *port < 0) return false;
    out[TextField::ClientIp] = peer.substr(0, colon);
    out[NumberField::ClientPort] = *port;
    out.extra.emplace_back("frontend_address", rest.substr(to + 4, open - to - 4));
    rest = rest.substr(open + 2, rest.size() - open - 3);
    const std::size_t slash = rest.rfind('/');
    out[TextField::Frontend] = rest.substr(0, slash);
    if (slash != kNone) out.extra.emplace_back("mode", rest.substr(slash + 1));
    return plain(out, Level::Info, text);
}

/// "web/app1 changed its IP from 192.0.2.1 to 192.0.2.2 by DNS cache."
bool readChange(std::string_view text, Record& out) {
    const std::size_t at = std::min(text.find(" changed its "), text.find(" administratively "));
    if (at == kNone || text.substr(0, at).find(' ') != kNone || !takeServer(text, out))
        return false;
    return plain(out, Level::Notice, {});
}

/// "014/095916": the day of the year (from 0) and the time.
bool readYearDay(std::string_view text, Record& out) {
    static constexpr unsigned begins[] = {0,   31,  59,  90,  120, 151,
                                          181, 212, 243, 273, 304, 334}; // no leap year
    unsigned day = 0;
    unsigned h = 0;
    unsigned m = 0;
    unsigned s = 0;
    if (text.size() != 10 || text[3] != '/' || !digits(text, 0, 3, day) || !digits(text, 4, 2, h) ||
        !digits(text, 6, 2, m) || !digits(text, 8, 2, s) || day > 364 || h > 23 || m > 59 || s > 59)
        return false;
    unsigned month = 11;
    while (begins[month] > day)
        --month;
    // Years are settled later, from a leap year.
    const std::int64_t leapDay = day + (month > 1 ? 1 : 0);
    constexpr std::int64_t yearBegins = 730; // 1972-01-01 in days since the epoch
    const std::int64_t seconds = (yearBegins + leapDay) * 86'400 + h * 3600 + m * 60 + s;
    out.time = {seconds * 1'000'000'000, {}, false, false};
    out[TextField::TimeRaw] = text;
    return true;
}

/// Takes "[WARNING]  (3688) : " or "[WARNING] 014/095916 (3688) : " off, as written to standard
/// error. False if there is none.
bool takeStderrHead(std::string_view& text, Record& out) {
    if (!text.starts_with('[')) return false;
    const std::size_t close = text.find(']');
    const std::size_t open = text.find('(');
    const std::size_t colon = text.find(") : ");
    if (colon == kNone || colon > 48 || open > colon || close > open) return false;
    const Level level = levelFrom(text.substr(1, close - 1));
    const auto pid = readWhole(text.substr(open + 1, colon - open - 1));
    if (level == Level::None || !pid || *pid < 0) return false;
    std::string_view date = text.substr(close + 1, open - close - 1);
    while (date.starts_with(' '))
        date.remove_prefix(1);
    while (date.ends_with(' '))
        date.remove_suffix(1);
    if (!date.empty() && (out.time.known() ? date.size() != 10 : !readYearDay(date, out)))
        return false;
    out.level = level;
    out[NumberField::Pid] = *pid;
    text.remove_prefix(colon + 4);
    return true;
}

bool readCheck(std::string_view text, Record& out) {
    for (const std::string_view start :
         {"Health check for server ", "Health check for backup server "}) {
        if (!text.starts_with(start)) continue;
        std::string_view rest = text.substr(start.size());
        if (!takeServer(rest, out)) return false;
        readHaproxyDetails(rest, out);
        return plain(out, has(rest, "failed") ? Level::Warning : Level::Info, text);
    }
    return false;
}

bool readNoServer(std::string_view text, Record& out) {
    const std::size_t none = text.find(" has no server available!");
    if (none == kNone || (!text.starts_with("backend ") && !text.starts_with("proxy ")))
        return false;
    const std::size_t blank = text.find(' ');
    std::string_view name = blank < none ? text.substr(blank + 1, none - blank - 1) : "";
    if (name.size() > 2 && name.starts_with('\'')) name = name.substr(1, name.size() - 2);
    if (!name.empty()) out[TextField::Backend] = name;
    return state(out, "no-server", Level::Emergency, text);
}

bool readKnown(std::string_view text, TimeReader& times, Record& out) {
    for (const std::string_view start : {"Server ", "Backup Server "})
        if (text.starts_with(start)) return readServer(text.substr(start.size()), text, out);
    if (readChange(text, out)) return out[TextField::Message] = text, true;
    return readCheck(text, out) || readNoServer(text, out) || readProxy(text, text, out) ||
           readReload(text, out) || readConnect(text, out) ||
           readFailedConnection(text, times, out);
}

} // namespace

bool readHaproxyEvent(std::string_view message, TimeReader& times, Record& out) {
    const bool headed = takeStderrHead(message, out);
    const Level level = out.level;
    if (!readKnown(message, times, out)) return headed && plain(out, level, message);
    if (headed) out.level = level; // as HAProxy itself sees it
    return true;
}

} // namespace postlude
