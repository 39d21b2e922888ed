// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the desktop is dark. Qt learns to tell only in 6.5, so we ask what it leaves behind.
#pragma once

#include <QStringList>

namespace postlude {

/// GUI thread. The first call must come before the application's palette is set.
bool systemIsDark();
/// Files of desktops that say which theme is on; those that exist.
QStringList systemThemeFiles();

} // namespace postlude
