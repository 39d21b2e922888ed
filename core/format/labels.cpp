// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/labels.h"

#include "core/format/detail/chars.h"

#include <algorithm>
#include <array>
#include <map>

namespace postlude {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kLongestLabel = 32;

using Labels = std::map<std::string, Target, std::less<>>;

/// By their letters and digits alone, in small letters.
const Labels& labels() {
    static const Labels table = [] {
        Labels known;
        const auto add = [&known](std::string_view column,
                                  std::initializer_list<std::string_view> names) {
            for (const std::string_view name : names)
                known.emplace(name, *targetNamed(column));
        };
        add("duration_s", {"rt", "requesttime", "reqtime", "requestduration"});
        add("duration_written", {"duration", "took", "elapsed", "latency"});
        add("duration_ms", {"durationms", "elapsedms", "latencyms", "requesttimems"});
        add("last_response_s",
            {"urt", "ut", "upstreamresponsetime", "upstreamresponse", "upstreamtime", "uresponse"});
        add("last_connect_s", {"uct", "upstreamconnecttime", "upstreamconnect"});
        add("last_queue_s", {"uqt", "upstreamqueuetime"});
        add("attempts", {"upstreamaddr", "upstream", "upstreamhost", "uaddr", "to", "backendaddr"});
        add("forwarded_for", {"xff", "xforwardedfor", "forwardedfor", "forwarded"});
        add("request_id", {"rid", "requestid", "reqid", "traceid", "xrequestid"});
        add("user_agent", {"useragent", "agent"});
        add("referrer", {"referer", "referrer", "ref"});
        add("bytes_sent", {"bytes", "size", "bytessent", "bodybytessent", "bodybytes"});
        add("bytes_received", {"requestlength", "reqlen", "reqlength", "rl"});
        add("status", {"status", "code", "st", "statuscode"});
        add("address", {"client", "clientip", "remoteaddr", "ip", "remote", "src"});
        for (auto& [name, target] : known)
            if (target.act == Act::LastSpan)
                target.name = target.number == NumberField::Connect ? "upstream_connect_time"
                              : target.number == NumberField::Queue ? "upstream_queue_time"
                                                                    : "upstream_response_time";
        return known;
    }();
    return table;
}

bool isLabelChar(char c) {
    return isAlnum(c) || c == '_' || c == '-' || c == '.';
}

/// Up to the quote or bracket that closes what is opened at the front; behind it.
std::size_t endOfEnclosed(std::string_view text) {
    const char open = text.front();
    const char close = open == '(' ? ')' : open == '[' ? ']' : open == '{' ? '}' : open;
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] == '\\' && open == '"')
            ++at;
        else if (text[at] == close)
            return at + 1;
    }
    return kNone;
}

/// Of a word; nginx's lists have a blank behind their commas and around their colons.
std::size_t endOfWord(std::string_view text) {
    std::size_t end = text.find_first_of(" \t|");
    while (end != kNone && end > 0 && text[end] == ' ' && text[end - 1] == ',') {
        const std::size_t next = text.find_first_not_of(' ', end);
        if (next == kNone) return end;
        end = text.find_first_of(" \t|", next);
    }
    return std::min(end, text.size());
}

void takeValue(std::string_view& text, Piece& piece) {
    const bool opens = !text.empty() && std::string_view("\"([{").find(text.front()) != kNone;
    const std::size_t close = opens ? endOfEnclosed(text) : kNone;
    if (close != kNone) {
        piece.open = text.front();
        piece.text = text.substr(1, close - 2);
        text.remove_prefix(close);
        return;
    }
    const std::size_t end = endOfWord(text);
    piece.text = text.substr(0, end);
    while (piece.text.size() > 1 && std::string_view(",;:").find(piece.text.back()) != kNone)
        piece.text.remove_suffix(1);
    text.remove_prefix(end);
}

/// Four numbers, or groups with colons, perhaps with a port.
bool isAddress(std::string_view text) {
    if (text.starts_with('[')) return text.find("]:") != kNone || text.ends_with(']');
    const std::size_t colon = text.find(':');
    const std::string_view host =
        colon != kNone && text.find(':', colon + 1) == kNone ? text.substr(0, colon) : text;
    if (std::ranges::count(host, '.') == 3)
        return host.size() > 6 && host.find_first_not_of("0123456789.") == kNone;
    return std::ranges::count(text, ':') > 1 &&
           text.find_first_not_of("0123456789abcdefABCDEF:.") == kNone;
}

