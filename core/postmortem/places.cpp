// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/places.h"

namespace postlude {

namespace {

template <class List, class Each>
void eachOf(const char* name, List& list, Each each) {
    for (std::size_t i = 0; i < list.size(); ++i)
        each(std::string(name) + "[" + std::to_string(i) + "]", list[i]);
}

/// Document is Postmortem or const Postmortem.
template <class Document, class Each>
void eachText(Document& d, Each each) {
    eachOf("introduction", d.introduction, each);
    auto& s = d.summary;
    each(std::string("summary.duration_text"), s.durationText);
    each(std::string("summary.impact"), s.impact);
    each(std::string("summary.affected_share"), s.affectedShare);
    each(std::string("summary.failed_share"), s.failedShare);
    each(std::string("summary.slow_share"), s.slowShare);
    each(std::string("summary.root_cause"), s.rootCause);
    each(std::string("summary.trigger"), s.trigger);
    each(std::string("summary.resolution"), s.resolution);
    eachOf("summary.other", s.other, each);
    for (std::size_t i = 0; i < d.timeline.size(); ++i)
        each("timeline[" + std::to_string(i) + "]", d.timeline[i].text);
    eachOf("root_cause", d.rootCause, each);
    eachOf("resolution", d.resolution, each);
    eachOf("improvements", d.improvements, each);
    for (std::size_t i = 0; i < d.tasks.size(); ++i)
        each("tasks[" + std::to_string(i) + "]", d.tasks[i].text);
    eachOf("declined", d.declined, each);
    eachOf("lessons.well", d.wentWell, each);
    eachOf("lessons.wrong", d.wentWrong, each);
    eachOf("lessons.lucky", d.gotLucky, each);
    eachOf("conclusion", d.conclusion, each);
}

} // namespace

std::vector<PlacedText> proseOf(const Postmortem& document) {
    std::vector<PlacedText> texts;
    eachText(document, [&](std::string place, const std::string& text) {
        if (!text.empty()) texts.push_back({std::move(place), text});
    });
    return texts;
}

void editTexts(Postmortem& document,
               const std::function<void(const std::string& place, std::string& text)>& edit) {
    eachText(document, edit);
}

std::string* textAt(Postmortem& document, std::string_view place) {
    std::string* found = nullptr;
    eachText(document, [&](const std::string& name, std::string& text) {
        if (name == place) found = &text;
    });
    return found;
}

std::string partOf(std::string_view place) {
    const auto begins = [&](const char* with) { return place.starts_with(with); };
    if (begins("summary.impact") || begins("summary.affected") || begins("summary.failed"))
        return "Impact";
    if (begins("timeline")) return "Timeline";
    if (begins("root_cause") || begins("resolution")) return "Root cause and resolution";
    if (begins("improvements") || begins("tasks") || begins("declined"))
        return "Corrective and preventative measures";
    if (begins("lessons")) return "Lessons learned";
    return "Summary";
}

} // namespace postlude
