// SPDX-License-Identifier: GPL-3.0-or-later
// Markup inside a line, read by md4c.
#include "core/base/text.h"
#include "core/postmortem/detail/blocks.h"

#include <algorithm>
#include <array>
#include <md4c.h>

namespace postlude::reading {

namespace {

// md4c is no match for everything; a line this long is a log or no text at all.
constexpr std::size_t kLongestLine = std::size_t{64} * 1024;

struct Plain {
    std::string text;
    std::vector<std::string> targets; ///< of the links that are open
    std::vector<std::size_t> starts;  ///< where their text begins
};

std::string attributeOf(const MD_ATTRIBUTE& attribute) {
    return attribute.text ? std::string(attribute.text, attribute.size) : std::string();
}

void openLink(Plain& plain, const MD_ATTRIBUTE& target) {
    plain.targets.push_back(attributeOf(target));
    plain.starts.push_back(plain.text.size());
}

void closeLink(Plain& plain) {
    if (plain.targets.empty()) return;
    const std::string target = std::move(plain.targets.back());
    const std::string shown = plain.text.substr(plain.starts.back());
    plain.targets.pop_back();
    plain.starts.pop_back();
    const bool same = target == shown || target == "mailto:" + shown || target == "http://" + shown;
    if (!target.empty() && !same) plain.text += " (" + target + ")";
}

int enterSpan(MD_SPANTYPE type, void* detail, void* to) {
    auto& plain = *static_cast<Plain*>(to);
    if (type == MD_SPAN_A) openLink(plain, static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
    if (type == MD_SPAN_IMG) openLink(plain, static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src);
    return 0;
}

int leaveSpan(MD_SPANTYPE type, void*, void* to) {
    if (type == MD_SPAN_A || type == MD_SPAN_IMG) closeLink(*static_cast<Plain*>(to));
    return 0;
}

std::string entityOf(std::string_view entity) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> known{
        {{"&amp;", "&"},
         {"&lt;", "<"},
         {"&gt;", ">"},
         {"&quot;", "\""},
         {"&nbsp;", " "},
         {"&#39;", "'"},
         {"&apos;", "'"},
         {"&ndash;", "–"},
         {"&mdash;", "—"},
         {"&bull;", "•"},
         {"&hellip;", "…"},
         {"&rsquo;", "’"},
         {"&lsquo;", "‘"},
         {"&ldquo;", "“"},
         {"&rdquo;", "”"},
         {"&rarr;", "→"}}};
    const auto* const found = std::ranges::find(known, entity, &decltype(known)::value_type::first);
    return std::string(found == known.end() ? entity : found->second);
}

/// Tags that only dress a text; "<br>" parts two words.
bool dressing(std::string_view tag) {
    static constexpr std::array<std::string_view, 20> names{
        "b",    "i",   "u",   "em",  "strong", "br",   "p",   "li",     "ul",      "ol",
        "code", "kbd", "sub", "sup", "small",  "span", "div", "center", "details", "summary"};
    std::string name;
    for (const char c : tag) {
        if (c >= 'a' && c <= 'z')
            name += c;
        else if (c >= 'A' && c <= 'Z')
            name += static_cast<char>(c - 'A' + 'a');
        else if (c != '<' && c != '/' && c != '>' && c != ' ')
            return false;
    }
    return std::ranges::find(names, name) != names.end();
}

int onText(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* to) {
    std::string& out = static_cast<Plain*>(to)->text;
    const std::string_view piece(text, size);
    switch (type) {
    case MD_TEXT_NULLCHAR:
        out += "\uFFFD";
        break;
    case MD_TEXT_ENTITY:
        out += entityOf(piece);
        break;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
        out += ' ';
        break;
    case MD_TEXT_HTML:
        if (dressing(piece))
            out += piece.find("br") != std::string_view::npos ? " " : "";
        else
            out += piece;
        break;
    default:
        out += piece;
    }
    return 0;
}

bool hasMarkup(std::string_view text) {
    return text.find_first_of("*_`[]<>&\\~") != std::string_view::npos ||
           text.find("://") != std::string_view::npos;
}

/// Blanks, tabs and no-break spaces become one blank each stretch.
std::string singleBlanks(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool hard = text.substr(at, 2) == "\u00A0";
        const bool blank =
            hard || text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r';
        if (hard) ++at;
        if (!blank)
            out += text[at];
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

} // namespace

std::string plainText(std::string_view markdown) {
    const std::string line = singleBlanks(markdown);
    if (line.size() > kLongestLine || !hasMarkup(line)) return line;
    // A word before it, lest "1. " or "- " be taken for a list: blocks were told apart already.
    constexpr std::string_view guard = "x ";
    const std::string guarded = std::string(guard) + line;
    MD_PARSER parser{};
    parser.flags = MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEURLAUTOLINKS;
    parser.enter_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
    parser.leave_block = parser.enter_block;
    parser.enter_span = enterSpan;
    parser.leave_span = leaveSpan;
    parser.text = onText;
    Plain plain;
    if (md_parse(guarded.data(), static_cast<MD_SIZE>(guarded.size()), &parser, &plain) != 0 ||
        !plain.text.starts_with(guard))
        return line;
    return singleBlanks(std::string_view(plain.text).substr(guard.size()));
}

std::optional<std::string_view> whollyBold(std::string_view markdown) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> marks{
        {{"***", "***"},
         {"**", "**"},
         {"__", "__"},
         {"<b>", "</b>"},
         {"<strong>", "</strong>"},
         {"<u>", "</u>"}}};
    std::string_view text = trimmed(markdown);
    const std::string_view whole = text;
    // "**Timeline**:" is as good as "**Timeline:**".
    if (text.ends_with(':')) text.remove_suffix(1);
    for (const auto& [open, close] : marks) {
        if (text.size() <= open.size() + close.size() || !text.starts_with(open) ||
            !text.ends_with(close))
            continue;
        const std::string_view inside =
            text.substr(open.size(), text.size() - open.size() - close.size());
        if (inside.find(open) != std::string_view::npos || trimmed(inside).empty()) return {};
        return trimmed(text.size() < whole.size()
                           ? whole.substr(open.size(), text.size() - open.size() - close.size())
                           : inside);
    }
    return {};
}

namespace {

constexpr std::size_t kLongestLabel = 60;

/// "**Impact**" or "**Impact:**" at the start: what is inside and what follows.
std::optional<Label> boldLabel(std::string_view text) {
    for (const std::string_view mark : {"***", "**", "__", "*", "_"}) {
        if (!text.starts_with(mark)) continue;
        const std::size_t end = text.find(mark, mark.size());
        if (end == std::string_view::npos || end > kLongestLabel) return {};
        std::string_view name = trimmed(text.substr(mark.size(), end - mark.size()));
        std::string_view rest = trimmed(text.substr(end + mark.size()));
        bool parted = name.ends_with(':');
        if (parted) name.remove_suffix(1);
        for (const std::string_view sign : {":", "-", "–", "—"})
            if (!parted && rest.starts_with(sign)) {
                rest = trimmed(rest.substr(sign.size()));
                parted = true;
            }
        if (!parted || name.empty()) return {};
        return Label{plainText(name), rest};
    }
    return {};
}

} // namespace

std::optional<Label> labelOf(std::string_view markdown) {
    std::string_view text = trimmed(markdown);
    if (const auto bold = boldLabel(text)) return bold;
    if (const auto inside = whollyBold(text)) text = *inside;
    const std::size_t colon = text.substr(0, kLongestLabel + 1).find(':');
    if (colon == std::string_view::npos || colon == 0) return {};
    const std::string_view name = trimmed(text.substr(0, colon));
    if (name.find_first_of(".!?;[]`|") != std::string_view::npos ||
        text.substr(colon).starts_with("://"))
        return {};
    return Label{plainText(name), trimmed(text.substr(colon + 1))};
}

} // namespace postlude::reading
