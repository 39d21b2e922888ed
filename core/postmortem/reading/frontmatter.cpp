// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/postmortem/detail/own.h"
#include "core/postmortem/detail/ownforms.h"
#include "core/postmortem/detail/tasks.h"

#include <algorithm>

namespace postlude::reading {

namespace {

// Longer than this it is a document between two rules.
constexpr std::size_t kMostLines = 100;

std::string_view unquotedValue(std::string_view value) {
    value = trimmed(value);
    const bool quoted = value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
                        value.back() == value.front();
    return quoted ? value.substr(1, value.size() - 2) : value;
}

bool isField(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    return std::ranges::all_of(line.substr(0, colon), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == ' ';
    });
}

void addTo(std::vector<std::string>& list, std::string_view value) {
    if (value.starts_with('[') && value.ends_with(']')) value = value.substr(1, value.size() - 2);
    for (const std::string& name : listedNames(value, false))
        list.emplace_back(unquotedValue(name));
}

} // namespace

FrontMatter frontMatterOf(const std::vector<std::string_view>& lines) {
    FrontMatter matter;
    if (lines.empty() || trimmed(lines[0]) != "---") return matter;
    std::size_t end = 1;
    while (end < lines.size() && end < kMostLines && trimmed(lines[end]) != "---" &&
           trimmed(lines[end]) != "...")
        ++end;
    if (end >= lines.size() || end >= kMostLines || end == 1) return matter;
    for (std::size_t i = 1; i < end; ++i) {
        const std::string_view line = lines[i];
        if (isField(line))
            matter.fields.emplace_back(trimmed(line.substr(0, line.find(':'))),
                                       unquotedValue(line.substr(line.find(':') + 1)));
        else if (i == 1) // prose between two rules
            return {};
    }
    matter.end = end + 1;
    for (const auto& [name, value] : matter.fields) {
        if (name == "postlude" && value == "1") matter.own = true;
        if (name == "timezone") matter.zone = ownText(value);
        if (name == "untitled") matter.untitled = true;
        if (name == "template") matter.form = value;
        if (name.starts_with("heading "))
            if (const auto part = partNamed(std::string_view(name).substr(8)))
                matter.headings.emplace_back(*part, value);
    }
    return matter;
}

void takeFrontMatter(const FrontMatter& matter, Collector& to) {
    bool all = true;
    Postmortem& d = to.document();
    for (const auto& [name, value] : matter.fields) {
        const auto known = namedExactly(name);
        if (name == "title")
            d.title = value;
        else if (known == Name::Date)
            to.summary().other.push_back(name + ": " + value);
        else if (known == Name::Authors)
            addTo(d.authors, value);
        else if (known == Name::Severity)
            d.severity = value;
        else if (known == Name::Services)
            addTo(d.services, value);
        else
            all = false;
        if (name == "title" || known == Name::Date) to.clues.note(value, 0);
    }
    // Lists over several lines and fields of other programs: kept whole, so that nothing is lost.
    if (matter.end > 0 && (!all || matter.fields.size() + 2 != matter.end))
        to.keep(0, matter.end - 1);
}

} // namespace postlude::reading
