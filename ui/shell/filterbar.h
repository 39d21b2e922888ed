// SPDX-License-Identifier: GPL-3.0-or-later
// The filter: green when valid, red with the place of the error when not. Enter applies it. A list
// below it offers fields, comparisons and values; Up and Down go through the recent ones.
#pragma once

#include "ui/common/filterhistory.h"

#include <QLineEdit>

class QLabel;
class QMenu;

namespace postlude {

class FilterCompleter;

class FilterBar : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterBar(QWidget* parent = nullptr);
    void setSession(Session* session);
    /// "", "yes", "no", or "odd" for a field that no line has: as the property "valid" that the
    /// style sheet knows.
    [[nodiscard]] QString state() const;
    /// What is wrong, and where; empty if nothing is.
    [[nodiscard]] QString message() const { return message_; }
    void apply();
    /// Puts a filter in and applies it.
    void use(const QString& filter);
    [[nodiscard]] const FilterHistory& history() const { return history_; }
    [[nodiscard]] const FilterCompleter& offers() const { return *completer_; }

Q_SIGNALS:
    void told(const QString& message);
    /// What is typed next is a command again, not a filter.
    void left();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    static QString help();
    void judge();
    void setState(const char* state, const QString& message);
    void showMessage();
    void showBelow();
    int putBelow(QLabel& label, const QString& text, const QColor& ink, int y);
    [[nodiscard]] QString inForce() const;
    [[nodiscard]] bool doubtsFields(const QString& filter);
    void recall(int by);
    bool answersPopup(QKeyEvent* event);
    void openMenu();
    void fillMenu(QMenu& menu);
    void saveFilter();

    Session* session_ = nullptr;
    FilterHistory history_;
    FilterCompleter* completer_ = nullptr;
    QAction* recent_ = nullptr;
    int visited_ = -1;                        ///< of the recent ones; −1: none
    QString typed_;                           ///< before the first of them was looked at
    QLabel *note_, *below_;                   ///< inside where there is room, else below it
    QLabel* force_;                           ///< what is in force while another is typed
    qsizetype wrongFrom_ = -1, wrongTo_ = -1; ///< letters of what is wrong
    QString message_;
};

} // namespace postlude
