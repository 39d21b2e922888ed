// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the parts other than the timeline.
#include "core/postmortem/detail/walker.h"

#include "core/base/text.h"

#include <algorithm>

namespace postlude::reading {

void Walker::piece(const Block& block, std::string_view markdown) {
    switch (section_) {
    case Section::Head:
        return headPiece(block, markdown);
    case Section::Introduction:
        noteTold(plainText(markdown), block.first);
        return to_.add(to_.document().introduction, "introduction", plainText(markdown));
    case Section::Summary:
        return summaryPiece(block, markdown);
    case Section::Timeline:
        return timelinePiece(block, markdown);
    case Section::Cause:
    case Section::RootCause:
    case Section::Resolution:
        return causePiece(block, markdown);
    case Section::Measures:
        return measuresPiece(block, markdown);
    case Section::Lessons:
        return lessonsPiece(block, markdown);
    case Section::Conclusion:
        return to_.add(to_.document().conclusion, "conclusion", plainText(markdown));
    case Section::Unknown:
        return to_.keepBlock(block);
    }
}

void Walker::beginField(const Block& block, Name name, bool empty) {
    field_ = name;
    fieldIndent_ = block.indent;
    fieldEmpty_ = empty;
    fieldDeeper_ = false;
    group_ = to_.document().timeline.size();
    groupTime_.reset();
    lastItem_.reset();
}

void Walker::leaveField(const Block& block, bool labelled) {
    if (!fieldIndent_) return;
    if (block.indent > *fieldIndent_) {
        fieldDeeper_ = true;
        return;
    }
    const bool listed = block.kind == Block::Kind::Item;
    // "Impact:" and then its lines, none of them deeper.
    const bool goesOn =
        !labelled && ((fieldEmpty_ && !fieldDeeper_) || (!listed && !block.afterBlank));
    if (goesOn) return;
    field_ = headingField_;
    fieldIndent_.reset();
}

// ---- before the first part

namespace {

/// "*Author: R. Okafor · Date: 2024-02-29*": several fields on one line; none if it is no such.
std::vector<std::string_view> fieldsOn(std::string_view line) {
    line = trimmed(line);
    const bool dressed = line.size() > 2 && (line.front() == '*' || line.front() == '_') &&
                         line.back() == line.front() && line[1] != line.front();
    if (dressed) line = line.substr(1, line.size() - 2);
    for (const std::string_view sign : {" · ", " | ", " • ", "; ", ". "}) {
        std::vector<std::string_view> fields;
        for (std::string_view rest = line; !rest.empty();) {
            const std::size_t end = rest.find(sign);
            fields.push_back(trimmed(rest.substr(0, end)));
            rest =
                end == std::string_view::npos ? std::string_view() : rest.substr(end + sign.size());
        }
        const auto isField = [](std::string_view field) {
            const auto label = labelOf(field);
            return label && !label->rest.empty() && namedExactly(label->name);
        };
        const bool enough = fields.size() > 1 || (dressed && !fields.empty());
        if (enough && std::ranges::all_of(fields, isField)) return fields;
    }
    return {};
}

} // namespace

void Walker::headPiece(const Block& block, std::string_view markdown) {
    if (const auto fields = fieldsOn(markdown); !fields.empty()) {
        for (const std::string_view field : fields)
            headPiece(block, field);
        return;
    }
    const std::string plain = plainText(markdown);
    const auto label = labelOf(markdown);
    const auto name = label ? namedExactly(label->name) : std::nullopt;
    if (field_ && !name && headField(block, *field_, std::string(), markdown)) return;
    if (name && headField(block, *name, label->name, label->rest)) return;
    if (name && summaryField(block, *name, label->rest)) return;
    const bool first = to_.document().title.empty() && to_.document().introduction.empty();
    const bool titled = first && block.kind == Block::Kind::Text && plain.size() <= 120 &&
                        (!plain.ends_with('.') || name == Name::Title);
    if (titled) {
        to_.document().title = plain;
        to_.stoodAt("title");
        return to_.clues.note(plain, block.first);
    }
    if (headless_ && told(block, plain)) return;
    noteTold(plain, block.first);
    to_.add(to_.document().introduction, "introduction", plain);
}

/// A paragraph of a document without any heading: its times are the timeline, and how it begins
/// says what else it is.
bool Walker::told(const Block& block, const std::string& plain) {
    Postmortem& d = to_.document();
    if (tellsCause(plain)) {
        to_.add(d.rootCause, "root_cause", plain);
    } else if (tellsMeasures(plain) || chargeIn(sentencesOf(plain).front())) {
        for (const std::string_view sentence : sentencesOf(plain))
            measure(block, std::string(sentence));
    } else if (tellsResolution(plain)) {
        to_.add(d.resolution, "resolution", plain);
    } else if (!prose(block, plain, 1)) {
        // What stands behind all that happened takes leave of the reader.
        const bool over = !d.rootCause.empty() || !d.tasks.empty() || !d.improvements.empty();
        noteTold(plain, block.first);
        to_.add(over ? d.conclusion : d.introduction, over ? "conclusion" : "introduction", plain);
    }
    return true;
}

bool Walker::headField(const Block& block, Name name, const std::string& label,
                       std::string_view rest) {
    Postmortem& d = to_.document();
    const std::string text = plainText(rest);
    const auto fill = [&](std::string& field, const char* place) {
        if (!field.empty()) return false;
        field = text;
        to_.stoodAt(place);
        return true;
    };
    const auto list = [&](std::vector<std::string>& names, const char* place) {
        for (std::string& one : listedNames(text, true))
            to_.add(names, place, std::move(one));
        return true;
    };
    if (text.empty()) {
        if (name < Name::Date || name > Name::Reviewers || name == Name::Event ||
            name == Name::Kind)
            return false;
        beginField(block, name, true);
        return true;
    }
    switch (name) {
    case Name::Date:
        to_.clues.note(text, block.first);
        to_.add(d.summary.other, "summary.other", label.empty() ? text : label + ": " + text);
        return true;
    case Name::Status:
        for (const DocumentStatus status : {DocumentStatus::Draft, DocumentStatus::InReview,
                                            DocumentStatus::Reviewed, DocumentStatus::Closed})
            if (wordsOf(nameOf(status)) == wordsOf(text)) {
                d.status = status;
                return true;
            }
        to_.add(d.summary.other, "summary.other", (label.empty() ? "Status" : label) + ": " + text);
        return true;
    case Name::Severity:
        return fill(d.severity, "severity");
    case Name::Owner:
        return fill(d.owner, "owner");
    case Name::Authors:
        return list(d.authors, "authors");
    case Name::Reviewers:
        return list(d.reviewers, "reviewers");
    default:
        return false;
    }
}

// ---- summary

void Walker::noteTimes(const std::string& plain, std::size_t line) {
    const auto spans = spansIn(plain);
    for (const WrittenSpan& span : spans) {
        if (!to_.clues.start && span.from.ofDay && (span.to || spans.size() == 1)) {
            to_.clues.start = At{span.from, line};
            to_.summary().startText =
                plain.substr(span.from.begin, span.from.end - span.from.begin);
        }
        if (!to_.clues.end && span.to && span.to->ofDay) {
            to_.clues.end = At{*span.to, line};
            to_.summary().endText = plain.substr(span.to->begin, span.to->end - span.to->begin);
        }
        if (span.from.date) to_.clues.dates.push_back({span.from, line});
    }
    if (!to_.clues.length) to_.clues.length = lengthIn(plain);
    if (const auto zone = zoneWithin(plain); zone && !to_.clues.zone) to_.clues.zone = zone;
}

/// Prose tells when it was only by a span; its dates are those of the incident.
void Walker::noteProse(const std::string& plain, std::size_t line) {
    for (const WrittenSpan& span : spansIn(plain)) {
        if (span.to && span.from.ofDay && span.to->ofDay) return noteTimes(plain, line);
        if (span.from.date) to_.clues.dates.push_back({span.from, line});
    }
}

void Walker::noteTold(const std::string& plain, std::size_t line) {
    const auto spans = spansIn(plain);
    for (const WrittenSpan& span : spans)
        if (span.from.date) to_.clues.told.push_back({span.from, line});
    const auto whole = [](const WrittenSpan& s) { return s.to && s.from.ofDay && s.to->ofDay; };
    if (!toldTimes_ && std::ranges::any_of(spans, whole)) toldTimes_ = {plain, line};
}

void Walker::summaryPiece(const Block& block, std::string_view markdown) {
    const auto label = labelOf(markdown);
    const auto name = label ? namedExactly(label->name) : std::nullopt;
    const bool single = name == Name::Services && !label->rest.empty();
    leaveField(block, name.has_value() && !single);
    if (name && (summaryField(block, *name, label->rest) ||
                 headField(block, *name, label->name, label->rest)))
        return;
    const std::string plain = plainText(markdown);
    if (field_) return appendToField(block, *field_, plain);
    noteProse(plain, block.first);
    to_.add(to_.summary().other, "summary.other", plain);
}

bool Walker::summaryField(const Block& block, Name name, std::string_view rest) {
    const std::string plain = plainText(rest);
    switch (name) {
    case Name::Impact:
    case Name::Duration:
    case Name::Start:
    case Name::End:
    case Name::RootCause:
    case Name::Trigger:
    case Name::Resolution:
    case Name::AffectedShare:
    case Name::FailedShare:
    case Name::SlowShare:
    case Name::Services:
        break;
    default:
        return false;
    }
    // These are one line; what follows belongs to the field before.
    const bool single = name == Name::Services || name == Name::Start || name == Name::End ||
                        name == Name::AffectedShare || name == Name::FailedShare ||
                        name == Name::SlowShare;
    if (plain.empty() || !single) beginField(block, name, plain.empty());
    if (!plain.empty()) appendToField(block, name, plain);
    return true;
}

void Walker::appendToField(const Block& block, Name name, const std::string& plain) {
    Summary& s = to_.summary();
    switch (name) {
    case Name::Impact:
        noteTold(plain, block.first);
        return to_.append(s.impact, "summary.impact", plain);
    case Name::Duration:
        to_.append(s.durationText, "summary.duration_text", plain);
        return noteTimes(plain, block.first);
    case Name::RootCause:
        return to_.append(s.rootCause, "summary.root_cause", plain);
    case Name::Trigger:
        return to_.append(s.trigger, "summary.trigger", plain);
    case Name::Resolution:
        return to_.append(s.resolution, "summary.resolution", plain);
    case Name::AffectedShare:
        return to_.append(s.affectedShare, "summary.affected_share", plain);
    case Name::FailedShare:
        return to_.append(s.failedShare, "summary.failed_share", plain);
    case Name::SlowShare:
        return to_.append(s.slowShare, "summary.slow_share", plain);
    case Name::Services:
        for (std::string& one : listedNames(plain, false))
            to_.add(to_.document().services, "services", std::move(one));
        return;
    case Name::Start:
    case Name::End: {
        const bool start = name == Name::Start;
        auto& clue = start ? to_.clues.start : to_.clues.end;
        const auto spans = spansIn(plain);
        if (!clue && !spans.empty()) {
            clue = At{spans.front().from, block.first};
            if (spans.front().from.date) to_.clues.dates.push_back(*clue);
        }
        return to_.append(start ? s.startText : s.endText,
                          start ? "summary.start_text" : "summary.end_text", plain);
    }
    default:
        if (!headField(block, name, std::string(), plain)) to_.add(s.other, "summary.other", plain);
    }
}

// ---- root cause and resolution

void Walker::causePiece(const Block& block, std::string_view markdown) {
    const auto label = labelOf(markdown);
    const auto name = label ? namedExactly(label->name) : std::nullopt;
    const bool target = name == Name::RootCause || name == Name::Resolution;
    leaveField(block, target);
    if (!target) return causeText(block, plainText(markdown));
    beginField(block, *name, label->rest.empty());
    if (!label->rest.empty()) causeText(block, plainText(label->rest));
}

void Walker::causeText(const Block& block, const std::string& plain) {
    Postmortem& d = to_.document();
    const bool resolution = field_ ? field_ == Name::Resolution : section_ == Section::Resolution;
    if (resolution) return to_.add(d.resolution, "resolution", plain);
    if (field_ || section_ != Section::Cause) return to_.add(d.rootCause, "root_cause", plain);
    std::size_t told = 0; // bytes that tell the cause
    for (const std::string_view sentence : sentencesOf(plain)) {
        if (tellsResolution(sentence)) {
            beginField(block, Name::Resolution, true);
            headingField_ = field_;
            break;
        }
        told = static_cast<std::size_t>(sentence.data() - plain.data()) + sentence.size();
    }
    to_.add(d.rootCause, "root_cause", std::string(trimmed(plain.substr(0, told))));
    to_.add(d.resolution, "resolution", std::string(trimmed(plain.substr(told))));
}

// ---- measures, lessons

void Walker::measuresPiece(const Block& block, std::string_view markdown) {
    const auto label = labelOf(markdown);
    auto name = label ? namedExactly(label->name) : std::nullopt;
    if (name == Name::Measures) name = Name::Improvements;
    const bool target = name == Name::Improvements || name == Name::Tasks || name == Name::Declined;
    leaveField(block, target);
    if (target) {
        beginField(block, *name, label->rest.empty());
        if (!label->rest.empty()) measure(block, plainText(label->rest));
        return;
    }
    std::vector<Task>& tasks = to_.document().tasks;
    const bool under = lastItem_ &&
                       (block.indent > *lastItem_ || block.kind == Block::Kind::Text) &&
                       field_ == Name::Tasks;
    if (under && name && !tasks.empty() &&
        setTaskField(tasks.back(), *name, plainText(label->rest)))
        return;
    const bool leads = block.kind == Block::Kind::Text && block.text.ends_with(':') &&
                       at_ + 1 < blocks_.size() && blocks_[at_ + 1].kind == Block::Kind::Item;
    if (leads) return to_.keepBlock(block);
    if (block.kind == Block::Kind::Item && label && label->rest.empty() && groupsTasks(block) &&
        isTaskType(label->name)) {
        taskType_ = {label->name, block.indent};
        return lastItem_.reset();
    }
    if (taskType_ && block.kind == Block::Kind::Item && block.indent <= taskType_->second)
        taskType_.reset();
    const std::string plain = plainText(markdown);
    if (!charges(block, plain)) measure(block, plain);
}

/// A paragraph of sentences that give people work is as many tasks.
bool Walker::charges(const Block& block, const std::string& plain) {
    if (block.kind != Block::Kind::Text || field_ == Name::Improvements || field_ == Name::Declined)
        return false;
    const auto sentences = sentencesOf(plain);
    const auto charged = std::ranges::count_if(
        sentences, [](std::string_view s) { return chargeIn(s).has_value(); });
    if (sentences.size() < 2 || charged == 0) return false;
    for (const std::string_view sentence : sentences)
        measure(block, std::string(sentence));
    return true;
}

/// True if items stand deeper right below.
bool Walker::groupsTasks(const Block& block) const {
    const Block* next = at_ + 1 < blocks_.size() ? &blocks_[at_ + 1] : nullptr;
    return next && next->kind == Block::Kind::Item && next->indent > block.indent;
}

namespace {

/// An improvement that says who does it is a task.
bool isAssigned(const std::string& plain) {
    return !taskFrom(plain, {}).owner.empty();
}

} // namespace

void Walker::measure(const Block& block, const std::string& plain) {
    Postmortem& d = to_.document();
    std::string_view text = plain;
    if (field_ == Name::Declined || (!block.checked && tellsDeclined(plain)))
        return to_.add(d.declined, "declined", plain);
    const bool numbered = takeTaskNumber(text);
    const bool task =
        field_ == Name::Tasks || (field_ != Name::Improvements &&
                                  (numbered || block.checked.has_value() || isAssigned(plain)));
    const bool deeper = lastItem_ && block.indent > *lastItem_ && !numbered && !block.checked;
    if (deeper && task && !d.tasks.empty()) {
        d.tasks.back().text += '\n' + plain;
        return;
    }
    if (deeper && !task && !d.improvements.empty()) return to_.appendToLast(d.improvements, plain);
    if (!deeper) lastItem_ = block.indent;
    const std::string type = taskType_ ? taskType_->first : std::string();
    if (!task)
        return to_.add(d.improvements, "improvements", type.empty() ? plain : type + ": " + plain);
    Task made = taskFrom(plain, block.checked);
    if (!type.empty() && !setTaskField(made, Name::Kind, type)) made.text = type + ": " + made.text;
    to_.addTask(std::move(made));
}

void Walker::lessonsPiece(const Block& block, std::string_view markdown) {
    const auto label = labelOf(markdown);
    const auto name = label ? namedExactly(label->name) : std::nullopt;
    const bool target = name == Name::Well || name == Name::Wrong || name == Name::Lucky;
    leaveField(block, target);
    std::string_view text = markdown;
    if (target) {
        beginField(block, *name, label->rest.empty());
        text = label->rest;
    }
    Postmortem& d = to_.document();
    if (field_ == Name::Well) return to_.add(d.wentWell, "lessons.well", plainText(text));
    if (field_ == Name::Wrong) return to_.add(d.wentWrong, "lessons.wrong", plainText(text));
    if (field_ == Name::Lucky) return to_.add(d.gotLucky, "lessons.lucky", plainText(text));
    to_.keepBlock(block);
}

} // namespace postlude::reading
