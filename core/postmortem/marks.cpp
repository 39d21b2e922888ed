// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/marks.h"

#include "core/postmortem/places.h"

#include <algorithm>
#include <map>

namespace postlude {

namespace {

constexpr std::string_view kOpen = "[^e";
constexpr std::size_t kMostDigits = 6;

/// Of "e12" the 12; 0: it is no such label.
std::size_t numberOf(std::string_view label) {
    std::size_t number = 0;
    const bool right =
        label.size() > 1 && label.size() <= 1 + kMostDigits && label[0] == 'e' && label[1] != '0';
    for (std::size_t i = 1; right && i < label.size(); ++i) {
        if (label[i] < '0' || label[i] > '9') return 0;
        number = number * 10 + static_cast<std::size_t>(label[i] - '0');
    }
    return number;
}

std::size_t highestIn(const Postmortem& document) {
    std::size_t highest = 0;
    for (const MarkedEvidence& marked : document.evidence)
        highest = std::max(highest, numberOf(marked.label));
    return highest;
}

std::string labelNumbered(std::size_t number) {
    return "e" + std::to_string(number);
}

using Names = std::map<std::string, std::string, std::less<>>; ///< old label → new one

void rename(std::string& text, const Names& names) {
    const std::vector<Mark> marks = marksIn(text);
    if (marks.empty()) return;
    std::string out;
    std::size_t from = 0;
    for (const Mark& mark : marks) {
        const auto name = names.find(mark.label);
        if (name == names.end()) continue;
        out.append(text, from, mark.at - from).append(markOf(name->second));
        from = mark.end();
    }
    text = out.append(text, from);
}

} // namespace

Mark markAt(std::string_view text, std::size_t at) {
    if (at >= text.size() || !text.substr(at).starts_with(kOpen)) return {};
    const std::size_t end = text.find(']', at);
    if (end == std::string_view::npos) return {};
    const std::string_view label = text.substr(at + 2, end - at - 2);
    return numberOf(label) == 0 ? Mark{} : Mark{at, end + 1 - at, label};
}

std::vector<Mark> marksIn(std::string_view text) {
    std::vector<Mark> marks;
    for (std::size_t at = text.find(kOpen); at != std::string_view::npos;
         at = text.find(kOpen, at + 1))
        if (const Mark mark = markAt(text, at); mark.size > 0) marks.push_back(mark);
    return marks;
}

std::string markOf(std::string_view label) {
    return "[^" + std::string(label) + "]";
}

std::string withoutMarks(std::string_view text) {
    std::string out;
    std::size_t from = 0;
    for (const Mark& mark : marksIn(text)) {
        out += text.substr(from, mark.at - from);
        while (!out.empty() && out.back() == ' ')
            out.pop_back();
        from = mark.end();
    }
    return out += text.substr(from);
}

const Evidence* evidenceOf(const Postmortem& document, std::string_view label) {
    const auto found = std::ranges::find(document.evidence, label, &MarkedEvidence::label);
    return found == document.evidence.end() ? nullptr : &found->evidence;
}

std::string labelFor(Postmortem& document, const Evidence& evidence) {
    const auto known = std::ranges::find(document.evidence, evidence, &MarkedEvidence::evidence);
    if (known != document.evidence.end()) return known->label;
    // Texts may have marks that lead nowhere, such as those that were copied from elsewhere.
    std::size_t highest = highestIn(document);
    for (const PlacedText& text : proseOf(document))
        for (const Mark& mark : marksIn(text.text))
            highest = std::max(highest, numberOf(mark.label));
    document.evidence.push_back({labelNumbered(highest + 1), evidence});
    return document.evidence.back().label;
}

void addMarks(Postmortem& document, std::string& text, const std::vector<Evidence>& evidence) {
    for (const Evidence& e : evidence) {
        const std::string mark = markOf(labelFor(document, e));
        if (text.find(mark) == std::string::npos) text += mark;
    }
}

void sortEvidence(Postmortem& document) {
    std::ranges::stable_sort(document.evidence, {},
                             [](const MarkedEvidence& marked) { return numberOf(marked.label); });
}

Postmortem relabelled(Postmortem document, const Postmortem& other) {
    std::size_t next = std::max(highestIn(document), highestIn(other)) + 1;
    Names names;
    for (MarkedEvidence& marked : document.evidence) {
        const auto same =
            std::ranges::find(other.evidence, marked.evidence, &MarkedEvidence::evidence);
        const std::string label =
            same == other.evidence.end() ? labelNumbered(next++) : same->label;
        names[marked.label] = label;
        marked.label = label;
    }
    editTexts(document, [&](const std::string&, std::string& text) { rename(text, names); });
    return document;
}

} // namespace postlude
