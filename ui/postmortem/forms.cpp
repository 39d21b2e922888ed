// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/forms.h"

#include <QStandardPaths>

namespace postlude {

std::filesystem::path formsFolder() {
    const QString settings =
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return settings.toStdString() + "/postlude/templates";
}

Form formOf(const Postmortem& document) {
    const auto form = formNamed(document.form, formsFolder());
    return form ? *form : usualForm();
}

} // namespace postlude
