// SPDX-License-Identifier: GPL-3.0-or-later
// Which part of a postmortem a heading begins.
#include "core/postmortem/detail/walker.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace postlude::reading {

namespace {

/// "Timeline" of "Timeline (all times UTC)" and "Timeline – 10 November 2023".
std::string_view withoutTail(std::string_view heading) {
    std::size_t end = heading.find_first_of("([,");
    for (const std::string_view sign : {" - ", " – ", " — ", ": ", " | "})
        end = std::min(end, heading.find(sign));
    return trimmed(heading.substr(0, end));
}

bool sentenceLike(std::string_view text) {
    return text.ends_with('.') || text.ends_with('!') || text.size() > 80;
}

} // namespace

void Walker::heading(const Block& block, int level, std::string_view text) {
    const std::string plain = plainText(text);
    closeEntry();
    fieldIndent_.reset();
    lastItem_.reset();
    if (plain.empty()) return;
    if (takeTitle(block, plain)) return;
    if (namedHeading(block, level, text, plain)) return;
    if (headingWithTail(block, level, plain)) return;
    if (headingOfEntry(block, plain) || headingOfTask(block, text)) return;
    if (const auto name = namedWithin(plain); name && open(*name, level)) {
        to_.clues.note(plain, block.first);
        return to_.keepBlock(block);
    }
    unknownHeading(block, level);
}

/// The first heading is the title, unless it names a part.
bool Walker::takeTitle(const Block& block, const std::string& plain) {
    std::string& title = to_.document().title;
    const auto name = namedExactly(plain);
    const auto label = labelOf(plain);
    const bool kindOfDocument =
        name == Name::Title || (label && namedExactly(label->name) == Name::Title);
    if (sectionsSeen_ || (!title.empty() && title != plain)) {
        if (!kindOfDocument || !title.empty()) return false;
    }
    const auto base = namedExactly(withoutTail(plain));
    const bool part = name || (label && namedExactly(label->name)) || (base && base != Name::Title);
    if (!kindOfDocument && part) return false;
    title = plain;
    to_.clues.note(plain, block.first);
    to_.stoodAt("title");
    return true;
}

/// "Timeline", or with a text behind it: "Duration: The outage …".
bool Walker::namedHeading(const Block& block, int level, std::string_view text,
                          const std::string& plain) {
    if (const auto name = namedExactly(plain)) return open(*name, level);
    const auto label = labelOf(text);
    if (!label || label->rest.empty()) return false;
    const auto name = namedExactly(label->name);
    if (!name || !open(*name, level)) return false;
    piece(block, label->rest);
    sectionEmpty_ = false;
    ++pieces_;
    return true;
}

bool Walker::headingWithTail(const Block& block, int level, const std::string& plain) {
    const std::string_view base = withoutTail(plain);
    const auto name = namedExactly(base);
    if (base.size() == plain.size() || !name || !open(*name, level)) return false;
    const std::string_view tail = std::string_view(plain).substr(base.size());
    to_.clues.note(tail, block.first);
    if (section_ == Section::Timeline) {
        if (const auto zone = zoneWithin(tail)) to_.clues.timelineZone = zone;
        for (const WrittenSpan& span : spansIn(tail))
            if (span.from.date) date_ = span.from.date;
    }
    to_.keepBlock(block);
    return true;
}

/// "### 10:05 UTC" in a timeline is an entry, "### November 10" the day of those below.
bool Walker::headingOfEntry(const Block& block, const std::string& plain) {
    if (section_ != Section::Timeline) return false;
    const auto span = spanAtStart(plain);
    if (!span) return false;
    if (span->from.ofDay || span->from.unknown) {
        if (!timedEntry(block, plain, {})) return false;
        open_ = OpenEntry{.heading = true};
        return true;
    }
    date_ = span->from.date;
    to_.clues.dates.push_back({span->from, block.first});
    to_.keepBlock(block);
    return true;
}

/// "#Task 1: …" and sentences that were made headings.
bool Walker::headingOfTask(const Block& block, std::string_view text) {
    std::string_view rest = text;
    const bool task = takeTaskNumber(rest);
    if (section_ == Section::Head || section_ == Section::Unknown || (!task && !sentenceLike(text)))
        return false;
    if (task && section_ != Section::Measures) return false;
    if (task) {
        field_ = Name::Tasks;
        headingField_ = field_;
    }
    piece(block, text);
    sectionEmpty_ = false;
    lastWasItem_ = true;
    ++pieces_;
    return true;
}

/// "How we found out": whatever it is called, lines that begin with times are a timeline.
bool Walker::timesFollow() const {
    std::size_t timed = 0, all = 0;
    for (std::size_t i = at_ + 1; i < blocks_.size() && all < 12; ++i) {
        const Block& block = blocks_[i];
        if (block.kind == Block::Kind::Heading || whollyBold(block.text) || plainHeading(block))
            break;
        if (block.kind != Block::Kind::Text && block.kind != Block::Kind::Item) continue;
        ++all;
        const auto span = spanAtStart(plainText(block.text));
        if (span && span->from.ofDay) ++timed;
    }
    return timed >= 2 && timed * 2 >= all;
}

