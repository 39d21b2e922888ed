// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>

namespace postlude {

namespace {

QString key() {
    return QStringLiteral("language");
}

/// A text means the same wherever it stands (where it does not, it has a disambiguation), so that
/// the class a text is in need not be known, and free functions and tables of texts can be
/// translated.
class Texts : public QTranslator {
public:
    using QTranslator::QTranslator;
    QString translate(const char*, const char* source, const char* disambiguation,
                      int count) const override {
        return QTranslator::translate("postlude", source, disambiguation, count);
    }
};

/// The translators that useLanguage() installed; they live as long as the application.
void replaceTranslators(QTranslator* own, QTranslator* ofQt) {
    static QTranslator* installed[2] = {};
    QTranslator* wanted[2] = {ofQt, own}; // the last one is asked first
    for (int i = 0; i < 2; ++i) {
        delete installed[i]; // takes itself away
        installed[i] = wanted[i];
        if (wanted[i] != nullptr) QCoreApplication::installTranslator(wanted[i]);
    }
}

} // namespace

QStringList languages() {
    return {QStringLiteral("en"), QStringLiteral("de")};
}

QString languageChoice() {
    const QString choice = QSettings().value(key()).toString();
    return languages().contains(choice) ? choice : QString();
}

void chooseLanguage(const QString& choice) {
    QSettings settings;
    choice.isEmpty() ? settings.remove(key()) : settings.setValue(key(), choice);
}

QString languageInUse() {
    if (const QString choice = languageChoice(); !choice.isEmpty()) return choice;
    for (const QString& wanted : QLocale::system().uiLanguages()) {
        const QString language = wanted.section(QLatin1Char('-'), 0, 0);
        if (languages().contains(language)) return language;
    }
    return languages().constFirst();
}

void useLanguage() {
    const QString language = languageInUse();
    auto* own = new Texts(QCoreApplication::instance());
    if (!own->load(QStringLiteral(":/postlude/translations/postlude_") + language)) {
        delete own;
        own = nullptr;
    }
    auto* ofQt = new QTranslator(QCoreApplication::instance());
    if (!ofQt->load(QStringLiteral("qtbase_") + language,
                    QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        delete ofQt;
        ofQt = nullptr;
    }
    replaceTranslators(own, ofQt);
}

} // namespace postlude
