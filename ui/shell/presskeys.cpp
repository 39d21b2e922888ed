// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/presskeys.h"

#include "ui/findings/cards.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <algorithm>
#include <array>

namespace postlude {

namespace {

bool isPressed(QObject* what) {
    return qobject_cast<QAbstractButton*>(what) || qobject_cast<QComboBox*>(what) ||
           qobject_cast<Clickable*>(what);
}

bool isText(QObject* what) {
    return qobject_cast<QLineEdit*>(what) || qobject_cast<QPlainTextEdit*>(what) ||
           qobject_cast<QTextEdit*>(what);
}

/// Where the window has no such shortcut, the key comes to the text all the same.
bool isForTheWindow(const QKeyEvent& key) {
    if (!key.modifiers().testFlag(Qt::ControlModifier) ||
        key.modifiers().testFlag(Qt::AltModifier) || key.key() < Qt::Key_A || key.key() > Qt::Key_Z)
        return false;
    constexpr std::array<QKeySequence::StandardKey, 6> own{
        QKeySequence::Copy, QKeySequence::Cut,  QKeySequence::Paste,
        QKeySequence::Undo, QKeySequence::Redo, QKeySequence::SelectAll};
    return std::ranges::none_of(
        own, [&key](QKeySequence::StandardKey standard) { return key.matches(standard); });
}

} // namespace

PressKeys::PressKeys(QObject* parent)
    : QObject(parent) {
    qApp->installEventFilter(this);
}

bool PressKeys::eventFilter(QObject* watched, QEvent* event) {
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (override && isText(watched) && isForTheWindow(*static_cast<QKeyEvent*>(event))) {
        event->ignore();
        return true;
    }
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
