// SPDX-License-Identifier: GPL-3.0-or-later
// What went wrong, where, and what can be done about it, in place of a case.
#pragma once

#include "core/base/error.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace postlude {

/// What a user can send of it: versions, the kind of error and its sentence, without the names and
/// paths in it (any word with a slash, a full stop, a digit or a quotation mark).
QString errorDetails(const Error& error);

class ErrorPage : public QWidget {
    Q_OBJECT
public:
    explicit ErrorPage(QWidget* parent = nullptr);
    /// `unread`: which files were looked into, and why nothing of them was read.
    void show(const Error& error, const std::vector<std::pair<QString, QString>>& unread = {});

Q_SIGNALS:
    void backRequested();
    void openRequested();
    void formatsRequested();

private:
    Error error_;
    QLabel* what_;
    QLabel* where_;
    QLabel* remedy_;
    QTreeWidget* unread_;
    QPushButton* formats_;
};

} // namespace postlude
