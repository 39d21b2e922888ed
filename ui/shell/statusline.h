// SPDX-License-Identifier: GPL-3.0-or-later
// The status bar: how much was read, which clock is shown, what just happened, what is saved.
#pragma once

#include "ui/common/session.h"

#include <QStatusBar>
#include <QStringList>

class QLabel;
class QPushButton;

namespace postlude {

class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);
    void setSession(Session* session);
    /// A passing word, such as "match 3 of 41".
    void tell(const QString& text);
    /// What the postmortem says of its saving; shown in that mode.
    void setDocument(const QString& text);
    void setInvestigating(bool investigating);

private:
    void refresh();
    void refreshState();

    [[nodiscard]] QString clocks() const;
    [[nodiscard]] QString state() const;

    Session* session_ = nullptr;
    bool investigating_ = true;
    QString document_;
    QLabel* counts_;
    QPushButton* clock_; ///< says which clock is shown, and switches it
    QLabel* told_;
    QLabel* state_;
    QTimer fade_;
};

} // namespace postlude
