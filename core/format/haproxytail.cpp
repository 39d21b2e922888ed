// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/chars.h"
#include "core/format/detail/haproxyevents.h"
#include "core/format/detail/pairs.h"

#include <algorithm>

namespace postlude {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// Keys that people give to what has a column of ours.
const TargetMap& columns() {
    static const TargetMap map = [] {
        TargetMap known;
        const auto add = [&known](std::initializer_list<std::string_view> keys,
                                  std::string_view column) {
            for (const std::string_view key : keys)
                known.emplace(key, *targetNamed(column));
        };
        add({"rid", "id", "request_id", "req_id", "unique_id", "unique-id", "x_request_id"},
            "request_id");
        add({"ua", "user_agent", "user-agent", "useragent", "user_agent.original"}, "user_agent");
        add({"referer", "referrer", "http.request.referrer"}, "referrer");
        add({"xff", "x_forwarded_for", "x-forwarded-for", "client.ip"}, "forwarded_for");
        add({"http.request.bytes", "bytes_uploaded"}, "bytes_received");
        return known;
    }();
    return map;
}

/// Takes a word, with the blanks in its quotes or braces.
std::string_view takeWord(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    char closes = '\0';
    std::size_t end = 0;
    for (; end < text.size(); ++end) {
        const char c = text[end];
        if (closes == '\0' && c == ' ') break;
        if (closes == '\0' && (c == '"' || c == '{'))
            closes = c == '{' ? '}' : '"';
        else if (c == closes)
            closes = '\0';
    }
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

bool isPair(std::string_view word) {
    const std::size_t equals = word.find('=');
    return equals != kNone && equals > 0 && !isDigit(word.front()) &&
           std::ranges::all_of(word.substr(0, equals), [](char c) {
               return isAlnum(c) || c == '_' || c == '-' || c == '.';
           });
}

bool isTlsVersion(std::string_view word) {
    return word.size() < 10 && (word.starts_with("TLSv1") || word.starts_with("SSLv"));
}

bool isCipher(std::string_view word) {
    return word.size() > 6 && !isDigit(word.front()) && word.find_first_of("-_") != kNone &&
           std::ranges::all_of(word, [](char c) {
               return (isAlnum(c) && !(c >= 'a' && c <= 'z')) || c == '-' || c == '_';
           });
}

/// "shop.example/TLSv1.3/TLS_AES_128_GCM_SHA256", as `option httpslog` ends.
bool takeTls(std::string_view word, Record& out) {
    const std::size_t last = word.rfind('/');
    if (last == kNone || last == 0) return false;
    const std::size_t first = word.rfind('/', last - 1);
    if (first == kNone || !isTlsVersion(word.substr(first + 1, last - first - 1))) return false;
    if (first > 0 && word.substr(0, first) != "-")
        out.extra.emplace_back("ssl_fc_sni", word.substr(0, first));
    out.extra.emplace_back("ssl_version", word.substr(first + 1, last - first - 1));
    out.extra.emplace_back("ssl_ciphers", word.substr(last + 1));
    return true;
}

} // namespace

void readHaproxyTail(Assigner& assigner, std::string& rest, Record& out) {
    const auto more = std::ranges::find(out.extra, "more", [](const auto& e) { return e.first; });
    if (more == out.extra.end()) return;
    std::string_view text = more->second;
    const std::string_view whole = text;
    out.extra.erase(more);
    assigner.begin();
    rest.clear();
    rest.reserve(text.size()); // never longer: the view into it holds
    bool afterVersion = false;
    bool taken = false;
    for (std::string_view word = takeWord(text); !word.empty(); word = takeWord(text)) {
        const bool version = isTlsVersion(word);
        if (isPair(word))
            assignPairs(columns(), word, assigner, out);
        else if (version)
            out.extra.emplace_back("ssl_version", word);
        else if (afterVersion && isCipher(word))
            out.extra.emplace_back("ssl_ciphers", word);
        else if (word != "-" && !takeTls(word, out)) {
            if (!rest.empty()) rest += ' ';
            rest += word;
            afterVersion = version;
            continue;
        }
        taken = true;
        afterVersion = version;
    }
    if (!taken)
        out.extra.emplace_back("more", whole);
    else if (!rest.empty())
        out.extra.emplace_back("more", rest);
}

} // namespace postlude
