// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/personnames.h"

#include "core/base/text.h"
#include "core/postmortem/detail/folded.h"

#include <algorithm>
#include <set>

namespace postlude {

namespace {

using Words = std::set<std::string, std::less<>>;

bool isOfName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '\'' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Letters, not bytes.
std::size_t lettersOf(std::string_view word) {
    return static_cast<std::size_t>(std::ranges::count_if(
        word, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

bool isCapitalised(std::string_view word) {
    return folded(word).substr(0, 2) != word.substr(0, 2);
}

/// What a group of people is called by, or what they do.
bool isOfGroup(const std::string& word) {
    static const Words words{
        "team",    "teams",    "group",  "squad",      "crew",     "sre",
        "sres",    "ops",      "devops", "on-call",    "oncall",   "support",
        "duty",    "engineer", "lead",   "manager",    "owner",    "engineering",
        "service", "platform", "shift",  "operations", "bot",      "department",
        "vendor",  "provider", "desk",   "everyone",   "customer", "infrastructure"};
    return words.contains(word);
}

} // namespace

std::vector<std::string> wordsOfName(std::string_view name) {
    static const Words titles{"mrs", "prof", "miss", "mister", "frau", "herr"};
    name = trimmed(name.substr(0, name.find_first_of("(<[")));
    const bool handle = name.starts_with('@');
    if (handle) name.remove_prefix(1);
    std::vector<std::string> words;
    std::size_t parts = 0;
    for (std::size_t at = 0; at < name.size();) {
        std::size_t end = at;
        while (end < name.size() && isOfName(name[end]))
            ++end;
        const std::string word(name.substr(at, end - at));
        at = end + 1;
        if (word.empty()) continue;
        ++parts;
        const std::string small = folded(word);
        if (isOfGroup(small)) return {};
        if (lettersOf(word) >= 3 && (handle || isCapitalised(word)) && !titles.contains(small))
            words.push_back(word);
    }
    const bool named = handle ? parts == 1 : parts >= 2 && parts <= 5;
    return named ? words : std::vector<std::string>{};
}

bool isAlsoAWord(std::string_view folded) {
    static const Words words{
        "will",  "mark",  "may",   "grant", "rob",   "pat",   "sue",    "bill",  "rich",  "page",
        "price", "long",  "young", "day",   "case",  "april", "june",   "hope",  "grace", "rose",
        "chase", "drew",  "dean",  "frank", "art",   "ray",   "gene",   "miles", "max",   "stone",
        "wood",  "green", "brown", "white", "black", "king",  "fields", "rock",  "hall",  "hill",
        "lane",  "law",   "best",  "bell",  "ford",  "cook",  "baker",  "wolf"};
    return words.contains(folded);
}

} // namespace postlude
