// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/target.h"

#include "core/base/text.h"
#include "core/format/detail/chars.h"

#include <span>

namespace postlude {

namespace {

/// nginx parts attempts of one upstream with ", " and those of the next with " : ".
std::string_view lastAttempt(std::string_view list, std::int64_t* before) {
    std::int64_t count = 0;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t comma = list.find(", ", at);
        const std::size_t colon = list.find(" : ", at);
        const std::size_t end = std::min(comma, colon);
        if (end == std::string_view::npos) {
            list = list.substr(at);
            break;
        }
        ++count;
        at = end + (comma < colon ? 2 : 3);
    }
    if (before != nullptr) *before = count;
    return trimmed(list);
}

bool isPrivate(std::string_view ip) {
    if (ip.starts_with("10.") || ip.starts_with("192.168.") || ip == "::1") return true;
    if (ip == "127.0.0.1" || ip.starts_with("169.254.") || ip == "localhost") return true;
    unsigned second = 0;
    if (ip.starts_with("172.") && digits(ip, 4, 2, second)) return second >= 16 && second < 32;
    const char c = ip.empty() ? '\0' : lower(ip.front());
    return c == 'f' && ip.size() > 1 && (lower(ip[1]) == 'd' || lower(ip[1]) == 'c');
}

/// As isPrivate, and any address of this machine.
bool isOurs(std::string_view ip) {
    return isPrivate(ip) || ip.starts_with("127.");
}

bool mayBeIp(std::string_view text) {
    return text.find(':') != std::string_view::npos || isDigit(text.front());
}

/// Without the blank (which IIS writes as '+') before it and a port behind it.
std::string_view bareHop(std::string_view hop) {
    hop = trimmed(hop);
    if (hop.starts_with('+')) hop.remove_prefix(1);
    std::string_view port;
    return bareAddress(hop, port);
}

/// The hop nearest to us that is not of our own network; the first if all are.
std::string_view clientOf(std::string_view hops) {
    std::string_view first;
    while (!hops.empty()) {
        const std::size_t comma = hops.rfind(',');
        const std::string_view hop =
            bareHop(comma == std::string_view::npos ? hops : hops.substr(comma + 1));
        hops = comma == std::string_view::npos ? std::string_view{} : hops.substr(0, comma);
        if (hop.empty() || hop == "unknown" || hop == "-") continue;
        if (!isPrivate(hop)) return hop;
        first = hop;
    }
    return first;
}

bool readAddressPort(std::string_view piece, Record& out) {
    const std::size_t colon = piece.rfind(':');
    std::string_view address = piece.substr(0, colon);
    if (address.size() >= 2 && address.front() == '[' && address.back() == ']')
        address = address.substr(1, address.size() - 2);
    if (colon == std::string_view::npos) {
        out[TextField::ClientIp] = piece;
        return !piece.empty();
    }
    const auto port = readWhole(piece.substr(colon + 1));
    if (!port || address.empty() || *port > 65'535) return false;
    out[TextField::ClientIp] = address;
    out[NumberField::ClientPort] = *port;
    return true;
}

/// "arn:aws:elasticloadbalancing:…:targetgroup/web/73e2d6bc24d8a067" → "web"
std::string_view groupOfArn(std::string_view arn) {
    constexpr std::string_view mark = ":targetgroup/";
    const std::size_t at = arn.find(mark);
    if (at == std::string_view::npos) return arn;
    arn.remove_prefix(at + mark.size());
    return arn.substr(0, arn.find('/'));
}

/// The captured headers of this line's frontend. What other frontends capture stands behind those
/// of the first, each as a target with its name.
std::span<const Target> partsOf(const Target& target, const Record& out) {
    const auto named = std::ranges::find(target.parts, target.act, &Target::act);
    for (auto it = named; it != target.parts.end(); ++it)
        if (it->name == out[TextField::Frontend]) return it->parts;
    return {target.parts.begin(), named};
}

bool isBlockOf(const Target& target, std::string_view piece, Assigner& assigner, Record& out) {
    if (piece.size() >= 2 && piece.front() == '{' && piece.back() == '}')
        piece = piece.substr(1, piece.size() - 2);
    for (const Target& part : partsOf(target, out)) {
        const std::size_t bar = piece.find('|');
        const std::string_view value = piece.substr(0, bar);
        if (!value.empty() && !assigner.assign(part, value, out)) return false;
        if (bar == std::string_view::npos) return true;
        piece.remove_prefix(bar + 1);
    }
    if (!piece.empty()) out.extra.emplace_back(target.name, piece);
    return true;
}

/// One word, or what stands between quotes, taken off the front.
std::string_view takeWord(std::string_view& piece) {
    const bool quoted = piece.starts_with('"');
    if (quoted) piece.remove_prefix(1);
    const std::size_t end = std::min(piece.find(quoted ? '"' : ' '), piece.size());
    const std::string_view word = piece.substr(0, end);
    piece.remove_prefix(std::min(end + (quoted ? 2 : 1), piece.size()));
    return word;
}

bool isWordsOf(const Target& target, std::string_view piece, Assigner& assigner, Record& out) {
    for (const Target& part : partsOf(target, out)) {
        if (piece.empty()) return true;
        const std::string_view word = takeWord(piece);
        if (!word.empty() && !assigner.assign(part, word, out)) return false;
    }
    if (!piece.empty()) out.extra.emplace_back(target.name, piece);
    return true;
}

} // namespace

bool mayBeAddress(std::string_view piece) {
    int colons = 0;
    for (const char c : piece) {
        if (c == ':') ++colons;
        if (c == ' ' || c == '<' || c == '>' || c == '"' || c == '=' || c == '|') return false;
    }
    return colons != 1 || piece.starts_with("unix:");
}

Target textTarget(TextField field) {
    Target t;
    t.act = Act::Text;
    t.text = field;
    return t;
}

Target numberTarget(NumberField field) {
    Target t;
    t.act = Act::Number;
    t.number = field;
    return t;
}

Target spanTarget(NumberField field, std::int64_t unit) {
    Target t;
    t.act = Act::Span;
    t.number = field;
    t.unit = unit;
    return t;
}

Target actTarget(Act act) {
    Target t;
    t.act = act;
    return t;
}

Target extraTarget(std::string name) {
    Target t;
    t.act = Act::Extra;
    t.name = std::move(name);
    return t;
}

namespace {

constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
    {"_ms", 1'000'000}, {"_us", 1'000},        {"_ns", 1},
    {"_go", kAsGo},     {"_s", 1'000'000'000}, {"_written", kWritten}};

std::optional<Target> partNamed(std::string_view name) {
    std::optional<Target> part;
    for (const auto& [suffix, unit] : kUnits) {
        if (!name.starts_with("x_") || !name.ends_with(suffix)) continue;
        part = extraTarget(std::string(name.substr(2, name.size() - 2 - suffix.size())));
        part->unit = unit;
        break;
    }
    if (!part) part = targetNamed(name);
    if (!part || (part->act != Act::Span && part->act != Act::Extra)) return {};
    part->act = Act::Part;
    return part;
}

} // namespace

std::optional<Target> targetNamed(std::string_view name) {
    static const std::pair<std::string_view, Act> acts[] = {{"time", Act::Time},
                                                            {"time_end", Act::TimeEnd},
                                                            {"level", Act::Level},
                                                            {"request", Act::Request},
                                                            {"client", Act::AddressPort},
                                                            {"peer", Act::Peer},
                                                            {"server", Act::Server},
                                                            {"server_url", Act::ServerUrl},
                                                            {"forwarded_for", Act::Forwarded},
                                                            {"attempts", Act::Attempts},
                                                            {"skip", Act::Skip},
                                                            {"frontend", Act::Frontend},
                                                            {"backend", Act::Backend},
                                                            {"request_url", Act::RequestUrl},
                                                            {"url", Act::Url},
                                                            {"request_absolute", Act::ProxyUrl},
                                                            {"address", Act::Address},
                                                            {"server_host", Act::ServerHost},
                                                            {"server_port", Act::ServerPort},
                                                            {"attempt", Act::Attempt},
                                                            {"nanos", Act::Nanos},
                                                            {"date", Act::Date},
                                                            {"clock", Act::Clock},
                                                            {"clock_end", Act::ClockEnd},
                                                            {"time_us", Act::UsTime}};
    for (const auto& [known, act] : acts)
        if (name == known) return actTarget(act);
    if (name == "query") {
        Target t = extraTarget("query");
        t.act = Act::Query;
        return t;
    }
    if (name.ends_with("_utc"))
        if (auto target = targetNamed(name.substr(0, name.size() - 4))) {
            target->utc = true;
            return target;
        }
    if (name.starts_with("time_until:")) {
        Target t = extraTarget(std::string(name.substr(11)));
        t.act = Act::UntilTime;
        return t;
    }
    if (name.starts_with("x_")) return extraTarget(std::string(name.substr(2)));
    if (name.starts_with("part_")) return partNamed(name.substr(5));
    if (name.starts_with("target_group")) {
        Target t = extraTarget(std::string(name));
        t.act = Act::TargetGroup;
        return t;
    }
    if (const auto field = textFieldNamed(name)) return textTarget(*field);
    for (const auto& [suffix, unit] : kUnits) {
        if (!name.ends_with(suffix)) continue;
        const std::string column = std::string(name.substr(0, name.size() - suffix.size())) + "_ms";
        if (const auto field = numberFieldNamed(column)) return spanTarget(*field, unit);
    }
    if (const auto field = numberFieldNamed(name)) return numberTarget(*field);
    return {};
}

std::optional<std::int64_t> readWhole(std::string_view piece) {
    if (piece.empty() || piece == "-") return kAbsent;
    const bool minus = piece.front() == '-';
    if (minus || piece.front() == '+') piece.remove_prefix(1);
    if (piece.empty() || piece.size() > 18) return {};
    std::int64_t value = 0;
    for (const char c : piece) {
        if (!isDigit(c)) return {};
        value = value * 10 + (c - '0');
    }
    return minus ? -value : value;
}

namespace {

/// "109ms": a unit written behind the number counts more than the one expected.
void takeUnit(std::string_view& piece, std::int64_t& unit) {
    static constexpr std::pair<std::string_view, std::int64_t> units[] = {
        {"ms", 1'000'000}, {"us", 1'000}, {"µs", 1'000}, {"ns", 1}, {"s", 1'000'000'000}};
    for (const auto& [suffix, ns] : units) {
        if (!piece.ends_with(suffix)) continue;
        piece = trimmed(piece.substr(0, piece.size() - suffix.size()));
        unit = ns;
        return;
    }
}

} // namespace

namespace {

constexpr std::int64_t kLongestPart = 1'000'000'000'000'000'000; ///< so that a sum cannot overflow

std::optional<std::int64_t> readOneSpan(std::string_view piece, std::int64_t unit) {
    if (piece.back() == 's') takeUnit(piece, unit);
    if (piece.empty() || unit == kWritten) return {};
    const bool minus = piece.front() == '-';
    if (minus || piece.front() == '+') piece.remove_prefix(1);
    const std::size_t point = std::min(piece.find('.'), piece.size());
    if (piece.empty() || point > 15) return {};
    std::int64_t value = 0;
    for (const char c : piece.substr(0, point)) {
        if (!isDigit(c)) return {};
        value = value * 10 + (c - '0');
    }
    if (value > std::numeric_limits<std::int64_t>::max() / unit / 2) return {};
    value *= unit;
    for (std::size_t at = point + 1; at < piece.size(); ++at) {
        if (!isDigit(piece[at])) return {};
        unit /= 10;
        value += unit * (piece[at] - '0');
    }
    return minus ? kAbsent : value;
}

/// "1h2m3.5s", as Go writes times; nothing if it is none.
std::optional<std::int64_t> readCompoundSpan(std::string_view piece) {
    std::int64_t sum = 0;
    while (!piece.empty()) {
        const std::size_t letter = piece.find_first_not_of("0123456789.");
        if (letter == 0 || letter > 12) return {};
        std::size_t end = letter;
        while (end < piece.size() && !isDigit(piece[end]))
            ++end;
        const std::string_view name = piece.substr(letter, end - letter);
        const auto part =
            name == "h" || name == "m"
                ? readOneSpan(piece.substr(0, letter), (name == "h" ? 3600 : 60) * 1'000'000'000LL)
                : readOneSpan(piece.substr(0, end), 1);
        if (!part || *part < 0 || *part > kLongestPart || sum > kLongestPart) return {};
        sum += *part;
        piece.remove_prefix(end);
    }
    return sum;
}

} // namespace

namespace {

/// zap writes a duration as seconds with a fraction, as whole nanoseconds, or in words, as it is
/// set up; no request takes a whole number of seconds beyond 999.
std::int64_t unitAsGo(std::string_view piece) {
    const bool whole = piece.size() > 3 && std::ranges::all_of(piece, isDigit);
    return whole ? 1 : 1'000'000'000;
}

} // namespace

std::optional<std::int64_t> readSpan(std::string_view piece, std::int64_t unit) {
    if (piece.empty() || piece == "-") return kAbsent;
    if (unit == kAsGo) unit = unitAsGo(piece);
    const auto span = readOneSpan(piece, unit);
    return span || piece.back() != 's' ? span : readCompoundSpan(piece);
}

namespace {

/// What AWS writes for a request that it could not read: "- http://a.example:80- -", "- - - ".
void unreadable(Record& out) {
    out[TextField::Method] = {};
    std::string_view& path = out[TextField::Path];
    path = path.substr(0, path.find_last_not_of(" -") + 1);
    if (path.empty()) path = {};
}

} // namespace

bool Assigner::assignTime(std::string_view piece, bool end, bool utc, Record& out) {
    if (piece.size() > 2 && piece.front() == '[' && piece.back() == ']')
        piece = piece.substr(1, piece.size() - 2);
    piece = trimmed(piece);
    if (!times_.whole(piece, out.time)) return false;
    if (utc && !out.time.offset) out.time.offset = 0;
    out.time.isEnd = end;
    out[TextField::TimeRaw] = piece;
    if (ended_ != kAbsent) settleDuration(out);
    return true;
}

namespace {

/// Where the whole list of attempts is kept.
std::string_view listName(const Target& target, std::string_view otherwise) {
    return target.name.empty() ? otherwise : std::string_view(target.name);
}

bool assignLastSpan(const Target& target, std::string_view piece, Record& out) {
    std::int64_t before = 0;
    const auto value = readSpan(lastAttempt(piece, &before), target.unit);
    if (!value) return false;
    out[target.number] = *value;
    if (before > 0) out.extra.emplace_back(listName(target, nameOf(target.number)), piece);
    return true;
}

} // namespace

void Assigner::assignQuery(const Target& target, std::string_view piece, Record& out) {
    if (piece.empty() || piece == "-") return;
    if (!out.has(TextField::Path)) {
        out.extra.emplace_back(target.name, piece);
        return;
    }
    path_ = out[TextField::Path];
    if (piece.front() != '?') path_ += '?';
    path_ += piece;
    out[TextField::Path] = path_;
}

void Assigner::assignForwarded(std::string_view piece, Record& out) {
    const std::string_view client = clientOf(piece);
    if (client.empty()) return;
    const bool told =
        std::ranges::any_of(out.extra, [](const auto& e) { return e.first == "remote_addr"; });
    if (told || client == out[TextField::ClientIp]) { // the server has weighed the hops itself
        if (piece != client || told) out.extra.emplace_back("forwarded_for", piece);
        return;
    }
    // Addresses of some network of theirs say less than the public address that connected.
    const std::string_view peer = out[TextField::ClientIp];
    if (!peer.empty() && isOurs(client) && !isOurs(peer) && mayBeIp(peer)) {
        out.extra.emplace_back("forwarded_for", piece);
        return;
    }
    if (out.has(TextField::ClientIp)) out.extra.emplace_back("remote_addr", peer);
    if (std::int64_t& port = out[NumberField::ClientPort]; port != kAbsent) {
        port_ =
            std::to_string(std::exchange(port, kAbsent)); // of the connection, not of that client
        out.extra.emplace_back("remote_port", port_);
    }
    out[TextField::ClientIp] = client;
    if (piece != client) out.extra.emplace_back("forwarded_for", piece);
}

bool Assigner::assign(const Target& target, std::string_view piece, Record& out) {
    switch (target.act) {
    case Act::Skip:
        return true;
    case Act::Text:
        if (target.text == TextField::ClientIp && !mayBeAddress(piece)) return false;
        if (!isNothing(piece)) out[target.text] = piece;
        if (target.text == TextField::ClientIp && piece.starts_with('[') && piece.ends_with(']'))
            out[target.text] = piece.substr(1, piece.size() - 2);
        return true;
    case Act::Number: {
        const auto value = readWhole(piece);
        if (!value) return false;
        // There is no status 0 or -1 (no response was sent) and no port 0 (it is not known).
        const bool none = (target.number == NumberField::Status && *value <= 0) ||
                          (target.number == NumberField::ClientPort && *value == 0);
        if (!none) out[target.number] = *value;
        return true;
    }
    case Act::Span: {
        const auto value = readSpan(piece, target.unit);
        if (value) out[target.number] = *value;
        return value.has_value();
    }
    case Act::LastSpan:
        return assignLastSpan(target, piece, out);
    case Act::Noted: {
        const auto value = readSpan(piece, target.unit);
        if (!value) return false;
        notes_[static_cast<std::size_t>(target.note)] = *value;
        if (*value != kAbsent) out.extra.emplace_back(target.name, piece);
        return true;
    }
    case Act::Time:
        return assignTime(piece, false, target.utc, out);
    case Act::TimeEnd:
        return assignTime(piece, true, target.utc, out);
    case Act::Level:
        out.level = levelFrom(piece);
        return true;
    case Act::Request:
        readRequestLine(piece, out);
        return true;
    case Act::RequestUrl:
        readRequestLine(piece, out);
        if (out[TextField::Method] == "-") unreadable(out);
        if (out.has(TextField::Path)) readUrl(std::exchange(out[TextField::Path], {}), out);
        return true;
    case Act::ProxyUrl:
        if (piece.find("://") == std::string_view::npos && !piece.starts_with("CONNECT "))
            return false;
        readRequestLine(piece, out);
        if (out.has(TextField::Path)) readUrl(std::exchange(out[TextField::Path], {}), out);
        return true;
    case Act::Address: {
        if (piece.starts_with('[') && piece.find(':') == std::string_view::npos) return false;
        std::string_view port;
        const std::string_view address = bareAddress(piece, port);
        if (isNothing(address) || address.empty()) return true;
        out[TextField::ClientIp] = address;
        if (const auto number = readWhole(port)) out[NumberField::ClientPort] = *number;
        return true;
    }
    case Act::ServerPort:
        if (!readWhole(piece)) return false;
        if (!isNothing(piece)) serverPort_ = piece;
        joinServer(out);
        return true;
    case Act::Attempt:
        out[NumberField::Retries] = attempts_++;
        [[fallthrough]];
    case Act::ServerHost:
        if (!isNothing(piece)) serverHost_ = piece;
        joinServer(out);
        return true;
    case Act::Nanos:
        if (const auto value = readWhole(piece); value && out.time.known()) {
            out.time.local += *value;
            return true;
        }
        return false;
    case Act::Date:
        date_ = piece;
        return piece.size() >= 6;
    case Act::Clock:
    case Act::ClockEnd:
        return assignClock(target, piece, out);
    case Act::UsTime:
        return assignUsTime(piece, out);
    case Act::UntilTime:
        return assignUntil(target, piece, out);
    case Act::Url:
        if (!isNothing(piece) && !piece.empty()) readUrl(piece, out);
        return true;
    case Act::Part:
        return assignPart(target, piece, out);
    case Act::TargetGroup:
        if (isNothing(piece) || piece.empty()) return true;
        out[TextField::Backend] = groupOfArn(piece);
        out.extra.emplace_back(target.name, piece);
        return true;
    case Act::Server:
        if (!isNothing(piece) && piece != "-:-" && !piece.empty()) out[TextField::Server] = piece;
        return true;
    case Act::Backend:
        if (!isNothing(piece) && !piece.empty()) out[TextField::Backend] = piece;
        return true;
    case Act::Frontend:
        if (!isNothing(piece))
            out[TextField::Frontend] =
                piece.ends_with('~') ? piece.substr(0, piece.size() - 1) : piece;
        return true;
    case Act::ServerUrl:
        if (!isNothing(piece) && !piece.empty() && piece.front() != '/')
            out[TextField::Server] = hostOfUrl(piece);
        return true;
    case Act::BackendUrl:
        if (!isNothing(piece) && !piece.empty()) out[TextField::Backend] = hostOfUrl(piece);
        return true;
    case Act::Peer:
        if (!mayBeAddress(piece)) return false;
        if (out.has(TextField::ClientIp))
            out.extra.emplace_back("remote_addr", piece);
        else if (!isNothing(piece))
            out[TextField::ClientIp] = piece;
        return true;
    case Act::AddressPort:
        if (isNothing(piece)) return true;
        if (!out.has(TextField::ClientIp)) return readAddressPort(piece, out);
        out.extra.emplace_back("remote_addr", piece); // Forwarded has told a better one
        return true;
    case Act::Forwarded:
        assignForwarded(piece, out);
        return true;
    case Act::Attempts: {
        std::int64_t before = 0;
        const std::string_view last = lastAttempt(piece, &before);
        if (isNothing(last) || last.empty()) return true;
        out[TextField::Server] = last;
        out[NumberField::Retries] = before;
        if (before > 0) out.extra.emplace_back(listName(target, "attempts"), piece);
        return true;
    }
    case Act::Captures:
        return isBlockOf(target, piece, *this, out);
    case Act::Words:
        return isWordsOf(target, piece, *this, out);
    case Act::Query:
        assignQuery(target, piece, out);
        return true;
    case Act::Extra:
        if (!isNothing(piece) && !piece.empty()) out.extra.emplace_back(target.name, piece);
        return true;
    }
    return false;
}

} // namespace postlude
