// SPDX-License-Identifier: GPL-3.0-or-later
// A scroll bar that shows where bookmarks, matches and the cursor are among all rows.
#pragma once

#include <QColor>
#include <QScrollBar>
#include <vector>

namespace postlude {

class MarksBar : public QScrollBar {
    Q_OBJECT
public:
    explicit MarksBar(QWidget* parent = nullptr);
    struct Mark {
        double place = 0; ///< 0…1 of all rows
        QColor colour;
        bool wide = true; ///< over the whole width, else its right half
    };
    void setMarks(std::vector<Mark> marks);
    [[nodiscard]] const std::vector<Mark>& marks() const { return marks_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Mark> marks_;
};

} // namespace postlude
