// SPDX-License-Identifier: GPL-3.0-or-later
// A task as people write it: "Task 1: …", "[x] …", "… (Owner: Ada, due 2024-02-01)", "… (done)".
#pragma once

#include "core/postmortem/detail/names.h"

#include <set>

namespace postlude::reading {

/// `text` without markup. Owner, due date and so on are taken out only where they stand by name;
/// a sentence that gives somebody work stays whole.
Task taskFrom(std::string_view text, std::optional<bool> checked);
/// True and without it, if the text starts with "Task 3:" or "#3 -".
bool takeTaskNumber(std::string_view& text);
/// Sets the field of that name ("Owner", "Due date"); false if a task has none such.
bool setTaskField(Task& task, std::string_view name, std::string_view value);
bool setTaskField(Task& task, Name name, std::string_view value);

/// Who is to do what a sentence says, and until when: "Maria will add a check by Friday".
struct Charge {
    std::string who, due;
};
std::optional<Charge> chargeIn(std::string_view sentence);
/// "Jun to keep three indexes", where Jun is known to be one of the people.
void chargeKnown(Task& task, const std::set<std::string, std::less<>>& people);
/// "Dana" of "Dana: alert on queue age"; empty if the task begins otherwise.
std::string_view labelOfOwner(const Task& task);

/// "Prevent", "Long term": what tasks are of, where such a label stands alone above them.
bool isTaskType(std::string_view label);

/// "Ada, Grace and Linus" as three; "and" parts only people.
std::vector<std::string> listedNames(std::string_view text, bool people);

} // namespace postlude::reading
