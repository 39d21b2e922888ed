// SPDX-License-Identifier: GPL-3.0-or-later
// The tools of the document in one row. Where there is no room for all, what is told elsewhere too
// gives way: buttons are never cut.
#pragma once

#include <QWidget>
#include <vector>

class QLabel;

namespace postlude {

class HeadRow : public QWidget {
    Q_OBJECT
public:
    explicit HeadRow(QWidget* parent = nullptr);
    /// Labels of its layout that may go, the first of them first.
    void setSpare(const std::vector<QLabel*>& labels);

protected:
    bool event(QEvent* event) override;

private:
    void settle();
    std::vector<QLabel*> spare_;
};

} // namespace postlude
