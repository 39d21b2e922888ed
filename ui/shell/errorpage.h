// SPDX-License-Identifier: GPL-3.0-or-later
// What went wrong, where, and what can be done about it, in place of a case.
#pragma once

#include "core/base/error.h"

#include <QWidget>

class QLabel;

namespace postlude {

/// What a user can send of it: versions, the kind of error and its sentence, without the names and
/// paths in it (any word with a slash, a full stop, a digit or a quotation mark).
QString errorDetails(const Error& error);

class ErrorPage : public QWidget {
    Q_OBJECT
public:
    explicit ErrorPage(QWidget* parent = nullptr);
    void show(const Error& error);

Q_SIGNALS:
    void backRequested();
    void openRequested();

private:
    Error error_;
    QLabel* what_;
    QLabel* where_;
    QLabel* remedy_;
};

} // namespace postlude
