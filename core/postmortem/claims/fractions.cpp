// SPDX-License-Identifier: GPL-3.0-or-later
// Shares in words: "half of all users", "one in five requests", "jede zweite Anfrage".
#include "core/postmortem/detail/quantities.h"

#include <algorithm>
#include <array>

namespace postlude::claims {

namespace {

struct Fraction {
    std::string_view words; ///< in lower case, one blank between them
    double percent;
};
/// The longer ones first where one begins like another.
constexpr std::array<Fraction, 37> kFractions{{{"half", 50},
                                               {"a third", 100 / 3.0},
                                               {"one third", 100 / 3.0},
                                               {"one-third", 100 / 3.0},
                                               {"two thirds", 200 / 3.0},
                                               {"two-thirds", 200 / 3.0},
                                               {"a quarter", 25},
                                               {"one quarter", 25},
                                               {"three quarters", 75},
                                               {"three-quarters", 75},
                                               {"a fifth", 20},
                                               {"one fifth", 20},
                                               {"two fifths", 40},
                                               {"three fifths", 60},
                                               {"four fifths", 80},
                                               {"a tenth", 10},
                                               {"one tenth", 10},
                                               {"nine tenths", 90},
                                               {"die hälfte", 50},
                                               {"ein drittel", 100 / 3.0},
                                               {"einem drittel", 100 / 3.0},
                                               {"zwei drittel", 200 / 3.0},
                                               {"ein viertel", 25},
                                               {"einem viertel", 25},
                                               {"drei viertel", 75},
                                               {"dreiviertel", 75},
                                               {"ein fünftel", 20},
                                               {"vier fünftel", 80},
                                               {"ein zehntel", 10},
                                               {"der hälfte", 50},
                                               {"einer hälfte", 50},
                                               {"one half", 50},
                                               {"einem fünftel", 20},
                                               {"zwei fünftel", 40},
                                               {"drei fünftel", 60},
                                               {"einem zehntel", 10},
                                               {"neun zehntel", 90}}};

/// What may stand between a share and what it is of.
constexpr std::array<std::string_view, 24> kBetween{
    {"of",  "the",    "all",     "our", "its",   "their",   "your",     "these",
     "der", "aller",  "unserer", "von", "allen", "unseren", "ihrer",    "diesen",
     "to",  "active", "paying",  "web", "http",  "api",     "incoming", "eingehenden"}};

/// People and requests: shares of anything else the logs do not know.
constexpr std::array<std::string_view, 13> kCounted{
    {"user", "customer", "client", "visitor", "viewer", "request", "traffic", "call", "nutzer",
     "benutzer", "kund", "besucher", "anfrage"}};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}
bool isWordByte(char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Bytes of the text that say these words, whatever its capitals and blanks; 0: it says others.
std::size_t said(std::string_view text, std::string_view words) {
    std::size_t at = 0;
    for (const char c : words) {
        if (c == ' ') {
            const std::size_t from = at;
            while (at < text.size() && isBlank(text[at]))
                ++at;
            if (at == from) return 0;
            continue;
        }
        // A capital umlaut is another byte.
        if (at >= text.size() || lower(text[at]) != c) return 0;
        ++at;
    }
    return at < text.size() && isWordByte(text[at]) ? 0 : at;
}

/// The word behind the blanks that the text begins with; empty: there are none.
std::string_view nextWord(std::string_view text) {
    const auto from = std::size_t(std::ranges::find_if_not(text, isBlank) - text.begin());
    if (from == 0) return {};
    text.remove_prefix(from);
    return text.substr(0, std::size_t(std::ranges::find_if_not(text, isWordByte) - text.begin()));
}
std::string_view behind(std::string_view text, std::string_view word) {
    return text.substr(std::size_t(word.data() + word.size() - text.data()));
}
bool begins(std::string_view word, std::string_view stem) {
    return word.size() >= stem.size() &&
           std::ranges::equal(word.substr(0, stem.size()), stem, {}, lower);
}
bool is(std::string_view word, std::string_view other) {
    return word.size() == other.size() && begins(word, other);
}

/// True if people or requests follow, at most a few words behind.
bool isOfCounted(std::string_view text) {
    constexpr int most = 4;
    for (int words = 0; words < most; ++words) {
        const std::string_view word = nextWord(text);
        if (word.empty()) return false;
        if (std::ranges::any_of(kCounted, [&](auto stem) { return begins(word, stem); }))
            return true;
        if (std::ranges::none_of(kBetween, [&](auto each) { return is(word, each); })) return false;
        text = behind(text, word);
    }
    return false;
}

/// True if one of those counted follows at once: "every second request", but not "every second
/// requests came in".
bool isOneOfCounted(std::string_view text) {
    const std::string_view word = nextWord(text);
    return std::ranges::any_of(kCounted, [&](auto stem) {
        constexpr std::array<std::string_view, 4> endings{"", "e", "in", "er"}; // Kunde, Nutzerin
        return begins(word, stem) && std::ranges::any_of(endings, [&](auto ending) {
                   return is(word.substr(stem.size()), ending);
               });
    });
}

struct Numeral {
    std::string_view word;
    int value;
};
constexpr std::array<Numeral, 33> kNumerals{
    {{"one", 1},       {"two", 2},     {"three", 3},  {"four", 4},      {"five", 5},
     {"six", 6},       {"seven", 7},   {"eight", 8},  {"nine", 9},      {"ten", 10},
     {"twelve", 12},   {"twenty", 20}, {"fifty", 50}, {"hundred", 100}, {"ein", 1},
     {"eine", 1},      {"einer", 1},   {"eines", 1},  {"zwei", 2},      {"drei", 3},
     {"vier", 4},      {"fünf", 5},    {"sechs", 6},  {"sieben", 7},    {"acht", 8},
     {"neun", 9},      {"zehn", 10},   {"zwölf", 12}, {"zwanzig", 20},  {"fünfzig", 50},
     {"hundert", 100}, {"einem", 1},   {"einen", 1}}};

/// 0: none. Of digits at most two or 100: "759 out of 900" is a count and no rough share.
int numeralIn(std::string_view word) {
    if (word == "100") return 100;
    if (word.size() <= 2 && !word.empty() &&
        std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; })) {
        int value = 0;
        for (const char c : word)
            value = value * 10 + (c - '0');
        return value <= 20 ? value : 0;
    }
    const auto found =
        std::ranges::find_if(kNumerals, [&](const Numeral& n) { return is(word, n.word); });
    return found == kNumerals.end() ? 0 : found->value;
}

