// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/taskmodel.h"

#include "ui/common/shown.h"

#include <QStringList>

namespace postlude {

namespace {

std::string& field(Task& task, int column) {
    switch (column) {
    case TaskModel::Text:
        return task.text;
    case TaskModel::DoneWhen:
        return task.doneWhen;
    case TaskModel::Type:
        return task.type;
    case TaskModel::Owner:
        return task.owner;
    case TaskModel::Priority:
        return task.priority;
    case TaskModel::Due:
        return task.due;
    case TaskModel::Tracker:
        return task.tracker;
    default:
        return task.status;
    }
}

const std::string& field(const Task& task, int column) {
    return field(const_cast<Task&>(task), column); // reads only
}

/// The status column also says what a task lacks.
bool lacksOwner(const Task& task, int column) {
    return column == TaskModel::Status && trimmed(task.owner).empty() && task.status == "open";
}

QStringList choices(int column) {
    switch (column) {
    case TaskModel::Type:
        return {QStringLiteral("prevent"), QStringLiteral("detect"), QStringLiteral("mitigate"),
                QStringLiteral("process"), QStringLiteral("investigate")};
    case TaskModel::Priority:
        return {QStringLiteral("P0"), QStringLiteral("P1"), QStringLiteral("P2"),
                QStringLiteral("P3")};
    case TaskModel::Status:
        return {QStringLiteral("open"), QStringLiteral("in progress"), QStringLiteral("done"),
                QStringLiteral("dropped")};
    default:
        return {};
    }
}

} // namespace

TaskModel::TaskModel(Document& document, QObject* parent)
    : EntryModel(document, parent) {
    takeOver();
}

QString TaskModel::title(int column) const {
    switch (column) {
    case Text:
        return tr("Task");
    case DoneWhen:
        return tr("Done when");
    case Type:
        return tr("Type");
    case Owner:
        return tr("Owner");
    case Priority:
        return tr("Priority");
    case Due:
        return tr("Due");
    case Tracker:
        return tr("Tracker");
    default:
        return tr("Status");
    }
}

QVariant TaskModel::cell(int row, int column, int role) const {
    const Task& task = shown_[std::size_t(row)];
    const QString text = shownWhole(field(task, column));
    const bool lacks = lacksOwner(task, column);
    switch (role) {
    case Qt::DisplayRole:
        if (lacks) return tr("no owner");
        return text.isEmpty() && column != Text ? QStringLiteral("—") : text;
    case Qt::EditRole:
        return QString::fromStdString(field(task, column));
    case Qt::AccessibleTextRole:
        return text.isEmpty() ? tr("empty") : text;
    case SpelledRole:
        return column == Text || column == DoneWhen;
    case CellRole:
        if (lacks) return int(CellStyle::Bad);
        if (column == Due || column == Priority) return int(CellStyle::Mono);
        return int(column == Status || text.isEmpty() ? CellStyle::Muted : CellStyle::Plain);
    case ChoicesRole:
        return choices(column);
    case Qt::ToolTipRole:
        return column == Due        ? QVariant(tr("A day, such as 2024-02-01"))
               : column == DoneWhen ? QVariant(tr("How one will know that it is done"))
               : column == Tracker  ? QVariant(tr("Its number or address in your tracker"))
                                    : QVariant{};
    default:
        return {};
    }
}

bool TaskModel::write(int row, int column, const QString& text) {
    const std::string what = "task " + std::to_string(row) + " field " + std::to_string(column);
    document_.edit(what, [&](Postmortem& d) {
        field(d.tasks[std::size_t(row)], column) = text.toStdString();
    });
    return true;
}

void TaskModel::insertInto(Postmortem& d, std::size_t at) const {
    Task fresh;
    fresh.type = "prevent";
    fresh.priority = "P2";
    d.tasks.insert(d.tasks.begin() + std::ptrdiff_t(at), std::move(fresh));
}

void TaskModel::removeFrom(Postmortem& d, std::size_t at) const {
    d.tasks.erase(d.tasks.begin() + std::ptrdiff_t(at));
}

void TaskModel::swapIn(Postmortem& d, std::size_t a, std::size_t b) const {
    std::swap(d.tasks[a], d.tasks[b]);
}

void TaskModel::takeOver() {
    exchange(shown_, document_.now().tasks);
}

} // namespace postlude
