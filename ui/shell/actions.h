// SPDX-License-Identifier: GPL-3.0-or-later
// Every command of the program once: menus, keys and the command palette show the same actions.
#pragma once

#include <QAction>
#include <QHash>
#include <QMenuBar>
#include <functional>

namespace postlude {

/// When an action can be used.
enum class Needs : std::uint8_t { Nothing, Case, Investigate, Postmortem };

class Actions : public QObject {
    Q_OBJECT
public:
    explicit Actions(QWidget* window);

    /// Adds to `menu` (null: only key and palette). `keys`: the first is shown.
    QAction* add(QMenu* menu, const QString& id, const QString& text,
                 const QList<QKeySequence>& keys, Needs needs, std::function<void()> run);
    [[nodiscard]] QAction* operator[](const QString& id) const { return byId_.value(id); }
    [[nodiscard]] const QList<QAction*>& all() const { return all_; }
    /// Enables what can be used now.
    void settle(bool hasCase, bool investigating);

private:
    QWidget* window_;
    QHash<QString, QAction*> byId_;
    QList<QAction*> all_;
};

} // namespace postlude