struct Share {
    std::size_t size = 0; ///< bytes
    double percent = 0;
};

/// "one in five", "three out of every ten", "3 von 10".
std::optional<Share> partOfMany(std::string_view here) {
    const std::string_view first =
        here.substr(0, std::size_t(std::ranges::find_if_not(here, isWordByte) - here.begin()));
    const int part = numeralIn(first);
    if (part == 0) return {};
    std::string_view word = nextWord(behind(here, first));
    if (is(word, "out")) {
        word = nextWord(behind(here, word));
        if (!is(word, "of")) return {};
    } else if (!is(word, "in") && !is(word, "von")) {
        return {};
    }
    word = nextWord(behind(here, word));
    if (is(word, "every")) word = nextWord(behind(here, word));
    const int of = numeralIn(word);
    if (of < 2 || part >= of) return {};
    const std::string_view rest = behind(here, word);
    if (!isOfCounted(rest) && !begins(nextWord(rest), "fail")) return {};
    return Share{here.size() - rest.size(), 100.0 * part / of};
}

constexpr std::array<Numeral, 22> kOrdinals{
    {{"other", 2},       {"second", 2},      {"third", 3},  {"fourth", 4},     {"fifth", 5},
     {"sixth", 6},       {"eighth", 8},      {"tenth", 10}, {"twentieth", 20}, {"hundredth", 100},
     {"zweite", 2},      {"dritte", 3},      {"vierte", 4}, {"fünfte", 5},     {"sechste", 6},
     {"siebte", 7},      {"achte", 8},       {"neunte", 9}, {"zehnte", 10},    {"zwanzigste", 20},
     {"fünfzigste", 50}, {"hundertste", 100}}};

/// "every second request", "jede fünfte Anfrage", "jeder Fünfte".
std::optional<Share> everySo(std::string_view here) {
    const std::string_view first =
        here.substr(0, std::size_t(std::ranges::find_if_not(here, isWordByte) - here.begin()));
    const bool german = begins(first, "jede") && first.size() <= 5;
    if (!german && !is(first, "every")) return {};
    const std::string_view word = nextWord(behind(here, first));
    const auto found = std::ranges::find_if(kOrdinals, [&](const Numeral& n) {
        return is(word, n.word) ||
               (german && begins(word, n.word) && word.size() == n.word.size() + 1);
    });
    if (found == kOrdinals.end()) return {};
    const std::string_view rest = behind(here, word);
    // "Jeder Fünfte" with a capital is a person.
    const bool person = german && word.front() >= 'A' && word.front() <= 'Z';
    if (!isOneOfCounted(rest) && !person) return {};
    return Share{here.size() - rest.size(), 100.0 / found->value};
}

} // namespace

std::optional<Quantity> fractionAt(std::string_view text, std::size_t at) {
    if (at > 0 && (isWordByte(text[at - 1]) || text[at - 1] == '-')) return {};
    const std::string_view here = text.substr(at);
    const auto quantity = [at](std::size_t size, double percent) {
        // As people say it: within two and a half points, less of what is rare or nearly all.
        const double unit = std::min(5.0, std::min(percent, 100 - percent) / 2);
        return Quantity{Quantity::Kind::Percent, at, size, percent, unit};
    };
    if (const auto part = partOfMany(here)) return quantity(part->size, part->percent);
    if (const auto every = everySo(here)) return quantity(every->size, every->percent);
    for (const Fraction& fraction : kFractions) {
        const std::size_t size = said(here, fraction.words);
        if (size == 0) continue;
        if (!isOfCounted(here.substr(size))) return {};
        return quantity(size, fraction.percent);
    }
    return {};
}

} // namespace postlude::claims
