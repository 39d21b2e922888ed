// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/recent.h"

#include <QFileInfo>
#include <QSettings>

namespace postlude {

namespace {

const QString kKey = QStringLiteral("recent");
constexpr int kMost = 12;

} // namespace

QStringList recentPaths() {
    QStringList there;
    for (const QString& path : QSettings().value(kKey).toStringList())
        if (QFileInfo::exists(path)) there << path;
    return there;
}

void rememberRecent(const QString& path) {
    QStringList paths = QSettings().value(kKey).toStringList();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    paths.removeAll(absolute);
    paths.prepend(absolute);
    QSettings().setValue(kKey, paths.mid(0, kMost));
}

void forgetRecent() {
    QSettings().remove(kKey);
}

} // namespace postlude
