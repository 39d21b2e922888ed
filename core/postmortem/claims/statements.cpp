// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/lowercase.h"
#include "core/base/text.h"
#include "core/postmortem/detail/collector.h"
#include "core/postmortem/detail/known.h"
#include "core/postmortem/marks.h"
#include "core/postmortem/places.h"

#include <algorithm>

namespace postlude::claims {

namespace {

// Words are alike by their beginning: weight, weights; request, requests.
constexpr std::size_t kStem = 5;
// A sentence with less to it than this says too little to be known again.
constexpr std::size_t kLeastLetters = 8;

} // namespace

std::set<std::string> wordsIn(std::string_view text) {
    std::set<std::string> words;
    std::string word;
    const auto end = [&] {
        if (word.size() >= 4) words.insert(word.substr(0, kStem));
        word.clear();
    };
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            static_cast<unsigned char>(c) >= 0x80;
        if (letter)
            word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        else
            end();
    }
    end();
    return words;
}

namespace {

std::size_t lettersIn(std::string_view mask) {
    return static_cast<std::size_t>(std::ranges::count_if(
        mask, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }));
}

/// "…" at the end parts no meaning, nor do the marks behind it.
std::string_view withoutStop(std::string_view text) {
    text = trimmed(text);
    for (std::vector<Mark> marks = marksIn(text);
         !marks.empty() && marks.back().end() == text.size(); marks.pop_back())
        text = trimmed(text.substr(0, marks.back().at));
    while (!text.empty() && (text.back() == '.' || text.back() == ':'))
        text.remove_suffix(1);
    return text;
}

} // namespace

Statements::Statements(const Analysis& analysis)
    : names_(analysis) {
    const Postmortem drafted = draftPostmortem(analysis, {}, "");
    for (const PlacedText& text : proseOf(drafted))
        if (!text.place.starts_with("tasks") && !text.place.starts_with("improvements"))
            add(text.text);
    for (const Finding& finding : analysis.findings)
        add(finding.statement);
    for (const std::string& note : analysis.notes)
        add(note);
    for (const Incident& incident : analysis.incidents) {
        for (const Cause& cause : incident.causes) {
            add(cause.statement);
            add(cause.change);
        }
        for (const auto* verdicts : {&incident.ruledOut, &incident.undecided})
            for (const Verdict& verdict : *verdicts)
                add(verdict.statement);
        for (const StoryEntry& entry : incident.story)
            add(entry.statement);
        for (const Fairness& fairness : incident.fairness)
            add(fairness.statement);
        for (const MessageChange& change : incident.messages)
            add(change.statement);
        for (const Difference& difference : incident.differences)
            add(difference.statement);
        add(incident.measured.statement);
        add(incident.burnRule);
    }
}

void Statements::add(std::string_view text) {
    for (const std::string_view sentence : reading::sentencesOf(text)) {
        Statement s{withoutMarks(withoutStop(sentence)), {}, {}, {}};
        s.quantities = quantitiesIn(s.text);
        if (s.quantities.empty()) continue;
        s.words = wordsIn(s.text);
        s.names = names_.in(s.text);
        byMask_[maskOf(s.text, s.quantities)].push_back(all_.size());
        all_.push_back(std::move(s));
    }
}

const Statement* Statements::sameAs(std::string_view sentence,
                                    const std::vector<Quantity>& quantities) const {
    const std::string mask = maskOf(withoutStop(sentence), quantities);
    const auto found = byMask_.find(mask);
    if (found == byMask_.end() || lettersIn(mask) < kLeastLetters) return nullptr;
    const Statement* best = nullptr;
    std::size_t fewest = 0;
    for (const std::size_t index : found->second) {
        const Statement& s = all_[index];
        std::size_t differ = 0;
        for (std::size_t i = 0; i < quantities.size(); ++i)
            differ += agree(quantities[i], s.quantities[i]) ? 0 : 1;
        if (best && differ >= fewest) continue;
        best = &s;
        fewest = differ;
    }
    return best;
}

const Statement* Statements::supporting(const Quantity& q, const Sentence& sentence,
                                        const std::set<std::string>& names) const {
    for (const Statement& s : all_) {
        if (!names.empty() && names != s.names) continue;
        const auto same = [&](const Quantity& other) { return agree(q, other); };
        if (std::ranges::none_of(s.quantities, same)) continue;
        const auto shared = std::ranges::count_if(
            s.words, [&](const std::string& word) { return sentence.words.contains(word); });
        if (shared >= 2) return &s;
    }
    return nullptr;
}

} // namespace postlude::claims
