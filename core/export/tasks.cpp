// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/export/export.h"

namespace postlude {

namespace {

void add(std::string& row, std::string_view cell) {
    row += (row.empty() ? "" : ",") + csvQuoted(cell);
}

/// "@ada", who is nobody with a quotation mark before the sign. A name alone calculates nothing.
bool isHandle(std::string_view text) {
    static constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return text.size() > 1 && text.front() == '@' &&
           text.find_first_not_of(plain, 1) == std::string_view::npos;
}

std::string bodyOf(const Task& task, const std::string& title) {
    std::string body = title;
    if (!task.doneWhen.empty()) body += "\nDone when: " + task.doneWhen;
    if (!task.tracker.empty()) body += "\nTracker: " + task.tracker;
    return body;
}

} // namespace

std::string tasksCsv(const Postmortem& document) {
    std::string out = "Title,Body,Labels,Assignee,Priority,Due date,Status\r\n";
    for (const Task& task : document.tasks) {
        std::string row;
        add(row, task.text);
        add(row, bodyOf(task, document.title));
        add(row, task.type.empty() ? "postmortem" : "postmortem " + task.type);
        if (isHandle(task.owner))
            row += ",\"" + task.owner + '"';
        else
            add(row, task.owner);
        for (const std::string* cell : {&task.priority, &task.due, &task.status})
            add(row, *cell);
        out += row + "\r\n";
    }
    return out;
}

} // namespace postlude
