// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
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

namespace {

std::size_t counted(const std::vector<Claim>& claims, Claim::State state, bool evidence) {
    return std::size_t(std::ranges::count_if(claims, [&](const Claim& c) {
        return c.state == state && (c.kind == Claim::Kind::Evidence) == evidence;
    }));
}

} // namespace

std::size_t countOf(const std::vector<Claim>& claims, Claim::State state) {
    return counted(claims, state, false);
}

std::size_t evidenceCountOf(const std::vector<Claim>& claims, Claim::State state) {
    return counted(claims, state, true);
}

std::string toJson(const std::vector<Claim>& claims) {
    JsonWriter json;
    json.beginObject();
    json.beginArray("claims");
    for (const Claim& c : claims) {
        json.beginObject();
        json.text("state", nameOf(c.state));
        json.text("kind", nameOf(c.kind));
        json.textIf("place", c.place);
        json.textIf("what", c.what);
        json.textIf("stated", c.stated);
        json.textIf("logs", c.logs);
        json.textIf("by", c.by);
        json.textIf("how", c.how);
        json.endObject();
    }
    json.endArray();
    const auto count = [&](auto of) {
        json.count("agree", of(claims, Claim::State::Agrees));
        json.count("differ", of(claims, Claim::State::Differs));
        json.count("no_data", of(claims, Claim::State::NoData));
    };
    count(countOf);
    json.beginObject("evidence");
    count(evidenceCountOf);
    json.endObject();
    json.endObject();
    return json.str() + "\n";
}

} // namespace postlude
