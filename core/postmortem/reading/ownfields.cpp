// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/postmortem/detail/ownforms.h"
#include "core/postmortem/detail/ownreader.h"
#include "core/postmortem/detail/tasks.h"
#include "core/postmortem/wording.h"

#include <algorithm>
#include <fmt/format.h>

namespace postlude::reading {

namespace {

/// "**Label:** text" as we write it.
std::optional<std::pair<std::string_view, std::string_view>> fieldOf(std::string_view text) {
    const std::size_t end = text.find(":**");
    if (!text.starts_with("**") || end == std::string_view::npos) return {};
    return std::pair{text.substr(2, end - 2), trimmed(text.substr(end + 3))};
}

} // namespace

bool OwnReader::add(std::vector<std::string>& list, const std::string& name,
                    std::string_view text) {
    place_ = name + "[" + std::to_string(list.size()) + "]";
    list.push_back(ownText(text));
    return true;
}

bool OwnReader::place(std::string_view text, bool item, std::size_t line) {
    switch (*part_) {
    case Part::Head:
        return item && headField(text);
    case Part::Introduction:
        return add(d_.introduction, "introduction", text);
    case Part::Summary:
    case Part::Impact:
        return summaryField(text, line) || add(d_.summary.other, "summary.other", text);
    case Part::Timeline:
        return item && entry(text, line);
    case Part::RootCause:
        return add(d_.rootCause, "root_cause", text);
    case Part::Resolution:
        return add(d_.resolution, "resolution", text);
    case Part::Improvements:
        return add(d_.improvements, "improvements", text);
    case Part::Tasks:
        if (item) {
            place_ = "tasks[" + std::to_string(d_.tasks.size()) + "]";
            d_.tasks.push_back(taskFrom(plainText(text), {}));
        }
        return item;
    case Part::Declined:
        return add(d_.declined, "declined", text);
    case Part::Well:
        return add(d_.wentWell, "lessons.well", text);
    case Part::Wrong:
        return add(d_.wentWrong, "lessons.wrong", text);
    case Part::Lucky:
        return add(d_.gotLucky, "lessons.lucky", text);
    case Part::Conclusion:
        return add(d_.conclusion, "conclusion", text);
    case Part::Evidence:
        return text == kEvidenceLead;
    default:
        return false;
    }
}

bool OwnReader::headField(std::string_view text) {
    const auto field = fieldOf(text);
    if (!field) return false;
    const auto& [label, value] = *field;
    const auto one = [&](std::string& to, const char* name) {
        to = ownText(value);
        place_ = name;
        return true;
    };
    const auto each = [&](std::vector<std::string>& to, const char* name) {
        std::string_view rest = value;
        while (true) {
            const std::size_t comma = rest.find(", ");
            add(to, name, rest.substr(0, comma));
            if (comma == std::string_view::npos) return true;
            rest.remove_prefix(comma + 2);
        }
    };
    if (label == "Status") return status(ownText(value));
    if (label == "Severity") return one(d_.severity, "severity");
    if (label == "Owner") return one(d_.owner, "owner");
    if (label == "Authors") return each(d_.authors, "authors");
    if (label == "Author") return add(d_.authors, "authors", value);
    if (label == "Reviewers") return each(d_.reviewers, "reviewers");
    if (label == "Reviewer") return add(d_.reviewers, "reviewers", value);
    if (label == "Services") return each(d_.services, "services");
    if (label == "Service") return add(d_.services, "services", value);
    return false;
}

bool OwnReader::status(const std::string& text) {
    for (const DocumentStatus known : {DocumentStatus::Draft, DocumentStatus::InReview,
                                       DocumentStatus::Reviewed, DocumentStatus::Closed})
        if (nameOf(known) == text) {
            d_.status = known;
            place_ = "status";
            return true;
        }
    return false;
}

bool OwnReader::summaryField(std::string_view text, std::size_t line) {
    const auto field = fieldOf(text);
    if (!field) return false;
    const auto& [label, value] = *field;
    Summary& s = d_.summary;
    if (label == "Duration") {
        duration(ownText(value), line);
        return true;
    }
    const std::initializer_list<std::tuple<const char*, std::string*, const char*>> fields = {
        {"Duration as written", &s.durationText, "summary.duration_text"},
        {"Start as written", &s.startText, "summary.start_text"},
        {"End as written", &s.endText, "summary.end_text"},
        {"Impact", &s.impact, "summary.impact"},
        {"Users affected", &s.affectedShare, "summary.affected_share"},
        {"Requests failed", &s.failedShare, "summary.failed_share"},
        {"Requests answered late", &s.slowShare, "summary.slow_share"},
        {"Root cause", &s.rootCause, "summary.root_cause"},
        {"Trigger", &s.trigger, "summary.trigger"},
        {"Resolution", &s.resolution, "summary.resolution"}};
    for (const auto& [name, to, where] : fields)
        if (label == name && to->empty()) {
            *to = ownText(value);
            place_ = where;
            return true;
        }
    return false;
}

/// As we write it, or as somebody changed it since.
void OwnReader::duration(const std::string& text, std::size_t line) {
    Summary& s = d_.summary;
    place_ = "summary.duration";
    if (const auto span = ownSpan(text)) {
        s.start = span->start;
        s.end = span->end;
        if (!span->length.empty()) s.durationText = span->length;
        const Zone zone = zoneOf(d_);
        if (s.start) day_ = fromRfc3339(fmt::format("{}T00:00:00Z", zone.date(*s.start)));
        return;
    }
    s.durationText = text;
    const auto spans = spansIn(text);
    if (spans.empty()) return;
    edited_ = true;
    if (spans.front().from.ofDay) to_.clues.start = At{spans.front().from, line};
    if (spans.front().to && spans.front().to->ofDay) to_.clues.end = At{*spans.front().to, line};
}

} // namespace postlude::reading
