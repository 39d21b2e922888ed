// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/systemtheme.h"

#include <QColor>
#include <QFile>
#include <QGuiApplication>
#include <QPalette>
#include <QSettings>
#include <QStandardPaths>
#include <optional>

namespace postlude {

namespace {

QString configFile(const char* name) {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QLatin1Char('/') + QLatin1String(name);
}

bool namesDark(const QString& theme) {
    return theme.contains(QStringLiteral("dark"), Qt::CaseInsensitive) ||
           theme.contains(QStringLiteral("black"), Qt::CaseInsensitive);
}

std::optional<bool> gtkIsDark() {
    if (const QString named = qEnvironmentVariable("GTK_THEME"); !named.isEmpty())
        return namesDark(named);
    for (const char* name : {"gtk-4.0/settings.ini", "gtk-3.0/settings.ini"}) {
        const QString file = configFile(name);
        if (!QFile::exists(file)) continue;
        const QSettings gtk(file, QSettings::IniFormat);
        if (gtk.value(QStringLiteral("Settings/gtk-application-prefer-dark-theme")).toBool())
            return true;
        const QString theme = gtk.value(QStringLiteral("Settings/gtk-theme-name")).toString();
        if (!theme.isEmpty()) return namesDark(theme);
    }
    return std::nullopt;
}

std::optional<bool> kdeIsDark() {
    const QString file = configFile("kdeglobals");
    if (!QFile::exists(file)) return std::nullopt;
    const QSettings kde(file, QSettings::IniFormat);
    const QStringList rgb =
        kde.value(QStringLiteral("Colors:Window/BackgroundNormal")).toStringList();
    if (rgb.size() != 3) return std::nullopt;
    return QColor(rgb[0].toInt(), rgb[1].toInt(), rgb[2].toInt()).lightness() < 128;
}

} // namespace

bool systemIsDark() {
    // The palette is the platform's only until we set our own.
    static const bool platform =
        QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    if (platform) return true;
    const bool isKde = qEnvironmentVariable("XDG_CURRENT_DESKTOP").contains(QStringLiteral("KDE"));
    if (isKde) return kdeIsDark().value_or(false);
    return gtkIsDark().value_or(false);
}

QStringList systemThemeFiles() {
    QStringList found;
    for (const char* name : {"gtk-4.0/settings.ini", "gtk-3.0/settings.ini", "kdeglobals"})
        if (QFile::exists(configFile(name))) found << configFile(name);
    return found;
}

} // namespace postlude
