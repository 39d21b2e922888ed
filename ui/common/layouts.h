// SPDX-License-Identifier: GPL-3.0-or-later
// What several windows do with layouts of widgets and of text.
#pragma once

#include <QSizeF>

class QLayout;
class QTextLayout;
class QWidget;

namespace postlude {

/// Takes all away; the widgets are hidden at once and die once their own signals are through: a
/// click on one of them may be what brought us here.
void emptyLayout(QLayout& layout);

/// Plain text in lines of that width, broken within a word if need be, so that one long word widens
/// nothing. `spacing`: from line to line, as a multiple of its height. Returns the widest line and
/// the height of all.
QSizeF layOutText(QTextLayout& layout, double width, double spacing = 1);

/// For a window beside another one: as large as it wants to be, and no larger than that one.
void resizeWithin(QWidget& window, const QSize& wanted);

} // namespace postlude
