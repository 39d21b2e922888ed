// SPDX-License-Identifier: GPL-3.0-or-later
// Over a hypothesis while evidence is dragged: dropped left it speaks for it, right against it.
#pragma once

#include <QWidget>

namespace postlude {

class DropSides : public QWidget {
    Q_OBJECT
public:
    explicit DropSides(QWidget* parent);
    void setAgainst(bool against);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool against_ = false;
};

} // namespace postlude
