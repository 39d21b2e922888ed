// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postmortem/forms.h"

#include "core/base/text.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>

namespace postlude {

namespace {

struct PartName {
    Part part;
    std::string_view name, heading;
};
constexpr std::array<PartName, 19> kParts{
    {{Part::Head, "head", ""},
     {Part::Introduction, "introduction", "Introduction"},
     {Part::Summary, "summary", "Issue summary"},
     {Part::Impact, "impact", "Impact"},
     {Part::Charts, "charts", ""},
     {Part::Timeline, "timeline", "Timeline"},
     {Part::Cause, "cause", "Root cause and resolution"},
     {Part::RootCause, "root_cause", "Root cause"},
     {Part::Resolution, "resolution", "Resolution"},
     {Part::Measures, "measures", "Corrective and preventative measures"},
     {Part::Improvements, "improvements", "Improvements"},
     {Part::Tasks, "tasks", "Tasks"},
     {Part::Declined, "declined", "Declined"},
     {Part::Lessons, "lessons", "Lessons learned"},
     {Part::Well, "well", "What went well"},
     {Part::Wrong, "wrong", "What went wrong"},
     {Part::Lucky, "lucky", "Where we got lucky"},
     {Part::Conclusion, "conclusion", "Conclusion"},
     {Part::Evidence, "evidence", "Supporting evidence"}}};

constexpr std::array kBuiltIn{"web-stack", "google-sre", "pagerduty",
                              "atlassian", "narrative",  "minimal"};

std::unexpected<Error> wrong(const std::string& name, std::string what) {
    return std::unexpected(Error{.kind = ErrorKind::NotUnderstood,
                                 .what = std::move(what),
                                 .place = {.source = name},
                                 .remedy = "copy one of the templates that come with Postlude"});
}

/// One line; quotes at both ends would be taken off again by the reader of front matter.
std::string headingFrom(const QJsonValue& value) {
    std::string text = visible(trimmed(value.toString().toStdString()));
    while (!text.empty() && (text.front() == '"' || text.front() == '\''))
        text.erase(text.begin());
    return text;
}

Result<FormSection> sectionFrom(const QJsonObject& object, const std::string& name) {
    const std::string part = object["part"].toString().toStdString();
    const auto known = partNamed(part);
    if (!known) return wrong(name, "“" + visible(part) + "” is no part of a postmortem");
    FormSection section{*known, object["level"].toInt(2), headingFrom(object["heading"]),
                        visible(trimmed(object["ask"].toString().toStdString()))};
    if (section.level != 2 && section.level != 3) return wrong(name, "a heading's level is 2 or 3");
    return section;
}

/// Two parts under one heading could not be told apart again.
Result<void> checkApart(const Form& form) {
    std::map<std::string, Part> headings;
    std::map<Part, int> times;
    for (const FormSection& s : form.sections) {
        if (++times[s.part] > 1)
            return wrong(form.name, fmt::format("the part {} comes twice", nameOf(s.part)));
        const std::string heading = s.heading.empty() ? std::string(headingOf(s.part)) : s.heading;
        if (heading.empty()) continue;
        if (!headings.emplace(heading, s.part).second)
            return wrong(form.name, "two parts are called “" + heading + "”");
    }
    return {};
}

Result<std::string> contentOf(const QString& path) {
    constexpr qint64 most = 1 << 20;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{.kind = ErrorKind::NotFound,
                                     .what = "no such template",
                                     .place = {.source = path.toStdString()}});
    return file.read(most).toStdString();
}

std::vector<Form> readBuiltIn() {
    std::vector<Form> forms;
    for (const char* name : kBuiltIn) {
        const auto json = contentOf(QString(":/postlude/templates/forms/%1.json").arg(name));
        if (!json) continue;
        if (auto form = formFromJson(*json, name)) forms.push_back(std::move(*form));
    }
    return forms;
}

bool isBlank(const std::vector<std::string>& texts) {
    return std::ranges::all_of(texts, [](const std::string& t) { return trimmed(t).empty(); });
}

} // namespace

std::vector<std::string>* textsOf(Part part, Postmortem& d) {
    switch (part) {
    case Part::Introduction:
        return &d.introduction;
    case Part::RootCause:
        return &d.rootCause;
    case Part::Resolution:
        return &d.resolution;
    case Part::Improvements:
        return &d.improvements;
    case Part::Declined:
        return &d.declined;
    case Part::Well:
        return &d.wentWell;
    case Part::Wrong:
        return &d.wentWrong;
    case Part::Lucky:
        return &d.gotLucky;
    case Part::Conclusion:
        return &d.conclusion;
    default:
        return nullptr;
    }
}

