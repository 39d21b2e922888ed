// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl+K: type a few letters of any command and press Enter.
#pragma once

#include <QDialog>

class QAction;
class QLabel;
class QLineEdit;
class QListWidget;
class QTreeWidget;

namespace postlude {

/// What a command is called, without the mark of its key.
QString plainName(const QAction* action);

class CommandPalette : public QDialog {
    Q_OBJECT
public:
    CommandPalette(const QList<QAction*>& actions, QWidget* parent);
    /// The command chosen; null if none was.
    [[nodiscard]] QAction* chosen() const { return chosen_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void narrow(const QString& text);
    void take();

    QList<QAction*> actions_;
    QLineEdit* text_;
    QLabel* none_;
    QListWidget* list_;
    QAction* chosen_ = nullptr;
};

/// The list of shortcuts that `?` shows.
class ShortcutsDialog : public QDialog {
    Q_OBJECT
public:
    ShortcutsDialog(const QList<QAction*>& actions, QWidget* parent);

private:
    void fill(const QList<QAction*>& actions);
    void narrow(const QString& words);

    QTreeWidget* list_;
};

} // namespace postlude
