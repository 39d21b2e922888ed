// SPDX-License-Identifier: GPL-3.0-or-later
// Shares in words: "half of all users", "two thirds of the requests", "ein Drittel der Anfragen".
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
constexpr std::array<Fraction, 30> kFractions{{{"half", 50},
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

/// True if people or requests follow, at most a few words behind.
bool isOfCounted(std::string_view text) {
    constexpr int most = 4;
    for (int words = 0; words < most; ++words) {
        const auto from = std::size_t(std::ranges::find_if_not(text, isBlank) - text.begin());
        if (from == 0) return false;
        text.remove_prefix(from);
        const auto end = std::size_t(std::ranges::find_if_not(text, isWordByte) - text.begin());
        const std::string_view word = text.substr(0, end);
        const auto begins = [&](std::string_view stem) {
            return word.size() >= stem.size() &&
                   std::ranges::equal(word.substr(0, stem.size()), stem, {}, lower);
        };
        if (std::ranges::any_of(kCounted, begins)) return true;
        const auto isIt = [&](std::string_view each) {
            return std::ranges::equal(word, each, {}, lower);
        };
        if (!std::ranges::any_of(kBetween, isIt)) return false;
        text.remove_prefix(end);
    }
    return false;
}

} // namespace

std::optional<Quantity> fractionAt(std::string_view text, std::size_t at) {
    if (at > 0 && (isWordByte(text[at - 1]) || text[at - 1] == '-')) return {};
    const std::string_view here = text.substr(at);
    for (const Fraction& fraction : kFractions) {
        const std::size_t size = said(here, fraction.words);
        if (size == 0) continue;
        if (!isOfCounted(here.substr(size))) return {};
        // As people say it: within two and a half points.
        constexpr double unit = 5;
        return Quantity{Quantity::Kind::Percent, at, size, fraction.percent, unit};
    }
    return {};
}

} // namespace postlude::claims
