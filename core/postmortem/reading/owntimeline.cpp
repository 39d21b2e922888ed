// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/postmortem/detail/ownforms.h"
#include "core/postmortem/detail/ownreader.h"
#include "core/postmortem/wording.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude::reading {

namespace {

std::optional<EntryKind> takeKind(std::string_view& text) {
    for (int i = 0; i <= static_cast<int>(EntryKind::Observation); ++i) {
        std::string name(nameOf(static_cast<EntryKind>(i)));
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
        name += ':';
        if (!text.starts_with(name)) continue;
        text = trimmed(text.substr(name.size()));
        return static_cast<EntryKind>(i);
    }
    return {};
}

bool isDated(std::string_view time) {
    return time.size() > 10 && time[4] == '-' && time[7] == '-';
}

/// The "**" that is not escaped.
std::size_t boldEnd(std::string_view text) {
    for (std::size_t at = 2; at + 1 < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '*' && text[at + 1] == '*')
            return at;
    }
    return std::string_view::npos;
}

} // namespace

bool OwnReader::entry(std::string_view text, std::size_t line) {
    const std::vector<std::size_t> notes = takeNotes(text);
    TimelineEntry entry;
    EntryTime edited{.time = {}, .date = {}, .line = line};
    std::string_view rest = trimmed(text);
    const auto timed = takeTime(rest, entry, edited);
    const auto kind = takeKind(rest);
    if (!kind && !timed) {
        // Somebody's own line: its time may stand in any form.
        const std::string plain = plainText(text);
        if (const auto span = spanAtStart(plain); span && span->from.ofDay) {
            edited.time = span->from;
            edited_ = true;
            entry.timeText = plain.substr(0, span->end());
            rest = trimmed(std::string_view(plain).substr(span->end()));
            while (!rest.empty() && (rest.front() == ':' || rest.front() == '-' ||
                                     rest.starts_with("–") || rest.starts_with("—")))
                rest = trimmed(rest.substr(rest.front() == ':' || rest.front() == '-' ? 1 : 3));
            entry.kind = takeKind(rest).value_or(kindFromWords(rest));
            return finish(std::move(entry), std::string(rest), notes, edited);
        }
    }
    entry.kind = kind.value_or(kindFromWords(rest));
    return finish(std::move(entry), ownText(rest), notes, edited);
}

/// "**moment** (“as written”) — " before an entry.
bool OwnReader::takeTime(std::string_view& text, TimelineEntry& entry, EntryTime& edited) {
    constexpr std::string_view parting = " — ";
    if (!text.starts_with("**")) return false;
    const std::size_t end = boldEnd(text);
    if (end == std::string_view::npos) return false;
    const std::string time = ownText(text.substr(2, end - 2));
    std::string_view rest = text.substr(end + 2);
    std::string written;
    if (rest.starts_with(" (“")) {
        const std::size_t close = rest.find("”) — ");
        if (close == std::string_view::npos) return false;
        constexpr std::size_t open = std::string_view(" (“").size();
        written = ownText(rest.substr(open, close - open));
        rest.remove_prefix(close + std::string_view("”)").size());
    }
    if (!rest.starts_with(parting) && rest != " —") return false;
    constexpr std::string_view quoted = "“";
    const bool asWritten = time.starts_with(quoted) && time.ends_with("”");
    if (asWritten) entry.timeText = time.substr(quoted.size(), time.size() - 2 * quoted.size());
    text = trimmed(rest.substr(std::min(parting.size(), rest.size())));
    if (asWritten) return true;
    entry.time = ownMoment(time, day_);
    entry.timeText = entry.time ? written : time;
    if (entry.time && isDated(time))
        day_ = fromRfc3339(fmt::format("{}T00:00:00Z", time.substr(0, 10)));
    if (!entry.time)
        if (const auto span = spanAtStart(time); span && span->from.ofDay) {
            edited.time = span->from;
            edited_ = true;
        }
    text = trimmed(rest.substr(std::min(parting.size(), rest.size())));
    return true;
}

void OwnReader::linkNotes() {
    for (std::size_t i = 0; i < noteNumbers_.size(); ++i)
        for (const std::size_t number : noteNumbers_[i]) {
            const auto note = notes_.find(number);
            if (note != notes_.end()) {
                d_.timeline[i].evidence.push_back(note->second);
                noteLines_.erase(number);
            } else {
                d_.timeline[i].text += " [^" + std::to_string(number) + "]";
            }
        }
    for (const auto& [number, line] : noteLines_)
        keep(line, line);
}

/// Times that people changed or added follow from the document's day and zone.
void OwnReader::settleEdited() {
    if (!edited_) return;
    const std::string zone = d_.summary.zone;
    if (!zone.empty()) to_.clues.timelineZone = WrittenZone{0, zone};
    if (day_) {
        const Civil c = toCivil(*day_);
        WrittenTime time;
        time.date = WrittenDate{c.year, c.month, c.day, false};
        to_.clues.dates.insert(to_.clues.dates.begin(), {time, 0});
    }
    settleTimes(to_.clues, to_.reading);
    d_.summary.zone = zone.empty() ? d_.summary.zone : zone;
}

bool OwnReader::finish(TimelineEntry entry, std::string text, const std::vector<std::size_t>& notes,
                       const EntryTime& edited) {
    entry.text = std::move(text);
    place_ = "timeline[" + std::to_string(d_.timeline.size()) + "]";
    d_.timeline.push_back(std::move(entry));
    noteNumbers_.push_back(notes);
    to_.clues.entries.push_back(edited);
    return true;
}

} // namespace postlude::reading
