// SPDX-License-Identifier: GPL-3.0-or-later
// A table in the form: as tall as its rows, edited in place, worked by keyboard.
// Ins adds, Del removes, Alt+Up and Alt+Down move, F2 or Enter edits, Esc takes the edit back.
#pragma once

#include "ui/postmortem/entrymodel.h"

#include <QTableView>

namespace postlude {

class EntryView : public QTableView {
    Q_OBJECT
public:
    /// `wide`: the column that takes what room is left. The model must outlive the view.
    EntryView(EntryModel& model, int wide, QWidget* parent = nullptr);

    /// Those that are selected, else the current one; in order.
    [[nodiscard]] std::vector<int> chosenRows() const;
    void addRow();
    void removeRows();
    void moveRow(int by);
    void reveal(int row); ///< makes it current and visible, for whoever writes on there

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void linkActivated(int row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool viewportEvent(QEvent* event) override;

    void fit(); ///< columns, rows and the height of all to what is shown

private:
    [[nodiscard]] std::vector<int> widthsIn(int room) const;
    void act(const QModelIndex& index);
    [[nodiscard]] bool isLink(const QModelIndex& index) const;
    EntryModel& model_;
    int wide_;
    bool fitting_ = false;
};

} // namespace postlude
