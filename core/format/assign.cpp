// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/format/detail/target.h"

#include <span>

namespace postlude {

namespace {

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

/// What AWS writes for a request that it could not read: "- http://a.example:80- -", "- - - ".
void unreadable(Record& out) {
    out[TextField::Method] = {};
    std::string_view& path = out[TextField::Path];
    path = path.substr(0, path.find_last_not_of(" -") + 1);
    if (path.empty()) path = {};
}

/// The last three bits of syslog's <pri>.
Level levelOfPriority(std::string_view piece) {
    const auto number = readWhole(piece);
    if (!number || *number < 0 || *number > 191) return Level::None;
    return levelFrom(std::to_string(*number % 8));
}

} // namespace

bool Assigner::assignTime(std::string_view piece, bool end, bool utc, Record& out) {
    if (piece.size() > 2 && piece.front() == '[' && piece.back() == ']')
        piece = piece.substr(1, piece.size() - 2);
    piece = trimmed(piece);
    if (!times_.whole(piece, out.time)) return false;
    if (utc && !out.time.offset) out.time.offset = 0;
    out.time.isEnd = end;
    out.time.local += std::exchange(nanos_, 0);
    out[TextField::TimeRaw] = piece;
    if (ended_ != kAbsent) settleDuration(out);
    return true;
}

bool Assigner::assignNanos(const Target& target, std::string_view piece, Record& out) {
    constexpr std::int64_t second = 1'000'000'000;
    const auto value = readWhole(piece);
    if (!value || *value < 0 || *value >= second / target.unit) return false;
    (out.time.known() ? out.time.local : nanos_) += *value * target.unit;
    return true;
}

void Assigner::assignZone(std::string_view name, Record& out) {
    if (!out.time.known() || out.time.offset) return;
    if (name != zoneName_ || zoneName_.empty()) {
        zoneName_ = name;
        zone_ = Zone::named(name);
    }
    if (!zone_) return;
    const Instant utc = zone_->fromLocal(instant(out.time.local));
    out.time.offset = zone_->offsetAt(utc);
}

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

bool Assigner::assignTimes(const Target& target, std::string_view piece, Record& out) {
    switch (target.act) {
    case Act::Time:
        return assignTime(piece, false, target.utc, out);
    case Act::TimeEnd:
        return assignTime(piece, true, target.utc, out);
    case Act::Nanos:
        return assignNanos(target, piece, out);
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
    default:
        return false;
    }
}

bool Assigner::assignRequest(const Target& target, std::string_view piece, Record& out) {
    switch (target.act) {
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
    case Act::Url:
        if (!isNothing(piece) && !piece.empty()) readUrl(piece, out);
        return true;
    case Act::Query:
        assignQuery(target, piece, out);
        return true;
    default:
        return false;
    }
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
    case Act::Noted: {
        const auto value = readSpan(piece, target.unit);
        if (!value) return false;
        notes_[static_cast<std::size_t>(target.note)] = *value;
        if (*value != kAbsent) out.extra.emplace_back(target.name, piece);
        return true;
    }
    case Act::Level:
        out.level = levelFrom(piece);
        return true;
    case Act::Priority:
        out.level = levelOfPriority(piece);
        return true;
    case Act::Zone:
        assignZone(piece, out);
        return true;
    case Act::Part:
        return assignPart(target, piece, out);
    case Act::Captures:
        return isBlockOf(target, piece, *this, out);
    case Act::Words:
        return isWordsOf(target, piece, *this, out);
    case Act::Extra:
        if (!isNothing(piece) && !piece.empty()) out.extra.emplace_back(target.name, piece);
        return true;
    case Act::Time:
    case Act::TimeEnd:
    case Act::Nanos:
    case Act::Date:
    case Act::Clock:
    case Act::ClockEnd:
    case Act::UsTime:
    case Act::UntilTime:
        return assignTimes(target, piece, out);
    case Act::Request:
    case Act::RequestUrl:
    case Act::ProxyUrl:
    case Act::Url:
    case Act::Query:
        return assignRequest(target, piece, out);
    case Act::ServerPort:
    case Act::Attempt:
    case Act::AttemptCount:
    case Act::Upstreams:
    case Act::ServerHost:
    case Act::TargetGroup:
    case Act::Server:
    case Act::Backend:
    case Act::Frontend:
    case Act::ServerUrl:
    case Act::BackendUrl:
    case Act::Attempts:
    case Act::LastSpan:
        return assignServer(target, piece, out);
    case Act::Address:
    case Act::Peer:
    case Act::AddressPort:
    case Act::Forwarded:
        return assignPeer(target, piece, out);
    case Act::HexAddress:
    case Act::HexNumber:
    case Act::HexTime:
        return assignHex(target, piece, out);
    }
    return false;
}

} // namespace postlude
