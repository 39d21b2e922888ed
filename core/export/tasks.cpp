// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/export/export.h"

namespace postlude {

namespace {

void add(std::string& row, std::string_view cell) {
    row += (row.empty() ? "" : ",") + csvQuoted(cell);
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
        for (const std::string* cell : {&task.owner, &task.priority, &task.due, &task.status})
            add(row, *cell);
        out += row + "\r\n";
    }
    return out;
}

} // namespace postlude
