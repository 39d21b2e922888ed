// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formatsfolder.h"

#include <QStandardPaths>

namespace postlude {

namespace {

std::string folderOfSettings(const char* name) {
    const QString settings =
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return (settings + QStringLiteral("/postlude/") + QLatin1String(name)).toStdString();
}

} // namespace

std::string formatsFolder() {
    return folderOfSettings("formats");
}

std::string templatesFolder() {
    return folderOfSettings("templates");
}

} // namespace postlude
