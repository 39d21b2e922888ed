// SPDX-License-Identifier: GPL-3.0-or-later
// Spell-check with the Hunspell dictionaries that are installed. Without one nothing is checked and
// nothing is said.
#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QSyntaxHighlighter>
#include <memory>
#include <vector>

class QMenu;
class QPlainTextEdit;

namespace postlude {

/// A word in a text: what is a name, a number or code is none.
struct SpelledWord {
    int at = 0, size = 0;
};
std::vector<SpelledWord> spelledWords(const QString& text);

/// One per program; lives on the GUI thread. Dictionaries are read on another.
class Spelling : public QObject {
    Q_OBJECT
public:
    static Spelling& instance();
    ~Spelling() override;

    [[nodiscard]] static QStringList languages(); ///< "en_US", of the dictionaries there are
    [[nodiscard]] QString language() const { return language_; } ///< "": nothing is checked
    void choose(const QString& language);                        ///< kept in the settings
    [[nodiscard]] bool isWrong(const QString& word) const;       ///< false while nothing is loaded
    [[nodiscard]] QStringList suggestions(const QString& word) const; ///< best first, at most 6
    void add(const QString& word); ///< to the user's own words, kept in a file

Q_SIGNALS:
    void changed();

private:
    Spelling();
    void load();
    struct Dictionary;
    std::shared_ptr<Dictionary> dictionary_;
    QString language_;
    QSet<QString> own_;
    mutable QHash<QString, bool> known_; ///< word → wrong
};

/// Waves under what is wrong.
class SpellingMarks : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit SpellingMarks(QTextDocument* document);

protected:
    void highlightBlock(const QString& text) override;
};

/// Suggestions for the word at `position` above what the menu has.
void addSuggestions(QMenu& menu, QPlainTextEdit& edit, int position);

} // namespace postlude
