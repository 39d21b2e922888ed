// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/recent.h"

#include "ui/common/shown.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace postlude {

namespace {

QString key() {
    return QStringLiteral("recent");
}
constexpr int kMost = 12;

} // namespace

QStringList recentPaths() {
    QStringList there;
    for (const QString& path : QSettings().value(key()).toStringList())
        if (QFileInfo::exists(path)) there << path;
    return there;
}

QString nameOfRecent(const QString& path) {
    const QFileInfo file(path);
    const bool isCase = file.suffix() == QStringLiteral("postlude");
    return shown((isCase ? file.completeBaseName() : file.fileName()).toStdString());
}

QString folderOfRecent(const QString& path) {
    const QString folder = QFileInfo(path).absolutePath(), home = QDir::homePath();
    const bool inside = folder == home || folder.startsWith(home + QLatin1Char('/'));
    return shown((inside ? QLatin1Char('~') + folder.mid(home.size()) : folder).toStdString());
}

void rememberRecent(const QString& path) {
    QStringList paths = QSettings().value(key()).toStringList();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    paths.removeAll(absolute);
    paths.prepend(absolute);
    QSettings().setValue(key(), paths.mid(0, kMost));
}

void forgetRecent() {
    QSettings().remove(key());
}

} // namespace postlude
