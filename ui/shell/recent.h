// SPDX-License-Identifier: GPL-3.0-or-later
// What was opened last, newest first, kept in the settings.
#pragma once

#include <QStringList>

namespace postlude {

QStringList recentPaths();
void rememberRecent(const QString& path);
void forgetRecent();

} // namespace postlude
