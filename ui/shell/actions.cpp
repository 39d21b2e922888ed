// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/actions.h"

#include <QMenu>
#include <QWidget>

namespace postlude {

Actions::Actions(QWidget* window)
    : QObject(window)
    , window_(window) {}

QAction* Actions::add(QMenu* menu, const QString& id, const QString& text,
                      const QList<QKeySequence>& keys, Needs needs, std::function<void()> run) {
    auto* action = new QAction(text, window_);
    action->setObjectName(id);
    action->setShortcuts(keys);
    action->setData(static_cast<int>(needs));
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    window_->addAction(action);
    if (menu) menu->addAction(action);
    byId_.insert(id, action);
    all_.append(action);
    return action;
}

void Actions::settle(bool hasCase, bool investigating) {
    for (QAction* action : std::as_const(all_)) {
        const auto needs = static_cast<Needs>(action->data().toInt());
        action->setEnabled(needs == Needs::Nothing || (hasCase && needs == Needs::Case) ||
                           (hasCase && investigating && needs == Needs::Investigate) ||
                           (hasCase && !investigating && needs == Needs::Postmortem));
    }
}

} // namespace postlude
