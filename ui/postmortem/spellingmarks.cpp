// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"
#include "ui/postmortem/spelling.h"

#include <QMenu>
#include <QPlainTextEdit>
#include <QTextBlock>

namespace postlude {

SpellingMarks::SpellingMarks(QTextDocument* document)
    : QSyntaxHighlighter(document) {
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
}

void addSuggestions(QMenu& menu, QPlainTextEdit& edit, int position) {
    const QTextBlock block = edit.document()->findBlock(position);
    const int at = position - block.position();
    for (const SpelledWord& word : spelledWords(block.text())) {
        const QString text = block.text().mid(word.at, word.size);
        if (at < word.at || at > word.at + word.size || !Spelling::instance().isWrong(text))
            continue;
        QAction* first = menu.actions().isEmpty() ? nullptr : menu.actions().front();
        const auto add = [&](const QString& label, auto run) {
            auto* action = new QAction(QString(label).replace(u'&', QStringLiteral("&&")), &menu);
            QObject::connect(action, &QAction::triggered, &edit, run);
            menu.insertAction(first, action);
            return action;
        };
        const int from = block.position() + word.at, size = word.size;
        const QStringList suggestions =
            edit.isReadOnly() ? QStringList() : Spelling::instance().suggestions(text);
        for (const QString& suggestion : suggestions)
            add(suggestion, [&edit, from, size, suggestion] {
                QTextCursor cursor(edit.document());
                cursor.setPosition(from);
                cursor.setPosition(from + size, QTextCursor::KeepAnchor);
                cursor.insertText(suggestion);
            });
        add(SpellingMarks::tr("Add “%1” to the dictionary").arg(text), [text] {
            Spelling::instance().add(text);
        })->setObjectName(QStringLiteral("spellingAdd"));
        menu.insertSeparator(first);
        return;
    }
}

} // namespace postlude