bool looksLikeAddress(std::string_view text) {
    const std::string_view first = text.substr(0, text.find(','));
    return text == "-" || (first.find_first_of(".:") != kNone && text.find('/') == kNone &&
                           first.find(' ') == kNone);
}

} // namespace

bool assignLabelled(std::string_view label, std::string_view value, bool keep, Assigner& assigner,
                    Record& out) {
    std::array<char, kLongestLabel> letters{};
    std::size_t size = 0;
    for (const char c : label)
        if (isAlnum(c) && size < letters.size()) letters[size++] = lower(c);
    std::string_view name(letters.data(), size);
    if (name == "ua") name = looksLikeAddress(value) ? "upstreamaddr" : "useragent";
    const auto known = labels().find(name);
    if (known == labels().end()) {
        if (keep && !isNothing(value) && !value.empty()) out.extra.emplace_back(label, value);
        return keep;
    }
    if (value.empty() || isNothing(value)) return true;
    if (known->second.act == Act::Text && out.has(known->second.text)) { // it was told before
        out.extra.emplace_back(label, value);
        return true;
    }
    static const Target written = *targetNamed("duration_written");
    const bool unit = !isDigit(value.back()) && known->second.act == Act::Span;
    if (assigner.assign(unit ? written : known->second, value, out)) return true;
    if (keep) out.extra.emplace_back(label, value);
    return keep;
}

bool isAddressList(std::string_view text) {
    return isAddress(text.substr(0, text.find_first_of(", ")));
}

bool BareSeconds::take(std::string_view text) {
    const std::string_view first = text.substr(0, text.find(','));
    const std::size_t point = first.find('.');
    const bool seconds = point != kNone && point > 0 && first.size() >= point + 4 &&
                         first.size() <= point + 7 &&
                         first.find_first_not_of("0123456789.") == kNone;
    if (!seconds) return false;
    if (first.size() < text.size()) {
        list_ = text;
        return true;
    }
    const auto value = [](std::string_view t) { return readSpan(t, 1'000'000'000).value_or(-1); };
    if (single_[0].empty() || value(text) > value(single_[0]))
        single_ = {text, single_[0]};
    else if (single_[1].empty() || value(text) > value(single_[1]))
        single_[1] = text;
    return true;
}

void BareSeconds::settle(Assigner& assigner, Record& out) const {
    static const Target duration = *targetNamed("duration_s");
    static const Target& response = labels().find("urt")->second;
    if (!single_[0].empty() && !out.has(NumberField::Duration))
        assigner.assign(duration, single_[0], out);
    const std::string_view upstream = list_.empty() ? single_[1] : list_;
    if (!upstream.empty() && !out.has(NumberField::Response))
        assigner.assign(response, upstream, out);
}

bool isBareLabel(std::string_view word) {
    return word == "request_time" || word.starts_with("upstream_");
}

bool takePiece(std::string_view& text, Piece& piece) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t|"), text.size()));
    if (text.empty()) return false;
    piece = {};
    std::size_t end = 0;
    while (end < text.size() && isLabelChar(text[end]))
        ++end;
    const char sign = end < text.size() ? text[end] : '\0';
    const bool colon = sign == ':' && end + 1 < text.size() && text[end + 1] == ' ';
    const bool bare = sign == ' ' && isBareLabel(text.substr(0, end));
    if (end > 0 && !isDigit(text.front()) && (sign == '=' || colon || bare)) {
        piece.label = text.substr(0, end);
        piece.equals = sign == '=';
        text.remove_prefix(end + 1);
        if (!piece.equals) text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    } else if (text.starts_with("-> ")) {
        piece.label = "upstream";
        text.remove_prefix(3);
    }
    takeValue(text, piece);
    return true;
}

void readAccessTail(Assigner& assigner, Record& out) {
    const auto more = std::ranges::find(out.extra, "more", [](const auto& e) { return e.first; });
    if (more == out.extra.end()) return;
    const std::string_view whole = more->second;
    out.extra.erase(more);
    assigner.begin();
    std::string_view text = whole;
    bool all = true;
    BareSeconds seconds;
    static const Target& attempts = labels().find("upstream")->second;
    for (Piece piece; takePiece(text, piece);) {
        bool known = piece.text == "-";
        if (!piece.label.empty())
            known = assignLabelled(piece.label, piece.text, piece.equals, assigner, out);
        else if (isAddressList(piece.text) && piece.text.find(':') != kNone &&
                 !out.has(TextField::Server))
            known = assigner.assign(attempts, piece.text, out);
        else
            known = known || seconds.take(piece.text);
        all = all && known;
    }
    seconds.settle(assigner, out);
    if (!all) out.extra.emplace_back("more", whole);
}

} // namespace postlude
