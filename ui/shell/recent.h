// SPDX-License-Identifier: GPL-3.0-or-later
// What was opened last, newest first, kept in the settings.
#pragma once

#include <QStringList>

namespace postlude {

QStringList recentPaths();
QString nameOfRecent(const QString& path);
/// Where it lies, "~" for the user's own folder: two of one name are told apart.
QString folderOfRecent(const QString& path);
void rememberRecent(const QString& path);
void forgetRecent();

} // namespace postlude
