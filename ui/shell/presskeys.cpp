// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/presskeys.h"

#include "ui/findings/cards.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QKeyEvent>

namespace postlude {

namespace {

bool isPressed(QObject* what) {
    return qobject_cast<QAbstractButton*>(what) || qobject_cast<QComboBox*>(what) ||
           qobject_cast<Clickable*>(what);
}

} // namespace

PressKeys::PressKeys(QObject* parent)
    : QObject(parent) {
    qApp->installEventFilter(this);
}

bool PressKeys::eventFilter(QObject* watched, QEvent* event) {
    const bool override = event->type() == QEvent::ShortcutOverride;
    if ((!override && event->type() != QEvent::KeyPress) || !isPressed(watched)) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    if (override) {
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) event->accept();
        return event->isAccepted() && key->key() == Qt::Key_Space;
    }
    auto* button = qobject_cast<QAbstractButton*>(watched);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!button || !enter || qobject_cast<QDialog*>(button->window())) return false;
    button->click();
    return true;
}

} // namespace postlude
