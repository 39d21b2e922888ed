// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/collector.h"

#include "core/base/lowercase.h"
#include "core/base/text.h"
#include "core/postmortem/detail/lines.h"
#include "core/postmortem/detail/tasks.h"
#include "core/postmortem/marks.h"

#include <algorithm>
#include <array>

namespace postlude::reading {

namespace {

std::string placed(std::string_view name, std::size_t index) {
    return std::string(name) + "[" + std::to_string(index) + "]";
}

bool namesPeople(std::string_view text) {
    const std::string small = lowerCase(text);
    const auto named = [&](std::string_view who) {
        for (std::size_t at = small.find(who); at != std::string::npos;
             at = small.find(who, at + 1))
            if (at == 0 || small[at - 1] < 'a' || small[at - 1] > 'z') return true;
        return false;
    };
    return std::ranges::any_of(std::array{"user", "audience", "customer", "client", "visitor",
                                          "people", "viewer", "player", "shopper", "subscriber",
                                          "account", "member", "tenant", "nutzer", "kund",
                                          "besucher"},
                               named);
}

/// The sentence around byte `at`, as far as it matters.
std::string_view sentenceAt(std::string_view text, std::size_t at) {
    constexpr std::size_t room = 300;
    std::size_t from = at - std::min(at, room);
    for (const std::string_view stop : {"\n", ". ", "; "})
        if (const std::size_t end = text.substr(from, at - from).rfind(stop);
            end != std::string_view::npos)
            from += end + stop.size();
    const std::string_view rest = text.substr(from, at - from + room);
    std::size_t to = rest.size();
    for (const std::string_view stop : {"\n", ". ", "; "})
        to = std::min(to, rest.find(stop, at - from));
    return rest.substr(0, to);
}

/// "approximately 80% of our customer base": a share and whom it is of, in the writer's words.
std::string shareAt(std::string_view text, std::size_t percent) {
    std::size_t from = percent;
    while (from > 0 &&
           std::string_view("0123456789.,–- ~").find(text[from - 1]) != std::string_view::npos)
        --from;
    from = text.find_first_of("0123456789~", from);
    if (from >= percent) return {};
    for (const std::string_view about : {"approximately ", "about ", "around ", "nearly ",
                                         "roughly ", "almost ", "over ", "up to ", "more than "})
        if (text.substr(0, from).ends_with(about)) from -= about.size();
    std::size_t end = percent + 1;
    // "of" and up to three words that no sign or verb ends.
    const bool german = text.substr(end).starts_with(" der ");
    const bool of = text.substr(end).starts_with(" of ") || german;
    for (int words = 0; of && text.substr(end).starts_with(' ') && words < (german ? 2 : 4);
         ++words) {
        const std::size_t next = std::min(text.find_first_of(" ,.;:!?()\n", end + 1), text.size());
        const std::string_view word = text.substr(end + 1, next - end - 1);
        static constexpr auto stops = std::to_array<std::string_view>(
            {"experienced", "were",   "was",     "had",    "saw",   "could", "on",    "in",
             "with",        "who",    "from",    "during", "and",   "to",    "for",   "received",
             "at",          "left",   "waited",  "got",    "lost",  "went",  "are",   "is",
             "have",        "has",    "could",   "did",    "by",    "while", "when",  "until",
             "after",       "before", "konnten", "waren",  "nicht", "sich",  "hatten"});
        if (word.empty() || std::ranges::find(stops, word) != stops.end()) break;
        end = next;
    }
    return std::string(text.substr(from, end - from));
}

/// The first share that is of people: a sentence without any is of something else.
std::string shareOfPeople(std::string_view text) {
    for (std::size_t at = text.find('%'); at != std::string_view::npos;
         at = text.find('%', at + 1)) {
        if (!namesPeople(sentenceAt(text, at))) continue;
        const std::string share = shareAt(text, at);
        if (!share.empty() && (share.find(" of ") == std::string::npos || namesPeople(share)))
            return share;
    }
    return {};
}

/// Tasks that begin with the name of somebody whom the document names elsewhere are theirs.
void chargePeople(Postmortem& document) {
    std::set<std::string, std::less<>> people;
    const auto add = [&](const std::string& name) {
        if (!name.empty()) people.insert(name.substr(0, name.find(' ')));
    };
    for (const std::vector<std::string>* names : {&document.authors, &document.reviewers})
        std::ranges::for_each(*names, add);
    add(document.owner);
    for (const Task& task : document.tasks)
        add(task.owner);
    for (Task& task : document.tasks)
        chargeKnown(task, people);
    // Where one label is a name that is known, the others are names, too.
    const bool labelled = std::ranges::any_of(
        document.tasks, [&](const Task& task) { return people.contains(labelOfOwner(task)); });
    for (Task& task : document.tasks)
        if (const std::string name(labelOfOwner(task)); labelled && !name.empty()) {
            task.owner = name;
            task.text.erase(0, name.size() + 2);
        }
}

void appendLine(std::string& to, std::string_view text) {
    if (text.empty()) return;
    if (!to.empty()) to += '\n';
    to += text;
}

} // namespace

void Collector::add(std::vector<std::string>& list, std::string_view name, std::string text) {
    if (text.empty()) return;
    place_ = placed(name, list.size());
    list.push_back(std::move(text));
}

void Collector::append(std::string& field, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    appendLine(field, text);
    place_ = std::string(name);
}

void Collector::appendToLast(std::vector<std::string>& list, std::string_view text) {
    if (!list.empty()) appendLine(list.back(), text);
}

TimelineEntry& Collector::addEntry(EntryKind kind, bool kindGiven, std::string text,
                                   const std::optional<WrittenTime>& time, std::string timeText,
                                   const std::optional<WrittenDate>& date, std::size_t line) {
    std::vector<TimelineEntry>& timeline = document().timeline;
    place_ = placed("timeline", timeline.size());
    TimelineEntry entry;
    entry.kind = kind;
    entry.timeText = std::move(timeText);
    entry.text = std::move(text);
    timeline.push_back(std::move(entry));
    clues.entries.push_back({time, date, line});
    kindGiven_.push_back(kindGiven);
    return timeline.back();
}

void Collector::addTask(Task task) {
    place_ = placed("tasks", document().tasks.size());
    document().tasks.push_back(std::move(task));
}

void Collector::keep(std::size_t first, std::size_t last) {
    std::vector<Kept>& kept = document().kept;
    const bool between =
        first >= keptTo_ &&
        std::all_of(lines_.begin() + static_cast<std::ptrdiff_t>(keptTo_),
                    lines_.begin() + static_cast<std::ptrdiff_t>(first), blankLine);
    if (!kept.empty() && keptAt_ == place_ && between) {
        kept.back().markdown += '\n' + verbatim(lines_, keptTo_, last);
    } else {
        kept.push_back({place_, verbatim(lines_, first, last)});
        keptAt_ = place_;
    }
    keptTo_ = last + 1;
}

void Collector::remark(std::size_t line, std::string text) {
    reading.remarks.push_back({line + 1, std::move(text)});
}

void Collector::finish() {
    std::vector<TimelineEntry>& timeline = document().timeline;
    for (std::size_t i = 0; i < timeline.size(); ++i)
        if (!kindGiven_[i]) timeline[i].kind = kindFromWords(timeline[i].text);
    Summary& s = summary();
    if (s.affectedShare.empty()) s.affectedShare = shareOfPeople(s.impact);
    if (s.affectedShare.empty() && s.impact.empty())
        for (const std::string& told : s.other)
            if (s.affectedShare.empty()) s.affectedShare = shareOfPeople(told);
    chargePeople(document());
    settleTimes(clues, reading);
}

std::optional<WrittenZone> zoneWithin(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char before = at > 0 ? text[at - 1] : ' ';
        const bool letter =
            (text[at] >= 'A' && text[at] <= 'Z') || (text[at] >= 'a' && text[at] <= 'z');
        const bool within = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z');
        if (!letter || within) continue;
        if (const auto zone = zoneAt(text.substr(at)); zone && zone->size > 1) return zone;
    }
    return {};
}

std::vector<std::string_view> sentencesOf(std::string_view paragraph) {
    std::vector<std::string_view> sentences;
    std::size_t from = 0;
    for (std::size_t at = 0; at + 2 < paragraph.size(); ++at) {
        if (std::string_view(".!?").find(paragraph[at]) == std::string_view::npos) continue;
        std::size_t end = at + 1;
        while (end < paragraph.size() &&
               std::string_view("\"')*").find(paragraph[end]) != std::string_view::npos)
            ++end;
        for (Mark mark = markAt(paragraph, end); mark.size > 0; mark = markAt(paragraph, end))
            end = mark.end();
        if (end + 1 >= paragraph.size() || paragraph[end] != ' ') continue;
        const char next = paragraph[end + 1];
        const bool starts = (next >= 'A' && next <= 'Z') || next == '"' ||
                            (next >= '0' && next <= '9') ||
                            static_cast<unsigned char>(next) >= 0x80;
        if (!starts) continue;
        sentences.push_back(paragraph.substr(from, end - from));
        from = end + 1;
        at = end;
    }
    if (from < paragraph.size()) sentences.push_back(paragraph.substr(from));
    return sentences;
}

} // namespace postlude::reading
