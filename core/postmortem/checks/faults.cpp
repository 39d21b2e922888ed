// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/base/zone.h"
#include "core/postmortem/detail/textfaults.h"
#include "core/postmortem/find.h"
#include "core/postmortem/places.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace postlude {

namespace {

using checks::named;

constexpr const char* kSummary = "Summary";
constexpr const char* kImpact = "Impact";
constexpr const char* kTimeline = "Timeline";
constexpr const char* kCause = "Root cause and resolution";
constexpr const char* kMeasures = "Corrective and preventative measures";
constexpr const char* kLessons = "Lessons learned";

bool isAsked(std::string_view text) {
    return !openQuestionsIn({}, text).empty();
}

bool blank(std::string_view text) {
    return trimmed(text).empty();
}

using Faults = std::vector<Fault>;

void require(Faults& faults, const char* part, bool given, const char* otherwise) {
    if (!given) faults.push_back({part, otherwise, {}});
}

void summaryFaults(const Postmortem& d, Faults& faults) {
    const Summary& s = d.summary;
    require(faults, kSummary, !blank(d.title), "There is no title: name the incident");
    const auto time = [&](const char* what, const char* place, bool known,
                          const std::string& written) {
        if (known) return;
        faults.push_back(
            {kSummary,
             blank(written)
                 ? fmt::format("The {} of the impact is missing: give it", what)
                 : fmt::format("The {} of the impact, {}, is not a date and time that can be read: "
                               "write it in digits",
                               what, named(written)),
             place});
    };
    time("start", "summary.start", s.start.has_value(), s.startText);
    time("end", "summary.end", s.end.has_value(), s.endText);
    if (s.start && s.end && *s.end <= *s.start)
        faults.push_back(
            {kSummary, "The end is not after the start: correct one of them", "summary.end"});
    require(faults, kSummary, blank(s.zone) ? false : Zone::named(s.zone).has_value(),
            "The time zone is missing: say in which zone the times are");
    require(faults, kSummary, !blank(s.rootCause),
            "The root cause is missing: say it in a sentence");
    require(faults, kSummary, !blank(s.resolution), "The resolution is missing: say how it ended");
    require(faults, kImpact, !blank(s.impact), "The impact is missing: say what users saw");
    require(faults, kImpact, !blank(s.affectedShare),
            "The share of users affected is missing: give it or say that it is not known");
}

void timelineFaults(const Postmortem& d, Faults& faults) {
    if (d.timeline.empty())
        return faults.push_back(
            {kTimeline, "The timeline is empty: add what happened, and when", "timeline"});
    const auto detected = [](const TimelineEntry& e) { return e.kind == EntryKind::Detection; };
    require(faults, kTimeline, std::ranges::any_of(d.timeline, detected),
            "There is no detection: say when and how the incident was noticed");
    for (std::size_t i = 0; i < d.timeline.size(); ++i) {
        const TimelineEntry& entry = d.timeline[i];
        const std::string place = fmt::format("timeline[{}]", i);
        const bool asked = isAsked(entry.text);
        if (blank(entry.text))
            faults.push_back(
                {kTimeline, "An entry says nothing: write what happened or delete it", place});
        else if (entry.evidence.empty() && !asked)
            faults.push_back(
                {kTimeline,
                 named(entry.text) + " has no evidence: add the lines or chart that show it",
                 place});
        const bool placed = entry.time || !blank(entry.timeText) ||
                            entry.kind == EntryKind::MisleadingPath ||
                            entry.kind == EntryKind::Assumption;
        if (!placed && !asked)
            faults.push_back({kTimeline, named(entry.text) + " has no time: give one", place});
    }
}

void taskFaults(const Postmortem& d, Faults& faults) {
    if (d.tasks.empty())
        faults.push_back(
            {kMeasures, "There are no tasks: add at least one that prevents a repeat", "tasks"});
    for (std::size_t i = 0; i < d.tasks.size(); ++i) {
        const Task& task = d.tasks[i];
        const std::string place = fmt::format("tasks[{}]", i);
        if (blank(task.text)) {
            faults.push_back(
                {kMeasures, "A task says nothing: write what is to be done or delete it", place});
            continue;
        }
        if (blank(task.owner))
            faults.push_back(
                {kMeasures, named(task.text) + " has no owner: name one person or team", place});
        if (blank(task.due))
            faults.push_back({kMeasures, named(task.text) + " has no due date: set one", place});
        if (blank(task.doneWhen))
            faults.push_back(
                {kMeasures, named(task.text) + " has no end: say how one will know that it is done",
                 place});
    }
}

void questionFaults(const Postmortem& d, Faults& faults) {
    const auto add = [&](const std::string& place, std::string_view question) {
        question = question.substr(1, question.size() - 2);
        faults.push_back(
            {partOf(place), named(question) + " is open: answer it or delete it", place});
    };
    std::map<std::string, std::string_view> texts{{"title", d.title}};
    const std::vector<PlacedText> prose = proseOf(d);
    for (const PlacedText& text : prose)
        texts[text.place] = text.text;
    for (const FoundText& question : openQuestions(d))
        add(question.place, texts[question.place].substr(question.at, question.size));
    for (std::size_t i = 0; i < d.tasks.size(); ++i)
        for (const FoundText& question : openQuestionsIn({}, d.tasks[i].doneWhen))
            add(fmt::format("tasks[{}]", i),
                std::string_view(d.tasks[i].doneWhen).substr(question.at, question.size));
}

} // namespace

std::vector<Fault> faultsOf(const Postmortem& document) {
    Faults faults;
    summaryFaults(document, faults);
    timelineFaults(document, faults);
    require(faults, kCause, !document.rootCause.empty(),
            "The root cause is not explained: write a paragraph");
    require(faults, kCause, !document.resolution.empty(),
            "The resolution is not explained: write a paragraph");
    taskFaults(document, faults);
    checks::storyFaults(document, faults);
    checks::textFaults(document, faults);
    questionFaults(document, faults);
    return faults;
}

} // namespace postlude
