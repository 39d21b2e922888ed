// SPDX-License-Identifier: GPL-3.0-or-later
// Fields that are put together from several pieces of a line.
#include "core/format/detail/chars.h"
#include "core/format/detail/target.h"

#include <fmt/format.h>

namespace postlude {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// "1/15/24", "01/15/2024" → year, month, day; the first is the day if it can be no month.
bool readSlashed(std::string_view text, unsigned& year, unsigned& month, unsigned& day) {
    unsigned parts[3] = {};
    for (unsigned i = 0; i < 3; ++i) {
        const std::size_t end = std::min(text.find('/'), text.size());
        if (end == 0 || end > 4 || !digits(text, 0, end, parts[i])) return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (!text.empty()) return false;
    const bool dayFirst = parts[0] > 12;
    month = parts[dayFirst ? 1 : 0];
    day = parts[dayFirst ? 0 : 1];
    year = parts[2] < 100 ? 2000 + parts[2] : parts[2];
    return true;
}

} // namespace

std::string_view bareAddress(std::string_view piece, std::string_view& port) {
    if (piece.starts_with('[')) {
        const std::size_t close = piece.find(']');
        if (close == std::string_view::npos) return piece;
        if (piece.substr(close + 1).starts_with(':')) port = piece.substr(close + 2);
        return piece.substr(1, close - 1);
    }
    const std::size_t colon = piece.find(':');
    if (colon == std::string_view::npos || piece.find(':', colon + 1) != std::string_view::npos)
        return piece;
    port = piece.substr(colon + 1);
    return piece.substr(0, colon);
}

/// The whole is only known if all parts are.
bool Assigner::assignPart(const Target& target, std::string_view piece, Record& out) {
    const auto value = readSpan(piece, target.unit);
    if (!value) return false;
    if (*value == kAbsent || parts_ == kAbsent)
        parts_ = kAbsent;
    else
        parts_ += *value;
    out[NumberField::Duration] = parts_;
    if (*value == kAbsent) return true;
    if (target.name.empty())
        out[target.number] = *value;
    else
        out.extra.emplace_back(target.name, piece);
    return true;
}

bool Assigner::assignClock(const Target& target, std::string_view piece, Record& out) {
    stamp_.clear();
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (readSlashed(date_, year, month, day))
        fmt::format_to(std::back_inserter(stamp_), "{:04}-{:02}-{:02} ", year, month, day);
    else
        (stamp_ += date_) += ' ';
    if (piece.size() > 1 && piece[1] == ':') stamp_ += '0';
    stamp_ += piece;
    return assignTime(stamp_, target.act == Act::ClockEnd, target.utc, out);
}

bool Assigner::assignUsTime(std::string_view piece, Record& out) {
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (piece.size() < 19 || piece[10] != ':') return false;
    const std::string_view date = piece.substr(0, 10);
    const bool yearFirst = date[4] == '/' && date[7] == '/' && digits(date, 0, 4, year) &&
                           digits(date, 5, 2, month) && digits(date, 8, 2, day);
    if (!yearFirst && !readSlashed(date, year, month, day)) return false;
    stamp_.clear();
    fmt::format_to(std::back_inserter(stamp_), "{:04}-{:02}-{:02} ", year, month, day);
    stamp_ += piece.substr(11);
    if (!assignTime(stamp_, false, false, out)) return false;
    out[TextField::TimeRaw] = piece;
    return true;
}

bool Assigner::assignUntil(const Target& target, std::string_view piece, Record& out) {
    WrittenTime end;
    if (!times_.whole(piece, end)) return false;
    ended_ = end.local;
    out.extra.emplace_back(target.name, piece);
    if (out.time.known()) settleDuration(out);
    return true;
}

/// Whole seconds would say 0 of most requests, which is not so.
void Assigner::settleDuration(Record& out) const {
    const bool fine = ended_ % kSecond != 0 || out.time.local % kSecond != 0;
    if (fine && ended_ >= out.time.local) out[NumberField::Duration] = ended_ - out.time.local;
}

/// Of the host and the port of a server either may come first.
void Assigner::joinServer(Record& out) {
    if (serverHost_.empty()) return;
    out[TextField::Server] = serverHost_;
    if (serverPort_.empty()) return;
    const bool v6 = serverHost_.find(':') != std::string_view::npos;
    server_.assign(v6 ? "[" : "").append(serverHost_).append(v6 ? "]:" : ":").append(serverPort_);
    out[TextField::Server] = server_;
    serverHost_ = serverPort_ = {};
}

} // namespace postlude
