// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/textlinks.h"

#include "core/postmortem/entrylinks.h"
#include "core/postmortem/marks.h"
#include "ui/common/shown.h"
#include "ui/common/titles.h"
#include "ui/findings/evidencetext.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QToolTip>

namespace postlude {

namespace {

/// Letters of a text by bytes of its UTF-8.
class Letters {
public:
    explicit Letters(const QString& text)
        : bytes_(text.toUtf8()) {}
    [[nodiscard]] std::string_view bytes() const {
        return {bytes_.constData(), std::size_t(bytes_.size())};
    }
    [[nodiscard]] int before(std::size_t byte) const {
        return int(QString::fromUtf8(bytes_.constData(), qsizetype(byte)).size());
    }

private:
    QByteArray bytes_;
};

std::vector<TextLink> marksOf(const QString& text) {
    std::vector<TextLink> links;
    if (!text.contains(QLatin1String("[^e"))) return links;
    const Letters letters(text);
    for (const Mark& mark : marksIn(letters.bytes()))
        links.push_back({.at = letters.before(mark.at),
                         .size = int(mark.size),
                         .label = std::string(mark.label)});
    return links;
}

bool isWithinWord(const QString& text, int at) {
    return at > 0 && at < text.size() && !text[at].isSpace() && !text[at - 1].isSpace();
}

} // namespace

std::vector<TextLink> linksIn(const Postmortem& document, const QString& text) {
    std::vector<TextLink> links = marksOf(text);
    for (TextLink& link : links)
        if (const Evidence* evidence = evidenceOf(document, link.label)) link.evidence = *evidence;
    if (!text.contains(u'[')) return links;
    const Letters letters(text);
    for (const EntryLink& link : EntryLinks(document).in(letters.bytes()))
        links.push_back(
            {.at = letters.before(link.at), .size = int(link.size), .entry = link.entry});
    return links;
}

int placeForMark(const QString& text, int position) {
    int at = std::clamp(position, 0, int(text.size()));
    for (const TextLink& mark : marksOf(text))
        if (at > mark.at && at <= mark.at + mark.size) return mark.at + mark.size;
    while (isWithinWord(text, at))
        ++at;
    // Where a blank stands before, the mark belongs to the word before it.
    while (at > 0 && at == position && text[at - 1].isSpace() && text[at - 1] != u'\n')
        position = --at;
    return at;
}

TextLinks::TextLinks(Document& document, QPlainTextEdit* editor)
    : QObject(editor)
    , document_(document)
    , editor_(editor) {
    editor->installEventFilter(this);
    editor->viewport()->installEventFilter(this);
}

std::optional<TextLink> TextLinks::linkAt(int position) const {
    for (TextLink& link : linksIn(document_.now(), editor_->toPlainText()))
        if (position >= link.at && position <= link.at + link.size) return std::move(link);
    return {};
}

bool TextLinks::lead(const TextLink& link) {
    if (link.entry) {
        document_.askForPlace(QStringLiteral("timeline[%1]").arg(*link.entry));
        return true;
    }
    if (!link.evidence || !document_.session()) return false;
    Q_EMIT document_.session()->evidenceRequested(*link.evidence);
    return true;
}

bool TextLinks::leadFrom(int position) {
    const auto link = linkAt(position);
    return link && lead(*link);
}

/// Half a mark would be a riddle.
bool TextLinks::isDeleted(bool backwards) {
    QTextCursor cursor = editor_->textCursor();
    if (editor_->isReadOnly() || cursor.hasSelection()) return false;
    for (const TextLink& mark : marksOf(editor_->toPlainText())) {
        const int edge = backwards ? mark.at + mark.size : mark.at;
        if (cursor.position() != edge) continue;
        cursor.setPosition(mark.at);
        cursor.setPosition(mark.at + mark.size, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        return true;
    }
    return false;
}

QString TextLinks::tipOf(const TextLink& link) const {
    if (!link.leads()) return tr("This mark leads to no evidence");
    const std::vector<TimelineEntry>& timeline = document_.now().timeline;
    const QString where = link.entry
                              ? QStringLiteral("%1: %2").arg(kindTitle(timeline[*link.entry].kind),
                                                             shown(timeline[*link.entry].text))
                              : fullText(*link.evidence);
    return tr("%1\nCtrl+click or Ctrl+Return shows it").arg(where);
}

bool TextLinks::showTip(QEvent* event) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto link = linkAt(editor_->cursorForPosition(help->pos()).position());
    if (link) QToolTip::showText(help->globalPos(), plainTip(tipOf(*link)), editor_);
    return link.has_value();
}

bool TextLinks::eventFilter(QObject* watched, QEvent* event) {
    const bool within = watched == editor_->viewport();
    if (within && event->type() == QEvent::ToolTip && showTip(event)) return true;
    if (within && event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const bool leads =
            mouse->button() == Qt::LeftButton && mouse->modifiers() == Qt::ControlModifier;
        const QPoint at = mouse->position().toPoint();
        if (leads && leadFrom(editor_->cursorForPosition(at).position())) return true;
    }
    if (!within && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && (key->modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier)
            return leadFrom(editor_->textCursor().position());
        const bool deletes = key->key() == Qt::Key_Backspace || key->key() == Qt::Key_Delete;
        if (deletes && key->modifiers() == Qt::NoModifier &&
            isDeleted(key->key() == Qt::Key_Backspace))
            return true;
    }
    return QObject::eventFilter(watched, event);
}

void TextLinks::addActions(QMenu& menu, int position) {
    QAction* first = menu.actions().value(0);
    const auto add = [&](const char* name, const QString& text, auto run) {
        auto* action = new QAction(menuText(text), &menu);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, run);
        menu.insertAction(first, action);
    };
    const auto link = linkAt(position);
    if (link && link->entry)
        add("showEntry", tr("Go to this entry"), [this, link] { lead(*link); });
    if (link && link->evidence && document_.session())
        add("showEvidence", tr("Show %1").arg(fullText(*link->evidence)),
            [this, link] { lead(*link); });
    if (!editor_->isReadOnly()) {
        add("askEvidence", tr("Add evidence…"), [this] { document_.askForEvidence(); });
        add("askEntry", tr("Link to an entry…"), [this] { document_.askForEntry(); });
    }
    if (first && first != menu.actions().value(0)) menu.insertSeparator(first);
}

} // namespace postlude
