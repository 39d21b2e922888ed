// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/entrylinks.h"

#include "core/base/zone.h"
#include "core/postmortem/wording.h"

#include <algorithm>
#include <array>

namespace postlude {

namespace {

constexpr std::size_t kLongest = 32; // of a date and time with all its digits

/// From coarse to fine: the shortest that leads to the entry is taken.
std::array<std::string, 4> namesOf(Instant at, const Zone& zone) {
    const std::string second = zone.timeOfDay(at, 0);
    const std::string milli = zone.timeOfDay(at, 3);
    const std::string date = zone.date(at);
    return {second, milli, date + " " + second, date + " " + milli};
}

bool looksLikeTime(std::string_view text) {
    return text.size() >= 8 && text.size() <= kLongest && text[0] >= '0' && text[0] <= '9' &&
           text.find_first_not_of("0123456789:-. ") == std::string_view::npos;
}

} // namespace

void EntryLinks::fill() {
    filled_ = true;
    const Zone zone = zoneOf(document_);
    for (std::size_t i = 0; i < document_.timeline.size(); ++i)
        if (const auto& time = document_.timeline[i].time)
            for (const std::string& name : namesOf(*time, zone))
                byTime_.emplace(name, i);
}

std::vector<EntryLink> EntryLinks::in(std::string_view text) {
    std::vector<EntryLink> links;
    for (std::size_t at = text.find('['); at != std::string_view::npos;
         at = text.find('[', at + 1)) {
        const std::size_t end = text.find_first_of("[]", at + 1);
        if (end == std::string_view::npos) break;
        const std::string_view time = text.substr(at + 1, end - at - 1);
        if (text[end] != ']' || !looksLikeTime(time)) continue;
        if (!filled_) fill();
        if (const auto entry = byTime_.find(time); entry != byTime_.end())
            links.push_back({at, end + 1 - at, entry->second});
    }
    return links;
}

std::string EntryLinks::textTo(std::size_t entry) {
    if (!filled_) fill();
    if (entry >= document_.timeline.size() || !document_.timeline[entry].time) return {};
    const auto names = namesOf(*document_.timeline[entry].time, zoneOf(document_));
    const auto leads =
        std::ranges::find_if(names, [&](const std::string& n) { return byTime_.at(n) == entry; });
    return "[" + (leads == names.end() ? names.back() : *leads) + "]";
}

} // namespace postlude
