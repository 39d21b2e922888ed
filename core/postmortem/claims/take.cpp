// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/postmortem/claims.h"
#include "core/postmortem/detail/ownforms.h"
#include "core/postmortem/places.h"

#include <algorithm>
#include <charconv>

namespace postlude {

namespace {

/// Of "timeline[3]" the fourth entry.
TimelineEntry* entryAt(Postmortem& document, std::string_view place) {
    constexpr std::string_view name = "timeline[";
    if (!place.starts_with(name)) return nullptr;
    place.remove_prefix(name.size());
    std::size_t index = 0;
    const auto [end, fault] = std::from_chars(place.data(), place.data() + place.size(), index);
    if (fault != std::errc() || index >= document.timeline.size()) return nullptr;
    return &document.timeline[index];
}

bool takeInstant(std::optional<Instant>& to, std::string& text, const std::string& logs) {
    const auto at = reading::ownMoment(logs, {});
    if (!at) return false;
    to = at;
    text.clear();
    return true;
}

} // namespace

bool takeLogsValue(Postmortem& document, const Claim& claim) {
    if (claim.logs.empty() || claim.kind == Claim::Kind::Evidence) return false;
    Summary& s = document.summary;
    if (claim.size == 0) {
        if (claim.place == "summary.start") return takeInstant(s.start, s.startText, claim.logs);
        if (claim.place == "summary.end") return takeInstant(s.end, s.endText, claim.logs);
        if (TimelineEntry* entry = entryAt(document, claim.place))
            return takeInstant(entry->time, entry->timeText, claim.logs);
    }
    std::string* text = textAt(document, claim.place);
    if (!text) return false;
    if (claim.size == 0) {
        *text = claim.logs;
        return true;
    }
    if (text->substr(std::min(claim.at, text->size()), claim.size) != claim.stated) return false;
    text->replace(claim.at, claim.size, claim.logs);
    return true;
}

std::string toJson(const std::vector<Claim>& claims) {
    std::string json = "{\n  \"claims\": [";
    const auto add = [&](const char* key, std::string_view value) {
        if (!value.empty()) json += std::string(", \"") + key + "\": " + jsonQuoted(value);
    };
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const Claim& c = claims[i];
        json += i ? ",\n    {" : "\n    {";
        json += "\"state\": " + jsonQuoted(nameOf(c.state));
        add("kind", nameOf(c.kind));
        add("place", c.place);
        add("what", c.what);
        add("stated", c.stated);
        add("logs", c.logs);
        add("by", c.by);
        add("how", c.how);
        json += "}";
    }
    const auto count = [&](Claim::State state) {
        return std::to_string(std::ranges::count(claims, state, &Claim::state));
    };
    return json + (claims.empty() ? "],\n" : "\n  ],\n") +
           "  \"agree\": " + count(Claim::State::Agrees) +
           ",\n  \"differ\": " + count(Claim::State::Differs) +
           ",\n  \"no_data\": " + count(Claim::State::NoData) + "\n}\n";
}

} // namespace postlude
