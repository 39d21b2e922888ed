// SPDX-License-Identifier: GPL-3.0-or-later
// The filter: green when valid, red with the place of the error when not. Enter applies it.
#pragma once

#include "ui/common/session.h"

#include <QLineEdit>

class QLabel;

namespace postlude {

class FilterBar : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterBar(QWidget* parent = nullptr);
    void setSession(Session* session);
    /// "", "yes", "no": as the property "valid" that the style sheet knows.
    [[nodiscard]] QString state() const;
    /// What is wrong, and where; empty if nothing is.
    [[nodiscard]] QString message() const { return message_; }
    void apply();
    /// Puts a filter in and applies it.
    void use(const QString& filter);

Q_SIGNALS:
    void told(const QString& message);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    static QString help();
    void judge();
    void setState(const char* state, const QString& message);
    void showMessage();

    Session* session_ = nullptr;
    QLabel* note_;
    QString message_;
};

} // namespace postlude
