// SPDX-License-Identifier: GPL-3.0-or-later
// Spell-check with the Hunspell dictionaries that are installed. Without one nothing is checked and
// nothing is said.
#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QSyntaxHighlighter>
#include <functional>
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
    /// Best first, at most 6; looked up on another thread, given on this one unless `receiver` has
    /// gone meanwhile.
    void suggest(const QString& word, QObject* receiver,
                 std::function<void(const QStringList&)> take) const;
    /// To the user's own words, kept in a file.
    void add(const QString& word);

Q_SIGNALS:
    void changed();
    /// A word that was added is known only until the program ends: its file was not written.
    void notKept(const QString& why);

private:
    Spelling();
    void load();
    struct Dictionary;
    struct Suggesting;
    std::shared_ptr<Dictionary> dictionary_; ///< of the GUI thread
    std::shared_ptr<Suggesting> suggesting_; ///< of the others
    QString language_;
    QSet<QString> own_;
    mutable QHash<QString, bool> known_; ///< word → wrong
};

struct TextLink;

/// Waves under what is wrong; links as links, or as wrong where they lead nowhere. A text has but
/// one highlighter.
class SpellingMarks : public QSyntaxHighlighter {
    Q_OBJECT
public:
    using Links = std::function<std::vector<TextLink>(const QString& text)>;
    explicit SpellingMarks(QTextDocument* document, Links links = {});

protected:
    void highlightBlock(const QString& text) override;

private:
    void showLinks(const QString& text);
    Links links_;
};

/// Suggestions for the word at `position` above what the menu has.
void addSuggestions(QMenu& menu, QPlainTextEdit& edit, int position);

} // namespace postlude
