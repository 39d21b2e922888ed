// SPDX-License-Identifier: GPL-3.0-or-later
// The language of the interface. What the core says (findings, drafts, errors) is English:
// documents have a language of their own.
#pragma once

#include <QString>
#include <QStringList>

namespace postlude {

/// Languages that the interface speaks, as "en" and "de".
QStringList languages();
/// What the settings hold: one of languages(), or empty for that of the system.
QString languageChoice();
/// Saved at once; what is on the screen already keeps its words.
void chooseLanguage(const QString& choice);
/// The chosen language, or the system's if there are texts in it, else English.
QString languageInUse();
/// Gives the application the texts of languageInUse(). Called in the main thread, again after a
/// choice.
void useLanguage();

} // namespace postlude
