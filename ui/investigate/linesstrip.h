// SPDX-License-Identifier: GPL-3.0-or-later
// Above the lines: how far a search is, with a button to stop it, and what it could not look into.
#pragma once

#include "core/query/query.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace postlude {

class LinesStrip : public QWidget {
    Q_OBJECT
public:
    explicit LinesStrip(QWidget* parent = nullptr);
    void showProgress(const Found& found);
    void showStopped(const Found& found);
    /// The end of a search: hides, or says which sources it does not cover.
    void showMissing(const std::vector<Error>& missing);
    /// How many lines the filter leaves, and what it does not narrow.
    void showPassed(std::size_t lines, bool inWindow);

Q_SIGNALS:
    void stopWanted();

private:
    void say(const QString& text, const char* role);

    QLabel* text_;
    QProgressBar* bar_;
    QPushButton* stop_;
};

} // namespace postlude
