// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/postmortem/spelling.h"
#include "ui/postmortem/textlinks.h"

#include <QMenu>
#include <QPlainTextEdit>
#include <QTextBlock>

namespace postlude {

SpellingMarks::SpellingMarks(QTextDocument* document, Links links)
    : QSyntaxHighlighter(document)
    , links_(std::move(links)) {
    connect(&Spelling::instance(), &Spelling::changed, this, &SpellingMarks::rehighlight);
    connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, this, &SpellingMarks::rehighlight);
}

void SpellingMarks::highlightBlock(const QString& text) {
    QTextCharFormat wave;
    wave.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    wave.setUnderlineColor(Theme::current().bad);
    for (const SpelledWord& word : spelledWords(text))
        if (Spelling::instance().isWrong(text.mid(word.at, word.size)))
            setFormat(word.at, word.size, wave);
    if (links_) showLinks(text);
}

void SpellingMarks::showLinks(const QString& text) {
    for (const TextLink& link : links_(text)) {
        QTextCharFormat format;
        format.setForeground(link.leads() ? Theme::current().accent : Theme::current().bad);
        if (!link.leads()) format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        setFormat(link.at, link.size, format);
    }
}

namespace {

QAction* newAction(QMenu& menu, const QString& text) {
    return new QAction(menuText(text), &menu);
}

/// In the place of `waiting`, which goes.
void putSuggestions(QMenu& menu, QAction* waiting, QPlainTextEdit& edit, int from,
                    const QString& word, const QStringList& suggestions) {
    for (const QString& suggestion : suggestions) {
        QAction* action = newAction(menu, suggestion);
        QObject::connect(action, &QAction::triggered, &edit, [&edit, from, word, suggestion] {
            QTextCursor cursor(edit.document());
            cursor.setPosition(from);
            cursor.setPosition(from + int(word.size()), QTextCursor::KeepAnchor);
            if (cursor.selectedText() == word) cursor.insertText(suggestion);
        });
        menu.insertAction(waiting, action);
    }
    if (!suggestions.isEmpty()) return delete waiting;
    waiting->setText(SpellingMarks::tr("No word is like it"));
}

} // namespace

void addSuggestions(QMenu& menu, QPlainTextEdit& edit, int position) {
    const QTextBlock block = edit.document()->findBlock(position);
    const int at = position - block.position();
    Spelling& spelling = Spelling::instance();
    for (const SpelledWord& word : spelledWords(block.text())) {
        const QString text = block.text().mid(word.at, word.size);
        if (at < word.at || at > word.at + word.size || !spelling.isWrong(text)) continue;
        QAction* first = menu.actions().value(0);
        if (!edit.isReadOnly()) {
            QAction* waiting = newAction(menu, SpellingMarks::tr("Looking for words like it …"));
            waiting->setEnabled(false);
            menu.insertAction(first, waiting);
            spelling.suggest(text, &menu,
                             [&menu, waiting, &edit, from = block.position() + word.at,
                              text](const QStringList& suggestions) {
                                 putSuggestions(menu, waiting, edit, from, text, suggestions);
                             });
        }
        QAction* add = newAction(menu, SpellingMarks::tr("Add “%1” to the dictionary").arg(text));
        add->setObjectName(QStringLiteral("spellingAdd"));
        QObject::connect(add, &QAction::triggered, &edit,
                         [text] { Spelling::instance().add(text); });
        menu.insertAction(first, add);
        menu.insertSeparator(first);
        return;
    }
}

} // namespace postlude
