// SPDX-License-Identifier: GPL-3.0-or-later
// Above the overview where a few records lie far from all others: it shows where most are, and this
// leads to the rest and back.
#pragma once

#include "ui/common/session.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace postlude {

class OutsideStrip : public QWidget {
    Q_OBJECT
public:
    explicit OutsideStrip(QWidget* parent = nullptr);
    void setSession(Session* session);

private:
    void settle();
    void go();
    [[nodiscard]] bool showsAll() const;

    Session* session_ = nullptr;
    QLabel* text_;
    QPushButton* go_;
};

} // namespace postlude
