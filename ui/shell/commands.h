// SPDX-License-Identifier: GPL-3.0-or-later
// The menus of the main window.
#pragma once

#include "ui/shell/actions.h"
#include "ui/shell/shellparts.h"

namespace postlude {

/// Fills the window's menu bar. Called once.
void addFileMenu(ShellParts& shell);
void addEditMenu(ShellParts& shell);
void addViewMenu(ShellParts& shell);
void addGoMenu(ShellParts& shell);
void addIncidentMenu(ShellParts& shell);
void addPostmortemMenu(ShellParts& shell);
void addHelpMenu(ShellParts& shell);

} // namespace postlude
