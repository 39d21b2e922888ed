// SPDX-License-Identifier: GPL-3.0-or-later
// What is being opened, read or analysed, how far it is, and a button to stop it.
#pragma once

#include "ui/common/session.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace postlude {

/// What is left, as one says it: "about 20 s left"; empty while too little is done to tell.
QString timeLeft(std::chrono::milliseconds taken, std::uint64_t done, std::uint64_t left);

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
    [[nodiscard]] QString leftOf(const Progress& progress);

    Session* session_ = nullptr;
    QString opening_;
    std::string stage_; ///< whose pace is taken
    QElapsedTimer since_;
    std::uint64_t from_ = 0; ///< bytes that were done then: an import may go on with another
    QTimer soon_;            ///< a strip that is gone again at once would only make the window jump
    QLabel* text_;
    QProgressBar* bar_;
    QPushButton* cancel_;
    QPushButton* resume_;
};

} // namespace postlude
