// SPDX-License-Identifier: GPL-3.0-or-later
// What is being read or analysed, how far it is, and a button to stop it.
#pragma once

#include "ui/common/session.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace postlude {

class ProgressStrip : public QWidget {
    Q_OBJECT
public:
    explicit ProgressStrip(QWidget* parent = nullptr);
    void setSession(Session* session);

private:
    void show(const Progress& progress);
    void settle();

    Session* session_ = nullptr;
    QLabel* text_;
    QProgressBar* bar_;
    QPushButton* cancel_;
    QPushButton* resume_;
};

} // namespace postlude
