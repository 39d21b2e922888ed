// SPDX-License-Identifier: GPL-3.0-or-later
// Templates: which parts a document has on paper, in which order and under which headings. The
// document itself stays what it is, so that changing the template loses nothing.
#pragma once

#include "core/postmortem/postmortem.h"

#include <filesystem>

namespace postlude {

/// What can be laid out. Cause, Measures and Lessons are headings over the parts behind them.
enum class Part : std::uint8_t {
    Head,
    Introduction,
    Summary, ///< the fields that Impact does not take
    Impact,  ///< impact and shares, where the form wants them apart
    Charts,  ///< where they are not to stand in the summary
    Timeline,
    Cause,
    RootCause,
    Resolution,
    Measures,
    Improvements,
    Tasks,
    Declined,
    Lessons,
    Well,
    Wrong,
    Lucky,
    Conclusion,
    Evidence
};
std::string_view nameOf(Part part);                   ///< "root_cause"
std::optional<Part> partNamed(std::string_view name); ///< the other way round
std::string_view headingOf(Part part);                ///< "Root cause"; "" of Head and Charts
/// The paragraphs that a part shows, within the document; null for parts that are more than one
/// list.
std::vector<std::string>* textsOf(Part part, Postmortem& document);

struct FormSection {
    Part part = Part::Head;
    int level = 2;       ///< of the heading: 2 or 3
    std::string heading; ///< "" for the usual one
    std::string ask;     ///< a question for a draft, where the part would be empty
    bool operator==(const FormSection&) const = default;
};

struct Form {
    std::string name;  ///< "google-sre"
    std::string title; ///< "Google SRE"
    std::vector<FormSection> sections;
    bool operator==(const Form&) const = default;
};

/// The usual one: Issue Summary, Timeline, Root cause and resolution, measures, lessons.
const Form& usualForm();
/// Those that come with the program, the usual first.
const std::vector<Form>& builtInForms();

/// From the JSON of a template's file (resources/templates/forms has examples, README.md says
/// more). Errors: NotUnderstood, naming what is wrong.
Result<Form> formFromJson(std::string_view json, const std::string& name);
/// A built-in form, or one in the folder (`<name>.json`). `name` may come from a document, so it
/// is never taken for a path. Errors: NotFound, with the names there are; NotUnderstood.
Result<Form> formNamed(const std::string& name, const std::filesystem::path& folder);
/// Errors as of formNamed.
Result<Form> formFromFile(const std::filesystem::path& file);
/// Names of all, the built-in first; a folder that is not there has none.
std::vector<std::string> formNames(const std::filesystem::path& folder);

/// The form's sections with their headings, and behind them, under headings of their own, the parts
/// that it has no place for: what a person wrote is never left out.
std::vector<FormSection> completed(const Form& form);

/// Puts the form's questions, in square brackets, where the document says nothing yet.
void askFor(const Form& form, Postmortem& document);

} // namespace postlude
