// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline: lines with times, fields such as "Detection:", prose.
#include "core/postmortem/detail/walker.h"

#include "core/base/text.h"

#include <algorithm>

namespace postlude::reading {

namespace {

/// What parts a time from its text.
std::string_view withoutSigns(std::string_view text) {
    bool any = true;
    while (any && !text.empty()) {
        any = false;
        text = trimmed(text);
        for (const std::string_view sign : {":", "-", "–", "—", ",", "|", "]", ")", "→", ";", "*"})
            if (text.starts_with(sign)) {
                text.remove_prefix(sign.size());
                any = true;
            }
        if (text.starts_with(". ")) {
            text.remove_prefix(2);
            any = true;
        }
    }
    return text;
}

/// The last time, if the text ends with it: "Service restored at 10:45 UTC."
std::optional<WrittenTime> timeAtEnd(std::string_view text, const std::vector<WrittenSpan>& spans) {
    if (spans.empty()) return {};
    const WrittenSpan& last = spans.back();
    const std::string_view behind = text.substr(last.end());
    if (behind.find_first_not_of(" .)]!") != std::string_view::npos || !last.from.ofDay) return {};
    return last.from;
}

std::string cut(const std::string& text, const WrittenTime& time) {
    return text.substr(time.begin, time.end - time.begin);
}

} // namespace

/// True if the text starts with a time of day: then it is an entry.
bool Walker::timedEntry(const Block& block, std::string_view plain, std::optional<EntryKind> kind) {
    const auto span = spanAtStart(plain);
    if (!span || (!span->from.ofDay && !span->from.unknown)) return false;
    const std::string_view rest = withoutSigns(plain.substr(span->end()));
    const std::string_view timeText = trimmed(plain.substr(0, span->end()));
    std::string text(rest);
    // "10:05 - Detection: …" says what it is; the word stays in the text.
    if (!kind && field_)
        kind = kindOf(*field_)              ? kindOf(*field_)
               : field_ == Name::Resolution ? std::optional(EntryKind::Resolution)
                                            : std::nullopt;
    if (const auto label = labelOf(rest); !kind && label)
        if (const auto name = namedExactly(label->name)) {
            kind = kindOf(*name);
            if (name == Name::Resolution) kind = EntryKind::Resolution;
        }
    // What was done at that time may be more than an action by its words.
    const bool given = kind && *kind != EntryKind::Action;
    to_.addEntry(kind.value_or(EntryKind::Action), given, std::move(text), span->from,
                 std::string(timeText), date_, block.first);
    open_ = OpenEntry{
        .heading = false, .indent = block.indent, .item = block.kind == Block::Kind::Item};
    groupTime_.reset();
    return true;
}

void Walker::timelinePiece(const Block& block, std::string_view markdown) {
    const std::string plain = plainText(markdown);
    if (plain.empty()) return; // "<ul>"
    std::optional<EntryKind> none;
    const auto span = spanAtStart(plain);
    const bool deeper = open_ && (open_->heading || (open_->item && block.indent > open_->indent));
    if (span && (span->from.ofDay || span->from.unknown)) {
        if (!deeper) leaveField(block, false);
        timedEntry(block, plain, none);
        return;
    }
    if (span && span->from.date &&
        withoutSigns(std::string_view(plain).substr(span->end())).empty()) {
        date_ = span->from.date;
        to_.clues.dates.push_back({span->from, block.first});
        closeEntry();
        return to_.keepBlock(block);
    }
    if (deeper && !to_.document().timeline.empty()) {
        std::string& text = to_.document().timeline.back().text;
        text += (text.empty() ? "" : "\n") + plain;
        return;
    }
    if (timelineLabel(block, markdown) || timelineGroup(block, plain)) return;
    leaveField(block, false);
    // "Database team:" over the lines of that team says nothing that happened.
    const bool heads = block.kind == Block::Kind::Text && plain.ends_with(':') && plain.size() < 60;
    if (heads || saysZone(block, plain)) return to_.keepBlock(block);
    std::optional<EntryKind> kind = field_ ? kindOf(*field_) : std::nullopt;
    if (field_ == Name::Resolution) kind = EntryKind::Resolution;
    if (prose(block, plain, 2, kind)) return;
    // A remark behind a list of entries is none itself.
    const bool aside = block.kind == Block::Kind::Text && block.afterBlank && !field_ &&
                       lastWasItem_ && spansIn(plain).empty();
    if (aside) return to_.keepBlock(block);
    untimed(block, plain, kind);
}

/// "- How we noticed" over deeper items: what they are.
bool Walker::timelineGroup(const Block& block, const std::string& plain) {
    if (block.kind != Block::Kind::Item || !groupsTasks(block)) return false;
    const auto name = namedExactly(plain);
    if (!name || (!kindOf(*name) && name != Name::Resolution)) return false;
    leaveField(block, true);
    beginField(block, *name, true);
    closeEntry();
    return true;
}

bool Walker::timelineLabel(const Block& block, std::string_view markdown) {
    const auto label = labelOf(markdown);
    const auto name = label ? namedExactly(label->name) : std::nullopt;
    if (!name) return false;
    const std::string rest = plainText(label->rest);
    if (name == Name::Time || ((name == Name::Start || name == Name::End || name == Name::Date) &&
                               !spansIn(rest).empty() && field_ && *name == Name::Date)) {
        groupTime(block, rest);
        return true;
    }
    if (name == Name::Date) {
        for (const WrittenSpan& span : spansIn(rest))
            if (span.from.date) date_ = span.from.date;
        to_.clues.note(rest, block.first);
        to_.keepBlock(block);
        return true;
    }
    std::optional<EntryKind> kind = kindOf(*name);
    if (name == Name::Resolution) kind = EntryKind::Resolution;
    if (!kind) return false;
    // A further field of the same kind is within the group: "Assumption:" under "Actions taken".
    const bool inHeadingsField =
        headingField_ && !fieldIndent_ && block.kind == Block::Kind::Text && !rest.empty();
    if (!inHeadingsField) {
        leaveField(block, true);
        beginField(block, *name, rest.empty());
    }
    closeEntry();
    if (rest.empty()) return true;
    if (!timedEntry(block, rest, kind)) untimed(block, rest, kind);
    closeEntry();
    return true;
}

/// "Time: …" among the lines of a field: the time of the entry before that has none, or of the
/// one that follows.
void Walker::groupTime(const Block& block, const std::string& plain) {
    const auto spans = spansIn(plain);
    std::vector<TimelineEntry>& timeline = to_.document().timeline;
    if (spans.empty()) return untimed(block, plain, {});
    const WrittenSpan& span = spans.front();
    for (; group_ < timeline.size(); ++group_)
        if (timeline[group_].timeText.empty()) {
            timeline[group_].timeText = plain;
            to_.clues.entries[group_].time = span.from;
            return;
        }
    groupTime_ = span.from;
    groupTimeText_ = plain;
}

void Walker::untimed(const Block& block, const std::string& plain, std::optional<EntryKind> kind) {
    closeEntry();
    std::optional<WrittenTime> time = std::exchange(groupTime_, {});
    std::string timeText = time ? std::exchange(groupTimeText_, {}) : std::string();
    if (!time) {
        const auto spans = spansIn(plain);
        time = timeAtEnd(plain, spans);
        if (!time && spans.size() == 1 && spans.front().from.ofDay) time = spans.front().from;
        if (time) timeText = cut(plain, *time);
    }
    to_.addEntry(kind.value_or(EntryKind::Action), kind.has_value(), plain, time, timeText, date_,
                 block.first);
}

/// A paragraph with several times is one entry each time, the sentences between with the one
/// before them.
bool Walker::prose(const Block& block, const std::string& plain, int least,
                   std::optional<EntryKind> kind) {
    if (block.kind != Block::Kind::Text) return false;
    const auto spans = spansIn(plain);
    const auto times =
        std::ranges::count_if(spans, [](const WrittenSpan& s) { return s.from.ofDay.has_value(); });
    if (times < least) return false;
    bool begun = false;
    for (const std::string_view sentence : sentencesOf(plain)) {
        const std::string text(sentence);
        const auto inside = spansIn(text);
        const auto timed = std::ranges::find_if(
            inside, [](const WrittenSpan& s) { return s.from.ofDay.has_value(); });
        if (timed == inside.end() && begun) {
            to_.document().timeline.back().text += ' ' + text;
            continue;
        }
        const auto time = timed == inside.end() ? std::nullopt : std::optional(timed->from);
        if (tellsSuffering(text)) noteTold(text, block.first);
        to_.addEntry(kind.value_or(EntryKind::Action), kind.has_value(), text, time,
                     time ? cut(text, *time) : std::string(), date_, block.first);
        begun = true;
    }
    return true;
}

/// "All times are in West Africa Time (WAT)."
bool Walker::saysZone(const Block& block, const std::string& plain) {
    const std::string words = wordsOf(plain);
    const bool times = words.find("times") != std::string::npos ||
                       words.find("time zone") != std::string::npos ||
                       words.find("timezone") != std::string::npos;
    if (!times || plain.size() > 160 || block.kind == Block::Kind::Table) return false;
    const auto zone = zoneWithin(plain);
    if (!zone || !spansIn(plain).empty()) return false;
    to_.clues.timelineZone = zone;
    return true;
}

} // namespace postlude::reading
