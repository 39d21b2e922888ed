// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/partkeys.h"

#include <QCoreApplication>
#include <QKeySequence>

namespace postlude {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("postlude::ShortcutsDialog", text);
}

/// As they are called on the keyboard here.
QString key(const char* keys) {
    return QKeySequence(QString::fromLatin1(keys)).toString(QKeySequence::NativeText);
}

QString either(const char* one, const char* other) {
    return key(one) + QStringLiteral("  ") + key(other);
}

} // namespace

std::vector<PartKeys> keysOfParts() {
    return {
        {tr("In the lines"),
         {{tr("Previous and next line"), either("Up", "Down")},
          {tr("A page back and on"), either("PgUp", "PgDown")},
          {tr("First and last line of the list"), either("Home", "End")},
          {tr("Copy the line as it was written"), key("Ctrl+C")},
          {tr("What can be done with the line"), either("Menu", "Shift+F10")}}},
        {tr("In the filter"),
         {{tr("Apply it"), key("Return")},
          {tr("Take what is offered first, or marked"), key("Tab")},
          {tr("Offer what fits here"), key("Ctrl+Space")},
          {tr("Older and newer filters"), either("Up", "Down")},
          {tr("Recent and saved filters"), key("Alt+Down")},
          {tr("Back to the filter in force"), key("Esc")}}},
        {tr("In the search"),
         {{tr("Next and previous match"), either("Return", "Shift+Return")},
          {tr("Close it"), key("Esc")}}},
        {tr("In texts of the postmortem"),
         {{tr("Show the evidence or entry that is linked here"), key("Ctrl+Return")}}},
        {tr("In lists and on buttons"),
         {{tr("Next and previous part of the window"), either("Tab", "Shift+Tab")},
          {tr("Open or press what is marked"), either("Return", "Space")},
          {tr("What can be done with it"), either("Menu", "Shift+F10")}}},
    };
}

} // namespace postlude