std::string_view nameOf(Part part) {
    return kParts[static_cast<std::size_t>(part)].name;
}

std::string_view headingOf(Part part) {
    return kParts[static_cast<std::size_t>(part)].heading;
}

std::optional<Part> partNamed(std::string_view name) {
    const auto found = std::ranges::find(kParts, name, &PartName::name);
    return found == kParts.end() ? std::nullopt : std::optional(found->part);
}

const std::vector<Form>& builtInForms() {
    static const std::vector<Form> forms = readBuiltIn();
    return forms;
}

const Form& usualForm() {
    static const Form none;
    return builtInForms().empty() ? none : builtInForms().front();
}

Result<Form> formFromJson(std::string_view json, const std::string& name) {
    QJsonParseError fault;
    const auto root = QJsonDocument::fromJson(
        QByteArray(json.data(), static_cast<qsizetype>(json.size())), &fault);
    if (!root.isObject())
        return wrong(name, "not a template: " + fault.errorString().toStdString());
    Form form{name, visible(trimmed(root["title"].toString().toStdString())), {}};
    if (form.title.empty()) form.title = visible(name);
    for (const auto& value : root["sections"].toArray()) {
        const auto section = sectionFrom(value.toObject(), name);
        if (!section) return std::unexpected(section.error());
        form.sections.push_back(*section);
    }
    if (form.sections.empty()) return wrong(name, "a template without sections");
    if (const auto apart = checkApart(form); !apart) return std::unexpected(apart.error());
    return form;
}

Result<Form> formNamed(const std::string& name, const std::filesystem::path& folder) {
    for (const Form& form : builtInForms())
        if (form.name == name || (name.empty() && &form == &usualForm())) return form;
    if (name.find('/') == std::string::npos)
        if (auto form = formFromFile(folder / (name + ".json"));
            form || form.error().kind != ErrorKind::NotFound)
            return form;
    std::string known;
    for (const std::string& other : formNames(folder))
        known += (known.empty() ? "" : ", ") + other;
    return std::unexpected(Error{.kind = ErrorKind::NotFound,
                                 .what = "no such template",
                                 .place = {.source = name},
                                 .remedy = "name a file, or one of " + known});
}

Result<Form> formFromFile(const std::filesystem::path& file) {
    const auto json = contentOf(QString::fromStdString(file.string()));
    if (!json) return std::unexpected(json.error());
    return formFromJson(*json, file.stem().string());
}

std::vector<std::string> formNames(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const Form& form : builtInForms())
        names.push_back(form.name);
    std::vector<std::string> own;
    std::error_code none;
    std::filesystem::directory_iterator at(folder, none);
    for (; !none && at != std::filesystem::directory_iterator(); at.increment(none))
        if (at->path().extension() == ".json") own.push_back(at->path().stem().string());
    std::ranges::sort(own);
    for (std::string& name : own)
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    return names;
}

std::vector<FormSection> completed(const Form& form) {
    std::vector<FormSection> sections = form.sections;
    std::set<std::string> taken;
    std::set<Part> there;
    for (FormSection& s : sections) {
        if (s.heading.empty()) s.heading = headingOf(s.part);
        taken.insert(s.heading);
        there.insert(s.part);
    }
    // Without headings of their own these stand within others.
    there.insert({Part::Impact, Part::Charts, Part::Cause, Part::Measures, Part::Lessons});
    for (const PartName& p : kParts) {
        if (there.contains(p.part)) continue;
        std::string heading(p.heading);
        while (!heading.empty() && taken.contains(heading))
            heading += ", more";
        taken.insert(heading);
        sections.push_back({p.part, 2, std::move(heading), {}});
    }
    // The head has no heading by which it could be known elsewhere.
    const auto head = std::ranges::find(sections, Part::Head, &FormSection::part);
    std::rotate(sections.begin(), head, head + 1);
    return sections;
}

void askFor(const Form& form, Postmortem& document) {
    for (const FormSection& section : form.sections) {
        if (section.ask.empty()) continue;
        std::vector<std::string>* texts = textsOf(section.part, document);
        if (texts && isBlank(*texts)) texts->push_back("[" + section.ask + "]");
    }
}

} // namespace postlude
