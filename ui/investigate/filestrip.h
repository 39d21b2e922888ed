// SPDX-License-Identifier: GPL-3.0-or-later
// Above the lines while they are those of one source in the order of its file.
#pragma once

#include <QWidget>

class QLabel;

namespace postlude {

class FileStrip : public QWidget {
    Q_OBJECT
public:
    explicit FileStrip(QWidget* parent = nullptr);
    void show(const QString& source); ///< empty: hides

Q_SIGNALS:
    void leaveWanted();

private:
    QLabel* text_;
};

} // namespace postlude
