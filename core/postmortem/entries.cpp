// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/entries.h"

#include "core/postmortem/detail/collector.h"

#include <algorithm>

namespace postlude {

namespace {

bool endsSentence(std::string_view text) {
    return text.ends_with('.') || text.ends_with('!') || text.ends_with('?');
}

void addText(std::string& to, const std::string& text) {
    if (text.empty()) return;
    if (!to.empty()) to += endsSentence(to) ? " " : "; ";
    to += text;
}

/// Where the second part begins, and where the first ends; npos: nowhere.
std::pair<std::size_t, std::size_t> cutOf(std::string_view text) {
    const auto sentences = reading::sentencesOf(text);
    if (sentences.size() > 1) {
        const auto next = std::size_t(sentences[1].data() - text.data());
        return {next, text.find_last_not_of(' ', next - 1) + 1};
    }
    const std::size_t semicolon = text.find("; ");
    if (semicolon == std::string_view::npos || semicolon + 2 >= text.size())
        return {std::string_view::npos, 0};
    return {semicolon + 2, semicolon};
}

} // namespace

std::optional<std::size_t> mergeEntries(std::vector<TimelineEntry>& timeline,
                                        std::vector<std::size_t> rows) {
    std::ranges::sort(rows);
    rows.erase(std::ranges::unique(rows).begin(), rows.end());
    std::erase_if(rows, [&](std::size_t row) { return row >= timeline.size(); });
    if (rows.size() < 2) return {};
    TimelineEntry& one = timeline[rows.front()];
    for (const std::size_t row : std::span(rows).subspan(1)) {
        const TimelineEntry& other = timeline[row];
        addText(one.text, other.text);
        if (other.time && (!one.time || *other.time < *one.time)) one.time = other.time;
        for (const Evidence& e : other.evidence)
            if (std::ranges::find(one.evidence, e) == one.evidence.end()) one.evidence.push_back(e);
    }
    if (one.time) one.timeText.clear();
    for (std::size_t i = rows.size(); i-- > 1;)
        timeline.erase(timeline.begin() + std::ptrdiff_t(rows[i]));
    return rows.front();
}

bool splitEntry(std::vector<TimelineEntry>& timeline, std::size_t row) {
    if (row >= timeline.size()) return false;
    const auto [next, end] = cutOf(timeline[row].text);
    if (next == std::string::npos) return false;
    TimelineEntry second = timeline[row];
    second.text.erase(0, next);
    timeline[row].text.resize(end);
    timeline.insert(timeline.begin() + std::ptrdiff_t(row) + 1, std::move(second));
    return true;
}

} // namespace postlude
