// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/detail/textfaults.h"

#include "core/base/text.h"
#include "core/postmortem/detail/wordcheck.h"
#include "core/postmortem/marks.h"
#include "core/postmortem/places.h"
#include "core/postmortem/sensitive.h"
#include "core/postmortem/wording.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude::checks {

namespace {

// Between two entries while users are hit; shorter ones are only quiet work.
constexpr Duration kLeastGap = std::chrono::minutes{10};

/// The longest time between entries, the start and the end while the impact lasted.
Window longestGap(const Postmortem& d) {
    std::vector<Instant> times{*d.summary.start, *d.summary.end};
    for (const TimelineEntry& e : d.timeline)
        if (e.time && *e.time > *d.summary.start && *e.time < *d.summary.end)
            times.push_back(*e.time);
    std::ranges::sort(times);
    Window longest;
    for (std::size_t i = 1; i < times.size(); ++i)
        if (times[i] - times[i - 1] > longest.length()) longest = {times[i - 1], times[i]};
    return longest;
}

bool startsWith(const std::string& text, std::string_view start) {
    return trimmed(text).starts_with(start);
}

} // namespace

std::string named(std::string_view text) {
    constexpr std::size_t most = 48;
    std::string shown = visible(trimmed(withoutMarks(text)));
    if (shown.size() > most) {
        std::size_t cut = shown.rfind(' ', most);
        if (cut == std::string::npos || cut == 0) cut = most;
        while ((static_cast<unsigned char>(shown[cut]) & 0xC0U) == 0x80U)
            --cut;
        shown = shown.substr(0, cut) + "…";
    }
    return "“" + shown + "”";
}

void textFaults(const Postmortem& document, std::vector<Fault>& faults) {
    const KnownNames known = knownNames(document, {}, nullptr);
    for (const PlacedText& text : proseOf(document)) {
        for (const WordFault& f : wordFaults(text.text, known.people))
            faults.push_back({partOf(text.place),
                              fmt::format("“{}” in {} {}: {}", visible(f.word), named(text.text),
                                          f.what, f.remedy),
                              text.place});
        for (const Mark& mark : marksIn(text.text))
            if (!evidenceOf(document, mark.label) && !text.place.starts_with("tasks["))
                faults.push_back({partOf(text.place),
                                  fmt::format("{} in {} leads to no evidence: take it out, or add "
                                              "the lines or chart meant",
                                              markOf(mark.label), named(text.text)),
                                  text.place});
        if (holdsSecret(text.text))
            faults.push_back({partOf(text.place),
                              "A secret stands in a text: take it out, and change it where it was "
                              "used",
                              text.place});
    }
}

void storyFaults(const Postmortem& document, std::vector<Fault>& faults) {
    const Summary& s = document.summary;
    if (s.start && s.end && *s.end > *s.start && !document.timeline.empty()) {
        const Window gap = longestGap(document);
        if (gap.length() >= kLeastGap && gap.length() * 3 > *s.end - *s.start)
            faults.push_back({"Timeline",
                              fmt::format("Nothing is told for {} ({}): add what was done and "
                                          "tried",
                                          spoken(gap.length()), spanText(gap, zoneOf(document))),
                              "timeline"});
    }
    const auto factor = [](const std::string& t) { return startsWith(t, "Contributing factor"); };
    const bool single =
        document.rootCause.size() == 1 ||
        (document.rootCause.size() > 1 && std::ranges::none_of(document.rootCause, factor) &&
         document.rootCause.size() < 3);
    if (single)
        faults.push_back({"Root cause and resolution",
                          "One cause is told: add what else made it possible, last longer or "
                          "spread wider",
                          "root_cause"});
}

} // namespace postlude::checks
