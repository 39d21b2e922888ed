// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formatsfolder.h"

#include <QStandardPaths>

namespace postlude {

std::string formatsFolder() {
    const QString settings =
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return (settings + QStringLiteral("/postlude/formats")).toStdString();
}

} // namespace postlude
