// SPDX-License-Identifier: GPL-3.0-or-later
// What is being opened, read or analysed, how far it is, and a button to stop it.
#pragma once

#include "ui/common/session.h"

#include <QTimer>
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
    /// Shown in the place of the session's progress, unless it is over in no time; empty: over.
    void showOpening(const QString& name);

Q_SIGNALS:
    void openingCancelled();

private:
    void tellOpening();
    void show(const Progress& progress);
    void settle();

    Session* session_ = nullptr;
    QString opening_;
    QTimer soon_; ///< a strip that is gone again at once would only make the window jump
    QLabel* text_;
    QProgressBar* bar_;
    QPushButton* cancel_;
    QPushButton* resume_;
};

} // namespace postlude