/// The same of sentences that give people work.
bool Walker::chargesFollow() const {
    std::size_t charged = 0, all = 0;
    for (std::size_t i = at_ + 1; i < blocks_.size() && all < 12; ++i) {
        const Block& block = blocks_[i];
        if (block.kind == Block::Kind::Heading || whollyBold(block.text) || plainHeading(block))
            break;
        if (block.kind != Block::Kind::Text && block.kind != Block::Kind::Item) continue;
        const std::string plain = plainText(block.text);
        for (const std::string_view sentence : sentencesOf(plain)) {
            ++all;
            if (chargeIn(sentence)) ++charged;
        }
    }
    return charged > 0 && charged * 2 >= all;
}

/// What is deeper than the part's own heading stays in the part; else it begins one that has no
/// place in the document.
void Walker::unknownHeading(const Block& block, int level) {
    const bool inside = section_ != Section::Head && section_ != Section::Unknown &&
                        section_ != Section::Conclusion && level > sectionLevel_;
    if (to_.document().timeline.empty() && timesFollow()) {
        enter(Section::Timeline, level);
        to_.clues.timelineZone = zoneWithin(plainText(block.text));
    } else if (!inside && chargesFollow()) {
        enter(Section::Measures, level);
    } else if (inside) {
        if (section_ == Section::Timeline) field_ = headingField_ = {};
    } else if (section_ != Section::Head || sectionsSeen_) {
        enter(Section::Unknown, level);
    } else {
        enter(Section::Unknown, level);
        sectionsSeen_ = false;
    }
    to_.clues.note(plainText(block.text), block.first);
    to_.keepBlock(block);
}

void Walker::enter(Section section, int level) {
    static constexpr std::array<const char*, 11> places{
        "",           "introduction", "summary", "timeline",   "cause", "root_cause",
        "resolution", "measures",     "lessons", "conclusion", ""};
    const char* const place = places[static_cast<std::size_t>(section)];
    if (*place != '\0') to_.stoodAt(place);
    section_ = section;
    sectionLevel_ = level;
    sectionEmpty_ = true;
    fieldsAtLevel_ = false;
    sectionsSeen_ = true;
    pieces_ = 0;
    lastAfterBlank_ = true;
    lastWasItem_ = false;
    taskType_.reset();
    field_.reset();
    headingField_.reset();
    fieldIndent_.reset();
    lastItem_.reset();
    date_.reset();
    groupTime_.reset();
    closeEntry();
}

bool Walker::isField(int level) const {
    return level > sectionLevel_ || fieldsAtLevel_ || sectionEmpty_;
}

/// False if nothing of that name can be a heading here.
bool Walker::open(Name name, int level) {
    switch (name) {
    case Name::Introduction:
        enter(Section::Introduction, level);
        return true;
    case Name::Summary:
        enter(summarySeen_ ? Section::Conclusion : Section::Summary, level);
        summarySeen_ = true;
        return true;
    case Name::Timeline:
        enter(Section::Timeline, level);
        return true;
    case Name::Cause:
        enter(Section::Cause, level);
        return true;
    case Name::Measures:
        if (section_ == Section::Measures && level > sectionLevel_) break;
        enter(Section::Measures, level);
        return true;
    case Name::Lessons:
        enter(Section::Lessons, level);
        return true;
    case Name::Conclusion:
        enter(Section::Conclusion, level);
        return true;
    case Name::Title:
        return false;
    default:
        break;
    }
    if (!openField(name, level)) return false;
    fieldsAtLevel_ = fieldsAtLevel_ || level <= sectionLevel_;
    headingField_ = field_;
    group_ = to_.document().timeline.size();
    groupTime_.reset();
    return true;
}

bool Walker::openField(Name name, int level) {
    const auto within = [&](Section section) {
        if (section_ != section) enter(section, level);
        field_ = name;
        return true;
    };
    const bool inside = isField(level);
    switch (name) {
    case Name::Measures:
        field_ = Name::Improvements;
        return true;
    case Name::RootCause:
        if (inside && (section_ == Section::Summary || section_ == Section::Cause))
            return within(section_);
        enter(Section::RootCause, level);
        return true;
    case Name::Resolution:
        if (inside && (section_ == Section::Summary || section_ == Section::Cause ||
                       section_ == Section::Timeline))
            return within(section_);
        enter(Section::Resolution, level);
        return true;
    case Name::Improvements:
    case Name::Tasks:
    case Name::Declined:
        return within(Section::Measures);
    case Name::Well:
    case Name::Wrong:
    case Name::Lucky:
        return within(Section::Lessons);
    case Name::Impact:
    case Name::Duration:
    case Name::Start:
    case Name::End:
    case Name::Trigger:
    case Name::AffectedShare:
    case Name::FailedShare:
    case Name::SlowShare:
    case Name::Services:
        if (section_ == Section::Cause && level > sectionLevel_) return false;
        return within(Section::Summary);
    case Name::Status:
    case Name::Severity:
    case Name::Owner:
    case Name::Authors:
    case Name::Reviewers:
    case Name::Date:
        return within(Section::Head);
    default:
        break;
    }
    if (!kindOf(name)) return false;
    const bool elsewhere = section_ != Section::Timeline && section_ != Section::Head &&
                           section_ != Section::Summary && section_ != Section::Introduction;
    if (elsewhere && level > sectionLevel_ && section_ != Section::Unknown) return false;
    return within(Section::Timeline);
}

} // namespace postlude::reading
