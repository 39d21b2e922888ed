// SPDX-License-Identifier: GPL-3.0-or-later
// The tasks as an editable table.
#pragma once

#include "ui/postmortem/entrymodel.h"

namespace postlude {

class TaskModel : public EntryModel {
    Q_OBJECT
public:
    enum Column { Text, DoneWhen, Type, Owner, Priority, Due, Tracker, Status, Columns };

    explicit TaskModel(Document& document, QObject* parent = nullptr);

protected:
    [[nodiscard]] int columns() const override { return Columns; }
    [[nodiscard]] QString title(int column) const override;
    [[nodiscard]] std::size_t rows() const override { return shown_.size(); }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;
    bool write(int row, int column, const QString& text) override;
    [[nodiscard]] bool editable(int) const override { return true; }
    void insertInto(Postmortem& document, std::size_t at) const override;
    void removeFrom(Postmortem& document, std::size_t at) const override;
    void swapIn(Postmortem& document, std::size_t a, std::size_t b) const override;
    [[nodiscard]] std::string noun() const override { return "task"; }
    void takeOver() override;

private:
    std::vector<Task> shown_;
};

} // namespace postlude
